"""The English titles and abstracts, by arXiv id.

A source file is JSON Lines, one ``{"arxiv_id", "title_en", "abstract_en"}`` a line.
"""

from __future__ import annotations

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
    if not path.exists():
        raise SourceError(str(path), None, "no such file or folder of English sources; check --sources")
    for number, line in enumerate(read_text(path).removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            record = _record(line, str(path), number)
            records[record.arxiv_id] = record
    return records


def _record(line: str, path: str, number: int) -> SourceText:
    try:
        data = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise SourceError(path, number, f"is not JSON ({error}); each line is one record {{arxiv_id, title_en, abstract_en}}") from None
    if not isinstance(data, dict):
        raise SourceError(path, number, "is not a JSON object; each line is one record {arxiv_id, title_en, abstract_en}")
    for name in ("arxiv_id", "title_en"):
        if not isinstance(data.get(name), str) or not data[name].strip():
            raise SourceError(path, number, f"{name} is missing or not a text; each line is one record {{arxiv_id, title_en, abstract_en}}")
    abstract = data.get("abstract_en") or ""
    if not isinstance(abstract, str):
        raise SourceError(path, number, "abstract_en is not a text")
    # Line breaks inside titles and abstracts are arXiv's, not the author's.
    return SourceText(data["arxiv_id"].strip(), " ".join(data["title_en"].split()), " ".join(abstract.split()))
