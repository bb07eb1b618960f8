"""The text of a target, and the way from it back to the file.

A target is a row of pieces. Some stand in the file as they are read, some are escapes (``&amp;``, ``\\n``, ``""``),
some are tags, which no fix may touch. Between pieces there may be what belongs to the file and not to the text: the
edges of a CDATA section, a comment, the break of a PO string. An edit of the text becomes edits of the stretches of
the file that it covers, so that all this stays.

Plain offsets count code points of the text, raw ones those of the file; both are half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from checks.fixing import hunk, splice
from checks.model import Edit, Span
from checks.text import CODE, HTML, mask
from glossary.records import NamedTuple

TAG: Final = "\ufffc"
"""What stands in the text for a tag: OBJECT REPLACEMENT CHARACTER."""

Write = Callable[[str], str]
"""A text as this place of the file writes it; raises :class:`Unwritable`."""


class Unwritable(ValueError):
    """A text that cannot stand at this place of the file."""


class Piece(NamedTuple):
    """A stretch of the file and the text that it stands for.

    ``text`` is as long as the stretch where it stands there as it is, else one character: an escape or a tag.
    """

    start: int
    end: int
    text: str
    write: Write
    tag: bool = False


class Whole(NamedTuple):
    """A place that can be written anew as a whole where a part of it cannot be."""

    span: Span
    write: Write


@dataclass(frozen=True)
class Content:
    """The pieces of one target; there is at least one. ``code`` are stretches of its text that are no prose."""

    pieces: Sequence[Piece]
    code: Sequence[Span] = ()
    whole: Whole | None = None

    @cached_property
    def text(self) -> str:
        """The text, with :data:`TAG` for each tag."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def masked(self) -> str:
        """The text with all hidden that no rule may touch; as long as ``text``."""
        hidden = mask("".join(HTML if piece.tag else piece.text for piece in self.pieces))
        if not self.code and not any(piece.tag for piece in self.pieces):
            return hidden
        chars = list(hidden)
        for number, piece in zip(self._starts, self.pieces, strict=True):
            if piece.tag:
                chars[number] = HTML
        for start, end in self.code:
            chars[start:end] = CODE * (end - start)
        return "".join(chars)

    @cached_property
    def _starts(self) -> list[int]:
        """The plain offset of each piece."""
        return list(accumulate((len(piece.text) for piece in self.pieces[:-1]), initial=0))

    @property
    def span(self) -> Span:
        """From the first piece to the last, in the file."""
        return Span(self.pieces[0].start, self.pieces[-1].end)

    def place(self, span: Span) -> Span:
        """Where a stretch of the text stands in the file."""
        if span.start < span.end:
            return Span(self._char(span.start).start, self._char(span.end - 1).end)
        at = self._char(span.start - 1).end if span.start else self.pieces[0].start
        return Span(at, at)

    def edits(self, edits: Sequence[Edit]) -> tuple[Edit, ...] | None:
        """Edits of the text as edits of the file; None where they touch a tag or cannot be written there."""
        try:
            return tuple(raw for edit in edits for raw in self._edit(edit))
        except Unwritable:
            if self.whole is None:
                return None
            return (Edit(*self.whole.span, self.whole.write(splice(self.text, edits))),)

    def _edit(self, edit: Edit) -> Iterator[Edit]:
        if edit.start < edit.end and self._number(edit.start) != self._number(edit.end - 1):
            # What stays as it is stays in its escapes, on its side of a break or a tag.
            start, end, text = hunk(self.text[edit.start : edit.end], edit.text)
            edit = Edit(edit.start + start, edit.start + end, text)
        if edit.start == edit.end:
            # Behind the character before it, in whose escapes it is written.
            at, _ = self.place(Span(edit.start, edit.start))
            yield Edit(at, at, self.pieces[self._number(max(0, edit.start - 1))].write(edit.text))
            return
        text = edit.text
        for start, end, write in self._stretches(edit.start, edit.end):
            yield Edit(start, end, write(text))
            text = ""

    def _stretches(self, start: int, end: int) -> Iterator[tuple[int, int, Write]]:
        """The stretches of the file that a stretch of the text covers, as long as they can be."""
        first = self._number(start)
        begun: tuple[int, int, Write] | None = None
        for number in range(first, len(self.pieces)):
            piece, at = self.pieces[number], self._starts[number]
            if at >= end:
                break
            if piece.tag:
                raise Unwritable("a tag")
            place = self.place(Span(max(start, at), min(end, at + len(piece.text))))
            if begun is not None and begun[1] == place.start:
                begun = (begun[0], place.end, begun[2])
                continue
            if begun is not None:
                yield begun
            begun = (*place, piece.write)
        if begun is not None:
            yield begun

    def _number(self, at: int) -> int:
        """The number of the piece with the character at a plain offset."""
        return bisect_right(self._starts, at) - 1

    def _char(self, at: int) -> Span:
        """Where a character of the text stands in the file."""
        number = self._number(at)
        piece = self.pieces[number]
        if piece.tag or piece.end - piece.start != len(piece.text):
            return Span(piece.start, piece.end)
        start = piece.start + at - self._starts[number]
        return Span(start, start + 1)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, with neighbours in one that stand in the file as they are read."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.end == piece.start and _alike(last, piece):
            found[-1] = Piece(last.start, piece.end, last.text + piece.text, piece.write)
        else:
            found.append(piece)
    return found


def _alike(one: Piece, other: Piece) -> bool:
    return one.write is other.write and _is_plain(one) and _is_plain(other)


def _is_plain(piece: Piece) -> bool:
    return not piece.tag and piece.end - piece.start == len(piece.text)
