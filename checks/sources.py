"""The English titles and abstracts, by arXiv id.

A source file is JSON Lines, one ``{"arxiv_id", "title_en", "abstract_en"}`` a line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

import orjson

from checks.errors import SourceError
from checks.files import read_text
from checks.model import SourceText


def load(paths: Iterable[Path]) -> dict[str, SourceText]:
    """All records of these files, and of the ``*.jsonl`` in these folders; a later one overrides.

    Raises :class:`SourceError` with file and line for a path that is missing or a line that is no record.
    """
    sources: dict[str, SourceText] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.glob("*.jsonl")):
                sources.update(_read(file))
        else:
            sources.update(_read(path))
    return sources


def _read(path: Path) -> dict[str, SourceText]:
    records: dict[str, SourceText] = {}
    if not os.path.exists(path):
        raise SourceError(str(path), None, "no such file or folder of English sources; check --sources")
    for number, line in enumerate(read_text(path).removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            record = _record(line, str(path), number)
            records[record.arxiv_id] = record
    return records


def _record(line: str, path: str, number: int) -> SourceText:
    def refuse(problem: str) -> SourceError:
        return SourceError(path, number, f"{problem}; each line is one record {{arxiv_id, title_en, abstract_en}}")

    try:
        data = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise refuse(f"is not JSON ({error})") from None
    if not isinstance(data, dict):
        raise refuse("is not a JSON object")
    for name in ("arxiv_id", "title_en"):
        if not isinstance(data.get(name), str) or not data[name].strip():
            raise refuse(f"{name} is missing or not a text")
    abstract = data.get("abstract_en") or ""
    if not isinstance(abstract, str):
        raise refuse("abstract_en is not a text")
    # An entry's key has no version, so neither has a record's.
    number_only = re.sub(r"v\d+$", "", data["arxiv_id"].strip())
    # Line breaks inside titles and abstracts are arXiv's, not the author's.
    return SourceText(number_only, " ".join(data["title_en"].split()), " ".join(abstract.split()))
