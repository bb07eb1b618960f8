"""`python -m checks.sources fetch` as a process: killed, interrupted, and beside another."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from arxivkit import Api, Handler, Paper, known, serving, stall
from gatekit import entry, spawn, start, write

from checks.sources import load

KEPT = "data/sources/arxiv.jsonl"
DOOR = ("-m", "checks.sources")
NUMBERS = [f"2504.{number:05}" for number in range(1, 151)]


@pytest.fixture
def api() -> Iterator[Api]:
    with serving() as served:
        served.papers.update({number: Paper(f"Paper {number}", "An abstract.") for number in NUMBERS})
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with more papers than go into one request."""
    write(tmp_path, "yijiao.toml", "")
    write(tmp_path, "data/digests/week.md", "\n".join(entry(number=number, heading=number) for number in NUMBERS))
    return tmp_path


def fetching(folder: Path, api: Api) -> subprocess.Popen[bytes]:
    arguments = ["fetch", "--api", api.address, "--delay", "0"]
    return start(arguments, folder, environment={"no_proxy": "*", "TMPDIR": str(folder)}, program=DOOR)


def finish(process: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out.decode(), err.decode()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
def test_a_run_that_was_cut_off_goes_on_where_it_stopped(
    folder: Path, api: Api, number: signal.Signals, code: int
) -> None:
    reached, end = threading.Event(), threading.Event()

    def hold(handler: Handler) -> None:
        reached.set()
        stall(end)(handler)

    api.script.extend([known, hold])
    process = fetching(folder, api)
    try:
        assert reached.wait(60)
        process.send_signal(number)
        stopped, out, err = finish(process)
    finally:
        end.set()
        process.kill()
    assert stopped == code
    assert "Traceback" not in err
    assert load([folder / KEPT]).keys() == set(NUMBERS[:100])
    if number == signal.SIGINT:
        assert out == f"100 of 150 papers fetched; kept in {KEPT}\n"
    assert finish(fetching(folder, api)) == (0, f"50 of 50 papers fetched; kept in {KEPT}\n", "")
    assert api.numbers[2:] == [NUMBERS[100:]]
    assert load([folder / KEPT]).keys() == set(NUMBERS)


def test_two_runs_at_once_lose_nothing(folder: Path, api: Api) -> None:
    # Each has another half of the papers, and both write the same file.
    write(folder, "data/digests/week.md", "\n".join(entry(number=number, heading=number) for number in NUMBERS[:75]))
    write(folder, "data/digests/next.md", "\n".join(entry(number=number, heading=number) for number in NUMBERS[75:]))
    (folder / KEPT).parent.mkdir()
    # With temporary folders of their own they do not take turns.
    for name in ("week", "next"):
        (folder / name).mkdir()
    both = threading.Barrier(2, timeout=30)
    options = ["--api", api.address, "--delay", "0"]
    processes = [
        start(["fetch", *options, f"data/digests/{name}.md"], folder, program=DOOR,
              environment={"no_proxy": "*", "TMPDIR": str(folder / name)})
        for name in ("week", "next")
    ]  # fmt: skip
    api.script.extend([lambda handler: (both.wait(), known(handler))] * 2)
    assert [finish(process)[0] for process in processes] == [0, 0]
    assert load([folder / KEPT]).keys() == set(NUMBERS)


def test_the_gate_does_without_the_library(folder: Path) -> None:
    blocked = write(folder, "without/requests.py", "raise ModuleNotFoundError('no requests', name='requests')\n").parent
    environment = {"PYTHONPATH": os.pathsep.join([str(blocked), str(Path(__file__).parents[1])])}
    gate = spawn("--exit-zero", "--statistics", folder=folder, environment=environment)
    assert (gate.code, gate.err) == (0, "")
    assert spawn("status", folder=folder, environment=environment, program=DOOR).code == 1
    result = spawn("fetch", folder=folder, environment=environment, program=DOOR)
    assert result.code == 2
    assert result.err == "python -m checks.sources: requests is not installed; pip install 'yijiao[fetch]' adds it\n"


def test_start_up_does_not_import_the_library(folder: Path) -> None:
    program = "import sys; from checks.sources.__main__ import main; main(['status']); print(*sys.modules)"
    result = spawn(folder=folder, program=("-c", program))
    loaded = set(result.out.splitlines()[-1].split())
    assert "checks.sources.commands.fetch" in loaded
    assert loaded & {"requests", "urllib3", "lxml", "tqdm", "checks.sources.client"} == set()
