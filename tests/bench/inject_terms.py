"""How many injected term faults the TRM rules find, on real entries.

    python -m tests.bench.inject_terms [--seed 7] [--count 300] [--kind forbidden …] [--missed]

An injection puts one fault into an entry that had none of its kind, and the gate judges the entry before and after.
A fault is *found* where something new is said of its place or its term, *twice* where more than one thing is. What
counts as a fault is worked out here from the glossary's cells and a plain regex over the English, not by the matcher
under test; the matcher only says where the renderings stand that are to be changed.

The terms share the injections evenly: a fault in a rare term weighs as much as one in LLM. The entries are those of
the corpus beside the repository, else those of `data/digests`, of which the English abstract is known.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

REPOSITORY: Final = Path(__file__).resolve().parents[2]
if str(REPOSITORY) not in sys.path:
    sys.path.insert(0, str(REPOSITORY))

from checks.digest import parse  # noqa: E402
from checks.files import below, read_text  # noqa: E402
from checks.gate import Gate  # noqa: E402
from checks.model import Digest, Finding, Span  # noqa: E402
from checks.rules.terms.acronym_undefined import _KNOWN as KNOWN_TO_ALL  # noqa: E402
from checks.scene import EntryScene, FileScene, SegmentScene  # noqa: E402
from checks.settings import Settings  # noqa: E402
from checks.termscene import Found  # noqa: E402
from checks.text import HAN, LineIndex, has_han  # noqa: E402
from glossary import Glossary, Term, expansions  # noqa: E402

CORPUS: Final = REPOSITORY.parent / "shared/corpus"
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


class Change(NamedTuple):
    """Put `text` in the place of `[start, end)` of an entry."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Injection:
    """One fault to be: the edits that make it, and what it is about."""

    kind: str
    paper: Paper
    term: str
    """The source of the term, or the abbreviation where no term of the glossary is meant."""
    short: str
    changes: tuple[Change, ...]

    @property
    def stratum(self) -> tuple[str, str]:
        """Injections of one stratum are alike; the strata take turns."""
        return self.term, self.short

    def apply(self) -> tuple[str, list[Span]]:
        """The entry with its fault, and where the changes stand in it."""
        pieces: list[str] = []
        spans: list[Span] = []
        at = size = 0
        for start, end, text in sorted(self.changes):
            kept = self.paper.text[at:start]
            size += len(kept)
            pieces += (kept, text)
            spans.append(Span(size, size + len(text)))
            size += len(text)
            at = end
        return "".join(pieces) + self.paper.text[at:], spans


class Outcome(NamedTuple):
    """What the gate newly says of an injected fault."""

    injection: Injection
    findings: tuple[Finding, ...]


class Paper:
    """One entry, alone in a digest of its own, with its English."""

    def __init__(self, gate: Gate, digest: Digest, line: int) -> None:
        self.gate = gate
        self.path = digest.path
        self.line = line
        self.text = digest.text
        self.scene: EntryScene = FileScene(digest, gate.context).entries[0]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the gate says of the entry as published."""
        return self.gate.check_text(self.text, self.path).findings

    @cached_property
    def english(self) -> dict[str, tuple[str, ...]]:
        """The English that each Chinese field renders: its terms by the plain reading of it."""
        source = self.scene.source
        abstract = source.abstract if source else ""
        return {"title": (self.scene.entry.heading.text,), "body": (abstract,)}

    def place(self, injection: Injection) -> str:
        """`path:line` in the file it comes from."""
        start = min(change.start for change in injection.changes)
        return f"{self.path}:{self.line + self.text.count(chr(10), 0, start)}"


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
                    yield Injection("missing", paper, source, field.field, changes)

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
                    yield Injection("undefined", paper, source, abbr, changes)

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
                        yield Injection("plural", paper, owner.get(abbr, abbr), abbr, (Change(end, end, "s"),))

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


KINDS: Final[dict[str, tuple[str, Callable[[Injector, Paper], Iterator[Injection]]]]] = {
    "forbidden": ("TRM001", Injector.forbidden),
    "suspect": ("TRM001", Injector.suspect),
    "missing": ("TRM002", Injector.missing),
    "undefined": ("TRM007", Injector.undefined),
    "plural": ("TRM006", Injector.plural),
    "two": ("TRM003", Injector.two),
}
"""Each kind of fault: the rule that speaks of it, and where it can be put."""


def _renderings(paper: Paper) -> Iterator[Found]:
    """The places of right Chinese renderings."""
    for found in paper.scene.terms.found:
        if found.use.role in _RENDERED and has_han(found.use.form):
            yield found


def _swap(kind: str, paper: Paper, found: Found, new: str) -> Injection:
    change = _spaced(paper.text, found.span.start, found.span.end, new)
    return Injection(kind, paper, found.use.term.source, f"{found.use.form} → {new}", (change,))


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
    left, _ = Injection("undefined", paper, term.source, abbr, tuple(changes)).apply()
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


def load(gate: Gate, folder: Path) -> list[Paper]:
    """The entries of which the English abstract is known."""
    papers: list[Paper] = []
    for path in sorted(below(folder)):
        digest = parse(read_text(path), path.as_posix())
        lines = LineIndex(digest.text)
        for entry in digest.entries:
            source = gate.sources.get(entry.arxiv_id or "")
            if source is None or not source.abstract or entry.body is None:
                continue
            alone = parse(digest.text[slice(*entry.span)], digest.path)
            if [other.key for other in alone.entries] == [entry.key]:
                papers.append(Paper(gate, alone, lines.place(entry.span.start)[0]))
    return papers


def chosen(kind: str, injector: Injector, papers: Iterable[Paper], count: int, seed: int) -> list[Injection]:
    """Up to `count` injections, the strata by turns, in entries that have no fault of this kind."""
    code, candidates = KINDS[kind]
    found = [injection for paper in papers for injection in candidates(injector, paper)]
    dice = random.Random(f"{seed} {kind}")
    dice.shuffle(found)
    turns: Counter[tuple[str, str]] = Counter()
    queue: list[tuple[int, int, Injection]] = []
    for number, injection in enumerate(found):
        queue.append((turns[injection.stratum], number, injection))
        turns[injection.stratum] += 1
    queue.sort(key=lambda item: item[:2])
    taken: list[Injection] = []
    for _, _, injection in queue:
        if len(taken) == count:
            break
        known = injection.paper.findings
        spans = [Span(change.start, change.end) for change in injection.changes]
        # What mends another fault of its term on the way may uncover a third.
        mends = any(other.term == injection.term and _touches(other, spans) for other in known)
        if not mends and all(finding.code != code for finding in known):
            taken.append(injection)
    return taken


def judge(injection: Injection) -> Outcome:
    """What the gate newly says of the place or the term of a fault."""
    text, spans = injection.apply()
    known = Counter(map(_key, injection.paper.findings))
    about: list[Finding] = []
    report = injection.paper.gate.check_text(text, injection.paper.path)
    assert not report.errors, report.errors
    # Where there were such findings before, one at a change is taken for the new one.
    for finding in sorted(report.findings, key=lambda finding: _touches(finding, spans)):
        if known[_key(finding)] > 0:
            known[_key(finding)] -= 1
        elif finding.term == injection.term or (_is_here(finding, text) and _touches(finding, spans)):
            about.append(finding)
    return Outcome(injection, tuple(about))


def _key(finding: Finding) -> tuple[str, str | None, str]:
    # Without its place: a finding about a first use moves on to the next one.
    return finding.code, finding.term, finding.quote


def _is_here(finding: Finding, text: str) -> bool:
    """Whether the finding is about a place; what is absent is reported at the whole field."""
    return text[slice(*finding.span)] == finding.quote


def _touches(finding: Finding, spans: Iterable[Span]) -> bool:
    return any(finding.span.start <= span.end and span.start <= finding.span.end for span in spans)


def gate_and_folder() -> tuple[Gate, Path]:
    """A gate with the TRM rules and the shipped terms, and the digests to work on."""
    real = CORPUS.is_dir()
    folder = CORPUS / "digests" if real else REPOSITORY / "data/digests"
    sources = CORPUS / "sources.jsonl" if real else REPOSITORY / "data/sources"
    # Not inside any stored corpus: an entry is judged alone.
    settings = Settings(digests=REPOSITORY / "no-such-folder", sources=(sources,), select=("TRM",))
    return Gate(settings), folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Inject, judge, print; 1 where a kind is under the bar or a fault is found twice."""
    parser = argparse.ArgumentParser(description="Inject term faults into real entries and count what is found.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=300, help="injections a kind, at most")
    parser.add_argument("--kind", choices=KINDS, action="append", help="only this kind; may be repeated")
    parser.add_argument("--missed", action="store_true", help="list the faults that were missed or found twice")
    options = parser.parse_args(arguments)
    gate, folder = gate_and_folder()
    papers = load(gate, folder)
    injector = Injector(gate.glossary)
    print(f"{len(papers)} entries of {folder}, {len(gate.glossary.terms)} terms, seed {options.seed}")
    print("kind      | injected | found | twice | recall | terms | by")
    passed = True
    notes: list[str] = []
    for kind in options.kind or KINDS:
        outcomes = [judge(each) for each in chosen(kind, injector, papers, options.count, options.seed)]
        found = sum(bool(outcome.findings) for outcome in outcomes)
        twice = sum(len(outcome.findings) > 1 for outcome in outcomes)
        recall = found / len(outcomes) if outcomes else 1.0
        terms = len({outcome.injection.term for outcome in outcomes})
        codes = Counter(finding.code for outcome in outcomes for finding in outcome.findings)
        by = " ".join(f"{code}:{times}" for code, times in sorted(codes.items()))
        print(f"{kind:9} | {len(outcomes):8} | {found:5} | {twice:5} | {recall:6.1%} | {terms:5} | {by}", flush=True)
        passed = passed and recall >= BAR and not twice
        notes += (_note(outcome) for outcome in outcomes if len(outcome.findings) != 1)
    if options.missed:
        print(*notes, sep="\n")
    return 0 if passed else 1


def _note(outcome: Outcome) -> str:
    injection = outcome.injection
    said = " ".join(f"{found.code} “{found.quote}”" for found in outcome.findings)
    what = f"twice ({said})" if outcome.findings else "missed"
    return f"{injection.paper.place(injection)}: {injection.kind} {what}: {injection.term}: {injection.short}"


if __name__ == "__main__":
    sys.exit(main())
