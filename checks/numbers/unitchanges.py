"""Numbers that stay while what they count changes: 48 天 for *48 hours*, 50 for *50%*."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import zip_longest
from typing import Final

from checks.numbers.compare import Side
from checks.numbers.likeness import is_conversion
from checks.numbers.measures import Dimension, measured_in
from checks.numbers.quantity import Quantity

_Measured = Mapping[tuple[Fraction, Dimension], list[Quantity]]
_WORDS: Final = "百分|比例|percent|pct|pp"
_SHARE_BEFORE = re.compile(rf"(?<![0-9\\])(?<![0-9] )[%％]|{_WORDS}")
_SHARE_BEHIND = re.compile(rf"[%％]|{_WORDS}")
"""What may make a share of a bare number; before it, no other number's sign, and behind it, the end of a list."""
_HEADING = re.compile(r"[(（] ?\\?[%％] ?[)）]")
"""What says of all numbers behind it that they are percentages: 准确率（%）."""
_BEFORE: Final = 12
_BEHIND: Final = 24
_JOINT: Final = 4
"""Characters between the two numbers of a range, at most."""
_END = re.compile("[。；\n)）]|，(?! ?[0-9])|[（(](?! ?[%％])")


def remeasured(english: Side, chinese: Side) -> list[tuple[Quantity, Quantity]]:
    """The English quantities that the Chinese has with another measure of the same dimension, each with that place.

    Only what is sure: wherever the English has this number of the dimension, it is in one measure; the Chinese has it
    in one place, in another; and neither is a conversion of something on the other side. A range is told at its end.
    """
    places = _measured(chinese.quantities)
    meant = _measured(english.quantities) if places else {}
    if not meant:
        return []
    more = _measured(english.more)
    said = (*english.quantities, *english.more)
    pairs: list[tuple[Quantity, Quantity]] = []
    for key, own in meant.items():
        found = places.get(key, [])
        measures = {one.measure for one in (*own, *more.get(key, ()))}
        if len(found) != 1 or len(measures) != 1 or found[0].measure in measures:
            continue
        converted = any(is_conversion(one, found[0]) for one in said)
        if not converted and not any(is_conversion(own[0], one) for one in chinese.quantities):
            pairs.append((own[0], found[0]))
    pairs.sort(key=lambda pair: pair[1].start)
    following = [place for _, place in pairs[1:]]
    return [pair for pair, after in zip_longest(pairs, following) if not _shares(chinese.text, pair[1], after)]


def _shares(text: str, one: Quantity, following: Quantity | None) -> bool:
    """Whether a number has its measure from the next one: 5 到 10 分钟."""
    if following is None or following.start - one.end > _JOINT:
        return False
    return measured_in(text, one.start, one.end, han=True) is None


def _measured(quantities: Iterable[Quantity]) -> _Measured:
    """Those that measure something, by value and dimension."""
    found: defaultdict[tuple[Fraction, Dimension], list[Quantity]] = defaultdict(list)
    for one in quantities:
        if one.measure is not None and one.weight != "name":
            found[one.value, one.measure.dimension].append(one)
    return found


def with_measure(text: str, quantity: Quantity, *, han: bool = False) -> Quantity:
    """The quantity of a text with the name of its measure, where that stands right beside it."""
    found = measured_in(text, quantity.start, quantity.end, han=han)
    if found is None:
        return quantity
    return quantity._replace(start=min(quantity.start, found.start), until=max(quantity.until, found.end))


def renamed(text: str, wrong: Quantity, right: Quantity) -> tuple[int, int, str] | None:
    """The edit that gives a number of a Chinese text the measure of another; None where its name is not behind it."""
    found = measured_in(text, wrong.start, wrong.end, han=True)
    if found is None or found.start < wrong.end or right.measure is None:
        return None
    new = right.measure.writing(text[found.start : found.end])
    return found.start, found.end, new.removeprefix("个") if text[found.start - 1] == "个" else new


def without_percent(english: Side, chinese: Side) -> Iterator[tuple[Quantity, Quantity]]:
    """The percentages of the English that are bare numbers wherever they stand in the Chinese, each with its places.

    Not where anything else of the English is that number, nor where a sign of percent near it may be its own. That
    the Chinese adds one says nothing: scores are percentages, mostly.
    """
    shares = {
        one.value.as_integer_ratio(): one
        for one in english.quantities
        if one.unit == "percent" and one.weight == "firm"
    }
    found: defaultdict[tuple[int, int], list[Quantity]] = defaultdict(list)
    for one in chinese.quantities if shares else ():
        if one.unit == "" and one.weight == "firm" and (ratio := one.value.as_integer_ratio()) in shares:
            found[ratio].append(one)
    for ratio, places in found.items():
        share = shares[ratio]
        others = [one for one in (*english.quantities, *english.more) if one.unit != "percent"]
        same = [one for one in chinese.quantities if share.value in one.values]
        if len(same) == len(places) and not any(share.value in one.values for one in others):
            yield from ((share, one) for one in places if _is_bare(chinese.text, one))


def _is_bare(text: str, one: Quantity) -> bool:
    """Whether it is written in digits and nothing makes a share of it."""
    if one.measure or not text[one.start].isdigit() or _HEADING.search(text, 0, one.start):
        return False
    end = _END.search(text, one.until, one.until + _BEHIND)
    behind = text[one.until : end.start() if end else one.until + _BEHIND]
    return not _SHARE_BEHIND.search(behind) and not _SHARE_BEFORE.search(text, max(0, one.start - _BEFORE), one.start)
