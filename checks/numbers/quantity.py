"""What a quantity is, whichever language it is read from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal

from checks.numbers.measures import Measure
from glossary.records import NamedTuple

Unit = Literal["", "percent", "point", "times", "ordinal", "magnitude"]
"""``point``: a percentage point, or a point of a score; ``magnitude``: counts orders of magnitude."""

Weight = Literal["firm", "weak", "vague", "aside", "name"]
"""How much a quantity counts.

``firm``: in digits, or a large number in words; it must stand on both sides. ``weak``: a small number in words (two,
三个), which Chinese adds and drops as idiom wants. ``vague``: an order of size (millions, 数百). ``aside``: a label
(*Table 3*, *Llama 3*) or a word such as *both*, which may account for a number of the other side, no more. ``name``:
digits inside a word (GPT-4), of a list marker, of a citation.
"""

LARGEST_ORDER: Final = 30
"""The largest order of magnitude that is worked out."""
_LARGEST_SHARED: Final = 1000
"""From here on a number shares nothing: 500 to 1 million, in 2023, 5%."""


class Quantity(NamedTuple):
    """A number in a text. Offsets are code points of that text, half-open.

    ``[start, end)`` is the number with its scale (5.13 亿), ``[start, until)`` also has its unit. ``value`` is exact; a
    percentage is its number: 8% is 8. ``others`` are what the words may also stand for: 0.08 for 8%, 2 for 一倍.
    """

    start: int
    end: int
    until: int
    value: Fraction
    unit: Unit = ""
    weight: Weight = "firm"
    others: tuple[Fraction, ...] = ()
    scale: int = 1
    """The scale word that it is written with: 10,000 for 万."""
    measure: Measure | None = None
    """What it measures, where it has no other unit: hours, dollars."""

    @property
    def values(self) -> tuple[Fraction, ...]:
        """All that it may stand for, the likeliest first."""
        return (self.value, *self.others)


@lru_cache(maxsize=4096)
def shares(over: int, under: int) -> tuple[Fraction, ...]:
    """What so many percent may also stand for: 0.08 for 8%, nothing for 150%. A fraction takes long to divide."""
    return (Fraction(over, 100 * under),) if over <= 100 * under or over % (100 * under) == 0 else ()


def shared(text: str, found: Iterable[Quantity], joint: re.Pattern[str]) -> list[Quantity]:
    """The quantities, with the unit and the scale that end a range or a list at all of it: 10-20%, 3 to 5 million.

    So with a measure: 5-10 hours.
    """
    quantities = list(found)
    for number in range(len(quantities) - 2, -1, -1):
        one, following = quantities[number : number + 2]
        if following.scale == 1 and following.unit in ("", "ordinal") and following.measure is None:
            continue
        bare = (one.unit, one.measure, one.scale, one.until, one.others) == ("", None, 1, one.end, ())
        if (
            bare
            and one.weight in ("firm", "weak")
            and joint.fullmatch(text, one.end, following.start)
            and one.value < _LARGEST_SHARED
        ):
            quantities[number] = _stretched(one, following)
    return quantities


def _stretched(one: Quantity, following: Quantity) -> Quantity:
    scale = following.scale
    # 500 to 1 million is no 500 million.
    if scale > 1 and one.value <= following.value / scale:
        one = one._replace(value=one.value * scale, others=(*one.others, one.value), scale=scale)
    return one._replace(unit=following.unit, measure=following.measure)
