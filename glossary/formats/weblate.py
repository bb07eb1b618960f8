"""The CSV file of a Weblate glossary.

Weblate reads and writes this file with translate-toolkit: its columns are location, source, target, id, fuzzy, context,
translator_comments and developer_comments; there is none for flags (`forbidden`, `read-only`, `terminology`), and a
line is known by its context and source together. So each rendering is a line of its own, the context says which:

| context | line |
|---|---|
| (empty) | source, preferred; the note in translator_comments; the other columns, as JSON, in developer_comments |
| admitted, forbidden, suspect; admitted 2 … | source, that form |
| abbr of X, variant of X | the abbreviation or variant, X's preferred form: Weblate finds terms by their source |

A term that is only proposed is marked as needing editing (`fuzzy`). Read back, nothing is lost. Weblate itself drops
flags and developer_comments on upload; `write` says so.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Final

from glossary.errors import GlossaryError
from glossary.formats import Read, Written
from glossary.model import Term
from glossary.rows import COLUMNS, CSV, cells_of, read_text, table_rows, term_of

HEADER: Final = (
    "location", "source", "target", "id", "fuzzy", "context", "translator_comments", "developer_comments",
)  # fmt: skip
_RENDERINGS = ("admitted", "forbidden", "suspect")
_ALIASES = {"abbr": "abbr", "variant": "variants"}
_UNPLACED = ("not_in", "not_source", "policy", "require", "domain", "first_mention", "status")
_CONTEXT = re.compile(r"(admitted|forbidden|suspect)(?: \d+)?|(abbr|variant) of (.+)")
_TRUE = frozenset({"1", "x", "true", "yes", "fuzzy"})


def write(terms: Sequence[Term]) -> Written:
    """The file of these terms, and what Weblate will not take from it."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(HEADER)
    wrong = keep = 0
    for term in terms:
        cells = dict(zip(COLUMNS, cells_of(term), strict=True))
        unplaced = {column: cells[column] for column in _UNPLACED if cells[column]}
        fuzzy = str(term.status == "proposed")
        more = json.dumps(unplaced, ensure_ascii=False)
        writer.writerow(("", term.source, term.preferred, "", fuzzy, "", term.note, more))
        for source, target, context in _other_lines(term):
            writer.writerow(("", source, target, "", fuzzy, context, "", ""))
        wrong += len(term.forbidden) + len(term.suspect)
        keep += term.policy == "keep"
    lost = ["Weblate drops developer_comments (" + ", ".join(_UNPLACED) + "); import this file, not its download"]
    if wrong:
        lost.append(f"Weblate's CSV has no flags: mark the {wrong} lines of context forbidden or suspect as forbidden")
    if keep:
        lost.append(f"Weblate's CSV has no flags: mark the {keep} terms that stay English as read-only")
    return Written(out.getvalue(), lost if terms else [])


def _other_lines(term: Term) -> Iterator[tuple[str, str, str]]:
    for column in _RENDERINGS:
        for number, form in enumerate(getattr(term, column), 1):
            yield term.source, form, column if number == 1 else f"{column} {number}"
    for context, column in _ALIASES.items():
        for form in getattr(term, column):
            yield form, term.preferred, f"{context} of {term.source}"


def read(path: Path) -> Read:
    """The terms of a file; GlossaryError where it is no such file."""
    name = str(path)
    rows = table_rows(name, read_text(path), CSV)
    _, header = next(rows, (1, []))
    names = [cell.strip().lower() for cell in header]
    for column in ("source", "target"):
        if column not in names:
            raise GlossaryError(name, 1, f"the column {column!r} is missing; Weblate's columns are {', '.join(HEADER)}")
    found: dict[str, tuple[int, dict[str, str]]] = {}
    aliases: list[tuple[int, str, str, str]] = []
    lost: list[str] = []
    for line, row in rows:
        row.extend([""] * (len(names) - len(row)))
        cell = dict.fromkeys(HEADER, "") | dict(zip(names, (text.strip() for text in row), strict=False))
        if "|" in cell["source"] + cell["target"]:
            message = "holds |, which separates forms in a glossary; write the term otherwise"
            raise GlossaryError(name, line, message)
        if not cell["source"] or not cell["target"]:
            lost.append(f"{name}:{line}: left out, as it has no {'target' if cell['source'] else 'source'}")
            continue
        context = _CONTEXT.fullmatch(cell["context"])
        if context and context[2]:
            aliases.append((line, cell["source"], _ALIASES[context[2]], context[3]))
            continue
        _, term = found.setdefault(cell["source"], (line, dict.fromkeys(COLUMNS, "")))
        _rendering(term, cell, context[1] if context else "preferred", name, line)
    for line, form, column, source in aliases:
        if source not in found:
            raise GlossaryError(name, line, f"its context names {source!r}, for which there is no line; add it")
        _add(found[source][1], column, form)
    return Read([term_of(term.values(), name, line) for line, term in found.values()], lost)


def _rendering(term: dict[str, str], cell: dict[str, str], column: str, name: str, line: int) -> None:
    """Enter one line. Of several without a context of ours, the first is the preferred form."""
    if column == "preferred" and not term["preferred"]:
        term.update(source=cell["source"], preferred=cell["target"], note=cell["translator_comments"])
        term.update(_unplaced(cell["developer_comments"], name, line))
        if cell["fuzzy"].lower() in _TRUE:
            term["status"] = "proposed"
    else:
        term["source"] = cell["source"]
        _add(term, "admitted" if column == "preferred" else column, cell["target"])


def _add(term: dict[str, str], column: str, form: str) -> None:
    term[column] = f"{term[column]}|{form}" if term[column] else form


def _unplaced(comment: str, name: str, line: int) -> dict[str, str]:
    """The columns in a comment; none where somebody else wrote it."""
    if not comment.startswith("{"):
        return {}
    try:
        cells = json.loads(comment)
    except json.JSONDecodeError as error:
        message = f"developer_comments holds broken JSON ({error}); correct it, or empty the cell"
        raise GlossaryError(name, line, message) from error
    return {column: str(value).strip() for column, value in cells.items() if column in _UNPLACED}
