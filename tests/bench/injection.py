"""Faults put into real entries on purpose, and what the gate newly says of them.

An injection puts one fault into an entry that had none of its kind, and the gate judges the entry before and after.
A fault is *found* where something new is said of it, *twice* where more than one thing is. A bench script names its
kinds of fault and hands them to :func:`run`; what a fault is, it works out without the rules under test.

The strata share the injections evenly: a fault in a rare term weighs as much as one in LLM. The entries are those of
the corpus beside the repository, else those of `data/digests`, of which the English abstract is known.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from checks.digest import parse
from checks.files import below, read_text
from checks.gate import Gate
from checks.model import Digest, Finding, Span
from checks.scene import EntryScene, FileScene
from checks.settings import Settings
from checks.text import LineIndex

REPOSITORY: Final = Path(__file__).resolve().parents[2]
CORPUS: Final = REPOSITORY.parent / "shared/corpus"


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
    changes: tuple[Change, ...]
    short: str
    """The fault in a few words, for the list of what was missed."""
    stratum: object
    """Injections of one stratum are alike; the strata take turns."""
    term: str | None = None
    """The term that a finding about the fault may name, wherever it points."""

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


Judge = Callable[["Injection", Finding, str, Sequence[Span]], bool]
"""Whether a new finding is about the fault, given the entry with the fault and where the changes stand in it."""


def is_about(injection: Injection, finding: Finding, text: str, spans: Sequence[Span]) -> bool:
    """Whether it names the term of the fault, or points at a change."""
    return (injection.term is not None and finding.term == injection.term) or (
        finding.stands_in(text) and touches(finding, spans)
    )


def touches(finding: Finding, spans: Iterable[Span]) -> bool:
    """Whether the finding stands at one of these places."""
    return any(finding.span.start <= span.end and span.start <= finding.span.end for span in spans)


@dataclass(frozen=True)
class Kind:
    """A kind of fault: where it can be put, the codes that speak of it, and the share that must be found."""

    code: tuple[str, ...]
    candidates: Callable[[Paper], Iterable[Injection]]
    bar: float
    about: Judge = is_about


def chosen(name: str, kind: Kind, papers: Iterable[Paper], count: int, seed: int) -> list[Injection]:
    """Up to `count` injections, the strata by turns, in entries that have no finding of this kind."""
    found = [injection for paper in papers for injection in kind.candidates(paper)]
    dice = random.Random(f"{seed} {name}")
    dice.shuffle(found)
    turns: Counter[object] = Counter()
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
        mends = injection.term is not None and any(
            other.term == injection.term and touches(other, spans) for other in known
        )
        if not mends and all(finding.code not in kind.code for finding in known):
            taken.append(injection)
    return taken


def judge(kind: Kind, injection: Injection) -> Outcome:
    """What the gate newly says of a fault."""
    text, spans = injection.apply()
    known = Counter(map(_key, injection.paper.findings))
    about: list[Finding] = []
    report = injection.paper.gate.check_text(text, injection.paper.path)
    assert not report.errors, report.errors
    # Where there were such findings before, one at a change is taken for the new one.
    for finding in sorted(report.findings, key=lambda finding: touches(finding, spans)):
        if known[_key(finding)] > 0:
            known[_key(finding)] -= 1
        elif kind.about(injection, finding, text, spans):
            about.append(finding)
    return Outcome(injection, tuple(about))


def _key(finding: Finding) -> tuple[str, str | None, str]:
    # Without its place: a finding about a first use moves on to the next one.
    return finding.code, finding.term, finding.quote


def open_gate(*select: str) -> tuple[Gate, Path]:
    """A gate with these rules and the shipped terms, and the digests to work on."""
    real = CORPUS.is_dir()
    folder = CORPUS / "digests" if real else REPOSITORY / "data/digests"
    sources = CORPUS / "sources.jsonl" if real else REPOSITORY / "data/sources"
    # Not inside any stored corpus: an entry is judged alone.
    return Gate(Settings(digests=REPOSITORY / "no-such-folder", sources=(sources,), select=select)), folder


def run(about: str, select: Sequence[str], kinds: Callable[[Gate], Mapping[str, Kind]]) -> int:
    """Inject, judge, print, by the options of the command line; 1 where a kind is under its bar or found twice."""
    parser = argparse.ArgumentParser(description=about.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=300, help="injections a kind, at most")
    parser.add_argument("--kind", action="append", help="only this kind; may be repeated")
    parser.add_argument("--missed", action="store_true", help="list the faults that were missed or found twice")
    options = parser.parse_args()
    gate, folder = open_gate(*select)
    papers = load(gate, folder)
    known = kinds(gate)
    if unknown := set(options.kind or ()) - known.keys():
        parser.error(f"no such kind: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    print(f"{len(papers)} entries of {folder}, {len(gate.glossary.terms)} terms, seed {options.seed}")
    print(f"{'kind':18} | injected | found | twice | recall |   bar | alike | by")
    passed = True
    notes: list[str] = []
    for name in options.kind or known:
        kind = known[name]
        outcomes = [judge(kind, each) for each in chosen(name, kind, papers, options.count, options.seed)]
        found = sum(bool(outcome.findings) for outcome in outcomes)
        twice = sum(len(outcome.findings) > 1 for outcome in outcomes)
        recall = found / len(outcomes) if outcomes else 1.0
        alike = len({outcome.injection.stratum for outcome in outcomes})
        codes = Counter(finding.code for outcome in outcomes for finding in outcome.findings)
        by = " ".join(f"{code}:{times}" for code, times in sorted(codes.items()))
        counts = f"{len(outcomes):8} | {found:5} | {twice:5} | {recall:6.1%} | {kind.bar:5.0%} | {alike:5}"
        print(f"{name:18} | {counts} | {by}", flush=True)
        passed = passed and recall >= kind.bar and not twice
        notes += (_note(outcome) for outcome in outcomes if len(outcome.findings) != 1)
    if options.missed:
        print(*notes, sep="\n")
    return 0 if passed else 1


def _note(outcome: Outcome) -> str:
    injection = outcome.injection
    said = " ".join(f"{found.code} “{found.quote}”" for found in outcome.findings)
    what = f"twice ({said})" if outcome.findings else "missed"
    about = f"{injection.term}: " if injection.term else ""
    return f"{injection.paper.place(injection)}: {injection.kind} {what}: {about}{injection.short}"
