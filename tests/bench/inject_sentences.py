"""How many faults of whole sentences the FID rules find, on real entries.

    python -m tests.bench.inject_sentences [--seed 7] [--count 300] [--kind dropped …] [--missed]

A sentence is dropped (anywhere, and once more by its position) or gives way to another, the last one is cut in its
middle, or English is left in the place of Chinese.

Sentences and clauses are found here by plain regexes, not by the splitter under test.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from checks.gate import Gate
from checks.model import Finding, Span
from checks.text import count_han, has_han
from tests.bench.injection import Change, Injection, Kind, Paper, run

CODES: Final = ("FID003", "FID004", "FID009")
_CHINESE = re.compile(r"[^。！？]+[。！？]+[”’」』）)]?")
_CLAUSE = re.compile(r"(?<=，)[^，。！？；：]+(?=[，。；])")
_ENGLISH = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_WORDS = re.compile(r"[A-Za-z]{2,}")
_FEWEST_HAN: Final = 12
_FEWEST_WORDS: Final = 6
_MIDDLE: Final = (0.25, 0.75)
_ALIKE: Final = 0.15
_MOST_OTHERS: Final = 400


def sentences(paper: Paper) -> list[Span]:
    """The Chinese sentences of the body long enough to matter, in offsets of the entry."""
    body = paper.scene.entry.body
    if body is None:
        return []
    found = (sentence.span() for sentence in _CHINESE.finditer(body.text) if count_han(sentence[0]) >= _FEWEST_HAN)
    return [Span(start + body.span.start, end + body.span.start) for start, end in found]


def position(number: int, all_of_them: int) -> str:
    """Where a sentence stands among the others."""
    return "first" if number == 0 else "last" if number == all_of_them - 1 else "middle"


def dropped(paper: Paper, where: str | None = None) -> Iterator[Injection]:
    """A Chinese sentence is taken out, at this position or at any."""
    spans = sentences(paper)
    for number, span in enumerate(spans):
        place = position(number, len(spans))
        if len(spans) > 1 and where in (None, place):
            yield _fault("dropped", paper, Change(*span, ""))


class Inventor:
    """Puts a sentence of another paper, about as long, in the place of one, as a translator who makes things up."""

    def __init__(self) -> None:
        self._others: list[str] = []

    def replaced(self, paper: Paper) -> Iterator[Injection]:
        """A sentence gives way to one of the papers before."""
        spans = sentences(paper)
        dice = random.Random(paper.text)
        for span in spans:
            size = span.end - span.start
            alike = [other for other in self._others if abs(len(other) - size) <= _ALIKE * size]
            if alike:
                yield _fault("replaced", paper, Change(*span, dice.choice(alike)))
        self._others = [*self._others, *(paper.text[slice(*span)] for span in spans)][-_MOST_OTHERS:]


def cut(paper: Paper) -> Iterator[Injection]:
    """The last sentence, without an address, breaks off somewhere in its middle half, after a Han character."""
    spans = sentences(paper)
    if not spans or paper.text[spans[-1].end :].strip() or "http" in paper.text[slice(*spans[-1])]:
        return
    start, end = spans[-1]
    dice = random.Random(paper.text)
    at = start + int((end - start) * dice.uniform(*_MIDDLE))
    while at < end and not has_han(paper.text[at - 1]):
        at += 1
    if has_han(paper.text[at:end]):
        yield _fault("cut", paper, Change(at, end, ""))


def pairs(paper: Paper) -> Iterator[tuple[Span, str]]:
    """Chinese sentences with the English they translate, where both sides have as many."""
    spans, english = sentences(paper), _ENGLISH.split(paper.english["body"][0])
    if len(spans) == len(english):
        yield from zip(spans, english, strict=True)


def sentence(paper: Paper) -> Iterator[Injection]:
    """An English sentence is left in the place of its Chinese."""
    for span, english in pairs(paper):
        if len(_WORDS.findall(english)) >= _FEWEST_WORDS:
            yield _fault("sentence", paper, Change(*span, english))


def clause(paper: Paper) -> Iterator[Injection]:
    """An English clause is left in the place of a Chinese one of the same sentence."""
    for span, english in pairs(paper):
        parts = [part.strip(" .") for part in english.split(", ") if len(_WORDS.findall(part)) >= _FEWEST_WORDS]
        for part, place in zip(parts, _CLAUSE.finditer(paper.text, *span), strict=False):
            yield _fault("clause", paper, Change(*place.span(), part))


def _fault(kind: str, paper: Paper, change: Change) -> Injection:
    start, end, new = change
    short = f"{paper.text[start:end].strip()} → {new or '∅'}"
    return Injection(kind, paper, (change,), short, paper.scene.entry.key)


def _says_so(_injection: Injection, finding: Finding, _text: str, _spans: object) -> bool:
    """What is missing is reported at the whole field, so any new finding of these rules counts."""
    return finding.code in CODES


def kinds(_gate: Gate) -> Mapping[str, Kind]:
    """Each kind of fault: the rules that speak of it, and where it can be put."""
    missing = ("FID003", "FID009")
    by_place = {
        f"dropped {where}": Kind(missing, partial(dropped, where=where), 0.85, _says_so)
        for where in ("first", "middle", "last")
    }
    return {
        "dropped": Kind(missing, dropped, 0.85, _says_so),
        **by_place,
        "replaced": Kind(missing, Inventor().replaced, 0.6, _says_so),
        "cut": Kind(missing, cut, 0.85, _says_so),
        "sentence": Kind(("FID004",), sentence, 0.98),
        "clause": Kind(("FID004",), clause, 0.9),
    }


if __name__ == "__main__":
    sys.exit(run(__doc__, CODES, kinds))
