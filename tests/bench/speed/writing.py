"""The page of results: Markdown tables and a plot."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tests.bench.speed.measure import Run


class Row(NamedTuple):
    """A contestant's medians: over the corpus, and over one entry, which is its start-up."""

    name: str
    about: str
    run: Run
    start: Run

    def rate(self, entries: int) -> float | None:
        """Entries a second of processor time, start-up left out; None where start-up is nearly all there is."""
        spent = self.run.cpu - self.start.cpu
        return (entries - 1) / spent if spent > max(0.02, self.start.cpu / 2) else None


class Growth(NamedTuple):
    """How one contestant's time grows: points of size and medians."""

    title: str
    unit: str
    name: str
    points: Mapping[int, Run]


def page(rows: Sequence[Row], growths: Sequence[Growth], entries: int, runs: int) -> Iterator[str]:
    """The page, line by line."""
    yield "# Speed"
    yield ""
    yield from _conditions(entries, runs)
    yield ""
    yield "| | does | s | processor s | start-up s | entries/s | against the gate | MB |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    own = rows[0].rate(entries)
    for row in rows:
        rate = row.rate(entries)
        shown = f"{rate:,.0f}" if rate else "–"
        ratio = f"{rate / own:,.2f}×" if rate and own else "–"
        cells = f"{row.run.wall:.2f} | {row.run.cpu:.2f} | {row.start.wall:.2f} | {shown} | {ratio}"
        yield f"| {row.name} | {row.about} | {cells} | {row.run.memory:,.0f} |"
    for growth in growths:
        yield ""
        yield f"## {growth.title}"
        yield ""
        yield f"| {growth.unit} | s | processor s | MB |"
        yield "|--:|--:|--:|--:|"
        for size, run in growth.points.items():
            yield f"| {size:,} | {run.wall:.2f} | {run.cpu:.2f} | {run.memory:,.0f} |"
    if growths:
        yield ""
        yield "![How the time grows](speed.svg)"


def _conditions(entries: int, runs: int) -> Iterator[str]:
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield f"{entries:,} entries in digests of 25, made of real ones with their sentences in another order, their"
    yield f"English known; medians of {runs} run{'s' if runs > 1 else ''}, all contestants in turn; {machine};"
    yield f"{datetime.now(UTC):%Y-%m-%d}."
    yield f"`python -m tests.bench.speed` makes this page; the machine's load was {os.getloadavg()[0]:.1f} at its end."
    yield ""
    yield "No other row does the gate's work: each does the one thing that is said of it. Entries/s are those of a"
    yield "second of processor time with the start-up left out, which is a run over one entry; s is the clock's, with"
    yield "start-up. A dash: too few entries to tell it from its start-up. MB is the peak of the largest process;"
    yield "less than an empty Python cannot be told."


def plot(growths: Iterable[Growth], path: Path) -> None:
    """A picture a growth, side by side; needs matplotlib."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    drawn = list(growths)
    mpl.rcParams.update({"svg.hashsalt": "yijiao", "svg.fonttype": "none", "font.size": 9})
    figure, axes = pyplot.subplots(1, len(drawn), figsize=(4 * len(drawn), 3.2), squeeze=False, layout="constrained")
    for axis, growth in zip(axes[0], drawn, strict=True):
        sizes = list(growth.points)
        axis.plot(sizes, [run.wall for run in growth.points.values()], marker="o", label="seconds")
        if sizes[-1] / max(sizes[0], 1) >= 10:
            axis.set(xscale="log", yscale="log")
        axis.set(title=growth.title, xlabel=growth.unit, ylabel="s")
        axis.set_ylim(bottom=None if axis.get_yscale() == "log" else 0)
        axis.grid(alpha=0.3)
        memory = axis.twinx()
        memory.plot(sizes, [run.memory for run in growth.points.values()], marker="s", color="tab:orange", alpha=0.7)
        memory.set(ylabel="MB (squares)", ylim=(0, None))
    figure.savefig(path, metadata={"Date": None})
