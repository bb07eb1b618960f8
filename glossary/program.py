"""Which program this is: for what is kept between runs, and must not outlive a change of it."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator
from functools import cache
from typing import Final

from glossary import cachedir
from glossary.hashes import blake2b

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
def content(*packages: str) -> bytes | None:
    """A hash of our packages' files that is the same wherever they are; None where :func:`state` is none.

    Worked out once a state of the files: to read them all takes as long as to check some digests.
    """
    name, now = "program-" + "-".join(packages), state(*packages)
    try:
        known, found = marshal.loads(cachedir.read(name) or b"")  # noqa: S302 — the user's own, as any .pyc
        if known == now:
            return bytes(found)
    except (EOFError, ValueError, TypeError):
        pass
    if now is None:
        return None
    made = blake2b(digest_size=32)
    try:
        for path in (path for package in packages for path, *_ in _stamped(package)):
            with open(path, "rb") as file:
                data = file.read()
            made.update(f"{path[len(_ROOT) :]}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    except OSError:
        return None
    cachedir.write(name, marshal.dumps((now, made.digest())))
    return made.digest()


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
