"""Tables for a terminal, in which a Han character is as wide as two others."""

from __future__ import annotations

from collections.abc import Sequence

from wcwidth import wcswidth


def table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """The rows below the head, columns aligned; those of `numbers` to the right."""
    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(head))]
    return "".join("  ".join(_cells(line, widths, numbers)).rstrip() + "\n" for line in lines)


def _cells(line: Sequence[str], widths: Sequence[int], numbers: Sequence[int]) -> list[str]:
    padded: list[str] = []
    for place, (cell, width) in enumerate(zip(line, widths, strict=True)):
        padding = " " * (width - _width(cell))
        padded.append(padding + cell if place in numbers else cell + padding)
    return padded


def _width(text: str) -> int:
    width = wcswidth(text)
    return width if width >= 0 else len(text)
