"""Tables of numbers: what stands behind a plot, and what is taken away as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import urlencode

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula, in some of them after a break that it drops."""
_FULL_WIDTH: Final = str.maketrans("＝＋－＠", "=+-@")


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
        """As a spreadsheet reads it: with a BOM, without which some take Chinese for something else; no formula in it.

        RFC 4180. Figures are not rounded.
        """
        written = io.StringIO()
        writer = csv.writer(written)
        writer.writerow(map(harmless, self.head))
        for row in self.rows:
            writer.writerow(harmless(cell.value) if isinstance(cell.value, str) else cell.value for cell in row)
        return written.getvalue().encode("utf-8-sig", "replace")


def harmless(text: str) -> str:
    """A text as a cell that no spreadsheet runs: an apostrophe stands before what would begin a formula."""
    return f"'{text}" if text.lstrip(" ").translate(_FULL_WIDTH).startswith(_FORMULA) else text


def queue(**filters: str) -> str:
    """The address of the queue with these filters."""
    return "/?" + urlencode(filters)
