"""What the rest of the corpus needs to know of a digest: where its papers stand, and what it glosses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from checks.model import Digest
from checks.renderings import Rendering, renderings_in
from checks.scene import Occurrence
from checks.text import LineIndex
from glossary.records import NamedTuple


class Survey(NamedTuple):
    """What one digest adds to the context of all."""

    path: str
    places: tuple[Occurrence, ...]
    """Those of its papers, in order."""
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
    places = tuple(Occurrence(key, digest.path, lines.place(start)[0], start) for key, start in starts)
    return Survey(digest.path, places, partial(renderings_in, digest.path, digest.text))
