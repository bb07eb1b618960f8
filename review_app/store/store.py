"""Short transactions on the store, one an action.

No two threads share a connection, which would mix their transactions. A database that was deleted
while the app runs is made again, empty, as nothing in it decides anything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy import URL, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from review_app.store import schema
from review_app.store.engine import WRITES, StoreError, engine_of
from review_app.store.tables import Base, Draft, Event, Noted, Preference, Presence
from review_app.store.wanted import DECISIONS, Found, Tally, Wanted

T = TypeVar("T")
_MOST_LOOKED_AT = 500
"""How many of an editor's latest events are searched for one of the files in hand."""
_AT_ONCE = 500
"""How many events are held at once where all are asked for."""


def stamp(moment: datetime) -> str:
    """A time in UTC, as the store keeps it."""
    return moment.isoformat(timespec="microseconds")


def now() -> str:
    """The time, as events keep it."""
    return stamp(datetime.now(UTC))


class Store:
    """The database behind a URL. Raises :class:`StoreError` where it cannot be opened."""

    def __init__(self, url: str | URL) -> None:
        try:
            self._engine = engine_of(url)
            schema.prepare(self._engine)
        except ModuleNotFoundError:
            # The door knows what brings it.
            raise
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise StoreError(_reason(error)) from error
        self._writing = self._engine.execution_options(**{WRITES: True})
        self._insert: Callable[[Any], Any] = sqlite.insert if self._is_file else postgresql.insert

    @classmethod
    def at(cls, path: Path) -> Store:
        """The SQLite database at a path."""
        # Not as text: a path may hold what means something in a URL.
        return cls(URL.create("sqlite", database=str(path)))

    @classmethod
    def in_memory(cls) -> Store:
        """A store that nobody else sees and that leaves nothing behind."""
        return cls("sqlite://")

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @property
    def name(self) -> str:
        """The database, without a password."""
        return self._engine.url.render_as_string(hide_password=True)

    def trouble(self) -> str | None:
        """Why the store cannot be written just now, in words that tell nothing of where it is; None where it can."""
        try:
            # It changes nothing, but only a database that can be written lets it pass.
            self._write(lambda session: session.execute(update(Presence).where(literal(1) == 0).values(seen="")))
        except StoreError as error:
            logging.getLogger(__name__).warning("the store: %s", error)
            return str(error) if self._is_file else "the database cannot be written"
        return None

    def record(self, made: Iterable[Noted]) -> None:
        """Add events, all or none; one that comes with a number takes back the event of that number."""
        pairs = [(event.values(), undoes) for event, undoes in made]
        added = insert(Event).returning(Event.id, sort_by_parameter_order=True)
        events = Event.metadata.tables[Event.__tablename__]
        undone = update(events).where(events.c.id == bindparam("undone"), events.c.undone_by.is_(None))

        def work(session: Session) -> None:
            numbers = session.scalars(added, [values for values, _ in pairs])
            taken = [
                {"undone": undoes, "reversal": number}
                for number, (_, undoes) in zip(numbers, pairs, strict=True)
                if undoes
            ]
            if taken:
                session.connection().execute(undone.values(undone_by=bindparam("reversal")), taken)

        if pairs:
            self._write(work)

    def event(self, number: int) -> Event | None:
        """One event."""
        return self._read(lambda session: session.get(Event, number))

    def numbered(self, numbers: Iterable[int]) -> dict[int, Event]:
        """Some events by their numbers; a number that none has is left out."""
        chosen = select(Event).where(Event.id.in_(sorted(numbers)))
        return self._read(lambda session: {found.id: found for found in session.scalars(chosen)})

    def standing(self, batches: Iterable[str]) -> dict[str, int]:
        """How many decisions stand of each of these batches; one of which none stands is left out."""
        wanted = (*Wanted(standing=True).conditions(), Event.batch.in_(sorted(set(batches))))
        chosen = select(Event.batch, func.count(Event.id)).where(*wanted).group_by(Event.batch)
        return self._read(lambda session: {str(batch): count for batch, count in session.execute(chosen)})

    def named(self, column: Literal["by", "path"]) -> Sequence[str]:
        """Every editor, or every file, that events speak of, sorted."""
        chosen = select(getattr(Event, column)).distinct().order_by(getattr(Event, column))
        return self._read(lambda session: session.scalars(chosen).all())

    def events(self, wanted: Wanted, page: int = 0, size: int = 50) -> Found:
        """One page of the events that are wanted, latest first, and how many there are on all pages."""

        def work(session: Session) -> Found:
            total = session.scalar(select(func.count(Event.id)).where(*wanted.conditions())) or 0
            chosen = select(Event).where(*wanted.conditions()).order_by(Event.id.desc())
            return Found(session.scalars(chosen.limit(size).offset(page * size)).all(), total)

        return self._read(work)

    def each(self, wanted: Wanted) -> Iterator[Event]:
        """All events that are wanted, in order: for an export of however many there are."""
        last = 0
        while True:
            chosen = select(Event).where(*wanted.conditions(), Event.id > last).order_by(Event.id).limit(_AT_ONCE)
            found = self._read(lambda session, chosen=chosen: session.scalars(chosen).all())  # type: ignore[misc]
            yield from found
            if len(found) < _AT_ONCE:
                return
            last = found[-1].id

    def last(self, by: str, paths: set[str]) -> Event | None:
        """The latest decision of an editor in these files that was not taken back."""
        wanted = Wanted(by=by, kinds=DECISIONS, standing=True).conditions()
        chosen = select(Event).where(*wanted).order_by(Event.id.desc()).limit(_MOST_LOOKED_AT)
        return self._read(
            lambda session: next((found for found in session.scalars(chosen) if found.path in paths), None)
        )

    def since(self, moment: str) -> Sequence[Event]:
        """The decisions from a moment on that still stand, in order."""
        wanted = Wanted(since=moment, kinds=DECISIONS, standing=True).conditions()
        return self._read(lambda session: session.scalars(select(Event).where(*wanted).order_by(Event.id)).all())

    def count(self, moment: str) -> int:
        """How many :meth:`since` would give."""
        wanted = Wanted(since=moment, kinds=DECISIONS, standing=True).conditions()
        return self._read(lambda session: session.scalar(select(func.count(Event.id)).where(*wanted)) or 0)

    def tally(self, wanted: Wanted) -> list[Tally]:
        """How many events are wanted, by file, kind and time."""
        groups = (Event.path, Event.kind, func.substr(Event.at, 1, 15))
        chosen = select(*groups, func.count(Event.id)).where(*wanted.conditions()).group_by(*groups)
        return self._read(lambda session: [Tally(*row) for row in session.execute(chosen.order_by(*groups))])

    def save_draft(self, draft: Draft) -> None:
        """Keep a text that is being edited, in place of an earlier one of the same field."""
        self._put(Draft, draft, ("editor", "path", "entry", "field"), "at")

    def draft(self, editor: str, path: str, entry: str, field: str) -> Draft | None:
        """The text that an editor was editing in a field."""
        return self._read(lambda session: session.get(Draft, (editor, path, entry, field)))

    def drop_draft(self, editor: str, path: str, entry: str, field: str) -> None:
        """Forget a draft, as it was saved or discarded."""
        same = (Draft.editor == editor, Draft.path == path, Draft.entry == entry, Draft.field == field)
        self._write(lambda session: session.execute(delete(Draft).where(*same)))

    def prefer(self, preference: Preference) -> None:
        """Keep how an editor likes something, in place of what he liked before."""
        self._put(Preference, preference, ("editor", "name"), "at")

    def preference(self, editor: str, name: str) -> str | None:
        """How an editor likes something; None where he never said."""
        found = self._read(lambda session: session.get(Preference, (editor, name)))
        return found.value if found is not None else None

    def look(self, presence: Presence) -> None:
        """Say where an editor is now."""
        self._put(Presence, presence, ("editor",), "seen")

    def looking(self, since: str) -> Sequence[Presence]:
        """Where everybody was who has been seen from a moment on."""
        return self._read(lambda session: session.scalars(select(Presence).where(Presence.seen >= since)).all())

    def _put(self, table: type[Base], row: Base, key: tuple[str, ...], time: str) -> None:
        """Add a row in place of one with the same key, unless that one is later."""
        added = self._insert(table).values(row.values())
        rest = {name: added.excluded[name] for name in table.__table__.columns.keys() if name not in key}  # noqa: SIM118
        later = getattr(table, time) <= added.excluded[time]
        self._write(
            lambda session: session.execute(added.on_conflict_do_update(index_elements=key, set_=rest, where=later))
        )

    @property
    def _is_file(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def _read(self, work: Callable[[Session], T]) -> T:
        return self._run(work, writes=False)

    def _write(self, work: Callable[[Session], T]) -> T:
        return self._run(work, writes=True)

    def _run(self, work: Callable[[Session], T], *, writes: bool) -> T:
        try:
            try:
                return self._once(work, writes=writes)
            except DBAPIError:
                # A file that was deleted is there again, but empty. PostgreSQL may have done the work all the same.
                if not (self._is_file and schema.prepare(self._engine)):
                    raise
                return self._once(work, writes=writes)
        except (SQLAlchemyError, UnicodeError) as error:
            raise StoreError(_reason(error)) from error

    def _once(self, work: Callable[[Session], T], *, writes: bool) -> T:
        engine = self._writing if writes else self._engine
        with Session(engine, expire_on_commit=False) as session, session.begin():
            return work(session)


def _reason(error: Exception) -> str:
    """What went wrong, in one line, without the statement and its values."""
    return str(error.orig if isinstance(error, DBAPIError) else error).strip().split("\n", 1)[0]
