"""LaTeX commands that were left outside math."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_ARGUMENT: Final = r"\{(?P<arg>[^{}\n]{0,400}(?:\{[^{}\n]{0,200}\}[^{}\n]{0,400}){0,4})\}"
_COMMAND = re.compile(rf"\\(?P<name>[A-Za-z]+)\*?(?P<braces>{_ARGUMENT})?")


class Command(NamedTuple):
    """A command with its argument, where it has one in braces (``arg`` is then its span)."""

    name: str
    start: int
    end: int
    arg: tuple[int, int] | None


def command_at(masked: str, at: int) -> Command | None:
    """The command that begins at a backslash."""
    found = _COMMAND.match(masked, at)
    if found is None:
        return None
    return Command(found["name"], at, found.end(), found.span("arg") if found["braces"] else None)


def commands(masked: str) -> Iterator[Command]:
    """The commands of a text, outer before inner."""
    at = masked.find("\\")
    while at >= 0:
        command = command_at(masked, at)
        if command is not None:
            yield command
        at = masked.find("\\", at + 1)
