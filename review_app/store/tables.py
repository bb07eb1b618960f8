"""What the store keeps: who did what, for undo and effort, unsaved texts, who looks at what, how each likes the app.

A change here wants a migration beside it, ``migrations/versions/``, and its name in
:data:`review_app.store.schema.VERSIONS`; a test holds the two against each other.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, MetaData, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class Base(MappedAsDataclass, DeclarativeBase):
    """The tables of the store."""

    def values(self) -> dict[str, Any]:
        """What a row holds; a number that the database gives is left out."""
        values = {name: getattr(self, name) for name in self.__table__.columns.keys()}  # noqa: SIM118
        return {name: value for name, value in values.items() if name != "id"}


class Event(Base):
    """One decision. ``before`` and ``after`` are the text of its entry (of the file where ``entry`` is None)."""

    __tablename__ = "events"
    __table_args__ = (
        Index("events_by_editor", "by", "id"),
        Index("events_by_time", "at"),
        Index("events_by_path", "path", "id"),
        Index("events_by_batch", "batch"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[str]
    """UTC, ISO 8601 with microseconds, so that texts sort as times."""
    by: Mapped[str]
    kind: Mapped[str]
    """``accept``, ``edit``, ``dismiss`` or ``undo``; ``term``, of which ``before`` and ``after`` are glossary rows;
    ``settings``, where the settings file was changed; ``comment``, ``answer``, ``withdraw``, of which they are what was
    said, ``resolve`` and ``reopen``."""
    path: Mapped[str]
    """Relative to the review directory, so that it holds wherever the app is started from."""
    entry: Mapped[str | None]
    code: Mapped[str]
    fingerprint: Mapped[str]
    quote: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    dismissals: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """The ids of the records in the review directory that it is about: of dismissals, or of a comment or its thread."""
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("events.id"), default=None)
    batch: Mapped[str | None] = mapped_column(default=None)
    """What decisions made at one stroke share: they are taken back at one stroke too."""
    term: Mapped[str | None] = mapped_column(default=None)
    """The glossary's term, as its source says it, that a decision was about; None where it was about none, and where
    it was made before this was kept."""


class Draft(Base):
    """A text being edited, as of the last pause: one for each editor and field."""

    __tablename__ = "drafts"

    editor: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    entry: Mapped[str] = mapped_column(primary_key=True)
    """The entry's key and its number among equal ones; empty for the file."""
    field: Mapped[str] = mapped_column(primary_key=True)
    """Empty where the whole entry is edited."""
    base_hash: Mapped[str]
    base: Mapped[str] = mapped_column(Text)
    """The text it began from: what a conflict shows beside it."""
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[str]


class Presence(Base):
    """Where an editor is now: one place for each."""

    __tablename__ = "presence"

    editor: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str]
    """As events have it."""
    entry: Mapped[str]
    """The entry's key; empty for the file."""
    since: Mapped[str]
    seen: Mapped[str]
    """The last sign of life; times are as those of events."""


Noted = tuple[Event, int | None]
"""An event, with the number of the one that it takes back, if any."""


class Preference(Base):
    """How an editor likes the app: a value for each name, like ``language``."""

    __tablename__ = "preferences"

    editor: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    at: Mapped[str]


version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""The table of the migrations, as Alembic makes it: read here, as importing Alembic takes longer than opening."""
