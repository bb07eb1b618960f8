"""What ties an English abstract to its Chinese: numbers, names, terms, math, addresses and common words.

Each sentence of the English holds anchors; each anchor stands in some clauses of the Chinese, or in none. How likely a
translation keeps it, and how likely it stands in a clause by chance, makes of its presence or absence evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

from checks.lexicon import known, rendered
from checks.model import Span
from checks.text import MATH, URL
from glossary import Match
from glossary.records import NamedTuple

_TOKEN = re.compile(
    rf"([A-Za-z\d{MATH}{URL}](?:(?<=[A-Za-z])[A-Za-z0-9]*|(?<=\d)\d*(?:,\d{{3}})*(?:\.\d+)?%?|(?<={MATH}){MATH}*|{URL}*))"
)
_MAGNITUDE = re.compile(r"[\s-]?(?:[KMBT]\b|k\b|thousand|million|billion|trillion|hundred)")
_LATEX = re.compile(r"[\s\\$(){}]")
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?|[/.]+$")
_SILENT = re.compile(r"an?|and|are|as|at|by|for|from|in|is|of|on|or|the|to|we", re.IGNORECASE)
"""Words that say nothing."""
_CLAUSES_PER_SENTENCE: Final = 2.7
"""Chinese clauses to an English sentence of the corpus; the lexicon counts by sentences."""

# Shares: of the English sentences of the corpus that hold such a thing, those whose translation holds it too.
_NUMBER: Final = 0.9
_DIGIT: Final = 0.75
"""One digit is often written out: 3 as 三."""
_NAME: Final = 0.8
_TERM: Final = 0.85
_KEPT: Final = 0.6
"""What need not stand in the translation, but does: the English in a gloss, a formula."""
_ADDRESS: Final = 0.9
_MOST_SURE: Final = 0.85
"""No word is surer than this: translators are free."""
_BY_CHANCE: Final = 0.02
_DIGIT_BY_CHANCE: Final = 0.06


class Anchor(NamedTuple):
    """Where an anchor of the English stands in the Chinese.

    `clauses` has bit *n* set for clause *n*; `share` is how likely a translation of its sentence holds it, `chance` how
    likely a clause that translates something else does.
    """

    clauses: int
    share: float
    chance: float


class Anchors(NamedTuple):
    """The anchors of an English text, by what they are, and those of each of its sentences, in order and each once."""

    anchors: Mapping[str, Anchor]
    sentences: tuple[tuple[str, ...], ...]


class Masked(NamedTuple):
    """A text as written and, as long, with what is protected hidden (see :mod:`checks.text`)."""

    raw: str
    masked: str


class Chinese:
    """A Chinese text, cut into adjacent clauses, and the terms that the glossary finds in it."""

    def __init__(self, text: Masked, clauses: Sequence[Span], terms: Iterable[Match]) -> None:
        bits: list[int] = []
        """For each offset the bit of the clause that holds it."""
        for number, (start, end) in enumerate(clauses):
            bits += [1 << number] * (end - start)
        self.tokens: defaultdict[str, int] = defaultdict(int)
        """By a token, with an s at its end or without, the clauses that hold it."""
        for found in _TOKEN.finditer(text.masked):
            token, start = found[0], found.start()
            self.tokens[token.lower() if "A" <= token < "{" else _key(token, start, text.raw)] |= bits[start]
        for key, held in tuple(self.tokens.items()):
            self.tokens.setdefault(key + "s", held)
            if key.endswith("s") and key[-2:-1].isalpha() and key[-2] != "s":
                self.tokens.setdefault(key[:-1], held)
        self.terms: defaultdict[str, int] = defaultdict(int)
        """By the source of a term, the clauses that render it."""
        for start, _, uses in terms:
            for use in uses:
                self.terms[use.term.source] |= bits[start]
        self.words = rendered(text.masked, bits)
        """By a rendering of the lexicon, the clauses that hold it."""


def number_key(token: str) -> str:
    """What two spellings of a number have in common: its digits without separators, and its percent sign."""
    return token.replace(",", "")


def anchors_of(text: Masked, sentences: Sequence[Span], terms: Sequence[Match], chinese: Chinese) -> Anchors:
    """The anchors of an English text; `terms` are the glossary's matches in it, in order.

    A term that the Chinese does not render is left to its words.
    """
    # What lies between the tokens, and they, by turns.
    pieces = _TOKEN.split(text.masked)
    starts = list(accumulate(map(len, pieces)))[:-1:2]
    tokens: list[_Token] = [
        token if "A" <= token < "{" else (token, start) for token, start in zip(pieces[1::2], starts, strict=True)
    ]
    anchors: dict[str, Anchor] = {}
    keys: dict[_Token, str | None] = {}
    for start, end, source in _rendered(terms, chinese):
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        key = "term " + source
        tokens[first:last] = [key] * (last - first)
        if key not in keys:
            keys[key] = key
            anchors[key] = Anchor(chinese.terms[source], _TERM, _BY_CHANCE)
    _take_rest(tokens, text, chinese, anchors, keys)
    held: list[tuple[str, ...]] = []
    first = 0
    for _, end in sentences:
        last = bisect_left(starts, end, first)
        own = dict.fromkeys(map(keys.__getitem__, tokens[first:last]))
        held.append(tuple([key for key in own if key is not None]))
        first = last
    return Anchors(anchors, tuple(held))


def _rendered(terms: Iterable[Match], chinese: Chinese) -> Iterator[tuple[int, int, str]]:
    """Where the English holds terms that the Chinese renders, and which."""
    for start, end, uses in terms:
        for use in uses:
            if use.term.source in chinese.terms:
                yield start, end, use.term.source
                break


_Token = str | tuple[str, int]
"""A word, or a number, a formula or an address and its place; for the words of a term its key, which has a space."""


class _Sort(NamedTuple):
    """What a token is: its key, and as what it counts; without a share only where the Chinese keeps it.

    `token` is what the Chinese has where it keeps it, `words` are the renderings of the lexicon, by number.
    """

    key: str
    token: str
    share: float | None
    chance: float = _BY_CHANCE
    words: tuple[int, ...] = ()


def _take_rest(
    tokens: Iterable[_Token], text: Masked, chinese: Chinese, anchors: dict[str, Anchor], keys: dict[_Token, str | None]
) -> None:
    """Find the key of each token that has none yet, None where it is no anchor, and take the anchors to the others.

    Of tokens with one key the first says what it counts as.
    """
    kept, held = chinese.tokens, chinese.words
    for token in dict.fromkeys(tokens):
        if token in keys:
            continue
        sort = _sort_of(token) if isinstance(token, str) else _sort_of_sign(*token, text)
        if sort is None:
            keys[token] = None
            continue
        key, said, share, chance, words = sort
        keys[token] = key
        if key in anchors:
            continue
        clauses = kept.get(said, 0)
        for word in words:
            if word in held:
                clauses |= held[word]
        if share is not None:
            anchors[key] = Anchor(clauses, share, chance)
        elif clauses:
            anchors[key] = Anchor(clauses, _KEPT, chance)
        else:
            keys[token] = None


@lru_cache(maxsize=65536)
def _sort_of(token: str) -> _Sort | None:
    """What a token of letters, perhaps with digits, is."""
    if _SILENT.fullmatch(token):
        return None
    lower = token.lower()
    if len(token) > 1 and not (token[1:].isalpha() and token[1:].islower()):
        return _Sort(lower, lower, _NAME)
    word = known(token)
    if word is None:
        return _Sort(lower, lower, None)
    root, (words, share, chance) = word
    return _Sort("word " + root, lower, min(_MOST_SURE, share), chance / _CLAUSES_PER_SENTENCE, words)


def _sort_of_sign(token: str, start: int, text: Masked) -> _Sort:
    """What a number, a formula or an address is."""
    key, first = _key(token, start, text.raw), token[0]
    # 22M is 2200 万, and a formula may be set otherwise: not lost where it is not there.
    if first == MATH or (first != URL and _MAGNITUDE.match(text.masked, start + len(token))):
        return _Sort(key, key, None)
    if first == URL:
        return _Sort(key, key, _ADDRESS)
    return _Sort(key, key, _DIGIT, _DIGIT_BY_CHANCE) if len(key) == 1 else _Sort(key, key, _NUMBER)


def _key(token: str, start: int, raw: str) -> str:
    """What two spellings of a token have in common."""
    if token < MATH:
        return number_key(token) if token[0].isdigit() else token.lower()
    return (_LATEX if token[0] == MATH else _SCHEME).sub("", raw[start : start + len(token)]).lower()
