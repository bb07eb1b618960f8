"""Which papers the digests hold, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from checks.digest import parse
from checks.expansion import expand
from checks.files import read_text
from checks.model import SourceText
from checks.sources.identifiers import canonical
from checks.text import LineIndex


@dataclass(slots=True)
class Paper:
    """A paper of the digests."""

    number: str
    """Its identifier in the canonical form."""
    keys: set[str] = field(default_factory=set)
    """How the digests write it, and so the keys under which its English is looked up."""
    places: list[str] = field(default_factory=list)
    """Where its link stands, as path:line."""

    def missing(self, known: Mapping[str, SourceText]) -> str | None:
        """What its English lacks; None where title and abstract are known under every key."""
        records = [known.get(key) for key in self.keys]
        if None in records:
            return "no record"
        return None if all(record.abstract for record in records if record) else "no abstract"


@dataclass(slots=True)
class Papers:
    """The papers of some digests, in their order."""

    by_number: dict[str, Paper] = field(default_factory=dict)
    entries: int = 0
    """How many entries there are, with an arXiv link or without."""
    linked: int = 0
    """How many have one."""


def papers_of(paths: Sequence[Path]) -> Papers:
    """The papers of the digests that these paths name. Raises :class:`InputError` for one that cannot be read."""
    files, errors = expand(paths)
    if errors:
        raise errors[0]
    papers = Papers()
    for file in files:
        digest = parse(read_text(file), file.as_posix())
        lines = LineIndex(digest.text)
        papers.entries += len(digest.entries)
        for entry in digest.entries:
            if entry.arxiv_id is None or entry.link is None:
                continue
            number = canonical(entry.arxiv_id)
            paper = papers.by_number.setdefault(number, Paper(number))
            paper.keys.add(entry.arxiv_id)
            paper.places.append(f"{digest.path}:{lines.place(entry.link.span.start)[0]}")
            papers.linked += 1
    return papers
