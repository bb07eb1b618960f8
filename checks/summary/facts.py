"""What a summary tells, worked out once for all its forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from checks.gate import Gate
from checks.model import Severity
from checks.quality import mqm, volume
from checks.quality.decided import Decided
from checks.quality.effort import Cost, Effort, costs, effort, efforts
from checks.quality.terms import Tally, tally
from checks.scene import FileScene
from checks.verdict import FileReport, Report


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


class Work(NamedTuple):
    """What editors' decisions took, over all digests."""

    total: Effort
    score: mqm.Score
    """Over the digests in which anything was decided, as one text."""
    by_rule: Sequence[Cost]
    by_term: Sequence[Cost]
    by_translator: Mapping[str, Effort]


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


def facts(gate: Gate, paths: Sequence[Path], decided: Decided | None = None) -> Facts:
    """Check digests and count. What cannot be judged is left out, and told among the errors."""
    report = gate.check(paths)
    scenes = [scene for file in report.files for scene in FileScene(file.digest, gate.bench(file.path).context).entries]
    model = gate.settings.mqm
    words = {file.path: volume.words(file.digest.entries, gate.sources) for file in report.files}
    codes = Counter(finding.code for finding in report.findings)
    return Facts(
        exit_code=report.exit_code,
        digests=[_digest(file, words[file.path], model, decided) for file in report.files],
        words=sum(words.values()),
        by_code=dict(codes.most_common()),
        by_severity=Counter(finding.severity for finding in report.findings),
        density=mqm.score(codes.elements(), sum(words.values()), model).density,
        known=sum(scene.source is not None and bool(scene.source.abstract) for scene in scenes),
        terms=tally(scenes),
        work=_work(report, words, model, decided) if decided is not None and decided.versions else None,
        errors=[str(error) for error in report.errors],
    )


def _digest(file: FileReport, words: int, model: mqm.Model, decided: Decided | None) -> DigestFacts:
    path = file.path
    codes = [finding.code for finding in file.findings]
    own = [version for version in decided.versions if version.path == path] if decided is not None else []
    confirmed = [found.code for found in decided.confirmed if found.path == path] if decided is not None else []
    return DigestFacts(
        path=path,
        entries=file.entries,
        words=words,
        by_severity=Counter(finding.severity for finding in file.findings),
        density=mqm.score(codes, words, model).density,
        score=mqm.score(confirmed, words, model) if own else None,
        effort=effort(own) if own else None,
    )


def _work(report: Report, words: Mapping[str, int], model: mqm.Model, decided: Decided) -> Work:
    touched = {version.path for version in decided.versions}
    known = {file.path for file in report.files}
    length = sum(words[path] for path in touched & known)
    return Work(
        total=effort(decided.versions),
        score=mqm.score((found.code for found in decided.confirmed if found.path in known), length, model),
        by_rule=costs(decided.steps, lambda step: step.code),
        by_term=costs(decided.steps, lambda step: step.term),
        by_translator=efforts(decided.versions, lambda version: version.translator),
    )
