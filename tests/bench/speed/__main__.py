"""How fast the gate is, against others and as the work grows.

    python -m tests.bench.speed [--entries 2000] [--runs 5] [--only gate …] [--output docs]
    python -m tests.bench.speed --growth entries=1000,10000,100000 --growth terms=100,50000 --growth processes=1,2,4

Makes its corpora once, runs all contestants in turn, prints the page, and writes ``speed.md`` and ``speed.svg`` into
``--output``. What is not installed is left out and said. The peers and the plot: ``pip install '.[bench]'``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.bench.speed.corpora import make
from tests.bench.speed.measure import Job, environment, in_turn
from tests.bench.speed.peers import PEERS
from tests.bench.speed.writing import Growth, Row, page, plot

GATE: Final = (sys.executable, "-m", "checks", "digests", "--format", "jsonl")
FRESH: Final = (*GATE, "--no-cache")
ALL: Final = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
OURS: Final = {
    "gate": ("all rules, one process", (*FRESH, "-j", "1")),
    "gate, format": ("typography and characters alone", (*FRESH, "-j", "1", "--select", "FMT,CHR")),
    "gate, terms": ("terms alone", (*FRESH, "-j", "1", "--select", "TRM")),
    f"gate -j {ALL}": ("all rules, as many processes as cores", (*FRESH, "-j", str(ALL))),
    "gate, Dask": (
        "all rules, a Dask cluster of two workers, made for the run",
        (*FRESH, "--engine", "dask://local?workers=2"),
    ),
    "gate, unchanged": ("all rules, all digests in the cache", (*GATE, "-j", "1")),
}
TITLES: Final = {"entries": "Entries", "terms": "Terms of the project's glossary", "processes": "Processes"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Make, run, write."""
    given = _options(arguments)
    rows = _compare(given)
    growths = [_growth(given, *each) for each in given.growth]
    lines = list(page(rows, growths, given.entries, given.runs))
    print("\n".join(lines))
    if given.output is not None:
        given.output.mkdir(parents=True, exist_ok=True)
        (given.output / "speed.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
        if growths and find_spec("matplotlib") is not None:
            plot(growths, given.output / "speed.svg")


def _compare(given: argparse.Namespace) -> list[Row]:
    one, many = (make(given.folder, entries) for entries in (1, given.entries))
    commands: dict[str, tuple[str, Sequence[str]]] = dict(OURS)
    for peer in PEERS:
        if peer.there:
            commands[peer.name] = (peer.about, peer.command)
        else:
            _say(f"{peer.name} is not installed, so it is left out")
    if given.only:
        commands = {name: rest for name, rest in commands.items() if name in given.only}
    for place in (one, many):
        # The row of the unchanged digests is about what was checked before.
        subprocess.run(GATE, cwd=place, env=environment(), stdout=subprocess.DEVNULL, check=False)
    starts = in_turn({name: Job(command, one) for name, (_, command) in commands.items()}, given.runs, _say)
    runs = in_turn({name: Job(command, many) for name, (_, command) in commands.items()}, given.runs, _say)
    return [Row(name, about, runs[name], starts[name]) for name, (about, _) in commands.items()]


def _growth(given: argparse.Namespace, what: str, sizes: Sequence[int]) -> Growth:
    jobs: dict[str, Job] = {}
    for size in sizes:
        entries, terms = (size if what == "entries" else given.entries), (size if what == "terms" else 0)
        jobs[str(size)] = Job(
            (*FRESH, "-j", str(size) if what == "processes" else "1"), make(given.folder, entries, terms)
        )
    runs = in_turn(jobs, given.runs, _say)
    return Growth(TITLES[what], what, "gate", {size: runs[str(size)] for size in sizes})


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.speed", description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=2000, help="entries of the comparison (default: 2000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median counts (default: 5)")
    parser.add_argument("--only", action="append", metavar="NAME", help="only this contestant")
    parser.add_argument(
        "--growth", action="append", type=_sizes, default=[], metavar="WHAT=N,N,…", help=", ".join(TITLES)
    )
    parser.add_argument("--output", type=Path, metavar="DIR", help="where speed.md and speed.svg go (default: nowhere)")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "yijiao-bench",
        help="where the corpora are kept between runs",
    )
    parser.add_argument("--anew", action="store_true", help="make the corpora again")
    given = parser.parse_args(arguments)
    if given.anew:
        shutil.rmtree(given.folder, ignore_errors=True)
    return given


def _sizes(text: str) -> tuple[str, list[int]]:
    what, _, sizes = text.partition("=")
    if what not in TITLES:
        raise argparse.ArgumentTypeError(f"one of {', '.join(TITLES)}, then = and numbers")
    return what, [int(size) for size in sizes.split(",")]


def _say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    main()
