"""Tables and the overview's own lists, as HTML."""

from __future__ import annotations

import html
from collections.abc import Sequence

from checks.markedtext import escaped
from review_app.tables import Cell, Table


def table(content: Table) -> str:
    """A table that scrolls in its own box; numbers stand to the right."""
    head = "".join(f'<th scope="col">{escaped(name)}</th>' for name in content.head)
    rows = "".join(f"<tr>{''.join(_cells(row))}</tr>" for row in content.rows)
    return boxed(f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>", "")


def boxed(inside: str, name: str, label: str = "") -> str:
    """The inside of a table in a box that can be scrolled by keyboard too."""
    said = f' role="region" aria-label="{html.escape(label)}"' if label else ""
    return f'<div class="yj-box" tabindex="0"{said}><table class="yj-table {name}">{inside}</table></div>'


def linked(text: str, link: str, said: str = "") -> str:
    """A text that leads somewhere; ``said`` is what it is called where its surroundings are not heard."""
    label = f' aria-label="{html.escape(said)}"' if said else ""
    return f'<a href="{html.escape(link)}" target="_self"{label}>{escaped(text)}</a>' if link else escaped(text)


def _cells(row: Sequence[Cell]) -> list[str]:
    cells = []
    for number, (value, link) in enumerate(row):
        text = linked(f"{value:g}" if isinstance(value, float) else str(value), link)
        kind = ' class="yj-number"' if isinstance(value, (int, float)) else ""
        cells.append(f'<th scope="row">{text}</th>' if number == 0 else f"<td{kind}>{text}</td>")
    return cells
