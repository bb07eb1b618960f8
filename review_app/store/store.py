"""Short transactions on the store, one an action.

Only the engine is kept: a connection that threads share would mix their transactions. A database
that was deleted while the app runs is made again, empty, as nothing in it decides anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, NullPool, StaticPool, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from review_app.store.tables import Base, Draft, Event

T = TypeVar("T")
_MOST_LOOKED_AT = 500
"""How many of an editor's latest events are searched for one of the files in hand."""


class StoreError(Exception):
    """The store cannot be used; the decision itself is in the files all the same."""


def now() -> str:
    """The time, as events keep it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Store:
    """The database behind a URL. Raises :class:`StoreError` where it cannot be opened."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = _engine(url)
            Base.metadata.create_all(self._engine)
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise StoreError(str(error).split("\n", 1)[0]) from error

    @classmethod
    def at(cls, path: Path) -> Store:
        """The SQLite database at a path."""
        return cls(f"sqlite:///{path}")

    @classmethod
    def in_memory(cls) -> Store:
        """A store that nobody else sees and that leaves nothing behind."""
        return cls("sqlite://")

    def _run(self, work: Callable[[Session], T]) -> T:
        try:
            try:
                with Session(self._engine, expire_on_commit=False) as session, session.begin():
                    return work(session)
            except SQLAlchemyError:
                Base.metadata.create_all(self._engine)
                with Session(self._engine, expire_on_commit=False) as session, session.begin():
                    return work(session)
        except SQLAlchemyError as error:
            raise StoreError(str(error).split("\n", 1)[0]) from error

    def record(self, made: Callable[[], Event], undoes: int | None = None) -> None:
        """Add an event; with ``undoes``, say so at the event that it takes back."""

        def work(session: Session) -> None:
            added = made()
            session.add(added)
            session.flush()
            undone = session.get(Event, undoes) if undoes is not None else None
            if undone is not None:
                undone.undone_by = added.id

        self._run(work)

    def last(self, by: str, paths: set[str]) -> Event | None:
        """The latest decision of an editor in these files that was not taken back."""
        wanted = (
            select(Event)
            .where(Event.by == by, Event.kind != "undo", Event.undone_by.is_(None))
            .order_by(Event.id.desc())
            .limit(_MOST_LOOKED_AT)
        )
        return self._run(
            lambda session: next((found for found in session.scalars(wanted) if found.path in paths), None)
        )

    def since(self, moment: str) -> Sequence[Event]:
        """The decisions from a moment on that still stand, in order."""
        wanted = select(Event).where(Event.at >= moment, Event.kind != "undo", Event.undone_by.is_(None))
        return self._run(lambda session: session.scalars(wanted.order_by(Event.id)).all())

    def count(self, moment: str) -> int:
        """How many :meth:`since` would give."""
        wanted = select(func.count()).where(Event.at >= moment, Event.kind != "undo", Event.undone_by.is_(None))
        return self._run(lambda session: session.scalar(wanted) or 0)

    def save_draft(self, draft: Callable[[], Draft]) -> None:
        """Keep a text that is being edited, in place of an earlier one of the same field."""
        self._run(lambda session: session.merge(draft()))

    def draft(self, editor: str, path: str, entry: str, field: str) -> Draft | None:
        """The text that an editor was editing in a field."""
        return self._run(lambda session: session.get(Draft, (editor, path, entry, field)))

    def drop_draft(self, editor: str, path: str, entry: str, field: str) -> None:
        """Forget a draft, as it was saved or discarded."""

        def work(session: Session) -> None:
            draft = session.get(Draft, (editor, path, entry, field))
            if draft is not None:
                session.delete(draft)

        self._run(work)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database in (None, "", ":memory:"):
        return create_engine(parsed, poolclass=StaticPool, connect_args={"check_same_thread": False})
    engine = create_engine(parsed, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        # Several processes may work on one directory: readers do not wait for a writer, writers wait for each other.
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA busy_timeout=10000")
        connection.execute("PRAGMA synchronous=NORMAL")

    return engine
