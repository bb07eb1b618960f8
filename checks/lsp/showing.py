"""Terms and rules in words: what is shown on hover and beside completions.

What a glossary or a digest says is hostile: in Markdown every character of it stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lsprotocol import types

from checks.lsp.client import Client
from checks.lsp.diagnosing import marked
from checks.lsp.judging import Judged
from checks.lsp.places import place_at, terms_at
from checks.model import Finding, Span, Text
from checks.quality.markdown import cell
from checks.registry import rules
from checks.view import one_line
from glossary import Term

_LABELS: Final = {
    "preferred": Text("preferred", "首选"),
    "admitted": Text("also right", "也可用"),
    "forbidden": Text("wrong", "禁用"),
    "suspect": Text("wrong for this term", "此义不用"),
    "variants": Text("also in English", "英文异体"),
    "domain": Text("domain", "领域"),
    "note": Text("note", "说明"),
}
_KEPT: Final = Text("stays English", "保留英文")
_BETWEEN: Final = Text("; ", "；")

Line = tuple[str, str]
"""A label, perhaps an empty one, and what it says."""


def hover(judged: Judged, position: types.Position, client: Client) -> types.Hover | None:
    """The terms and the findings at a position."""
    document, file = judged.document, judged.file
    if judged.gate is None or file is None:
        return None
    offset = document.positions.offset(position)
    blocks: list[list[Line]] = []
    spans: list[Span] = []
    place = place_at(judged.gate, file.digest, offset)
    for standing in terms_at(place) if place is not None else ():
        blocks.append(list(term_lines(standing.term, client)))
        spans.append(standing.span)
    for finding in file.findings:
        span = marked(finding, document.text)
        if span.start <= offset < max(span.end, span.start + 1):
            blocks.append(list(_rule_lines(finding, client)))
            spans.append(span)
    if not blocks:
        return None
    return types.Hover(markup(blocks, markdown=client.markdown), document.positions.range(spans[0]))


def term_lines(term: Term, client: Client) -> Iterator[Line]:
    """A line of the glossary."""
    yield "", ", ".join((term.source, *term.abbr))
    right = f"{term.preferred} ({client.say(_KEPT)})" if term.policy == "keep" else term.preferred
    values = {
        "preferred": right,
        **{
            name: client.say(_BETWEEN).join(getattr(term, name))
            for name in ("admitted", "forbidden", "suspect", "variants")
        },
        "domain": term.domain,
        "note": term.note,
    }
    for name, value in values.items():
        if value:
            yield client.say(_LABELS[name]), value


def _rule_lines(finding: Finding, client: Client) -> Iterator[Line]:
    yield "", f"{finding.code} {finding.name}"
    for loaded in rules():
        if loaded.rule.code == finding.code:
            yield "", loaded.rule.summary.zh if client.lang == "zh" else loaded.rule.summary.en
    yield "", finding.message.render(client.lang)


def markup(blocks: Sequence[Iterable[Line]], *, markdown: bool) -> types.MarkupContent:
    """Blocks of lines, the first of each a title."""
    if not markdown:
        return types.MarkupContent(types.MarkupKind.PlainText, plain(blocks))
    text = "\n\n---\n\n".join("\n".join(_markdown(block)) for block in blocks)
    return types.MarkupContent(types.MarkupKind.Markdown, text)


def plain(blocks: Sequence[Iterable[Line]]) -> str:
    """The same for who understands nothing but text."""
    return "\n\n".join("\n".join(_plain(block)) for block in blocks)


def _markdown(block: Iterable[Line]) -> Iterator[str]:
    for number, (label, text) in enumerate(block):
        if number == 0:
            yield f"**{cell(text)}**\n"
        else:
            yield f"- {cell(label)}: {cell(text)}" if label else f"- {cell(text)}"


def _plain(block: Iterable[Line]) -> Iterator[str]:
    for label, text in block:
        yield one_line(f"{label}: {text}" if label else text)
