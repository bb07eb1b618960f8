"""``sarif``: the interchange format of static analysis, SARIF 2.1.0 (OASIS), for code scanning and editors.

Columns are code points (``columnKind``). A file is named by its address from ``%SRCROOT%``, the root of
the checkout, percent-encoded byte by byte. What a comment, an editor or the baseline has answered is
there too, with its suppression; what could not be judged is a notification of the invocation. Every fix
a machine may apply is there, and says whether it is safe.

GitHub tells alerts apart by ``primaryLocationLineHash`` alone. A paragraph is a line here, so that the
hash of a line, which its upload action would add, would make one alert of all findings of a rule in a
paragraph: the finding's own fingerprint stands there as well.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from checks.errors import InputError, SettingsError
from checks.model import Finding, Fix, Severity
from checks.registry import Loaded, rules
from checks.report.answered import Answer, answered
from checks.report.machine import array, to_json
from checks.report.places import file_of, relative, root
from checks.report.regions import BOM, Regions
from checks.verdict import VERSION, FileReport, Report
from checks.view import View, one_line
from glossary.remote import is_url

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "recommendation"}
_URI: Final = "/?#[]@!$&'()*+,;=:%~"
"""What may stand in a URI as it is, besides letters, digits, ``-``, ``.`` and ``_``."""
_VERDICTS: Final = {
    0: "Nothing at or above the severity that fails the gate",
    1: "Something at or above the severity that fails the gate",
    2: "Not everything could be judged",
}
_LONGEST_DESCRIPTION: Final = 1024
"""Characters of a description that GitHub takes."""

Json = dict[str, object]


def lines(report: Report, view: View) -> Iterator[str]:
    """The log: a line for the run, then a result a line."""
    top = root()
    paths: list[str] = []
    codes = set(report.rules)
    # Once for what stands before the results, as the reports of a long run are made when they are looked at.
    for file in report.files:
        paths.append(file.path)
        codes.update(finding.code for finding, _ in answered(file))
    # Those that ran, and those that only some paths have switched on.
    loaded = [each for each in rules() if each.rule.code in codes]
    run: Json = {
        "tool": {"driver": _driver(loaded, view)},
        "invocations": [_invocation(report, top)],
        "originalUriBaseIds": {_ROOT: {"uri": top.as_uri().rstrip("/") + "/"}},
        "artifacts": [
            {"location": _location(path, top), "roles": ["analysisTarget"], "encoding": "UTF-8"} for path in paths
        ],
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "UTF-8",
        "language": "zh-CN" if view.lang == "zh" else "en",
    }
    opening = f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[' + to_json(run)[:-1] + ',"results":['
    places = {each.rule.code: number for number, each in enumerate(loaded)}
    results = (
        to_json(result)
        for number, file in enumerate(report.files)
        for result in _results(file, {**_location(file.path, top), "index": number}, places, view)
    )
    return array(opening, results, "]}]}")


def _driver(loaded: Sequence[Loaded], view: View) -> Json:
    return {
        "name": "Yijiao",
        "version": VERSION,
        "semanticVersion": VERSION,
        "shortDescription": {"text": "Checks Chinese translations of paper abstracts"},
        "rules": [_rule(each, view) for each in loaded],
    }


def _rule(loaded: Loaded, view: View) -> Json:
    rule = loaded.rule
    summary = rule.summary.zh if view.lang == "zh" else rule.summary.en
    first = loaded.manual.partition("\n\n")[0].replace("\n", " ")
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": first[:_LONGEST_DESCRIPTION]},
        "help": {
            "text": loaded.manual.replace("**", ""),
            "markdown": f"# {rule.code} {rule.name}\n\n{loaded.manual}",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.mqm.partition("/")[0], rule.mqm],
            "problem.severity": _PROBLEMS[rule.severity],
            "fix": rule.fix or "none",
            "revision": rule.revision,
        },
    }


def _invocation(report: Report, top: Path) -> Json:
    usage = [_notification(error, top) for error in report.errors if isinstance(error, SettingsError)]
    found = [_notification(error, top) for error in report.errors if not isinstance(error, SettingsError)]
    return {
        "executionSuccessful": report.exit_code != 2,
        "exitCode": report.exit_code,
        "exitCodeDescription": _VERDICTS[report.exit_code],
        "workingDirectory": {"uri": Path.cwd().as_uri().rstrip("/") + "/"},
        "toolConfigurationNotifications": usage,
        "toolExecutionNotifications": found,
    }


def _notification(error: InputError, top: Path) -> Json:
    path = file_of(error)
    notice: Json = {"level": "error", "message": _message(str(error) if path is None else error.message)}
    if path is not None:
        physical: Json = {"artifactLocation": _location(path, top)}
        if error.line is not None:
            physical["region"] = {"startLine": error.line}
        notice["locations"] = [{"physicalLocation": physical}]
    return notice


def _results(file: FileReport, location: Json, places: dict[str, int], view: View) -> Iterator[Json]:
    regions = Regions(file.text)
    for finding, answers in answered(file):
        yield {
            "ruleId": finding.code,
            "ruleIndex": places[finding.code],
            "level": _LEVELS[finding.severity],
            "message": _message(finding.message.render(view.lang)),
            "locations": [_place(finding, file.text, regions, location)],
            "relatedLocations": [
                {
                    "id": number,
                    "physicalLocation": {"artifactLocation": location, "region": regions.region(related.span)},
                    "message": _message(related.message.render(view.lang)),
                }
                for number, related in enumerate(finding.related, 1)
            ],
            "partialFingerprints": {
                "primaryLocationLineHash": finding.fingerprint,
                "yijiaoFinding/v1": finding.fingerprint,
            },
            "suppressions": [_suppression(answer, location, regions) for answer in answers],
            "fixes": [_fix(fix, location, regions, view) for fix in finding.fixes if fix.safety != "manual"],
            "properties": {
                "entry": finding.entry,
                "field": finding.field,
                "quote": finding.quote,
                "term": finding.term,
                "mqm": finding.mqm,
            },
        }


def _place(finding: Finding, text: str, regions: Regions, location: Json) -> Json:
    region = regions.region(finding.span)
    snippet = finding.quote if finding.span.start else finding.quote.removeprefix(BOM)
    if snippet and finding.stands_in(text):
        region["snippet"] = {"text": snippet}
    return {"physicalLocation": {"artifactLocation": location, "region": region}}


def _suppression(answer: Answer, location: Json, regions: Regions) -> Json:
    found: Json = {"kind": answer.kind, "status": "accepted", "justification": answer.reason}
    if answer.comment is not None:
        region = regions.region(answer.comment)
        found["location"] = {"physicalLocation": {"artifactLocation": location, "region": region}}
    return found


def _fix(fix: Fix, location: Json, regions: Regions, view: View) -> Json:
    replacements = [regions.replacement(edit) for edit in fix.edits]
    return {
        "description": _message(fix.title.render(view.lang)),
        "artifactChanges": [{"artifactLocation": location, "replacements": replacements}],
        "properties": {"safety": fix.safety},
    }


def _message(text: str) -> Json:
    """A text as a message: its braces are no placeholders, its brackets no links."""
    shown = one_line(text).replace("{", "{{").replace("}", "}}").replace("](", "\\](")
    return {"text": shown}


def _location(path: str, top: Path) -> Json:
    name = relative(path, top)
    if is_url(name):
        return {"uri": quote(name, safe=_URI)}
    if os.path.isabs(name):  # noqa: PTH117 — a name, not yet a path
        return {"uri": Path(name).as_uri()}
    return {"uri": quote(os.fsencode(name)), "uriBaseId": _ROOT}
