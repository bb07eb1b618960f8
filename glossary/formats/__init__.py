"""Formats that a glossary comes from and goes to: one module each, and what each cannot carry.

A module reads a file into terms, or writes terms as text; both also say what was lost on the way, in whole sentences
for the user. What imports a library is imported when its format is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from glossary.model import Term
from glossary.records import NamedTuple


class Read(NamedTuple):
    """The terms of a file, and what they do not say any more."""

    terms: list[Term]
    lost: list[str]


class Written(NamedTuple):
    """The text of a file, and what it does not say any more."""

    text: str
    lost: list[str]


class Format(NamedTuple):
    """How a format is read and written, and what it is, in a few words."""

    read: Callable[[Path], Read]
    write: Callable[[Sequence[Term]], Written]
    about: str


def _read_csv(path: Path) -> Read:
    from glossary.formats import tables

    return tables.read(path, tables.CSV)


def _write_csv(terms: Sequence[Term]) -> Written:
    from glossary.formats import tables

    return tables.write(terms, tables.CSV)


def _read_tsv(path: Path) -> Read:
    from glossary.formats import tables

    return tables.read(path, tables.TSV)


def _write_tsv(terms: Sequence[Term]) -> Written:
    from glossary.formats import tables

    return tables.write(terms, tables.TSV)


def _read_tbx(path: Path) -> Read:
    from glossary.formats import tbx_reading

    return tbx_reading.read(path)


def _write_tbx(terms: Sequence[Term]) -> Written:
    from glossary.formats import tbx, tbx_writing

    return tbx_writing.write(terms, tbx.EDITION_2019)


def _write_tbx_2008(terms: Sequence[Term]) -> Written:
    from glossary.formats import tbx, tbx_writing

    return tbx_writing.write(terms, tbx.EDITION_2008)


def _read_weblate(path: Path) -> Read:
    from glossary.formats import weblate

    return weblate.read(path)


def _write_weblate(terms: Sequence[Term]) -> Written:
    from glossary.formats import weblate

    return weblate.write(terms)


FORMATS: Final = {
    "csv": Format(_read_csv, _write_csv, "a glossary as this project keeps it"),
    "tsv": Format(_read_tsv, _write_tsv, "the same columns, separated by tabs"),
    "tbx": Format(_read_tbx, _write_tbx, "TermBase eXchange, ISO 30042:2019, dialect TBX-Basic, style DCA"),
    "tbx-2008": Format(_read_tbx, _write_tbx_2008, "TBX of the first edition (martif), which Weblate reads"),
    "weblate": Format(_read_weblate, _write_weblate, "the CSV file of a Weblate glossary"),
}
"""Every format by the name that the command line takes."""
