"""Writing the decision on one finding, and what it brings to light."""

from __future__ import annotations

from typing import NamedTuple

from checks.gate import Gate
from checks.verdict import FileReport
from review_app import units
from review_app.outcome import Kind, Outcome, Shown
from review_app.reports import Reports, finding_id
from review_app.rewriting import rewritten
from review_app.writing import Change, Changer, Refused


class Written(NamedTuple):
    """What became of one unit of a file."""

    change: Change
    before: str
    report: FileReport
    """What the gate said of the file until then."""


class Deciding:
    """Decisions on single findings. Not safe for threads: the service holds a lock."""

    def __init__(self, gate: Gate, reports: Reports) -> None:
        self._gate = gate
        self._reports = reports

    def write(self, path: str, changer: Changer, kind: Kind) -> tuple[Outcome, Written | None]:
        """Change one unit of a file; None where nothing was written, and the outcome says why."""
        made: list[Written] = []

        def apply(text: str) -> str:
            report = self._reports.check_text(path, text)
            change = changer(text, report)
            before = text[change.span.start : change.span.end]
            if change.text == before:
                raise Refused(Outcome("unchanged"))
            made[:] = [Written(change, before, report)]
            return text[: change.span.start] + change.text + text[change.span.end :]

        refused = rewritten(path, apply, self._gate.settings.review_dir)
        self._reports.forget(path)
        return (refused, None) if refused is not None else (Outcome(kind, changed=True), made[0])

    def brought(self, shown: Shown, before: FileReport) -> tuple[str | None, int]:
        """The first finding that a write brought to its entry, and how many; else the finding itself if still open.

        To be asked once the reports are refreshed.
        """
        path, entry = shown.place.path, shown.finding.entry
        checked = self._reports.files.get(path)
        if checked is None:
            return None, 0
        old = [
            finding for finding in (*before.findings, *(pair[0] for pair in before.dismissed)) if finding.entry == entry
        ]
        now_open = [finding for finding in checked.report.findings if finding.entry == entry]
        brought = units.new_findings(old, now_open)
        still = units.same_finding(shown.finding, now_open)
        stay = brought[0] if brought else still
        return (finding_id(path, stay.fingerprint) if stay is not None else None), len(brought)
