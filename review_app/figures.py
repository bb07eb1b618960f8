"""Quality in numbers, worked out a little at a time and kept for as long as it holds.

Scoring an abstract takes tens of milliseconds, and counting the terms of a digest a tenth of a second: a year of them
would keep a page waiting. So whoever looks gives some time, and is told how far it is. What was worked out of a text
is not worked out again; where nothing changed, nothing is done at all.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from checks.gate import Gate
from checks.model import Digest
from checks.quality.decided import Decided
from checks.quality.likeness import counted, edited
from checks.scene import Context
from checks.summary.facts import Facts, Weighed, facts, weighed
from checks.verdict import FileReport, Report
from review_app import quality
from review_app.store import Store, StoreError, Wanted


class Known(NamedTuple):
    """How far it is, in steps."""

    done: int
    of: int
    facts: Facts | None = None
    """None until every digest is weighed; without what the editors' work took, until all is done."""

    @property
    def whole(self) -> bool:
        """Whether there is nothing left to do."""
        return self.done == self.of


class Figures:
    """The quality of the files that a service has in hand. Safe to share between threads."""

    def __init__(self, gate: Gate, store: Store, stored_path: Callable[[str], str]) -> None:
        self._gate = gate
        self._store = store
        self._stored_path = stored_path
        self._lock = threading.Lock()
        self._weighed: dict[str, tuple[str, Context, Weighed]] = {}
        self._decided: tuple[Sequence[object], Decided | None] | None = None
        self._facts: tuple[Sequence[object], Known] | None = None

    def look(self, report: Report, seconds: float) -> Known:
        """Go on for about so many seconds with what a report still needs."""
        with self._lock:
            end = time.monotonic() + seconds
            latest = self._latest()
            settings = (self._gate.settings, self._gate.glossary, self._gate.sources)
            state = [latest, *settings, *report.files, *report.errors]
            known = self._facts[1] if self._facts is not None and _same(state, self._facts[0]) else Known(0, 1)
            if known.whole:
                return known
            decided = self._decisions(latest, [file.digest for file in report.files])
            work = [*self._weighing(report), *_scoring(decided)]
            done = known.done + _go_on(work[known.done :], end)
            if done == len(work):
                known = known._replace(facts=facts(self._gate, report, decided, self._weigh))
            elif known.facts is None and done >= len(report.files):
                confirmed = decided.confirmed if decided is not None else ()
                known = known._replace(facts=facts(self._gate, report, Decided((), (), confirmed), self._weigh))
            known = known._replace(done=done, of=len(work))
            self._facts = state, known
            return known

    def _weighing(self, report: Report) -> Iterator[Callable[[], object]]:
        return (partial(self._weigh, self._gate, file) for file in report.files)

    def _weigh(self, gate: Gate, file: FileReport) -> Weighed:
        context = gate.bench(file.path).context
        known = self._weighed.get(file.path)
        if known is not None and known[0] == file.text and known[1] is context:
            return known[2]
        found = weighed(gate, file)
        self._weighed[file.path] = file.text, context, found
        return found

    def _decisions(self, latest: int | None, digests: Sequence[Digest]) -> Decided | None:
        """What the store says of the digests; None where it cannot be read."""
        state: list[object] = [latest, *digests]
        if self._decided is not None and _same(state, self._decided[0]):
            return self._decided[1]
        known = {self._stored_path(digest.path): digest for digest in digests}
        try:
            found = quality.decisions(self._store.each(Wanted(kinds=quality.WROTE, standing=True)), known)
        except StoreError:
            return None
        self._decided = state, found
        return found

    def _latest(self) -> int | None:
        """The number of the last event, which tells whether anything was decided, or taken back, since."""
        try:
            found = self._store.events(Wanted(), size=1).events
        except StoreError:
            return None
        return found[0].id if found else 0


def _scoring(decided: Decided | None) -> Iterator[Callable[[], object]]:
    if decided is not None:
        for version in decided.versions:
            yield partial(counted, version.machine, version.published)
        for step in decided.steps:
            yield partial(edited, step.before, step.after)


def _go_on(work: Sequence[Callable[[], object]], end: float) -> int:
    """Do what there is time for, and one step whatever the time; how many were done."""
    for number, step in enumerate(work, 1):
        step()
        if time.monotonic() > end:
            return number
    return len(work)


def _same(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether two states are made of the very same things; numbers are compared."""
    return len(one) == len(other) and all(
        a is b or (isinstance(a, int) and a == b) for a, b in zip(one, other, strict=True)
    )
