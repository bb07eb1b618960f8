"""Between offsets of a text and positions of the protocol.

A position counts lines from 0 and, in its line, code units of the encoding that server and client have agreed on:
UTF-16 unless the client prefers another (LSP 3.17, "Position"). Lines end at ``\\n``, ``\\r\\n`` and ``\\r`` and
nowhere else ("EOL"); Python's own notion of a line, which U+2028 ends too, would be another.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

from lsprotocol import types

from checks.model import Edit, Span

Encoding = types.PositionEncodingKind | str
_LINE_END: Final = re.compile(r"\r\n?|\n")
_TWO_UNITS: Final = re.compile("[\U00010000-\U0010ffff]")
"""What UTF-16 writes as two code units."""


class Positions:
    """The places of one text, in one encoding."""

    def __init__(self, text: str, encoding: Encoding = types.PositionEncodingKind.Utf16) -> None:
        self._text = text
        self._encoding = encoding
        ends = [found.span() for found in _LINE_END.finditer(text)]
        self._starts = [0, *(end for _, end in ends)]
        self._stops = [*(start for start, _ in ends), len(text)]
        """Where the content of each line ends."""
        utf16 = encoding == types.PositionEncodingKind.Utf16
        self._wide = [found.start() for found in _TWO_UNITS.finditer(text)] if utf16 else []

    def position(self, offset: int) -> types.Position:
        """Where an offset is; one between ``\\r`` and ``\\n``, which has no position, is the end of its line."""
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        return types.Position(line, self._units(start, min(offset, self._stops[line])))

    def offset(self, position: types.Position) -> int:
        """The offset of a position; one behind the end of its line is that end, one inside a character its start."""
        if position.line >= len(self._starts):
            return len(self._text)
        start, stop = self._starts[position.line], self._stops[position.line]
        places = range(start, stop + 1)
        return start + bisect_right(places, position.character, key=lambda place: self._units(start, place)) - 1

    def range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def span(self, asked: types.Range) -> Span:
        """The span of a range; an empty one where its end lies before its start."""
        start, end = self.offset(asked.start), self.offset(asked.end)
        return Span(start, max(start, end))

    def edit(self, edit: Edit) -> types.TextEdit:
        """An edit of the text; one that would part ``\\r\\n``, where no position is, takes both and puts one back."""
        start, end, text = edit
        if self._parts(start):
            start, text = start - 1, "\r" + text
        if self._parts(end):
            end, text = end + 1, text + "\n"
        return types.TextEdit(self.range(Span(start, end)), text)

    def _parts(self, offset: int) -> bool:
        return 0 < offset < len(self._text) and self._text[offset - 1] == "\r" and self._text[offset] == "\n"

    def _units(self, start: int, end: int) -> int:
        """The code units of a stretch of the text."""
        if self._encoding == types.PositionEncodingKind.Utf8:
            return len(self._text[start:end].encode("utf-8", "surrogatepass"))
        return end - start + bisect_left(self._wide, end) - bisect_left(self._wide, start)
