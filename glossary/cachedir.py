"""What can be made again, kept between runs in the user's own cache folder.

A file there is replaced in one step, and tells whether it is whole. A cache that cannot be read or written, whatever
the reason, is as good as none: nothing here raises, and no result may depend on it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from zlib import crc32

VARIABLE = "YIJIAO_CACHE_DIR"
"""The environment variable that names another folder; empty, it says that nothing is to be kept."""

_SUM_BYTES = 4


def folder() -> Path | None:
    """The folder, made if need be; None where nothing can, or is to, be kept.

    Never the shared temporary folder: jieba loads whatever file it finds there under a fixed name.
    """
    # Not platformdirs, whose import would cost more than a cache of the start-up saves.
    named = os.environ.get(VARIABLE)
    if named == "":
        return None
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME", ""))
        # A relative path there is invalid, says the XDG specification.
        found = Path(named) if named else (base if base.is_absolute() else Path.home() / ".cache") / "yijiao"
        found.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return found if os.access(found, os.W_OK | os.X_OK) else None


def read(name: str) -> bytes | None:
    """What was kept under a name; None where that is nothing, or not whole."""
    found = folder()
    if found is None:
        return None
    try:
        kept = (found / name).read_bytes()
    except OSError:
        return None
    total, data = kept[:_SUM_BYTES], kept[_SUM_BYTES:]
    return data if total == _sum(data) else None


def write(name: str, data: bytes) -> None:
    """Keep bytes under a name."""
    found = folder()
    if found is None:
        return
    # Two programs that keep the same at the same time replace each other's file, each by a whole one.
    made = found / f".{name}.{os.getpid()}"
    with suppress(OSError):
        try:
            made.write_bytes(_sum(data) + data)
            made.replace(found / name)
        finally:
            made.unlink(missing_ok=True)


def prune(prefix: str, most: int) -> None:
    """Let go of all but the newest of what was kept under names that begin so."""
    found = folder()
    if found is None:
        return
    with suppress(OSError):
        files = sorted(found.glob(f"{prefix}*"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in files[most:]:
            file.unlink(missing_ok=True)


def _sum(data: bytes) -> bytes:
    return crc32(data).to_bytes(_SUM_BYTES, "big")
