"""The words of a Chinese field that are a name of the English, misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from checks.namecount import Names
from checks.nameindex import NameIndex
from checks.namelist import Piece, fold, longer, recased, tokens
from checks.names import gloss
from checks.rules.terms._renumbered import renumbered
from checks.scene import SegmentScene
from checks.slips import SURE, Near
from checks.text import CLOSE, MATH, OPEN, count_han

_SIGNS = f"²³⁺¹^$_{MATH}"
_TORN_BEFORE: Final = frozenset(_SIGNS + "\\}")
_TORN_AFTER: Final = frozenset(_SIGNS + "{")
_MARKS: Final = frozenset(OPEN + CLOSE)
_LATIN = re.compile(r"[A-Za-z0-9]")
_LATIN_WEIGHT: Final = 0.4
_LONGEST_RATIO: Final = 0.37
"""Han characters, a Latin one counted as part of one, to letters of the English: 0.31 as a rule, 0.36 for 19 in 20."""
_NEAR: Final = 80
_STOPS = re.compile(r"[。！？；\n]")
_MEASURE = re.compile(r" ?[个种项类倍年月日天次层万亿千百位步轮小分秒%]")


def misspelt(field: SegmentScene, index: NameIndex, abstract: str) -> Iterator[tuple[Piece, tuple[str, ...]]]:
    """Each misspelt name, and the names that it may stand for; `abstract` is empty where it is not known."""
    if not index.named and not index.lesser and not index.numbered:
        return
    text = field.masked
    judge = _Judge(field, index, abstract)
    done = 0
    for token in tokens(text):
        goes_on = text.startswith(" ", token.end) and (
            text[token.end + 1 : token.end + 2].isdigit() or index.opens(token.text)
        )
        for piece in (*reversed(list(longer(text, token))), token) if goes_on else (token,):
            if piece.start < done:
                continue
            names = judge.meant(piece) or renumbered(field, index, piece)
            if names and not _is_part(field, piece) and not _is_word(field, piece):
                done = piece.end
                yield piece, names
                break


class _Judge:
    """What the spellings of a field stand for."""

    def __init__(self, field: SegmentScene, index: NameIndex, abstract: str) -> None:
        self._field = field
        self._index = index
        self._abstract = abstract
        self._title = field.field == "title"
        # Without the abstract the heading speaks for the title alone: the abstract may spell the name otherwise.
        self._complete = self._title or abstract.strip() != ""

    @cached_property
    def _wanted(self) -> Names:
        return self._index.written(title=self._title)

    @cached_property
    def _written(self) -> Names:
        return Names((self._field.masked,), self._index.abbreviations)

    @cached_property
    def _covered(self) -> bool:
        """Whether the English accounts for all of the Chinese, so that this can mean no other names."""
        if self._title or not _is_long_enough(self._abstract, self._field.masked):
            return self._title
        return not any(self._index.is_added(piece.text) for piece in tokens(self._field.masked))

    def meant(self, piece: Piece) -> tuple[str, ...]:
        """The names that a piece, which the English does not hold, may stand for."""
        index, text = self._index, piece.text
        if "@" in text or "_" in text or (" " not in text and index.holds(text)):
            return ()
        if not self._complete and len(fold(text)) < SURE:
            return ()
        respelt = index.respelt(text)
        if respelt is None:
            names = self._slips(piece)
        else:
            name = respelt.name
            missed = self._is_missed(name, piece) if respelt.lesser else self._is_short_of(name) or self._covered
            sure = self._complete and missed
            names = (name,) if sure else ()
        if not names or index.holds(text):
            return ()
        # What only the casing of a well-known name makes wrong is another rule's.
        cased = " ".join(map(recased, text.split(" ")))
        casing = cased != text and (index.holds(cased) or text.casefold() == names[0].casefold())
        return () if casing else names

    def _slips(self, piece: Piece) -> tuple[str, ...]:
        likely = [near for near in self._index.near(piece.text) if self._is_likely(near, piece)]
        closest = [near for near in likely if not near.far] or likely
        missed = [near for near in closest if self._is_short_of(near.name)]
        return tuple(near.name for near in missed or closest)

    def _is_likely(self, near: Near, piece: Piece) -> bool:
        if not self._complete:
            return near.sure
        if " " in piece.text and piece.text[-1].isdigit() and _MEASURE.match(self._field.masked, piece.end):
            return False  # ImageNet 100 个类别
        if near.part:
            # In a body LLaVA may well stand for LLaVA2.
            return self._title and self._is_short_of(near.name)
        return near.plain or self._is_missed(near.name, piece)

    def _is_short_of(self, name: str) -> bool:
        """Whether the field has a name less often than its English."""
        return self._wanted[name] > self._written[name]

    def _is_missed(self, name: str, piece: Piece) -> bool:
        """Whether the name is what should stand there.

        The field is short of it; or no other name can be meant, and the name does not stand beside the piece to be
        compared with it, nor is the piece in brackets where the English has no name in brackets.
        """
        if self._is_short_of(name):
            return True
        bracketed = self._field.char(piece.start - 1) in ("(", "（") and f"({name}" not in self._index.text
        if not self._covered or bracketed:
            return False
        text = self._field.masked
        before = _STOPS.split(text[max(0, piece.start - _NEAR) : piece.start])[-1]
        after = _STOPS.split(text[piece.end : piece.end + _NEAR])[0]
        return name not in before and name not in after


def _is_long_enough(english: str, chinese: str) -> bool:
    """Whether the English may be all that the Chinese renders: an abstract may be of another version."""
    size = count_han(chinese) + _LATIN_WEIGHT * len(_LATIN.findall(chinese))
    return size <= _LONGEST_RATIO * len(_LATIN.findall(english))


def _is_part(field: SegmentScene, piece: Piece) -> bool:
    """Whether the word goes on in signs, in math or beyond a mark of emphasis; or is part of a path."""
    before, after = field.char(piece.start - 1), field.char(piece.end)
    if before in _TORN_BEFORE or after in _TORN_AFTER:
        return True
    beyond = (field.char(piece.start - 2) if before in _MARKS else "") + (
        field.char(piece.end + 1) if after in _MARKS else ""
    )
    if any(char.isascii() and char.isalnum() for char in beyond):
        return True
    path = before == "/" or after == "/"
    return (path and piece.text.islower()) or (after == "(" and field.char(piece.end + 1).islower())


def _is_word(field: SegmentScene, piece: Piece) -> bool:
    """Whether it is a common word of an English gloss."""
    return piece.text.isalpha() and piece.text.islower() and gloss(field.masked, piece.start, piece.end) is not None
