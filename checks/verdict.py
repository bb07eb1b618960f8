"""What a run says: file by file, in sum, and as an exit code."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from checks.bilingual import parse
from checks.errors import InputError
from checks.model import SEVERITIES, Digest, Finding, Severity
from glossary.records import NamedTuple, compared_without

if TYPE_CHECKING:
    from checks.decisions import Decision
    from checks.dismissals import Dismissal
    from checks.suppression import Suppression

    D = TypeVar("D", bound=Decision)

VERSION: Final = "0.1.0"


Kind = tuple[str, Severity, bool]
"""Code, severity, and whether a safe fix is proposed."""
Counts = Mapping[Kind, int]
"""How many findings there are by kind."""

_KINDS: Final[dict[Kind, Kind]] = {}


def kind_of(code: str, severity: Severity, safe: bool) -> Kind:
    """A kind, always the same object: every digest of a run holds counts of the same few."""
    kind = (code, severity, safe)
    return _KINDS.setdefault(kind, kind)


def counts_of(findings: Iterable[Finding]) -> Counts:
    """Count findings."""
    return Counter(kind_of(each.code, each.severity, each.fix("safe") is not None) for each in findings)


class _FileReport(NamedTuple):
    path: str
    text: str
    entries: int
    """How many there are."""
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
    parsed: Digest | None = None


@compared_without(1)
class FileReport(_FileReport):
    """One digest and what is to say of it; ``dismissed`` are findings an editor has answered."""

    @cached_property
    def digest(self) -> Digest:
        """The parsed digest."""
        return self.parsed if self.parsed is not None else parse(self.text, self.path)

    @cached_property
    def tally(self) -> Tally:
        """What the verdict needs to know of the file."""
        return Tally(
            entries=self.entries,
            findings=counts_of(self.findings),
            suppressed=len(self.suppressed),
            dismissed=tuple(record.id for _, record in self.dismissed),
            unmatched=self.unmatched,
            baselined=tuple(record.id for _, record in self.baselined),
            paid=self.paid,
            errors=self.errors,
        )


class Tally(NamedTuple):
    """A file's report in numbers, and the decisions that concern it: what is kept of it in a long run."""

    entries: int
    findings: Counts
    """Those that are open."""
    suppressed: int
    dismissed: tuple[str, ...]
    """The ids of the dismissals that hold."""
    unmatched: tuple[Dismissal, ...]
    baselined: tuple[str, ...]
    """The ids of the baseline's lines that hold."""
    paid: tuple[Decision, ...]
    errors: tuple[InputError, ...]

    @classmethod
    def undecided(cls, entries: int, findings: Counts, suppressed: int) -> Tally:
        """That of a digest which was judged, and of which nobody has decided anything."""
        return cls(entries, findings, suppressed, (), (), (), (), ())


class Tallied(Sequence[FileReport]):
    """Reports whose tallies are known without making them."""

    @property
    @abstractmethod
    def tallies(self) -> Sequence[Tally]:
        """The numbers of each report, in order."""


class Totals(NamedTuple):
    """The tallies of a run, added up."""

    entries: int
    by_code: Counter[str]
    by_severity: Counter[Severity]
    safe: Counter[str]
    """Findings with a safe fix, by code."""
    suppressed: int
    dismissed: int
    baselined: int


class _Report(NamedTuple):
    files: Sequence[FileReport]
    """Of a long run they are made when they are asked for, one at a time: go through them once, and keep none."""
    errors: tuple[InputError, ...]
    fail_on: Severity
    rules: tuple[str, ...]
    glossary: str
    """The glossary's hash."""
    mended: int = 0
    """How many findings ``--fix`` has mended before these."""
    strict: bool = False
    exit_zero: bool = False


class Report(_Report):
    """The whole run."""

    @property
    def findings(self) -> Iterator[Finding]:
        """The open findings, file by file."""
        for file in self.files:
            yield from file.findings

    @cached_property
    def tallies(self) -> Sequence[Tally]:
        """The numbers of each file."""
        return self.files.tallies if isinstance(self.files, Tallied) else [file.tally for file in self.files]

    @cached_property
    def totals(self) -> Totals:
        """The numbers of the run."""
        by_code, by_severity, safe = Counter[str](), Counter[Severity](), Counter[str]()
        for tally in self.tallies:
            for (code, severity, mendable), count in tally.findings.items():
                by_code[code] += count
                by_severity[severity] += count
                safe[code] += count if mendable else 0
        return Totals(
            sum(tally.entries for tally in self.tallies),
            by_code,
            by_severity,
            safe,
            sum(tally.suppressed for tally in self.tallies),
            sum(len(tally.dismissed) for tally in self.tallies),
            sum(len(tally.baselined) for tally in self.tallies),
        )

    @property
    def unmatched(self) -> tuple[Dismissal, ...]:
        """Dismissals that no checked file needs any more, though their entries were checked."""
        return _idle((tally.dismissed, tally.unmatched) for tally in self.tallies)

    @property
    def paid(self) -> tuple[Decision, ...]:
        """Baseline lines that no checked file needs any more, though their entries were checked."""
        return _idle((tally.baselined, tally.paid) for tally in self.tallies)

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
        return int(any(self.totals.by_severity[severity] for severity in SEVERITIES[worst:]))

    def summary(self) -> dict[str, object]:
        """The record of the run, as in the JSON contract."""
        totals = self.totals
        return {
            "files": len(self.files),
            "entries": totals.entries,
            "findings": totals.by_code.total(),
            "suppressed": totals.suppressed,
            "dismissed": totals.dismissed,
            "baselined": totals.baselined,
            "by_code": dict(sorted(totals.by_code.items())),
            "by_severity": {severity: totals.by_severity[severity] for severity in reversed(SEVERITIES)},
            "errors": [{"path": error.path, "line": error.line, "message": error.message} for error in self.errors],
            "glossary": self.glossary,
            "rules": list(self.rules),
            "version": VERSION,
        }


def _idle(files: Iterable[tuple[Sequence[str], Sequence[D]]]) -> tuple[D, ...]:
    """The records that match nothing in one file and serve in no other, from the ids that serve, and the rest."""
    served: set[str] = set()
    left: dict[str, D] = {}
    for answered, idle in files:
        served.update(answered)
        left.update((record.id, record) for record in idle)
    return tuple(record for record in left.values() if record.id not in served)
