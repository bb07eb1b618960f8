"""Whether two numbers look as if one had become the other by a slip, or say one thing from its two ends."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from checks.numbers.measures import are_convertible
from checks.numbers.quantity import Quantity

_CLOSE: Final = Fraction(1, 10)
"""Relative difference of two numbers that may be one result in two versions of a paper."""
_DECIMALS: Final = 12
_LONG: Final = 3
"""Digits of a number that one more or less leaves recognisable."""
_ZEROS: Final = 10**4
"""How far, as a ratio, a slip carries a number of one figure: 亿 for 万. Of 10 and 100 million the 1 says nothing."""
_REACH: Final = 40
_REACH_ZH: Final = 12
_REDUCED = re.compile(r"\b(?:reduc|cut|sav|decreas|lower|drop|fewer|less|shrink|remov|prun)", re.IGNORECASE)
_DOWN_TO = re.compile(r"\b(?:(?<!up )to|only|than|just|using|with)\b[^,;.]{0,12}$", re.IGNORECASE)
_LEFT = re.compile("至|到|仅|不足|只")
_LESS = re.compile("[减降少省缩]")


def is_alike(one: Fraction, other: Fraction) -> bool:
    """Whether they differ in one digit, in the order of two, in the magnitude, by a digit too many, or by little."""
    if abs(one - other) <= _CLOSE * max(one, other):
        return True
    same = figures(one)
    if same == figures(other):
        return len(same) > 1 or max(one, other) <= _ZEROS * min(one, other)
    written, meant = _aligned(one, other)
    apart = [at for at, (a, b) in enumerate(zip(written, meant, strict=True)) if a != b]
    swapped = len(apart) == 2 and written[apart[0]] == meant[apart[1]] and written[apart[1]] == meant[apart[0]]
    return swapped or (len(apart) == 1 and len(written) > 1) or _is_one_longer(written.lstrip("0"), meant.lstrip("0"))


def is_rescaled(one: Quantity, other: Quantity) -> bool:
    """Whether one number stands with two scale words: 7B, 7K."""
    return one.scale > 1 and other.scale > 1 and one.value * other.scale == other.value * one.scale


def _is_one_longer(one: str, other: str) -> bool:
    """Whether a digit was put into a long number, or left out of it."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _LONG and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def figures(value: Fraction) -> str:
    """The digits of a number without its magnitude: 36 for 36.0, 3600 and 0.36."""
    return _aligned(value, Fraction(0))[0].strip("0")


def _aligned(one: Fraction, other: Fraction) -> tuple[str, str]:
    """The digits of two numbers, place below place: 0076 and 1870 of 0.76 and 18.7."""
    for _ in range(_DECIMALS):
        if one.denominator == other.denominator == 1:
            break
        one, other = one * 10, other * 10
    written, meant = str(int(one)), str(int(other))
    size = max(len(written), len(meant))
    return written.zfill(size), meant.zfill(size)


def is_rounding(number: Quantity, part: Quantity) -> bool:
    """Whether a number is a fraction (a third, one in three, 1/3) rounded to the decimals it has: 33%, 33.3%, 0.33.

    Of a fraction that lies half-way between two, both are roundings.
    """
    whole = {"percent": 100, "": 1}.get(number.unit, 0) if number.weight == "firm" else 0
    if not 0 < number.value < whole or part.unit != "":
        return False
    shares = [share for share in part.values if 0 < share < 1 and (part.weight == "weak" or not _last_place(share))]
    step = _last_place(number.value) if shares else None
    return step is not None and any(2 * abs(number.value - whole * share) <= step for share in shares)


def is_conversion(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are one in other measures: 48 hours, 2 天."""
    if one.measure is None or other.measure is None or other.value == 0:
        return False
    return one.measure != other.measure and are_convertible(other.measure, one.measure, one.value / other.value)


def _last_place(value: Fraction) -> Fraction | None:
    """What the last decimal of a number counts: 0.1 of 33.3; None where they have no end, so that it is a fraction."""
    return next((Fraction(1, 10**places) for places in range(_DECIMALS) if 10**places % value.denominator == 0), None)


def is_other_end(english_text: str, english: Quantity, chinese_text: str, chinese: Quantity) -> bool:
    """Whether one says how much is left, and the other how much is gone: down to a tenth, by 90%, ten times less."""
    rest = 100 - (chinese.value if chinese.unit == "percent" else 100 * chinese.value)
    part = english.weight == "weak" and english.unit == "" and 100 * english.value == rest
    share = part or (english.unit == "percent" and english.value == rest)
    times = english.unit in ("", "times") and english.value > 1 and 100 / english.value == rest
    if chinese.unit not in ("percent", "") or not (share or times):
        return False
    before = english_text[max(0, english.start - _REACH) : english.start]
    gone = share and _REDUCED.search(before) is not None and _DOWN_TO.search(before) is None
    low, high = max(0, chinese.start - _REACH_ZH), chinese.until + _REACH_ZH
    left = _LEFT.search(chinese_text, low, chinese.start) is not None
    return left if gone else not left and _LESS.search(chinese_text, low, high) is not None
