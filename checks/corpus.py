"""The digests around those in hand: the context of the rules that look across files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from checks.bilingual import is_bilingual
from checks.digest import parse
from checks.errors import InputError
from checks.files import below, read_text, resolver
from checks.renderings import Rendering, Renderings, renderings_in
from checks.scene import Corpus, Occurrence
from checks.survey import Places, Survey, places_of


def around(surveys: Sequence[Survey], folder: Path) -> Corpus:
    """Where the papers of some digests stand, by real path and position, and how terms are rendered there.

    The digests are held against each other and, where one of them lies inside the corpus folder,
    against the other files there; a digest in hand stands in for its stored copy. A stored file
    that cannot be read is passed over: it is not the one being judged. What the files say of terms is read
    only when a rule asks for it.
    """
    # A unit of a bilingual file may be called like a paper and is none.
    surveys = [each for each in surveys if not is_bilingual(each.path)]
    found = _Occurrences()
    for each in surveys:
        found.add(each.places)
    root, real = os.path.realpath(folder), resolver()
    in_hand = {real(each.path): each.path for each in surveys}
    stored: list[Path] = []
    inside = next((path for path in in_hand if path.startswith(root + os.sep)), None)
    if inside is not None:
        spelt = _spelling(in_hand[inside], inside[len(root) :]) or folder
        for path in sorted(below(spelt)):
            if real(path) not in in_hand:
                stored.append(path)
                with suppress(InputError):
                    _add_stored(found, read_text(path), path.as_posix())
    renderings = Renderings(lambda: _renderings(surveys, stored))
    found.sort(lambda place: (real(place.path), place.start))
    return Corpus(found, renderings)


def _renderings(surveys: Sequence[Survey], stored: Sequence[Path]) -> Iterator[Sequence[tuple[str, Rendering]]]:
    """The glosses of the digests in hand and of the stored ones."""
    yield from (each.renderings() for each in surveys)
    for path in stored:
        with suppress(InputError):
            yield renderings_in(path.as_posix(), read_text(path))


def _spelling(path: str, tail: str) -> Path | None:
    """The corpus folder as the path of a digest in it names it, so that all places are spelt alike."""
    if path == tail[1:]:
        return Path()
    return Path(path.removesuffix(tail)) if path.endswith(tail) and path != tail else None


class _Occurrences(Mapping[str, Sequence[Occurrence]]):
    """Places by key. Nearly every paper stands at one: a list for each would take more memory than all the rest."""

    def __init__(self) -> None:
        self._first: dict[str, Places] = {}
        self._several: dict[str, list[Occurrence]] = {}

    def add(self, places: Places) -> None:
        """Take in a digest."""
        repeated = len(set(places.keys)) < len(places.keys)
        for at, key in enumerate(places.keys):
            if self._first.setdefault(key, places) is not places or (repeated and places.index_of(key) != at):
                self.add_another(places[at])

    def add_another(self, place: Occurrence) -> None:
        """Take in one more place of a paper that is known."""
        self._several.setdefault(place.key, [*self[place.key]]).append(place)

    def sort(self, order: Callable[[Occurrence], tuple[str, int]]) -> None:
        for places in self._several.values():
            places.sort(key=order)

    def __getitem__(self, key: str) -> Sequence[Occurrence]:
        several = self._several.get(key)
        if several is not None:
            return several
        places = self._first[key]
        return (places[places.index_of(key)],)

    def __iter__(self) -> Iterator[str]:
        return iter(self._first)

    def __len__(self) -> int:
        return len(self._first)


def _add_stored(found: _Occurrences, text: str, path: str) -> None:
    """Those in a stored file of papers that are in hand; it is parsed only if it may hold one of them."""
    if any(key.startswith("#") or key in text for key in found):
        for place in places_of(parse(text, path)):
            if place.key in found:
                found.add_another(place)
