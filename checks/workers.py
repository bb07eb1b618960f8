"""Work done by other processes of this machine.

A worker that is killed is replaced; the tasks that were on their way go through another one by one, so that the one
that kills is told from those that were near it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Final, NoReturn, TypeVar

from checks.crew import Killed, Skill
from checks.errors import InputError

T = TypeVar("T")
R = TypeVar("R")

_AHEAD: Final = 2
"""Tasks in flight for each worker: one in hand, one waiting."""


def do_all(tasks: Iterable[T], skill: Skill[T, R], jobs: int) -> Iterator[tuple[T, R | Killed]]:
    """Do tasks in so many processes; what is ready first comes first."""
    waiting = iter(tasks)
    suspects: list[T] = []
    more = True
    while more:
        with _pool(skill, jobs) as pool:
            flying: dict[Future[R], T] = {}
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
        yield from _one_by_one(suspects, skill)
        suspects.clear()


def _fill(
    pool: ProcessPoolExecutor,
    flying: dict[Future[R], T],
    waiting: Iterator[T],
    most: int,
    suspects: list[T],
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


def _one_by_one(tasks: Iterable[T], skill: Skill[T, R]) -> Iterator[tuple[T, R | Killed]]:
    left = list(tasks)
    while left:
        with _pool(skill, 1) as pool:
            while left:
                task = left.pop(0)
                try:
                    future: Future[R] = _submit(pool, task)
                    yield task, future.result()
                except BrokenProcessPool:
                    yield task, Killed()
                    break


@contextmanager
def _pool(skill: Skill[T, R], jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Workers that do not outlive the block, however it is left."""
    before = set(multiprocessing.active_children())
    context = multiprocessing.get_context(start_method())
    pool = ProcessPoolExecutor(jobs, context, _start, (skill,))
    try:
        yield pool
        pool.shutdown()
    finally:
        for worker in set(multiprocessing.active_children()) - before:
            worker.kill()
            worker.join()
        # Waited for: its thread, if left to end by itself, may close what Python still writes to at its end.
        pool.shutdown(cancel_futures=True)


def start_method() -> str:
    """How workers are started.

    A fork has all that is loaded, at once and without memory of its own, while others load for three seconds. But it
    copies locks that another thread may hold, and the system libraries of macOS do not bear it.
    """
    alone = threading.active_count() == 1 and sys.platform == "linux"
    return "fork" if alone else "spawn"


def _submit(pool: ProcessPoolExecutor, task: T) -> Future[R]:
    try:
        return pool.submit(_do, task)
    except OSError as error:
        # It is the first tasks that start the workers.
        raise InputError("--jobs", None, f"no process can be started ({error.strerror or error}); use -j 1") from None


_ready: list[Callable[[Any], Any]] = []


def _start(skill: Skill[T, R]) -> None:
    """Make a worker ready."""
    # Ctrl-C reaches all processes of a terminal; the first one tells the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _ready.append(skill.ready())


def _do(task: Any) -> Any:
    return _ready[0](task)


def _end_with_parent() -> NoReturn:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
