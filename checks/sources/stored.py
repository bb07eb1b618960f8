"""A source file too large to be held: its records stay in it, and what is held is where they stand."""

from __future__ import annotations

import os
import sqlite3
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NoReturn
from weakref import finalize

from checks.errors import InputError, SourceError
from checks.files import decode, opened
from checks.model import SourceText
from checks.sources.records import Line, completed, lines_of, record_of

_TABLE: Final = (
    "CREATE TABLE record (key TEXT PRIMARY KEY, start INT, size INT, abstract INT, length INT) WITHOUT ROWID"
)
_ADD: Final = """
    INSERT INTO record VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET
        start = excluded.start, size = excluded.size,
        abstract = coalesce(excluded.abstract, abstract), length = coalesce(excluded.length, length)
"""
_FIND: Final = "SELECT start, size, abstract, length FROM record WHERE key = ?"


class Stored(Mapping[str, SourceText]):
    """The records of a file, by arXiv id; each is read when it is asked for.

    Places are bytes of the file that was opened: one that takes its name later changes nothing here. They are held by
    SQLite in a temporary file of its own, so a million records take no more memory than one. The whole file is read
    once, at the beginning: :class:`SourceError` names the first line that is no record. It is raised later too, where
    another program has written into the file instead of replacing it.
    """

    def __init__(self, path: Path) -> None:
        self._name = str(path)
        # The app asks from many threads; SQLite takes them one at a time.
        self._places = sqlite3.connect("", check_same_thread=False)
        finalize(self, self._places.close)
        self._places.execute(_TABLE)
        with opened(path, self._name) as file:
            self._places.executemany(_ADD, _places(lines_of(file, self._name)))
            self._file = os.dup(file.fileno())
        finalize(self, os.close, self._file)
        self._places.commit()

    def __getitem__(self, key: str) -> SourceText:
        found = self._places.execute(_FIND, (key,)).fetchone()
        if found is None:
            raise KeyError(key)
        start, size, abstract, length = found
        record = self._read(key, start, size)
        return record if abstract in (start, None) else completed(record, self._read(key, abstract, length).abstract)

    def __iter__(self) -> Iterator[str]:
        for (key,) in self._places.execute("SELECT key FROM record"):
            yield key

    def __len__(self) -> int:
        count: int = self._places.execute("SELECT count(*) FROM record").fetchone()[0]
        return count

    def __contains__(self, key: object) -> bool:
        return self._places.execute(_FIND, (key,)).fetchone() is not None

    def _read(self, key: str, start: int, size: int) -> SourceText:
        try:
            data = os.pread(self._file, size, start)
            record = record_of(decode(data.removeprefix(BOM_UTF8), self._name), self._name, None)
        except (InputError, OSError):
            self._refuse()
        if record.arxiv_id != key:
            self._refuse()
        return record

    def _refuse(self) -> NoReturn:
        raise SourceError(self._name, None, "was written into while it was being used; run the command again")


def _places(lines: Iterable[Line]) -> Iterator[tuple[str, int, int, int | None, int | None]]:
    for line in lines:
        place = (line.start, line.size)
        yield (line.record.arxiv_id, *place, *(place if line.record.abstract else (None, None)))


class Layered(Mapping[str, SourceText]):
    """Several mappings as one: a later one overrides, but a record without an abstract hides none."""

    def __init__(self, layers: Iterable[Mapping[str, SourceText]]) -> None:
        self._layers = tuple(layers)[::-1]

    def __getitem__(self, key: str) -> SourceText:
        records = (layer[key] for layer in self._layers if key in layer)
        found = next(records, None)
        if found is None:
            raise KeyError(key)
        while not found.abstract and (older := next(records, None)) is not None:
            found = completed(found, older.abstract)
        return found

    def __iter__(self) -> Iterator[str]:
        for number, layer in enumerate(self._layers):
            yield from (key for key in layer if not any(key in other for other in self._layers[:number]))

    def __len__(self) -> int:
        return sum(1 for _ in self)
