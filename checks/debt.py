"""What the command line decides about findings: new ones accepted, idle decisions dropped."""

from __future__ import annotations

from collections.abc import Sequence

from checks import baseline, dismissals
from checks.decisions import Decision, can_last
from checks.errors import SettingsError
from checks.gate import Gate
from checks.model import Finding
from checks.verdict import Report

_BY = "--prune"


def accept(gate: Gate, report: Report) -> Sequence[Finding]:
    """Put the open findings of a run into the baseline.

    Gives those that it cannot hold, as they are about whole files. Raises :class:`InputError` where
    there is no place for a baseline, or it cannot be written.
    """
    findings = list(report.findings)
    records = [
        Decision.about(finding, gate.revisions[finding.code], gate.term_hash(finding))
        for finding in findings
        if can_last(finding)
    ]
    if records:
        _change(gate, add=records)
    return [finding for finding in findings if not can_last(finding)]


def prune(gate: Gate, report: Report) -> None:
    """Drop the baseline lines, and take back the dismissals, that match nothing in the entries of a run.

    Raises :class:`InputError` where they cannot be written.
    """
    if report.paid:
        _change(gate, remove=[record.id for record in report.paid])
    if report.unmatched and gate.settings.review_dir is not None:
        dismissals.revoke(gate.settings.review_dir, [record.id for record in report.unmatched], _BY)


def _change(gate: Gate, add: Sequence[Decision] = (), remove: Sequence[str] = ()) -> None:
    path = gate.settings.baseline_file
    if path is None:
        problem = "no project above these digests keeps a baseline; name one with --baseline, or add a yijiao.toml"
        raise SettingsError("--accept-new", None, problem)
    baseline.change(path, gate.settings.review_dir, add, remove)
