"""``gitlab``: a Code Quality report for GitLab's merge requests.

GitLab shows findings of one fingerprint as one, even in two files, so that the path goes into it. Errors
of the run are blockers: the report of a run that failed must not look clean. A finding has lines, no columns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from checks.errors import InputError
from checks.model import Finding, Severity
from checks.report.machine import array, to_json
from checks.report.places import file_of, relative, root
from checks.text import LineIndex
from checks.verdict import Report
from checks.view import View, one_line

_SEVERITIES: Final[dict[Severity, str]] = {"error": "major", "warning": "minor", "info": "info"}
_NOT_JUDGED: Final = "not-judged"


def lines(report: Report, view: View) -> Iterator[str]:
    """One array: the errors of the run, then the findings, an item a line."""
    top = root()
    return array("[", _items(report, view, top), "]")


def _items(report: Report, view: View, top: Path) -> Iterator[str]:
    for number, error in enumerate(report.errors):
        yield to_json(_error(error, number, top))
    for file in report.files:
        path, places = relative(file.path, top), LineIndex(file.text)
        for finding in file.findings:
            yield to_json(_finding(finding, path, places, view))


def _finding(finding: Finding, path: str, places: LineIndex, view: View) -> dict[str, object]:
    (begin, _), (end, _) = places.place(finding.span.start), places.place(finding.span.end)
    return {
        "description": one_line(f"{finding.code} {finding.message.render(view.lang)}"),
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": _print(path, finding.fingerprint),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": begin, "end": end}},
    }


def _error(error: InputError, number: int, top: Path) -> dict[str, object]:
    path = file_of(error)
    line = error.line or 1
    return {
        "description": one_line(str(error) if path is None else error.message),
        "check_name": _NOT_JUDGED,
        "fingerprint": _print(error.path, f"{number} {error.message}"),
        "severity": "blocker",
        "location": {"path": "." if path is None else relative(path, top), "lines": {"begin": line, "end": line}},
    }


def _print(path: str, within: str) -> str:
    return hashlib.blake2b(f"{path}\n{within}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
