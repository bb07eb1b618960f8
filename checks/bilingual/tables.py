"""CSV (RFC 4180) with a line of headings, among them ``source`` and ``target``; ``id`` may be another.

Commas, semicolons or tabs stand between the cells, as the headings show. A fix that brings one of them or a quotation
mark into a cell without quotation marks puts these round it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from checks.bilingual.content import Content, Piece, Unwritable, Whole
from checks.bilingual.unit import Damaged, Unit
from checks.digest import heading_key
from checks.model import Span
from glossary.records import NamedTuple

_SEPARATORS: Final = (",", ";", "\t")
_INNER: Final = re.compile(r'[^"]+|""')


class Cell(NamedTuple):
    """A cell: where it stands with its quotation marks, and its text."""

    span: Span
    quoted: bool
    text: str


def units(text: str) -> Sequence[Unit]:
    """The rows that have both texts; raises :class:`Damaged`."""
    separator, columns = _columns(text)
    body = rows(text, separator)
    next(body)
    found: list[Unit] = []
    for row in body:
        cells = {name: row[number] for name, number in columns.items() if number < len(row)}
        if "source" in cells and "target" in cells:
            source, target = cells["source"], _content(text, cells["target"], separator)
            key = (cells["id"].text.strip() if "id" in cells else "") or heading_key(source.text)
            if target is not None:
                found.append(Unit(key, row[0].span.start, source.span, source.text, target))
    return found


def _columns(text: str) -> tuple[str, dict[str, int]]:
    """The separator, and where the columns stand that matter."""
    problem = Damaged(0, "has no line of headings with “source” and “target”, so it is not known which text is which")
    for separator in _SEPARATORS:
        try:
            head = next(rows(text, separator), [])
        except Damaged as error:
            problem = error
            continue
        names = [cell.text.strip().lower() for cell in head]
        if "source" in names and "target" in names:
            return separator, {name: names.index(name) for name in ("id", "source", "target") if name in names}
    raise problem


def rows(text: str, separator: str) -> Iterator[list[Cell]]:
    """The filled rows of a table; raises :class:`Damaged` where a quotation mark does not close its cell."""
    plain = re.compile(rf"[^{re.escape(separator)}\r\n]*")
    at, row = 1 if text.startswith("\ufeff") else 0, list[Cell]()
    while at < len(text):
        cell = _quoted(text, at) if text.startswith('"', at) else None
        if cell is None:
            found = plain.match(text, at)
            end = found.end() if found else at
            cell = Cell(Span(at, end), quoted=False, text=text[at:end])
        row.append(cell)
        at = cell.span.end
        follows = text[at : at + 1]
        if follows == separator:
            at += 1
            if at == len(text):
                row.append(Cell(Span(at, at), quoted=False, text=""))
        elif follows in ("\r", "\n", ""):
            at += 2 if text.startswith("\r\n", at) else 1
            if len(row) > 1 or row[0].span.end > row[0].span.start:
                yield row
            row = []
            continue
        else:
            raise Damaged(
                at, "has something behind the quotation mark that closes a cell; a mark inside is written twice"
            )
    if row:
        yield row


def _quoted(text: str, start: int) -> Cell:
    at = start + 1
    while True:
        close = text.find('"', at)
        if close < 0:
            raise Damaged(start, "has a cell whose quotation mark is never closed")
        if not text.startswith('"', close + 1):
            break
        at = close + 2
    return Cell(Span(start, close + 1), quoted=True, text=text[start + 1 : close].replace('""', '"'))


def _content(text: str, cell: Cell, separator: str) -> Content | None:
    if not cell.text:
        return None
    if not cell.quoted:
        write = partial(_as_it_is, separator=separator)
        return Content([Piece(*cell.span, cell.text, write)], whole=Whole(cell.span, _whole))
    start = cell.span.start + 1
    inner = _INNER.finditer(text, start, cell.span.end - 1)
    return Content([Piece(*each.span(), each[0] if each[0] != '""' else '"', _doubled) for each in inner])


def _as_it_is(text: str, *, separator: str) -> str:
    if any(char in text for char in ('"', "\r", "\n", separator)):
        raise Unwritable("wants quotation marks round the cell")
    return text


def _doubled(text: str) -> str:
    return text.replace('"', '""')


def _whole(text: str) -> str:
    return f'"{_doubled(text)}"'
