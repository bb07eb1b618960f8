"""Which events are asked for, and what is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement

from review_app.store.tables import Event

DECISIONS: Final = frozenset({"accept", "edit", "dismiss"})
"""The kinds of events that decide on a finding."""
REMARKS: Final = frozenset({"comment", "answer", "resolve", "reopen"})
"""The kinds of events of :mod:`review_app.comments` that can be taken back; ``withdraw`` cannot."""
REVERSIBLE: Final = DECISIONS | REMARKS | {"term"}
"""The kinds of events that can be taken back."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter; what is left out lets everything through."""

    by: str | None = None
    kinds: frozenset[str] = frozenset()
    path: str | None = None
    """As events have it: see :meth:`review_app.service.Service.stored_path`."""
    entry: str | None = None
    since: str | None = None
    """From this moment on; times are as those of events, or begin as they do, like ``2025-07-14``."""
    until: str | None = None
    """Before this moment."""
    batch: str | None = None
    standing: bool = False
    """Only what can be taken back and was not."""

    def conditions(self) -> list[ColumnElement[bool]]:
        """The filter as SQL."""
        found: list[ColumnElement[bool]] = []
        same = ((Event.by, self.by), (Event.path, self.path), (Event.entry, self.entry), (Event.batch, self.batch))
        for column, value in same:
            if value is not None:
                found.append(column == value)
        if self.kinds:
            found.append(Event.kind.in_(sorted(self.kinds)))
        if self.since is not None:
            found.append(Event.at >= self.since)
        if self.until is not None:
            found.append(Event.at < self.until)
        if self.standing:
            found += [Event.kind.in_(sorted(REVERSIBLE)), Event.undone_by.is_(None)]
        return found


class Tally(NamedTuple):
    """How many events there are of a kind about a file, in ten minutes that belong to one day whatever the zone."""

    path: str
    kind: str
    at: str
    """The beginning of the times of these events, like ``2025-07-14T09:3``."""
    number: int


class Found(NamedTuple):
    """A page of events, and how many there are on all pages."""

    events: Sequence[Event]
    total: int
