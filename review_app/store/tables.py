"""What the store keeps: who did what, for undo and effort, and texts that were not saved yet."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class Base(MappedAsDataclass, DeclarativeBase):
    """The tables of the store."""


class Event(Base):
    """One decision. ``before`` and ``after`` are the text of its entry (of the file where ``entry`` is None)."""

    __tablename__ = "events"
    __table_args__ = (Index("events_by_editor", "by", "id"), Index("events_by_time", "at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[str]
    """UTC, ISO 8601 with microseconds, so that texts sort as times."""
    by: Mapped[str]
    kind: Mapped[str]
    """``accept``, ``edit``, ``dismiss`` or ``undo``."""
    path: Mapped[str]
    """Relative to the review directory, so that it holds wherever the app is started from."""
    entry: Mapped[str | None]
    code: Mapped[str]
    fingerprint: Mapped[str]
    quote: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    dismissals: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("events.id"), default=None)


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
