"""A Dask cluster: the same report as one process, whatever happens to its workers."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import dask
import pytest
from distributed import Client, LocalCluster, WorkerPlugin
from gatekit import CLEAN, WARNED, WRONG, entry, run, write
from support import core_glossary
from test_cache import TEXTS, everything
from test_gate import sample

from checks import cluster
from checks.gate import Gate
from checks.settings import Settings

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
    monkeypatch.setattr(cluster, "VERSION", "9.9")
    result = run("digests", "--engine", scheduler, "--no-cache")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "install the same version on all machines" in result.err


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
