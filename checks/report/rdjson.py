"""``rdjson``: Reviewdog Diagnostic Format, for comments and suggestions on a pull request.

Columns count bytes of UTF-8, 1-based, ends exclusive; a BOM is three of them. A fix is one suggestion,
from its first edit to its last: reviewdog offers suggestions one by one, and half a fix is none. Errors
of the run are diagnostics as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from checks.errors import InputError
from checks.fixing import splice
from checks.model import Edit, Finding, Fix, Severity, Span
from checks.report.machine import array, to_json
from checks.report.places import Utf8Columns, file_of, relative, root
from checks.text import LineIndex
from checks.verdict import FileReport, Report
from checks.view import View, one_line

_SEVERITIES: Final[dict[Severity, str]] = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def lines(report: Report, view: View) -> Iterator[str]:
    """One object: the errors of the run, then the findings, a diagnostic a line."""
    return array('{"source":{"name":"yijiao"},"diagnostics":[', _diagnostics(report, view, root()), "]}")


def _diagnostics(report: Report, view: View, top: Path) -> Iterator[str]:
    for error in report.errors:
        yield to_json(_error(error, top))
    for file in report.files:
        path, text = relative(file.path, top), _Text(file)
        for finding in file.findings:
            yield to_json(_diagnostic(finding, path, text, view))


class _Text:
    """A digest, and where its offsets are in lines and bytes."""

    def __init__(self, file: FileReport) -> None:
        self.text = file.text
        self._lines = LineIndex(self.text)
        self._columns = Utf8Columns(self.text)

    def range(self, span: Span) -> dict[str, object]:
        return {"start": self._position(span.start), "end": self._position(span.end)}

    def suggestion(self, fix: Fix) -> dict[str, object]:
        start, end = fix.edits[0].start, fix.edits[-1].end
        edits = (Edit(edit.start - start, edit.end - start, edit.text) for edit in fix.edits)
        return {"range": self.range(Span(start, end)), "text": splice(self.text[start:end], edits)}

    def _position(self, offset: int) -> dict[str, int]:
        line, _ = self._lines.place(offset)
        return {"line": line, "column": self._columns.column(offset, self._lines.starts[line - 1])}


def _diagnostic(finding: Finding, path: str, text: _Text, view: View) -> dict[str, object]:
    return {
        "message": one_line(finding.message.render(view.lang)),
        "location": {"path": path, "range": text.range(finding.span)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
        "suggestions": [text.suggestion(fix) for fix in finding.fixes if fix.safety != "manual"],
    }


def _error(error: InputError, top: Path) -> dict[str, object]:
    path = file_of(error)
    location: dict[str, object] = {"path": "." if path is None else relative(path, top)}
    if error.line is not None:
        location["range"] = {"start": {"line": error.line}}
    message = one_line(str(error) if path is None else error.message)
    return {"message": message, "location": location, "severity": "ERROR"}
