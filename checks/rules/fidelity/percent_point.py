"""Percent for percentage points, or the other way round.

**What.** From 50% to 55% is a rise of 5 percentage points, or of 10%. Where the English writes a number with %, and the
Chinese the same number with 个百分点, or the English with *points* and the Chinese with %, the meaning has changed.

**Flagged.** 提升 5 个百分点 for *improves by 5%* · 提升 5% for *improves by 5 points*

**Clean.** 提升 5 个百分点 for *an absolute gain of 5%*, for *+5%*, or where the English goes from one percentage to
another that is 5 away · 绝对提升 5%, 5 分, 5 个点 for *5 points* · 75.1% for a score of *75.1* · a number that the
English writes in both ways

**Fix.** Unsafe: the unit of the source.

**Norm.** House style, *Terms*: numbers keep their value, 8% is not 8 个百分点; MQM *mistranslation*.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from checks.model import Text
from checks.numbers import Quantity
from checks.numbers.pairs import english_pairs
from checks.numbers.starts import MAY_HOLD
from checks.numbers.writing import decimal
from checks.registry import Entries, Rule
from checks.rules.fidelity._values import Values, values_of
from checks.scene import EntryScene, Hit

RULE = Rule(
    code="FID002",
    name="percent-point",
    severity="error",
    mqm="accuracy/mistranslation",
    summary=Text("Percent for percentage points, or the reverse", "百分比与百分点混淆"),
    wake=Entries(heading=MAY_HOLD, title=MAY_HOLD),
    needs_source=True,
    fix="unsafe",
)
_OTHER: Final[dict[str, str]] = {"percent": "point", "point": "percent"}
_PERCENT: Final = Text(
    "The English writes {english}, a percentage, not {chinese}",
    "原文为百分比 {english}，并非 {chinese}",
)
_POINTS: Final = Text(
    "The English writes {english}, in points, not {chinese}",
    "原文以点数计（{english}），并非百分比 {chinese}",
)
_WRITE: Final = Text("Write “{new}”", "改为“{new}”")
_ABSOLUTE = re.compile(r"\babsolute(?:ly)?\b|(?<![\w.])\+ ?$", re.IGNORECASE)
_NEARBY: Final = 40
_NEARBY_ZH: Final = 8


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look at each share of the Chinese whose number the English writes with the other unit only."""
    for values in values_of(scene):
        # The first number of a range has its unit from the second.
        shares = [
            one
            for one in values.chinese.quantities
            if one.unit in _OTHER and (one.until > one.end or "分之" in values.target(one))
        ]
        if not shares:
            continue
        said: defaultdict[Fraction, list[Quantity]] = defaultdict(list)
        for quantity in (*values.english.quantities, *values.english.more):
            if quantity.weight in ("firm", "weak"):
                said[quantity.value].append(quantity)
        for one in shares:
            if one.value in said:
                yield from _judged(values, one, said[one.value])


def _judged(values: Values, one: Quantity, same: list[Quantity]) -> Iterator[Hit]:
    other = _OTHER[one.unit]
    own = [it for it in same if it.unit == other and it in values.english.quantities]
    if not own or any(it.unit in (one.unit, "") for it in same):
        return
    if one.unit == "point" and (any(_is_absolute(values, it) for it in own) or _is_difference(values, one)):
        return
    scene = values.scene
    if one.unit == "percent" and "绝对" in scene.text[max(0, one.start - _NEARBY_ZH) : one.start]:
        return
    new = _number(scene.text[one.start : one.end], one) + ("%" if one.unit == "point" else " 个百分点")
    yield scene.hit(
        one.start,
        one.until,
        _PERCENT if one.unit == "point" else _POINTS,
        fixes=(scene.fix(_WRITE, "unsafe", (one.start, one.until, new), new=new),),
        english=values.source(own[0]),
        chinese=values.target(one),
    )


def _number(text: str, one: Quantity) -> str:
    return text if text[0].isdigit() else decimal(one.value)


def _is_absolute(values: Values, english: Quantity) -> bool:
    """Whether the English calls the percentage a difference of percentages: an absolute gain of 5%, +5%."""
    before = values.english.text[max(0, english.start - _NEARBY) : english.start]
    after = values.english.text[english.until : english.until + _NEARBY]
    return _ABSOLUTE.search(before) is not None or _ABSOLUTE.search(after) is not None


def _is_difference(values: Values, chinese: Quantity) -> bool:
    """Whether the English goes from a percentage to another that is so far away."""
    pairs = english_pairs(values.english.text, values.english.quantities)
    return any(one.unit == "percent" and abs(one.value - other.value) == chinese.value for one, other in pairs)
