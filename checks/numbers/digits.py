"""Numbers in digits, which both languages write alike, and what makes them part of a word."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final

from checks.numbers.words import SCALES, one_of
from checks.text import LETTER
from glossary.records import NamedTuple

_LONGEST: Final = 24
"""Characters of a number; a longer run is an identifier."""
_LARGEST_POWER: Final = 60
_NUMBER = re.compile(
    r"[0-9]{1,3}(?:[,，][0-9]{3}){1,5}(?![0-9]|[,，][0-9])(?:\.[0-9]{1,12})?"
    r"|[0-9]{1,3}(?:[\u00a0\u2009\u202f ][0-9]{3}){1,5}(?![0-9.,]|[ -][0-9])"
    # A group too long, by a slip; it may also be a list.
    r"|[0-9]{1,3}(?:,[0-9]{3}){0,4},[0-9]{4,6}(?![0-9]|[.,，][0-9])"
    # A group too short, likewise.
    r"|(?<![0-9][,，])[1-9][0-9]{0,2}(?:,[0-9]{3}){0,4},[0-9]{1,2}(?![0-9]|[.,，][0-9])"
    r"|[0-9]+(?:\.[0-9]+)?"
)
_RUN = re.compile(r"[0-9.,]+")
_EXPONENT: Final = r"(?:\^ ?(?P<caret>[-−]?[0-9]{1,3})(?![0-9.])|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))"
_POWER = re.compile(rf"{_EXPONENT}|[eE](?P<tens>[-−+]?[0-9]{{1,3}})(?![0-9A-Za-z])")
_TIMES_TEN = re.compile(rf" ?[×x*·] ?10{_EXPONENT}")
_PLAIN_DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
_SEPARATOR = re.compile("[,，\u00a0\u2009\u202f ]")
_LOOSE = re.compile("[， ]|,(?=[0-9]{4}|[0-9]{1,2}$)")
_TIMES_BEGINS: Final = frozenset(" ×x*·")
_POWER_BEGINS: Final = frozenset("^⁻⁰¹²³⁴⁵⁶⁷⁸⁹eE")
_WORD_BEGINS: Final = frozenset(" –-")
_LETTER_BEGINS: Final = frozenset(" -bmkKMBT")
"""With what :data:`_TIMES_TEN`, :data:`_POWER`, :data:`_SCALE_WORD` and :data:`_SCALE_LETTER` begin."""
_SLASH_WITHIN: Final = 5
"""Characters of a fraction up to its slash: 100 /"""
_FRACTION = re.compile(r"([0-9]{1,3}) ?/ ?([0-9]{1,4})(?![0-9/]|[.,][0-9]|%|[A-Za-z](?<!t)(?<!r))")
FRACTION_SLASH: Final = "\u2044"
"""Unicode's, which binds one number to one: a letter behind them belongs to neither (2⁄3n)."""
_BOUND_WITHIN: Final = 13
"""Characters of such a fraction up to its slash."""
_BOUND = re.compile(rf"([0-9]{{1,12}}(?:\.[0-9]{{1,12}})?){FRACTION_SLASH}([0-9]{{1,12}}(?:\.[0-9]{{1,12}})?)")
_ROUND_THE_CLOCK: Final = "24/7"
CROSS: Final = re.compile(r"[xX*](?=[0-9])")
"""Between the sides of a size: 448x448."""
_CROSSED = re.compile(r"(?<![A-Za-z])[0-9][xX*]$")
_GLUED = re.compile(rf"[{LETTER}0-9_^@#\\./+&:'’\-\u2010\u2011]{{1,40}}$")
_LETTER = re.compile(rf"[{LETTER}_^@#\\]")
_CITED = re.compile(r"\[[0-9,;\- ]{0,40}$")
_BEHIND_CITED: Final = frozenset("],;-")
_SCALE_LETTERS: Final = {
    "k": 10**3, "K": 10**3, "M": 10**6, "mn": 10**6, "B": 10**9, "b": 10**9, "bn": 10**9, "T": 10**12
}  # fmt: skip
# In ASCII: a dotless ı is an i but for case, and what it spells is no word of the table.
_SCALE_WORD = re.compile(rf"[ –-]({one_of(SCALES)})(?![A-Za-z])", re.IGNORECASE | re.ASCII)
_SCALE_LETTER = re.compile(r"(?:-?(bn|mn|[kKMBbT])|[ -]([KMBT]))(?![A-Za-z0-9])")
MEASURE: Final = re.compile(
    r"(?:[Kk]?bits?|[KMGTP]?i?B|[MG]bps|[mµun]?s|secs?|min|h|hrs?|fps|FPS|[kMG]?Hz|p|px|cm|mm|km|m|kg|g|k?W|"
    r"[KMGTP]?FLOPS?|FLOPs|\+)(?![A-Za-z0-9])"
)
"""Symbols of units glued to a number: 80GB, 1080p."""
_LONGEST_LIST: Final = 20


class Written(NamedTuple):
    """A number in digits, without scale and unit; ``others`` are what its parts stand for."""

    end: int
    value: Fraction
    others: tuple[Fraction, ...] = ()


def written_at(text: str, at: int) -> Written | None:
    """The number whose first digit stands there; None for an identifier (very long, or 1.2.3)."""
    fraction = None
    if "/" in text[at : at + _SLASH_WITHIN]:
        fraction = _fraction(text, at)
    elif FRACTION_SLASH in text[at : at + _BOUND_WITHIN]:
        fraction = _bound(text, at)
    return fraction or _number(text, at)


def after_digits(text: str, at: int) -> int:
    """Where an identifier that begins there ends."""
    run = _RUN.match(text, at)
    return run.end() if run else at + 1


def _number(text: str, at: int) -> Written | None:
    found = _NUMBER.match(text, at)
    if found is None or found.end() - at > _LONGEST:
        return None
    end = found.end()
    following = text[end : end + 1]
    if following == "." and text[end + 1 : end + 2].isdigit():
        return None
    value, parts = _value(found[0])
    pattern = _TIMES_TEN if following in _TIMES_BEGINS else _POWER if following in _POWER_BEGINS else None
    power = pattern.match(text, end) if pattern else None
    raised = _raised(value, power) if power else None
    if power and raised is not None:
        return Written(power.end(), raised, (value,))
    return Written(end, value, parts)


@lru_cache(maxsize=4096)
def _value(written: str) -> tuple[Fraction, tuple[Fraction, ...]]:
    """What digits stand for, and their parts where they may be two numbers: 3 200, 3，200, 3,2000 and 3,20."""
    whole, _, decimals = _SEPARATOR.sub("", written).partition(".")
    value = Fraction(int(whole + decimals), 10 ** len(decimals)) if decimals else Fraction(int(whole))
    parts = _LOOSE.split(written)
    # Nobody lists 3 and 000.
    is_list = len(parts) > 1 and not any(part.startswith("00") for part in parts)
    return value, tuple(Fraction(_SEPARATOR.sub("", part)) for part in parts) if is_list else ()


def _raised(value: Fraction, power: re.Match[str]) -> Fraction | None:
    groups = power.groupdict()
    tens = groups.get("tens")
    exponent = int((tens or groups["caret"] or groups["raised"]).translate(_PLAIN_DIGITS))
    if abs(exponent) > _LARGEST_POWER:
        return None
    if tens or power.re is _TIMES_TEN:
        return value * Fraction(10) ** exponent
    return value**exponent if 0 < value < 10**6 and value.denominator == 1 else None


def _fraction(text: str, at: int) -> Written | None:
    """1/3; a list of numbers with slashes is none."""
    found = _FRACTION.match(text, at)
    if found is None or int(found[2]) == 0 or text[at - 1 : at] == "/":
        return None
    over, under = Fraction(found[1]), Fraction(found[2])
    return Written(found.end(), over / under, (over, under))


def _bound(text: str, at: int) -> Written | None:
    """1⁄3, as LaTeX writes it too."""
    found = _BOUND.match(text, at)
    if found is None or not (under := Fraction(found[2])):
        return None
    over = Fraction(found[1])
    return Written(found.end(), over / under, (over, under))


def scaled(text: str, end: int) -> tuple[int, int]:
    """Where a number ends with its *million* or its M, and the scale; 1 where there is none."""
    following = text[end : end + 1]
    word = _SCALE_WORD.match(text, end) if following in _WORD_BEGINS else None
    if word:
        return word.end(), SCALES[word[1].lower()]
    letter = _SCALE_LETTER.match(text, end) if following in _LETTER_BEGINS else None
    return (letter.end(), _SCALE_LETTERS[letter[1] or letter[2]]) if letter else (end, 1)


def is_score(value: Fraction) -> bool:
    """Whether a number after a Latin word is a result rather than a version: MMLU 73.6, Gemini 1.5."""
    return value >= 10 and value.denominator > 1


def is_nominal(text: str, at: int, end: int) -> bool:
    """Whether digits are part of a word that begins before them (GPT-4, x_2), of a citation, of a list marker."""
    return _is_glued(text, at) or _is_cited(text, at, end) or _is_marker(text, at, end)


def _is_glued(text: str, at: int) -> bool:
    if not at or text[at - 1] == " " or not _GLUED.match(text, at - 1, at) or _CROSSED.search(text, max(0, at - 3), at):
        return False
    before = _GLUED.search(text, max(0, at - 40), at)
    return before is not None and _LETTER.search(before[0]) is not None


def _is_cited(text: str, at: int, end: int) -> bool:
    """[12, 15], [2025]."""
    return text[end : end + 1] in _BEHIND_CITED and _CITED.search(text, max(0, at - 42), at) is not None


def _is_marker(text: str, at: int, end: int) -> bool:
    """(1), 2), 3. at the start of a sentence; also 24/7, which counts nothing."""
    if text[at:end] == _ROUND_THE_CLOCK:
        return True
    if end - at > 2 or not text[at:end].isdecimal() or int(text[at:end]) > _LONGEST_LIST:
        return False
    before, after = text[max(0, at - 80) : at], text[end : end + 1]
    if after == ")":
        inside = before.rfind("(") > before.rfind(")")
        return not inside or before.endswith("(")
    starts = before.endswith("\n") or before.rstrip()[-1:] in tuple(":;.。；：") or before.strip() == ""
    return starts and after in (".", "、") and not text[end + 1 : end + 2].isdigit()
