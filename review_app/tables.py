"""Tables of numbers: what stands behind a plot, and what is taken away as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode


class Cell(NamedTuple):
    """A value and, where there is more to see, the address of it."""

    value: str | float
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row says what the row is about."""

    name: str
    """Of the file that it is taken away as, without the ending."""
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def csv(self) -> bytes:
        """As a spreadsheet reads it: with a BOM, without which some take Chinese for something else."""
        written = io.StringIO()
        writer = csv.writer(written)
        writer.writerow(self.head)
        writer.writerows([cell.value for cell in row] for row in self.rows)
        return written.getvalue().encode("utf-8-sig", "replace")


def queue(**filters: str) -> str:
    """The address of the queue with these filters."""
    return "/?" + urlencode(filters)
