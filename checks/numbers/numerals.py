"""Chinese numerals: what a run of them stands for.

Our own, as no library serves: cn2an refuses 数十亿, 1.2 万亿 and 12 万 with its space, rewrites 统一 as 统1, does not
say where a number stood, and takes a quarter of a second to import.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Final

ONES: Final = {**{char: value for value, char in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
SMALL: Final = {"十": 10, "百": 100, "千": 1000}
LARGE: Final = {"万": 10**4, "亿": 10**8, "兆": 10**12}
NUMERAL: Final = "".join((*ONES, *SMALL, *LARGE))
"""Regex class body."""
LONGEST: Final = 40
"""Characters of a numeral; a longer run is none."""
_BELOW: Final = {"十": 1, "百": 10, "千": 100, "万": 10**3, "亿": 10**7, "兆": 10**11}
"""What a last digit counts where its place is left out: 两万三 is 23,000."""


def scale(chars: str) -> int:
    """What scale words multiply to: 百万, 万亿."""
    product = 1
    for char in chars:
        product *= SMALL.get(char) or LARGE[char]
    return product


@lru_cache(maxsize=1024)
def numeral(chars: str) -> Fraction | None:
    """What a numeral stands for, with 点 and decimals or without; None where the characters make none (一一, 二三).

    A year may be written digit by digit (二〇二四); a numeral may begin with its place (十二, 百万).
    """
    whole, point, decimals = chars.partition("点")
    value = _year(whole) if all(char in ONES for char in whole) else _whole(whole)
    if value is None or not point:
        return value
    return value + Fraction(int("".join(str(ONES[char]) for char in decimals)), 10 ** len(decimals))


def _year(chars: str) -> Fraction | None:
    if len(chars) == 1:
        return Fraction(ONES[chars])
    year = len(chars) == 4 and chars[:2] in ("一九", "二〇", "二零") and "两" not in chars
    return Fraction("".join(str(ONES[char]) for char in chars)) if year else None


def _whole(chars: str) -> Fraction | None:
    total = section = 0
    """Complete multiples of 万 and more; what stands below the next of them."""
    digit = -1
    """The digit that waits for its place; -1 where there is none."""
    place = 10**4
    for char in chars:
        if char in ONES:
            if digit > 0:
                return None
            digit = ONES[char]
        elif char in SMALL:
            if SMALL[char] >= place:
                return None
            place = SMALL[char]
            section += max(digit, 1) * place
            digit = -1
        else:
            section += max(digit, 0)
            total = _multiplied(total, section, LARGE[char])
            section, digit, place = 0, -1, 10**4
    if digit > 0:
        section += digit * _BELOW.get(chars[-2], 1)
    return Fraction(total + section)


def _multiplied(total: int, section: int, large: int) -> int:
    """万亿 and 五万三千亿 multiply all that stands before them, 一亿三千万 only the last section."""
    if section == 0 or 0 < total < large:
        return ((total + section) or 1) * large
    return total + section * large
