"""``github``: annotations on a pull request, as workflow commands of GitHub Actions.

GitHub shows ten errors, ten warnings and ten notices of a step and fifty annotations of a job, and drops
the others without a word. So the worst findings are annotated, as many as are shown; the others follow
as lines of the log, in a group that can be opened; and :mod:`checks.report.stepsummary` lists them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from checks.errors import InputError
from checks.model import SEVERITIES, Severity
from checks.report.closing import closing
from checks.report.places import file_of, relative, root
from checks.text import LineIndex
from checks.verdict import Report
from checks.view import View, one_line
from glossary.records import NamedTuple

MOST: Final = 10
"""Annotations of a level that GitHub shows of a step."""
_COMMANDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "notice"}
_NOT_JUDGED: Final = {"zh": "未能检查", "en": "Not judged"}
_MORE: Final = {"zh": "另有 {count} 处", "en": "{count} more"}


class Annotation(NamedTuple):
    """What is said at a place; ``lines`` and ``columns`` are first and last, 1-based, columns in code points."""

    severity: Severity
    title: str
    message: str
    path: str | None = None
    lines: tuple[int, int] | None = None
    columns: tuple[int, int] | None = None

    @property
    def place(self) -> str:
        """Path, line and column, as far as they are known."""
        parts: list[object] = [self.path or "-"]
        if self.lines:
            parts.append(self.lines[0])
        if self.columns:
            parts.append(self.columns[0])
        return one_line(":".join(map(str, parts)))


def lines(report: Report, view: View) -> Iterator[str]:
    """The commands, the group of those beyond the limits, and last lines that count the findings."""
    told = Counter[Severity]()
    left: list[Annotation] = []
    for each in noted(report, view):
        told[each.severity] += 1
        if told[each.severity] <= MOST:
            yield _command(each)
        else:
            left.append(each)
    if left:
        yield f"::group::{_MORE[view.lang].format(count=f'{len(left):,}')}"
        for each in left:
            yield _log(f"{each.severity} {each.place} {each.title}: {each.message}")
        yield "::endgroup::"
    yield from map(_log, closing(report, view))


def noted(report: Report, view: View) -> Iterator[Annotation]:
    """What there is to say, worst first: what could not be judged, then the findings."""
    top = root()
    for error in report.errors:
        yield _error(error, top, view)
    for severity in reversed(SEVERITIES):
        for file in report.files:
            found = [finding for finding in file.findings if finding.severity == severity]
            places = LineIndex(file.text) if found else None
            path = relative(file.path, top)
            for finding in found:
                assert places is not None
                (line, column), (last, behind) = places.place(finding.span.start), places.place(finding.span.end)
                # GitHub takes columns only where the first line is the last.
                columns = (column, max(column, behind - 1)) if line == last else None
                title, message = f"{finding.code} {finding.name}", one_line(finding.message.render(view.lang))
                yield Annotation(severity, title, message, path, (line, last), columns)


def _error(error: InputError, top: Path, view: View) -> Annotation:
    path, title = file_of(error), _NOT_JUDGED[view.lang]
    if path is None:
        return Annotation("error", title, one_line(str(error)))
    lines = (error.line, error.line) if error.line else None
    return Annotation("error", title, one_line(error.message), relative(path, top), lines)


def _command(each: Annotation) -> str:
    given: dict[str, object] = {}
    if each.path is not None:
        given["file"] = one_line(each.path)
    if each.lines:
        given["line"], given["endLine"] = each.lines
    if each.columns:
        given["col"], given["endColumn"] = each.columns
    given["title"] = each.title
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in given.items())
    return f"::{_COMMANDS[each.severity]} {properties}::{_data(each.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _log(text: str) -> str:
    """A line that is no command: the runner takes ``##[`` anywhere for the beginning of one."""
    return text.replace("##[", "# #[")
