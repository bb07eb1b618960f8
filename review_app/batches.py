"""Deciding on many findings at one stroke: one read, one check and one write a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from checks import dismissals
from checks.dismissals import Dismissal
from checks.errors import InputError
from checks.gate import Gate
from checks.model import Span
from review_app import history, units
from review_app.journal import Journal, at_one_stroke
from review_app.outcome import Batch, Kind, Outcome, Shown
from review_app.reports import Reports
from review_app.rewriting import rewritten
from review_app.store import Event, Noted, Store
from review_app.together import Plan, Refusal, again, plan
from review_app.undoing import judging
from review_app.writing import Change, Refused


class Batches:
    """Writes batches. Not safe for threads: the service holds a lock."""

    def __init__(self, gate: Gate, reports: Reports, store: Store, stored_path: Callable[[str], str]) -> None:
        self._gate = gate
        self._reports = reports
        self._store = store
        self._stored_path = stored_path

    @property
    def _review_dir(self) -> Path:
        folder = self._gate.settings.review_dir
        if folder is None:
            raise ValueError("nothing can be decided without a review directory")
        return folder

    def accept(self, editor: str, chosen: Sequence[Shown]) -> Batch:
        """Make the usual fix of each finding, where it is still the one that was seen."""
        name = history.new_batch()
        noted: list[Noted] = []
        refused: list[Refusal] = []
        try:
            with at_one_stroke(self._review_dir, self._store) as journal:
                for path, here in _by_path(chosen).items():
                    made, left = self._accept(editor, path, here, name, journal)
                    noted += made
                    refused += left
                unrecorded = not journal.close(noted)
        except InputError as error:
            return _failed(error, chosen)
        return _batch("accepted-all", name, noted, refused, unrecorded=unrecorded)

    def dismiss(self, editor: str, chosen: Sequence[Shown], reason: str, note: str) -> Batch:
        """Judge that findings are none. Raises :class:`ValueError` as :class:`Dismissal` does."""
        name = history.new_batch()
        noted: list[Noted] = []
        records: list[Dismissal] = []
        refused: list[Refusal] = []
        try:
            with at_one_stroke(self._review_dir, self._store) as journal, judging(self._review_dir):
                self._reports.refresh()
                for path, here in _by_path(chosen).items():
                    for shown, why in self._judged(path, here):
                        if why is not None:
                            refused.append((shown, why))
                            continue
                        record = self._dismissal(editor, shown, reason, note)
                        records.append(record)
                        noted.append((self._judgement(editor, shown, record.id, name), None))
                if records:
                    journal.plan(noted)
                    dismissals.add(self._review_dir, records)
                unrecorded = not journal.close(noted)
        except InputError as error:
            return _failed(error, chosen)
        return _batch("dismissed-all", name, noted, refused, unrecorded=unrecorded)

    def _accept(
        self, editor: str, path: str, chosen: Sequence[Shown], name: str, journal: Journal
    ) -> tuple[list[Noted], list[Refusal]]:
        """One file: what was written of it, and what was not."""
        planned: list[Plan] = []
        noted: list[Noted] = []

        def apply(text: str) -> str:
            found = plan(chosen, text, self._reports.check_text(path, text))
            planned[:] = [found]
            if found.text == text:
                raise Refused(Outcome("unchanged"))
            stored = self._stored_path(path)
            noted[:] = [
                (
                    history.decision("accept", editor, stored, step.shown, step.change, before=step.before, batch=name),
                    None,
                )
                for step in found.steps
            ]
            journal.plan(noted)
            return found.text

        outcome = rewritten(path, apply, self._review_dir)
        if outcome is None:
            self._reports.forget(path)
            return noted, planned[0].refused
        waiting = planned[0].refused if planned and outcome.kind == "unchanged" else []
        told = {shown.id for shown, _ in waiting}
        return [], [*waiting, *((shown, outcome) for shown in chosen if shown.id not in told)]

    def _judged(self, path: str, chosen: Sequence[Shown]) -> list[tuple[Shown, Outcome | None]]:
        """The findings of a file as they are now, each with what stands in the way of dismissing it."""
        checked = self._reports.files.get(path)
        if checked is None:
            return [(shown, Outcome("gone", detail=path)) for shown in chosen]
        pairs, lost = again(chosen, checked.report)
        dismissed = [finding for finding, _ in checked.report.dismissed]
        found: list[tuple[Shown, Outcome | None]] = [
            (shown, Outcome("already" if units.same_finding(shown.finding, dismissed) else "conflict"))
            for shown in lost
        ]
        for shown, finding in pairs:
            place = units.place_of_finding(checked.report.digest, finding)
            now = Shown(shown.id, finding, checked.report.digest, place)
            found.append((now, None if units.dismissible(finding) else Outcome("not-dismissible")))
        return found

    def _dismissal(self, editor: str, shown: Shown, reason: str, note: str) -> Dismissal:
        finding = shown.finding
        revision, hashed = self._gate.revisions[finding.code], self._gate.term_hash(finding)
        return Dismissal.of(finding, revision=revision, term_hash=hashed, reason=reason, note=note, by=editor)

    def _judgement(self, editor: str, shown: Shown, number: str, name: str) -> Event:
        span = units.span_of(shown.digest, shown.place) or Span(0, 0)
        unit = shown.digest.text[span.start : span.end]
        change, path = Change(shown.place.entry, span, unit), self._stored_path(shown.place.path)
        return history.decision("dismiss", editor, path, shown, change, before=unit, ids=[number], batch=name)


def _by_path(chosen: Iterable[Shown]) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = {}
    for shown in chosen:
        found.setdefault(shown.place.path, []).append(shown)
    return found


def _batch(kind: Kind, name: str, noted: Sequence[Noted], refused: Sequence[Refusal], *, unrecorded: bool) -> Batch:
    if not noted:
        return Batch(Outcome("nothing-done"), refused=tuple(refused))
    outcome = Outcome(kind, changed=True, count=len(noted), unrecorded=unrecorded)
    return Batch(outcome, name, len({event.path for event, _ in noted}), tuple(refused))


def _failed(error: InputError, chosen: Iterable[Shown]) -> Batch:
    """Nothing was begun."""
    outcome = Outcome("failed", detail=str(error))
    return Batch(outcome, refused=tuple((shown, outcome) for shown in chosen))
