"""A glossary with its matcher, kept between runs.

Reading the shipped terms and compiling them costs more than checking a digest. What comes of it is kept in the user's
cache folder, beside the very bytes of the files it came of, and holds as long as they and the program are the same.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar, cast, overload
from zlib import crc32

from glossary import automaton, cachedir, program
from glossary.errors import GlossaryError
from glossary.files import files_of, load_layers
from glossary.forms import Shape
from glossary.matcher import Matcher, Tables, tables
from glossary.model import Glossary, Term
from glossary.remote import Place, local

T = TypeVar("T")

_PREFIX: Final = "glossary-"
_MOST: Final = 4
"""Glossaries that are kept; the oldest go."""

_Files = list[list[tuple[str, bytes]]]


def load(layers: Sequence[Sequence[Place]]) -> Glossary:
    """What `load_layers` gives, with its matcher made, from the cache where it can be.

    Raises:
        GlossaryError: as `load_layers`.
    """
    files = _read(layers) if cachedir.folder() is not None else None
    if files is None:
        return load_layers(layers)
    name = _PREFIX + format(crc32(repr([[path for path, _ in layer] for layer in files]).encode()), "08x")
    found = _unpacked(cachedir.read(name), files)
    if found is None:
        found = load_layers(layers)
        made = tables(found.terms)
        vars(found)["matcher"] = Matcher(found.terms, made)
        data = _packed(found, made, files)
        # What has changed while it was read is read again the next time.
        if data is not None and _read(layers) == files:
            cachedir.write(name, data)
            cachedir.prune(_PREFIX, _MOST)
    return found


def _read(layers: Sequence[Sequence[Place]]) -> _Files | None:
    """The files of each layer, by path; None where one cannot be read, which `load_layers` explains, or is at a URL."""
    here = [local(layer) for layer in layers]
    if here != [list(layer) for layer in layers]:
        # To fetch it is slower than to compile it, and once is enough.
        return None
    try:
        return [[(str(path), path.read_bytes()) for path in files_of(layer)] for layer in here]
    except (OSError, GlossaryError):
        return None


def _packed(glossary: Glossary, made: Tables, files: _Files) -> bytes | None:
    finder, state = automaton.packed(made.finder), program.state("glossary")
    if finder is None or state is None:
        return None
    shapes = list(dict.fromkeys(made.shapes))
    number = {shape: index for index, shape in enumerate(shapes)}
    return marshal.dumps(
        (
            state,
            files,
            (glossary.digest, glossary.whole_digest),
            [tuple(term) for term in glossary.terms],
            [tuple(term) for term in glossary.proposed],
            _rows(made.forms),
            [tuple(shape) for shape in shapes],
            [number[shape] for shape in made.shapes],
            _rows(made.readings),
            finder,
        )
    )


def _unpacked(data: bytes | None, files: _Files) -> Glossary | None:
    """The glossary of these files; None where what was kept is none, or not of them."""
    try:
        kept = marshal.loads(data or b"")  # noqa: S302 — the user's own, as any .pyc
        state, read, (digest, whole_digest), terms, proposed, forms, shapes, of_form, readings, finder = kept
        if state is None or state != program.state("glossary") or read != files:
            return None
        find = automaton.unpacked(*finder)
    except (EOFError, ImportError, OSError, TypeError, ValueError):
        return None
    found = Glossary(tuple(map(Term._make, terms)), tuple(map(Term._make, proposed)))
    known = [Shape(*shape) for shape in shapes]
    made = Tables(_Packed(forms), [known[shape] for shape in of_form], _Packed(readings), find)
    vars(found).update(digest=digest, whole_digest=whole_digest, matcher=Matcher(found.terms, made))
    return found


def _rows(rows: Iterable[tuple[Any, ...]]) -> list[bytes]:
    return [marshal.dumps(row) for row in rows]


class _Packed(Sequence[T]):
    """Rows of which few are looked at, each unpacked when it is."""

    def __init__(self, rows: list[bytes]) -> None:
        self._rows = rows

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return _Packed(self._rows[index])
        return cast("T", marshal.loads(self._rows[index]))  # noqa: S302 — made by us, and summed

    def __len__(self) -> int:
        return len(self._rows)
