"""What the gate would say of a text that is still being typed."""

from __future__ import annotations

from typing import NamedTuple

from checks.model import Finding, Span
from checks.verdict import FileReport
from review_app import units
from review_app.outcome import Editing
from review_app.reports import Reports
from review_app.writing import located


class Rechecked(NamedTuple):
    """The open findings of an entry with a text in its field, and the field as it then is."""

    text: str
    """The field with the file's line breaks."""
    region: Span
    """Where the field would stand."""
    findings: tuple[Finding, ...]


def recheck(reports: Reports, report: FileReport, opened: Editing, typed: str) -> Rechecked | None:
    """Check one entry with a typed text in the open field; None where the text makes another entry of it."""
    digest = report.digest
    found = located(digest, opened)
    if found is None or opened.place.entry is None:
        return None
    _, region = found
    text = units.from_browser(opened.base, typed)
    findings = reports.check_entry(digest.text[: region.start] + text + digest.text[region.end :], opened.place)
    return Rechecked(text, Span(region.start, region.start + len(text)), findings) if findings is not None else None
