"""English number words: what each stands for, and how they add up.

Our own, as no library serves: measured on the forms of the corpus, text2num and number-parser rewrite a text without
saying where a number stood, and read *3 million* as two numbers and *one third* as *1 3rd*.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

_ONES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
CARDINALS: Final = {
    **{word: value for value, word in enumerate(_ONES.split())},
    **{word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)},
}
SCALES: Final = {
    "dozen": 12,
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
}
PLURALS: Final = {"tens": 10, "dozens": 10, **{f"{word}s": size for word, size in SCALES.items() if size > 12}}
"""Words for an order of size."""
_ORDINALS = """
zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth
"""
ORDINALS: Final = {
    **{word: value for value, word in enumerate(_ORDINALS.split())},
    **{f"{word[:-1]}ieth": CARDINALS[word] for word in _TENS.split()},
    "hundredth": 100,
    "thousandth": 1000,
    "firstly": 1,
    "secondly": 2,
    "thirdly": 3,
}
PARTS: Final = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    **{word: size for word, size in ORDINALS.items() if size > 3},
}
"""Denominators: two thirds, a quarter, one-tenth."""
HALVES: Final = frozenset(("half", "halves", "halve", "halved", "halving"))
_MONTHS = "january february march april may june july august september october november december"
MONTHS: Final = {month: number for number, month in enumerate(_MONTHS.split(), 1)}
_WORTH: Final = {
    0: "no none null",
    1: "single sole once another",
    2: "both pair pairs paired couple twin dual bi either twice double doubles doubled doubling",
    3: "thrice triple triples tripled tripling triplet triplets tri",
    4: "quadruple quadruples quadrupled",
    10: "decade decades",
    100: "century centuries",
}
WORTH: Final = {**{word: value for value, words in _WORTH.items() for word in words.split()}, **MONTHS}
"""Words that a Chinese number may render, though they are none."""


def one_of(words: Iterable[str]) -> str:
    """A regex for any of these words, the longest first, grouped by their first letter for speed."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items()))


def cardinal(words: list[str]) -> tuple[Fraction, int] | None:
    """What number words add up to, and how many of them belong to it; None where the first is no number.

    *A hundred*, *twenty one*, *two hundred and five thousand*. A word that does not continue the number ends it.
    """
    total = _Sum()
    used = 0
    for number, word in enumerate(words):
        if word == "and" and number == used and used and total.is_large:
            continue
        if not total.add(word, first=number == 0):
            break
        used = number + 1
    if used == 0 or (used == 1 and words[0] in ("a", "an")):
        return None
    return Fraction(total.value), used


class _Sum:
    """A number under way: what is complete, and the group below the next thousand, million, …"""

    def __init__(self) -> None:
        self._whole = self._group = 0
        self._last = 10**18
        """The place of the last word of the group; what follows is smaller."""
        self._top = 10**18
        """The scale of the last complete group; the next one is smaller."""

    @property
    def value(self) -> int:
        return self._whole + self._group

    @property
    def is_large(self) -> bool:
        """Whether *and* may go on: two hundred and five."""
        return self._last == 100 or (self._whole > 0 and self._group == 0)

    def add(self, word: str, *, first: bool) -> bool:
        """Take a word; False where it does not continue the number."""
        if first and word in ("a", "an"):
            self._group = self._last = 1
            return True
        value, scale = CARDINALS.get(word), SCALES.get(word)
        if value is not None:
            return self._ones(value)
        return scale is not None and self._group > 0 and self._scale(scale)

    def _ones(self, value: int) -> bool:
        place = 10 if value >= 20 else 1
        if self._last <= place or (self._last == 10 and (value == 0 or value > 9)):
            return False
        self._group += value
        self._last = place
        return True

    def _scale(self, scale: int) -> bool:
        if scale <= 100:
            if self._group >= 100:
                return False
            self._group *= scale
            self._last = 100
            return True
        if scale >= self._top:
            return False
        self._whole += self._group * scale
        self._group, self._last, self._top = 0, 10**18, scale
        return True
