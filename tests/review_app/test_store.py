"""The store, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from postgreskit import Cluster
from storekit import draft, event, place

from review_app.store import Event, Preference, Store, StoreError, Tally, Wanted, shown
from review_app.store.store import now


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = Store(database)
    yield opened
    opened.close()


def ids(events: list[Event]) -> list[int]:
    return [each.id for each in events]


def test_events_are_kept_as_they_are(store: Store) -> None:
    hostile = "用LLM\r\n'; DROP TABLE events; -- \u202e😀 %s {x} \\"
    store.record([(event(before=hostile, after="", entry=None, dismissals=["01J", "01K"], batch="b"), None)])
    (found,) = store.each(Wanted())
    assert (found.before, found.after, found.entry, found.dismissals, found.batch) == (
        hostile,
        "",
        None,
        ["01J", "01K"],
        "b",
    )
    assert store.event(found.id) is not None
    assert store.event(found.id + 1) is None


def test_what_is_taken_back_no_longer_stands(store: Store) -> None:
    start = now()
    store.record([(event(), None), (event(), None)])
    first, second = store.each(Wanted())
    assert store.count(start) == len(store.since(start)) == 2
    store.record([(event(kind="undo"), second.id)])
    assert ids(list(store.since(start))) == [first.id]
    assert store.count(start) == 1
    last = store.last("lin", {"../digests/week.md"})
    assert last is not None
    assert last.id == first.id
    assert store.last("lin", {"elsewhere.md"}) is None
    assert store.last("wu", {"../digests/week.md"}) is None
    undone = store.event(second.id)
    assert undone is not None
    assert undone.undone_by is not None
    # Whoever came second changes nothing of that.
    store.record([(event(kind="undo", by="wu"), second.id)])
    again = store.event(second.id)
    assert again is not None
    assert again.undone_by == undone.undone_by


def test_events_are_added_all_or_none(store: Store) -> None:
    with pytest.raises(StoreError):
        store.record([(event(), None), (event(by=None), None)])
    assert list(store.each(Wanted())) == []


def test_events_by_filter_and_page(store: Store) -> None:
    start = datetime(2025, 7, 14, 9, tzinfo=UTC)
    made = [
        event(
            at=(start + timedelta(days=day)).isoformat(timespec="microseconds"),
            by="lin" if day % 2 else "wu",
            kind="dismiss" if day % 3 == 0 else "edit",
            path=f"{day % 2}.md",
            batch="b" if day in (4, 5) else None,
        )
        for day in range(10)
    ]
    store.record([(each, None) for each in made])
    everything = list(store.each(Wanted()))
    assert [each.at for each in everything] == [each.at for each in made]
    page = store.events(Wanted(), 1, 4)
    assert page.total == 10
    assert ids(list(page.events)) == ids(everything)[::-1][4:8]
    assert store.events(Wanted(), 9, 4).events == []

    def days(wanted: Wanted) -> list[int]:
        return [ids(everything).index(each.id) for each in store.each(wanted)]

    assert days(Wanted(by="lin")) == [1, 3, 5, 7, 9]
    assert days(Wanted(kinds=frozenset({"dismiss"}))) == [0, 3, 6, 9]
    assert days(Wanted(kinds=frozenset({"dismiss", "edit"}), by="wu", path="0.md")) == [0, 2, 4, 6, 8]
    assert days(Wanted(since="2025-07-16", until="2025-07-18")) == [2, 3]
    assert days(Wanted(batch="b")) == [4, 5]
    assert store.events(Wanted(by="lin", until="2025-07-18")).total == 2


def test_an_export_of_more_than_is_held_at_once(store: Store) -> None:
    store.record([(event(quote=str(number)), None) for number in range(1203)])
    assert [each.quote for each in store.each(Wanted())] == [str(number) for number in range(1203)]


def test_a_draft_takes_the_place_of_an_earlier_one(store: Store) -> None:
    store.save_draft(draft("一", at="2025-07-14T09:00:00"))
    store.save_draft(draft("二", at="2025-07-14T09:00:01"))
    store.save_draft(draft("别人的", editor="wu"))
    store.save_draft(draft("题", field="title"))
    # One that was held up on its way is not put over a later one.
    store.save_draft(draft("晚到", at="2025-07-14T09:00:00"))
    key = ("week.md", "2504.00001+0", "body")
    found = store.draft("lin", *key)
    assert found is not None
    assert found.text == "二"
    store.drop_draft("lin", *key)
    store.drop_draft("lin", *key)
    assert store.draft("lin", *key) is None
    assert store.draft("wu", *key) is not None
    assert store.draft("lin", "week.md", "2504.00001+0", "title") is not None


def test_an_editor_is_in_one_place(store: Store) -> None:
    store.look(place("lin", "2025-07-14T09:00:00"))
    store.look(place("wu", "2025-07-14T09:00:10"))
    store.look(place("lin", "2025-07-14T09:00:20", entry="2504.00002"))
    store.look(place("lin", "2025-07-14T09:00:15", entry="2504.00003"))
    assert {each.editor: each.entry for each in store.looking("2025-07-14T09:00:10")} == {
        "lin": "2504.00002",
        "wu": "2504.00001",
    }
    assert [each.editor for each in store.looking("2025-07-14T09:00:11")] == ["lin"]


def test_events_are_counted_by_file_kind_and_time(store: Store) -> None:
    for at, kind, path in (
        ("2025-07-14T09:30:00.000000+00:00", "accept", "a.md"),
        ("2025-07-14T09:39:59.999999+00:00", "accept", "a.md"),
        ("2025-07-14T09:40:00.000000+00:00", "accept", "a.md"),
        ("2025-07-14T09:40:00.000000+00:00", "dismiss", "b.md"),
        ("2025-07-14T09:40:00.000000+00:00", "settings", "b.md"),
    ):
        store.record([(event(at=at, kind=kind, path=path), None)])
    assert store.tally(Wanted(standing=True)) == [
        Tally("a.md", "accept", "2025-07-14T09:3", 2),
        Tally("a.md", "accept", "2025-07-14T09:4", 1),
        Tally("b.md", "dismiss", "2025-07-14T09:4", 1),
    ]


def test_a_preference_takes_the_place_of_an_earlier_one(store: Store) -> None:
    assert store.preference("lin", "language") is None
    for number, value in enumerate(("zh", "en")):
        store.prefer(Preference("lin", "language", value, f"2025-07-14T09:0{number}"))
    store.prefer(Preference("wu", "language", "zh", now()))
    assert store.preference("lin", "language") == "en"


def test_text_that_no_database_takes_is_an_error_of_the_store(store: Store) -> None:
    with pytest.raises(StoreError):
        store.save_draft(draft("a\ud800"))
    assert store.trouble() is None


def test_a_store_that_works_has_no_trouble(store: Store) -> None:
    assert store.trouble() is None


def test_a_file_that_is_in_the_way_for_a_while(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = Store.at(path)
    path.rename(tmp_path / "aside")
    path.mkdir()
    with pytest.raises(StoreError):
        store.count("")
    assert store.trouble() == "unable to open database file"
    path.rmdir()
    assert store.count("") == 0
    assert store.trouble() is None


def test_a_server_that_was_away_for_a_while(postgres: Cluster) -> None:
    import psycopg

    database = postgres.new()
    store = Store(database)
    store.record([(event(), None)])
    name, _, folder = database.partition("://yijiao@/")[2].partition("?host=")
    with psycopg.connect(f"host={folder} user=yijiao dbname={name}", autocommit=True) as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
        connection.execute(others, [name])
        # The connection that was kept is dead, and the next action takes another.
        assert store.count("") == 1
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
        connection.execute(others, [name])
        assert store.count("") == 1
        assert store.trouble() == "the database cannot be written"
        with pytest.raises(StoreError, match="read-only transaction"):
            store.record([(event(), None)])
    store.close()


def test_a_deleted_file_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = Store.at(path)
    store.record([(event(), None)])
    path.unlink()
    assert store.count("") == 0
    store.record([(event(), None)])
    assert store.count("") == 1
    # Beside a write-ahead log that another process has left open.
    with closing(sqlite3.connect(path)) as held:
        held.execute("SELECT * FROM events").fetchall()
        path.unlink()
        store.record([(event(), None), (event(), None)])
    assert Store.at(path).count("") == 2


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(b"not a database, though it is long enough to look like one" * 40)
    with pytest.raises(StoreError, match="not a database"):
        Store.at(path)


def test_a_read_only_file_can_be_read_and_is_said(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    Store.at(path).record([(event(), None)])
    store = Store(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert store.count("") == 1
    with pytest.raises(StoreError, match="readonly"):
        store.record([(event(), None)])
    assert store.trouble() == "attempt to write a readonly database"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "no URL like"),
        ("mysql://u:geheim@h/d", "mysql is none of"),
        ("postgresql://u:geheim@127.0.0.1:9/d", "refused"),
    ],
)
def test_a_database_that_does_not_serve_is_said_without_its_password(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        Store(url)
    assert "geheim" not in str(caught.value) + shown(url)


def test_a_store_in_memory_serves_threads_in_turn() -> None:
    from concurrent.futures import ThreadPoolExecutor

    store = Store.in_memory()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: store.record([(event(quote=str(number)), None)]), range(80)))
    assert sorted(int(each.quote) for each in store.each(Wanted())) == list(range(80))
