"""Errors that the user can mend; every door turns them into exit code 2, with no traceback."""

from __future__ import annotations


class InputError(Exception):
    """Something handed in that cannot be used: says where it stands, what is wrong and what to do about it."""

    def __init__(self, path: str, line: int | None, message: str) -> None:
        """``line`` is 1-based, None where the whole file is meant."""
        super().__init__(path, line, message)
        self.path = path
        self.line = line
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line is not None else f"{self.path}: {self.message}"


class GlossaryError(InputError):
    """A glossary file that cannot be used."""
