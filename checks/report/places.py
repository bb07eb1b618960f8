"""Where a finding stands, as the platforms want to hear it.

They know files by their path from the root of the checkout, count columns in units of their own, and
have no place for what is wrong with an option.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from checks.errors import InputError
from glossary.remote import is_url

_ROOTS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where GitHub's and GitLab's runners have put the checkout."""


def root(environment: Mapping[str, str] = os.environ) -> Path:
    """The root of the checkout: what the platform says, if the working folder lies in it, else that folder."""
    here = Path.cwd()
    for name in _ROOTS:
        given = environment.get(name)
        if given and here.is_relative_to(given):
            return Path(given)
    return here


def relative(path: str, top: Path) -> str:
    """A file's path from ``top``, without ``.`` and ``..``; the absolute one for a file elsewhere; a URL as it is."""
    if is_url(path):
        return path
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 — Path.resolve() would follow links, Path.absolute() keep ..
    return (absolute.relative_to(top) if absolute.is_relative_to(top) else absolute).as_posix()


def file_of(error: InputError) -> str | None:
    """The file that an error is about; None where it is about an option."""
    return None if error.path.startswith("--") else error.path


class Utf8Columns:
    """Columns as bytes of UTF-8, 1-based, in a text whose lines end at ``\\n``; a BOM counts its three bytes."""

    _BLOCK: Final = 1024

    def __init__(self, text: str) -> None:
        self._text = text
        self._sums = [0]
        # A line may be very long and hold many findings: none may count it from its beginning.
        for start in range(0, len(text), self._BLOCK):
            self._sums.append(self._sums[-1] + len(text[start : start + self._BLOCK].encode()))

    def column(self, offset: int, line_start: int) -> int:
        """The column of an offset in the line that begins at ``line_start``, both in code points."""
        return self._bytes(offset) - self._bytes(line_start) + 1

    def _bytes(self, offset: int) -> int:
        block = offset // self._BLOCK
        return self._sums[block] + len(self._text[block * self._BLOCK : offset].encode())
