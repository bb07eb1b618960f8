"""Work that others can share: this machine's processes, or a cluster.

A :class:`Skill` travels to each worker, makes it ready once, and then does one task after another. Whether sharing pays
is found out by beginning.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from time import process_time
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from glossary.records import NamedTuple

if TYPE_CHECKING:
    from checks.cluster import Address

N = TypeVar("N")
D = TypeVar("D")
T = TypeVar("T")
R = TypeVar("R")

_TRIAL_SECONDS: Final = 1.0
"""Work in this process before others are thought of."""
_WORTH_SECONDS: Final = 6.0
"""Work that is worth starting others for; where they cannot be forked, each takes three seconds to get ready."""


class Skill(ABC, Generic[T, R]):
    """What workers must be able to do; it is pickled on its way to them, as tasks and results are."""

    @abstractmethod
    def ready(self) -> Callable[[T], R]:
        """Make a worker ready: what does a task."""

    @abstractmethod
    def program(self) -> str:
        """What must be the same on all machines, in words: of another program the results would be others."""

    @abstractmethod
    def size(self, task: T) -> int:
        """How much work a task is, in characters."""


class Killed(NamedTuple):
    """In place of the result of a task that killed the workers that tried it."""


Hands = Callable[[Iterable[T], Skill[T, R]], Iterator[tuple[T, R | Killed]]]
"""Whoever does tasks by a skill; what is ready first comes first."""


class Trial:
    """Whether it pays to share work that has been begun: ``jobs`` processes, 0 for as many as pay."""

    def __init__(self, jobs: int, size: int) -> None:
        """``size`` is that of all the work, in the unit of :meth:`Skill.size`."""
        self._jobs = jobs
        self._size = size
        self._cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._began = process_time()

    def hands(self, done: int, left: int) -> int:
        """How many processes should share the ``left`` tasks, of which so much has been ``done``; 1 for this one."""
        spent = process_time() - self._began
        rest = spent * (self._size - done) / done if done else 0.0
        pays = spent > _TRIAL_SECONDS and rest > _WORTH_SECONDS
        return min(self._jobs or (self._cores if pays else 1), left)


def shared(
    tasks: Sequence[T], skill: Skill[T, R], jobs: int, cluster: Address | None
) -> Iterator[tuple[T, R | Killed]]:
    """Have tasks done here, by other processes or by a cluster; what is ready first comes first."""
    ready = cache(skill.ready)

    def here(task: T) -> tuple[T, R | Killed]:
        return task, ready()(task)

    def share(rest: Sequence[T], hands: Hands[T, R]) -> Iterator[tuple[T, R | Killed]]:
        return hands(rest, skill)

    return divided(tasks, skill.size, here, share, jobs=jobs, cluster=cluster)


def divided(
    items: Sequence[N],
    size: Callable[[N], int],
    here: Callable[[N], D],
    share: Callable[[Sequence[N], Hands[T, R]], Iterator[D]],
    *,
    jobs: int,
    cluster: Address | None,
) -> Iterator[D]:
    """Work off items one by one ``here``, until it turns out that to ``share`` what is left pays.

    ``size`` is that of an item, in the unit of :meth:`Skill.size`; a cluster gets all of them at once.
    """
    if cluster is not None and items:
        from checks.cluster import do_all as anywhere

        yield from share(items, partial(anywhere, where=cluster))
        return
    trial, done = Trial(jobs, sum(map(size, items))), 0
    for at, item in enumerate(items):
        hands = trial.hands(done, len(items) - at)
        if hands > 1:
            from checks.workers import do_all

            yield from share(items[at:], partial(do_all, jobs=hands))
            return
        yield here(item)
        done += size(item)
