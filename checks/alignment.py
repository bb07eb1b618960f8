"""Which clauses of a Chinese abstract translate which English sentence, and how sure it is that one is missing.

The clauses are given to the sentences in order, by the anchors they share (:mod:`checks.anchors`): a path through the
table of sentences and clauses on which each clause stays with the sentence of the one before, goes on to the next, or
leaves sentences out. Translators split, merge and turn round; so the path only says about where a sentence should
stand, which is where it, the one before and the one after do. Whether it is there is then asked of that neighbourhood
as a whole: of the anchors that only this sentence brings to it, and of the lengths.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING, Final

from checks.anchors import Anchor, Anchors, Chinese, Masked, anchors_of
from checks.lengths import chinese_lengths, english_lengths, ratio, surplus
from checks.model import Span
from checks.sentences import chinese_clauses, chinese_sentences, english_sentences
from checks.text import has_han
from glossary.records import NamedTuple

if TYPE_CHECKING:
    from checks.scene import EntryScene

_LONGEST: Final = 20_000
"""Code points of an abstract; arXiv takes 1,920."""
_MOST_SENTENCES: Final = 60
_MOST_CLAUSES: Final = 240
"""The corpus has at most 15 sentences and 58 clauses; what is longer is no abstract, and is given up."""

# Set by hand; a quarter more or less of any of these moves what is found by less than one in a hundred.
_SKIP: Final = 1.5
"""What it costs the path to leave a sentence out."""
_NEW_SENTENCE: Final = 0.6
"""The path goes on to the next English sentence rather where a Chinese sentence begins than within one."""
_BY_CHANCE: Final = 1.5
"""How much surer than chance an anchor must be to draw a clause."""

_PATH_WEIGHT: Final = 0.5
"""What the path says rests on the anchors too, so it counts half."""
_MOST_OF_PATH: Final = _PATH_WEIGHT * _SKIP + 1e-6
"""What the path loses without a sentence, at most: any path of the others is one of all that leaves it out, at this
cost. Rounding apart."""


class Doubt(NamedTuple):
    """How much likelier it is that a sentence is missing than that it was translated, as logarithms of odds.

    `anchors` and `length` are what the neighbourhood says, `path` is what the path loses without the sentence; it is
    only asked where the others leave a doubt.
    """

    anchors: float
    length: float
    path: float = 0.0

    @property
    def total(self) -> float:
        return self.anchors + self.length + self.path


class Alignment:
    """The sentences of an English abstract, the clauses of its Chinese, and what ties them.

    Spans are in offsets of the abstract and of the body. `owners` has for each clause the number of its sentence.
    """

    def __init__(
        self,
        sentences: Sequence[Span],
        clauses: Sequence[Span],
        opening: Sequence[bool],
        anchors: Anchors,
        lengths: tuple[Sequence[float], Sequence[float]],
    ) -> None:
        self.sentences = tuple(sentences)
        self.clauses = tuple(clauses)
        self._anchors = anchors
        self._english, chinese = lengths
        self._chinese = [0.0, *accumulate(chinese)]
        self._opening = opening
        self._draws = _draws(anchors, len(clauses))
        self._score, self.owners = _path(self._draws, opening)

    def _own(self, number: int) -> tuple[int, int]:
        """The clauses of a sentence, from the first up to the second; none where both are equal."""
        return bisect_left(self.owners, number), bisect_right(self.owners, number)

    def _place(self, number: int) -> tuple[int, int]:
        """The clauses among which a sentence stands or should: its own, and those of its two neighbours."""
        return bisect_left(self.owners, max(0, number - 1)), bisect_right(self.owners, number + 1)

    def span(self, number: int) -> Span | None:
        """The Chinese of a sentence, in offsets of the body; None where it has none of its own, or is none."""
        start, end = self._own(number)
        return Span(self.clauses[start].start, self.clauses[end - 1].end) if start < end else None

    def shortfall(self, number: int) -> float:
        """How much shorter the Chinese of a sentence is than it should be: the logarithm of the ratio of lengths."""
        start, end = self._own(number)
        return ratio(self._english[number], self._chinese[end] - self._chinese[start])

    def support(self, number: int) -> float:
        """How much speaks for a sentence: the logarithm of the odds of those of its anchors that are in its place."""
        return -sum(min(0.0, odds) for odds in self._evidence(number, *self._place(number)))

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """For each sentence, how likely it is that it is missing."""
        return tuple(map(self._doubt, range(len(self.sentences))))

    def missing(self, least: float) -> list[int]:
        """The sentences of which the doubt is above this."""
        # What settles most of them is asked first, and last the path, which costs as much as the alignment's own.
        return [
            number
            for number in range(len(self.sentences))
            if self._most(number) > least
            and self._neighbourhood(number).total + _MOST_OF_PATH > least
            and self._doubt(number).total > least
        ]

    def _most(self, number: int) -> float:
        """What the doubt of a sentence comes to at most: as if what is there said nothing, and what is not were sure.

        An anchor that is there speaks for the sentence; one that is not says no more than that a translation would
        have kept it, however seldom it stands somewhere by chance, and nothing where a neighbour brings it too.
        Chinese as long as its English fits no better without a part of it.
        """
        start, end = self._place(number)
        here = (1 << end) - (1 << start)
        anchors = self._anchors.anchors
        most = _MOST_OF_PATH
        for key in self._anchors.sentences[number]:
            clauses, share, _ = anchors[key]
            if not clauses & here:
                most += _lost(share)
        english = sum(self._english[max(0, number - 1) : number + 2])
        return most + self._surplus(number, start, end) if self._chinese[end] - self._chinese[start] < english else most

    def _doubt(self, number: int) -> Doubt:
        doubt = self._neighbourhood(number)
        if doubt.total <= 0 or len(self.sentences) == 1:
            return doubt
        others = [row for n, row in enumerate(self._draws) if n != number]
        return doubt._replace(path=_PATH_WEIGHT * (_path(others, self._opening)[0] - self._score))

    def _neighbourhood(self, number: int) -> Doubt:
        start, end = self._place(number)
        return Doubt(sum(self._evidence(number, start, end)), self._surplus(number, start, end))

    def _surplus(self, number: int, start: int, end: int) -> float:
        """What the length of the clauses from start to end, a sentence's neighbourhood, says."""
        english = sum(self._english[max(0, number - 1) : number + 2])
        return surplus(english, self._english[number], self._chinese[end] - self._chinese[start])

    def _evidence(self, number: int, start: int, end: int) -> Iterator[float]:
        """What each anchor says that only this sentence brings to its neighbourhood, the clauses from start to end."""
        here = (1 << end) - (1 << start)
        span, rest = max(1, end - start), len(self.clauses) - (end - start)
        for clauses, share, rare in self._own_anchors(number):
            # What stands elsewhere in the text may well stand here by chance.
            chance = max(rare, ((clauses & ~here).bit_count() + 0.1) / (rest + 3))
            chance = 1 - (1 - chance) ** span
            if share > chance + 0.02:
                yield log(chance / share) if clauses & here else log((1 - chance) / (1 - share))

    def _own_anchors(self, number: int) -> list[Anchor]:
        """Those that neither the sentence before nor the one after holds."""
        keys, anchors = self._anchors.sentences, self._anchors.anchors
        neighbours = frozenset[str]().union(*keys[max(0, number - 1) : number], *keys[number + 1 : number + 2])
        return [anchors[key] for key in keys[number] if key not in neighbours]


def align(entry: EntryScene) -> Alignment | None:
    """The alignment of an entry; None where its English is not known, its body not Chinese, or either far too long."""
    body = entry.segments.get("body")
    source = entry.source
    if body is None or source is None or not source.abstract or not has_han(body.masked):
        return None
    if max(len(body.text), len(source.abstract)) > _LONGEST:
        return None
    terms = entry.terms
    sentences = english_sentences(terms.abstract)
    chinese_parts = chinese_clauses(body.masked, chinese_sentences(body.masked))
    clauses = [clause for part in chinese_parts for clause in part]
    if len(sentences) > _MOST_SENTENCES or len(clauses) > _MOST_CLAUSES:
        return None
    scan = terms.scan(body)
    chinese = Chinese(Masked(body.text, body.masked), clauses, (*scan.matches, *scan.nested))
    english = Masked(source.abstract, terms.abstract)
    anchors = anchors_of(english, sentences, terms.abstract_matches, chinese)
    opening = [number == 0 for part in chinese_parts for number in range(len(part))]
    lengths = english_lengths(terms.abstract, sentences), chinese_lengths(body.masked, clauses)
    return Alignment(sentences, clauses, opening, anchors, lengths)


def _draws(anchors: Anchors, clauses: int) -> list[list[float]]:
    """How strongly each sentence draws each clause: the logarithm of the odds of the anchors they share."""
    drawn: dict[str, tuple[float, Sequence[int]]] = {}
    for key, (held, share, rare) in anchors.anchors.items():
        if held:
            often = (held.bit_count() + 0.1) / (clauses + 1)
            odds = share / (often if often > rare else rare) / _BY_CHANCE
            if odds > 1:
                drawn[key] = log(odds), _numbers(held)
    table: list[list[float]] = []
    for keys in anchors.sentences:
        row = [0.0] * clauses
        for key in keys:
            if key in drawn:
                weight, numbers = drawn[key]
                for number in numbers:
                    row[number] += weight
        table.append(row)
    return table


@lru_cache(maxsize=1024)
def _lost(share: float) -> float:
    """What an anchor that a translation keeps so often says at most where it is not: as if none stood by chance."""
    return -log(1 - share)


@lru_cache(maxsize=4096)
def _numbers(held: int) -> list[int]:
    """The clauses whose bits are set."""
    numbers: list[int] = []
    while held:
        lowest = held & -held
        numbers.append(lowest.bit_length() - 1)
        held ^= lowest
    return numbers


def _path(draws: Sequence[Sequence[float]], opening: Sequence[bool]) -> tuple[float, list[int]]:
    """How good the best path is, and the sentence of each clause on it, in ascending order."""
    first, *others = zip(*draws, strict=True)
    numbers = range(len(draws))
    best = [drawn - _SKIP * n for n, drawn in enumerate(first)]
    back: list[list[int]] = []
    for opens, clause in zip(opening[1:], others, strict=True):
        going_on = _NEW_SENTENCE if opens else -_NEW_SENTENCE
        staying_on = _NEW_SENTENCE / 2 if opens else 0.0
        scores: list[float] = []
        origins = [*numbers]
        # The best way to come from an earlier sentence.
        ahead, origin = float("-inf"), 0
        for n, here, drawn in zip(numbers, best, clause, strict=True):
            staying, moving = here - staying_on, ahead + going_on
            if staying >= moving:
                scores.append(staying + drawn)
            else:
                scores.append(moving + drawn)
                origins[n] = origin
            ahead -= _SKIP
            if here >= ahead:
                ahead, origin = here, n
        best = scores
        back.append(origins)
    ends = [here - _SKIP * (len(draws) - 1 - n) for n, here in enumerate(best)]
    score = max(ends)
    owners = [ends.index(score)]
    for origins in reversed(back):
        owners.append(origins[owners[-1]])
    return score, owners[::-1]
