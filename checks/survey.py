"""What the rest of the corpus needs to know of a digest: where its papers stand, and what it glosses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from checks.model import Digest
from checks.renderings import Rendering, renderings_in
from checks.text import LineIndex
from glossary.records import NamedTuple


class Place(NamedTuple):
    """An entry: its key, its line, and where it starts in its file."""

    key: str
    line: int
    start: int


class Survey(NamedTuple):
    """What one digest adds to the context of all."""

    path: str
    places: tuple[Place, ...]
    renderings: Callable[[], Sequence[tuple[str, Rendering]]]
    """Its glosses by key; worked out when asked for."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its entries, in order."""
        return tuple(place.key for place in self.places)


def survey(digest: Digest) -> Survey:
    """Look a parsed digest over."""
    lines = LineIndex(digest.text)
    starts = ((entry.key, entry.span.start) for entry in digest.entries)
    places = tuple(Place(key, lines.place(start)[0], start) for key, start in starts)
    return Survey(digest.path, places, partial(renderings_in, digest.path, digest.text))
