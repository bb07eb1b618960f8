"""Taking turns: what a server asks of one user holds for all processes that this user runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from checks.errors import InputError
from checks.files import state_dir


@contextmanager
def turn(host: str, seconds: float, *, clock: Callable[[], float], sleep: Callable[[float], None]) -> Iterator[None]:
    """Hold the right to one request to a host, from ``seconds`` after the last one on, whichever process made it.

    The time of the last one is that of a file in the user's temporary folder, so it outlives a process: a loop of short
    runs is no faster than one long run. ``clock`` gives seconds since the epoch. Raises :class:`InputError` where the
    file cannot be kept.
    """
    from filelock import FileLock

    try:
        mark = state_dir(None) / f"{quote(host, safe='')}.turn"
        lock = FileLock(mark.with_suffix(".lock"))
        lock.acquire()
    except OSError as error:
        problem = f"turns cannot be taken in the temporary folder ({error.strerror or error}); set TMPDIR to another"
        raise InputError(host, None, problem) from None
    try:
        # A clock that was set back must not stop us for long.
        wait = min(_last(mark) + seconds - clock(), seconds)
        if wait > 0:
            sleep(wait)
        try:
            yield
        finally:
            mark.touch()
            os.utime(mark, (clock(), clock()))
    finally:
        lock.release()


def _last(mark: Path) -> float:
    try:
        return mark.stat().st_mtime
    except FileNotFoundError:
        return 0.0
