"""Reading glossaries from CSV files and laying them over one another."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Final

from glossary.errors import GlossaryError
from glossary.forms import form_key
from glossary.model import Glossary, Policy, Status, Term

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


def shipped() -> list[Path]:
    """The glossary files that come with the package, in the order of their names."""
    return sorted((Path(__file__).parent / "terms").glob("*.csv"))


def load_layers(layers: Sequence[Sequence[Path]]) -> Glossary:
    """The glossary of these layers, each a list of CSV files or folders of them; a later layer overrides an earlier.

    A term overrides the one with the same source, case-folded. A deprecated term takes it away; a proposed one leaves
    it and is kept apart.

    Raises:
        GlossaryError: a file cannot be read or is no glossary, or two terms of one layer contradict each other.
    """
    active: dict[str, Term] = {}
    proposed: dict[str, Term] = {}
    for layer in layers:
        for key, term in read_layer(layer).items():
            if term.status == "proposed":
                proposed[key] = term
                continue
            proposed.pop(key, None)
            if term.status == "approved":
                active[key] = term
            else:
                active.pop(key, None)
    return Glossary.of(active.values(), proposed.values())


def read_layer(paths: Iterable[Path]) -> dict[str, Term]:
    """The terms of one layer by case-folded source, whatever their status.

    Raises:
        GlossaryError: as `load_layers`.
    """
    terms: dict[str, Term] = {}
    for path in files_of(paths):
        for term in read_file(path):
            key = term.source.casefold()
            other = terms.setdefault(key, term)
            if other is not term:
                raise GlossaryError(term.path, term.line, (
                    f"the source {term.source!r} already stands in {other.path}:{other.line}; "
                    "merge the two lines into one, or delete one"
                ))  # fmt: skip
    _refuse_contradictions(terms.values())
    return terms


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those ending in .csv directly inside the folders named, by name.

    Raises:
        GlossaryError: a path does not exist, or a folder holds no such file.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        files = sorted(file for file in path.glob("*.csv") if file.is_file())
        if not files:
            raise GlossaryError(str(path), None, "the folder holds no .csv file; name a glossary file or its folder")
        yield from files


def read_file(path: Path) -> list[Term]:
    """The terms of one CSV file, in its order.

    Raises:
        GlossaryError: the file cannot be read or is no glossary; it names the first line at fault.
    """
    name = str(path)
    rows = _rows(name, _text(name, path))
    try:
        header_line, header = next(rows)
    except StopIteration:
        raise GlossaryError(name, None, f"is empty; its first line must name columns: {','.join(COLUMNS)}") from None
    index = _columns(name, header_line, header)
    return [_term(name, line, row, index, len(header)) for line, row in rows]


def _text(name: str, path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise GlossaryError(name, None, f"cannot be read ({reason}); check the path and its permissions") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise GlossaryError(name, None, "is UTF-16; save it as UTF-8")
    nul = data.find(b"\0")
    if nul >= 0:
        raise GlossaryError(name, _line_at(data, nul), "holds a NUL byte, so it is no text; save it as CSV in UTF-8")
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


def _rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the physical line on which each stands, counted from 1."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
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


def _columns(name: str, line: int, header: list[str]) -> dict[str, int]:
    """The place of each column."""
    index: dict[str, int] = {}
    for place, cell in enumerate(header):
        column = cell.strip()
        if column in index:
            raise GlossaryError(name, line, f"the column {column!r} stands twice; delete one")
        if column not in COLUMNS:
            raise GlossaryError(name, line, _unknown_column(column, place, len(header)))
        index[column] = place
    for column in REQUIRED:
        if column not in index:
            raise GlossaryError(name, line, f"the column {column!r} is missing; add it, as every term needs it")
    return index


def _unknown_column(column: str, place: int, count: int) -> str:
    if not column:
        return f"column {place + 1} of the first line has no name; name it, or delete the comma"
    for separator, called in (("\t", "tabs"), (";", "semicolons")):
        if count == 1 and separator in column:
            return f"the columns are separated by {called}; separate them by commas"
    from difflib import get_close_matches  # noqa: PLC0415  (needed for a mistake alone)

    close = get_close_matches(column.casefold(), COLUMNS, 1)
    remedy = f"did you mean {close[0]!r}?" if close else f"the columns are {', '.join(COLUMNS)}"
    return f"unknown column {column!r}; {remedy}"


def _term(name: str, line: int, row: list[str], index: dict[str, int], width: int) -> Term:
    if len(row) > width:
        raise GlossaryError(name, line, (
            f"{len(row)} cells, but the first line names {width} columns; "
            "put a cell with a comma in quotes, or delete the extra comma"
        ))  # fmt: skip
    # Some programs leave out the empty cells at the end of a line.
    row.extend([""] * (width - len(row) + 1))
    cells = [row[index.get(column, -1)].strip() for column in COLUMNS]
    (source, abbr, variants, preferred, admitted, forbidden, suspect, not_in, not_source,
     policy, require, domain, first_mention, status, note) = cells  # fmt: skip
    if not source or not preferred:
        missing = "source" if not source else "preferred"
        raise GlossaryError(name, line, f"the cell {missing!r} is empty; fill it, or delete the line")
    if policy not in _POLICIES:
        raise GlossaryError(name, line, f"policy {policy!r} is unknown; write translate or keep (nothing is translate)")
    for column, value in (("require", require), ("first_mention", first_mention)):
        if value not in _FLAGS:
            raise GlossaryError(name, line, f"{column} {value!r} is unknown; write yes or no, or nothing for no")
    if status not in _STATUSES:
        message = f"status {status!r} is unknown; write approved, proposed or deprecated, or nothing for approved"
        raise GlossaryError(name, line, message)
    return Term(
        source, preferred, _split(abbr), _split(variants), _split(admitted), _split(forbidden), _split(suspect),
        _split(not_in), _split(not_source), _POLICIES[policy], _FLAGS[require], domain, _FLAGS[first_mention],
        _STATUSES[status], note, name, line,
    )  # fmt: skip


def _split(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    if "|" not in cell:
        return (cell,)
    return tuple(value for part in cell.split("|") if (value := part.strip()))


def _refuse_contradictions(terms: Iterable[Term]) -> None:
    """No approved term may forbid what it, or another term of the layer, holds right: the fix would undo itself."""
    right: dict[str, Term] = {}
    approved = [term for term in terms if term.status == "approved"]
    wrong = {form_key(form) for term in approved for form in term.forbidden}
    for term in approved:
        for form in term.renderings:
            key = form_key(form)
            if key in wrong:
                right.setdefault(key, term)
        if not term.forbidden and not term.suspect:
            continue
        own = {form_key(form) for form in term.renderings}
        for form in (*term.forbidden, *term.suspect):
            if form_key(form) in own:
                raise GlossaryError(term.path, term.line, (
                    f"{form!r} is both right (preferred or admitted) and wrong (forbidden or suspect) "
                    f"for {term.source!r}; delete it from one of the cells"
                ))  # fmt: skip
    for term in approved:
        for form in term.forbidden:
            other = right.get(form_key(form))
            if other is not None:
                raise GlossaryError(term.path, term.line, (
                    f"{form!r} is forbidden for {term.source!r} but right for {other.source!r} "
                    f"({other.path}:{other.line}); list it as suspect, or delete it from one of the two terms"
                ))  # fmt: skip
