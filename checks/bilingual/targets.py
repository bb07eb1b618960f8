"""The targets of a file as one text for the rules, and what they find there carried back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from checks.bilingual.content import Content
from checks.bilingual.unit import Unit
from checks.model import Digest, Edit, Entry, Finding, Fix, Related, Segment, SourceText, Span
from checks.text import LineIndex

UNASKED: Final = (
    "DIG",  # headings, links, the order of a digest
    "FID007",  # the heading
    "FID010",  # the title
    "FMT020",  # Markdown
    "FMT021",
    "TRM005",  # what wants a place where a term is introduced
    "TRM007",
    "TRM012",  # the corpus of digests
)
"""Rules, by code or prefix, that ask for what a segment has not; those of files and comments are not asked either."""
_ENDINGS: Final = frozenset({"FID009", "FMT015"})
"""Rules about the end of a sentence: not of labels and headings, whose source ends without a stop as well."""
_STOPPED = re.compile(r"[.!?…。！？][\"'”’)\]）」]*\s*$")
_BREAK: Final = "\n\n"


class Targets:
    """The targets as a digest of bodies, an entry a unit."""

    def __init__(self, path: str, raw: str, units: Sequence[Unit]) -> None:
        self._raw = raw
        self._contents = [unit.target for unit in units]
        self._stopped = [_STOPPED.search(unit.source) is not None for unit in units]
        self._starts: list[int] = []
        pieces: list[str] = []
        entries: list[Entry] = []
        at = 0
        for unit in units:
            entry = _entry(len(entries), at, unit)
            self._starts.append(at)
            entries.append(entry)
            pieces += (unit.target.text, _BREAK)
            at = entry.span.end
        self.digest = Digest(path, "".join(pieces), tuple(entries), (), Span(0, 0))

    def finding(self, found: Finding) -> Finding | None:
        """A finding of the text as one of the file; fixes that cannot be written there are left out."""
        number = bisect_right(self._starts, found.span.start) - 1
        if found.code in _ENDINGS and not self._stopped[number]:
            return None
        content, offset = self._contents[number], self._starts[number]
        return found._replace(
            span=_place(content, found.span, offset),
            related=tuple(Related(_place(content, each.span, offset), each.message) for each in found.related),
            fixes=tuple(_fixes(content, found.fixes, offset)),
        )

    def line(self, number: int) -> int:
        """The line of the file for a line of the text."""
        start = LineIndex(self.digest.text).starts[number - 1]
        unit = bisect_right(self._starts, start) - 1
        at = _place(self._contents[unit], Span(start, start), self._starts[unit]).start
        return LineIndex(self._raw).place(at)[0]


def _entry(index: int, start: int, unit: Unit) -> Entry:
    text = unit.target.text
    left, right = len(text) - len(text.lstrip()), len(text.rstrip())
    span = Span(start, start + len(text) + len(_BREAK))
    here = Span(start, start)
    return Entry(
        index=index,
        span=span,
        parts=(span,),
        key=unit.key,
        arxiv_id=None,
        level=0,
        heading=Segment("heading", here, "", ""),
        title=None,
        link=None,
        link_line=None,
        body=Segment("body", Span(start + left, start + right), text[left:right], unit.target.masked[left:right]),
        source=SourceText(unit.key, "", unit.source),
    )


def _place(content: Content, span: Span, offset: int) -> Span:
    # Behind the last character is what separates it from the next target.
    most = len(content.text)
    return content.place(Span(min(span.start - offset, most), min(span.end - offset, most)))


def _fixes(content: Content, fixes: Sequence[Fix], offset: int) -> Iterator[Fix]:
    for fix in fixes:
        moved = [Edit(edit.start - offset, edit.end - offset, edit.text) for edit in fix.edits]
        edits = content.edits(moved) if moved[-1].end <= len(content.text) else None
        if edits is not None:
            yield fix._replace(edits=edits)
