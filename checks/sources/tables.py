"""Records out of files of other makes: CSV, TSV, and JSON Lines with any keys, such as arXiv's own metadata snapshot.

Files are read as a stream: the snapshot is one of four gigabytes.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import orjson

from checks.errors import InputError, SourceError
from checks.files import decode
from checks.model import SourceText
from checks.sources.identifiers import bare, may_exist
from checks.sources.records import source
from glossary.records import NamedTuple

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "arxiv_id": ("arxiv_id", "arxiv", "entry_id", "id"),
    "title_en": ("title_en", "title"),
    "abstract_en": ("abstract_en", "abstract", "summary"),
}
"""How a column or key may be called, in any case; where several are there, the first of these."""
FORMATS: Final[Mapping[str, tuple[str, ...]]] = {
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "jsonl": (".jsonl", ".json", ".ndjson"),
}
LONGEST_LINE: Final = 16_000_000
"""Bytes; far more than any record, far less than the memory."""


class Row(NamedTuple):
    """A record and the line on which it begins, counted from 1."""

    line: int
    record: SourceText


def rows(path: Path, form: str, wanted: Callable[[str], bool], count: Callable[[int], object]) -> Iterator[Row]:
    """The records of a file whose identifier is ``wanted``.

    ``form`` is one of :data:`FORMATS`; ``count`` gets the bytes of each line as it is read. Raises :class:`InputError`
    with file and line for what is no text, no table or no record.
    """
    lines = _lines(path, count)
    read = _objects(str(path), lines) if form == "jsonl" else _cells(str(path), lines, "\t" if form == "tsv" else ",")
    for line, values in read:
        row = _row(str(path), line, values, wanted)
        if row is not None:
            yield row


def _lines(path: Path, count: Callable[[int], object]) -> Iterator[str]:
    """The lines of a file with their ends; they end at a line feed only."""
    name = str(path)
    number = 0
    try:
        with path.open("rb") as file:
            while line := file.readline(LONGEST_LINE):
                number += 1
                count(len(line))
                if len(line) == LONGEST_LINE:
                    raise SourceError(name, number, "the line does not end; is this one record a line, or one row?")
                yield _decoded(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, name, number)
    except FileNotFoundError:
        raise SourceError(name, None, "no such file; check the path") from None
    except OSError as error:
        raise SourceError(name, None, f"cannot be read ({error.strerror or error}); check the path") from None


def _decoded(line: bytes, name: str, number: int) -> str:
    try:
        return decode(line, name)
    except InputError as error:
        raise SourceError(name, number, error.message) from None


def _objects(name: str, lines: Iterator[str]) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            remedy = "write one JSON object a line (jq -c '.[]' makes that of an array)"
            raise SourceError(name, number, f"is not JSON ({error}); {remedy}") from None
        if not isinstance(data, dict):
            raise SourceError(name, number, "is not a JSON object; write one record a line (jq -c '.[]' of an array)")
        yield number, data


def _cells(name: str, lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    header: Sequence[str] | None = None
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            if header is None:
                raise SourceError(name, None, f"is empty; its first line must name columns ({_known()})") from None
            return
        except csv.Error as error:
            remedy = 'put a cell with a comma, quote or line break in quotes, and write a quote in it as ""'
            raise SourceError(name, line, f"is no proper row ({error}); {remedy}") from None
        if not any(cells):
            pass
        elif header is None:
            header = cells
            _check_header(name, line, header)
        elif len(cells) != len(header):
            problem = f"has {len(cells)} cells, but the first line names {len(header)} columns"
            raise SourceError(name, line, f"{problem}; is a comma or a quote of a cell not quoted?")
        else:
            yield line, dict(zip(header, cells, strict=True))
        line = reader.line_num + 1


def _check_header(name: str, line: int, header: Sequence[str]) -> None:
    for column, key in zip(NAMES, _keys(tuple(header)), strict=True):
        if key is None and column != "abstract_en":
            raise SourceError(name, line, f"names no column {' or '.join(NAMES[column])}; it must name ({_known()})")
    folded = [_folded(cell) for cell in header]
    for alias in (alias for aliases in NAMES.values() for alias in aliases):
        if folded.count(alias) > 1:
            raise SourceError(name, line, f"names the column {alias} twice; delete one")


def _known() -> str:
    return ", ".join(" or ".join(aliases) for aliases in NAMES.values())


def _folded(key: str) -> str:
    return key.strip().casefold()


@lru_cache(maxsize=256)
def _keys(keys: tuple[str, ...]) -> tuple[str | None, ...]:
    """Which of these are what :data:`NAMES` asks for, in its order."""
    there = {_folded(key): key for key in keys}
    return tuple(next((there[alias] for alias in aliases if alias in there), None) for aliases in NAMES.values())


def _row(name: str, line: int, values: Mapping[str, object], wanted: Callable[[str], bool]) -> Row | None:
    def refuse(problem: str) -> SourceError:
        return SourceError(name, line, problem)

    # Millions of lines with the same keys are looked through once.
    identifier, title, abstract = (values[key] if key is not None else None for key in _keys(tuple(values)))
    if not isinstance(identifier, str) or not identifier.strip():
        raise refuse(f"has no arXiv id, as a text; name it {' or '.join(NAMES['arxiv_id'])}")
    number = bare(identifier)
    if number is None or not may_exist(number):
        remedy = "write it as 2504.15120 or cs/0112017 (a spreadsheet may have dropped a zero)"
        raise refuse(f"{identifier.strip()[:60]!r} is no arXiv id; {remedy}")
    if not wanted(number):
        return None
    if not isinstance(title, str) or not title.strip():
        raise refuse(f"{number} has no title, as a text; name it {' or '.join(NAMES['title_en'])}")
    if not isinstance(abstract, str | None):
        raise refuse(f"the abstract of {number} is not a text; correct it")
    return Row(line, source(number, title, abstract or ""))
