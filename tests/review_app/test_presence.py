"""Who looks at what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from reviewkit import EDITOR, Opener

from review_app import presence
from review_app.service import Service
from review_app.store import Presence, StoreError

WEEK = "data/digests/week.md"
FIRST, SECOND = "2504.00001", "2504.00002"


class Clock:
    """The time, as a test wants it."""

    def __init__(self) -> None:
        self.time = datetime(2025, 7, 14, 9, tzinfo=UTC)

    def now(self, _zone: object) -> datetime:
        return self.time

    def go(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()

    class Time(datetime):
        now = clock.now  # type: ignore[assignment]

    monkeypatch.setattr(presence, "datetime", Time)
    return clock


def names(service: Service, entry: str | None, path: str = WEEK) -> list[str]:
    return [onlooker.editor for onlooker in service.present(path, entry)]


def test_who_looks_is_seen_by_another_process_until_no_sign_of_life_comes(
    database: str, opener: Opener, clock: Clock
) -> None:
    mine, theirs = opener(database=database), opener(database=database)
    mine.look("王", WEEK, FIRST)
    came = clock.time
    clock.go(10)
    mine.look("王", WEEK, FIRST)
    theirs.look("李", WEEK, FIRST)
    clock.go(25)
    assert [(each.editor, each.since) for each in theirs.present(WEEK, FIRST)] == [
        ("王", came),
        ("李", came + timedelta(seconds=10)),
    ]
    assert names(mine, FIRST) == ["王", "李"]
    assert names(theirs, SECOND) == []
    clock.go(6)
    assert names(theirs, FIRST) == []
    # Who comes back after a while has come anew.
    mine.look("王", WEEK, FIRST)
    assert [each.since for each in theirs.present(WEEK, FIRST)] == [clock.time]


def test_who_goes_on_is_no_longer_there(opener: Opener, clock: Clock) -> None:
    mine, theirs = opener(), opener()
    mine.look("王", WEEK, FIRST)
    clock.go(presence.EVERY.total_seconds())
    mine.look("王", WEEK, SECOND)
    assert (names(theirs, FIRST), names(theirs, SECOND)) == ([], ["王"])
    clock.go(presence.EVERY.total_seconds())
    mine.look("王", WEEK, None)
    assert (names(theirs, SECOND), names(theirs, None)) == ([], ["王"])
    assert names(theirs, None, "data/digests/other.md") == []


def test_an_editor_in_a_hurry_is_written_once_in_a_few_seconds(
    service: Service, opener: Opener, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Presence] = []
    look = service.store.look
    monkeypatch.setattr(service.store, "look", lambda place: (written.append(place), look(place)))
    for number in range(40):
        service.look(EDITOR, WEEK, f"2504.0{number:04}")
        service.look("wu", WEEK, FIRST)
        clock.go(0.25)
    assert len(written) == 4
    # Here it is known exactly all the same, and elsewhere after the next sign of life.
    assert names(service, "2504.00039") == [EDITOR]
    clock.go(5)
    service.look(EDITOR, WEEK, "2504.00039")
    assert names(opener(), "2504.00039") == [EDITOR]


def test_a_store_that_fails_leaves_what_is_known_here(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StoreError("database is locked")

    monkeypatch.setattr(service.store, "look", fail)
    monkeypatch.setattr(service.store, "looking", fail)
    service.look(EDITOR, WEEK, FIRST)
    assert names(service, FIRST) == [EDITOR]


def test_who_only_reads_is_in_nobodys_way(opener: Opener) -> None:
    service = opener(read_only=True)
    service.look(EDITOR, WEEK, FIRST)
    assert names(service, FIRST) == []
