"""The formulas of an English abstract that a translation must keep, and how each may be written in Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Final

from checks.formulas import flat, formulas
from glossary.records import NamedTuple

MOST: Final = 100
"""Formulas of a text that are looked at; keeps hostile text linear."""
_LONGEST: Final = 400
_LETTER: Final = "A-Za-z\u0370-\u03ff"
_QUANTITY = re.compile(
    r"[-+±<>≤≥=()\[\],.:/×·^%°0-9 ]+"
    r"(?:[kKMBTGDxX]|[mnμ]?s|min|h|px|fps|FPS|[KMGT]?i?[Bb]|FLOPs?|bits?|Hz|dB|th|st|nd|rd)?"
)
_WRAPPED = re.compile(
    r"(?:\\[(\[]|\$+)\s*\\(?:text[a-z]{2}|text|math(?:rm|bf|sf|tt|it)|boldsymbol|bm|emph|mbox|operatorname|underline)"
    r"\*?\s*\{([^{}]*)\}\s*(?:\\[)\]]|\$+)"
)
_WORD = re.compile(r"[A-Za-z][a-z]{3,}|[A-Z]{3,}[a-z]*|[A-Za-z]+(?:[ -]+[A-Za-z]+)+")
_ORDINAL = re.compile(r"(?<=[A-Za-z])\^?(?:th|st|nd|rd)$")
_NAMED = re.compile(rf"[{_LETTER}]{{2,}}\^")
_IN_WORDS: Final = (
    ("大于等于", "≥"), ("大于或等于", "≥"), ("不小于", "≥"), ("不少于", "≥"), ("至少为", "≥"),
    ("小于等于", "≤"), ("小于或等于", "≤"), ("不大于", "≤"), ("不超过", "≤"), ("至多为", "≤"),
    ("远大于", "≫"), ("远小于", "≪"), ("大于", ">"), ("小于", "<"), ("不等于", "≠"), ("等于", "="),
    ("大约为", ""), ("大约", ""), ("约为", ""), ("约", ""), ("乘以", "×"), ("属于", "∈"), ("正比于", "∝"),
)  # fmt: skip


class Formula(NamedTuple):
    """A formula of the English, and what it is in plain signs."""

    text: str
    flat: str
    glued: bool
    """Whether it is part of a word: `$\\tau$`-bench, M`$^2$`A, top-`$k$`."""

    def stands_in(self, chinese: str) -> bool:
        """Whether it stands in Chinese made :func:`plain`: whole, not as the beginning of a longer one."""
        signs = [char for char in self.flat if char != " "][:_LONGEST]
        written = [self._written(sign, signs[number + 1 : number + 2]) for number, sign in enumerate(signs)]
        before = rf"(?<![{_LETTER}0-9])" if signs[0].isalnum() and not self.glued else ""
        after = rf"(?![{_LETTER}0-9])" if signs[-1].isalnum() and not self.glued else ""
        pattern = before + " ?".join(written) + after
        return re.search(pattern, chinese, re.IGNORECASE if self.glued else 0) is not None

    def _written(self, sign: str, following: list[str]) -> str:
        if sign == "_":
            return "_?"
        if sign == "^" and (self.glued or _NAMED.match(self.flat)):
            return r"\^?"
        if sign == "l" and following == ["_"]:
            return "[lL]"
        if self.glued and "\u0370" <= sign <= "\u03ff":
            return f"(?:{sign}|{unicodedata.name(sign).rpartition(' ')[2].lower()})"
        return re.escape(sign)


def compared(abstract: str) -> Iterator[Formula]:
    """The formulas that a translation cannot do without, each once.

    Numbers and quantities are compared as numbers, words set in math as words; a sign alone (→) may be said in Chinese.
    """
    seen: set[str] = set()
    for start, end in islice(formulas(abstract), MOST):
        text = abstract[start:end]
        before, after = abstract[max(0, start - 1) : start], abstract[end : end + 1]
        glued = any(char.isalnum() or char == "-" for char in (before, after))
        formula = Formula(text, _ORDINAL.sub("", flat(text)), glued)
        if formula.flat not in seen and is_formula(formula):
            seen.add(formula.flat)
            yield formula


def plain(chinese: str) -> str:
    """The Chinese in plain signs, with signs for the words that stand for them."""
    text = flat(chinese)
    for words, sign in _IN_WORDS:
        text = text.replace(words, sign)
    return text


def is_formula(formula: Formula) -> bool:
    """Whether it is neither a number, nor a sign alone, nor words."""
    if not any(char.isalpha() for char in formula.flat) or _QUANTITY.fullmatch(formula.flat):
        return False
    wrapped = _WRAPPED.fullmatch(formula.text)
    if wrapped is not None and (formula.glued or len(wrapped[1].strip()) > 1):
        return False
    return _WORD.fullmatch(formula.flat) is None
