"""Decisions as the store's events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ulid import ULID

from review_app.outcome import Shown
from review_app.store import Event
from review_app.store.store import now
from review_app.writing import Change


def new_batch() -> str:
    """A name for decisions that are made, or taken back, at one stroke."""
    return str(ULID())


def decision(
    kind: str,
    editor: str,
    path: str,
    shown: Shown,
    change: Change,
    *,
    before: str,
    ids: Sequence[str] = (),
    batch: str | None = None,
) -> Event:
    """The event of a decision on a finding; ``path`` as the store keeps it."""
    finding = shown.finding
    return Event(
        at=now(),
        by=editor,
        kind=kind,
        path=path,
        entry=change.entry,
        code=finding.code,
        fingerprint=finding.fingerprint,
        quote=finding.quote,
        before=before,
        after=change.text,
        dismissals=list(ids),
        batch=batch,
        term=finding.term,
    )


def settings(editor: str, path: str, before: str, after: str) -> Event:
    """The event of a change of the settings file; ``path`` as the store keeps it."""
    return Event(
        at=now(),
        by=editor,
        kind="settings",
        path=path,
        entry=None,
        code="",
        fingerprint="",
        quote="",
        before=before,
        after=after,
    )


class Subject(NamedTuple):
    """What was remarked on: the file as the store keeps it, the entry, and, if any, a rule's code and words."""

    path: str
    entry: str
    code: str
    quote: str


def remark(kind: str, editor: str, about: Subject, on: str, *, before: str = "", after: str = "") -> Event:
    """The event of something said about an entry; ``on`` is the id of what was said, or of its thread."""
    return Event(
        at=now(),
        by=editor,
        kind=kind,
        **about._asdict(),
        fingerprint="",
        before=before,
        after=after,
        dismissals=[on],
    )


def reversal(editor: str, event: Event, batch: str | None) -> Event:
    """The event of taking another one back; ``batch`` where others are taken back with it."""
    return Event(
        at=now(),
        by=editor,
        kind="undo",
        path=event.path,
        entry=event.entry,
        code=event.code,
        fingerprint=event.fingerprint,
        quote=event.quote,
        before=event.after,
        after=event.before,
        dismissals=list(event.dismissals),
        batch=batch,
        term=event.term,
    )
