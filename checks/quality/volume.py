"""How much text there is, in English words: what penalties are held against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from checks.model import Entry, SourceText

UNITS_PER_WORD: Final = 1.82
"""Han characters and Latin words of a Chinese abstract to one English word: 868 published pairs together."""
_UNIT: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[A-Za-z0-9](?:[\w'’.-]*\w)?", re.ASCII)


def words(entries: Iterable[Entry], sources: Mapping[str, SourceText]) -> int:
    """The English words of the papers: counted in their title and abstract, or estimated from the Chinese.

    ASTM F2575 counts the source, ISO 5060 allows either side; where the English is not known there is one side only.
    """
    return round(sum(_words(entry, sources) for entry in entries))


def _words(entry: Entry, sources: Mapping[str, SourceText]) -> float:
    source = sources.get(entry.arxiv_id) if entry.arxiv_id is not None else None
    if source is not None and source.abstract:
        return len(f"{source.title} {source.abstract}".split())
    chinese = (segment.masked for segment in (entry.title, entry.body) if segment is not None)
    return sum(len(_UNIT.findall(text)) for text in chinese) / UNITS_PER_WORD
