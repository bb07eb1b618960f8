"""Pairs that go from one value to another: *from 36.0% to 73.6%*, 从 36.0% 提升至 73.6%, 67%–89%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from checks.numbers.quantity import Quantity

_LONGEST: Final = 60
"""Characters between the two values."""
_WINDOW: Final = 16
_ABOUT: Final = r"(?:about|around|approximately|nearly|roughly|only|just|over|~|≈)?"
_FROM = re.compile(rf"\bfrom (?:a |an |the )?{_ABOUT} ?[$~]?$", re.IGNORECASE)
_TO = re.compile(rf"[^.;]*\b(?:in)?to (?:a |an |the )?{_ABOUT} ?[$~]?", re.IGNORECASE)
_BACK = re.compile(rf"[^.;]{{0,24}}\bfrom {_ABOUT} ?[$~]?", re.IGNORECASE)
_UP_FROM = re.compile(
    rf"[^.;]{{0,24}}\b(?:up|down|increas\w+|decreas\w+|improv\w+|reduc\w+|ris\w+|drop\w*) from {_ABOUT} ?[$~]?",
    re.IGNORECASE,
)
_TO_BEFORE = re.compile(rf"\bto (?:a |an |the )?{_ABOUT} ?[$~]?$", re.IGNORECASE)
_ARROW = re.compile(r" ?(?:->|→|=>|–>|->) ?|(?: ?[-–—~] ?)")
_FROM_ZH = re.compile(r"(?:从|由|自)[^，。；0-9]{0,12}$")
_TO_ZH = re.compile(r"[^。；]*(?:至|到|为|→|->)了? ?(?:约|近|超过|大约|仅|的)?[^，。；0-9]{0,8}?")
_RISES: Final = "提升|提高|增加|增长|上升|改善|扩展|扩大|降低|下降|减少|缩减|压缩|缩短|升|降"
_RISE_ZH = re.compile(rf"[^。；，]{{0,12}}(?:{_RISES})[至到为]了? ?(?:约|近|超过|仅)? ?")


def english_pairs(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Neighbours of which the English goes from the first to the second."""
    for one, other in _neighbours(quantities):
        between = text[one.until : other.start]
        before = text[max(0, one.start - _WINDOW) : one.start]
        if _ARROW.fullmatch(between) or (_FROM.search(before) and _TO.fullmatch(between)):
            yield one, other
        elif _UP_FROM.fullmatch(between) or (_BACK.fullmatch(between) and _TO_BEFORE.search(before)):
            yield other, one


def chinese_pairs(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Neighbours of which the Chinese goes from the first to the second."""
    for one, other in _neighbours(quantities):
        between = text[one.until : other.start]
        before = text[max(0, one.start - _WINDOW) : one.start]
        start = _FROM_ZH.search(before) and _TO_ZH.fullmatch(between)
        if start or _ARROW.fullmatch(between) or _RISE_ZH.fullmatch(between):
            yield one, other


def swapped(
    english: Sequence[tuple[Quantity, Quantity]], chinese: Sequence[tuple[Quantity, Quantity]]
) -> Iterator[tuple[tuple[Quantity, Quantity], tuple[Quantity, Quantity]]]:
    """The English pairs that the Chinese has the other way round, each with the Chinese one."""
    said = {(one.value, other.value): (one, other) for one, other in reversed(english)}
    for one, other in chinese:
        pair = said.get((other.value, one.value))
        if pair is not None and one.value != other.value and (one.value, other.value) not in said:
            yield pair, (one, other)


def _neighbours(quantities: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    held = [one for one in quantities if one.weight in ("firm", "weak") and one.unit != "ordinal"]
    return ((one, other) for one, other in pairwise(held) if 0 < other.start - one.until <= _LONGEST)
