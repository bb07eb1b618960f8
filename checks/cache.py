"""Findings of digests that have not changed, kept between runs.

A row holds what the engine said of one text at one path, under a key made of these and of everything else that all
digests share: the program, the rules, the glossary, the style. What the rest of the corpus answered is stored beside
it as a hash, see :mod:`checks.watching`; whoever reads the row asks again and compares. Decisions are not in it: they
are laid over the findings afterwards.

A cache that cannot be used, whatever the reason, is as good as none: nothing here raises, and no result depends on it.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Final, TypeVar

import orjson

from checks.survey import Places
from checks.watching import Asked
from glossary.hashes import blake2b
from glossary.records import NamedTuple

if TYPE_CHECKING:
    from sqlite3 import Connection

T = TypeVar("T")

FILE_NAME: Final = "findings-1.sqlite"
MOST_BYTES: Final = 1 << 28
"""The oldest rows go when the file is larger."""
_DAYS_KEPT: Final = 60
_MARK: Final = 0x59694A31
_SUM: Final = 8
_ANSWERS: Final = 16
_WAIT_SECONDS: Final = 2.0
_AT_ONCE: Final = 256
_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, day INTEGER NOT NULL, row BLOB NOT NULL)"
_TAG: Final = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of yijiao; it may be deleted at any time.\n"


class Row(NamedTuple):
    """What is kept of a digest."""

    places: Places
    asked: Asked
    answers: bytes
    """The hash of the answers, see :class:`checks.watching.Answers`."""
    checked: bytes
    """As :mod:`checks.packing` packs it."""

    def packed(self) -> bytes:
        """The row as bytes that tell whether they are whole."""
        # Without the path, which is that of the digest, and may hold bytes that are no text.
        head = orjson.dumps([list(self.places.rows()), [list(each) for each in self.asked]])
        body = len(head).to_bytes(4, "big") + self.answers + head + self.checked
        data = zlib.compress(body, 1)
        return blake2b(data, digest_size=_SUM).digest() + data

    @classmethod
    def of(cls, data: bytes, path: str) -> Row:
        """The row of a digest at a path again. Raises :class:`ValueError` where it is not whole."""
        if blake2b(data[_SUM:], digest_size=_SUM).digest() != data[:_SUM]:
            raise ValueError("a damaged row")
        body = zlib.decompress(data[_SUM:])
        begin = 4 + _ANSWERS
        end = begin + int.from_bytes(body[:4], "big")
        places, asked = orjson.loads(body[begin:end])
        return cls(
            Places(path, places),
            Asked(*map(tuple, asked)),
            body[4:begin],
            body[end:],
        )


def key_of(shared: bytes, path: str, text: bytes) -> bytes:
    """The key of a digest; ``shared`` stands for what holds for all, see :func:`checks.provenance.shared`."""
    made = blake2b(shared, digest_size=16)
    name = os.fsencode(path)
    made.update(len(name).to_bytes(4, "big") + name)
    made.update(text)
    return made.digest()


class Cache:
    """Rows in a folder. Made when first used; ``said`` gets one line where a file is there that cannot be read."""

    def __init__(self, folder: Path, said: Callable[[str], object] = lambda line: None) -> None:
        self.path = folder / FILE_NAME
        self._said = said
        self._new: dict[bytes, bytes] = {}
        self._today = int(time() // 86_400)
        self._usable = True
        self._opened: Connection | None = None

    def get(self, key: bytes, path: str) -> Row | None:
        """The row of a key, which is that of a digest at this path."""
        found = self._guarded(lambda store: store.execute("SELECT row, day FROM kept WHERE key = ?", (key,)).fetchone())
        if found is None:
            return None
        data, day = found
        try:
            row = Row.of(data, path)
        except (ValueError, TypeError, zlib.error):
            self._refuse()
            return None
        if day != self._today:
            self._keep(key, data)
        return row

    def put(self, key: bytes, row: Row) -> None:
        """Keep a row."""
        self._keep(key, row.packed())

    def close(self) -> None:
        """Write what is new, and let go."""
        if self._new:
            self._write()
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _keep(self, key: bytes, data: bytes) -> None:
        self._new[key] = data
        if len(self._new) >= _AT_ONCE:
            self._write()

    def _write(self) -> None:
        rows = [(key, self._today, data) for key, data in self._new.items()]
        self._new = {}

        def write(store: Connection) -> None:
            with store:
                store.execute("BEGIN IMMEDIATE")
                store.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
                _shrink(store, self._today)

        self._guarded(write, writing=True)

    def _guarded(self, use: Callable[[Connection], T], *, writing: bool = False) -> T | None:
        """The result of a use of the file; None where there is no file, or it is of no use, for good."""
        if not self._usable or (not writing and self._opened is None and not self.path.exists()):
            return None
        import sqlite3

        try:
            if self._opened is None:
                self._opened = self._open(sqlite3.connect, writing=writing)
            return use(self._opened) if self._opened is not None else None
        except (OSError, sqlite3.OperationalError):
            # Locked, read-only, no room: nothing that somebody must mend.
            self._usable = False
        except sqlite3.Error:
            self._refuse()
        return None

    def _open(self, connect: Callable[..., Connection], *, writing: bool) -> Connection | None:
        if writing:
            _make(self.path.parent)
        store = connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
        ((mark,),) = store.execute("PRAGMA application_id")
        ((tables,),) = store.execute("SELECT count(*) FROM sqlite_master")
        if mark != _MARK and (mark or tables):
            self._refuse()
            store.close()
            return None
        if not tables:
            if not writing:
                store.close()
                return None
            store.execute("PRAGMA auto_vacuum = FULL")
            store.execute(f"PRAGMA application_id = {_MARK}")
            store.execute(_SCHEMA)
        # What a power cut leaves half written does not match its sum.
        store.execute("PRAGMA synchronous = OFF")
        return store

    def _refuse(self) -> None:
        """Say once that the file is no good, and leave it alone."""
        if self._usable:
            self._said(f"{self.path}: the cache is damaged or another program's, so it was not used; delete the file")
        self._usable = False


def _make(folder: Path) -> None:
    """The folder, with what keeps version control and backups away from it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
        with suppress(FileExistsError), (folder / name).open("x", encoding="utf-8") as file:
            file.write(text)


def _shrink(store: Connection, today: int) -> None:
    """Let go of what has not been used for long, and of the oldest rows while the file is too large."""
    store.execute("DELETE FROM kept WHERE day < ?", (today - _DAYS_KEPT,))
    while True:
        ((size,),) = store.execute(
            "SELECT (page_count - freelist_count) * page_size"
            " FROM pragma_page_count, pragma_freelist_count, pragma_page_size"
        )
        if size <= MOST_BYTES:
            return
        oldest = "SELECT rowid FROM kept ORDER BY day, rowid LIMIT max(1, (SELECT count(*) FROM kept) / 4)"
        if not store.execute(f"DELETE FROM kept WHERE rowid IN ({oldest})").rowcount:  # noqa: S608 — no value in it
            return
