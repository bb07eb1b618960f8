"""Changing rows of a glossary file: the text with them changed, every other line as it was, byte for byte."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

from glossary.model import Term
from glossary.records import NamedTuple
from glossary.rows import COLUMNS, cells_of, read_table

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BOM = "\ufeff"


class RowsChanged(Exception):
    """The rows are not what was seen; `found` are those that stand there now under the same sources."""

    def __init__(self, found: Sequence[Term]) -> None:
        super().__init__(f"{len(found)} rows")
        self.found = tuple(found)


class Changed(NamedTuple):
    """A file with some rows changed: its text, and its terms."""

    text: str
    terms: list[Term]


def changed(path: Path, text: str, old: Sequence[Term], new: Sequence[Term]) -> Changed:
    """The file with the rows `new` in place of the rows `old`, each at its place in the order of sources.

    A column that the file lacks is added where a new row needs it; an empty file gets all columns. BOM and line ends
    stay as they are.

    Raises:
        RowsChanged: the rows with the sources of `old` and `new` are not exactly `old`.
        GlossaryError: the file is no glossary, or would be none.
    """
    bom = _BOM if text.startswith(_BOM) else ""
    lines = _LINE.findall(text.removeprefix(_BOM))
    end = _line_end(lines)
    lines = lines or [_written(COLUMNS, end)]
    rows = read_table(str(path), "".join(lines))
    sources = {term.source.casefold() for term in (*old, *new)}
    standing = [row for row in rows if row.source.casefold() in sources]
    if Counter(standing) != Counter(old):
        raise RowsChanged(standing)
    header = [cell.strip() for cell in next(csv.reader(lines[:1]))]
    columns = _with_needed(header, new)
    if columns != header:
        lines[0] = _written(columns, end)
    if not lines[-1].endswith(("\r", "\n")):
        lines[-1] += end
    gone = {row.line for row in standing}
    kept = [(_key(row), lines[row.line - 1]) for row in rows if row.line not in gone]
    places = {_key(row): sum(other.line < row.line and other.line not in gone for other in rows) for row in standing}
    for term in sorted(new, key=_key, reverse=True):
        cells = dict(zip(COLUMNS, cells_of(term), strict=True))
        at = places.get(_key(term))
        if at is None:
            at = next((number for number, (key, _) in enumerate(kept) if key > _key(term)), len(kept))
        kept.insert(at, (_key(term), _written((cells[name] for name in columns), end)))
    body = lines[0] + "".join(line for _, line in kept)
    return Changed(bom + body, read_table(str(path), body))


def record(terms: Iterable[Term]) -> str:
    """Rows as a text that `from_record` reads, however the columns of their file change meanwhile."""
    return "".join(_written(cells_of(term), "\n") for term in terms)


def from_record(text: str, path: str) -> list[Term]:
    """The rows of a `record`.

    Raises:
        GlossaryError: it is none.
    """
    return read_table(path, _written(COLUMNS, "\n") + text)


def _key(term: Term) -> tuple[str, str]:
    return term.source.casefold(), term.preferred


def _line_end(lines: Sequence[str]) -> str:
    first = lines[0] if lines else "\n"
    return first[len(first.rstrip("\r\n")) :] or "\n"


def _with_needed(header: Sequence[str], new: Sequence[Term]) -> Sequence[str]:
    """The columns, and behind them those that a new row fills and the file lacks."""
    plain = cells_of(Term("", ""))
    needed = [
        name
        for number, name in enumerate(COLUMNS)
        if name not in header and any(cells_of(term)[number] not in ("", plain[number]) for term in new)
    ]
    return [*header, *needed] if needed else header


def _written(cells: Iterable[str], end: str) -> str:
    out = StringIO()
    csv.writer(out, lineterminator=end).writerow(cells)
    return out.getvalue()
