"""A Dask cluster: the same report as one process, whatever happens to its workers."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import dask
import pytest
from distributed import Client, LocalCluster, WorkerPlugin
from gatekit import CLEAN, WARNED, WRONG, entry, run, write
from support import core_glossary
from test_cache import TEXTS, everything
from test_gate import sample

from checks import cluster, tasks
from checks.compare import __main__ as compare
from checks.compare.counting import Counting
from checks.crew import Skill
from checks.gate import Gate
from checks.settings import Settings
from checks.tasks import Checking

KILLER = entry("本文研究杀手。", number="2504.00666")


class Deadly(WorkerPlugin):
    """From now on, whichever worker checks the killer dies of it, those that take the place of others too.

    It stays: no other test has that text.
    """

    name = "deadly"

    def setup(self, worker: Any) -> None:
        """Make a worker mortal."""
        from checks.engine import Engine

        real = Engine.check

        def check(self: Engine, digest: Any, context: Any) -> Any:
            if "杀手" in digest.text:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(self, digest, context)

        Engine.check = check  # type: ignore[method-assign, assignment]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Two workers; the second death that a block sees is its end."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as running,
    ):
        yield running.scheduler_address.replace("tcp:", "dask:")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three digests in a message."""
    monkeypatch.setattr(cluster, "_BLOCK", len(WRONG) * 3)


def gate(where: str | None) -> Gate:
    address = cluster.address(where) if where is not None else None
    return Gate(Settings(digests=Path("digests")), glossary=core_glossary(), cluster=address)


def digests(texts: Iterable[str]) -> list[Path]:
    return [write(Path("digests"), f"{number:02d}.md", text) for number, text in enumerate(texts)]


def test_a_cluster_says_the_same(scheduler: str, small: None) -> None:
    paths = digests(TEXTS)
    assert everything(gate(scheduler).check(paths)) == everything(gate(None).check(paths))


def test_real_digests_with_sources_say_the_same(scheduler: str) -> None:
    paths = sample()[:4]
    settings = Settings(sources=(paths[0].parents[2] / "sources.jsonl",))
    found = Gate(settings, cluster=cluster.address(scheduler)).check(paths)
    assert everything(found) == everything(Gate(settings).check(paths))


def test_what_was_sent_is_not_kept(scheduler: str, small: None) -> None:
    paths = digests([*TEXTS, WRONG, CLEAN, WARNED] * 3)
    with cluster.held(cluster.address(scheduler)) as client:
        gate(scheduler).check(paths)
        stream = client.scheduler_comm
        assert stream.batch_count > 3
        assert len(stream.recent_message_log) < 2


def test_runs_that_share_a_worker_do_not_make_each_other_get_ready_again() -> None:
    class Counted(Skill[int, str]):
        def __init__(self, name: str) -> None:
            self.name = name

        def ready(self) -> Callable[[int], str]:
            made.append(self.name)
            return lambda task: f"{self.name}{task}"

        def program(self) -> str:
            return "the same"

        def size(self, task: int) -> int:
            return task

    made: list[str] = []
    skills = {name: Counted(name) for name in "abcdef"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster, "_ready", {})
        patch.setattr(cluster.pickle, "loads", lambda data: skills.get(data.decode(), [1]))
        told = [cluster._do(name.encode(), name, "the same", b"block") for name in "ababcacdefa"]
        assert len(cluster._ready) == 4
    assert told[:3] == [["a1"], ["b1"], ["a1"]]
    assert made == [*"abcdef", "a"]


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(scheduler: str, small: None) -> None:
    paths = digests([*TEXTS, WRONG, CLEAN, WARNED] * 3)
    expected = everything(gate(None).check(paths))
    killed: list[int] = []

    def kill(done: Iterable[str], _: int) -> Iterator[str]:
        for path in done:
            if not killed:
                with Client(scheduler.replace("dask:", "tcp:"), set_as_default=False) as client:
                    killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)
            yield path

    assert everything(gate(scheduler).check(paths, progress=kill)) == expected
    assert killed


def test_a_digest_that_kills_every_worker_is_named_and_those_beside_it_are_judged(scheduler: str, small: None) -> None:
    texts = [WRONG, WARNED, CLEAN] * 2
    texts[1] = KILLER
    paths = digests(texts)
    expected = {file.path: file for file in gate(None).check(paths).files}
    with Client(scheduler.replace("dask:", "tcp:"), set_as_default=False) as client:
        client.register_plugin(Deadly())
    report = gate(scheduler).check(paths)
    (error,) = report.errors
    assert error.path == str(paths[1])
    assert report.exit_code == 2
    assert [file.path for file in report.files] == [str(path) for path in paths if path != paths[1]]
    assert all(file == expected[file.path] for file in report.files)


def test_another_program_on_a_worker_is_refused(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    digests(TEXTS)
    monkeypatch.setattr(tasks, "VERSION", "9.9")
    result = run("digests", "--engine", scheduler, "--no-cache")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "install the same version on all machines" in result.err


@pytest.fixture
def sides(folder: Path) -> list[str]:
    """Two translations of the same papers, and how they should be: what ``checks.compare`` is told of them."""
    papers = range(1, 13)
    for name, words in (("old", "我们比较方法"), ("new", "我们对比了几种方法"), ("right", "我们比较了几种方法")):
        for number in papers:
            text = entry(f"本文训练大型语言模型。{words * (number % 3 + 1)}。", number=f"2504.{number:05d}")
            write(folder / name, f"{number:02d}.md", text)
    return ["old", "new", "--reference", "right"]


def compared(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert compare.main(arguments) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("form", ["md", "json"])
@pytest.mark.parametrize("reference", [True, False])
def test_a_comparison_is_the_same_whoever_counts(
    scheduler: str, small: None, sides: list[str], capsys: pytest.CaptureFixture[str], form: str, reference: bool
) -> None:
    asked = [*(sides if reference else sides[:2]), "--format", form]
    expected = compared(capsys, *asked, "-j", "1")
    assert compared(capsys, *asked, "-j", "2") == expected
    assert compared(capsys, *asked, "--engine", scheduler) == expected


def test_a_comparison_survives_a_worker(
    scheduler: str,
    small: None,
    sides: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = compared(capsys, *sides, "-j", "1")
    real, killed = cluster.do_all, list[type]()

    def deadly(tasks: Any, skill: Any, where: Any) -> Iterator[Any]:
        for each in real(tasks, skill, where):
            if type(skill) not in killed:
                killed.append(type(skill))
                with Client(scheduler.replace("dask:", "tcp:"), set_as_default=False) as client:
                    os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
            yield each

    monkeypatch.setattr(cluster, "do_all", deadly)
    assert compared(capsys, *sides, "--engine", scheduler) == expected
    assert set(killed) == {Checking, Counting}


def test_a_comparison_wants_the_same_scores_everywhere(
    scheduler: str, sides: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sacrebleu.__version__", "0.1")
    assert compare.main([*sides, "--engine", scheduler]) == 2
    err = capsys.readouterr().err
    assert "with sacreBLEU 0.1; install the same version on all machines" in err
    assert err.count("\n") == 1


def test_a_comparison_opens_one_cluster(
    scheduler: str, sides: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    real = cluster._client
    monkeypatch.setattr(cluster, "_client", lambda where: (opened.append(where), real(where))[1])
    compared(capsys, *sides, "--engine", scheduler)
    assert len(opened) == 1


@pytest.mark.parametrize(
    "url",
    ["spark://h:1", "dask://", "dask://h", "dask://h:x", "dask://h:1?workers=2", "dask://local?workers=0",
     "dask://local?workers=many", "dask://local?size=2", "dask://local/x"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(url: str) -> None:
    write(Path(), "a.md", CLEAN)
    result = run("a.md", "--engine", url)
    assert result.code == 2
    assert "--engine" in result.err
    assert "Traceback" not in result.err


def test_nobody_at_an_address_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    digests([WRONG])
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    result = run("digests", "--engine", "dask://127.0.0.1:9", "--no-cache")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "no scheduler answers at tcp://127.0.0.1:9" in result.err


def test_an_installation_without_dask_names_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    digests([WRONG])
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    result = run("digests", "--engine", "dask://local", "--no-cache")
    assert result.code == 2
    assert "pip install 'yijiao[scale]'" in result.err


def test_what_is_cached_needs_no_cluster(folder: Path) -> None:
    write(Path("digests"), "a.md", WRONG)
    write(Path(), "yijiao.toml", 'digests = "digests"\n')
    fresh = run("digests")
    again = run("digests", "--engine", "dask://127.0.0.1:9")
    assert (again.code, again.out) == (fresh.code, fresh.out)
