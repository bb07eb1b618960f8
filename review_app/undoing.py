"""Taking decisions back: one, or those of a batch at one stroke; which they are, and what becomes of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checks import dismissals
from checks.digest import parse
from checks.errors import InputError
from checks.files import locked
from checks.fixing import splice
from checks.model import Digest, Edit
from review_app import history, termchange
from review_app.journal import at_one_stroke
from review_app.outcome import Kind, Outcome
from review_app.reports import Reports, finding_id
from review_app.rewriting import rewritten
from review_app.store import Event, Noted, Store, StoreError, Wanted
from review_app.store.wanted import REMARKS, REVERSIBLE
from review_app.writing import Change, Refused, Step, put_back

if TYPE_CHECKING:
    from review_app.service import Service


class Taken(NamedTuple):
    """What became of it, and the decisions that are taken back now."""

    outcome: Outcome
    events: list[Event]


class Undoing:
    """What an editor asks to be taken back. Not safe for threads: the service holds a lock."""

    def __init__(self, service: Service, reports: Reports) -> None:
        self._service = service
        self._reports = reports

    def last(self, editor: str) -> Outcome:
        """Take back an editor's last decision in the files in hand, with its batch."""

        def chosen(paths: Mapping[str, str]) -> Sequence[Event | None]:
            event = self._service.store.last(editor, set(paths))
            return [event] if event is None or event.batch is None else self._of_batch(event.batch)

        return self._undo(editor, chosen)

    def event(self, editor: str, number: int) -> Outcome:
        """Take back what one event tells."""
        return self._undo(editor, lambda _: [self._service.store.event(number)])

    def batch(self, editor: str, batch: str) -> Outcome:
        """Take back what still stands of a batch."""
        return self._undo(editor, lambda _: self._of_batch(batch))

    def _of_batch(self, batch: str) -> list[Event]:
        return list(self._service.store.each(Wanted(batch=batch, standing=True)))[::-1]

    def _undo(self, editor: str, choose: Callable[[Mapping[str, str]], Sequence[Event | None]]) -> Outcome:
        service = self._service
        review_dir = service.gate.settings.review_dir
        refused = service.refusal(editor)
        if refused is not None or review_dir is None:
            return refused or Outcome("app-read-only")
        service.refresh()
        known = {service.stored_path(path): path for path in service.files}
        try:
            events = [event for event in choose(known) if event is not None and event.kind in REVERSIBLE]
        except StoreError as error:
            return Outcome("failed", detail=str(error))
        if not events or any(event.undone_by is not None for event in events):
            return Outcome("already" if events else "nothing-to-undo")
        elsewhere = {termchange.KIND: service.terms.take_back, **dict.fromkeys(REMARKS, service.comments.take_back)}
        if events[0].kind in elsewhere:
            return elsewhere[events[0].kind](editor, events[0])
        outcome, taken = take_back(events, known, review_dir, editor, service.store)
        for event in taken:
            self._reports.forget(known[event.path])
        if not taken:
            return outcome
        service.refresh()
        return replace(outcome, stay_on=finding_id(known[taken[-1].path], taken[-1].fingerprint))


@contextmanager
def judging(review_dir: Path) -> Iterator[None]:
    """Hold what makes finding out what is dismissed, and adding to it, one step for all processes.

    Raises :class:`InputError` where no lock is to be had.
    """
    with locked(review_dir / ".judging", review_dir):
        yield


def take_back(events: Sequence[Event], paths: Mapping[str, str], review_dir: Path, editor: str, store: Store) -> Taken:
    """Take decisions back, given latest first, and note it; all or none, as far as files can be written together.

    ``paths`` are the files in hand by stored path. Refused where an entry is not as the decisions left it.
    """
    batch = history.new_batch() if len(events) > 1 else None
    noted: dict[int, Noted] = {event.id: (history.reversal(editor, event, batch), event.id) for event in events}
    try:
        with at_one_stroke(review_dir, store) as journal:
            journal.plan(noted.values())
            outcome, taken = _take_back(events, paths, review_dir, editor)
            recorded = journal.close([noted[event.id] for event in taken])
    except InputError as error:
        return Taken(Outcome("failed", detail=str(error)), [])
    return Taken(replace(outcome, unrecorded=bool(taken) and not recorded), taken)


def _take_back(events: Sequence[Event], paths: Mapping[str, str], review_dir: Path, editor: str) -> Taken:
    texts: dict[str, list[Event]] = {}
    for event in events:
        if event.path not in paths:
            return Taken(Outcome("not-in-hand", detail=event.path), [])
        if event.kind != "dismiss":
            texts.setdefault(event.path, []).append(event)
    for dry in (True, False):
        done: list[Event] = []
        for stored, made in texts.items():
            refused = rewritten(paths[stored], partial(_restored, made), review_dir, dry=dry)
            if refused is not None:
                return _stopped(refused, [] if dry else done)
            done.extend(made)
    judged = [event for event in events if event.kind == "dismiss"]
    if judged:
        try:
            stood = _revoke(review_dir, judged, editor)
        except InputError as error:
            return _stopped(Outcome("failed", detail=str(error)), done)
        if not stood and not done:
            return Taken(Outcome("already"), [])
    kind: Kind = "undone" if len(events) == 1 else "undone-all"
    return Taken(Outcome(kind, changed=True, detail=events[-1].quote, count=len(events)), list(events))


def _stopped(why: Outcome, done: list[Event]) -> Taken:
    """Another process came between the files of a batch."""
    if not done:
        return Taken(why, [])
    return Taken(Outcome("undone-some", changed=True, detail=why.detail, count=len(done)), done)


def _revoke(review_dir: Path, events: Iterable[Event], editor: str) -> bool:
    """Take dismissals back; False where others had taken back them all."""
    with judging(review_dir):
        standing = {record.id for record in dismissals.load(review_dir)}
        ids = [number for event in events for number in event.dismissals if number in standing]
        if ids:
            dismissals.revoke(review_dir, ids, editor)
        return bool(ids)


def _restored(events: Sequence[Event], text: str) -> str:
    """A text without what these decisions changed; raises :class:`review_app.writing.Refused`."""
    steps = _steps(events)
    while steps:
        changes = _abreast(steps, parse(text))
        text = splice(text, (Edit(*change.span, change.text) for change in changes))
        steps = steps[len(changes) :]
    return text


def _abreast(steps: Sequence[Step], digest: Digest) -> list[Change]:
    """The first of the steps, and those after it that can be gone in the same text."""
    changes = [put_back(steps[0], digest)]
    for step in steps[1:]:
        try:
            change = put_back(step, digest)
        except Refused:
            break
        if any(change.span.meets(other.span) for other in changes):
            break
        changes.append(change)
    return changes


def _steps(events: Sequence[Event]) -> list[Step]:
    """Decisions, latest first, as steps back: those that followed each other on an entry are one step."""
    steps: list[Step] = []
    begin = 0
    for event in events:
        number = next(
            (n for n in range(begin, len(steps)) if (steps[n].entry, steps[n].before) == (event.entry, event.after)),
            None,
        )
        if event.entry is None or number is None:
            steps.append(Step(event.entry, event.after, event.before, event.quote))
        else:
            steps[number] = steps[number]._replace(before=event.before)
        if event.entry is None:
            # The entries before it are those of another text.
            begin = len(steps)
    return steps
