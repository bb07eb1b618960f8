"""A summary as one HTML file that needs no network: every text is escaped, nothing in it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Final

from checks.model import Language
from checks.summary.page import Bars, Block, Heading, Paragraph, Table
from checks.view import visible

_STYLE: Final = Path(__file__).with_name("page.css")
_HEIGHT: Final = 140
_STEP: Final = 14


def lines(blocks: Iterable[Block], lang: Language) -> Iterator[str]:
    """The page, without line feeds at the ends of lines."""
    found = list(blocks)
    title = next((block.text for block in found if isinstance(block, Heading)), "")
    tag = "zh-Hans" if lang == "zh" else "en"
    yield "<!doctype html>"
    yield f'<html lang="{tag}"><head><meta charset="utf-8"><title>{_text(title)}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<style>{_STYLE.read_text(encoding='utf-8')}</style></head><body><main>"
    for block in found:
        yield from _block(block)
    yield "</main></body></html>"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level}>{_text(block.text)}</h{block.level}>"
    elif isinstance(block, Paragraph):
        lead = f"<b>{_text(block.lead)}</b> " if block.lead else ""
        yield f"<p>{lead}{_text(block.text)}</p>"
    elif isinstance(block, Table):
        yield from _table(block)
    elif len(block.values) > 1:
        yield from _bars(block)


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        return
    yield '<div class="wide" tabindex="0"><table><thead><tr>'
    kinds = [_kind(table.rows[0][number]) if number else "" for number in range(len(table.head))]
    yield "".join(f'<th scope="col"{kind}>{_text(name)}</th>' for name, kind in zip(table.head, kinds, strict=True))
    yield "</tr></thead><tbody>"
    for first, *rest in table.rows:
        cells = "".join(f"<td{_kind(text)}>{_text(text)}</td>" for text in rest)
        yield f'<tr><th scope="row">{_text(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _kind(text: str) -> str:
    return ' class="figure"' if text[:1].isdigit() or text == "–" else ""


def _bars(bars: Bars) -> Iterator[str]:
    """A bar a digest, each with its name and figure for whoever points at it or has it read out."""
    most = max(bars.values) or 1.0
    width = _STEP * len(bars.values)
    yield f'<figure><figcaption>{_text(bars.title)}</figcaption><div class="wide" tabindex="0">'
    yield f'<svg role="img" aria-label="{_text(bars.title)}" viewBox="0 0 {width} {_HEIGHT}" height="{_HEIGHT}">'
    for number, (label, value) in enumerate(zip(bars.labels, bars.values, strict=True)):
        height = max(1.0, value / most * (_HEIGHT - 2))
        yield (
            f'<rect x="{number * _STEP + 1}" y="{_HEIGHT - height:.1f}" width="{_STEP - 3}" height="{height:.1f}">'
            f"<title>{_text(label)}: {value:.1f}</title></rect>"
        )
    first, last = _text(bars.labels[0]), _text(bars.labels[-1])
    yield f'</svg></div><p class="ends"><span>{first}</span><span>0 – {most:.1f}</span><span>{last}</span></p></figure>'


def _text(text: str) -> str:
    return escape(visible(text))
