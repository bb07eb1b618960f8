"""Writing an English value the way a Chinese number is written."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from checks.numbers.chinese import chinese
from checks.numbers.quantity import Quantity
from checks.text import has_han

_DIGITS = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_LITERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_DECIMALS: Final = 4
_MANTISSA: Final = 10**5
_WORD = re.compile(r"(?:百万亿|千万亿|十万亿|万亿|百亿|千亿|十亿|亿|百万|千万|十万|万|千|百|[kKMBT])$")
_WORDS: Final = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
_LETTERS: Final = {"T": 10**12, "B": 10**9, "M": 10**6, "K": 10**3}
_PLACES: Final = ("", "十", "百", "千")
_NUMERALS: Final = "零一二三四五六七八九十"


def rewritten(chinese_text: str, wrong: Quantity, english_text: str, right: Quantity) -> str | None:
    """The text that puts the English value in the place ``[start, end)`` of a Chinese number; None where none is sure.

    Scale words, separators and the spaces between stay as they are: 11 trillion for 1.1 万亿 is 11 万亿.
    """
    old = chinese_text[wrong.start : wrong.end]
    literal = english_text[right.start : right.end]
    new = _rewritten(old, wrong, literal, right)
    if new is None or new == old:
        return None
    read = chinese(new + chinese_text[wrong.end : wrong.until])
    return new if len(read) == 1 and read[0].value == right.value else None


def _rewritten(old: str, wrong: Quantity, literal: str, right: Quantity) -> str | None:
    value = right.value
    digits = _DIGITS.match(old)
    if digits is None:
        return _in_numerals(old, value)
    tail = old[digits.end() :]
    if wrong.scale == 1 and tail == "":
        return _in_digits(digits[0], value, literal, right)
    word = _WORD.search(tail)
    if word is None or word.start() == 0 == len(tail):
        return None
    mantissa = value / wrong.scale
    if _is_short(mantissa):
        return decimal(mantissa) + tail
    others = _WORDS if has_han(word[0]) else _LETTERS
    for name, size in others.items():
        if _is_short(value / size):
            return decimal(value / size) + tail[: word.start()] + name
    return _in_digits(digits[0], value, literal, right) if value < _MANTISSA else None


def _in_digits(old: str, value: Fraction, literal: str, right: Quantity) -> str | None:
    """Digits alone; as the English writes them where it writes nothing else (36.0)."""
    found = _LITERAL.fullmatch(literal)
    if found and right.scale == 1:
        return literal.replace(",", "") if "," not in old and "，" not in old and len(literal) < 6 else literal
    if value.denominator == 1 and value < 10**15:
        return f"{int(value):,}" if "," in old or value >= 10**4 else str(int(value))
    return decimal(value) if _is_short(value) else None


def _in_numerals(old: str, value: Fraction) -> str | None:
    """Small numbers, round ones and fractions in numerals; 两 counts, 二 does not."""
    if "分之" in old and value < 1 and value.denominator <= 10:
        return f"{_NUMERALS[value.denominator]}分之{_NUMERALS[value.numerator]}"
    if value.denominator != 1 or value <= 0 or len(old) > 3:
        return None
    if value >= 100:
        return _round(int(value))
    tens, ones = divmod(int(value), 10)
    if tens == 0:
        return "两" if ones == 2 else _NUMERALS[ones]
    return (_NUMERALS[tens] if tens > 1 else "") + "十" + (_NUMERALS[ones] if ones else "")


def _round(value: int) -> str | None:
    """A number of one figure and its zeros, from a hundred on: 两百, 一千万, 十亿."""
    word, size = next(((word, size) for word, size in _WORDS.items() if value >= size), ("", 1))
    figure, zeros = str(value // size)[:1], len(str(value // size)) - 1
    if value != int(figure) * 10**zeros * size or zeros >= len(_PLACES):
        return None
    first = "" if (figure, zeros) == ("1", 1) else "两" if figure == "2" and zeros != 1 else _NUMERALS[int(figure)]
    return first + _PLACES[zeros] + word


def _is_short(value: Fraction) -> bool:
    return 1 <= value < _MANTISSA and (value * 10**_DECIMALS).denominator == 1


def decimal(value: Fraction) -> str:
    """A number with few decimals, exactly."""
    whole, rest = divmod(int(value * 10**_DECIMALS), 10**_DECIMALS)
    decimals = f"{rest:0{_DECIMALS}}".rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)
