"""What a run says: file by file, in sum, and as an exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from checks.decisions import Decision
from checks.dismissals import Dismissal
from checks.errors import InputError
from checks.model import SEVERITIES, Digest, Finding, Severity, Suppression

VERSION: Final = "0.1.0"
D = TypeVar("D", bound=Decision)


@dataclass(frozen=True, slots=True)
class FileReport:
    """One digest and what is to say of it; ``dismissed`` are findings an editor has answered."""

    digest: Digest
    findings: tuple[Finding, ...]
    dismissed: tuple[tuple[Finding, Dismissal], ...] = ()
    unmatched: tuple[Dismissal, ...] = ()
    """Dismissals of this file's entries that match nothing any more: what they spoke of is open again."""
    suppressed: tuple[tuple[Finding, Suppression], ...] = ()
    """Findings that a comment in the digest silences."""
    baselined: tuple[tuple[Finding, Decision], ...] = ()
    """Findings that were there when the baseline was made."""
    paid: tuple[Decision, ...] = ()
    """Baseline lines of this file's entries that match nothing any more."""
    errors: tuple[InputError, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The whole run."""

    files: tuple[FileReport, ...]
    errors: tuple[InputError, ...]
    fail_on: Severity
    rules: tuple[str, ...]
    glossary: str
    """The glossary's hash."""
    mended: int = 0
    """How many findings ``--fix`` has mended before these."""
    strict: bool = False
    exit_zero: bool = False

    @property
    def findings(self) -> Iterator[Finding]:
        """The open findings, file by file."""
        for file in self.files:
            yield from file.findings

    @property
    def unmatched(self) -> tuple[Dismissal, ...]:
        """Dismissals that no checked file needs any more, though their entries were checked."""
        return _idle((file.dismissed, file.unmatched) for file in self.files)

    @property
    def paid(self) -> tuple[Decision, ...]:
        """Baseline lines that no checked file needs any more, though their entries were checked."""
        return _idle((file.baselined, file.paid) for file in self.files)

    @property
    def exit_code(self) -> int:
        """2: it could not judge something; 1: a finding at or above ``fail_on``; 0: clean.

        Where ``strict``, decisions that match nothing any more fail the gate as well; with ``exit_zero``
        nothing that was judged does.
        """
        if self.errors:
            return 2
        if self.exit_zero:
            return 0
        if self.strict and (self.unmatched or self.paid):
            return 1
        worst = SEVERITIES.index(self.fail_on)
        return int(any(SEVERITIES.index(finding.severity) >= worst for finding in self.findings))

    def summary(self) -> dict[str, object]:
        """The record of the run, as in the JSON contract."""
        by_code = Counter(finding.code for finding in self.findings)
        by_severity = Counter(finding.severity for finding in self.findings)
        return {
            "files": len(self.files),
            "entries": sum(len(file.digest.entries) for file in self.files),
            "findings": by_code.total(),
            "suppressed": sum(len(file.suppressed) for file in self.files),
            "dismissed": sum(len(file.dismissed) for file in self.files),
            "baselined": sum(len(file.baselined) for file in self.files),
            "by_code": dict(sorted(by_code.items())),
            "by_severity": {severity: by_severity.get(severity, 0) for severity in reversed(SEVERITIES)},
            "errors": [{"path": error.path, "line": error.line, "message": error.message} for error in self.errors],
            "glossary": self.glossary,
            "rules": list(self.rules),
            "version": VERSION,
        }


def _idle(files: Iterable[tuple[Sequence[tuple[Finding, D]], Sequence[D]]]) -> tuple[D, ...]:
    """The records that match nothing in one file and serve in no other, from those that serve and the rest by file."""
    served, left = set[str](), dict[str, D]()
    for answered, idle in files:
        served.update(record.id for _, record in answered)
        left.update((record.id, record) for record in idle)
    return tuple(record for record in left.values() if record.id not in served)
