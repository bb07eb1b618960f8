"""What the rest of the corpus needs to know of a digest: where its papers stand, and what it glosses."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, overload

from checks.model import Digest
from checks.renderings import Rendering, renderings_in
from checks.scene import Occurrence
from checks.text import LineIndex
from glossary.records import NamedTuple

_FEW: Final = 100
"""Papers of a digest that are looked through one by one."""


class Places(Sequence[Occurrence]):
    """Where the papers of one digest stand, in order.

    A run knows those of all its digests, and nearly nobody looks at one: they are held as columns, and a record is
    made when somebody does.
    """

    __slots__ = ("_index", "_lines", "_starts", "keys", "path")

    def __init__(self, path: str, places: Iterable[tuple[str, int, int]] = ()) -> None:
        """``places`` are keys, lines and starts."""
        rows = tuple(places)
        self.path = path
        self.keys = tuple([key for key, _, _ in rows])
        self._lines = array("I", [line for _, line, _ in rows])
        self._starts = array("Q", [start for _, _, start in rows])
        self._index: Mapping[str, int] | None = None

    @overload
    def __getitem__(self, index: int) -> Occurrence: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Occurrence, ...]: ...
    def __getitem__(self, index: int | slice) -> Occurrence | tuple[Occurrence, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        return Occurrence(self.keys[index], self.path, self._lines[index], self._starts[index])

    def __len__(self) -> int:
        return len(self.keys)

    def index_of(self, key: str) -> int:
        """The number of the first place of a paper. Raises :class:`ValueError` where it has none."""
        if len(self.keys) < _FEW:
            return self.keys.index(key)
        if self._index is None:
            self._index = {each: at for at, each in reversed([*enumerate(self.keys)])}
        return self._index[key]

    def rows(self) -> Iterator[tuple[str, int, int]]:
        """Keys, lines and starts, of which the places can be made again."""
        return zip(self.keys, self._lines, self._starts, strict=True)


class Survey(NamedTuple):
    """What one digest adds to the context of all."""

    places: Places
    renderings: Callable[[], Sequence[tuple[str, Rendering]]]
    """Its glosses by key; worked out when asked for."""

    @property
    def path(self) -> str:
        """The path of the digest."""
        return self.places.path

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its entries, in order."""
        return self.places.keys


def survey(digest: Digest) -> Survey:
    """Look a parsed digest over."""
    return Survey(places_of(digest), partial(renderings_in, digest.path, digest.text))


def places_of(digest: Digest) -> Places:
    """Where the papers of a parsed digest stand."""
    lines = LineIndex(digest.text)
    starts = ((entry.key, entry.span.start) for entry in digest.entries)
    return Places(digest.path, ((key, lines.place(start)[0], start) for key, start in starts))
