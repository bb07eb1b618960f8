"""What ties an English abstract to its Chinese: numbers, names, terms, math, addresses and common words.

Each sentence of the English holds anchors; each anchor stands in some clauses of the Chinese, or in none. How likely a
translation keeps it, and how likely it stands in a clause by chance, makes of its presence or absence evidence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Final

from checks.lexicon import known, places
from checks.model import Span
from checks.text import MATH, URL
from glossary import Match
from glossary.records import NamedTuple

_TOKEN = re.compile(rf"[A-Za-z][A-Za-z0-9]*|\d+(?:,\d{{3}})*(?:\.\d+)?%?|{MATH}+|{URL}+")
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


_NEVER: Final = 1 << 60
"""An offset beyond any text."""


class Anchor(NamedTuple):
    """Where an anchor of the English stands in the Chinese.

    `clauses` has bit *n* set for clause *n*; `share` is how likely a translation of its sentence holds it, `chance` how
    likely a clause that translates something else does.
    """

    clauses: int
    share: float
    chance: float


class Anchors(NamedTuple):
    """The anchors of an English text, by what they are, and those of each of its sentences."""

    anchors: Mapping[str, Anchor]
    sentences: tuple[frozenset[str], ...]


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
        self._tokens: defaultdict[str, int] = defaultdict(int)
        for found in _TOKEN.finditer(text.masked):
            self._tokens[_key(found, text.raw)] |= bits[found.start()]
        self.terms: defaultdict[str, int] = defaultdict(int)
        """By the source of a term, the clauses that render it."""
        for match in terms:
            for use in match.uses:
                self.terms[use.term.source] |= bits[match.start]
        self._words = {word: reduce(or_, map(bits.__getitem__, starts)) for word, starts in places(text.masked).items()}
        """By a rendering of the lexicon, the clauses that hold it."""

    def token(self, key: str) -> int:
        """The clauses that hold a token, with an s at its end or without."""
        found = self._tokens.get(key)
        if found is None and key[-1:].isalpha():
            found = self._tokens.get(key[:-1] if key[-1] == "s" else key + "s")
        return found or 0

    def words(self, words: Iterable[str]) -> int:
        """The clauses that hold any of these words of the lexicon."""
        held = self._words
        clauses = 0
        for word in words:
            if word in held:
                clauses |= held[word]
        return clauses


def number_key(token: str) -> str:
    """What two spellings of a number have in common: its digits without separators, and its percent sign."""
    return token.replace(",", "")


def anchors_of(text: Masked, sentences: Sequence[Span], terms: Sequence[Match], chinese: Chinese) -> Anchors:
    """The anchors of an English text; `terms` are the glossary's matches in it, in order.

    A term that the Chinese does not render is left to its words.
    """
    finder = _Finder(text, chinese)
    keys = finder.words
    pending = _rendered(terms, chinese)
    start, end, term = next(pending)
    held: list[frozenset[str]] = []
    for sentence in sentences:
        own: set[str] = set()
        for found in _TOKEN.finditer(text.masked, *sentence):
            at = found.start()
            while at >= end:
                start, end, term = next(pending)
            if at >= start:
                own.add(finder.term(term))
                continue
            token = found[0]
            key = keys[token] if token in keys else finder.token(found)
            if key is not None:
                own.add(key)
        held.append(frozenset(own))
    return Anchors(finder.anchors, tuple(held))


def _rendered(terms: Iterable[Match], chinese: Chinese) -> Iterator[tuple[int, int, str]]:
    """Where the English holds terms that the Chinese renders, and which; then one that is never reached."""
    for match in terms:
        for use in match.uses:
            if use.term.source in chinese.terms:
                yield match.start, match.end, use.term.source
                break
    yield _NEVER, _NEVER, ""


class _Sort(NamedTuple):
    """What a token is: its key, and as what it counts; without a share only where the Chinese keeps it."""

    key: str
    share: float | None
    chance: float = _BY_CHANCE
    renderings: tuple[str, ...] = ()


class _Finder:
    """Looks each anchor up once."""

    def __init__(self, text: Masked, chinese: Chinese) -> None:
        self.anchors: dict[str, Anchor] = {}
        self._text = text
        self._chinese = chinese
        self.words: dict[str, str | None] = {}
        """The keys of the words looked up so far."""

    def term(self, source: str) -> str:
        """The key of a term."""
        key = "term " + source
        if key not in self.anchors:
            self.anchors[key] = Anchor(self._chinese.terms[source], _TERM, _BY_CHANCE)
        return key

    def token(self, found: re.Match[str]) -> str | None:
        """The key of a token; None where it says nothing."""
        token = found[0]
        if not token[0].isalpha():
            return self._add(_sort_of_sign(found, self._text), token)
        sort = _sort_of(token)
        key = self.words[token] = self._add(sort, token) if sort is not None else None
        return key

    def _add(self, sort: _Sort, token: str) -> str | None:
        key, share, chance, renderings = sort
        if key in self.anchors:
            return key
        if renderings:
            clauses = self._chinese.words(renderings) | self._chinese.token(token.lower())
        else:
            clauses = self._chinese.token(key)
        if share is None and not clauses:
            return None
        self.anchors[key] = Anchor(clauses, _KEPT if share is None else share, chance)
        return key


@lru_cache(maxsize=65536)
def _sort_of(token: str) -> _Sort | None:
    """What a token of letters, perhaps with digits, is."""
    if _SILENT.fullmatch(token):
        return None
    if len(token) > 1 and not (token[1:].isalpha() and token[1:].islower()):
        return _Sort(token.lower(), _NAME)
    word = known(token)
    if word is None:
        return _Sort(token.lower(), None)
    root, (renderings, share, chance) = word
    return _Sort("word " + root, min(_MOST_SURE, share), chance / _CLAUSES_PER_SENTENCE, renderings)


def _sort_of_sign(found: re.Match[str], text: Masked) -> _Sort:
    """What a number, a formula or an address is."""
    key, first = _key(found, text.raw), found[0][0]
    # 22M is 2200 万, and a formula may be set otherwise: not lost where it is not there.
    if first == MATH or (first != URL and _MAGNITUDE.match(text.masked, found.end())):
        return _Sort(key, None)
    if first == URL:
        return _Sort(key, _ADDRESS)
    return _Sort(key, _DIGIT, _DIGIT_BY_CHANCE) if len(key) == 1 else _Sort(key, _NUMBER)


def _key(found: re.Match[str], raw: str) -> str:
    """What two spellings of a token have in common."""
    token = found[0]
    if token < MATH:
        return number_key(token) if token[0].isdigit() else token.lower()
    return (_LATEX if token[0] == MATH else _SCHEME).sub("", raw[found.start() : found.end()]).lower()
