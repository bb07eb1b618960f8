"""A table of terms: from the bytes of a CSV or TSV file to its terms, and every mistake in it named with its place."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from operator import itemgetter
from typing import Final

from glossary.errors import GlossaryError
from glossary.model import Policy, Status, Term
from glossary.records import NamedTuple
from glossary.remote import Place, Remote

COLUMNS: Final = (
    "source", "abbr", "variants", "preferred", "admitted", "forbidden", "suspect", "not_in", "not_source",
    "policy", "require", "domain", "first_mention", "status", "note",
)  # fmt: skip
"""The columns of a glossary file, in the order in which they are written."""

REQUIRED: Final = ("source", "preferred")
_POLICIES: Final[dict[str, Policy]] = {"": "translate", "translate": "translate", "keep": "keep"}
_STATUSES: Final[dict[str, Status]] = {
    "": "approved", "approved": "approved", "proposed": "proposed", "deprecated": "deprecated",
}  # fmt: skip
_FLAGS: Final = {"": False, "no": False, "yes": True}


class Table(NamedTuple):
    """How the cells of a table are set apart."""

    delimiter: str
    called: str
    """The delimiter in words, for messages."""


CSV: Final = Table(",", "commas")
TSV: Final = Table("\t", "tabs")


def read_file(path: Place, table: Table = CSV) -> list[Term]:
    """The terms of one file, in its order.

    Raises:
        GlossaryError: the file cannot be read or is no glossary; it names the first line at fault.
    """
    return read_table(str(path), read_text(path), table)


def read_table(name: str, text: str, table: Table = CSV) -> list[Term]:
    """The terms of a file's text, which has no BOM, in its order; `name` is the file's, for messages.

    Raises:
        GlossaryError: it is no glossary; the error names the first line at fault.
    """
    rows = table_rows(name, text, table)
    try:
        header_line, header = next(rows)
    except StopIteration:
        raise GlossaryError(name, None, f"is empty; its first line must name columns: {','.join(COLUMNS)}") from None
    return list(_terms(name, rows, _columns(name, header_line, header, table), len(header)))


def read_text(path: Place) -> str:
    """The text of a file, without its BOM.

    Raises:
        GlossaryError: it cannot be read, or is no UTF-8.
        InputError: it is at a URL that cannot be read.
    """
    name = str(path)
    try:
        data = path.read() if isinstance(path, Remote) else path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise GlossaryError(name, None, f"cannot be read ({reason}); check the path and its permissions") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise GlossaryError(name, None, "is UTF-16; save it as UTF-8")
    nul = data.find(b"\0")
    if nul >= 0:
        raise GlossaryError(name, _line_at(data, nul), "holds a NUL byte, so it is no text; save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = error.object[error.start]
        # With a BOM the error counts from behind it.
        start = error.start + len(data) - len(error.object)
        message = f"is not valid UTF-8 (byte 0x{bad:02X}); save the file as UTF-8"
        raise GlossaryError(name, _line_at(data, start), message) from error


def _line_at(data: bytes, offset: int) -> int:
    """The physical line of a byte, counted from 1, with any of the three line ends."""
    before = data[:offset]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")


def table_rows(name: str, text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """The rows with the physical line on which each stands, counted from 1.

    Raises:
        GlossaryError: a quote is misplaced, a line is empty, a cell holds a line break.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=table.delimiter, strict=True)
    empty: int | None = None
    last = 0
    while True:
        line = last + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise GlossaryError(name, line, _malformed(str(error))) from error
        last = reader.line_num
        if not row:
            empty = empty or line
            continue
        if empty is not None:
            raise GlossaryError(name, empty, "empty line; delete it (a glossary has one term on each line)")
        if last != line:
            message = f"a quoted cell runs on to line {last}; close its quote, and keep each term on one line"
            raise GlossaryError(name, line, message)
        yield line, row


def _malformed(reason: str) -> str:
    if "unexpected end of data" in reason:
        return 'a quote is never closed; close it, and write a quote inside a cell as ""'
    if "field larger than field limit" in reason:
        return "a cell is longer than 131,072 characters; is a quote left open?"
    return f'malformed line ({reason}); put a cell with a comma or quote in quotes, and write a quote in it as ""'


def _columns(name: str, line: int, header: list[str], table: Table) -> Callable[[list[str]], tuple[str, ...]]:
    """What takes the cells of a row, and an empty one put behind them, in the order of `COLUMNS`."""
    index: dict[str, int] = {}
    for place, cell in enumerate(header):
        column = cell.strip()
        if column in index:
            raise GlossaryError(name, line, f"the column {column!r} stands twice; delete one")
        if column not in COLUMNS:
            raise GlossaryError(name, line, _unknown_column(column, place, len(header), table))
        index[column] = place
    for column in REQUIRED:
        if column not in index:
            raise GlossaryError(name, line, f"the column {column!r} is missing; add it, as every term needs it")
    return itemgetter(*(index.get(column, len(header)) for column in COLUMNS))


def _unknown_column(column: str, place: int, count: int, table: Table) -> str:
    if not column:
        return f"column {place + 1} of the first line has no name; name it, or delete the separator before it"
    for separator, called in (("\t", "tabs"), (",", "commas"), (";", "semicolons")):
        if count == 1 and separator in column:
            return f"the columns are separated by {called}; separate them by {table.called}"
    from difflib import get_close_matches

    close = get_close_matches(column.casefold(), COLUMNS, 1)
    remedy = f"did you mean {close[0]!r}?" if close else f"the columns are {', '.join(COLUMNS)}"
    return f"unknown column {column!r}; {remedy}"


def _terms(
    name: str, rows: Iterator[tuple[int, list[str]]], pick: Callable[[list[str]], tuple[str, ...]], width: int
) -> Iterator[Term]:
    for line, row in rows:
        if len(row) > width:
            raise GlossaryError(name, line, (
                f"{len(row)} cells, but the first line names {width} columns; "
                "put a cell with the separator in quotes, or delete the extra separator"
            ))  # fmt: skip
        # Some programs leave out the empty cells at the end of a line; the last one stands for absent columns.
        row.extend([""] * (width - len(row) + 1))
        yield term_of(map(str.strip, pick(row)), name, line)


def term_of(cells: Iterable[str], name: str, line: int) -> Term:
    """The term of these cells, stripped, in the order of `COLUMNS`.

    Raises:
        GlossaryError: a cell holds what its column does not take.
    """
    (source, abbr, variants, preferred, admitted, forbidden, suspect, not_in, not_source,
     policy, require, domain, first_mention, status, note) = cells  # fmt: skip
    if not source or not preferred:
        missing = "source" if not source else "preferred"
        raise GlossaryError(name, line, f"the cell {missing!r} is empty; fill it, or delete the line")
    if policy not in _POLICIES:
        raise GlossaryError(name, line, f"policy {policy!r} is unknown; write translate or keep (nothing is translate)")
    if require not in _FLAGS or first_mention not in _FLAGS:
        column, value = ("require", require) if require not in _FLAGS else ("first_mention", first_mention)
        raise GlossaryError(name, line, f"{column} {value!r} is unknown; write yes or no, or nothing for no")
    if status not in _STATUSES:
        message = f"status {status!r} is unknown; write approved, proposed or deprecated, or nothing for approved"
        raise GlossaryError(name, line, message)
    return Term(
        source, preferred, _split(abbr), _split(variants),
        _split(admitted), _split(forbidden), _split(suspect),
        _split(not_in), _split(not_source), _POLICIES[policy], _FLAGS[require],
        domain, _FLAGS[first_mention], _STATUSES[status], note, name, line,
    )  # fmt: skip


def cells_of(term: Term) -> tuple[str, ...]:
    """The cells of a term in the order of `COLUMNS`, as a file holds them: yes where a flag is set, else empty."""
    return (
        term.source, "|".join(term.abbr), "|".join(term.variants), term.preferred, "|".join(term.admitted),
        "|".join(term.forbidden), "|".join(term.suspect), "|".join(term.not_in), "|".join(term.not_source),
        term.policy, "yes" if term.require else "no", term.domain, "yes" if term.first_mention else "",
        term.status, term.note,
    )  # fmt: skip


def _split(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    if "|" not in cell:
        return (cell,)
    return tuple(value for part in cell.split("|") if (value := part.strip()))
