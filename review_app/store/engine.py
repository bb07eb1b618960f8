"""From a URL to an engine: which databases serve, and how each is asked to behave."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError

_DRIVERS: Final = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")
_PATIENCE: Final = 10.0
"""Seconds that one writer waits for another."""
WRITES: Final = "yijiao_writes"
"""The execution option of a transaction that is going to write."""


class StoreError(Exception):
    """The store cannot be used; the decision itself is in the files all the same."""


def shown(url: str) -> str:
    """A URL without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "--database"


def engine_of(url: str | URL) -> Engine:
    """The engine behind a URL. Raises :class:`StoreError` for a URL that names no database we keep a store in."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError("no URL like sqlite:///store.sqlite or postgresql+psycopg://user@host/name") from None
    if parsed.drivername not in _DRIVERS:
        raise StoreError(f"{parsed.drivername} is none of {', '.join(_DRIVERS)}")
    return _sqlite(parsed) if is_sqlite(parsed) else _postgresql(parsed)


def is_sqlite(url: URL) -> bool:
    """Whether the database is a file, or in memory."""
    return url.get_backend_name() == "sqlite"


def _postgresql(url: URL) -> Engine:
    # psycopg by name, so that it does not depend on SQLAlchemy's default of the day.
    wait = {"connect_timeout": 5} if "connect_timeout" not in url.query else {}
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, connect_args=wait)


def _sqlite(url: URL) -> Engine:
    wait = {"check_same_thread": False, "timeout": _PATIENCE}
    path = None if url.database in (None, "", ":memory:") else url.database
    # In memory: one connection, which waits its turn, as the database lives as long as it does.
    many = {"pool_size": 1, "max_overflow": 0} if path is None else {}
    engine = create_engine(url, poolclass=QueuePool, connect_args=wait, **many)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: Any) -> None:
        # Transactions begin where we say so, not where the driver guesses.
        connection.isolation_level = None
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous=NORMAL")
        record.info["file"] = _identity(path)

    @event.listens_for(engine, "checkout")
    def _check(_connection: Any, record: Any, _proxy: object) -> None:
        # A connection goes on writing to a file that was deleted.
        if record.info["file"] != _identity(path):
            raise DisconnectionError

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that reads first and writes later would fail at once, not wait, where another has written.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _identity(path: str | None) -> tuple[int, int] | None:
    """Which file a path leads to now."""
    try:
        found = Path(path).stat() if path is not None else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found is not None else None


def _write_ahead(connection: Any) -> None:
    """Let readers not wait for a writer. The first to ask for it wants the file alone, and is not made to wait."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return
