"""Who looks at what entry now, so that two editors do not take up the same one unawares.

What this process knows is exact; what others know comes by way of the store, to which an editor's
place is written once in a few seconds at most, however fast he moves. Who gives no sign of life
for half a minute has gone.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from review_app.store import Presence, Store, StoreError
from review_app.store.store import stamp

EXPIRY: Final = timedelta(seconds=30)
EVERY: Final = timedelta(seconds=5)
"""How often an editor's place is written at most; a page should give a sign of life about as often."""


class Onlooker(NamedTuple):
    """Somebody who looks at an entry."""

    editor: str
    since: datetime


class Whereabouts:
    """Where the editors are. Safe to share between threads; a store that fails leaves what this process knows."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._known: dict[str, Presence] = {}
        self._written: dict[str, datetime] = {}

    def look(self, editor: str, path: str, entry: str | None) -> None:
        """Say that an editor looks at an entry (at a file, for None) now; ``path`` as the store keeps it."""
        moment = datetime.now(UTC)
        place = Presence(editor, path, entry or "", stamp(moment), stamp(moment))
        with self._lock:
            before = self._known.get(editor)
            stayed = before is not None and (before.path, before.entry) == (place.path, place.entry)
            if before is not None and stayed and before.seen >= stamp(moment - EXPIRY):
                place = replace(place, since=before.since)
            self._known[editor] = place
            written = self._written.get(editor)
            if written is not None and moment - written < EVERY:
                return
            self._written[editor] = moment
        with suppress(StoreError):
            self._store.look(place)

    def at(self, path: str, entry: str | None) -> list[Onlooker]:
        """Who looks at an entry now, by the time they came."""
        return _by_time(place for place in self._now() if (place.path, place.entry) == (path, entry or ""))

    def by_path(self) -> dict[str, list[str]]:
        """The names of those who look at each file now, sorted."""
        found: dict[str, list[str]] = {}
        for place in sorted(self._now(), key=lambda place: place.editor):
            found.setdefault(place.path, []).append(place.editor)
        return found

    def inside(self, path: str) -> list[Onlooker]:
        """Who looks at a file or an entry of it now, by the time they came."""
        return _by_time(place for place in self._now() if place.path == path)

    def _now(self) -> list[Presence]:
        earliest = stamp(datetime.now(UTC) - EXPIRY)
        latest: dict[str, Presence] = {}
        with suppress(StoreError):
            latest = {place.editor: place for place in self._store.looking(earliest)}
        with self._lock:
            for editor, place in self._known.items():
                if place.seen >= earliest and (editor not in latest or place.seen >= latest[editor].seen):
                    latest[editor] = place
        return list(latest.values())


def _by_time(places: Iterable[Presence]) -> list[Onlooker]:
    return [
        Onlooker(place.editor, datetime.fromisoformat(place.since))
        for place in sorted(places, key=lambda place: (place.since, place.editor))
    ]
