"""What a rule asked of everything but the digest in hand.

A digest's findings depend on its own text and on answers about others: where its papers stand, how terms are rendered
elsewhere, the English of its entries. Whoever asks through a :class:`Watch` leaves the questions behind. Where the
same questions get the same answers again, the findings are the same again; and another process needs to be told no
more than these answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, TypeVar

from checks.renderings import Rendering, Renderings
from checks.scene import Context, Corpus
from glossary.hashes import blake2b
from glossary.records import NamedTuple

V = TypeVar("V")
_HASH_BYTES: Final = 16


class Asked(NamedTuple):
    """Questions: entry keys whose places, English whose renderings, ids whose sources were asked for."""

    places: tuple[str, ...]
    renderings: tuple[str, ...]
    sources: tuple[str, ...]


class Watch:
    """A context that remembers what it is asked."""

    def __init__(self, context: Context) -> None:
        corpus = context.corpus
        self._places = _Watched(corpus.occurrences)
        self._renderings = _WatchedRenderings(corpus.renderings)
        self._sources = _Watched(context.sources)
        around = Corpus(self._places, self._renderings)
        self.context = context._replace(sources=self._sources, corpus=around)

    @property
    def asked(self) -> Asked | None:
        """The questions; None where somebody wanted to see everything there is."""
        if self._places.listed or self._sources.listed:
            return None
        names = (self._places.asked, self._renderings.asked, self._sources.asked)
        return Asked(*(tuple(sorted(each)) for each in names))


class Unanswered(BaseException):
    """Somebody asked what only the whole corpus can answer. No :class:`Exception`: no rule's crash is meant."""


class Told(Mapping[str, V]):
    """The answers that are known here: None for what is known to be absent. Raises :class:`Unanswered` for others."""

    def __init__(self, told: Mapping[str, V | None]) -> None:
        self._told = told

    def __getitem__(self, key: str) -> V:
        if key not in self._told:
            raise Unanswered
        value = self._told[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        raise Unanswered

    def __len__(self) -> int:
        raise Unanswered


class _Watched(Mapping[str, V]):
    def __init__(self, known: Mapping[str, V]) -> None:
        self._known = known
        self.asked: set[str] = set()
        self.listed = False

    def __getitem__(self, key: str | None) -> V:
        if key is None:
            # An entry without an id has no English.
            raise KeyError(key)
        self.asked.add(key)
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        self.listed = True
        return iter(self._known)

    def __len__(self) -> int:
        self.listed = True
        return len(self._known)


class _WatchedRenderings(Renderings):
    def __init__(self, known: Renderings) -> None:
        super().__init__()
        self._all = known
        self.asked: set[str] = set()

    def of(self, english: str) -> Sequence[Rendering]:
        self.asked.add(english)
        return self._all.of(english)


class Answers:
    """The answers that a context gives, as hashes: one for all that was asked about a digest."""

    def __init__(self, context: Context) -> None:
        self._places = context.corpus.occurrences
        self._sources = context.sources
        renderings = context.corpus.renderings
        # A term may be glossed in thousands of places, and asked for in as many digests.
        self._renderings = cache(lambda english: _hash(repr([tuple(each) for each in renderings.of(english)])))

    def to(self, asked: Asked) -> bytes:
        """The hash of the answers to these questions."""
        answers = (
            [[tuple(each) for each in self._places.get(key, ())] for key in asked.places],
            [self._renderings(english) for english in asked.renderings],
            [self._sources.get(number) for number in asked.sources],
        )
        return _hash(repr(answers))


def _hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).digest()
