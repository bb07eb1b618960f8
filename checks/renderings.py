"""How the digests of the corpus render the English that they gloss: the context of TRM012."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from checks.glosses import bare, glosses_in, key_of
from glossary.records import NamedTuple

_LONGEST: Final = 16
"""Characters of a rendering that are compared, from its end."""
_MOST_OF_ONE: Final = 200
"""Glosses of one English that are known; keeps a hostile corpus linear."""
_MOST_KEPT: Final = 256


class Rendering(NamedTuple):
    """One gloss of the corpus; ``start`` is the offset in its file, ``chinese`` is bare, ``written`` as it stands."""

    path: str
    start: int
    line: int
    chinese: str
    written: str


class Renderings:
    """The glosses of some files by their English; read, with :func:`renderings_in`, when somebody first asks."""

    def __init__(self, files: Callable[[], Iterable[Iterable[tuple[str, Rendering]]]] = lambda: ()) -> None:
        self._files = files
        self._known: dict[str, list[Rendering]] | None = None

    def of(self, english: str) -> Sequence[Rendering]:
        """Where this English, or this abbreviation alone in its brackets, is glossed: the first 200 places."""
        if self._known is None:
            self._known = _index(self._files())
        return self._known.get(key_of(english), ())


def _index(files: Iterable[Iterable[tuple[str, Rendering]]]) -> dict[str, list[Rendering]]:
    known: dict[str, list[Rendering]] = {}
    for file in files:
        for key, rendering in file:
            places = known.setdefault(key, [])
            if len(places) < _MOST_OF_ONE:
                places.append(rendering)
    return known


@lru_cache(maxsize=_MOST_KEPT)
def renderings_in(path: str, text: str) -> tuple[tuple[str, Rendering], ...]:
    """The glosses of one text, by key; kept, as the app asks again after every change to one of many files."""
    found: list[tuple[str, Rendering]] = []
    line, done = 1, 0
    for gloss in glosses_in(text):
        line += text.count("\n", done, gloss.end)
        done = gloss.end
        written = text[gloss.core : gloss.end]
        chinese = bare(written)[-_LONGEST:]
        if len(chinese) > 1:
            found.append((key_of(gloss.words), Rendering(path, gloss.end, line, chinese, written)))
    return tuple(found)
