"""One run of a command, measured, and several commands in turn."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import BinaryIO, NamedTuple

from tests.bench.speed.corpora import REPOSITORY


class Run(NamedTuple):
    """Seconds on the clock, seconds of processor (all processes), and MB at the peak of the largest process."""

    wall: float
    cpu: float
    memory: float


class Job(NamedTuple):
    """A command in a corpus's folder."""

    command: Sequence[str]
    folder: Path


def environment() -> dict[str, str]:
    """What contestants run in."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "LC_ALL": "C.UTF-8"}


def once(
    job: Job, output: BinaryIO | int = subprocess.DEVNULL, begun: Callable[[int], object] = lambda pid: None
) -> Run:
    """Run a job. Raises :class:`RuntimeError` where it ends otherwise than with 0 or 1, the two verdicts.

    What it prints goes to ``output``; ``begun`` gets the number of its process.
    """
    began = perf_counter()
    with subprocess.Popen(list(job.command), cwd=job.folder, env=environment(), stdout=output) as process:
        begun(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        wall = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(job.command)} ended with {process.returncode}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def in_turn(jobs: Mapping[str, Job], runs: int, said: Callable[[str], object] = lambda line: None) -> dict[str, Run]:
    """The medians of each job's runs. All jobs run once before any runs again, so that noise falls on all alike."""
    found: dict[str, list[Run]] = {name: [] for name in jobs}
    for number in range(runs):
        for name, job in jobs.items():
            found[name].append(once(job))
            said(f"{number + 1}/{runs} {name}: {found[name][-1].wall:.2f} s")
    return {name: Run(*(median(values) for values in zip(*all_, strict=True))) for name, all_ in found.items()}
