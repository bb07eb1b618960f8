"""What a summary tells, worked out once for all its forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from checks.gate import Gate
from checks.model import Severity
from checks.quality import mqm, volume
from checks.quality.decided import Decided
from checks.quality.effort import Cost, Effort, Spent, Version, costs, dearest, effort, efforts
from checks.quality.terms import Tally, tally
from checks.scene import FileScene
from checks.verdict import FileReport, Report
from glossary.records import NamedTuple


class Weighed(NamedTuple):
    """What a digest is held against: the same for as long as its text, the glossary and the sources are."""

    words: int
    known: int
    """Entries whose English is at hand."""
    terms: Tally


class DigestFacts(NamedTuple):
    """One digest."""

    path: str
    entries: int
    words: int
    by_severity: Mapping[Severity, int]
    density: float
    """Penalty points to a thousand words, were each open finding an error."""
    score: mqm.Score | None
    """Of what editors confirmed; None where nobody decided anything."""
    effort: Effort | None
    terms: Tally


class Work(NamedTuple):
    """What editors' decisions took, over all digests."""

    total: Effort
    score: mqm.Score
    """Over the digests in which anything was decided, as one text."""
    by_rule: Sequence[Cost]
    by_term: Sequence[Cost]
    by_month: Mapping[str, Effort]
    """By the month of the digest: of its name, or of the first decision on it where that tells none."""
    by_translator: Mapping[str, Effort]
    dearest: Sequence[Spent]
    """The entries that were changed, the one that took most edits first."""


class Facts(NamedTuple):
    """Some digests together."""

    exit_code: int
    digests: Sequence[DigestFacts]
    words: int
    by_code: Mapping[str, int]
    """The most frequent first."""
    by_severity: Mapping[Severity, int]
    density: float
    known: int
    """Entries whose English is at hand."""
    terms: Tally
    work: Work | None
    errors: Sequence[str]

    @property
    def entries(self) -> int:
        """How many there are."""
        return sum(digest.entries for digest in self.digests)


def weighed(gate: Gate, file: FileReport) -> Weighed:
    """Weigh a digest."""
    scenes = FileScene(file.digest, gate.bench(file.path).context).entries
    known = sum(scene.source is not None and bool(scene.source.abstract) for scene in scenes)
    return Weighed(volume.words(file.digest.entries, gate.sources), known, tally(scenes))


def facts(
    gate: Gate,
    report: Report,
    decided: Decided | None = None,
    weigh: Callable[[Gate, FileReport], Weighed] = weighed,
) -> Facts:
    """Count what a run says. What could not be judged is left out, and told among the errors.

    ``weigh`` may remember what :func:`weighed` has said.
    """
    model, counted = gate.settings.mqm, Tally()
    by_path = _by_path(decided) if decided is not None else {}
    digests: list[DigestFacts] = []
    known = 0
    for file in report.files:
        found = weigh(gate, file)
        counted.include(found.terms)
        known += found.known
        digests.append(_digest(file, found, model, by_path.get(file.path)))
    totals, words = report.totals, sum(digest.words for digest in digests)
    return Facts(
        exit_code=report.exit_code,
        digests=digests,
        words=words,
        by_code=dict(totals.by_code.most_common()),
        by_severity=totals.by_severity,
        density=mqm.score(totals.by_code.elements(), words, model).density,
        known=known,
        terms=counted,
        work=_work(digests, model, decided) if decided is not None and decided.versions else None,
        errors=[str(error) for error in report.errors],
    )


def _by_path(decided: Decided) -> Mapping[str, tuple[list[Version], list[str]]]:
    """The versions of each digest that anybody decided in, and the codes of what was confirmed in it."""
    found: dict[str, tuple[list[Version], list[str]]] = {}
    for version in decided.versions:
        found.setdefault(version.path, ([], []))[0].append(version)
    for confirmed in decided.confirmed:
        found.setdefault(confirmed.path, ([], []))[1].append(confirmed.code)
    return found


def _digest(
    file: FileReport, found: Weighed, model: mqm.Model, done: tuple[list[Version], list[str]] | None
) -> DigestFacts:
    words = found.words
    counts = Counter(finding.code for finding in file.findings)
    return DigestFacts(
        path=file.path,
        entries=file.entries,
        words=words,
        by_severity=Counter(finding.severity for finding in file.findings),
        density=mqm.score(counts.elements(), words, model).density,
        score=mqm.score(done[1], words, model) if done is not None else None,
        effort=effort(done[0]) if done is not None else None,
        terms=found.terms,
    )


def _work(digests: Sequence[DigestFacts], model: mqm.Model, decided: Decided) -> Work:
    words = {digest.path: digest.words for digest in digests if digest.score is not None}
    codes = (found.code for found in decided.confirmed if found.path in words)
    return Work(
        total=effort(decided.versions),
        score=mqm.score(codes, sum(words.values()), model),
        by_rule=costs(decided.steps, lambda step: step.code),
        by_term=costs(decided.steps, lambda step: step.term),
        by_month=efforts(decided.versions, lambda version: version.month),
        by_translator=efforts(decided.versions, lambda version: version.translator),
        dearest=dearest(decided.versions),
    )
