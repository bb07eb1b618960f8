"""``concise``: a finding a line, ``path:line:column: CODE [severity] message``."""

from __future__ import annotations

from collections.abc import Iterator

from checks.report.closing import closing
from checks.text import LineIndex
from checks.verdict import Report
from checks.view import View, one_line


def lines(report: Report, view: View) -> Iterator[str]:
    """The findings, and a last line that counts them."""
    for file in report.files:
        places = LineIndex(file.text)
        for finding in file.findings:
            line, column = places.place(finding.span.start)
            mark = " [*]" if finding.fix("safe") else ""
            message = one_line(finding.message.render(view.lang))
            code = view.paint(finding.severity, finding.code)
            yield f"{one_line(finding.path)}:{line}:{column}: {code}{mark} {message}"
    yield from closing(report, view)
