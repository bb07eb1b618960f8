"""Comments on entries: who may say what, written under the file's lock, and noted for the record.

The threads are those of ``comments.jsonl``, read again whenever that file changes. A file that cannot be
read is told beside the other errors, and what was read before stays in sight; nothing is added to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from checks.errors import InputError
from checks.files import stamp
from checks.recordfile import append, parsed
from review_app import commentfile, history
from review_app.commentfile import FILE_NAME, REMEDY, About, Relation, Thread
from review_app.history import Subject
from review_app.outcome import Kind, Outcome
from review_app.store import Draft, Event, StoreError, Wanted
from review_app.store.store import now
from review_app.units import browser_text, can_stand
from review_app.writing import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from review_app.service import Service

LONGEST: Final = 4000
"""Characters of one comment."""
_QUOTED: Final = 200
"""Characters that are kept of what a comment is about, and of what a thread is called in the record."""
_REVERSED: Final[Mapping[str, str]] = {"resolve": "reopen", "reopen": "resolve"}


class _Known(NamedTuple):
    """The file as of its last reading."""

    stamp: object = None
    threads: tuple[Thread, ...] = ()
    by_entry: Mapping[str, tuple[Thread, ...]] = {}
    open: Mapping[str, int] = {}
    error: InputError | None = None


class _Made(NamedTuple):
    """What is added to the file, and what the record is told of it."""

    line: Mapping[str, object]
    event: Event
    undoes: frozenset[str] = frozenset()
    """The kinds of events about the same id that no longer stand with it."""


class Comments:
    """The comments of the running app. Safe to share between threads."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._known = _Known()
        self.refresh()

    def refresh(self) -> None:
        """Take in what others have said."""
        folder = self._service.gate.settings.review_dir
        seen = stamp(folder / FILE_NAME) if folder is not None else None
        if self._known.error is None and seen == self._known.stamp:
            return
        try:
            found = commentfile.load(folder)
        except InputError as error:
            self._known = self._known._replace(error=error)
            return
        if found == self._known.threads:
            # The mappings are told apart by which they are.
            self._known = self._known._replace(stamp=seen, error=None)
            return
        by_entry: dict[str, tuple[Thread, ...]] = {}
        for thread in found:
            by_entry[thread.entry] = (*by_entry.get(thread.entry, ()), thread)
        waiting = Counter(thread.entry for thread in found if thread.open)
        self._known = _Known(seen, found, by_entry, dict(waiting))

    @property
    def error(self) -> InputError | None:
        """Why the file cannot be read."""
        return self._known.error

    @property
    def open(self) -> Mapping[str, int]:
        """How many threads are open, by entry; entries without any left out. Another object after each change."""
        return self._known.open

    @property
    def threads(self) -> tuple[Thread, ...]:
        """All of them, in the order in which they were begun. Another object after each change."""
        return self._known.threads

    def on(self, entry: str) -> tuple[Thread, ...]:
        """The threads of an entry, in the order in which they were begun."""
        return tuple(thread for thread in self._known.by_entry.get(entry, ()) if thread.stands)

    def say(self, editor: str, path: str, entry: str, text: str, about: About | None = None) -> Outcome:
        """Begin a thread on an entry of a file."""
        if (said := _said(text)) is None:
            return self._service.refusal(editor) or Outcome("bad-text")
        stored = self._service.stored_path(path)
        seen = About(*(_short(part) for part in about)) if about is not None else About()

        def make(_: Mapping[str, Thread]) -> _Made:
            line = commentfile.comment(entry, stored, seen, said, editor)
            subject = Subject(stored, entry, seen.code or "", seen.quote or "")
            return _Made(line, history.remark("comment", editor, subject, str(line["id"]), after=said))

        return self._write(editor, "commented", make)

    def answer(self, editor: str, thread: str, text: str) -> Outcome:
        """Answer a comment, whether its thread is open or resolved."""
        if (said := _said(text)) is None:
            return self._service.refusal(editor) or Outcome("bad-text")

        def make(known: Mapping[str, Thread]) -> _Made:
            found = _of(known, thread)
            line = commentfile.following(found, "answers", found.id, editor, said)
            return _Made(line, _event("answer", editor, found, str(line["id"]), after=said))

        return self._write(editor, "answered", make)

    def resolve(self, editor: str, thread: str) -> Outcome:
        """Say that a thread needs nothing more; ``already`` where somebody said so before."""
        return self._close(editor, thread, "resolve")

    def reopen(self, editor: str, thread: str) -> Outcome:
        """Open a resolved thread again."""
        return self._close(editor, thread, "reopen")

    def withdraw(self, editor: str, said: str) -> Outcome:
        """Take back what one has said; others cannot."""

        def make(known: Mapping[str, Thread]) -> _Made:
            places = ((thread, each) for thread in known.values() for each in thread.said if each.id == said)
            thread, found = next(places, (None, None))
            if thread is None or found is None:
                raise Refused(Outcome("no-thread"))
            if found.by.casefold() != editor.casefold():
                raise Refused(Outcome("not-yours"))
            if found.withdrawn:
                raise Refused(Outcome("already"))
            line = commentfile.following(thread, "withdraws", said, editor)
            event = _event("withdraw", editor, thread, said, before=found.text)
            return _Made(line, event, frozenset({"comment", "answer"}))

        return self._write(editor, "withdrawn", make)

    def take_back(self, editor: str, event: Event) -> Outcome:
        """Take back what an event of the record tells: withdraw what was said, open again what was resolved."""
        about = next(iter(event.dismissals), "")
        if event.kind in _REVERSED:
            return self._close(editor, about, _REVERSED[event.kind])
        return self.withdraw(editor, about)

    def draft(self, editor: str, entry: str) -> tuple[str, str] | None:
        """What an editor was writing about an entry: in answer to which thread (empty for none), and the text."""
        with suppress(StoreError):
            kept = self._service.store.draft(editor, *self._place(entry))
            return (kept.base, kept.text) if kept is not None else None
        return None

    def keep(self, editor: str, entry: str, thread: str, text: str) -> None:
        """Keep what an editor is writing about an entry; an empty text is forgotten."""
        if not self._service.may(editor) or len(text) > LONGEST:
            return
        path, entry, field = self._place(entry)
        with suppress(StoreError):
            if not text.strip():
                self._service.store.drop_draft(editor, path, entry, field)
                return
            draft = Draft(
                editor=editor, path=path, entry=entry, field=field, base_hash="", base=thread, text=text, at=now()
            )
            self._service.store.save_draft(draft)

    @staticmethod
    def _place(entry: str) -> tuple[str, str, str]:
        """Where the store keeps the draft of a comment: drafts of digests have another path."""
        return FILE_NAME, entry, "comment"

    def _close(self, editor: str, thread: str, kind: str) -> Outcome:
        closing = kind == "resolve"
        relation: Relation = "resolves" if closing else "reopens"

        def make(known: Mapping[str, Thread]) -> _Made:
            found = _of(known, thread)
            if (found.resolved is not None) == closing:
                raise Refused(Outcome("already"))
            line = commentfile.following(found, relation, found.id, editor)
            return _Made(line, _event(kind, editor, found, found.id), frozenset({_REVERSED[kind]}))

        return self._write(editor, "resolved" if closing else "reopened", make)

    def _write(self, editor: str, kind: Kind, make: Callable[[Mapping[str, Thread]], _Made]) -> Outcome:
        """Add a record to the file as it is now, and note it."""
        review_dir = self._service.gate.settings.review_dir
        refused = self._service.refusal(editor)
        if refused is not None or review_dir is None:
            return refused or Outcome("app-read-only")
        path = review_dir / FILE_NAME
        done: list[_Made] = []

        def records(text: str) -> Sequence[Mapping[str, object]]:
            known = commentfile.threads(path, parsed(path, text, REMEDY))
            done[:] = [make({thread.id: thread for thread in known})]
            return [done[0].line]

        try:
            append(path, review_dir, records)
        except Refused as refusal:
            return refusal.outcome
        except InputError as error:
            return Outcome("failed", detail=str(error))
        finally:
            self.refresh()
        return Outcome(kind, changed=True, unrecorded=not self._note(done[0]))

    def _note(self, made: _Made) -> bool:
        try:
            undone = self._standing(made) if made.undoes else None
            self._service.store.record([(made.event, undone)])
        except StoreError:
            return False
        return True

    def _standing(self, made: _Made) -> int | None:
        """The event that no longer stands; None where the store has lost it."""
        wanted = Wanted(kinds=made.undoes, entry=made.event.entry, standing=True)
        same = (event.id for event in self._service.store.each(wanted) if event.dismissals == made.event.dismissals)
        return next(same, None)


def _of(known: Mapping[str, Thread], number: str) -> Thread:
    found = known.get(number)
    if found is None or not found.stands:
        raise Refused(Outcome("no-thread"))
    return found


def _event(kind: str, editor: str, thread: Thread, on: str, **texts: Any) -> Event:
    about = thread.about
    quote = about.quote or _short(next(said.text for said in thread.said if not said.withdrawn))
    return history.remark(kind, editor, Subject(thread.path, thread.entry, about.code or "", quote or ""), on, **texts)


def _said(text: str) -> str | None:
    """What is kept of a text; None for one that is empty, too long, or cannot stand in a file."""
    plain = browser_text(text).strip()
    return plain if len(plain) <= LONGEST and can_stand(plain, whole=True) else None


def _short(text: str | None) -> str | None:
    return text[:_QUOTED] if text is not None and can_stand(text, whole=True) else None
