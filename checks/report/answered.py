"""Every finding of a file, open or answered, with what has answered it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

from checks.decisions import Decision
from checks.dismissals import Dismissal
from checks.model import Finding, Span
from checks.suppression import Suppression
from checks.verdict import FileReport
from glossary.records import NamedTuple


class Answer(NamedTuple):
    """Why a finding is not open: ``inSource`` by a comment, ``external`` by a dismissal or the baseline."""

    kind: Literal["inSource", "external"]
    reason: str
    comment: Span | None = None
    """Where the comment stands."""


def answered(file: FileReport) -> Iterator[tuple[Finding, tuple[Answer, ...]]]:
    """The open findings, which have no answer, and the others, in the order of the file."""
    found: list[tuple[Finding, tuple[Answer, ...]]] = [(finding, ()) for finding in file.findings]
    found += [(finding, (_comment(comment),)) for finding, comment in file.suppressed]
    found += [(finding, (_dismissal(record),)) for finding, record in file.dismissed]
    found += [(finding, (_known(record),)) for finding, record in file.baselined]
    return iter(sorted(found, key=lambda each: (each[0].span, each[0].code)))


def by_entry(file: FileReport) -> dict[int | None, list[tuple[Finding, tuple[Answer, ...]]]]:
    """The same by the entry's place in the digest; under None what is about no entry."""
    found = defaultdict[int | None, list[tuple[Finding, tuple[Answer, ...]]]](list)
    starts = [entry.span.start for entry in file.digest.entries]
    for finding, answers in answered(file):
        # Not by its key, which may occur twice in a file.
        place = bisect_right(starts, finding.span.start) - 1 if finding.entry is not None else None
        found[place].append((finding, answers))
    return found


def _comment(comment: Suppression) -> Answer:
    return Answer("inSource", comment.reason, comment.span)


def _known(record: Decision) -> Answer:
    return Answer("external", f"in the baseline since {record.at}")


def _dismissal(record: Dismissal) -> Answer:
    said = f"{record.reason_code}: {record.reason_text}" if record.reason_text else record.reason_code
    until = f", until {record.expires.isoformat()}" if record.expires else ""
    return Answer("external", f"{said} ({record.by}, {record.at}{until})")
