"""Which program this is: for what is kept between runs, and must not outlive a change of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from typing import Final

_ROOT: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 — pathlib comes later
_Stamp = tuple[str, int, int, int]


def state(*packages: str) -> str | None:
    """The interpreter, and the files of our packages as the system knows them: size, and when they last changed.

    The time of a file's last change of any kind (ctime) tells of what was put in its place with an old date. None where
    they are no files (in an archive), or cannot be listed: then nothing is to be kept.
    """
    try:
        return repr((sys.version, *map(_stamped, packages)))
    except OSError:
        return None


@cache
def _stamped(package: str) -> tuple[_Stamp, ...]:
    """Those of a package, once a process: what it has imported is what it goes by."""
    return tuple(stamps(f"{_ROOT}/{package}"))


def stamps(folder: str) -> Iterator[_Stamp]:
    """The files below a folder but compiled ones: path, size, and when each last changed."""
    with os.scandir(folder) as found:
        for entry in sorted(found, key=_name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from stamps(entry.path)
            elif not entry.name.endswith(".pyc"):
                stat = entry.stat()
                yield entry.path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
