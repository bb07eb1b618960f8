"""English numbers in words, and the units behind a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final

from checks.numbers.measures import measure_of
from checks.numbers.quantity import LARGEST_ORDER, Quantity, Unit, Weight
from checks.numbers.words import CARDINALS, HALVES, ORDINALS, PARTS, PLURALS, SCALES, WORTH, cardinal, one_of
from checks.text import without_surrogates
from glossary.automaton import Finder, build
from glossary.records import NamedTuple

_COUNTS: Final = frozenset((*CARDINALS, "hundred", "thousand")) - {"zero"}
_COUNT: Final = one_of(_COUNTS)
_AFTER_ARTICLE: Final = frozenset((*PARTS, *SCALES, "order"))
_ARTICLE: Final = rf"an?(?=[ -](?:{one_of(_AFTER_ARTICLE)})(?![A-Za-z]))"
_FIGURES: Final = "orders?[ -]of[ -]magnitude"
_PLAIN: Final = one_of([*CARDINALS, *ORDINALS, *SCALES, *PLURALS, *WORTH, *PARTS, *HALVES])
WORDS: Final = f"{_PLAIN}|orders?"
"""A regex for the words that a number in lower-case words may begin with, an article aside."""
START: Final = re.compile(
    rf"[0-9]|(?<![A-Za-z0-9])(?:(?P<fold>{_COUNT})[ -]?fold|{_ARTICLE}|(?P<figures>{_FIGURES})|{_PLAIN})(?![A-Za-z])"
)
"""A number's beginning, in lower-case text.

``fold``: the number of *tenfold*; ``figures``: orders of magnitude, uncounted.
"""
_WORD = re.compile(r"[A-Za-z]+")
_NEXT = re.compile("[ -]")
_LONGEST: Final = 40
"""Words of a number."""
_CONTINUES: Final = frozenset((*CARDINALS, *SCALES, "and", "of"))
_HALF_OF = re.compile(rf"[ -](?:of )?(?:an? )?({one_of(SCALES)})(?![A-Za-z])", re.IGNORECASE | re.ASCII)
_OF_AN_HOUR = re.compile(r"(?: of)?[ -](?:an )?(?:hour|minute)", re.IGNORECASE)
_AND_A_HALF = re.compile(r" and a half(?![A-Za-z])", re.IGNORECASE)
_LARGEST_WORD: Final = 10
"""Up to here a number in words is weak."""


class _Sign(NamedTuple):
    """A way to write a unit: what its pattern matches holds one of the `signs`, and begins with one of `begins`.

    Signs are in small letters; a space or hyphen before the beginning is left aside, and without one it may be any.
    """

    unit: Unit
    signs: tuple[str, ...]
    begins: str
    pattern: re.Pattern[str]


_UNITS: Final = (
    _Sign(
        "point",
        ("point", "pts"),
        "",
        re.compile(
            r"(?:[ -]?(?:%|percent(?:age)?|per cent|absolute))?[ -](?:\(?[A-Za-z][\w@+-]{0,14}\)?[ -]){0,2}?"
            r"(?:points?|pts)(?![A-Za-z])",
            re.IGNORECASE,
        ),
    ),
    _Sign(
        "point",
        ("pp", "pts", "%p", "p.p"),
        "pP%",
        re.compile(r"[ -]?(?:pp|ppts?|pts|%p|%pt|p\.p\.)(?![A-Za-z])", re.IGNORECASE),
    ),
    _Sign(
        "percent",
        ("%", "percent", "per cent", "pct"),
        "%pP",
        re.compile(r" ?%|[ -]?(?:percent|per cent|pct)(?![A-Za-z])", re.IGNORECASE),
    ),
    _Sign(
        "times",
        ("x", "×", "times", "fold"),
        "xX×tTfF",
        re.compile(r" ?[x×](?![A-Za-z0-9]| ?[0-9])|[ -]?(?:times|folds?)(?![A-Za-z]| [0-9])", re.IGNORECASE),
    ),
    _Sign(
        "magnitude",
        ("magnitude",),
        "oO",
        re.compile(r"[ -]orders?[ -]of[ -](?:the )?magnitudes?(?![A-Za-z])", re.IGNORECASE),
    ),
    _Sign("ordinal", ("st", "nd", "rd", "th"), "snrt", re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])")),
)
_NO_UNIT: Final = frozenset((*".,;:)]/", "\n", ""))
"""What no unit begins with."""
_ODD_CASE = re.compile("[\u0130\u0131\u017f\u212a]")
"""Letters that are an i, s or k but for case."""
_LOWER: Final = {ord(char): char.lower() for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def lowered(text: str) -> str:
    """A text as long with the Latin letters small, in which :data:`START` finds what it finds in small letters.

    Only of odd letters does ``str.lower`` make two, or one that was not Latin.
    """
    return text.lower() if text.isascii() or not _ODD_CASE.search(text) else text.translate(_LOWER)


def starts(lower: str) -> list[int]:
    """Where :data:`START` may match in a lower-case text, in order: one automaton finds all that it may begin with."""
    return sorted({start for start, _, _ in _finder()(without_surrogates(lower))})


@cache
def _finder() -> Finder:
    articles = (f"{article}{gap}{word}" for article in ("a", "an") for gap in " -" for word in _AFTER_ARTICLE)
    words = (*CARDINALS, *ORDINALS, *SCALES, *PLURALS, *WORTH, *PARTS, *HALVES, "order")
    return build(sorted({*"0123456789", *words, *articles}))


@lru_cache(maxsize=4)
def _units_in(text: str) -> tuple[_Sign, ...]:
    """The units of which a sign stands in a text; all where an odd letter stands in it."""
    lower, odd = text.lower(), not text.isascii() and _ODD_CASE.search(text) is not None
    return tuple(unit for unit in _UNITS if odd or any(sign in lower for sign in unit.signs))


def unit_at(text: str, end: int) -> tuple[int, Unit]:
    """Where the unit behind a number ends, and which it is."""
    begins = text[end : end + 1]
    if begins in _NO_UNIT:
        return end, ""
    if begins in {" ", "-"}:
        begins = text[end + 1 : end + 2]
    for sign in _units_in(text):
        if begins in sign.begins or not sign.begins:
            found = sign.pattern.match(text, end)
            if found:
                return found.end(), sign.unit
    return end, ""


def spelt_at(text: str, start: re.Match[str]) -> Quantity | None:
    """The number in words that begins where :data:`START` found one."""
    at, end = start.start(), start.end()
    if start["fold"]:
        word = start["fold"].lower()
        return Quantity(at, end, end, Fraction(CARDINALS.get(word) or SCALES[word]), "times", "weak")
    if start["figures"]:
        return Quantity(at, end, end, Fraction(1), "magnitude", "vague")
    places = _words_at(text, at)
    words = [place[0].lower() for place in places]
    number = cardinal(words)
    if number is not None:
        return _counted(text, places, words, *number)
    if words[0] in ("a", "an"):
        return _article(text, places, words)
    return _single(text, places, words)


def _words_at(text: str, at: int) -> list[re.Match[str]]:
    """The word that begins there, those that may continue a number, and one more."""
    places: list[re.Match[str]] = []
    place = _WORD.match(text, at)
    while place and len(places) < _LONGEST:
        places.append(place)
        going = len(places) == 1 or place[0].lower() in _CONTINUES
        place = _NEXT.match(text, place.end()) and _WORD.match(text, place.end() + 1) if going else None
    return places


def _counted(text: str, places: Sequence[re.Match[str]], words: list[str], value: Fraction, used: int) -> Quantity:
    """A number in words with what follows it: a denominator, *and a half*, a unit."""
    at, end = places[0].start(), places[used - 1].end()
    article = words[0] in ("a", "an")
    part = PARTS.get(words[used].removesuffix("s")) if used < len(words) and not article else None
    if part and value < _LARGEST_WORD:
        end = places[used].end()
        return Quantity(at, end, end, value / part, "", "weak", (100 * value / part, value, Fraction(part)))
    half = _AND_A_HALF.match(text, end)
    if half:
        value, end = value + Fraction(1, 2), half.end()
    until, unit = unit_at(text, end)
    others: tuple[Fraction, ...] = ()
    if unit == "percent":
        others = (value / 100,)
    elif unit == "magnitude" and value <= LARGEST_ORDER:
        others = (Fraction(10) ** int(value),)
    # A dozen may be eleven.
    loose = article or "dozen" in words[:used] or value <= _LARGEST_WORD or value.denominator > 1
    weight: Weight = "weak" if loose else "firm"
    scale = next((SCALES[word] for word in reversed(words[:used]) if word in SCALES), 1)
    return Quantity(at, end, until, value, unit, weight, others, scale, measure_of(text, at, end, unit))


def _article(text: str, places: Sequence[re.Match[str]], words: list[str]) -> Quantity | None:
    """*A third* (which may also be one more), *an order of magnitude*."""
    at, end = places[0].start(), places[1].end()
    part = PARTS.get(words[1])
    if part is not None:
        return _part(text, at, end, part)
    until, unit = unit_at(text, places[0].end())
    return Quantity(at, end, until, Fraction(1), unit, "weak", (Fraction(10),)) if unit == "magnitude" else None


def _part(text: str, at: int, end: int, size: int) -> Quantity:
    of = _HALF_OF.match(text, end)
    if of:
        scale = SCALES[of[1].lower()]
        return Quantity(at, of.end(), of.end(), Fraction(scale, size), "", "weak", (), scale)
    others: tuple[Fraction, ...] = (Fraction(100, size), Fraction(size))
    if _OF_AN_HOUR.match(text, end):
        others = (*others, Fraction(60, size))
    return Quantity(at, end, end, Fraction(1, size), "", "weak", others)


def _single(text: str, places: Sequence[re.Match[str]], words: list[str]) -> Quantity | None:
    """What a single word stands for: half, millions, second, both, May."""
    at, end = places[0].start(), places[0].end()
    word = words[0]
    if word in PLURALS:
        return _plural(places, words)
    if word in SCALES:
        return Quantity(at, end, end, Fraction(SCALES[word]), "", "vague", (), SCALES[word])
    if word in HALVES or word == "quarter":
        return _part(text, at, end, PARTS.get(word, 2))
    if word in ORDINALS:
        return Quantity(at, end, end, Fraction(ORDINALS[word]), "ordinal", "weak")
    return Quantity(at, end, end, Fraction(WORTH[word]), "", "aside") if word in WORTH else None


def _plural(places: Sequence[re.Match[str]], words: list[str]) -> Quantity:
    """*Millions*, *tens of thousands*, *hundreds of millions*."""
    size, used = PLURALS[words[0]], 1
    if len(words) > 2 and words[1] == "of" and PLURALS.get(words[2], 0) > 10:
        size, used = size * PLURALS[words[2]], 3
    at, end = places[0].start(), places[used - 1].end()
    return Quantity(at, end, end, Fraction(size), "", "vague", (), size)
