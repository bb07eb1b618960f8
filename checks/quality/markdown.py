"""Tables in Markdown, whose cells hold nothing but text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from checks.view import one_line

_MARKS = re.compile(r"[\\`*_{}\[\]<>|#$~&]")


def cell(text: str) -> str:
    """A text on one line in which no character means anything to Markdown or to HTML."""
    return _MARKS.sub(lambda found: f"\\{found[0]}", one_line(text))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; columns after the first that hold figures stand to the right. Nothing for no rows."""
    cells = [[cell(text) for text in row] for row in rows]
    if not cells:
        return
    figures = [
        number > 0 and all(row[number][:1].isdigit() or row[number] == "–" for row in cells)
        for number in range(len(head))
    ]
    yield f"| {' | '.join(cell(text) for text in head)} |"
    yield f"| {' | '.join('---:' if figure else '---' for figure in figures)} |"
    for row in cells:
        yield f"| {' | '.join(row)} |"


def share(value: float | None) -> str:
    """A share in percent; a dash where there was nothing to count."""
    return "–" if value is None else f"{100 * value:.1f} %"
