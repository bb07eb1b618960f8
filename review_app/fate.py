"""What became of a finding or an entry that a link names and the queue no longer holds."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from review_app.reports import finding_id
from review_app.service import Service
from review_app.store import StoreError, Wanted

_KINDS: Final = frozenset({"accept", "edit", "dismiss"})
_SEARCHED: Final = 2000
"""How many of the latest events are looked through: who follows a link older than that is told that it is gone."""


class Fate(NamedTuple):
    """A decision: by whom, and when (UTC, to the minute)."""

    kind: Literal["accept", "edit", "dismiss"]
    by: str
    at: str


def fate_of(service: Service, number: str) -> Fate | None:
    """Who decided on a finding, by its id; None where nobody is known to have done it."""
    for path, checked in service.files.items():
        for finding, record in checked.report.dismissed:
            if finding_id(path, finding.fingerprint) == number:
                return Fate("dismiss", record.by, _minute(record.at))
    paths = {service.stored_path(path): path for path in service.files}
    try:
        events = service.store.events(Wanted(kinds=_KINDS, standing=True), size=_SEARCHED).events
    except StoreError:
        return None
    for event in events:
        path = paths.get(event.path, "")
        if finding_id(path, event.fingerprint) == number:
            return Fate(event.kind, event.by, _minute(event.at))  # type: ignore[arg-type]
    return None


def last_fate(service: Service, entry: str) -> Fate | None:
    """The last decision on an entry that still stands."""
    try:
        events = service.store.events(Wanted(kinds=_KINDS, entry=entry, standing=True), size=1).events
    except StoreError:
        return None
    return next((Fate(event.kind, event.by, _minute(event.at)) for event in events), None)  # type: ignore[arg-type]


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")
