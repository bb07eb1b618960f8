"""Findings and errors as diagnostics."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from lsprotocol import types

from checks.errors import InputError
from checks.lsp.client import Client
from checks.lsp.documents import Document
from checks.lsp.judging import Judged
from checks.model import Finding, Severity, Span
from checks.registry import rules
from checks.view import one_line

SOURCE: Final = "yijiao"
_SEVERITIES: Final[dict[Severity, types.DiagnosticSeverity]] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
_TAGS: Final = {"TRM001": types.DiagnosticTag.Deprecated, "SUP001": types.DiagnosticTag.Unnecessary}
"""A rendering that the house has given up is struck out, a comment that silences nothing is greyed."""
_ABSENT: Final = 12
"""Code points marked where something is absent: the record's span, a whole field, would underline all the others."""


def diagnostics(judged: Judged, client: Client, site: str | None) -> list[types.Diagnostic]:
    """All there is to say of a text. ``site`` is the address of the documentation, if it is served anywhere."""
    document = judged.document
    found = [_problem(error, document) for error in judged.errors]
    if judged.file is not None:
        found += (diagnostic(finding, document, client, site) for finding in judged.file.findings)
    return found


def diagnostic(finding: Finding, document: Document, client: Client, site: str | None) -> types.Diagnostic:
    """A finding."""
    address = _manual(finding.code, site) if client.links else None
    tag = _TAGS.get(finding.code)
    return types.Diagnostic(
        range=document.positions.range(marked(finding, document.text)),
        message=one_line(finding.message.render(client.lang)),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(address) if address is not None else None,
        source=SOURCE,
        tags=[tag] if tag is not None and client.tags else None,
        related_information=list(_related(finding, document, client)) or None if client.related else None,
        data=_identity(finding) if client.data else None,
    )


def marked(finding: Finding, text: str) -> Span:
    """The part of a text that stands for a finding."""
    start, end = finding.span
    if finding.stands_in(text) or end - start <= _ABSENT:
        return finding.span
    line_end = text.find("\n", start, end)
    return Span(start, min(start + _ABSENT, end if line_end < 0 else line_end))


def error_diagnostic(error: InputError) -> types.Diagnostic:
    """What is wrong with a file that is not open, at its line."""
    line = (error.line or 1) - 1
    return types.Diagnostic(
        types.Range(types.Position(line, 0), types.Position(line + 1, 0)),
        one_line(error.message),
        severity=types.DiagnosticSeverity.Error,
        source=SOURCE,
    )


def _problem(error: InputError, document: Document) -> types.Diagnostic:
    """An error in its line where it is about the text; at the top, with the file's name, where it is about another."""
    found = error_diagnostic(error)
    if Path(error.path) != document.path:
        found.range = types.Range(types.Position(0, 0), types.Position(1, 0))
        found.message = one_line(str(error))
    return found


def _related(finding: Finding, document: Document, client: Client) -> Iterator[types.DiagnosticRelatedInformation]:
    for place in finding.related:
        where = types.Location(document.uri, document.positions.range(place.span))
        yield types.DiagnosticRelatedInformation(where, one_line(place.message.render(client.lang)))


def _identity(finding: Finding) -> dict[str, object]:
    return {
        "fingerprint": finding.fingerprint,
        "entry": finding.entry,
        "field": finding.field,
        "term": finding.term,
    }


def _manual(code: str, site: str | None) -> str | None:
    """Where the manual of a rule stands: its page on the site, else the module of which it is the docstring."""
    if site is not None:
        return f"{site.rstrip('/')}/rules/{code}/"
    return _modules().get(code)


@cache
def _modules() -> dict[str, str]:
    found: dict[str, str] = {}
    for loaded in rules():
        spec = importlib.util.find_spec(loaded.module)
        if spec is not None and spec.origin is not None:
            found[loaded.rule.code] = Path(spec.origin).as_uri()
    return found
