"""Taking back a decision, or a batch of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from reviewkit import EDITOR, WEEK, Opener, quotes, shown

from review_app import undoing
from review_app.outcome import Outcome
from review_app.service import Service
from review_app.store import Event, Wanted

OTHER = WEEK.replace("2504.0000", "2504.0001")


def events(service: Service, **wanted: object) -> list[Event]:
    return list(service.store.each(Wanted(**wanted)))  # type: ignore[arg-type]


@pytest.fixture
def other(project: Path) -> Path:
    """A second digest."""
    path = project / "data/digests/other.md"
    path.write_text(OTHER, encoding="utf-8")
    return path


@pytest.fixture
def service(other: Path, opener: Opener) -> Service:
    return opener()


def decide(service: Service, *wanted: str) -> str:
    """Accept everything at one stroke, or what is quoted of the week; the name of the batch."""
    found = [service.finding(row.id) for row in service.queue() if not wanted]
    chosen = [shown(service, quote, path="week") for quote in wanted]
    made = service.accept_all(EDITOR, [each for each in (*found, *chosen) if each is not None])
    assert made.refused == ()
    assert made.name is not None
    return made.name


def test_a_batch_over_files_and_entries_is_taken_back_at_one_stroke(service: Service, week: Path, other: Path) -> None:
    before = quotes(service)
    batch = decide(service)
    assert service.queue() == []
    assert {event.batch for event in events(service)} == {batch}
    outcome = service.undo_batch("wu", batch)
    assert (outcome.kind, outcome.changed, outcome.count, outcome.unrecorded) == ("undone-all", True, 12, False)
    assert week.read_text(encoding="utf-8") == WEEK
    assert other.read_text(encoding="utf-8") == OTHER
    assert quotes(service) == before
    assert outcome.stay_on == service.queue()[0].id
    undone = events(service, kinds=frozenset({"undo"}))
    assert len(undone) == 12
    assert len({event.batch for event in undone} - {batch}) == 1
    assert {event.by for event in undone} == {"wu"}
    assert service.undo_batch("wu", batch).kind == "nothing-to-undo"
    assert service.decided() == 0


def test_the_last_decision_is_undone_with_its_batch(service: Service, week: Path) -> None:
    service.accept(EDITOR, shown(service, "（GPT-4）", path="week"))
    one = week.read_text(encoding="utf-8")
    decide(service, "用L", "M处")
    assert service.undo(EDITOR).count == 2
    assert week.read_text(encoding="utf-8") == one
    assert service.undo(EDITOR).kind == "undone"
    assert week.read_text(encoding="utf-8") == WEEK


def test_a_batch_is_refused_as_a_whole_where_one_entry_was_edited(service: Service, week: Path, other: Path) -> None:
    batch = decide(service)
    theirs = other.read_text(encoding="utf-8").replace("三个任务", "四个任务")
    other.write_text(theirs, encoding="utf-8")
    mine = week.read_text(encoding="utf-8")
    assert service.undo_batch(EDITOR, batch).kind == "undo-refused"
    assert other.read_text(encoding="utf-8") == theirs
    assert week.read_text(encoding="utf-8") == mine
    # One by one, what nobody has touched can be taken back.
    kept = [event for event in events(service, batch=batch) if event.path.endswith("week.md")]
    for event in reversed(kept):
        assert service.undo_event(EDITOR, event.id).kind == "undone"
    assert week.read_text(encoding="utf-8") == WEEK


def test_any_event_can_be_undone_out_of_order_while_its_entry_is_as_it_left_it(service: Service, week: Path) -> None:
    for quote in ("用L", "在R"):
        service.accept(EDITOR, shown(service, quote, path="week"))
    first, second = events(service)
    assert service.undo_event("wu", first.id).kind == "undone"
    assert week.read_text(encoding="utf-8") == WEEK.replace("在RL", "在 RL")
    assert service.undo_event("wu", first.id).kind == "already"
    reversal = events(service)[-1]
    assert (reversal.kind, reversal.by, reversal.before, reversal.after) == ("undo", "wu", first.after, first.before)
    assert service.undo_event("wu", reversal.id).kind == "nothing-to-undo"
    assert service.undo_event("wu", 999).kind == "nothing-to-undo"
    assert service.undo(EDITOR).kind == "undone"
    assert events(service)[1].id == second.id
    assert week.read_text(encoding="utf-8") == WEEK


def test_an_event_under_a_later_one_of_the_same_entry_is_refused(service: Service, week: Path) -> None:
    for quote in ("用L", "M处"):
        service.accept(EDITOR, shown(service, quote, path="week"))
    now = week.read_text(encoding="utf-8")
    assert service.undo_event(EDITOR, events(service)[0].id).kind == "undo-refused"
    assert week.read_text(encoding="utf-8") == now


def test_a_dismissal_that_others_have_taken_back_is_not_taken_back_twice(
    service: Service, opener: Opener, project: Path
) -> None:
    service.dismiss(EDITOR, shown(service, "（GPT-4）", path="week"), "quotation")
    (event,) = events(service)
    # Another program on the same files, with a store of its own.
    other = opener(database=f"sqlite:///{project / 'elsewhere.sqlite'}")
    other.store.record([(Event(**_copied(event)), None)])
    assert other.undo(EDITOR).kind == "undone"
    assert service.undo(EDITOR).kind == "already"
    lines = (project / "data/review/dismissals.jsonl").read_text(encoding="utf-8").splitlines()
    assert ["revokes" in json.loads(line) for line in lines] == [False, True]


def test_a_file_that_is_not_open_here_is_left_alone(service: Service, opener: Opener, other: Path) -> None:
    service.accept(EDITOR, shown(service, "用L", path="other"))
    text = other.read_text(encoding="utf-8")
    narrow = opener("data/digests/week.md")
    assert narrow.undo_event(EDITOR, events(service)[0].id).kind == "not-in-hand"
    assert narrow.undo(EDITOR).kind == "nothing-to-undo"
    assert other.read_text(encoding="utf-8") == text


def test_a_read_only_file_in_a_batch_keeps_all_of_it(service: Service, week: Path, other: Path) -> None:
    batch = decide(service)
    mine = week.read_text(encoding="utf-8")
    other.chmod(0o444)
    assert service.undo_batch(EDITOR, batch).kind == "file-read-only"
    assert week.read_text(encoding="utf-8") == mine
    other.chmod(0o644)
    assert service.undo_batch(EDITOR, batch).kind == "undone-all"
    assert other.read_text(encoding="utf-8") == OTHER


def test_a_file_that_changes_between_those_of_a_batch_leaves_the_rest_to_be_undone(
    service: Service, week: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = decide(service)
    mine = other.read_text(encoding="utf-8")
    tried = undoing.rewritten

    def rewritten(path: str, change: Callable[[str], str], folder: Path, *, dry: bool = False) -> Outcome | None:
        # All was well when it was tried; another process comes after the first file was written.
        if not dry and path.endswith("other.md"):
            other.write_text(mine.replace("很常见", "常见"), encoding="utf-8")
        return tried(path, change, folder, dry=dry)

    monkeypatch.setattr(undoing, "rewritten", rewritten)
    outcome = service.undo_batch(EDITOR, batch)
    assert (outcome.kind, outcome.changed) == ("undone-some", True)
    assert week.read_text(encoding="utf-8") == WEEK
    left = events(service, batch=batch, standing=True)
    assert outcome.count + len(left) == 12
    assert {event.path for event in left} == {"../digests/other.md"}
    monkeypatch.setattr(undoing, "rewritten", tried)
    other.write_text(mine, encoding="utf-8")
    assert service.undo_batch(EDITOR, batch).kind == "undone-all"
    assert other.read_text(encoding="utf-8") == OTHER
    assert len(service.queue()) == 12


def test_undo_says_where_the_store_could_not_note_it(
    service: Service, week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from review_app.store import StoreError

    service.accept(EDITOR, shown(service, "用L", path="week"))

    def full(_made: object) -> None:
        raise StoreError("database or disk is full")

    monkeypatch.setattr(service.store, "record", full)
    outcome = service.undo(EDITOR)
    assert (outcome.kind, outcome.unrecorded) == ("undone", True)
    assert week.read_text(encoding="utf-8") == WEEK


def _copied(event: Event) -> dict[str, object]:
    names = [column.key for column in Event.__table__.columns if column.key not in ("id", "undone_by")]
    return {name: getattr(event, name) for name in names}
