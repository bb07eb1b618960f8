"""A small world of invented digests with their English, on real files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Paper(NamedTuple):
    """One paper, as title and abstract in both languages."""

    english: str
    chinese: str
    title: str = "A Study of Things"
    chinese_title: str = "事物之考"


class World(NamedTuple):
    """Where its files stand."""

    digests: Path
    sources: Path

    @property
    def options(self) -> list[str]:
        """The options that name it."""
        return ["--digests", str(self.digests), "--sources", str(self.sources)]


def world(folder: Path, papers: Sequence[Paper], *, known: bool = True) -> World:
    """Write the papers as one digest, and their English as one file (empty where it is not to be known)."""
    digests = folder / "digests"
    digests.mkdir()
    entries: list[str] = []
    records: list[str] = []
    for number, paper in enumerate(papers, 1):
        key = f"2504.{number:05}"
        entries.append(f"## {paper.title}\n[{paper.chinese_title}](https://arxiv.org/abs/{key})\n\n{paper.chinese}\n")
        records.append(json.dumps({"arxiv_id": key, "title_en": paper.title, "abstract_en": paper.english}))
    (digests / "week.md").write_text("\n".join(entries), encoding="utf-8")
    sources = folder / "sources.jsonl"
    sources.write_text("\n".join(records) + "\n" if known else "", encoding="utf-8")
    return World(digests, sources)


def glossary(folder: Path, content: str, name: str = "terms.csv") -> Path:
    """Write a glossary file."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path
