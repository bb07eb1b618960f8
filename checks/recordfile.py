"""Files of records under version control, in the review directory: one JSON object a line.

What people decide and say is only ever added to, so that two branches merge by joining their lines
(``merge=union`` in ``.gitattributes`` makes git do that by itself).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from checks.errors import ReviewFileError
from checks.files import locked, read_text, replace

VERSION: Final = 1
_LEFT_FROM_A_MERGE: Final = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


def refusal(path: Path, number: int, what: str, remedy: str) -> ReviewFileError:
    """The error for a line that is no record; ``remedy`` says what can be done about it."""
    return ReviewFileError(str(path), number, f"{what}; {remedy}")


def records(path: Path | None, remedy: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of a file with their lines; none where there is no file.

    Raises :class:`ReviewFileError` with file and line for a line that is no record of this version.
    """
    if path is not None and os.path.lexists(path):
        yield from parsed(path, read_text(path), remedy)


def parsed(path: Path, text: str, remedy: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of a text as :func:`records` gives those of a file; ``path`` is what errors name."""
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = orjson.loads(line)
        except orjson.JSONDecodeError:
            if line.startswith(_LEFT_FROM_A_MERGE):
                problem = "is left from a merge conflict; delete such lines and keep the records of both sides"
                raise ReviewFileError(str(path), number, problem) from None
            raise refusal(path, number, "is not JSON", remedy) from None
        if not isinstance(data, dict) or data.get("v") != VERSION:
            raise refusal(path, number, f"is not a record of version {VERSION}", remedy)
        yield number, data


def append(path: Path, review_dir: Path, made: Callable[[str], Sequence[Mapping[str, object]]]) -> None:
    """Add records to a file under its lock, all or none.

    ``made`` gets the text as it is now, empty where there is no file, and gives the records; what it raises leaves
    the file as it was. Raises :class:`InputError` where the file cannot be read or written.
    """
    with locked(path, review_dir):
        text = read_text(path) if path.exists() else ""
        lines = made(text)
        if text and not text.endswith("\n"):
            text += "\n"
        replace(path, text + "".join(orjson.dumps(line).decode() + "\n" for line in lines))
