"""``full``: each finding with its line, a caret under it, and what the fix would make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from checks.fixing import splice
from checks.gate import Report
from checks.model import Digest, Edit, Finding, Fix
from checks.report.closing import closing
from checks.text import LineIndex
from checks.view import View, visible

_MARGIN: Final = 8
"""Columns of a shown line that are not its text."""
_FIX_CONTEXT: Final = 6
"""Characters shown on either side of what a fix changes."""


def lines(report: Report, view: View) -> Iterator[str]:
    """The findings, and last lines that count them."""
    for file in report.files:
        places = LineIndex(file.digest.text)
        for finding in file.findings:
            yield from _finding(finding, file.digest, places, view)
            yield ""
    yield from closing(report, view)


def _finding(finding: Finding, digest: Digest, places: LineIndex, view: View) -> Iterator[str]:
    line, column = places.place(finding.span.start)
    code = view.paint(finding.severity, f"{finding.code} {finding.severity}")
    mark = " [*]" if finding.fix("safe") else ""
    yield f"{view.paint('bold', visible(finding.path))}:{line}:{column}: {code}{mark} {_message(finding, view)}"
    number = f"{line:>5} | "
    shown, caret = excerpt(places.line(line), column - 1, finding.span.end - finding.span.start, max(20, view.width - _MARGIN))
    yield view.paint("dim", number) + shown
    yield view.paint("dim", "      | ") + view.paint(finding.severity, caret)
    for fix in finding.fixes:
        yield view.paint("dim", "      = ") + _fix(fix, digest, view)
    for related in finding.related:
        where = "{}:{}".format(*places.place(related.span.start))
        yield view.paint("dim", "      = ") + f"{where} {visible(related.message.render(view.lang))}"


def _message(finding: Finding, view: View) -> str:
    return visible(finding.message.render(view.lang)).replace("\n", " ")


def _fix(fix: Fix, digest: Digest, view: View) -> str:
    safety = {"zh": {"safe": "可自动修复", "unsafe": "建议", "manual": "参考"}, "en": {"safe": "fix", "unsafe": "suggestion", "manual": "note"}}[view.lang]
    before, after = change(digest.text, fix.edits)
    title = visible(fix.title.render(view.lang))
    return f"{safety[fix.safety]}: {title}: {view.paint('removed', before)} → {view.paint('added', after)}"


def change(text: str, edits: tuple[Edit, ...]) -> tuple[str, str]:
    """What edits make of their surroundings: a few characters before and after, the middle of a long one left out."""
    start = max(0, edits[0].start - _FIX_CONTEXT)
    end = min(len(text), edits[-1].end + _FIX_CONTEXT)
    start = max(start, text.rfind("\n", 0, edits[0].start) + 1)
    line_end = text.find("\n", edits[-1].end)
    end = end if line_end < 0 else min(end, line_end)
    after = splice(text[start:end], (Edit(edit.start - start, edit.end - start, edit.text) for edit in edits))
    return _shorten(text[start:end]), _shorten(after)


def _shorten(text: str) -> str:
    text = visible(text).replace("\n", "⏎")
    return text if len(text) <= 60 else f"{text[:28]} … {text[-28:]}"


def excerpt(line: str, column: int, length: int, width: int) -> tuple[str, str]:
    """The part of a line round ``[column, column + length)`` that fits ``width`` columns, and its carets.

    A Han character is two columns wide, a combining mark none. ``column`` is 0-based, in code points.
    """
    from wcwidth import wcwidth

    def columns(text: str) -> int:
        return sum(max(0, wcwidth(char)) for char in text)

    end = min(len(line), column + max(1, length))
    marked = visible(line[column:end])
    while columns(marked) > width:
        marked = marked[: max(1, len(marked) * width // (columns(marked) + 1))]
    room = max(0, width - columns(marked))
    before = _fitting(visible(line[max(0, column - width) : column])[::-1], room // 2, columns)[::-1]
    after = _fitting(visible(line[end : end + width]), room - columns(before), columns)
    if len(before) < len(line[:column]) and column > len(before):
        before = "…" + before[1:] if before else ""
    return (before + marked + after).replace("\t", " "), " " * columns(before) + "^" * max(1, columns(marked))


def _fitting(text: str, width: int, columns: Callable[[str], int]) -> str:
    taken = 0
    for number, char in enumerate(text):
        taken += columns(char)
        if taken > width:
            return text[:number]
    return text
