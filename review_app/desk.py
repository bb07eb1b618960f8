"""Where an editor stands in the queue, and what a key press does there.

Knows nothing of Streamlit: ``params`` is what the address holds (filters, finding, whether the
editor is open), so that a reload comes back to the same place; ``memory`` is what the session holds.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from checks.dismissals import REASONS
from checks.markedtext import one_line
from review_app import address, units
from review_app.address import EDIT
from review_app.commentdesk import CommentDesk, Subject
from review_app.fate import fate_of
from review_app.keys import Keys
from review_app.leaving import LEADS, leaving
from review_app.outcome import Editing, Outcome, Shown
from review_app.service import Service
from review_app.standing import Standing
from review_app.typed import Typed, typed
from review_app.view import Notice, Tone, View


class Desk:
    """One editor at work."""

    def __init__(
        self, service: Service, editor: str, params: MutableMapping[str, str], memory: MutableMapping[str, Any]
    ) -> None:
        self.service = service
        self.editor = editor
        self._params = params
        self._memory = memory
        self.standing = Standing(service, params, memory)
        self.comments = CommentDesk(service, editor, memory)

    @cached_property
    def keys(self) -> Keys:
        """The keys of the editor."""
        return self.service.preferences.keys(self.editor)

    def subject(self) -> Subject | None:
        """The entry that is on the screen: of the finding, else, where nothing is open in it, of the address."""
        shown: Shown | None = self._memory.get("shown")
        if shown is not None:
            entry = shown.place.entry
            return Subject(shown.place.path, entry, shown) if entry is not None else None
        wanted = self.standing.filters().entry
        for path, checked in self.service.files.items() if wanted is not None else ():
            if any(entry.key == wanted for entry in checked.report.digest.entries):
                return Subject(path, wanted or "", None)
        return None

    def look(self) -> View:
        """What there is to show now."""
        self.service.refresh()
        address.restore(self._params, self._memory)
        view = self._view()
        address.remember(self._params, self._memory)
        return view

    def _view(self) -> View:
        listing = self.standing.listing()
        notice = self._memory.pop("notice", None)
        open_now: tuple[Shown, Editing] | None = self._memory.get("editing")
        if open_now is not None:
            shown, editing = open_now
            return View(listing.rows, listing.index(shown.id), shown, editing, self._memory["opening"], notice)
        at = self.standing.at
        current = self.service.finding(at) if at else None
        if current is None:
            if at:
                notice = notice or self._vanished(at)
            nearest = self.standing.nearest(listing)
            current = self.service.finding(nearest.id) if nearest is not None else None
        self.standing.stand(current)
        index = listing.index(current.id) if current is not None else -1
        if self._params.pop(EDIT, None) and current is not None and self.service.may(self.editor):
            # The page was reloaded in the middle of an edit.
            opened = self._open(current, self.service.drafts.open(self.editor, current))
            return View(listing.rows, index, current, opened, self._memory["opening"], notice)
        return View(listing.rows, index, current, None, 0, notice)

    def _vanished(self, at: str) -> Notice:
        """What has become of the finding that the address names."""
        fate = fate_of(self.service, at)
        if fate is not None and fate.by != self.editor:
            return Notice(f"notice.fate-{fate.kind}", "warn", {"name": fate.by, "at": fate.at})
        return Notice("notice.vanished" if self.standing.begun else "notice.fate-none", "warn")

    def act(self, event: Mapping[str, Any]) -> None:
        """A key or a button. A decision on a finding that is no longer shown does nothing."""
        action = event.get("action")
        shown: Shown | None = self._memory.get("shown")
        if action == "undo":
            self._undo()
        elif action in _MOVES:
            self._move(str(action), event)
        elif shown is None or event.get("id") != shown.id or self._memory.get("editing") is not None:
            return
        elif action == "accept":
            number = event.get("n", _first_fix(shown))
            self._decided(shown, self.service.accept(self.editor, shown, number if isinstance(number, int) else -1))
        elif action == "dismiss":
            self._dismiss(shown, event)
        elif action in LEADS:
            self._memory["leave"] = (LEADS[action], leaving(action, shown, event))
        elif action == "edit":
            refused = self.service.refusal(self.editor)
            if refused is not None:
                self._say(f"notice.{refused.kind}", "warn")
            else:
                self._open(shown, self.service.drafts.open(self.editor, shown))

    def _move(self, action: str, event: Mapping[str, Any]) -> None:
        if self._memory.get("editing") is not None:
            return
        if action == "pick":
            self.standing.go(str(event.get("id", "")))
        elif action == "stop":
            self._visit(str(event.get("entry", "")))
        elif action == "commented":
            self._walk()
        elif not self.standing.step(-1 if action == "previous" else 1, wrap=action == "skip"):
            self._say("notice.start" if action == "previous" else "notice.end")

    def save(self, text: str) -> None:
        """Save what the editor holds."""
        open_now: tuple[Shown, Editing] | None = self._memory.get("editing")
        if open_now is None:
            return
        shown, opened = open_now
        outcome = self.service.edit(self.editor, shown, opened, text)
        if outcome.kind in ("edited", "unchanged"):
            self._close()
        else:
            # What could not be saved is what the editor begins with, should the page be built anew.
            self._memory["editing"] = (shown, replace(opened, text=units.from_browser(opened.base, text)))
        self._decided(shown, outcome)

    def keep(self, text: str) -> None:
        """Keep what the editor holds as a draft."""
        open_now: tuple[Shown, Editing] | None = self._memory.get("editing")
        if open_now is not None:
            _, opened = open_now
            self.service.drafts.save(self.editor, opened.place, opened.field, opened.base, text)

    def recheck(self, text: str) -> Typed | None:
        """What the gate would say of what the editor holds; None where nothing can be told."""
        open_now: tuple[Shown, Editing] | None = self._memory.get("editing")
        if open_now is None:
            return None
        shown, opened = open_now
        found = self.service.recheck(opened, text)
        return typed(shown, found) if found is not None else None

    def discard(self) -> None:
        """Close the editor and forget its text."""
        open_now: tuple[Shown, Editing] | None = self._memory.get("editing")
        if open_now is not None:
            self.service.drafts.drop(self.editor, open_now[1].place, open_now[1].field)
            self._close()

    def _dismiss(self, shown: Shown, event: Mapping[str, Any]) -> None:
        reason, note = str(event.get("reason", "")), str(event.get("note", ""))
        if reason not in REASONS:
            return
        if reason == "other" and not note.strip():
            self._say("notice.note-needed", "warn")
            return
        self._decided(shown, self.service.dismiss(self.editor, shown, reason, note))

    def _undo(self) -> None:
        if self._memory.get("editing") is not None:
            return
        outcome = self.service.undo(self.editor)
        tone: Tone = "ok" if outcome.changed else "warn"
        self._say(f"notice.{outcome.kind}", tone, detail=_short(outcome.detail), count=outcome.count)
        if outcome.stay_on is not None and self.service.finding(outcome.stay_on) is not None:
            self.standing.go(outcome.stay_on)

    def _decided(self, shown: Shown, outcome: Outcome) -> None:
        """Say what became of a decision, and go on to the next finding where it is made."""
        tone: Tone = "ok" if outcome.changed else "error" if outcome.kind in _FAILURES else "warn"
        key = "notice.unrecorded" if outcome.unrecorded else f"notice.{outcome.kind}"
        stay = outcome.stay_on if outcome.brought or outcome.kind == "edited" else None
        if outcome.conflict is not None:
            self._open(shown, self.service.drafts.reopen(outcome.conflict))
            self.service.drafts.save(
                self.editor,
                outcome.conflict.place,
                outcome.conflict.field,
                outcome.conflict.theirs,
                outcome.conflict.mine,
            )
        elif stay is not None:
            key, tone = ("notice.brought" if outcome.brought else "notice.still"), "warn"
            self.standing.go(stay)
        elif outcome.changed or outcome.kind == "already":
            self.standing.go_on()
        self._say(key, tone, detail=_short(outcome.detail), count=outcome.brought)

    def _walk(self) -> None:
        """Go to the next entry with open comments, round the end of the queue, whatever the filters hide."""
        stops = self.service.index.stops
        subject = self.subject()
        here = self.standing.place(subject.path, subject.entry) if subject is not None else None
        after = [stop for stop in stops if here is None or stop.order > here]
        stop = next(iter([*after, *stops]), None)
        if stop is None or stop.order == here:
            self._say("notice.no-comments" if stop is None else "notice.only-comment")
        elif stop.finding is None:
            self._visit(stop.entry)
        elif self.standing.uncover(stop.finding):
            self._say("notice.unfiltered")

    def _visit(self, entry: str) -> None:
        """Go to an entry in which nothing is open."""
        kept = "1" if self.standing.filters().commented else ""
        self.standing.choose({"entry": entry, "comments": kept})

    def _open(self, shown: Shown, opened: Editing) -> Editing:
        self._memory["editing"] = (shown, opened)
        self._memory["opening"] = self._memory.get("opening", 0) + 1
        self._params[EDIT] = "1"
        return opened

    def _close(self) -> None:
        self._memory.pop("editing", None)
        self._params.pop(EDIT, None)

    def _say(self, key: str, tone: Tone = "ok", **args: object) -> None:
        self._memory["notice"] = Notice(key, tone, args)


_MOVES: Final = ("pick", "next", "previous", "skip", "stop", "commented")
_FAILURES: Final = ("gone", "unreadable", "file-read-only", "failed", "conflict")


def _first_fix(shown: Shown) -> int:
    fixes = shown.finding.fixes
    return next((number for number, fix in enumerate(fixes) if fix.safety != "manual"), -1)


def _short(text: str) -> str:
    return one_line(text, 120)
