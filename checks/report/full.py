"""``full``: each finding with its line, a caret under it, and what the fix would make of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.fixing import splice
from checks.model import Edit, Finding, Fix, Span
from checks.report.closing import closing
from checks.text import LineIndex
from checks.verdict import Report
from checks.view import View, columns, one_line, visible

_MARGIN: Final = 8
"""Columns of a shown line that are not its text."""
_FIX_CONTEXT: Final = 6
"""Characters shown on either side of what a fix changes."""
_SAFETIES: Final = {
    "zh": {"safe": "可自动修复", "unsafe": "建议", "manual": "参考"},
    "en": {"safe": "fix", "unsafe": "suggestion", "manual": "note"},
}


def lines(report: Report, view: View) -> Iterator[str]:
    """The findings, and last lines that count them."""
    for file in report.files:
        places = LineIndex(file.text)
        for finding in file.findings:
            yield from _finding(finding, file.text, places, view)
            yield ""
    yield from closing(report, view)


def _finding(finding: Finding, text: str, places: LineIndex, view: View) -> Iterator[str]:
    line, column = places.place(finding.span.start)
    code = view.paint(finding.severity, f"{finding.code} {finding.severity}")
    mark = " [*]" if finding.fix("safe") else ""
    message = one_line(finding.message.render(view.lang))
    yield f"{view.paint('bold', one_line(finding.path))}:{line}:{column}: {code}{mark} {message}"
    shown, caret = excerpt(text, finding.span, max(20, view.width - _MARGIN))
    yield view.paint("dim", f"{line:>5} | ") + shown
    yield view.paint("dim", "      | ") + view.paint(finding.severity, caret)
    for fix in finding.fixes:
        yield view.paint("dim", "      = ") + _fix(fix, text, view)
    for related in finding.related:
        if finding.span.start <= related.span.start and related.span.end <= finding.span.end:
            # The carets show it.
            continue
        where = "{}:{}".format(*places.place(related.span.start))
        yield view.paint("dim", "      = ") + f"{where} {one_line(related.message.render(view.lang))}"


def _fix(fix: Fix, text: str, view: View) -> str:
    before, after = change(text, fix.edits)
    said = f"{_SAFETIES[view.lang][fix.safety]}: {one_line(fix.title.render(view.lang))}"
    return f"{said}: {view.paint('removed', before)} → {view.paint('added', after)}"


def change(text: str, edits: tuple[Edit, ...]) -> tuple[str, str]:
    """What edits make of their surroundings: a few characters round them, the middle of a long stretch left out."""
    first, last = edits[0].start, edits[-1].end
    start, end = max(0, first - _FIX_CONTEXT), min(len(text), last + _FIX_CONTEXT)
    start = max(start, text.rfind("\n", start, first) + 1)
    line_end = text.find("\n", last, end)
    end = line_end if line_end >= 0 else end
    after = splice(text[start:end], (Edit(edit.start - start, edit.end - start, edit.text) for edit in edits))
    return _shorten(text[start:end]), _shorten(after)


def _shorten(text: str) -> str:
    text = visible(text).replace("\n", "⏎")
    return text if len(text) <= 60 else f"{text[:28]} … {text[-28:]}"


def excerpt(text: str, span: Span, width: int) -> tuple[str, str]:
    """The part of the line round the start of a span that fits ``width`` columns, and carets under the span.

    A Han character is two columns wide, a combining mark none. Only the neighbourhood is looked at,
    as a line may be very long.
    """
    from_ = max(text.rfind("\n", max(0, span.start - width - 1), span.start) + 1, span.start - width, 0)
    line_end = text.find("\n", span.start, span.start + 2 * width)
    to = line_end if line_end >= 0 else min(len(text), span.start + 2 * width)
    if line_end >= 0 and text.endswith("\r", span.start + 1, to):
        # Of a CRLF: it would be shown in every line.
        to -= 1
    end = min(to, max(span.end, span.start + 1))
    left, marked, right = (_shown(text[a:b]) for a, b in ((from_, span.start), (span.start, end), (end, to)))
    marked = _fitting(marked, width)
    room = width - columns(marked)
    whole = from_ == 0 or text[from_ - 1] == "\n"
    before = left
    if not whole or columns(left) > room // 2:
        before = "…" + _fitting(left[::-1], room // 2 - 1)[::-1] if room > 1 else ""
    after = _fitting(right, room - columns(before))
    return before + marked + after, " " * columns(before) + "^" * max(1, columns(marked))


def _shown(text: str) -> str:
    return visible(text).replace("\t", " ")


def _fitting(text: str, width: int) -> str:
    if columns(text) <= width:
        return text
    taken = 0
    for number, char in enumerate(text):
        taken += columns(char)
        if taken > width:
            return text[:number]
    return text
