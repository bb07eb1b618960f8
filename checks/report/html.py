"""``html``: a page that stands alone, to be read, searched and passed on.

One file that asks nothing of a network: the style and the script are in it, and a content security
policy lets no other run, so that a digest cannot, whatever it holds. Each entry shows its text with the
places marked and its findings below; what has been answered is there as well, out of sight until asked
for. Without the script everything can be read, and only search and filters are missing.
"""

from __future__ import annotations

import base64
import hashlib
import html
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Final

from checks.markedtext import Mark, difference, escaped, marked
from checks.model import SEVERITIES, Entry, Finding, Span
from checks.registry import rules
from checks.report.answered import Answer, answered, by_entry
from checks.report.closing import closing
from checks.report.pagewords import WORDS
from checks.text import LineIndex
from checks.verdict import FileReport, Report
from checks.view import View, one_line
from glossary.records import NamedTuple

_ANSWERED: Final = "answered"


class _Counts(NamedTuple):
    """How many findings there are: what is told before the first of them, and the reports need not be kept for."""

    files: list[tuple[str, int]]
    """By path, in the order of the report."""
    kinds: Counter[str]
    codes: Counter[str]


class _Item(NamedTuple):
    """A finding on the page."""

    number: int
    finding: Finding
    answers: tuple[Answer, ...]

    @property
    def kind(self) -> str:
        return _ANSWERED if self.answers else self.finding.severity


def lines(report: Report, view: View) -> Iterator[str]:
    """The page."""
    words = WORDS[view.lang]
    counts = _counted(report)
    style, script = _packaged("page.css"), _packaged("page.js")
    yield "<!doctype html>"
    yield f'<html lang="{words["lang"]}">'
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield (
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src {_hash(style)}; '
        f"script-src {_hash(script)}; base-uri 'none'; form-action 'none'\">"
    )
    yield f'<meta name="color-scheme" content="light dark"><title>{words["title"]}</title>'
    yield f"<style>{style}</style></head>"
    yield f'<body><a class="skip" href="#findings">{words["skip"]}</a>'
    yield from _header(report, view, words)
    yield from _filters(counts, words)
    yield '<main id="findings" tabindex="-1">'
    first = 0
    for number, (file, (_, count)) in enumerate(zip(report.files, counts.files, strict=True)):
        if count:
            yield from _file(number, file, view, words, first)
        first += count
    yield f'<p class="nothing" hidden>{words["nothing"]}</p>'
    yield from _clean([path for path, count in counts.files if not count], words)
    yield "</main>"
    yield f"<script>{script}</script></body></html>"


def _counted(report: Report) -> _Counts:
    counts = _Counts([], Counter(), Counter())
    for file in report.files:
        items = [_Item(0, *found) for found in answered(file)]
        counts.files.append((file.path, len(items)))
        counts.kinds.update(item.kind for item in items)
        counts.codes.update(item.finding.code for item in items)
    return counts


def _packaged(name: str) -> str:
    return resources.files("checks.report").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _header(report: Report, view: View, words: dict[str, str]) -> Iterator[str]:
    code = report.exit_code
    yield f'<header><h1>{words["title"]}</h1><p class="verdict v{code}">{words[f"verdict{code}"]}</p>'
    for line in closing(report, view):
        yield f"<p>{escaped(line)}</p>"
    if report.errors:
        yield f'<h2>{words["errors"]}</h2><ul class="errors">'
        for error in report.errors:
            yield f"<li>{escaped(str(error))}</li>"
        yield "</ul>"
    yield "</header>"


def _filters(counts: _Counts, words: dict[str, str]) -> Iterator[str]:
    """Hidden until the script shows them: without it they would do nothing."""
    files, kinds, codes = counts
    shown = html.escape(words["shown"])
    yield f'<div class="filters" role="search" data-shown="{shown}" data-all="{codes.total()}" hidden>'
    yield f'<label class="wide">{words["search"]} <input type="search" id="q" autocomplete="off"></label>'
    yield f"<fieldset><legend>{words['severity']}</legend>"
    for kind in (*reversed(SEVERITIES), _ANSWERED):
        if kinds[kind]:
            checked = "" if kind == _ANSWERED else " checked"
            box = f'<input type="checkbox" name="kind" value="{kind}"{checked}>'
            yield f'<label class="kind {kind}">{box} {words[kind]} {kinds[kind]:,}</label>'
    yield f'</fieldset><label>{words["rule"]} <select id="rule"><option value="">{words["all"]}</option>'
    names = {loaded.rule.code: loaded.rule.name for loaded in rules()}
    for code, number in sorted(codes.items()):
        yield f'<option value="{code}">{code} {names[code]} ({number:,})</option>'
    yield f'</select></label><label>{words["file"]} <select id="file"><option value="">{words["all"]}</option>'
    for place, (path, count) in enumerate(files):
        if count:
            # An option holds text alone.
            yield f'<option value="{place}">{html.escape(one_line(path))} ({count:,})</option>'
    yield f'</select></label><button type="button" id="reset">{words["reset"]}</button>'
    yield '<output id="shown" aria-live="polite"></output></div>'


def _file(number: int, file: FileReport, view: View, words: dict[str, str], first: int) -> Iterator[str]:
    page = _Text(file, view, words)
    yield f'<section data-file="{number}"><h2>{escaped(file.path)}</h2>'
    numbers = itertools.count(first)
    for place, found in sorted(by_entry(file).items(), key=lambda each: -1 if each[0] is None else each[0]):
        items = [_Item(next(numbers), *each) for each in found]
        entry = file.digest.entries[place] if place is not None else None
        if entry is None:
            yield f"<article><h3>{words['whole']}</h3>"
        else:
            yield f'<article><h3><span lang="en">{escaped(entry.heading.text.strip())}</span> '
            yield f"<small>{escaped(entry.key)}</small></h3>"
            yield f'<div class="text" lang="zh-Hans">{page.marked(entry.span, items)}</div>'
        yield from page.findings(items, entry)
        yield "</article>"
    yield "</section>"


class _Text:
    """A digest on the page."""

    def __init__(self, file: FileReport, view: View, words: dict[str, str]) -> None:
        self._text = file.text
        self._lines = LineIndex(self._text)
        self._view, self._words = view, words

    def marked(self, span: Span, items: Sequence[_Item]) -> str:
        """The text of an entry; what is absent stands nowhere in it, and what is answered is not marked."""
        marks = [
            Mark(*item.finding.span, str(item.number), item.finding.severity, self._title(item.finding))
            for item in items
            if not item.answers and item.finding.stands_in(self._text)
        ]
        return marked(self._text[span.start : span.end].rstrip(), span.start, marks)

    def _title(self, finding: Finding) -> str:
        return f"{finding.code} {finding.message.render(self._view.lang)}"

    def findings(self, items: Sequence[_Item], entry: Entry | None) -> Iterator[str]:
        """What is said of an entry, or of the file."""
        inside = [segment.span for segment in entry.segments()] if entry is not None else []
        fields = [*inside, Span(0, len(self._text))]
        yield "<ul>"
        for item in items:
            yield from self._finding(item, fields)
        yield "</ul>"

    def _finding(self, item: _Item, fields: Sequence[Span]) -> Iterator[str]:
        finding, words = item.finding, self._words
        line, column = self._lines.place(finding.span.start)
        yield f'<li id="f{item.number}" data-code="{finding.code}" data-kind="{item.kind}">'
        yield f'<span class="kind {item.kind}">{words[item.kind]}</span> <b>{finding.code}</b>'
        yield f'<button type="button" class="place" data-pick="{item.number}">{line}:{column}</button>'
        yield f"<span>{escaped(finding.message.render(self._view.lang))}</span>"
        for fix in finding.fixes:
            said = f"{words[fix.safety]}: {fix.title.render(self._view.lang)}"
            change = difference(self._text, fix, fields)
            yield f'<p class="fix">{escaped(said)} <span lang="zh-Hans">{change}</span></p>'
        for answer in item.answers:
            yield f'<p class="fix">{escaped(answer.reason)}</p>'
        yield "</li>"


def _clean(paths: Sequence[str], words: dict[str, str]) -> Iterator[str]:
    if paths:
        yield f"<details><summary>{words['clean'].format(count=f'{len(paths):,}')}</summary><ul>"
        for path in paths:
            yield f"<li>{escaped(path)}</li>"
        yield "</ul></details>"
