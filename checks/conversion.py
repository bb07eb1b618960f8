"""From Traditional to Simplified, by OpenCC behind a guard.

The guard is a class of characters (:mod:`checks.traditional`): where none of them stands, OpenCC is
not even imported. Where one does, the whole run of Han characters round it is converted, because
OpenCC decides by phrases (乾坤 stays, 乾燥 does not). A conversion that only makes sense in
Traditional text is believed only where the run holds an unmistakably Traditional character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from checks.model import Span
from checks.text import HAN
from checks.traditional import TRADITIONAL
from glossary.records import NamedTuple

UNCERTAIN: Final = frozenset("乾夥拚捱摺榘菸薹袷醣麴麽吒昇陞祕蒐脩氾扞勣")
"""What OpenCC converts but the national table of 2013 keeps, in names (毕昇, 昇腾) or a sense of its own."""
TELLING: Final = "瞭藉"
"""Simplified characters in some words (瞭望, 慰藉); where OpenCC changes them by phrase (瞭解, 藉由), it is right."""
GUARD: Final = "".join(char for char in TRADITIONAL if char not in UNCERTAIN) + TELLING
"""Regex class body: what may begin a finding."""

_GUARD = re.compile(f"[{GUARD}]")
_NAME = re.compile("昇(?=[腾騰思])|(?<=[毕畢])昇")
"""Where 昇 is part of a name whatever the script round it."""
_LONGEST_RUN: Final = 400
"""Longer runs are taken in pieces: comparing them is quadratic, and no sentence is as long."""
_LONGEST_WORD: Final = 8
"""Characters of the longest regional word looked for."""
_RUN = re.compile(f"[{HAN}]{{1,{_LONGEST_RUN}}}")


class Change(NamedTuple):
    """A piece of the text and what it becomes."""

    span: Span
    text: str


@cache
def _converter(name: str) -> object:
    # Imported late: most texts are Simplified throughout and never need it.
    import opencc

    return opencc.OpenCC(name)


def _convert(name: str, text: str) -> str:
    return str(_converter(name).convert(text))  # type: ignore[attr-defined]


def simplified(text: str) -> str:
    """The text in Simplified characters, of the same length."""
    return _convert("t2s", text)


def regional(text: str) -> str:
    """The text in Simplified characters and mainland wording.

    By way of Traditional ones: on Simplified words OpenCC's ``tw2sp`` does harm (显著 becomes 显着).
    """
    return _convert("tw2sp", _convert("s2t", text))


@lru_cache(maxsize=64)
def traditional_changes(masked: str) -> tuple[Change, ...]:
    """The Traditional pieces of a text, in order, each with its Simplified form.

    A piece that belongs to a word with another mainland name (軟體) is a change of its own.
    """
    changes: list[Change] = []
    for run in _runs(masked):
        words = _regional_words(masked, run)
        edges = {edge for word in words for edge in word.span}
        text = masked[run.start : run.end]
        plain = simplified(text)
        for place in _changed(text):
            at, char = run.start + place, plain[place]
            if changes and changes[-1].span.end == at and at not in edges:
                last = changes.pop()
                changes.append(Change(Span(last.span.start, at + 1), last.text + char))
            else:
                changes.append(Change(Span(at, at + 1), char))
    return tuple(changes)


@lru_cache(maxsize=64)
def regional_changes(masked: str) -> tuple[Change, ...]:
    """The words of Traditional runs that the mainland calls otherwise, with the mainland's."""
    return tuple(word for run in _runs(masked) for word in _regional_words(masked, run))


def _runs(masked: str) -> Iterator[Span]:
    """The runs of Han characters with something Traditional in them."""
    done = 0
    while found := _GUARD.search(masked, done):
        start = found.start()
        while start > max(done, found.start() - _LONGEST_RUN // 2) and _RUN.match(masked[start - 1]):
            start -= 1
        whole = _RUN.match(masked, start)
        done = whole.end() if whole else found.end()
        if _changed(masked[start:done]):
            yield Span(start, done)


@lru_cache(maxsize=256)
def _changed(run: str) -> tuple[int, ...]:
    """Where a run is Traditional."""
    names = {found.start() for found in _NAME.finditer(run)}
    pairs = enumerate(zip(run, simplified(run), strict=True))
    places = [place for place, (old, new) in pairs if old != new and place not in names]
    certain = {place for place in places if run[place] in GUARD}
    if any(run[place] not in TELLING for place in certain):
        return tuple(places)
    return tuple(place for place in places if place in certain)


def _regional_words(masked: str, run: Span) -> list[Change]:
    from difflib import SequenceMatcher

    text = masked[run.start : run.end]
    plain = simplified(text)
    words: list[Change] = []
    done = 0
    for kind, first, last, _, _ in SequenceMatcher(None, plain, regional(text), autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        # Something inserted belongs to the character before it or to the one after it.
        for place in range(first, last) if first < last else (first - 1, first):
            word = _smallest_word(text, place, done) if done <= place < len(text) else None
            if word is not None:
                done = word.span.end
                words.append(Change(Span(run.start + word.span.start, run.start + done), word.text))
    return words


def _smallest_word(text: str, place: int, lowest: int) -> Change | None:
    """The shortest piece round a character in which that character has another mainland wording."""
    for length in range(1, _LONGEST_WORD + 1):
        for start in range(max(lowest, place - length + 1), min(place, len(text) - length) + 1):
            piece = text[start : start + length]
            wording = regional(piece)
            left, right = text[start:place], text[place + 1 : start + length]
            if wording != regional(left) + simplified(text[place]) + regional(right):
                believed = _not_only_simplified(piece) and simplified(wording) == wording
                return Change(Span(start, start + length), wording) if believed else None
    return None


def _not_only_simplified(piece: str) -> bool:
    """Whether a piece can be Traditional as it stands: 阵列 cannot, 程式 can."""
    return simplified(piece) != piece or _convert("s2t", piece) == piece
