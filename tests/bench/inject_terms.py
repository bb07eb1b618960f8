"""How many injected term faults the TRM rules find, on real entries.

    python -m tests.bench.inject_terms [--seed 7] [--count 300] [--kind forbidden …] [--missed]

What counts as a fault is worked out here from the glossary's cells and a plain regex over the English, not by the
matcher under test; the matcher only says where the renderings stand that are to be changed.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from checks.gate import Gate
from checks.model import Span
from checks.rules.terms._abbreviations import KNOWN as KNOWN_TO_ALL
from checks.scene import SegmentScene
from checks.termscene import Found
from checks.text import HAN, has_han
from glossary import Glossary, Term, expansions
from tests.bench.injection import Change, Injection, Kind, Paper, run
from tests.bench.renames import Renames, is_about_first

BAR: Final = 0.97
NEUTRAL: Final = "该内容"
"""Stands in for what is removed; no glossary knows it."""
_WORDS_IN_S: Final = frozenset({"FLOP", "MAC", "OP", "GP", "DN", "TP"})
_RENDERED: Final = frozenset({"preferred", "admitted"})
_CAPITALS = re.compile(r"[A-Z][A-Z0-9]*[A-Z]")
_NAMED: Final = "(?:名为|称为|称之为|称作|简称)"
_BRACKET_BEHIND = re.compile(r" ?[(（]([^()（）]{1,80})[)）]")
_LOOSE = re.compile(r"[\s的/-]")
_LATIN = re.compile(r"[A-Za-z0-9]")


class Plain:
    """The full forms of all terms in English text: one regex, longest first, plain plurals, nothing clever."""

    def __init__(self, glossary: Glossary) -> None:
        forms: defaultdict[str, set[str]] = defaultdict(set)
        for term in glossary.terms:
            for form in (term.source, *term.variants):
                forms[_plain(form)].add(term.source)
        self._terms = dict(forms)
        # A hyphen may stand anywhere (multi-modal), and either joint for the other.
        spelt = ("[ -]?".join(map(re.escape, form)) for form in sorted(forms, key=lambda form: (-len(form), form)))
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(spelt)})s?(?!\w|-[A-Z0-9])", re.IGNORECASE)

    def held(self, text: str) -> Iterator[tuple[str, str]]:
        """Each term that stands there, and how it is written (folded, without plural)."""
        for found in self._pattern.finditer(text):
            key = _plain(found[0])
            for source in self._terms.get(key, self._terms.get(key.removesuffix("s"), set())):
                yield source, key.removesuffix("s")


def _plain(form: str) -> str:
    return re.sub("[ -]", "", form).casefold()


class Injector:
    """Looks for places to put faults."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self.plain = Plain(glossary)
        self._owners: defaultdict[str, set[str]] = defaultdict(set)
        for term in glossary.terms:
            for form in term.renderings:
                self._owners[form].add(term.source)

    def _english(self, paper: Paper, *fields: str) -> Counter[str]:
        """How often the English of these fields says each term."""
        texts = (text for field in fields for text in paper.english[field])
        return Counter(source for text in texts for source, _ in self.plain.held(text))

    def held(self, paper: Paper) -> Collection[str]:
        """The terms that the English of a paper says."""
        return self._english(paper, "title", "body")

    def forbidden(self, paper: Paper) -> Iterator[Injection]:
        """A right rendering becomes a form that is wrong everywhere."""
        for found in _renderings(paper):
            for wrong in found.use.term.forbidden:
                yield _swap("forbidden", paper, found, wrong)

    def suspect(self, paper: Paper) -> Iterator[Injection]:
        """A right rendering becomes a form that is wrong in this sense, and the English has only this sense."""
        held = self._english(paper, "title", "body")
        english = " ".join(text for texts in paper.english.values() for text in texts)
        for found in _renderings(paper):
            term = found.use.term
            excuse = "|".join(map(re.escape, term.not_source))
            if term.source not in held or (excuse and re.search(rf"\b(?:{excuse})\b", english, re.IGNORECASE)):
                continue
            for wrong in term.suspect:
                if not self._is_innocent(found, wrong):
                    yield _swap("suspect", paper, found, wrong)

    @staticmethod
    def _is_innocent(found: Found, wrong: str) -> bool:
        """Whether the form would stand in a longer word that the glossary calls innocent."""
        text, match = found.scene.text, found.match
        new = text[: match.start] + wrong + text[match.end :]
        span = Span(match.start, match.start + len(wrong))
        words = (word for word in found.use.term.not_in if wrong in word)
        return any(at.start() <= span.start and span.end <= at.end() for w in words for at in re.finditer(w, new))

    def missing(self, paper: Paper) -> Iterator[Injection]:
        """Every rendering of a required term goes from a field whose English says the term."""
        for field in paper.scene.terms.fields:
            held = self._english(paper, field.field)
            for source in sorted(held):
                term = self.glossary.get(source)
                if term is None or not term.require or _leans_on(paper, field, term):
                    continue
                changes = _removals(paper, field, term)
                if changes:
                    yield _fault("missing", paper, source, field.field, changes)

    def undefined(self, paper: Paper) -> Iterator[Injection]:
        """中文 (ABBR) becomes ABBR wherever it stands, and nothing else of the entry explains it."""
        heading = {source for source, _ in self.plain.held(paper.scene.entry.heading.text)}
        by_term: defaultdict[str, list[Found]] = defaultdict(list)
        for found in paper.scene.terms.found:
            if found.use.role in _RENDERED | {"english"}:
                by_term[found.use.term.source].append(found)
        for source, places in by_term.items():
            term = places[0].use.term
            for abbr in term.abbr:
                if source in heading or abbr.upper() in KNOWN_TO_ALL:
                    continue
                changes = _abbreviated(paper, term, abbr, places)
                if changes:
                    yield _fault("undefined", paper, source, abbr, changes)

    def unglossed(self, paper: Paper) -> Iterator[Injection]:
        """The brackets go in which the Chinese has the abbreviation that the English introduces."""
        english = " ".join(text for texts in paper.english.values() for text in texts)
        told = {expansion.abbr for expansion in expansions(english)}
        by_term: defaultdict[str, list[Found]] = defaultdict(list)
        for found in _renderings(paper):
            by_term[found.use.term.source].append(found)
        for source, places in by_term.items():
            term = places[0].use.term
            if not term.first_mention or told.isdisjoint(term.abbr) or all(it.scene.field == "title" for it in places):
                continue
            words = "|".join(map(re.escape, (source, *term.variants, *term.abbr)))
            behind = (_BRACKET_BEHIND.match(paper.text, found.span.end) for found in places)
            brackets = [it for it in behind if it and re.search(rf"(?<![A-Za-z-])(?:{words})", it[1], re.IGNORECASE)]
            changes = tuple(
                Change(*it.span(), " " if paper.text[it.end() : it.end() + 1].isalnum() else "") for it in brackets
            )
            left, _ = _fault("unglossed", paper, source, "", changes).apply()
            if changes and not re.search(rf"[(（][^()（）]*\b(?:{words})s?\b", left, re.IGNORECASE):
                yield _fault("unglossed", paper, source, " ".join(it[0].strip() for it in brackets), changes)

    def plural(self, paper: Paper) -> Iterator[Injection]:
        """An abbreviation of the glossary or of the English takes an s."""
        english = " ".join(text for texts in paper.english.values() for text in texts)
        told = {expansion.abbr for expansion in expansions(english) if _CAPITALS.fullmatch(expansion.abbr)}
        owner = {abbr: term.source for term in self.glossary.terms for abbr in term.abbr}
        names = sorted({abbr for abbr in told | owner.keys() if abbr in paper.text and abbr not in _WORDS_IN_S})
        for field in paper.scene.terms.fields:
            for abbr in names:
                # Beside Latin it may be part of a name or of an English phrase.
                before = rf"(?:(?<=[{HAN}，。、：；(（])|(?<=[{HAN}，。、：；)] ))"
                for at in re.finditer(rf"{before}{re.escape(abbr)}(?= ?[{HAN}，。、；)）])", field.masked):
                    if abbr[-1] not in "sS":
                        end = at.end() + field.offset
                        yield _fault("plural", paper, owner.get(abbr, abbr), abbr, (Change(end, end, "s"),))

    def two(self, paper: Paper) -> Iterator[Injection]:
        """One of the places of a rendering takes another that is right too, but unlike it."""
        by_form: defaultdict[tuple[str, str], list[Found]] = defaultdict(list)
        for found in _renderings(paper):
            by_form[found.use.term.source, found.use.form].append(found)
        said = self._english(paper, "title", "body")
        texts = [text for texts in paper.english.values() for text in texts]
        ways = {(source, way) for text in texts for source, way in self.plain.held(text)}
        for (source, form), places in by_form.items():
            term = places[0].use.term
            # What the English says once, or in two ways itself, may have two renderings.
            if not term.require or len(places) < 2 or said[source] < 2 or sum(s == source for s, _ in ways) > 1:
                continue
            for other in term.renderings:
                accounted = any(owner != source and owner in said for owner in self._owners[other])
                if not has_han(other) or other in form or form in other or accounted:
                    continue
                for found in places:
                    if source in self._english(paper, found.scene.field):
                        yield _swap("two", paper, found, other)


def kinds(gate: Gate) -> Mapping[str, Kind]:
    """Each kind of fault: the rule that speaks of it, and where it can be put."""
    injector = Injector(gate.glossary)
    renames = Renames(gate.glossary, injector.held)
    return {
        "forbidden": Kind(("TRM001",), injector.forbidden, BAR),
        "suspect": Kind(("TRM001",), injector.suspect, BAR),
        "missing": Kind(("TRM002",), injector.missing, BAR),
        "undefined": Kind(("TRM007",), injector.undefined, BAR),
        "unglossed": Kind(("TRM005",), injector.unglossed, BAR),
        "plural": Kind(("TRM006",), injector.plural, BAR),
        "two": Kind(("TRM003",), injector.two, BAR),
        "slipped": Kind(("TRM009",), renames.slipped, BAR),
        "slipped everywhere": Kind(("TRM009",), renames.slipped_throughout, BAR, is_about_first),
        "mistaken": Kind(("TRM009",), renames.mistaken, BAR),
    }


def _renderings(paper: Paper) -> Iterator[Found]:
    """The places of right Chinese renderings."""
    for found in paper.scene.terms.found:
        if found.use.role in _RENDERED and has_han(found.use.form):
            yield found


def _swap(kind: str, paper: Paper, found: Found, new: str) -> Injection:
    change = _spaced(paper.text, found.span.start, found.span.end, new)
    return _fault(kind, paper, found.use.term.source, f"{found.use.form} → {new}", (change,))


def _fault(kind: str, paper: Paper, term: str, short: str, changes: tuple[Change, ...]) -> Injection:
    """A fault about a term, or about an abbreviation where no term of the glossary is meant."""
    return Injection(kind, paper, changes, short, (term, short), term)


def _spaced(text: str, start: int, end: int, new: str) -> Change:
    """The change, with a space between Han and Latin."""
    if _LATIN.match(new[:1]) and re.match(f"[{HAN}]", text[start - 1 : start]):
        new = " " + new
    if _LATIN.match(new[-1:]) and re.match(f"[{HAN}]", text[end : end + 1]):
        new += " "
    return Change(start, end, new)


def _leans_on(paper: Paper, field: SegmentScene, term: Term) -> bool:
    """Whether another field says the abbreviation alone: it would be unexplained, which is a fault of its own."""
    others = [other.text for other in paper.scene.terms.fields if other.field != field.field]
    return any(re.search(rf"(?<![A-Za-z]){re.escape(abbr)}(?![A-Z])", other) for other in others for abbr in term.abbr)


def _removals(paper: Paper, field: SegmentScene, term: Term) -> tuple[Change, ...] | None:
    """The changes that take a term out of a field; None where it cannot be taken out alone."""
    scan = paper.scene.terms.scan(field)
    if any(use.term.source == term.source for match in scan.nested for use in match.uses):
        return None
    spans: list[Span] = []
    for match in scan.matches:
        if any(use.term.source == term.source for use in match.uses):
            behind = _BRACKET_BEHIND.match(field.masked, match.end)
            end = behind.end() if behind and not has_han(behind[1]) else match.end
            if not spans or match.start >= spans[-1].end:
                spans.append(Span(match.start, end))
    left, at = "", 0
    for start, end in spans:
        left += field.masked[at:start] + NEUTRAL
        at = end
    left = left + field.masked[at:]
    if not spans or _still_says(left, term):
        return None
    return tuple(Change(start + field.offset, end + field.offset, NEUTRAL) for start, end in spans)


def _still_says(text: str, term: Term) -> bool:
    """Whether some wording of the term is left: 多模态 LLM, 测试时的扩展, LLM-based."""
    bare = _LOOSE.sub("", text)
    chinese = [form for form in (*term.renderings, *term.forbidden, *term.suspect) if has_han(form)]
    if any(_LOOSE.sub("", form) in bare for form in chinese):
        return True
    latin = [*term.abbr, term.source, *term.variants, *(form for form in term.renderings if not has_han(form))]
    return any(re.search(rf"(?<![A-Za-z]){re.escape(form)}", text, re.IGNORECASE) for form in latin)


def _abbreviated(paper: Paper, term: Term, abbr: str, places: Sequence[Found]) -> tuple[Change, ...] | None:
    """The changes that leave only the abbreviation; None where nothing explained it, or something still does."""
    changes: list[Change] = []
    glossed = False
    for found in sorted(places, key=lambda found: found.span.start):
        start, end = found.span
        if changes and start < changes[-1].end:
            continue
        behind = _BRACKET_BEHIND.match(paper.text, end)
        if behind and re.search(rf"(?<![A-Za-z0-9-]){re.escape(abbr)}s?(?![A-Za-z0-9-])", behind[1]):
            glossed, end = True, behind.end()
        changes.append(_spaced(paper.text, start, end, abbr))
    left, _ = _fault("undefined", paper, term.source, abbr, tuple(changes)).apply()
    heading = paper.scene.entry.heading.span
    rest = left[heading.end :]
    word = re.escape(abbr)
    bracketed = rf"[(（][^()（）]*\b{word}s?\b[^()（）]*[)）]|\b{word}s? ?[(（]"
    named = rf"(?:[A-Za-z0-9.] ?|-|{_NAMED} ?){word}|{word}(?:[A-Za-z0-9]|[-./][A-Za-z0-9]| [A-Za-z])"
    if not glossed or re.search(bracketed, left) or re.search(named, rest):
        return None
    bare = _LOOSE.sub("", rest)
    explained = any(_LOOSE.sub("", form) in bare for form in (*term.renderings, *term.forbidden) if has_han(form))
    return None if explained else tuple(changes)


if __name__ == "__main__":
    sys.exit(run(__doc__, ("TRM",), kinds))
