"""Abbreviations that a text explains itself, after Schwartz and Hearst (2003).

A text says "Long Form (ABBR)", "ABBR (Long Form)" or, inside a gloss, "(Long Form, ABBR)"; the letters of the
abbreviation are then looked for in the long form from right to left, the first of them at the start of a word. Work per
bracket is bounded, so time is linear in the length of the text.

Their algorithm takes the shortest long form, which makes PPO "Policy Optimization"; so initials are tried before it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from glossary.folding import HAN, compiled
from glossary.records import NamedTuple

_MAX_ABBREVIATION = 12
_MAX_LONG = 160
# An opening bracket and what follows to the first closing one, if that is near.
_BRACKET = re.compile(rf"[(（]([^()（）]{{2,{_MAX_LONG}}})[)）]")
_ABBREVIATION = re.compile(r"[A-Za-z0-9][\w./&+-]*")
_ABBREVIATION_BEFORE = re.compile(rf"(?<![\w./&+-])[A-Za-z0-9][\w./&+-]{{1,{_MAX_ABBREVIATION}}}\s?$", re.ASCII)
# What no long form runs across.
_STOP = rf"[{HAN}()（）,，;；:：。！？!?\ufdd0-\ufdef]|[.](?=\s)"
_TO_LAST_STOP = rf"(?s:.*)(?:{_STOP})"
_WORD = re.compile(r"[^\W_]+")
# Words that give an abbreviation no letter.
_SMALL = frozenset({"a", "an", "and", "as", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with"})
# Digits that are read as a word: T2I.
_SPOKEN = {"to": "2", "for": "4"}
_SEPARATOR = re.compile(r"[,，;；]\s*")


class Expansion(NamedTuple):
    """An abbreviation and the words it stands for.

    `abbr` is without the plural s; offsets are code points of the text given, half-open, and those of the abbreviation
    include the s.
    """

    abbr: str
    long_form: str
    start: int
    end: int
    long_start: int
    long_end: int


@lru_cache(maxsize=64)
def expansions(text: str) -> tuple[Expansion, ...]:
    """The abbreviations that the text explains, in the order of the brackets; the last texts are remembered."""
    found: list[Expansion] = []
    for bracket in _BRACKET.finditer(text):
        expansion = _before(text, bracket) or _inside(text, bracket) or _after(text, bracket)
        if expansion is not None:
            found.append(expansion)
    return tuple(found)


def _before(text: str, bracket: re.Match[str]) -> Expansion | None:
    """Long Form (ABBR), also with more after the abbreviation: Long Form (ABBR; ours)."""
    start = bracket.start(1)
    short = _ABBREVIATION.match(text, start, bracket.end(1))
    if short is None or not _is_abbreviation(short.group()):
        return None
    if short.end() != bracket.end(1) and _SEPARATOR.match(text, short.end()) is None:
        return None
    end = bracket.start()
    # "~" is a space that LaTeX does not break.
    while end and (text[end - 1] == "~" or text[end - 1].isspace()):
        end -= 1
    return _expansion(text, short.start(), short.end(), _sentence_start(text, end), end)


def _inside(text: str, bracket: re.Match[str]) -> Expansion | None:
    """(Long Form, ABBR), as in a gloss."""
    for separator in _SEPARATOR.finditer(text, bracket.start(1), bracket.end(1)):
        short = _ABBREVIATION.match(text, separator.end(), bracket.end(1))
        if short is not None and _is_abbreviation(short.group()):
            expansion = _expansion(text, short.start(), short.end(), bracket.start(1), separator.start())
            if expansion is not None:
                return expansion
    return None


def _after(text: str, bracket: re.Match[str]) -> Expansion | None:
    """ABBR (Long Form)."""
    low = max(0, bracket.start() - _MAX_ABBREVIATION - 3)
    short = _ABBREVIATION_BEFORE.search(text, low, bracket.start())
    if short is None:
        return None
    word = short.group().rstrip()
    if not _is_abbreviation(word):
        return None
    stop = _SEPARATOR.search(text, bracket.start(1), bracket.end(1))
    end = stop.start() if stop else bracket.end(1)
    return _expansion(text, short.start(), short.start() + len(word), bracket.start(1), end)


def _is_abbreviation(word: str) -> bool:
    """Two capitals, or one and a digit: "the" in brackets is none."""
    if not 2 <= len(word) <= _MAX_ABBREVIATION or word.islower():
        return False
    capitals = sum(char.isupper() for char in word)
    return capitals > 1 or (capitals == 1 and any(char.isdigit() for char in word))


def _singular(word: str) -> str:
    """The abbreviation without the s of its plural."""
    return word[:-1] if word[-1] == "s" and word[-2].isupper() else word


def _sentence_start(text: str, end: int) -> int:
    """Where the words before a bracket begin that could be a long form."""
    low = max(0, end - _MAX_LONG)
    last = compiled(_TO_LAST_STOP).match(text, low, end)
    return last.end() if last is not None else low


def _expansion(text: str, start: int, end: int, long_low: int, long_high: int) -> Expansion | None:
    abbr = _singular(text[start:end])
    long_start = _long_start(abbr, text, long_low, long_high)
    if long_start is None:
        return None
    long_form = text[long_start:long_high]
    words = long_form.split()
    # The bounds of the paper; a long form that repeats the abbreviation explains nothing.
    if len(long_form) <= len(abbr) or abbr in words or len(words) > min(len(abbr) + 5, len(abbr) * 2):
        return None
    return Expansion(abbr, long_form, start, end, long_start, long_high)


def _long_start(abbr: str, text: str, low: int, high: int) -> int | None:
    """Where the shortest long form that ends at `high` begins, at the start of a whole word; None if there is none."""
    letters = [char for char in abbr.lower() if char.isalnum()]
    position = _by_initials(letters, text, low, high)
    if position is None:
        position = _by_letters(letters, text, low, high)
    if position is None:
        return None
    while position > low and not text[position - 1].isspace():
        position -= 1
    return position


def _by_initials(letters: list[str], text: str, low: int, high: int) -> int | None:
    """Where the words begin whose initials are the letters, small words aside."""
    wanted = len(letters)
    for word in reversed(list(_WORD.finditer(text, low, high))):
        if letters[wanted - 1] in (word.group()[0].lower(), _SPOKEN.get(word.group())):
            wanted -= 1
            if not wanted:
                return word.start()
        elif word.group() not in _SMALL:
            return None
    return None


def _by_letters(letters: list[str], text: str, low: int, high: int) -> int | None:
    """Where the shortest stretch begins that holds the letters in order, the first at the start of a word."""
    position = high
    for index in range(len(letters) - 1, -1, -1):
        position -= 1
        while position >= low and (
            text[position].lower() != letters[index] or (index == 0 and position > low and text[position - 1].isalnum())
        ):
            position -= 1
        if position < low:
            return None
    return position
