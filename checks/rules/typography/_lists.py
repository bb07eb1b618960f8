"""Lists of Latin names in a Chinese sentence, joined by half-width commas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from checks.rules.typography._english import is_english, stretch_after, stretch_before
from checks.scene import SegmentEdit
from checks.text import HAN
from glossary.records import NamedTuple

_CHAR: Final = r"A-Za-z0-9.+#*&/_@\-"
_TOKEN: Final = rf"[A-Za-z0-9][{_CHAR}]{{0,40}}(?<!\.)"
_ITEM: Final = rf"(?=[\d.]{{0,8}}[A-Za-z]){_TOKEN}(?: {_TOKEN}){{0,3}}(?: ?\([^(),（）\n]{{1,40}}\))?"
_AND_OTHERS: Final = rf"[{HAN}]{{1,6}}?等(?![待于到级价式效同])"
_CONJUNCTION: Final = r"(?:以及|和|与|及|或) ?(?=[A-Za-z0-9])"
_LIST = re.compile(
    rf"(?<![{_CHAR}'’]){_ITEM}(?:, {{0,2}}{_ITEM})*(?P<end>, {{0,2}}(?={_AND_OTHERS}|{_CONJUNCTION}))?"
    rf"(?![{_CHAR}'’]|,? ?\d)"
)
_COMMA = re.compile(r", {0,2}")
_OPENED = re.compile(r"[(（\[{“‘\"][^)）\]}”’\"]*$")
_CLOSES = re.compile(r"[)）\]}”’\"]")
_BEFORE_CONJUNCTION = re.compile(_CONJUNCTION)
_NO_ITEM = re.compile(r"(?:and|or|but|Inc|Ltd|LLC|Jr|Corp|et al|e\.g|i\.e)\b")
_STATE = re.compile(
    r"A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|USA?|UK"
)
"""What follows the name of a place."""


class NameList(NamedTuple):
    """A list: its span, and each comma with the spaces behind it and what it becomes."""

    start: int
    end: int
    commas: tuple[SegmentEdit, ...]


@lru_cache(maxsize=16)
def name_lists(masked: str) -> tuple[NameList, ...]:
    """The lists of a text, in order. Cached, for two rules ask."""
    return tuple(_find(masked))


@lru_cache(maxsize=16)
def list_commas(masked: str) -> frozenset[int]:
    """The offsets of the commas that belong to lists."""
    return frozenset(comma[0] for names in name_lists(masked) for comma in names.commas)


def _find(masked: str) -> Iterator[NameList]:
    for found in _LIST.finditer(masked):
        start, end = found.span()
        if "," not in found[0]:
            continue
        items = _COMMA.split(masked[start : found.start("end") if found["end"] else end])
        apposition = (
            len(items) == 2 and not found["end"] and (_STATE.fullmatch(items[1]) or _abbreviates(items[0], items[1]))
        )
        if apposition or any(_NO_ITEM.match(item) for item in items) or _in_english_or_bracket(masked, start, end):
            continue
        commas = [(*comma.span(), "、") for comma in _COMMA.finditer(masked, start, end)]
        if found["end"] and _BEFORE_CONJUNCTION.match(masked, end):
            commas[-1] = (*commas[-1][:2], " ")
        yield NameList(start, end, tuple(commas))


def _in_english_or_bracket(masked: str, start: int, end: int) -> bool:
    """Whether a list stands in English prose, or in brackets or quotes that hold no Chinese."""
    before, after = stretch_before(masked, start), stretch_after(masked, end)
    if _OPENED.search(before) and _CLOSES.search(after):
        return True
    edges = masked[start - len(before) - 1 : start - len(before)] + masked[end + len(after) : end + len(after) + 1]
    return edges in ("《》", "「」", "『』", "【】") or is_english(before + masked[start:end] + after)


def _abbreviates(name: str, short: str) -> bool:
    """Whether the second of two items is the abbreviation of the first: Reinforcement Learning, RL."""
    return "".join(word[0] for word in re.split("[ -]", name) if word).upper() == short.rstrip("s").upper()
