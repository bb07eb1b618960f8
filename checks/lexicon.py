"""What common words of English abstracts are in Chinese: enough to see whether a sentence was translated.

`lexicon.csv` holds a word a line: the Chinese it is usually rendered by (of which any may be part of a longer word),
the *share* of the translated sentences that hold one of these where the English sentence has the word, and the *chance*
that a Chinese sentence holds one anyway. Both were counted over 7,000 pairs of sentences from a year and a half of
digests, in which IBM Model 1 proposed the renderings; what was mere company (performance, 基准) was struck out by hand,
and synonyms were added. It is no glossary: it says what is likely, not what is right.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from checks.text import without_surrogates
from glossary.automaton import Finder, build
from glossary.records import NamedTuple

_FILE: Final = Path(__file__).with_name("lexicon.csv")
_ENDINGS: Final = (
    ("ies", "y"), ("ied", "y"), ("ying", "y"), ("sses", "ss"), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""),
    ("ly", ""), ("es", ""), ("s", ""),
)  # fmt: skip
_NO_PLURAL: Final = ("ss", "us", "is")
_SHORTEST_STEM: Final = 3
_DOUBLED: Final = frozenset("bdfgmnprt")


class Word(NamedTuple):
    """What a word is in Chinese; `share` and `chance` are of sentences, between 0 and 1."""

    renderings: tuple[int, ...]
    """Their numbers, by which :func:`rendered` speaks of them."""
    share: float
    chance: float


class _Lexicon(NamedTuple):
    """The words by their stems, and their renderings by number."""

    words: Mapping[str, Word]
    renderings: Sequence[str]


@lru_cache(maxsize=65536)
def known(token: str) -> tuple[str, Word] | None:
    """The stem of an English word and what the lexicon says of it, if it knows it."""
    root = stem(token)
    word = _lexicon().words.get(root)
    return (root, word) if word else None


def rendered(text: str, bits: Sequence[int]) -> dict[int, int]:
    """The renderings that a Chinese text holds, by number, each with the bits of where it begins.

    `bits` has for each offset of the text the bit that stands for it.
    """
    held: dict[int, int] = {}
    for start, _, number in _finder()(without_surrogates(text)):
        held[number] = held.get(number, 0) | bits[start]
    return held


def stem(token: str) -> str:
    """What the forms of a word have in common: integrates, integrating and integrated give `integrat`."""
    word = token.lower().removesuffix("'s")
    if not word.endswith(_NO_PLURAL):
        for ending, instead in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                word = word[: -len(ending)] + instead
                break
    if word.endswith("e") and len(word) > _SHORTEST_STEM:
        word = word[:-1]
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] in _DOUBLED:
        word = word[:-1]
    return word


@cache
def _finder() -> Finder:
    return build([*_lexicon().renderings])


@cache
def _lexicon() -> _Lexicon:
    numbers: dict[str, int] = {}
    words: dict[str, Word] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            renderings = tuple(numbers.setdefault(each, len(numbers)) for each in row["chinese"].split("|"))
            words[stem(row["english"])] = Word(renderings, float(row["share"]), float(row["chance"]))
    return _Lexicon(words, tuple(numbers))
