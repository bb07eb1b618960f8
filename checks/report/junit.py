"""``junit``: test results in XML, which nearly every CI server can show.

A digest is a suite, an entry a case. A case fails where something at or above ``--fail-on`` is open, and
says all of it in one failure, as servers show only the first; what is milder stands in its output, and so
does what has been answered. What could not be judged is a case with an error. Characters that XML cannot
hold are spelt out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final
from xml.etree import ElementTree as ET

from checks.errors import InputError
from checks.model import SEVERITIES, Finding
from checks.report.answered import Answer, by_entry
from checks.text import LineIndex
from checks.verdict import FileReport, Report
from checks.view import View, one_line, visible

_FILE: Final = "(file)"
"""The case of what is about no entry."""
_NOT_JUDGED: Final = "not judged"
_COUNTS: Final = ("tests", "failures", "errors", "skipped")


def lines(report: Report, view: View) -> Iterator[str]:
    """The document."""
    suites = ET.Element("testsuites", name="yijiao")
    by_path = {path: list(errors) for path, errors in groupby(sorted(report.errors, key=_path), key=_path)}
    for file in report.files:
        suites.append(_suite(file, by_path.pop(file.path, []), report, view))
    for path, errors in by_path.items():
        suites.append(_counted(_new_suite(path), [_not_judged(path, error) for error in errors]))
    if report.strict and (report.unmatched or report.paid):
        suites.append(_idle(report))
    for name in _COUNTS:
        suites.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    ET.indent(suites)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield ET.tostring(suites, encoding="unicode")


def _path(error: InputError) -> str:
    return error.path


def _new_suite(path: str) -> ET.Element:
    return ET.Element("testsuite", name=visible(path))


def _counted(suite: ET.Element, cases: Sequence[ET.Element]) -> ET.Element:
    suite.extend(cases)
    kinds = Counter(kind for case in cases for kind in ("failure", "error") if case.find(kind) is not None)
    for name, count in zip(_COUNTS, (len(cases), kinds["failure"], kinds["error"], 0), strict=True):
        suite.set(name, str(count))
    return suite


def _suite(file: FileReport, errors: Iterable[InputError], report: Report, view: View) -> ET.Element:
    path, teller = file.path, _Teller(file, report, view)
    found = by_entry(file)
    cases = [_not_judged(path, error) for error in errors]
    if None in found:
        cases.append(teller.case(_FILE, found[None]))
    seen = Counter[str]()
    for number, entry in enumerate(file.digest.entries):
        name = f"{entry.key} {entry.heading.text.strip()}"
        seen[name] += 1
        again = f" ({seen[name]})" if seen[name] > 1 else ""
        cases.append(teller.case(name + again, found[number]))
    return _counted(_new_suite(path), cases)


class _Teller:
    """What makes cases of the findings of one file."""

    def __init__(self, file: FileReport, report: Report, view: View) -> None:
        self._path = file.path
        self._places = LineIndex(file.text)
        self._failing = SEVERITIES[SEVERITIES.index(report.fail_on) :]
        self._view = view

    def case(self, name: str, findings: Sequence[tuple[Finding, tuple[Answer, ...]]]) -> ET.Element:
        case = _new_case(self._path, name)
        open_ = [finding for finding, answers in findings if not answers]
        failed = [finding for finding in open_ if finding.severity in self._failing]
        if failed:
            codes = ", ".join(sorted({finding.code for finding in failed}))
            first = one_line(failed[0].message.render(self._view.lang))
            message = first if len(failed) == 1 else f"{first} (+{len(failed) - 1})"
            failure = ET.SubElement(case, "failure", type=codes, message=visible(message))
            failure.text = visible("\n".join(map(self._line, failed)))
        rest = [self._line(finding) for finding in open_ if finding.severity not in self._failing]
        rest += [f"{self._line(finding)} [{answers[0].reason}]" for finding, answers in findings if answers]
        if rest:
            ET.SubElement(case, "system-out").text = visible("\n".join(rest))
        return case

    def _line(self, finding: Finding) -> str:
        line, column = self._places.place(finding.span.start)
        message = one_line(finding.message.render(self._view.lang))
        return f"{one_line(self._path)}:{line}:{column}: {finding.code} {finding.severity}: {message}"


def _idle(report: Report) -> ET.Element:
    """With ``--strict``, decisions that match nothing any more fail the gate, and so their cases."""
    suite = _new_suite("decisions")
    cases: list[ET.Element] = []
    for record in (*report.unmatched, *report.paid):
        case = _new_case("decisions", f"{record.key.code} {record.key.entry} {record.id}")
        ET.SubElement(case, "failure", type="idle", message="matches nothing any more; --prune drops it")
        cases.append(case)
    return _counted(suite, cases)


def _not_judged(path: str, error: InputError) -> ET.Element:
    case = _new_case(path, _NOT_JUDGED if error.line is None else f"{_NOT_JUDGED}, line {error.line}")
    said = ET.SubElement(case, "error", type=type(error).__name__, message=one_line(error.message))
    said.text = one_line(str(error))
    return case


def _new_case(path: str, name: str) -> ET.Element:
    return ET.Element("testcase", classname=visible(path), name=one_line(name))
