"""Everything an editor can do. Every write passes here; nothing here knows of a user interface.

A write holds what the editor saw against what is in the file now, under the file's lock: the unit
is written only if it is unchanged, or if the same change can be made to what it has become.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from checks import dismissals
from checks.dismissals import Dismissal
from checks.errors import FileChanged, InputError
from checks.files import read_only, rewrite
from checks.gate import Gate
from checks.model import Span
from checks.verdict import FileReport, Report
from review_app import effort, history, units
from review_app.drafts import Drafts
from review_app.outcome import Editing, Filters, Kind, Outcome, Shown
from review_app.reports import Checked, Reports, Row, finding_id
from review_app.store import Event, Store, StoreError
from review_app.store.store import now
from review_app.writing import Change, Changer, Refused, accepting, editing, restoring

APPLICABLE: Final = ("safe", "unsafe")
"""Fixes an editor can accept; ``manual`` ones are only shown."""
_ONE_LINE: Final = ("heading", "title", "link")


class Service:
    """The findings of some digests and the decisions on them. Safe to share between threads."""

    def __init__(self, gate: Gate, paths: Sequence[Path], store: Store, *, read_only: bool = False) -> None:
        self.gate = gate
        self.store = store
        self.read_only = read_only or gate.settings.review_dir is None
        self.started = now()
        self.drafts = Drafts(store, self.stored_path)
        self._reports = Reports(gate, paths)
        self._lock = threading.RLock()
        self.refresh()

    def refresh(self) -> None:
        """Take in what others have changed."""
        with self._lock:
            self._reports.refresh()

    @property
    def paths(self) -> tuple[Path, ...]:
        """What the app was started on."""
        return self._reports.paths

    @property
    def files(self) -> dict[str, Checked]:
        """The files that can be judged, in the order of the gate."""
        with self._lock:
            return dict(self._reports.files)

    @property
    def errors(self) -> tuple[InputError, ...]:
        """What cannot be judged, and why: files, decisions, and rules that crashed."""
        with self._lock:
            return self._reports.report().errors

    def report(self) -> Report:
        """The gate's report on everything."""
        with self._lock:
            return self._reports.report()

    def verdict(self, path: str) -> int:
        """The gate's exit code for one file."""
        with self._lock:
            return self._reports.verdict(path)

    def queue(self, filters: Filters | None = None) -> list[Row]:
        """The open findings, by path and position."""
        wanted = filters or Filters()
        return [row for checked in self.files.values() for row in checked.rows if wanted.lets(row)]

    def finding(self, number: str) -> Shown | None:
        """An open finding by its id, as it is now."""
        for checked in self.files.values():
            finding = checked.by_id.get(number)
            if finding is not None:
                digest = checked.report.digest
                return Shown(number, finding, digest, units.place_of_finding(digest, finding))
        return None

    def decided(self) -> int:
        """How many decisions were made since the app started and still stand."""
        try:
            return self.store.count(self.started)
        except StoreError:
            return 0

    def efforts(self) -> list[effort.Effort]:
        """How much each file was changed since the app started."""
        known = {self.stored_path(path): (path, checked.report.digest) for path, checked in self.files.items()}
        try:
            return effort.efforts(self.store.since(self.started), known)
        except StoreError:
            return []

    def stored_path(self, path: str) -> str:
        """A path as the store keeps it: relative to the review directory, whatever the working folder."""
        root = self.gate.settings.review_dir
        real = os.path.realpath(path)
        return os.path.relpath(real, os.path.realpath(root)).replace(os.sep, "/") if root is not None else real

    def accept(self, editor: str, shown: Shown, index: int = 0) -> Outcome:
        """Make one of a finding's fixes."""
        fixes = shown.finding.fixes
        if not 0 <= index < len(fixes) or fixes[index].safety not in APPLICABLE:
            return Outcome("no-fix")
        return self._decide("accept", editor, shown, accepting(shown, fixes[index]))

    def edit(self, editor: str, shown: Shown, opened: Editing, text: str) -> Outcome:
        """Write an edited text in place of the one it was opened with."""
        if not _writable(text, opened):
            return Outcome("bad-text")
        if opened.field in _ONE_LINE:
            text = " ".join(text.split("\n"))
        mine = units.from_browser(opened.base, text)
        outcome = self._decide("edit", editor, shown, editing(opened, mine))
        if outcome.conflict is not None and not self.read_only:
            self.drafts.save(editor, opened.place, opened.field, opened.base, mine)
        elif outcome.kind in ("edited", "unchanged"):
            self.drafts.drop(editor, opened.place, opened.field)
        return outcome

    def dismiss(self, editor: str, shown: Shown, reason: str, note: str = "") -> Outcome:
        """Judge that a finding is none. Raises :class:`ValueError` for a reason that is none, or lacks its text."""
        finding = shown.finding
        review_dir = self.gate.settings.review_dir
        if self.read_only or review_dir is None:
            return Outcome("app-read-only")
        if finding.entry is None and not finding.quote:
            return Outcome("not-dismissible")
        hashed = self.gate.term_hash(finding)
        revision = self.gate.revisions[finding.code]
        record = Dismissal.of(finding, revision=revision, term_hash=hashed, reason=reason, note=note, by=editor)
        with self._lock:
            self.refresh()
            if self.finding(shown.id) is None:
                return Outcome("already")
            try:
                dismissals.add(review_dir, [record])
            except InputError as error:
                return Outcome("failed", detail=str(error))
            self.refresh()
            span = units.span_of(shown.digest, shown.place) or Span(0, 0)
            unit = shown.digest.text[span.start : span.end]
            change, path = Change(shown.place.entry, span, unit), self.stored_path(shown.place.path)
            recorded = self._note(
                partial(history.decision, "dismiss", editor, path, shown, change, before=unit, ids=[record.id])
            )
            return Outcome("dismissed", changed=True, unrecorded=not recorded)

    def undo(self, editor: str) -> Outcome:
        """Take back this editor's last decision; refused where its entry was edited since."""
        if self.read_only:
            return Outcome("app-read-only")
        with self._lock:
            self.refresh()
            known = {self.stored_path(path): path for path in self.files}
            try:
                event = self.store.last(editor, set(known))
            except StoreError as error:
                return Outcome("failed", detail=str(error))
            if event is None:
                return Outcome("nothing-to-undo")
            path = known[event.path]
            if event.kind == "dismiss":
                outcome = self._revoke(editor, event)
            else:
                outcome = self._rewrite(path, restoring(event), "undone")[0]
            if not outcome.changed:
                return outcome
            self._reports.forget(path)
            self.refresh()
            recorded = self._note(partial(history.reversal, editor, event), event.id)
            found = finding_id(path, event.fingerprint)
            return Outcome("undone", changed=True, stay_on=found, detail=event.quote, unrecorded=not recorded)

    def _revoke(self, editor: str, event: Event) -> Outcome:
        review_dir = self.gate.settings.review_dir
        if review_dir is None:
            return Outcome("app-read-only")
        try:
            standing = {record.id for record in dismissals.load(review_dir)}
            ids = [number for number in event.dismissals if number in standing]
            if ids:
                dismissals.revoke(review_dir, ids, editor)
        except InputError as error:
            return Outcome("failed", detail=str(error))
        return Outcome("undone", changed=True)

    def _decide(self, kind: str, editor: str, shown: Shown, changer: Changer) -> Outcome:
        """Change one unit of a file and record it."""
        if self.read_only:
            return Outcome("app-read-only")
        path = shown.place.path
        with self._lock:
            outcome, made = self._rewrite(path, changer, "accepted" if kind == "accept" else "edited")
            self._reports.forget(path)
            self.refresh()
            if made is None:
                return outcome
            change, before, report = made
            recorded = self._note(
                partial(history.decision, kind, editor, self.stored_path(path), shown, change, before=before)
            )
            stay_on, brought = self._brought(shown, report)
            return Outcome(outcome.kind, changed=True, stay_on=stay_on, brought=brought, unrecorded=not recorded)

    def _rewrite(
        self, path: str, changer: Changer, kind: Kind
    ) -> tuple[Outcome, tuple[Change, str, FileReport] | None]:
        """Rewrite a file; every way in which that can fail is an answer, and then nothing was written."""
        made: list[tuple[Change, str, FileReport]] = []

        def apply(text: str) -> str:
            report = self._reports.check_text(path, text)
            change = changer(text, report)
            before = text[change.span.start : change.span.end]
            if change.text == before:
                raise Refused(Outcome("unchanged"))
            made[:] = [(change, before, report)]
            return text[: change.span.start] + change.text + text[change.span.end :]

        file = Path(path)
        try:
            if read_only(file):
                return Outcome("file-read-only", detail=path), None
            rewrite(file, apply, self.gate.settings.review_dir)
        except Refused as refused:
            return refused.outcome, None
        except FileChanged as error:
            return Outcome("failed", detail=error.message), None
        except InputError as error:
            return Outcome("unreadable" if file.exists() else "gone", detail=str(error)), None
        return Outcome(kind, changed=True), made[0]

    def _brought(self, shown: Shown, before: FileReport) -> tuple[str | None, int]:
        """The first finding that a write brought to its entry, and how many; else the finding itself if still open."""
        path, entry = shown.place.path, shown.finding.entry
        checked = self.files.get(path)
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

    def _note(self, made: Callable[[], Event], undoes: int | None = None) -> bool:
        """Note a decision that is already in the files; False where the store cannot take it."""
        try:
            self.store.record(made, undoes)
        except StoreError:
            return False
        return True


def _writable(text: str, opened: Editing) -> bool:
    """Whether a text can stand in a UTF-8 file, and an entry would not vanish with it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text and (opened.field is not None or bool(text.strip()))
