"""Where everything stands: each digest's verdict, findings by rule, and how they and the decisions develop.

All of it is counted from what the gate has said and the store has noted; nothing is checked here.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from checks.errors import InputError
from checks.model import SEVERITIES, Severity
from review_app import weeks
from review_app.reports import Checked
from review_app.service import Service
from review_app.store import Tally

FAMILIES: Final = ("TRM", "FID", "DIG", "FMT", "CHR", "SUP")
"""The families of rules, in the order of the manual."""
Counts = Mapping[tuple[str, Severity], int]
"""Findings by code and severity."""


class Decided(NamedTuple):
    """How many decisions on a digest stand, and the day of the first."""

    number: int
    since: date


@dataclass(frozen=True, slots=True)
class Line:
    """One digest."""

    path: str
    label: str
    """Its week, or its name where that tells none."""
    exit_code: int
    """The gate's, on this file alone."""
    failing: int
    """Open findings at or above ``fail-on``."""
    entries: int
    open: Mapping[Severity, int]
    dismissed: int
    baselined: int
    decided: Decided | None
    onlookers: Sequence[str]
    errors: Sequence[InputError] = ()
    """Why it cannot be judged."""


class Point(NamedTuple):
    """The findings of one family in one digest."""

    label: str
    path: str
    family: str
    findings: int
    entries: int

    @property
    def rate(self) -> float:
        """Findings per 100 entries."""
        return round(100 * self.findings / self.entries, 1)


class Day(NamedTuple):
    """The decisions of one kind on one day."""

    day: date
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything, as of now."""

    exit_code: int
    failing: int
    errors: Sequence[InputError]
    lines: Sequence[Line]
    """The latest week first; digests whose names tell none at the end, in the order of the gate."""
    by_rule: Mapping[str, Mapping[Severity, int]]
    """Open findings; the rule with the most first."""
    trend: Sequence[Point]
    """In the order of time; of each family of which there is a finding. Digests without an entry are left out."""
    days: Sequence[Day]

    @property
    def labels(self) -> dict[str, str]:
        """The short names of the digests by path, in the order of time."""
        return {line.path: line.label for line in sorted(self.lines, key=lambda line: _in_time((line.path, line)))}


def overview(service: Service, ahead: timedelta = timedelta()) -> Overview:
    """The overview of what a service has in hand; days are those of a clock that far ahead of UTC."""
    report, files, errors = service.report(), service.files, service.errors
    failing = SEVERITIES[SEVERITIES.index(report.fail_on) :]
    tallies = service.tallies()
    decided, there = _decided(tallies, ahead), service.onlookers()
    names = _labels([*files, *(error.path for error in errors if error.path not in files and _is_digest(error))])
    lines = [
        _line(
            service,
            path,
            files[path],
            name=names[path],
            failing=failing,
            decided=decided.get(path),
            onlookers=there.get(path, ()),
        )
        if path in files
        else _unreadable(path, names[path], [error for error in errors if error.path == path])
        for path in names
    ]
    return Overview(
        exit_code=report.exit_code,
        failing=sum(line.failing for line in lines),
        errors=errors,
        lines=sorted(lines, key=_latest_first),
        by_rule=_by_rule(checked.counts for checked in files.values()),
        trend=trend({names[path]: (path, checked) for path, checked in sorted(files.items(), key=_in_time)}),
        days=days(tallies, ahead),
    )


def command(service: Service) -> str:
    """How to ask the gate the same by hand."""
    found = service.gate.settings
    given: list[object] = []
    if found.file is not None and not found.searched:
        given += ["--config", found.file]
    for name, value in found.options.items():
        option = "--" + name.replace("_", "-").removeprefix("extra-")
        for each in value if isinstance(value, tuple) else [value]:
            given += [option, each]
    return shlex.join(["python", "-m", "checks", *map(str, given), *map(str, service.paths)])


def trend(files: Mapping[str, tuple[str, Checked]]) -> list[Point]:
    """The findings by family of digests given by label, in their order."""
    found = {
        name: (path, len(checked.report.digest.entries), _by_family(checked.counts))
        for name, (path, checked) in files.items()
    }
    families = [family for family in FAMILIES if any(counts[family] for _, _, counts in found.values())]
    return [
        Point(name, path, family, counts[family], entries)
        for family in families
        for name, (path, entries, counts) in found.items()
        if entries
    ]


def days(tallies: Iterable[Tally], ahead: timedelta) -> list[Day]:
    """The decisions by day and kind, in order."""
    found = Counter[tuple[date, str]]()
    for tally in tallies:
        found[_day(tally, ahead), tally.kind] += tally.number
    return [Day(*key, number) for key, number in sorted(found.items())]


def _day(tally: Tally, ahead: timedelta) -> date:
    # The text breaks off before the last digit of the minutes.
    return (datetime.fromisoformat(tally.at + "0").replace(tzinfo=UTC) + ahead).date()


def _decided(tallies: Iterable[Tally], ahead: timedelta) -> dict[str, Decided]:
    found: dict[str, Decided] = {}
    for tally in tallies:
        before, day = found.get(tally.path), _day(tally, ahead)
        number, since = (before.number, min(before.since, day)) if before is not None else (0, day)
        found[tally.path] = Decided(number + tally.number, since)
    return found


def _line(
    service: Service,
    path: str,
    checked: Checked,
    *,
    name: str,
    failing: Sequence[Severity],
    decided: Decided | None,
    onlookers: Sequence[str],
) -> Line:
    report = checked.report
    severities = _by_severity(checked.counts)
    return Line(
        path=path,
        label=name,
        exit_code=service.verdict(path),
        failing=sum(severities[severity] for severity in failing),
        entries=len(report.digest.entries),
        open=severities,
        dismissed=len(report.dismissed),
        baselined=len(report.baselined),
        decided=decided,
        onlookers=onlookers,
        errors=report.errors,
    )


def _unreadable(path: str, name: str, errors: Sequence[InputError]) -> Line:
    return Line(path, name, 2, 0, 0, Counter(), 0, 0, None, (), errors)


def _is_digest(error: InputError) -> bool:
    return error.path.lower().endswith((".md", ".markdown"))


def _by_severity(counts: Counts) -> Counter[Severity]:
    found = Counter[Severity]()
    for (_, severity), number in counts.items():
        found[severity] += number
    return found


def _by_family(counts: Counts) -> Counter[str]:
    found = Counter[str]()
    for (code, _), number in counts.items():
        found[code[:3]] += number
    return found


def _by_rule(files: Iterable[Counts]) -> dict[str, Counter[Severity]]:
    found: dict[str, Counter[Severity]] = {}
    for counts in files:
        for (code, severity), number in counts.items():
            found.setdefault(code, Counter())[severity] += number
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].total(), pair[0])))


def _labels(paths: Iterable[str]) -> dict[str, str]:
    """A short name for each path, all different: its week, else its file's name, else the path."""
    known = list(dict.fromkeys(paths))
    named = {path: weeks.label(day) if (day := weeks.day(path)) else path.rsplit("/", 1)[-1] for path in known}
    twice = Counter(named.values())
    return {path: name if twice[name] == 1 else path for path, name in named.items()}


def _in_time(file: tuple[str, object]) -> tuple[bool, date]:
    found = weeks.day(file[0])
    return found is None, found or date.min


def _latest_first(line: Line) -> tuple[bool, int]:
    found = weeks.day(line.path)
    return found is None, -found.toordinal() if found is not None else 0
