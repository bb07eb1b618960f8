"""A process that is killed, a disk that is full, a folder that cannot be written."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from reviewkit import WEEK, Opener
from worker import Starter, count, digest

from checks.files import below
from review_app.store import Store, Wanted

SAVES = 200


def started(process: Starter, *arguments: str, by: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """A process that is ready, and has been told to go."""
    running = process(*arguments, by=by)
    assert running.stdin is not None
    assert running.stdout is not None
    line = running.stdout.readline()
    assert line == "open\n", running.communicate()[1]
    running.stdin.write("go\n")
    running.stdin.flush()
    return running


def test_a_process_that_is_killed_loses_nothing_that_it_has_acknowledged(
    shared: Path, week: Path, process: Starter
) -> None:
    database = f"sqlite:///{shared / 'store.sqlite'}"
    moments = random.Random(7)
    acknowledged: list[int] = []
    version = kills = 0
    while version < SAVES:
        running = started(process, "save", database, str(SAVES))
        assert running.stdout is not None
        assert running.stderr is not None
        # Counted in saves: a slow machine would be killed before the first.
        heard = "".join(running.stdout.readline() for _ in range(moments.randrange(40)))
        time.sleep(moments.uniform(0, 0.03))
        running.send_signal(signal.SIGKILL)
        heard += running.stdout.read()
        assert running.stderr.read() == ""
        kills += running.wait() == -signal.SIGKILL
        said = [int(line) for line in heard.split()]
        acknowledged += said
        text, before = week.read_text(encoding="utf-8"), version
        version = count(text, 0)
        # What it was at when it was killed may have been written, but not yet said.
        assert version - (said[-1] if said else before) in (0, 1)
        assert text == digest().replace("第0条，第0版", f"第0条，第{version}版")
        with closing(sqlite3.connect(shared / "store.sqlite")) as store:
            assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert kills >= 3
    noted = Counter(count(event.after, 0) for event in Store(database).each(Wanted()))
    assert noted.keys() >= set(acknowledged)
    assert set(noted.values()) == {1}
    # What was being written when it was killed is left aside, under a name that no reader takes for a digest.
    assert list(below(week.parent)) == [week]


def test_a_batch_that_is_killed_leaves_whole_files_and_all_that_was_written_can_be_undone(
    project: Path, week: Path, process: Starter, opener: Opener
) -> None:
    week.unlink()
    before = {week.with_name(f"{n:02}.md"): WEEK.replace("2504.0000", f"2504.{n:04}") for n in range(40)}
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")
    whole = opener()
    found = [whole.finding(row.id) for row in whole.queue()]
    assert whole.accept_all("lin", [each for each in found if each is not None]).outcome.count == 240
    after = {path: path.read_text(encoding="utf-8") for path in before}
    assert whole.undo("lin").kind == "undone-all"
    moments = random.Random(11)
    partly = 0
    for _ in range(12):
        running = started(process, "bulk", f"sqlite:///{project / 'store.sqlite'}")
        while all(path.read_text(encoding="utf-8") == text for path, text in before.items()):
            assert running.poll() is None
        time.sleep(moments.uniform(0, 0.05))
        running.send_signal(signal.SIGKILL)
        assert running.communicate()[1] == ""
        texts = {path: path.read_text(encoding="utf-8") for path in before}
        written = {path for path, text in texts.items() if text == after[path]}
        assert {path for path, text in texts.items() if text == before[path]} == before.keys() - written
        again = opener()
        assert len({event.path for event in again.store.each(Wanted(standing=True))}) == len(written)
        assert again.undo("lin").count == 6 * len(written)
        assert {path: path.read_text(encoding="utf-8") for path in before} == before
        assert sorted(below(week.parent)) == sorted(before)
        partly += len(written) < len(before)
        if partly == 2:
            break
    assert partly == 2


def failing(process: Starter, database: str, limit: int, by: tuple[str, ...] = ()) -> list[tuple[str, str, bool]]:
    running = started(process, "fail", database, str(limit), by=by)
    out, err = running.communicate(timeout=120)
    assert (running.returncode, err) == (0, "")
    return [tuple(json.loads(line)) for line in out.splitlines()]


def names(week: Path) -> list[str]:
    return [path.name for path in week.parent.iterdir()]


def test_a_full_disk_beside_a_store_elsewhere(shared: Path, week: Path, process: Starter) -> None:
    more = (f"## Long {n}\n[长{n}](https://arxiv.org/abs/2505.{n:05})\n\n{'好' * 900}。\n" for n in range(150))
    long = "\n".join([digest(), *more])
    week.write_text(long, encoding="utf-8")
    size = week.stat().st_size
    assert size > 400_000
    edited, accepted, draft = failing(process, f"sqlite:///{shared / 'store.sqlite'}", size - 1000)
    assert edited == ("unreadable", edited[1], False)
    assert "cannot be written (File too large); nothing was changed" in edited[1]
    assert accepted[0] == "unreadable"
    assert week.read_text(encoding="utf-8") == long
    assert names(week) == ["week.md"]
    # The text that could not be saved is kept.
    assert "第1版" in draft[1]


def test_a_full_disk_under_everything(shared: Path, week: Path, process: Starter) -> None:
    edited, accepted, draft = failing(process, f"sqlite:///{shared / 'store.sqlite'}", 100)
    assert (edited[0], accepted[0]) == ("unreadable", "unreadable")
    assert week.read_text(encoding="utf-8") == digest()
    assert names(week) == ["week.md"]
    # The draft of before is still there, and the store works again when there is room.
    assert "草稿" in draft[1]


def test_a_store_that_is_full_stops_no_decision_and_is_said(shared: Path, week: Path, process: Starter) -> None:
    edited, accepted, _ = failing(process, f"sqlite:///{shared / 'store.sqlite'}", week.stat().st_size + 500)
    assert edited == ("edited", "", True)
    assert accepted == ("accepted", "", True)
    expected = digest().replace("第0条，第0版", "第0条，第1版").replace("（GPT-4）", " (GPT-4) ")
    assert week.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize(
    ("folder", "said"),
    [("data/digests", "cannot be written (Permission denied)"), ("data/review/.state", "no lock can be made here")],
)
def test_a_folder_that_cannot_be_written(shared: Path, week: Path, process: Starter, folder: str, said: str) -> None:
    (shared / "data/review/.state").mkdir(parents=True)
    (shared / "data/review/.state/.gitignore").write_text("*\n", encoding="utf-8")
    # Root may write anywhere, but for what it has given up.
    by = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
    closed = shared / folder
    closed.chmod(0o555)
    try:
        edited, accepted, draft = failing(process, f"sqlite:///{shared / 'store.sqlite'}", 0, by)
    finally:
        closed.chmod(0o755)
    assert edited[0] == accepted[0] == "unreadable"
    assert said in edited[1]
    assert week.read_text(encoding="utf-8") == digest()
    assert names(week) == ["week.md"]
    assert "第1版" in draft[1]
