"""The quantities of an English text, LaTeX and all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Final

from checks.numbers.digits import CROSS, MEASURE, after_digits, is_nominal, is_score, scaled, written_at
from checks.numbers.measures import measure_of
from checks.numbers.plain import placed, plain
from checks.numbers.quantity import LARGEST_ORDER, Quantity, Unit, Weight, shared, shares
from checks.numbers.spelt import START, lowered, spelt_at, starts, unit_at
from checks.numbers.words import MONTHS
from checks.text import mask

_WINDOW: Final = 44
_LABEL = re.compile(r"(?P<word>[A-Za-z][\w.+-]{0,40})[ ~]$")
_LABELLED = """
table figure fig section sec appendix chapter stage phase step level type task part version round track rank top
equation algorithm class definition theorem lemma day week rq system grade
"""
_UNLABELLED = """
i a we in over with about nearly from only all these our at by to of for and or the an on across under than within using
since after before until around approximately roughly almost up among they this that those both just even as through out
per between more less fewer least most while where when its their
"""
_LABELS: Final = frozenset(_LABELLED.split())
_NO_LABELS: Final = frozenset((*_UNLABELLED.split(), *MONTHS))
_DECADE = re.compile(r"'?s(?![A-Za-z])")
_CENTURIES: Final = (Fraction(19), Fraction(20))
_DIMENSIONS = re.compile("D(?![A-Za-z])")
_FULL_CIRCLE = re.compile(r"[ -]?(?:degree|°)")
_JOINT = re.compile(r" ?[-–—~/] ?| (?:to|and|or) |, (?:and |or )?")
_LARGEST_WHOLE: Final = 100
_OUT_OF = re.compile(r" (?:in|out of|of) (?:the |every )?")


@lru_cache(maxsize=16)
def english(text: str) -> tuple[Quantity, ...]:
    """The quantities of an English text, in order; offsets are the text's. Linear in its length."""
    readable = plain(text, mask(text))
    found = shared(readable.text, _read(readable.text), _JOINT)
    return tuple(placed(readable, quantity) for quantity in _with_parts(readable.text, found))


def _read(text: str) -> Iterator[Quantity]:
    lower = lowered(text)
    at = 0
    for first in starts(lower):
        start = START.match(lower, first) if first >= at else None
        if start is None:
            continue
        digits = "0" <= text[first] <= "9"
        quantity = _digits_at(text, first) if digits else spelt_at(text, start)
        if quantity is not None:
            yield quantity
            at = max(quantity.until, first + 1)
        else:
            at = after_digits(text, first) if digits else start.end()


def _digits_at(text: str, at: int) -> Quantity | None:
    number = written_at(text, at)
    if number is None:
        return None
    end, scale = scaled(text, number.end)
    until, unit = unit_at(text, end)
    value, others = number.value * scale if scale > 1 else number.value, number.others
    if unit == "percent":
        others = (*others, *shares(*value.as_integer_ratio()))
    elif unit == "magnitude" and value <= LARGEST_ORDER:
        others = (*others, Fraction(10) ** int(value))
    symbol = MEASURE.match(text, end) if unit == "" and scale == 1 else None
    if symbol:
        until = symbol.end()
    if _DECADE.match(text, end) and value >= 1000 and value % 10 == 0:
        return Quantity(at, end, until, value, unit, "aside", (*_CENTURIES, value % 100), scale)
    weight = _weight(text, at, until, value, unit=unit, bare=unit == "" and scale == 1)
    return Quantity(at, end, until, value, unit, weight, others, scale, measure_of(text, at, end, unit))


def _weight(text: str, at: int, until: int, value: Fraction, *, unit: Unit, bare: bool) -> Weight:
    """How much a number in digits counts; a bare one has neither unit nor scale."""
    if is_nominal(text, at, until):
        return "name"
    if unit == "ordinal":
        return "weak"
    if _DIMENSIONS.match(text, until) or (bare and _is_label(text, at) and not is_score(value)):
        return "aside"
    if _FULL_CIRCLE.match(text, until) and value == 360:
        return "aside"
    return "name" if text[until : until + 1].isalpha() and not CROSS.match(text, until) else "firm"


def _is_label(text: str, at: int) -> bool:
    """Whether the number belongs to the word before it: Table 3, Llama 3, AIME 2024."""
    if text[at - 1 : at] not in (" ", "~"):
        return False
    # No space stands in the word.
    low = max(0, at - _WINDOW)
    found = _LABEL.search(text, max(low, text.rfind(" ", low, at - 1) + 1), at)
    if found is None:
        return False
    word = found["word"]
    if word.lower() in _LABELS:
        return True
    if word.lower() in _NO_LABELS or word.islower():
        return False
    # The first word of a sentence has its capital from there.
    before = text[max(0, found.start() - 2) : found.start()].rstrip()
    return not (word[1:].islower() and before[-1:] in ("", *".!?:;"))


def _with_parts(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """*One in five* is also a fifth, and 20%."""
    for number, one in enumerate(found):
        other = found[number + 1] if number + 1 < len(found) else None
        if other is not None and _OUT_OF.fullmatch(text, one.end, other.start) and _is_part(one, other):
            share = one.value / other.value
            yield one._replace(others=(*one.others, share, 100 * share))
        else:
            yield one


def _is_part(one: Quantity, other: Quantity) -> bool:
    whole = one.value.denominator == other.value.denominator == 1
    return whole and 0 < one.value < other.value <= _LARGEST_WHOLE and one.unit == other.unit == ""
