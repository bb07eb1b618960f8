"""Faults in abbreviations: one written otherwise than the English has it, or another term's in its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

from checks.model import Finding, Span
from checks.rules.terms._abbreviations import KNOWN as KNOWN_TO_ALL
from checks.text import HAN
from glossary import Glossary, expansions
from tests.bench.injection import Change, Injection, Paper, is_about, touches

_CAPITALS = re.compile(r"[A-Z][A-Z0-9]*[A-Z]")


class Renames:
    """Looks for abbreviations to rename; `held` gives the terms of which the English of a paper has the full form."""

    def __init__(self, glossary: Glossary, held: Callable[[Paper], Collection[str]]) -> None:
        self._glossary = glossary
        self._held = held

    def slipped(self, paper: Paper) -> Iterator[Injection]:
        """One letter of an abbreviation is another, or two are swapped, at one place."""
        for abbr, places in self._standing(paper):
            for wrong in _slips(abbr):
                if not _says(paper, wrong):
                    for change in places:
                        yield self._renamed("slipped", paper, abbr, wrong, (change,))

    def slipped_throughout(self, paper: Paper) -> Iterator[Injection]:
        """The same at every place of the Chinese."""
        for abbr, places in self._standing(paper):
            if len(places) == len(re.findall(rf"(?<![A-Za-z0-9]){re.escape(abbr)}(?![A-Z0-9])", _chinese(paper))):
                for wrong in _slips(abbr):
                    if not _says(paper, wrong):
                        yield self._renamed("slipped everywhere", paper, abbr, wrong, places)

    def mistaken(self, paper: Paper) -> Iterator[Injection]:
        """An abbreviation becomes that of another term, of which the entry says nothing, at one place or at all."""
        held = set(self._held(paper)) | {it.use.term.source for it in paper.scene.terms.found}
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for term in self._glossary.terms:
            for abbr in term.abbr:
                owners[abbr].add(term.source)
        others = [abbr for abbr in owners if owners[abbr].isdisjoint(held) and not _says(paper, abbr)]
        for abbr, places in self._standing(paper):
            for wrong in others:
                if wrong.upper() not in KNOWN_TO_ALL and re.fullmatch(r"[A-Z][A-Za-z0-9]*[A-Z]", wrong):
                    yield self._renamed("mistaken", paper, abbr, wrong, places[:1])
                    yield self._renamed("mistaken", paper, abbr, wrong, places)

    def _standing(self, paper: Paper) -> Iterator[tuple[str, tuple[Change, ...]]]:
        """The abbreviations that both sides use, each with the places where it stands alone in the Chinese."""
        english = " ".join(text for texts in paper.english.values() for text in texts)
        if not paper.english["body"][0].strip():
            return
        told = {expansion.abbr for expansion in expansions(english) if _CAPITALS.fullmatch(expansion.abbr)}
        listed = {abbr for term in self._glossary.terms for abbr in term.abbr if _CAPITALS.fullmatch(abbr)}
        for abbr in sorted((told | listed) - KNOWN_TO_ALL):
            word = re.escape(abbr)
            if abbr not in paper.text or not re.search(rf"(?<![A-Za-z0-9]){word}s?(?![A-Za-z0-9])", english):
                continue
            before = rf"(?:(?<=[{HAN}，。、：；(（])|(?<=[{HAN}，。、：；)] )|(?<=[a-z], ))"
            places = [
                Change(at.start() + field.offset, at.end() + field.offset, abbr)
                for field in paper.scene.terms.fields
                for at in re.finditer(rf"{before}{word}(?= ?[{HAN}，。、；)）])", field.masked)
            ]
            if places:
                yield abbr, tuple(places)

    def _renamed(self, kind: str, paper: Paper, abbr: str, wrong: str, places: Sequence[Change]) -> Injection:
        owner = next((term.source for term in self._glossary.terms if abbr in term.abbr), abbr)
        changes = tuple(place._replace(text=wrong) for place in places)
        return Injection(kind, paper, changes, f"{abbr} → {wrong}", (abbr, wrong), owner)


def _slips(abbr: str) -> Iterator[str]:
    """The abbreviation with two neighbours swapped, or one letter the next of the alphabet."""
    for at, (one, other) in enumerate(pairwise(abbr)):
        if one != other and one.isalpha() and other.isalpha():
            yield abbr[:at] + other + one + abbr[at + 2 :]
    for at, letter in enumerate(abbr):
        if letter.isalpha():
            yield abbr[:at] + chr((ord(letter) - ord("A") + 1) % 26 + ord("A")) + abbr[at + 1 :]


def _says(paper: Paper, word: str) -> bool:
    """Whether either side has the word, in any case, or everybody knows it."""
    english = " ".join(text for texts in paper.english.values() for text in texts)
    return word.upper() in KNOWN_TO_ALL or word.casefold() in f"{paper.text} {english}".casefold()


def _chinese(paper: Paper) -> str:
    return "\n".join(field.masked for field in paper.scene.terms.fields)


def is_about_first(injection: Injection, finding: Finding, text: str, spans: Sequence[Span]) -> bool:
    """Whether it is about the fault, where one finding a place is told once: at the first of them."""
    return is_about(injection, finding, text, spans) and (
        not touches(finding, spans[1:]) or touches(finding, spans[:1])
    )
