"""Corpora of any size for timing, made of real entries.

An entry of a made corpus is a real one under an arXiv id of its own, with the sentences of its abstract in another
order. So its length, its faults and its English are those of real work, and no two abstracts are the same text.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checks.digest import parse
from checks.files import read_text
from checks.model import SourceText
from checks.sources import load
from glossary import load_layers, shipped

REPOSITORY: Final = Path(__file__).resolve().parents[3]
_REAL: Final = REPOSITORY.parent / "shared/corpus"
_SAMPLES: Final = REPOSITORY / "data"
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”』」）)]*|[^。！？]+$")
_ENTRIES_A_FILE: Final = 25
_CSV_HEADER: Final = "source,preferred,forbidden,require\n"
_SEED: Final = 20250401


@dataclass(frozen=True)
class Real:
    """A published entry and its English."""

    heading: str
    title: str
    sentences: tuple[str, ...]
    source: SourceText | None


def real() -> Sequence[Real]:
    """The entries of the shared corpus, or of the sample digests where that is absent."""
    digests, sources = (_REAL / "digests", _REAL / "sources.jsonl")
    if not digests.is_dir():
        digests, sources = _SAMPLES / "digests", _SAMPLES / "sources"
    english = load([sources])
    found: list[Real] = []
    for file in sorted(digests.rglob("*.md")):
        for entry in parse(read_text(file)).entries:
            if entry.title is not None and entry.body is not None and entry.body.text.strip():
                sentences = tuple(each[0] for each in _SENTENCE.finditer(" ".join(entry.body.text.split("\n"))))
                known = english.get(entry.arxiv_id or "")
                found.append(Real(entry.heading.text, entry.title.text, sentences, known))
    return found


def make(folder: Path, entries: int, terms: int = 0) -> Path:
    """A project with so many entries in digests of 25, and so many terms of its own; one made before is used again."""
    place = folder / f"{entries}-entries-{terms}-terms"
    done = place / "yijiao.toml"
    if done.exists():
        return place
    (place / "digests").mkdir(parents=True, exist_ok=True)
    chance, papers = random.Random(_SEED), real()
    with (place / "sources.jsonl").open("w", encoding="utf-8") as english:
        for first in range(0, entries, _ENTRIES_A_FILE):
            numbers = range(first, min(first + _ENTRIES_A_FILE, entries))
            texts: list[str] = []
            for number in numbers:
                paper = chance.choice(papers)
                texts.append(_entry(paper, _arxiv_id(number), chance))
                if paper.source is not None:
                    record = {"arxiv_id": _arxiv_id(number), "title_en": paper.source.title}
                    record["abstract_en"] = paper.source.abstract
                    english.write(json.dumps(record, ensure_ascii=False) + "\n")
            (place / f"digests/{first // _ENTRIES_A_FILE:05d}.md").write_text("\n".join(texts), encoding="utf-8")
    (place / "terms.csv").write_text(_CSV_HEADER + "".join(_terms(terms, chance)), encoding="utf-8")
    (place / "forms.txt").write_text("".join(f"{form}\n" for form in _forms(shipped())), encoding="utf-8")
    settings = 'digests = "digests"\nsources = ["sources.jsonl"]\n' + ('glossary = ["terms.csv"]\n' if terms else "")
    done.write_text(settings, encoding="utf-8")
    return place


def _entry(paper: Real, number: str, chance: random.Random) -> str:
    body = "".join(chance.sample(paper.sentences, len(paper.sentences)))
    return f"## {paper.heading}\n[{paper.title}](https://arxiv.org/abs/{number})\n\n{body}\n"


def _arxiv_id(number: int) -> str:
    month, rest = divmod(number, 99_999)
    return f"{25 + month // 12:02d}{month % 12 + 1:02d}.{rest + 1:05d}"


def _terms(count: int, chance: random.Random) -> Iterator[str]:
    """Terms that nobody uses, as long as real ones: what matters is that the matcher must hold them."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    han = [chr(code) for code in range(0x4E00, 0x9FA5)]
    for number in range(count):
        words = ("".join(chance.choices(letters, k=chance.randint(4, 9))) for _ in range(chance.randint(1, 3)))
        good, bad = ("".join(chance.choices(han, k=chance.randint(3, 7))) for _ in range(2))
        yield f"{' '.join(words)} x{number},{good},{bad},yes\n"


def _forms(layer: Sequence[Path]) -> Sequence[str]:
    """Every Chinese form of a glossary."""
    terms = load_layers([layer]).terms
    return sorted({form for term in terms for form in (*term.renderings, *term.forbidden, *term.suspect)})
