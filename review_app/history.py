"""Decisions as the store's events."""

from __future__ import annotations

from collections.abc import Sequence

from review_app.outcome import Shown
from review_app.store import Event
from review_app.store.store import now
from review_app.writing import Change


def decision(
    kind: str, editor: str, path: str, shown: Shown, change: Change, *, before: str, ids: Sequence[str] = ()
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
    )


def reversal(editor: str, event: Event) -> Event:
    """The event of taking another one back."""
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
    )
