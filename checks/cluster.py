"""Work done on other machines, by a Dask cluster.

Whoever runs the cluster has the same version of this program on it; the glossary and the texts come from here. Blocks
of tasks are sent, as a message costs more than a digest. When a worker dies, Dask gives its blocks to another one;
what has seen several die goes again task by task with nothing beside it, so that the one that kills is told from
those that were near it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar
from urllib.parse import parse_qsl, urlsplit

from checks.crew import Killed, Skill
from checks.errors import InputError
from checks.verdict import VERSION
from glossary.records import NamedTuple

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
R = TypeVar("R")

_OPTION: Final = "--engine"
_BLOCK: Final = 60_000
"""Characters of text in a message: less than a second's work, so that all workers end together."""
_AHEAD: Final = 2
"""Blocks on their way for each thread of a worker."""
_MOST_READY: Final = 4
"""Skills that a worker keeps ready: those who share a cluster take turns on it, block by block."""
_MOST_LOST: Final = 100
"""Answers that may go down with their workers in a run."""
_PATIENCE: Final = 30
"""Seconds until a scheduler answers and a first worker is there."""
_CONFIG: Final = {
    # As Dask has it, freed memory goes back to the system at once, which costs a worker up to half its speed.
    "distributed.nanny.pre-spawn-environ": {
        "MALLOC_TRIM_THRESHOLD_": 256 << 20,
        "MALLOC_MMAP_THRESHOLD_": 256 << 20,
    },
    # Each end of a connection keeps the messages it has sent, a thousand as Dask has it; with digests in every one of
    # them that makes gigabytes, and nobody reads them.
    "distributed.admin.low-level-log-length": 1,
}
"""Of Dask, while a cluster is in use."""


class Address(NamedTuple):
    """Where the cluster is; ``workers`` processes are started for this run where there is no scheduler."""

    scheduler: str | None
    workers: int


def address(url: str) -> Address:
    """Read ``dask://HOST:PORT`` or ``dask://local?workers=N``. Raises :class:`ValueError` for anything else."""
    parts = urlsplit(url)
    if parts.scheme != "dask" or parts.path.strip("/") or parts.fragment:
        raise ValueError(f"{url!r} is not dask://HOST:PORT or dask://local?workers=N")
    if parts.netloc == "local":
        number = dict(parse_qsl(parts.query)) if parts.query else {"workers": str(os.cpu_count() or 1)}
        if number.keys() != {"workers"} or not number["workers"].isdecimal() or not 1 <= int(number["workers"]) <= 256:
            raise ValueError(f"{url!r} is not dask://local?workers=N with N from 1 to 256")
        return Address(None, int(number["workers"]))
    if not parts.hostname or parts.port is None or parts.query:
        raise ValueError(f"{url!r} names no host and port; a scheduler says its own when it starts")
    return Address(f"tcp://{parts.netloc}", 0)


def do_all(tasks: Iterable[T], skill: Skill[T, R], where: Address) -> Iterator[tuple[T, R | Killed]]:
    """Do tasks on a cluster; what is ready first comes first. Raises :class:`InputError` where there is none."""
    with held(where) as client:
        yield from _Run(client, skill).do(tasks)


_held: dict[Address, Client] = {}


@contextmanager
def held(where: Address) -> Iterator[Client]:
    """A cluster for several runs: those inside the block share it, as it takes seconds to make one."""
    if where in _held:
        yield _held[where]
        return
    with _client(where) as client:
        _held[where] = client
        try:
            yield client
        finally:
            del _held[where]


class _Run(Generic[T, R]):
    """Blocks on their way."""

    def __init__(self, client: Client, skill: Skill[T, R]) -> None:
        from distributed import as_completed

        self._client = client
        data = pickle.dumps(skill)
        self._name = hashlib.blake2b(data).hexdigest()
        # As a task, for the scheduler can have it done again when all who held its result are gone.
        self._skill = client.submit(bytes, data, pure=False)
        self._lost = 0
        self._program = skill.program()
        self._size = skill.size
        self._flying: dict[Any, list[T]] = {}
        self._ready = as_completed(loop=client.loop)
        self._most = _AHEAD * max(1, sum(client.nthreads().values()))

    def do(self, tasks: Iterable[T]) -> Iterator[tuple[T, R | Killed]]:
        """Send blocks and take in what comes back; then, one at a time, what was near a worker's death."""
        waiting = _blocks(tasks, self._size)
        suspects: list[T] = []
        while self._fill(waiting):
            for future in self._ready:
                block = self._flying.pop(future)
                answer = self._answer(future)
                if answer is None:
                    suspects.extend(block)
                elif isinstance(answer, _Lost):
                    self._send(block)
                else:
                    yield from zip(block, answer, strict=True)
                self._fill(waiting)
        for task in suspects:
            yield task, self._alone(task)

    def _alone(self, task: T) -> R | Killed:
        while True:
            answer = self._answer(self._submit([task]))
            if answer is None:
                return Killed()
            if not isinstance(answer, _Lost):
                return answer[0]

    def _fill(self, waiting: Iterator[list[T]]) -> int:
        """Send blocks until enough are on their way; how many are."""
        while len(self._flying) < self._most and (block := next(waiting, None)) is not None:
            self._send(block)
        return len(self._flying)

    def _send(self, block: list[T]) -> None:
        future = self._submit(block)
        self._flying[future] = block
        self._ready.add(future)

    def _submit(self, block: list[T]) -> Any:
        # As bytes, which the scheduler hands on; of objects it would make its own, to pickle them again.
        data = pickle.dumps(block, pickle.HIGHEST_PROTOCOL)
        return self._client.submit(_do, self._skill, self._name, self._program, data, pure=False)

    def _answer(self, future: Any) -> list[R] | _Lost | None:
        """What came back of a block; None where it saw too many workers die."""
        from distributed import CancelledError, KilledWorker

        try:
            answer = future.result()
        except KilledWorker:
            return None
        except CancelledError:
            self._lost += 1
            if self._client.status != "running" or self._lost > _MOST_LOST:
                raise InputError(_OPTION, None, "the cluster has lost what it was given; see its logs") from None
            return _Lost()
        except ModuleNotFoundError as error:
            reason = f"a worker cannot import {error.name}; install yijiao {VERSION} with what it needs on all of them"
            raise InputError(_OPTION, None, reason) from None
        if isinstance(answer, str):
            reason = f"a worker has {answer}, and here is {self._program}; install the same version on all machines"
            raise InputError(_OPTION, None, reason)
        return list(answer)


class _Lost(NamedTuple):
    """The answer went down with the worker that had it."""


def _blocks(tasks: Iterable[T], size_of: Callable[[T], int]) -> Iterator[list[T]]:
    block: list[T] = []
    size = 0
    for task in tasks:
        block.append(task)
        size += size_of(task)
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


@contextmanager
def _client(where: Address) -> Iterator[Client]:
    try:
        import dask
        import distributed
    except ModuleNotFoundError as error:
        remedy = "pip install 'yijiao[scale]' adds it"
        raise InputError(_OPTION, None, f"{error.name} is not installed; {remedy}") from None
    logging.getLogger(distributed.__name__).setLevel(logging.CRITICAL)
    found = _own(where.workers) if where.scheduler is None else _there(where.scheduler)
    # For as long as it is open: a worker that takes the place of another one is started by it.
    with dask.config.set(_CONFIG), found as client:
        yield client


@contextmanager
def _own(workers: int) -> Iterator[Client]:
    """A cluster on this machine."""
    from distributed import Client, LocalCluster

    own = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": ":0"}
    with (
        LocalCluster(**own, silence_logs=logging.CRITICAL) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


@contextmanager
def _there(scheduler: str) -> Iterator[Client]:
    """A cluster that runs somewhere."""
    from distributed import Client

    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except OSError:
        reason = f"no scheduler answers at {scheduler}; see whether it runs there and can be reached"
        raise InputError(_OPTION, None, reason) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise InputError(_OPTION, None, f"the scheduler at {scheduler} has no worker; start one") from None
        yield client


_ready: dict[tuple[str, str], Callable[[Any], Any]] = {}
"""By skill, and the program for which it was made ready."""
_making = threading.Lock()


def _do(data: bytes, name: str, program: str, block: bytes) -> list[Any] | str:
    """Do a block, on a worker; the worker's own program where it is another one."""
    # Both are from whoever may run anything on this worker anyway.
    with _making:
        ready = _ready.get((name, program))
        if ready is None:
            try:
                skill: Skill[Any, Any] = pickle.loads(data)  # noqa: S301
            except (AttributeError, TypeError) as error:
                return f"one that knows no such work ({error})"
            own = skill.program()
            if own != program:
                return own
            ready = skill.ready()
        # The latest last: of runs that are over nothing is needed, but several may go on at once.
        _ready.pop((name, program), None)
        _ready[name, program] = ready
        while len(_ready) > _MOST_READY:
            del _ready[next(iter(_ready))]
    return [ready(task) for task in pickle.loads(block)]  # noqa: S301
