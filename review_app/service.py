"""Everything an editor can do. Every write passes here; nothing here knows of a user interface.

A write holds what the editor saw against what is in the file now, under the file's lock: the unit
is written only if it is unchanged, or if the same change can be made to what it has become.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from checks import dismissals
from checks.dismissals import Dismissal
from checks.errors import InputError
from checks.gate import Gate
from checks.model import Digest, Entry, Span
from checks.quality.effort import Effort, efforts
from checks.verdict import Report
from glossary import Term
from review_app import history, journal, quality, rechecking, units
from review_app.access import Access, Role
from review_app.batches import Batches
from review_app.comments import Comments
from review_app.deciding import Deciding
from review_app.drafts import Drafts
from review_app.figures import Figures, Known
from review_app.listing import Index
from review_app.neighbours import Customs, Neighbours
from review_app.outcome import Batch, Editing, Filters, Outcome, Shown
from review_app.preferences import Preferences
from review_app.presence import Onlooker, Whereabouts
from review_app.rechecking import Rechecked
from review_app.recollections import Recalls, Recollections
from review_app.reports import Checked, Reports, Row
from review_app.rewriting import rewritten
from review_app.store import Event, Store, StoreError, Tally, Wanted
from review_app.store.store import now
from review_app.store.wanted import DECISIONS
from review_app.termwork import Terms
from review_app.trial import Now, Trial, tried
from review_app.tuning import Wish
from review_app.undoing import Undoing, judging
from review_app.upkeep import Upkeep
from review_app.writing import Change, Changer, Refused, accepting, editing

APPLICABLE: Final = ("safe", "unsafe")
"""Fixes an editor can accept; ``manual`` ones are only shown."""
_ONE_LINE: Final = ("heading", "title", "link")


class Service:
    """The findings of some digests and the decisions on them. Safe to share between threads."""

    def __init__(
        self,
        gate: Gate,
        paths: Sequence[Path],
        store: Store,
        *,
        access: Access | None = None,
        read_only: bool = False,
    ) -> None:
        self.gate = gate
        self.store = store
        self.access = access or Access()
        self.read_only = read_only or gate.settings.review_dir is None
        self.started = now()
        self.drafts = Drafts(store, self.stored_path, self.may)
        # An app that writes nothing forgets what is preferred.
        self.preferences = Preferences(Store.in_memory() if read_only else store)
        self._stored_paths: dict[tuple[str, Path | None], str] = {}
        self._whereabouts = Whereabouts(store)
        self._reports = Reports(gate, paths)
        self._deciding = Deciding(gate, self._reports)
        self._batches = Batches(gate, self._reports, store, self.stored_path)
        self._upkeep = Upkeep(gate, paths)
        self._lock = threading.RLock()
        self._index = Index({}, {})
        self._neighbours = Neighbours(gate)
        self._recollections = Recollections(gate)
        self._figures = Figures(gate, store, self.stored_path)
        self.terms = Terms(self)
        self.comments = Comments(self)
        self._undoing = Undoing(self, self._reports)
        if gate.settings.review_dir is not None and not self.read_only:
            journal.settle(gate.settings.review_dir, store)
        self.refresh()

    def refresh(self) -> None:
        """Take in what others have changed."""
        with self._lock:
            taken = self._upkeep.take_up()
            if taken is not None:
                self._reports.become(taken)
            self._reports.refresh(self._upkeep.errors)
            self.comments.refresh()

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
        """What cannot be judged or read, and why: settings, files, decisions, rules that crashed, roles, comments."""
        with self._lock:
            errors = self._reports.report().errors
        beside = (self.access.error, self.comments.error)
        return (*errors, *(error for error in beside if error is not None))

    def report(self) -> Report:
        """The gate's report on everything."""
        with self._lock:
            return self._reports.report()

    def verdict(self, path: str) -> int:
        """The gate's exit code for one file."""
        with self._lock:
            return self._reports.verdict(path)

    @property
    def index(self) -> Index:
        """The open findings as of the last refresh, indexed."""
        with self._lock:
            files = dict(self._reports.files)
            if not self._index.is_of(files, self.comments.open):
                self._index = Index(files, self.comments.open)
            return self._index

    def queue(self, filters: Filters | None = None) -> list[Row]:
        """The open findings, by path and position."""
        return self.index.of(filters or Filters()).rows

    def neighbours(self, term: Term, but: tuple[str, str], seconds: float) -> Customs:
        """How other entries render a term: see :meth:`review_app.neighbours.Neighbours.of`."""
        return self._neighbours.of(term, self.files, but, seconds)

    def recalled(self, digest: Digest, entry: Entry, seconds: float) -> Recalls:
        """How earlier digests translated its sentences: see :meth:`review_app.recollections.Recollections.of`."""
        return self._recollections.of(digest, entry, self.files, seconds)

    def recheck(self, opened: Editing, text: str) -> Rechecked | None:
        """What the gate would say of an entry with this text in its field; None where that cannot be told."""
        checked = self.files.get(opened.place.path)
        return rechecking.recheck(self._reports, checked.report, opened, text) if checked is not None else None

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

    def efforts(self) -> Mapping[str, Effort]:
        """How much each file was changed since the app started, by path."""
        known = {self.stored_path(path): checked.report.digest for path, checked in self.files.items()}
        try:
            found = quality.decisions(self.store.since(self.started), known)
        except StoreError:
            return {}
        return efforts(found.versions, lambda version: version.path)

    def quality(self, seconds: float) -> Known:
        """The quality of everything in numbers, as far as it is known after so many seconds of work on it."""
        return self._figures.look(self.report(), seconds)

    def tallies(self) -> list[Tally]:
        """How many decisions stand, by file, kind and time; only of files in hand, by their path here."""
        known = {self.stored_path(path): path for path in self.files}
        try:
            found = self.store.tally(Wanted(kinds=DECISIONS, standing=True))
        except StoreError:
            return []
        return [tally._replace(path=known[tally.path]) for tally in found if tally.path in known]

    def stored_path(self, path: str) -> str:
        """A path as the store keeps it: relative to the review directory, whatever the working folder."""
        key = (path, self.gate.settings.review_dir)
        if key not in self._stored_paths:
            self._stored_paths[key] = quality.stored_path(*key)
        return self._stored_paths[key]

    def may(self, editor: str, role: Role = "editor") -> bool:
        """Whether somebody may do here what a role may: write, unless another role is asked for."""
        return not (self.read_only and role != "reader") and self.access.may(editor, role)

    def refusal(self, editor: str, role: Role = "editor") -> Outcome | None:
        """Why somebody must not write what a role may; asked before every write."""
        if self.read_only:
            return Outcome("app-read-only")
        return None if self.may(editor, role) else Outcome("not-allowed")

    def look(self, editor: str, path: str, entry: str | None) -> None:
        """Say that an editor looks at an entry (at the file, for None) now; who cannot write is in nobody's way."""
        if self.may(editor):
            self._whereabouts.look(editor, self.stored_path(path), entry)

    def present(self, path: str, entry: str | None) -> list[Onlooker]:
        """The editors who look at an entry now, by the time they came."""
        return self._whereabouts.at(self.stored_path(path), entry)

    def present_in(self, path: str) -> list[Onlooker]:
        """The editors who look at an entry of a file now, or at the file, by the time they came."""
        return self._whereabouts.inside(self.stored_path(path))

    def onlookers(self) -> dict[str, list[str]]:
        """Who looks at each file now."""
        there = self._whereabouts.by_path()
        stored = {path: self.stored_path(path) for path in self.files} if there else {}
        return {path: there[name] for path, name in stored.items() if name in there}

    def trial(self, wish: Wish, progress: Callable[[int, int], None] = lambda done, of: None) -> Trial:
        """What a wish would do. Checks everything anew, without keeping others from their work.

        ``progress`` is told how many files are done. Raises :class:`InputError` for a settings file or a wish
        that cannot be used.
        """
        with self._lock:
            self.refresh()
            held, reports = self.gate.settings, self._reports
            standing = Now(reports.paths, reports.files, reports.report().exit_code)
        return tried(wish, held, standing, progress)

    def tune(self, editor: str, trial: Trial) -> Outcome:
        """Write the settings that were tried, unless the file is no longer what was seen."""
        refused = self.refusal(editor, "manager")
        held = self.gate.settings
        if refused is not None or held.file is None:
            return refused or Outcome("app-read-only")

        def change(text: str) -> str:
            if text != trial.before:
                raise Refused(Outcome("settings-changed"))
            return trial.after

        with self._lock:
            not_done = rewritten(str(held.file), change, held.review_dir)
            if not_done is not None:
                self.refresh()
                return not_done
            self._upkeep.offer(trial.reports)
            self.refresh()
            event = history.settings(editor, self.stored_path(str(held.file)), trial.before, trial.after)
            return Outcome("settings-saved", changed=True, unrecorded=not self._note([(event, None)]))

    def accept(self, editor: str, shown: Shown, index: int = 0) -> Outcome:
        """Make one of a finding's fixes."""
        fixes = shown.finding.fixes
        if not 0 <= index < len(fixes) or fixes[index].safety not in APPLICABLE:
            return Outcome("no-fix")
        return self._decide("accept", editor, shown, accepting(shown, fixes[index]))

    def edit(self, editor: str, shown: Shown, opened: Editing, text: str) -> Outcome:
        """Write an edited text in place of the one it was opened with."""
        if not units.can_stand(text, whole=opened.field is None):
            return Outcome("bad-text")
        if opened.field in _ONE_LINE:
            text = " ".join(text.split("\n"))
        mine = units.from_browser(opened.base, text)
        outcome = self._decide("edit", editor, shown, editing(opened, mine))
        if outcome.kind in ("edited", "unchanged"):
            self.drafts.drop(editor, opened.place, opened.field)
        else:
            self.drafts.save(editor, opened.place, opened.field, opened.base, mine)
        return outcome

    def dismiss(self, editor: str, shown: Shown, reason: str, note: str = "") -> Outcome:
        """Judge that a finding is none. Raises :class:`ValueError` for a reason that is none, or lacks its text."""
        finding = shown.finding
        review_dir = self.gate.settings.review_dir
        refused = self.refusal(editor)
        if refused is not None or review_dir is None:
            return refused or Outcome("app-read-only")
        if not units.dismissible(finding):
            return Outcome("not-dismissible")
        hashed = self.gate.term_hash(finding)
        revision = self.gate.revisions[finding.code]
        record = Dismissal.of(finding, revision=revision, term_hash=hashed, reason=reason, note=note, by=editor)
        with self._lock:
            try:
                with judging(review_dir):
                    self.refresh()
                    if self.finding(shown.id) is None:
                        return Outcome("already")
                    dismissals.add(review_dir, [record])
            except InputError as error:
                return Outcome("failed", detail=str(error))
            self.refresh()
            span = units.span_of(shown.digest, shown.place) or Span(0, 0)
            unit = shown.digest.text[span.start : span.end]
            change, path = Change(shown.place.entry, span, unit), self.stored_path(shown.place.path)
            event = history.decision("dismiss", editor, path, shown, change, before=unit, ids=[record.id])
            return Outcome("dismissed", changed=True, unrecorded=not self._note([(event, None)]))

    def accept_all(self, editor: str, chosen: Sequence[Shown]) -> Batch:
        """Make the usual fix of each of these findings, as they were seen, at one stroke."""
        return self._at_once(editor, chosen, lambda: self._batches.accept(editor, chosen))

    def dismiss_all(self, editor: str, chosen: Sequence[Shown], reason: str, note: str = "") -> Batch:
        """Judge that none of these is a finding, at one stroke; raises as :meth:`dismiss` does."""
        return self._at_once(editor, chosen, lambda: self._batches.dismiss(editor, chosen, reason, note))

    def _at_once(self, editor: str, chosen: Sequence[Shown], decide: Callable[[], Batch]) -> Batch:
        refused = self.refusal(editor)
        if refused is not None:
            return Batch(refused, refused=tuple((shown, refused) for shown in chosen))
        with self._lock:
            self.refresh()
            batch = decide()
            self.refresh()
            return batch

    def undo(self, editor: str) -> Outcome:
        """Take back this editor's last decision, with its batch; refused where an entry was edited since."""
        with self._lock:
            return self._undoing.last(editor)

    def undo_event(self, editor: str, number: int) -> Outcome:
        """Take back what one event tells, whoever made it; refused as :meth:`undo` is. Words, only by their author."""
        with self._lock:
            return self._undoing.event(editor, number)

    def undo_batch(self, editor: str, batch: str) -> Outcome:
        """Take back what still stands of a batch, whoever made it; refused, as a whole, as :meth:`undo` is."""
        with self._lock:
            return self._undoing.batch(editor, batch)

    def _decide(self, kind: str, editor: str, shown: Shown, changer: Changer) -> Outcome:
        """Change one unit of a file and record it."""
        refused = self.refusal(editor)
        if refused is not None:
            return refused
        path = shown.place.path
        with self._lock:
            outcome, made = self._deciding.write(path, changer, "accepted" if kind == "accept" else "edited")
            self.refresh()
            if made is None:
                return outcome
            stored = self.stored_path(path)
            event = history.decision(kind, editor, stored, shown, made.change, before=made.before)
            recorded = self._note([(event, None)])
            stay_on, brought = self._deciding.brought(shown, made.report)
            return replace(outcome, stay_on=stay_on, brought=brought, unrecorded=not recorded)

    def _note(self, made: Iterable[tuple[Event, int | None]]) -> bool:
        """Note decisions that are already in the files; False where the store cannot take them."""
        try:
            self.store.record(made)
        except StoreError:
            return False
        return True
