"""``json`` and ``jsonl``: the contract that other programs build on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import orjson

from checks.model import Finding, Language
from checks.text import LineIndex
from checks.verdict import Report
from checks.view import View


def record(finding: Finding, lines: LineIndex, lang: Language) -> dict[str, object]:
    """A finding as the contract has it; lines and columns are 1-based, columns in code points."""
    line, column = lines.place(finding.span.start)
    end_line, end_column = lines.place(finding.span.end)
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "path": finding.path,
        "entry": finding.entry,
        "field": finding.field,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "start": finding.span.start,
        "end": finding.span.end,
        "quote": finding.quote,
        "message": finding.message.render(lang),
        "term": finding.term,
        "mqm": finding.mqm,
        "fixes": [
            {
                "title": fix.title.render(lang),
                "safety": fix.safety,
                "edits": [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits],
            }
            for fix in finding.fixes
        ],
        "related": [
            {"start": related.span.start, "end": related.span.end, "message": related.message.render(lang)}
            for related in finding.related
        ],
        "fingerprint": finding.fingerprint,
    }


def to_json(value: object) -> str:
    """A value as JSON, on one line."""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        # A file's name may hold bytes that are no UTF-8, which Python keeps as lone surrogates.
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()


def _records(text: str, findings: tuple[Finding, ...], lang: Language) -> Iterator[str]:
    lines = LineIndex(text)
    for finding in findings:
        yield to_json(record(finding, lines, lang))


def records(report: Report, view: View) -> Iterator[str]:
    """JSON Lines: a finding a line."""
    for file in report.files:
        yield from _records(file.text, file.findings, view.lang)


def document(report: Report, view: View) -> Iterator[str]:
    """One JSON object: ``findings`` and ``summary``."""
    ending = '],"summary":' + to_json(report.summary()) + "}"
    return array('{"findings":[', records(report, view), ending)


def array(opening: str, items: Iterable[str], closing: str) -> Iterator[str]:
    """A document that ends in an array, an item a line, so that a change to it reads well in a diff."""
    yield opening
    previous: str | None = None
    for item in items:
        if previous is not None:
            yield previous + ","
        previous = item
    if previous is not None:
        yield previous
    yield closing
