"""What of some digests was translated before, and how."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from checks.digest import parse
from checks.expansion import expand
from checks.files import read_text
from checks.gate import Gate
from checks.memory.difference import Difference, difference
from checks.memory.index import Found, Memory
from checks.memory.sentence import Sentence, sentences_of
from checks.memory.terms import Apart, terms_apart
from checks.model import Digest
from checks.text import LineIndex
from glossary.records import NamedTuple


class Place(NamedTuple):
    """Where a sentence stands; the line is 1-based."""

    path: str
    line: int
    entry: str


class Before(NamedTuple):
    """An earlier translation of much the same sentence, and what differs."""

    place: Place
    likeness: float
    """From the cutoff to 100, which is equal."""
    english: Difference
    """Empty where the English of either is not known."""
    chinese: Difference
    terms: list[Apart]


class Recalled(NamedTuple):
    """A sentence and its earlier translations, the likest first; there is at least one."""

    place: Place
    sentence: Sentence
    before: list[Before]


class Recollection(NamedTuple):
    """What a search found, and among how much."""

    sentences: int
    known: int
    """Sentences of the memory."""
    found: list[Recalled]


def search(gate: Gate, paths: Sequence[Path], memory: Sequence[Path], cutoff: float) -> Recollection:
    """Look for the sentences of these digests in earlier ones.

    Without ``memory`` these are the project's digests. Raises :class:`InputError` for what cannot be read.
    """
    asked = _read(gate, paths)
    stored = _read(gate, memory or [gate.settings.digests], allow_empty=not memory)
    lines = {digest.path: LineIndex(digest.text) for digest in (*stored, *asked)}
    known = Memory()
    for digest in stored:
        known.add(digest.path, sentences_of(digest, gate.sources))
    earlier = earlier_than([digest.path for digest in stored])
    found: list[Recalled] = []
    sentences = 0
    for digest in asked:
        allowed = earlier(digest.path)
        for sentence in sentences_of(digest, gate.sources):
            sentences += 1
            likest = known.like(sentence, cutoff, allowed)
            if likest:
                before = [_before(gate, each, sentence, lines) for each in likest]
                found.append(Recalled(_place(sentence, lines), sentence, before))
    return Recollection(sentences, len(known), found)


def earlier_than(stored: Iterable[str]) -> Callable[[str], Callable[[str], bool]]:
    """For a digest's path, which of the stored ones are earlier.

    Those that sort before it where it is one of them; all of them where it is not.
    """
    real = {path: os.path.realpath(path) for path in stored}
    order = {path: number for number, path in enumerate(sorted(real, key=lambda path: real[path]))}
    ends = {real[path]: number for path, number in order.items()}

    def of(path: str) -> Callable[[str], bool]:
        end = ends.get(os.path.realpath(path), len(order))
        return lambda other: order.get(other, len(order)) < end

    return of


def compared(gate: Gate, found: Found, now: Sentence, line: int) -> Before:
    """An earlier sentence beside the one that it is like; ``line`` is where it stands."""
    before = found.sentence
    english: Difference = []
    if before.english is not None and now.english is not None:
        english = difference(before.english, now.english)
    return Before(
        Place(before.path, line, before.entry),
        found.likeness,
        english,
        difference(before.chinese, now.chinese),
        terms_apart(gate.bench(now.path).context.glossary.matcher, before, now),
    )


def _before(gate: Gate, found: Found, now: Sentence, lines: dict[str, LineIndex]) -> Before:
    return compared(gate, found, now, _place(found.sentence, lines).line)


def _place(sentence: Sentence, lines: dict[str, LineIndex]) -> Place:
    return Place(sentence.path, lines[sentence.path].place(sentence.span.start)[0], sentence.entry)


def _read(gate: Gate, paths: Sequence[Path], *, allow_empty: bool = False) -> list[Digest]:
    if allow_empty and not any(path.exists() for path in paths):
        return []
    files, errors = expand(paths, allow_empty, gate.settings.excludes)
    if errors:
        raise errors[0]
    return [parse(read_text(file), file.as_posix()) for file in files]
