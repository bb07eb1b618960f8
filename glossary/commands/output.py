"""Where a command's document goes: standard output, or a file that is replaced in one step."""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from glossary.errors import GlossaryError


def add_output(parser: ArgumentParser) -> None:
    """Let the command take `-o FILE`."""
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE",
        help="write to this file, which is replaced if it exists; by default to standard output",
    )  # fmt: skip


def put(text: str, output: Path | None) -> None:
    """Write the document; GlossaryError where the file cannot be written, and then it is as it was."""
    if output is None:
        sys.stdout.write(text)
        return
    try:
        _replace(output, text.encode())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise GlossaryError(str(output), None, f"cannot be written ({reason}); check its folder") from error


def _replace(path: Path, data: bytes) -> None:
    target = path.resolve()
    descriptor, name = tempfile.mkstemp(prefix=".", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp lets nobody else read; a glossary is as open as the file it replaces.
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
