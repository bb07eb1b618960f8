"""Where an editor stands in the queue, and what a key press does there.

Knows nothing of Streamlit: ``params`` is what the address holds (filters, finding, whether the
editor is open), so that a reload comes back to the same place; ``memory`` is what the session holds.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Final

from checks.dismissals import REASONS
from checks.markedtext import one_line
from checks.model import SEVERITIES
from review_app.outcome import Editing, Filters, Outcome, Shown
from review_app.reports import Row
from review_app.service import Service
from review_app.view import Notice, Tone, View

PAGE: Final = 25
FILTERS: Final = ("code", "severity", "file")
_AT, _EDIT = "at", "edit"
_Standing = tuple[int, tuple[int, int, str]]


class Desk:
    """One editor at work."""

    def __init__(
        self, service: Service, editor: str, params: MutableMapping[str, str], memory: MutableMapping[str, Any]
    ) -> None:
        self.service = service
        self.editor = editor
        self._params = params
        self._memory = memory

    def filters(self) -> Filters:
        """The filters in the address; values that are none are passed over."""
        code, severity, path = (self._params.get(name) for name in FILTERS)
        return Filters(
            frozenset([code] if code else []),
            frozenset(known for known in SEVERITIES if known == severity),
            frozenset([path] if path else []),
        )

    def look(self) -> View:
        """What there is to show now."""
        self.service.refresh()
        rows = self.service.queue(self.filters())
        notice = self._memory.pop("notice", None)
        open_now: tuple[Shown, Editing] | None = self._memory.get("editing")
        if open_now is not None:
            shown, editing = open_now
            return View(rows, _index(rows, shown.id), shown, editing, self._memory["opening"], notice)
        at = self._params.get(_AT)
        current = self.service.finding(at) if at else None
        if current is None and rows:
            if at and self._memory.get("standing") is not None:
                notice = notice or Notice("notice.vanished", "warn")
            current = self.service.finding(self._nearest(rows).id)
        self._stand(current)
        if self._params.pop(_EDIT, None) and current is not None and self.service.may(self.editor):
            # The page was reloaded in the middle of an edit.
            opened = self._open(current, self.service.drafts.open(self.editor, current))
            return View(rows, _index(rows, current.id), current, opened, self._memory["opening"], notice)
        return View(rows, _index(rows, current.id) if current else -1, current, None, 0, notice)

    def act(self, event: Mapping[str, Any]) -> None:
        """A key or a button. A decision on a finding that is no longer shown does nothing."""
        action = event.get("action")
        shown: Shown | None = self._memory.get("shown")
        if action == "undo":
            self._undo()
        elif action == "pick":
            self._go(str(event.get("id", "")))
        elif action in ("next", "skip"):
            self._step(1, wrap=action == "skip")
        elif action == "previous":
            self._step(-1, wrap=False)
        elif shown is None or event.get("id") != shown.id or self._memory.get("editing") is not None:
            return
        elif action == "accept":
            number = event.get("n", _first_fix(shown))
            self._decided(shown, self.service.accept(self.editor, shown, number if isinstance(number, int) else -1))
        elif action == "dismiss":
            self._dismiss(shown, event)
        elif action == "edit":
            refused = self.service.refusal(self.editor)
            if refused is not None:
                self._say(f"notice.{refused.kind}", "warn")
            else:
                self._open(shown, self.service.drafts.open(self.editor, shown))

    def choose(self, filters: Mapping[str, Any]) -> None:
        """Set the filters; the current finding stays if they let it through."""
        for name in FILTERS:
            value = filters.get(name)
            if isinstance(value, str) and value:
                self._params[name] = value
            else:
                self._params.pop(name, None)
        at = self._params.get(_AT)
        rows = self.service.queue(self.filters())
        if at and _index(rows, at) < 0:
            self._params.pop(_AT, None)
            self._memory.pop("standing", None)

    def turn(self, page: int) -> None:
        """Go to the first finding of a page, counted from 0."""
        rows = self.service.queue(self.filters())
        if rows:
            self._go(rows[min(max(page, 0) * PAGE, (len(rows) - 1) // PAGE * PAGE)].id)

    def save(self, text: str) -> None:
        """Save what the editor holds."""
        open_now: tuple[Shown, Editing] | None = self._memory.get("editing")
        if open_now is None:
            return
        shown, opened = open_now
        outcome = self.service.edit(self.editor, shown, opened, text)
        if outcome.kind in ("edited", "unchanged"):
            self._close()
        self._decided(shown, outcome)

    def keep(self, text: str) -> None:
        """Keep what the editor holds as a draft."""
        open_now: tuple[Shown, Editing] | None = self._memory.get("editing")
        if open_now is not None:
            _, opened = open_now
            self.service.drafts.save(self.editor, opened.place, opened.field, opened.base, text)

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
            self._go(outcome.stay_on)

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
            self._go(stay)
        elif outcome.changed or outcome.kind == "already":
            self._go_on()
        self._say(key, tone, detail=_short(outcome.detail), count=outcome.brought)

    def _go_on(self) -> None:
        rows = self.service.queue(self.filters())
        if rows:
            self._go(self._nearest(rows).id)
        else:
            self._params.pop(_AT, None)
            self._memory.pop("standing", None)

    def _nearest(self, rows: list[Row]) -> Row:
        """The first finding at or after the place where the editor stood, else the first."""
        standing: _Standing | None = self._memory.get("standing")
        if standing is None:
            return rows[0]
        numbers = {path: number for number, path in enumerate(self.service.files)}
        return next((row for row in rows if (numbers.get(row.path, 0), row.order) >= standing), rows[0])

    def _step(self, by: int, *, wrap: bool) -> None:
        if self._memory.get("editing") is not None:
            return
        rows = self.service.queue(self.filters())
        if not rows:
            return
        index = _index(rows, self._params.get(_AT, ""))
        target = index + by
        if index < 0:
            self._go(self._nearest(rows).id)
        elif 0 <= target < len(rows) or wrap:
            self._go(rows[target % len(rows)].id)
        else:
            self._say("notice.end" if by > 0 else "notice.start")

    def _go(self, number: str) -> None:
        if self._memory.get("editing") is None and self.service.finding(number) is not None:
            self._params[_AT] = number

    def _stand(self, shown: Shown | None) -> None:
        self._memory["shown"] = shown
        if shown is None:
            self._params.pop(_AT, None)
            return
        if self._params.get(_AT) != shown.id:
            self._params[_AT] = shown.id
        number = list(self.service.files).index(shown.place.path)
        span = shown.finding.span
        self._memory["standing"] = (number, (span.start, span.end, shown.finding.code))

    def _open(self, shown: Shown, opened: Editing) -> Editing:
        self._memory["editing"] = (shown, opened)
        self._memory["opening"] = self._memory.get("opening", 0) + 1
        self._params[_EDIT] = "1"
        return opened

    def _close(self) -> None:
        self._memory.pop("editing", None)
        self._params.pop(_EDIT, None)

    def _say(self, key: str, tone: Tone = "ok", **args: object) -> None:
        self._memory["notice"] = Notice(key, tone, args)


_FAILURES: Final = ("gone", "unreadable", "file-read-only", "failed", "conflict")


def _index(rows: list[Row], number: str) -> int:
    return next((index for index, row in enumerate(rows) if row.id == number), -1)


def _first_fix(shown: Shown) -> int:
    fixes = shown.finding.fixes
    return next((number for number, fix in enumerate(fixes) if fix.safety != "manual"), -1)


def _short(text: str) -> str:
    return one_line(text, 120)
