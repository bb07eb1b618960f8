"""Comments: what the file says, who may say what, and what happens when many say it at once or somebody is killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from reviewkit import EDITOR, Opener, shown
from test_crash import started
from worker import Starter
from worker import open_service as opened

from checks.errors import ReviewFileError
from checks.gate import Gate
from checks.settings import load as settings_of
from review_app import commentfile
from review_app.commentfile import About, Thread
from review_app.service import Service
from review_app.store import StoreError, Wanted

WEEK = "data/digests/week.md"
FIRST, SECOND = "2504.00001", "2504.00002"
ABOUT = About("body", "FMT001", "用L")
GRAVE = "restore the line from version control, or delete it to lose what it says"


@pytest.fixture
def file(project: Path) -> Path:
    """Where the comments stand."""
    return project / "data/review/comments.jsonl"


def say(service: Service, text: str = "为什么不译？", by: str = EDITOR, entry: str = FIRST) -> Thread:
    assert service.comments.say(by, WEEK, entry, text, ABOUT).kind == "commented"
    return service.comments.on(entry)[-1]


def lines(file: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def write_later(path: Path, text: str) -> None:
    """Write so that the stamp changes, however fast the clock of the disk is."""
    before = path.stat().st_mtime_ns if path.exists() else time.time_ns()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_a_thread_is_begun_answered_resolved_and_opened_again(service: Service, opener: Opener, file: Path) -> None:
    theirs = opener()
    thread = say(service)
    theirs.refresh()
    assert theirs.comments.on(FIRST) == (thread,)
    assert (thread.path, thread.about, thread.open) == ("../digests/week.md", ABOUT, True)
    assert theirs.comments.answer("王", thread.id, "因为\r\n是名称 ").kind == "answered"
    assert theirs.comments.resolve("王", thread.id).kind == "resolved"
    assert theirs.comments.resolve("王", thread.id).kind == "already"
    service.refresh()
    (now,) = service.comments.on(FIRST)
    assert [(said.by, said.text) for said in now.said] == [(EDITOR, "为什么不译？"), ("王", "因为\n是名称")]
    assert (now.resolved or [""])[0] == "王"
    assert (service.comments.open, service.index.comments) == ({}, {})
    assert service.comments.reopen(EDITOR, thread.id).changed
    assert service.comments.open == {FIRST: 1}
    relations = [set(line) - {"v", "id", "by", "at", "text"} for line in lines(file)]
    assert relations == [{"entry", "path", "field", "code", "quote"}, {"answers"}, {"resolves"}, {"reopens"}]
    assert service.comments.on(SECOND) == ()


def test_only_its_author_withdraws_what_was_said(service: Service, file: Path) -> None:
    thread = say(service, by="Lin@example.org")
    service.comments.answer("王", thread.id, "不对")
    answer = service.comments.on(FIRST)[0].said[1]
    assert service.comments.withdraw("王", thread.id).kind == "not-yours"
    assert service.comments.withdraw("lin@EXAMPLE.org", thread.id).kind == "withdrawn"
    assert service.comments.withdraw("lin@example.org", thread.id).kind == "already"
    (left,) = service.comments.on(FIRST)
    assert ([said.withdrawn for said in left.said], left.open) == ([True, False], True)
    assert service.comments.withdraw("王", answer.id).changed
    # Where nothing is left, there is no thread to answer; the file keeps what was said.
    assert (service.comments.on(FIRST), service.comments.open) == ((), {})
    assert service.comments.answer("王", thread.id, "喂").kind == "no-thread"
    assert service.comments.resolve("王", "x").kind == "no-thread"
    assert len(lines(file)) == 4


@pytest.mark.parametrize("text", ["", " \n", "\0", "\ud800", "长" * 4001])
def test_a_text_that_cannot_stand_is_refused(service: Service, file: Path, text: str) -> None:
    assert service.comments.say(EDITOR, WEEK, FIRST, text).kind == "bad-text"
    assert not file.exists()


def test_lines_joined_in_any_order_and_twice_say_the_same(service: Service, file: Path) -> None:
    for number in range(3):
        thread = say(service, f"第{number}条")
        service.comments.answer("王", thread.id, "好")
        service.comments.resolve("王", thread.id)
        service.comments.reopen(EDITOR, thread.id)
        if number:
            service.comments.resolve(EDITOR, thread.id)
    service.comments.withdraw(EDITOR, service.comments.threads[1].id)
    expected = service.comments.threads
    text = file.read_text(encoding="utf-8").splitlines(keepends=True)
    order = random.Random(3)
    for _ in range(50):
        mixed = [*text, *order.sample(text, 4)]
        order.shuffle(mixed)
        file.write_text("".join(mixed), encoding="utf-8")
        assert commentfile.load(file.parent) == expected


def test_git_joins_two_branches_by_itself(service: Service, opener: Opener, project: Path, file: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=l", "-c", "user.email=l@x", *arguments], cwd=project, check=True)

    (project / ".gitattributes").write_text("data/review/*.jsonl merge=union\n", encoding="utf-8")
    thread = say(service)
    git("init", "-q", "-b", "main")
    git("add", ".gitattributes", str(file))
    git("commit", "-qm", "1")
    git("checkout", "-qb", "other")
    service.comments.answer("王", thread.id, "因为")
    git("commit", "-qam", "2")
    git("checkout", "-q", "main")
    service.comments.answer("吴", thread.id, "不对")
    service.comments.resolve(EDITOR, thread.id)
    git("commit", "-qam", "3")
    git("merge", "-q", "--no-edit", "other")
    (joined,) = opener().comments.on(FIRST)
    assert ([said.by for said in joined.said], joined.open) == ([EDITOR, "王", "吴"], False)


def test_what_follows_sorts_behind_even_where_a_clock_was_ahead(service: Service, file: Path) -> None:
    thread = say(service)
    # 2100, by the clock of another machine.
    resolved = {"v": 1, "id": "03T8W1R400ABCDEFGHJKMNPQRS", "resolves": thread.id, "by": "王", "at": "x"}
    write_later(file, file.read_text(encoding="utf-8") + json.dumps(resolved) + "\n")
    service.refresh()
    assert service.comments.open == {}
    assert service.comments.reopen(EDITOR, thread.id).changed
    assert service.comments.open == {FIRST: 1}


GOOD = {"v": 1, "id": "01BX5ZZKBKACTAV9WEVGEMMVRZ", "entry": "e", "path": "p", "text": "t", "by": "b", "at": "a"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", f"is not JSON; {GRAVE}"),
        ("[]", f"is not a record of version 1; {GRAVE}"),
        ({**GOOD, "v": 2}, "is not a record of version 1"),
        ({**GOOD, "text": 1}, "lacks text, or has another type of value there"),
        ({**GOOD, "code": []}, "lacks code, or has another type of value there"),
        ({**GOOD, "id": "x"}, "has an id that is no ULID ('x')"),
        ({**GOOD, "id": GOOD["id"].lower()}, "has an id that is no ULID"),  # type: ignore[attr-defined]
        ({**GOOD, "id": "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"}, "has an id that is no ULID"),
        ({"v": 1, "id": GOOD["id"], "answers": "x", "by": "b", "at": "a"}, "lacks text"),
        ("<<<<<<< HEAD", "is left from a merge conflict; delete such lines and keep the records of both sides"),
    ],
)
def test_a_line_that_is_no_record_is_told_and_stops_comments_alone(
    service: Service, opener: Opener, file: Path, line: str | dict[str, object], said: str
) -> None:
    thread = say(service)
    code = service.report().exit_code
    good = file.read_text(encoding="utf-8")
    write_later(file, good + (line if isinstance(line, str) else json.dumps(line)) + "\n")
    with pytest.raises(ReviewFileError) as caught:
        commentfile.load(file.parent)
    assert f"comments.jsonl:2: {said}" in str(caught.value)
    service.refresh()
    (told,) = service.errors
    assert str(caught.value).endswith(str(told))
    assert service.comments.on(FIRST) == (thread,)
    outcome = service.comments.answer("王", thread.id, "好")
    assert (outcome.kind, said in outcome.detail) == ("failed", True)
    # The gate has never heard of it, and neither a decision nor a start of the app is kept from anybody.
    assert service.report().exit_code == code
    assert service.accept(EDITOR, shown(service, "用L")).kind == "accepted"
    assert len(opener().errors) == 1
    write_later(file, good)
    service.refresh()
    assert service.errors == ()
    assert service.comments.answer("王", thread.id, "好").changed


def test_the_verdict_of_the_gate_does_not_depend_on_comments(service: Service, project: Path, file: Path) -> None:
    def verdict() -> tuple[int, list[str]]:
        report = Gate(settings_of(project)).check([project / "data/digests"])
        return report.exit_code, [finding.fingerprint for finding in report.findings]

    before = verdict()
    say(service)
    assert verdict() == before
    file.write_text("nonsense\n", encoding="utf-8")
    assert verdict() == before


def test_the_record_tells_of_comments_and_takes_them_back(service: Service, database: str, opener: Opener) -> None:
    service = opener(database=database)
    thread = say(service)
    service.comments.answer("王", thread.id, "因为")
    service.comments.resolve("王", thread.id)

    def events() -> list[tuple[str, str, bool]]:
        return [(event.kind, event.by, event.undone_by is not None) for event in service.store.each(Wanted())]

    assert events() == [("comment", EDITOR, False), ("answer", "王", False), ("resolve", "王", False)]
    first, answer, resolved = service.store.each(Wanted())
    assert (first.path, first.entry, first.code, first.quote) == ("../digests/week.md", FIRST, "FMT001", "用L")
    assert (first.before, first.after) == ("", "为什么不译？")
    assert service.undo_event(EDITOR, resolved.id).kind == "reopened"
    assert service.undo_event(EDITOR, resolved.id).kind == "already"
    assert service.undo_event(EDITOR, answer.id).kind == "not-yours"
    assert service.undo_event("王", answer.id).kind == "withdrawn"
    assert events()[1:] == [
        ("answer", "王", True),
        ("resolve", "王", True),
        ("reopen", EDITOR, False),
        ("withdraw", "王", False),
    ]
    # What is no decision counts as none, and the key that takes back the last decision leaves words alone.
    assert (service.decided(), service.undo(EDITOR).kind) == (0, "nothing-to-undo")
    reopened = list(service.store.each(Wanted()))[3]
    assert service.undo_event("王", reopened.id).kind == "resolved"
    assert service.comments.open == {}


def test_a_store_that_is_lost_loses_no_comment(service: Service, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    thread = say(service)
    with service.store._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM events")
    assert service.comments.on(FIRST) == (thread,)
    assert service.comments.withdraw(EDITOR, thread.id).changed
    assert [event.kind for event in service.store.each(Wanted())] == ["withdraw"]

    def fail(*_: object) -> None:
        raise StoreError("database is locked")

    monkeypatch.setattr(service.store, "record", fail)
    outcome = service.comments.say(EDITOR, WEEK, FIRST, "还在吗？")
    assert (outcome.kind, outcome.changed, outcome.unrecorded) == ("commented", True, True)
    assert lines(file)[-1]["text"] == "还在吗？"


def test_a_draft_is_kept_for_each_editor_and_entry_until_it_is_sent(opener: Opener, database: str) -> None:
    comments = opener(database=database).comments
    comments.keep(EDITOR, FIRST, "", "为什")
    comments.keep(EDITOR, FIRST, "", "为什么")
    comments.keep("王", FIRST, "T", "因为")
    comments.keep(EDITOR, SECOND, "", "长" * 4001)
    again = opener(database=database).comments
    assert again.draft(EDITOR, FIRST) == ("", "为什么")
    assert again.draft("王", FIRST) == ("T", "因为")
    assert again.draft(EDITOR, SECOND) is None
    again.keep(EDITOR, FIRST, "", " ")
    assert comments.draft(EDITOR, FIRST) is None


def test_processes_that_are_killed_while_they_talk_lose_nothing_that_was_taken(
    shared: Path, process: Starter, file: Path
) -> None:
    database = f"sqlite:///{shared / 'store.sqlite'}"
    moments = random.Random(5)
    taken: list[str] = []
    for turn in range(2):
        pair = [started(process, "say", database, f"{name}{turn}") for name in "ab"]
        for running in pair:
            assert running.stdout is not None
            # Counted in words: a slow machine would be killed before the first.
            taken += [running.stdout.readline().strip() for _ in range(12)]
        time.sleep(moments.uniform(0, 0.03))
        for running in pair:
            assert running.stdout is not None
            assert running.stderr is not None
            running.send_signal(signal.SIGKILL)
            taken += running.stdout.read().splitlines()
            assert running.stderr.read() == ""
        # Whole lines only, whenever it was.
        assert lines(file)
    said = [said.text for thread in commentfile.load(file.parent) for said in thread.said]
    assert len(said) == len(set(said))
    assert set(taken) <= set(said)
    # What it was at when it was killed may have been written, but not yet said.
    assert len(set(said) - set(taken)) <= 4
    assert opened(database).comments.open
