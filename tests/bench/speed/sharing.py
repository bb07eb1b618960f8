"""What sharing the work brings: one process, several, and a Dask cluster of as many workers, on the same digests.

    python -m tests.bench.speed.sharing [--entries 2000] [--workers 2] [--runs 3]

Every contestant must print the same findings, byte for byte; so must the runs at the end, in each of which the worker
that has done most is killed when about half of the time has gone by. ``--entries 100000 --runs 1`` takes an hour and
more.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.bench.speed.__main__ import FRESH
from tests.bench.speed.corpora import make
from tests.bench.speed.measure import Job, Run, once

_ONE: Final = "one process"


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the corpus, run, compare and print."""
    given = _options(arguments)
    place = make(given.folder, given.entries)
    jobs = {
        _ONE: Job((*FRESH, "-j", "1"), place),
        f"{given.workers} processes": Job((*FRESH, "-j", str(given.workers)), place),
        f"Dask, {given.workers} workers": Job((*FRESH, "--engine", f"dask://local?workers={given.workers}"), place),
    }
    found: dict[str, list[Run]] = {name: [] for name in jobs}
    printed = set[str]()
    for number in range(given.runs):
        for name, job in jobs.items():
            run, said = _told(job)
            found[name].append(run)
            printed.add(said)
            _say(f"{number + 1}/{given.runs} {name}: {run.wall:.1f} s")
    rows = {name: Run(*map(median, zip(*runs, strict=True))) for name, runs in found.items()}
    for name in list(jobs)[1:]:
        deed = Deed(rows[name].wall / 2)
        run, said = _told(jobs[name], deed)
        if deed.victim is None:
            raise RuntimeError(f"{name} was done before any worker could be killed; take more --entries")
        rows[f"{name}, one killed"] = run
        printed.add(said)
        _say(f"{name}, process {deed.victim} killed: {run.wall:.1f} s")
    if len(printed) > 1:
        raise RuntimeError(f"{len(printed)} different outputs of one corpus")
    print("\n".join(_page(rows, given)))


class Deed:
    """Kills the busiest process below another one after some seconds."""

    def __init__(self, seconds: float) -> None:
        self.victim: int | None = None
        self._seconds = seconds

    def __call__(self, pid: int) -> None:
        """Be ready to; ``pid`` is that of the process whose workers are meant."""
        timer = threading.Timer(self._seconds, self._kill, (pid,))
        timer.daemon = True
        timer.start()

    def _kill(self, pid: int) -> None:
        try:
            workers = psutil.Process(pid).children(recursive=True)
            busiest = max(workers, key=lambda worker: sum(worker.cpu_times()[:2]), default=None)
            if busiest is not None:
                busiest.kill()
                self.victim = busiest.pid
        except psutil.NoSuchProcess:
            # Done already: there is no victim, which is said.
            return


def _told(job: Job, begun: Callable[[int], object] = lambda pid: None) -> tuple[Run, str]:
    """A run, and a hash of what it printed."""
    with tempfile.TemporaryFile() as output:
        run = once(job, output, begun)
        output.seek(0)
        return run, hashlib.file_digest(output, "blake2b").hexdigest()


def _page(rows: Mapping[str, Run], given: argparse.Namespace) -> Iterator[str]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    yield f"{given.entries:,} entries in digests of 25; medians of {given.runs} in turn, one run of those with a kill;"
    yield f"{cores} cores, load {os.getloadavg()[0]:.1f} at the end. All outputs are equal."
    yield ""
    yield "| | s | times as fast | processor s | MB of the largest process |"
    yield "|---|--:|--:|--:|--:|"
    for name, run in rows.items():
        yield f"| {name} | {run.wall:.1f} | {rows[_ONE].wall / run.wall:.2f}× | {run.cpu:.1f} | {run.memory:,.0f} |"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=2000, help="entries of the corpus (default: 2000)")
    parser.add_argument("--workers", type=int, default=2, help="processes, and workers of Dask (default: 2)")
    parser.add_argument("--runs", type=int, default=3, help="runs of which the median counts (default: 3)")
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "yijiao-bench", help="where the corpora are kept"
    )
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    main()
