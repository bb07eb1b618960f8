"""Signs that a text writes before its numbers: -4%, (+4%)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from checks.numbers.quantity import Quantity
from checks.text import HAN

_SIGNS: Final = {"+": "+", "＋": "+", "-": "-", "−": "-", "－": "-"}
_SIGNED = re.compile(rf"(?:^|[(\[{{（［$/,，:：=≈~～\n{HAN}]|(?<![0-9%]) )[{re.escape(''.join(_SIGNS))}]$")
"""A sign up to its number; behind a word or a number it is a hyphen, or the mark of a range (10 -20%)."""
_WINDOW: Final = 3


def turned(
    english_text: str, english: Sequence[Quantity], chinese_text: str, chinese: Sequence[Quantity]
) -> Iterator[tuple[Quantity, Quantity]]:
    """The numbers that the English always writes with one sign and the Chinese with the other, each from its sign on.

    A number that either side writes without a sign, or with both, is left aside.
    """
    written = _signed(chinese_text, chinese)
    meant = _signed(english_text, english) if written else {}
    for value, (sign, places) in written.items():
        said = meant.get(value)
        if said is not None and said[0] != sign:
            yield from ((said[1][0], place) for place in places)


def _signed(text: str, quantities: Sequence[Quantity]) -> Mapping[Fraction, tuple[str, list[Quantity]]]:
    """The values that only stand with one sign: which, and where, from the sign on."""
    signs = [(one, _sign_before(text, one)) for one in quantities if one.weight != "name"]
    if not any(sign for _, sign in signs):
        return {}
    found: dict[Fraction, tuple[str, list[Quantity]]] = {}
    mixed: set[Fraction] = set()
    for one, sign in signs:
        before, places = found.setdefault(one.value, (sign, []))
        if sign == "" or sign != before:
            mixed.add(one.value)
        places.append(one._replace(start=one.start - 1))
    return {value: said for value, said in found.items() if value not in mixed}


def _sign_before(text: str, quantity: Quantity) -> str:
    """``+`` or ``-`` where it stands right before a number, else nothing."""
    if text[quantity.start - 1 : quantity.start] not in _SIGNS:
        return ""
    found = _SIGNED.search(text[max(0, quantity.start - _WINDOW) : quantity.start])
    return _SIGNS[found[0][-1]] if found else ""
