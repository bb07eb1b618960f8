"""Digests checked in other processes.

A worker gets the text and those answers about other files that the rules are likely to ask for, see
:mod:`checks.watching`. A question it has no answer to makes it give the digest back. A worker that is killed is
replaced; the digests that were on their way go through another one by one, so that the one that kills is told from
those that were near it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Final, NamedTuple, NoReturn

from checks.digest import parse
from checks.engine import Checked, Engine
from checks.errors import InputError
from checks.glosses import key_of
from checks.model import Severity, SourceText
from checks.packing import Unpackable, pack
from checks.profile import Style
from checks.registry import rules
from checks.renderings import Rendering, Renderings
from checks.scene import Context, Corpus, Occurrence
from checks.watching import Asked, Told, Unanswered, Watch
from glossary import Glossary

_AHEAD: Final = 2
"""Digests in flight for each worker: one in hand, one waiting."""


class Means(NamedTuple):
    """What a worker checks with."""

    codes: frozenset[str]
    severities: Mapping[str, Severity]
    glossary: Glossary
    style: Style


class Task(NamedTuple):
    """A digest on its way to a worker; ``number`` is the caller's, ``means`` the number of the means."""

    number: int
    means: int
    path: str
    text: str
    places: Mapping[str, Sequence[Occurrence] | None]
    renderings: Mapping[str, Sequence[Rendering]]
    sources: Mapping[str, SourceText | None]


class Done(NamedTuple):
    """A digest that was checked: what was said, packed where it can be, and what was asked, where it may be kept."""

    asked: Asked | None
    checked: Checked | bytes


class Failed(NamedTuple):
    """A digest that could not be checked by a worker."""

    killed: bool
    """It killed two workers; otherwise it asked what only the whole corpus can answer."""


def check_all(tasks: Iterable[Task], means: Sequence[Means], jobs: int) -> Iterator[tuple[Task, Done | Failed]]:
    """Check digests in so many processes; what is ready first comes first."""
    waiting = iter(tasks)
    suspects: list[Task] = []
    more = True
    while more:
        with _pool(means, jobs) as pool:
            flying: dict[Future[Done | Failed], Task] = {}
            while not suspects:
                more = _fill(pool, flying, waiting, jobs * _AHEAD, suspects)
                if not flying:
                    break
                for future in wait(flying, return_when=FIRST_COMPLETED).done:
                    task = flying.pop(future)
                    try:
                        yield task, future.result()
                    except BrokenProcessPool:
                        suspects.append(task)
            suspects.extend(flying.values())
        yield from _one_by_one(suspects, means)
        suspects.clear()


def _fill(
    pool: ProcessPoolExecutor,
    flying: dict[Future[Done | Failed], Task],
    waiting: Iterator[Task],
    most: int,
    suspects: list[Task],
) -> bool:
    """Send tasks until so many are on their way; whether there may be more."""
    while len(flying) < most:
        task = next(waiting, None)
        if task is None:
            return False
        try:
            flying[_submit(pool, task)] = task
        except BrokenProcessPool:
            suspects.append(task)
            break
    return True


def _one_by_one(tasks: Iterable[Task], means: Sequence[Means]) -> Iterator[tuple[Task, Done | Failed]]:
    left = list(tasks)
    while left:
        with _pool(means, 1) as pool:
            while left:
                task = left.pop(0)
                try:
                    yield task, _submit(pool, task).result()
                except BrokenProcessPool:
                    yield task, Failed(killed=True)
                    break


@contextmanager
def _pool(means: Sequence[Means], jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Workers that do not outlive the block, however it is left."""
    before = set(multiprocessing.active_children())
    context = multiprocessing.get_context(start_method())
    pool = ProcessPoolExecutor(jobs, context, _start, (tuple(means),))
    try:
        yield pool
        pool.shutdown()
    finally:
        for worker in set(multiprocessing.active_children()) - before:
            worker.kill()
            worker.join()
        pool.shutdown(wait=False, cancel_futures=True)


def start_method() -> str:
    """How workers are started.

    A fork has all that is loaded, at once and without memory of its own, while others load for three seconds. But it
    copies locks that another thread may hold, and the system libraries of macOS do not bear it.
    """
    alone = threading.active_count() == 1 and sys.platform == "linux"
    return "fork" if alone else "spawn"


def _submit(pool: ProcessPoolExecutor, task: Task) -> Future[Done | Failed]:
    try:
        return pool.submit(_check, task)
    except OSError as error:
        # It is the first tasks that start the workers.
        raise InputError("--jobs", None, f"no process can be started ({error.strerror or error}); use -j 1") from None


_engines: list[tuple[Engine, Means]] = []


def _start(means: Sequence[Means]) -> None:
    """Make a worker ready."""
    # Ctrl-C reaches all processes of a terminal; the first one tells the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    for each in means:
        chosen = [loaded for loaded in rules() if loaded.rule.code in each.codes]
        _engines.append((Engine(chosen, dict(each.severities)), each))


def _end_with_parent() -> NoReturn:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _check(task: Task) -> Done | Failed:
    engine, means = _engines[task.means]
    corpus = Corpus(Told(task.places), _ToldRenderings(task.renderings))
    watch = Watch(Context(means.glossary, Told(task.sources), means.style, corpus))
    try:
        checked = engine.check(parse(task.text, task.path), watch.context)
    except Unanswered:
        return Failed(killed=False)
    if checked.crashes:
        return Done(None, checked)
    try:
        return Done(watch.asked, pack(checked))
    except Unpackable:
        return Done(None, checked)


class _ToldRenderings(Renderings):
    def __init__(self, told: Mapping[str, Sequence[Rendering]]) -> None:
        super().__init__()
        self._told = told

    def of(self, english: str) -> Sequence[Rendering]:
        try:
            return self._told[key_of(english)]
        except KeyError:
            raise Unanswered from None
