"""The name that a paper has for its own: TTRL of *TTRL: Test-Time Reinforcement Learning*."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final

from checks.formulas import flat
from checks.namelist import TOKEN
from checks.nameshape import is_camel, name_in

_PREFIX = re.compile(r"(?P<prefix>[^:：]{1,60}?)\s?(?:[:：](?!\d)|\s(?:-{1,3}|[\u2012-\u2015])\s)")
_REPORT = re.compile(r"(?:The )?(?P<prefix>[^:]{1,60}?) (?:Technical|System|Model) (?:Report|Card)\b")
_INTRODUCING = re.compile(r"(?:Introducing|Presenting|Announcing|Meet)(?: the)? (?P<prefix>[^\s,:]{2,40})")
_INTRODUCED = re.compile(
    r"\b(?:propos|introduc|present|releas|develop|nam|call|dubb|term|creat|design|build|open-?sourc|unveil|contribut)"
    r"(?:e|es|ed|ing|t)?\b[^.;:]{0,60}[\s(“\"*`]$",
    re.IGNORECASE,
)
MAY_OPEN: Final = r"[:：\u2012-\u2015]|-\s|Report|Card|Introducing|Presenting|Announcing|Meet"
"""A pattern that is found in every title that begins with a name in one of these ways; no other is one by itself."""
_REACH: Final = 80
_TITLE_CASE = re.compile(r" [A-Z][a-z]")
_INSIDE = re.compile(r"[\w-]")
_BEGINNING = re.compile(r"(?:^|[.!?:;]\s?|\n)[\s“\"'(]*$")
_CAPITALS = re.compile(r"[A-Z]{3,12}\+*")
_MIXED = re.compile(
    r"(?=.{0,30}?(?:[A-Za-z0-9.][A-Z]|[A-Za-z]\d))[A-Za-z][A-Za-z0-9]{0,30}(?:[-.][A-Za-z0-9]{1,20}){0,4}\+*"
)
_COINED = re.compile(r"[A-Z][a-z]{2,20}|[A-Z][A-Za-z0-9]{0,20}(?:-[A-Za-z0-9]{1,20}){1,4}\+*")
_CONNECTED = re.compile(r"-(?:a|an|and|as|at|by|for|from|in|is|of|on|or|per|the|to|via|with)-", re.IGNORECASE)
_VERSION = re.compile(r"[vV]?\d+(?:\.\d+)*")
_LONG_FORM = re.compile(r"(?: [A-Za-z-]{1,30}){0,3} ?\((?:[A-Za-z0-9-]{0,10}[A-Z]){2}")
_WORD = re.compile(r"[^\s,;()]+")
_ENDS: Final = "\"'“”‘’*`.!?,;:()[]{}"
_MOST_WORDS: Final = 4
_SHORT: Final = 3
_NO_NAMES: Final = frozenset({"THE", "AND", "FOR", "NOT", "ALL", "YOU", "HOW", "WHY", "LESS", "MORE", "WITH", "FROM"})


def own_names(title: str, abstract: str, listed: Collection[str]) -> Iterator[str]:
    """The names as the English title writes them; `listed` are abbreviations that everybody may translate.

    `abstract` is masked.

    Sure are names with capitals or digits inside before the colon, or of a *Technical Report*; abbreviations of the
    author's own that stand alone there; and a plain word alone there, or a name elsewhere, that the abstract
    introduces.
    """
    told: set[str] = set()
    opening = _PREFIX.match(title) or _REPORT.match(title) or _INTRODUCING.match(title)
    words = _words(opening["prefix"]) if opening else []
    if len(words) > _MOST_WORDS:
        words = []
    # Gemma 2: a word with a version is alone.
    alone = len(words) == 1 or (len(words) == 2 and _VERSION.fullmatch(words[1]) is not None)
    for number, word in enumerate(words):
        if _is_name(word) or (alone and not number and _is_coined(word, abstract, listed)):
            told.add(word)
            yield word
    for word in _words(title):
        if word not in told and _is_name(word) and _is_introduced(word, abstract) and not _is_spelt_out(word, abstract):
            told.add(word)
            yield word


def stands_in(name: str, chinese: str) -> bool:
    """Whether a Chinese title has the name, whatever its hyphens, spaces, letter case and math."""
    wanted = _folded(name)
    if len(wanted) > _SHORT:
        return wanted in _folded(chinese)
    return any(_folded(token[0]) == wanted for token in TOKEN.finditer(flat(chinese)))


def _words(text: str) -> list[str]:
    return [word for found in _WORD.findall(text) if (word := found.strip(_ENDS).removesuffix("'s").removesuffix("’s"))]


@lru_cache(maxsize=8192)
def _is_name(word: str) -> bool:
    """Whether capitals or digits inside make it a name; math counts as it reads: `$\\pi_0$`, `GUI-G$^2$`."""
    if word.isalpha() and word.isascii() and word[1:].islower():
        return False
    plain = flat(word).replace("^", "").replace("_", "")
    if any("\u0370" <= char <= "\u03ff" for char in plain):
        return any(char.isascii() and char.isalnum() for char in plain)
    if name_in(plain) != plain or _VERSION.fullmatch(plain):
        return False
    return all(is_camel(part) for part in plain.split("-") if not part[1:].islower() and not part.isupper())


def _is_coined(word: str, abstract: str, listed: Collection[str]) -> bool:
    """Whether a word alone before the colon is a name: by capitals and digits, else by what the abstract does."""
    if _CAPITALS.fullmatch(word) or _MIXED.fullmatch(word):
        return word not in _NO_NAMES and word.removesuffix("s") not in listed
    if not _COINED.fullmatch(word) or _CONNECTED.search(word):
        return False
    inside = [
        at
        for at in _places(word, abstract)
        if not _TITLE_CASE.match(abstract, at + len(word)) and not _BEGINNING.search(abstract, max(0, at - 8), at)
    ]
    ordinary = next(_places(word.lower(), abstract), None) is not None
    return bool(inside) and (_is_introduced(word, abstract) or (len(inside) > 1 and not ordinary))


def _is_spelt_out(word: str, abstract: str) -> bool:
    """Whether it belongs to the long form of an abbreviation: *token ReOrdering (PARO)*."""
    return any(_LONG_FORM.match(abstract, at + len(word)) for at in _places(word, abstract))


def _is_introduced(word: str, abstract: str) -> bool:
    return any(_INTRODUCED.search(abstract, max(0, at - _REACH), at) for at in _places(word, abstract))


def _places(word: str, text: str) -> Iterator[int]:
    """Where a whole word stands."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not _INSIDE.match(text[end : end + 1]) and not _INSIDE.match(text[max(0, at - 1) : at]):
            yield at
        at = text.find(word, end)


def _folded(text: str) -> str:
    letters: list[str] = []
    for char in flat(text).casefold():
        if "\u0370" <= char <= "\u03ff":
            letters.append(unicodedata.name(char, "").rpartition(" ")[2].lower())
        elif char.isalnum():
            letters.append(char)
    return "".join(letters)
