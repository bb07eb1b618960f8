"""From a URL to an engine: which databases serve, and how each is asked to behave."""

from __future__ import annotations

import sqlite3
import time
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, NullPool, QueuePool, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

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
    if url.database in (None, "", ":memory:"):
        # One connection, which waits its turn: the database lives as long as it does.
        free = {"check_same_thread": False}
        engine = create_engine(url, poolclass=QueuePool, pool_size=1, max_overflow=0, connect_args=free)
    else:
        # A file that was deleted is made again at the next connection, so none is kept.
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": _PATIENCE})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        # Transactions begin where we say so, not where the driver guesses.
        connection.isolation_level = None
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous=NORMAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that reads first and writes later would fail at once, not wait, where another has written.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


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
