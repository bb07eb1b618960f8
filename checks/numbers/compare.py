"""Which quantities of an English text its Chinese does not hold, and the other way round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from checks.numbers.likeness import figures, is_alike, is_conversion, is_other_end, is_rescaled, is_rounding
from checks.numbers.quantity import Quantity, Weight
from glossary.records import NamedTuple

_SHARES: Final = frozenset(("percent", "point"))
_NEAR: Final = 0.25
"""How far apart two places may be that say the same, in shares of their texts."""
_FAR: Final = 0.6
"""The same, for numbers that look alike."""
_BESIDE: Final = 0.2
"""The same, for small numbers in words."""
_SLACK: Final = 10
"""Characters by which places may differ besides; in a short text a few are a large share."""
_SMALL: Final = 20
"""The largest number that may stand for a small one in words."""
_ROUND: Final = 100
"""The least round number in words (a hundred) that a number in its place is held to be."""
_LARGE: Final = 1000
"""From here on an order of size counts: thousands are not millions."""
_LISTED: Final = 100
"""From here on digits with a group of an odd length are a slip rather than a list of which a word says one."""
_RATIO: Final = 10
"""The largest ratio of two numbers that stand for each other without looking alike."""
_ROUNDED: Final = Fraction(1, 10)
"""How far, in shares of it, a fraction in words may be from the number that it stands for."""
_MOST: Final = 200
"""Quantities of a side that are paired; keeps hostile text linear."""

_DEMANDED: Final[frozenset[Weight]] = frozenset(("firm", "weak", "vague"))
"""What of the English the Chinese should hold, and the other way round."""
_Ratio = tuple[int, int]
"""A value as a key: fractions take ten times as long to hash."""
_Index = Mapping[_Ratio, Sequence[Quantity]]


class Side(NamedTuple):
    """A text, its quantities, and those of other texts that may account for what the other side says."""

    text: str
    quantities: Sequence[Quantity]
    more: Sequence[Quantity] = ()

    def place(self, quantity: Quantity) -> float:
        """Where it stands, from 0 to 1."""
        return quantity.start / max(1, len(self.text))


class Difference(NamedTuple):
    """What one side does not hold: missing (English only), added (Chinese only) or changed (both)."""

    english: Quantity | None
    chinese: Quantity | None
    alike: bool = False
    """Whether the two look alike: they differ in a digit, in the order of two, in the magnitude, or by little."""


def differences(english: Side, chinese: Side) -> list[Difference]:
    """What differs, each once: what is changed, then what is missing, then what was added."""
    lost = _unlike(english.quantities, chinese.quantities, _DEMANDED)
    gained = _unlike(chinese.quantities, english.quantities, _DEMANDED)
    if not lost and not gained:
        return []
    held = _by_value((*chinese.quantities, *chinese.more)) if lost else {}
    said = _by_value((*english.quantities, *english.more)) if gained else {}
    missing = _once(one for one in _different(lost) if not _is_held(one, held))
    added = _once(one for one in _different(gained) if not _is_said(one, said))
    missing, added = _otherwise_said(english, chinese, missing, added)
    missing = [one for one in missing if not _is_rewritten(one, chinese.quantities)]
    added = [one for one in added if not _is_rewritten(one, english.quantities)]
    found = _changed(english, chinese, missing, added)
    gone = {id(each.english) for each in found}
    told = {id(each.chinese) for each in found}
    # Of two places that say the same, one may be changed: the English number is held, and yet belongs here.
    rest = [one for one in added if id(one) not in told and one.weight == "firm"]
    firm = [one for one in _different(english.quantities) if one.weight == "firm"][:_MOST] if rest else []
    again = [each for each in _changed(english, chinese, firm, rest, reach=_NEAR) if each.alike]
    told |= {id(each.chinese) for each in again}
    found += again
    found += [Difference(one, None) for one in missing if one.weight == "firm" and id(one) not in gone]
    found += [Difference(None, one) for one in rest if id(one) not in told]
    return found


def _unlike(quantities: Sequence[Quantity], others: Sequence[Quantity], weights: Collection[Weight]) -> list[Quantity]:
    """Those with these weights that the other side has not just so, with value and unit.

    What stands on both sides like that is held and said whatever else it may mean: only names are nobody's number, and
    a vague one is asked for its size.
    """
    same = {(other.value.as_integer_ratio(), other.unit) for other in others if other.weight != "name"}
    return [
        one
        for one in quantities
        if one.weight in weights and (one.weight == "vague" or (one.value.as_integer_ratio(), one.unit) not in same)
    ]


def _different(quantities: Sequence[Quantity]) -> list[Quantity]:
    """The first of those that differ in their place alone: what a text repeats is looked at once."""
    first = {(_ratios(one.values), one.unit, one.weight, one.scale): one for one in reversed(quantities)}
    return sorted(first.values(), key=lambda one: one.start)


def _ratios(values: Iterable[Fraction]) -> tuple[_Ratio, ...]:
    return tuple([value.as_integer_ratio() for value in values])


def _by_value(quantities: Iterable[Quantity]) -> _Index:
    index: defaultdict[_Ratio, list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        for ratio in _ratios(quantity.values):
            index[ratio].append(quantity)
    return index


def _once(quantities: Iterable[Quantity]) -> list[Quantity]:
    """The first of each value, a firm one where there is one, and not too many."""
    first: dict[_Ratio, Quantity] = {}
    for one in sorted(quantities, key=lambda one: one.weight != "firm"):
        first.setdefault(one.value.as_integer_ratio(), one)
    return sorted(first.values(), key=lambda one: one.start)[:_MOST]


def _same_value(english: Quantity, chinese: Quantity) -> bool:
    if english.unit in _SHARES and chinese.unit in _SHARES:
        return english.value == chinese.value
    return chinese.value in english.values or english.value in chinese.others


def _is_held(one: Quantity, held: _Index) -> bool:
    """Whether the Chinese accounts for a quantity of the English."""
    if one.weight == "vague":
        return one.value < _LARGE or any(_overlap(other, one) for others in held.values() for other in others)
    return any(
        _same_value(one, other) and _may_render(one, other)
        for ratio in _ratios(one.values)
        for other in held.get(ratio, ())
    )


def _may_render(english: Quantity, chinese: Quantity) -> bool:
    """Whether a Chinese number may stand for an English one: 三 for 3, not for 3%, nor the 4 of GPT-4 for 4."""
    if english.value != chinese.value:
        return not _is_one_of_a_fraction(chinese, english)
    if chinese.weight == "name":
        return chinese.scale > 1
    if chinese.unit == "ordinal" and english.unit != "ordinal":
        return False
    return english.unit not in _SHARES or chinese.unit != "" or chinese.weight not in ("weak", "aside")


def _is_one_of_a_fraction(one: Quantity, part: Quantity) -> bool:
    """Whether one number is the numerator of the other, a third: *once* and 一种 stand in every text."""
    return one.value == 1 and part.weight == "weak" and 0 < part.value < 1


def _is_word_for_a_part(english: Quantity, chinese: Quantity) -> bool:
    """Whether a mere word (*both*) stands for a part of a large number: 2 of what may be a list, 2,3000 or 2,30."""
    large = chinese.weight == "firm" and chinese.unit == "" and chinese.value >= _LISTED
    return large and english.weight == "aside" and chinese.value not in english.values


def _is_said(one: Quantity, said: _Index) -> bool:
    """Whether the English accounts for a quantity of the Chinese; 1 小时 is also an hour."""
    if one.value == 1 and one.unit == "":
        return True
    for ratio in _ratios(one.values):
        if any(_same_value(other, one) and _may_mean(one, other) for other in said.get(ratio, ())):
            return True
    return one.weight == "vague" and any(_overlap(one, other) for others in said.values() for other in others)


def _may_mean(chinese: Quantity, english: Quantity) -> bool:
    """Whether a Chinese number may come from an English one: 3% not from *three*, 四个 not from *GPT-4*."""
    if _is_one_of_a_fraction(english, chinese) or _is_word_for_a_part(english, chinese):
        return False
    if chinese.unit in _SHARES and english.weight == "weak" and english.value == chinese.value:
        return english.unit != ""
    return chinese.weight != "weak" or english.weight != "name"


def _overlap(chinese: Quantity, english: Quantity) -> bool:
    """Whether an order of size may be meant: thousands are 数千 and 数万, millions 数百万 and 上千万."""
    if english.weight == "vague":
        reach = 10 if english.value in (10, 100) else 1000
        return english.value <= chinese.value < english.value * reach
    return chinese.value <= english.value < chinese.value * 10


def _otherwise_said(
    english: Side, chinese: Side, missing: list[Quantity], added: list[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """Without what is said from its other end."""
    for one in added:
        for other in missing if one.unit == "percent" or one.value < 1 else ():
            if is_other_end(english.text, other, chinese.text, one):
                missing = [each for each in missing if each is not other]
                added = [each for each in added if each is not one]
                break
    return missing, added


def _is_rewritten(one: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether the other side has a quantity in another measure, or rounded."""
    return any(is_conversion(one, other) for other in others) or _is_rounded(one, others)


def _is_rounded(part: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether the other side has a fraction as a number near it (a third, 33%), or a number as the fraction it rounds.

    The fraction need but be near, so that a wrong number is told once, at the number.
    """
    if any(is_rounding(part, one) or is_rounding(one, part) for one in others):
        return True
    if part.weight != "weak" or not 0 < part.value < 1:
        return False
    near = ((100 * part.value, _SHARES), (part.value, ("",)))
    return any(abs(one.value / share - 1) <= _ROUNDED for one in others for share, units in near if one.unit in units)


def _changed(
    english: Side, chinese: Side, missing: Iterable[Quantity], added: Sequence[Quantity], reach: float = _FAR
) -> list[Difference]:
    """The likeliest pairs of what is missing and what was added."""
    pairs: list[tuple[float, int, Difference]] = []
    slack = _SLACK / max(1, min(len(english.text), len(chinese.text)))
    for one in missing:
        for other in added:
            far = max(0.0, abs(english.place(one) - chinese.place(other)) - slack)
            alike = far < reach and (is_alike(one.value, other.value) or is_rescaled(one, other))
            if far < reach and _may_be(one, other, far, alike=alike):
                # What comes and goes gives way to what must be there.
                loose = one.weight == "weak" and other.weight == "firm"
                cost = far + (0 if alike else 1) + (_FAR if loose else 0)
                pairs.append((cost, len(pairs), Difference(one, other, alike)))
    taken: set[int] = set()
    found: list[Difference] = []
    for _, _, pair in sorted(pairs, key=lambda pair: pair[:2]):
        if not taken & {id(pair.english), id(pair.chinese)}:
            taken |= {id(pair.english), id(pair.chinese)}
            found.append(pair)
    return found


def _may_be(english: Quantity, chinese: Quantity, far: float, *, alike: bool) -> bool:
    """Whether the Chinese may be the English number, changed."""
    units, weights = {english.unit, chinese.unit}, {english.weight, chinese.weight}
    if "ordinal" in units or "vague" in weights:
        return far < _NEAR and (weights == {"vague"} or (alike and english.scale > 1))
    kind = len(units) == 1 or units <= _SHARES or units == {"point", ""}
    one, other = english.value, chinese.value
    low, high = (one, other) if one <= other else (other, one)
    if english.weight == "weak" and english.scale >= _ROUND:
        return far < _NEAR and alike and kind and low >= _ROUND
    if weights == {"weak"} and high < 1:
        return far < _BESIDE and kind
    if "weak" in weights:
        small = low > 1 and high <= _SMALL and low.denominator == high.denominator == 1
        return far < _BESIDE and small and (kind or "" in units)
    if alike:
        # That 1 has the digit of 10% says little.
        return far < _FAR and (kind or ("" in units and len(figures(english.value)) > 1))
    return far < _NEAR and kind and (high <= _RATIO * low or high <= _RATIO)
