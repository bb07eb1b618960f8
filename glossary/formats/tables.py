"""CSV and TSV: the columns of a glossary, one term a line. Nothing is lost."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from glossary.formats import Read, Written
from glossary.model import Term
from glossary.rows import COLUMNS, CSV, TSV, Table, cells_of, read_file

__all__ = ["CSV", "TSV", "read", "write"]


def read(path: Path, table: Table) -> Read:
    """The terms of a file; GlossaryError where it is no glossary."""
    return Read(read_file(path, table), [])


def write(terms: Sequence[Term], table: Table) -> Written:
    """The file of these terms, as they are sorted; defaults stay empty cells, the policy apart."""
    out = StringIO()
    writer = csv.writer(out, delimiter=table.delimiter, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(cells_of(term) for term in terms)
    return Written(out.getvalue(), [])
