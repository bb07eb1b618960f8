"""Several processes: the same report as one, whatever happens to them."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing import active_children, parent_process
from pathlib import Path
from typing import Any

import pytest
from gatekit import CLEAN, WARNED, WRONG, crash_rule, entry, run, start, write
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from support import core_glossary
from test_cache import TEXTS, everything
from test_gate import sample

from checks import running, shelf, workers
from checks.cache import Cache
from checks.engine import Checked, Engine
from checks.gate import Gate
from checks.settings import Settings
from checks.verdict import FileReport

KILLER = entry("本文研究杀手。", number="2504.00666")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


def gate(jobs: int, **more: Any) -> Gate:
    return Gate(Settings(digests=Path("digests")), glossary=core_glossary(), jobs=jobs, **more)


def digests(texts: Sequence[str]) -> list[Path]:
    """These texts as digests; files of earlier ones are gone."""
    for old in Path("digests").glob("*.md"):
        old.unlink()
    return [write(Path("digests"), f"{number:02d}.md", text) for number, text in enumerate(texts)]


@given(st.lists(st.sampled_from(TEXTS), min_size=2, max_size=9), st.integers(2, 3), st.sampled_from([0, 3, 20_000]))
@limits(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_number_of_processes_says_the_same(texts: list[str], jobs: int, live: int) -> None:
    paths = digests(texts)
    with pytest.MonkeyPatch.context() as patch:
        expected = everything(gate(1).check(paths))
        patch.setattr(shelf, "LIVE_FINDINGS", live)
        patch.setattr(running, "_LIVE_CHARACTERS", live)
        assert everything(gate(jobs).check(paths)) == expected
        assert everything(gate(1).check(paths)) == expected


def test_a_long_run_keeps_few_digests_even_where_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [entry(number=f"2504.0000{number}") for number in range(6)]
    paths = digests(texts)
    monkeypatch.setattr(shelf, "_AS_A_FINDING", 1)
    # Each has one finding besides: that its English is not known.
    monkeypatch.setattr(shelf, "LIVE_FINDINGS", 2 * (len(texts[0]) + 1))
    before = alive()
    report = gate(1).check(paths)
    assert [file.text for file in report.files] == texts
    assert alive() - before == 2


def alive() -> int:
    """How many reports on digests are kept anywhere."""
    gc.collect()
    return sum(isinstance(each, FileReport) for each in gc.get_objects())


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_real_digests_say_the_same(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if method == "fork" and sys.platform != "linux":
        pytest.skip("no fork here")
    paths = sample()[:5]
    monkeypatch.setattr(workers, "start_method", lambda: method)
    settings = Settings(sources=(paths[0].parents[2] / "sources.jsonl",))
    assert everything(Gate(settings, jobs=2).check(paths)) == everything(Gate(settings).check(paths))


def test_what_workers_found_is_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = digests(TEXTS)
    kept = Cache(Path("cache"))
    expected = everything(gate(2, cache=kept).check(paths))

    def never(*_: object) -> Checked:
        raise AssertionError("checked again")

    monkeypatch.setattr(Engine, "check", never)
    assert everything(gate(1, cache=kept).check(paths)) == expected


def test_a_question_that_was_not_foreseen_is_answered_here(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = digests(TEXTS)
    expected = everything(gate(1).check(paths))
    monkeypatch.setattr("checks.sharing._listed", lambda context: _Everything())
    assert everything(gate(2).check(paths)) == expected


class _Everything(frozenset[str]):
    """Nothing is left of what this is taken from."""

    def __rsub__(self, other: object) -> frozenset[str]:
        return frozenset()


def deadly(monkeypatch: pytest.MonkeyPatch, when: Callable[[], bool]) -> None:
    """From now on the digest of the killer ends the worker that checks it."""
    monkeypatch.setattr(workers, "start_method", lambda: "fork")
    real = Engine.check

    def check(self: Engine, digest: Any, context: Any) -> Checked:
        if "杀手" in digest.text and parent_process() is not None and when():
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, digest, context)

    monkeypatch.setattr(Engine, "check", check)


@pytest.mark.skipif(sys.platform != "linux", reason="the rule that kills reaches workers by fork")
@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("at", [0, 3, 8])
def test_a_digest_that_kills_its_worker_twice_is_named(monkeypatch: pytest.MonkeyPatch, jobs: int, at: int) -> None:
    texts = [WRONG, WARNED, CLEAN] * 3
    texts[at] = KILLER
    paths = digests(texts)
    expected = {file.path: file for file in gate(1).check(paths).files}
    deadly(monkeypatch, lambda: True)
    report = gate(jobs).check(paths)
    if jobs == 1:
        assert report.errors == ()
        return
    (error,) = report.errors
    assert error.path == str(paths[at])
    assert "killed a process twice" in error.message
    assert report.exit_code == 2
    assert [file.path for file in report.files] == [str(path) for path in paths if path != paths[at]]
    assert report.summary()["files"] == 8
    # Duplicates are told as before: the file was read, though not judged.
    assert all(file == expected[file.path] for file in report.files)
    assert active_children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="the rule that kills reaches workers by fork")
def test_a_worker_that_was_killed_once_changes_nothing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    paths = digests([*TEXTS, KILLER, *TEXTS])
    expected = everything(gate(1).check(paths))

    def first() -> bool:
        try:
            (folder / "killed").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    deadly(monkeypatch, first)
    assert everything(gate(2).check(paths)) == expected
    assert (folder / "killed").exists()


def test_a_defect_in_a_worker_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    digests([WRONG, CLEAN, WARNED])
    before = set(active_children())

    def broken(*_: object) -> Checked:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(workers, "start_method", lambda: "fork")
    monkeypatch.setattr(Engine, "check", broken)
    result = run("digests", "--jobs", "2", "--no-cache")
    assert result.code == 2
    assert "ZeroDivisionError: by zero" in result.err
    assert set(active_children()) <= before


@pytest.mark.skipif(sys.platform != "linux", reason="the rule that crashes reaches workers by fork")
def test_a_rule_that_crashes_is_told_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = digests([WRONG, CLEAN, "### " + CLEAN, WARNED])
    monkeypatch.setattr(workers, "start_method", lambda: "fork")
    with monkeypatch.context() as crashing:
        crash_rule(crashing, "DIG001")
        kept = Cache(Path("cache"))
        one, two = gate(1).check(paths), gate(2, cache=kept).check(paths)
    assert [str(error) for error in two.errors] == [str(error) for error in one.errors]
    assert len(two.errors) == 4
    assert list(two.findings) == list(one.findings)
    assert two.exit_code == 2
    assert everything(gate(1, cache=kept).check(paths)) == everything(gate(1).check(paths))


def test_no_room_for_a_long_run_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    digests([WRONG, CLEAN])

    class Full(shelf.BytesIO):
        def write(self, data: Any) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(shelf, "BytesIO", Full)
    result = run("digests")
    assert result.code == 2
    assert "Not everything could be judged" in result.out
    assert all("No space left on device" in line for line in result.err.splitlines())


def test_a_worker_that_cannot_be_started_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    digests([WRONG, CLEAN, WARNED])

    def refused(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", refused)
    result = run("digests", "--jobs", "2", "--no-cache")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "use -j 1" in result.err


SLEEPY = """
import os, sys, time
from checks.engine import Engine
from checks.__main__ import main
def check(*_):
    # In one piece: two of them write at once.
    os.write(2, b"working" + bytes([10]))
    time.sleep(100)
Engine.check = check
sys.exit(main(["digests", "-j", "2", "--no-cache"]))
"""


def asleep(folder: Path) -> subprocess.Popen[bytes]:
    """A run whose two workers have begun, in a process group of its own."""
    digests([WRONG, CLEAN, WARNED, WRONG])
    process = start([], folder, program=("-c", SLEEPY), start_new_session=True)
    assert process.stderr is not None
    assert [process.stderr.readline() for _ in range(2)] == [b"working\n"] * 2
    return process


def nobody_is_left(group: int) -> bool:
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="the rule that sleeps reaches workers by fork")
@pytest.mark.parametrize("terminal", [True, False])
def test_an_interrupt_ends_all(folder: Path, terminal: bool) -> None:
    process = asleep(folder)
    # A terminal tells the whole group, kill -INT one process.
    (os.killpg if terminal else os.kill)(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, b"Traceback" in err) == (130, b"", False), err.decode()
    assert nobody_is_left(process.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="the rule that sleeps reaches workers by fork")
def test_workers_end_with_the_process_that_started_them(folder: Path) -> None:
    process = asleep(folder)
    process.kill()
    process.communicate(timeout=30)
    assert nobody_is_left(process.pid)


@pytest.mark.parametrize("given", ["-1", "many", "1.5", "257", ""])
def test_a_number_that_is_none_is_refused(given: str) -> None:
    write(Path(), "a.md", CLEAN)
    result = run("a.md", f"--jobs={given}")
    assert result.code == 2
    assert "from 0 to 256" in result.err


def test_a_single_digest_starts_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = digests([WRONG])
    monkeypatch.setattr("checks.workers.do_all", None)
    assert gate(4).check([path]).exit_code == 1
