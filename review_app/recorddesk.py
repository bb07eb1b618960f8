"""Where somebody stands in the record of decisions, and what a key press does there.

Knows nothing of Streamlit: ``params`` is what the address holds (filters and page), ``memory`` what
the session holds.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from review_app.outcome import Outcome
from review_app.service import Service
from review_app.store import Event, Found, StoreError, Wanted
from review_app.store.store import stamp
from review_app.view import Notice

PAGE: Final = 30
KINDS: Final = (
    "accept", "edit", "dismiss", "undo", "comment", "answer", "resolve", "reopen", "withdraw", "term", "settings",
)  # fmt: skip
FILTERS: Final = ("by", "kind", "file", "since", "until", "batch")
_MEMORY: Final = "record"


@dataclass(frozen=True, slots=True)
class RecordView:
    """What is to be shown."""

    found: Found
    """This page of the events that the filters let through, latest first."""
    reversals: Mapping[int, Event]
    """By their numbers: what has taken back events of this page."""
    batches: Mapping[str, int]
    """How many decisions stand of each batch that an event of this page belongs to."""
    page: int
    pages: int
    editors: Sequence[str]
    paths: Sequence[str]
    """Every editor and file that the store knows of."""
    notice: Notice | None
    leave: Mapping[str, str] | None
    """What the address of the queue is to hold, where it was asked for."""
    trouble: str = ""
    """Why the store cannot be read."""


class RecordDesk:
    """Somebody who reads the record."""

    def __init__(
        self, service: Service, editor: str, params: MutableMapping[str, str], memory: MutableMapping[str, Any]
    ) -> None:
        self.service = service
        self.editor = editor
        self._params = params
        self._session: dict[str, Any] = memory.setdefault(_MEMORY, {})

    def wanted(self) -> Wanted:
        """The filters in the address; values that are none are passed over."""
        given = self._params.get
        kind = given("kind")
        return Wanted(
            by=given("by") or None,
            kinds=frozenset(known for known in KINDS if known == kind),
            path=given("file") or None,
            since=_moment(given("since")),
            until=_moment(given("until")),
            batch=given("batch") or None,
        )

    def look(self) -> RecordView:
        """What there is to show now."""
        self.service.refresh()
        store, notice = self.service.store, self._session.pop("notice", None)
        leave = self._session.pop("leave", None)
        page = _number(self._params.get("page"))
        try:
            found = store.events(self.wanted(), page, PAGE)
            pages = max(1, -(-found.total // PAGE))
            if page >= pages:
                page = pages - 1
                found = store.events(self.wanted(), page, PAGE)
            undone = (event.undone_by for event in found.events)
            reversals = store.numbered(number for number in undone if number is not None)
            batches = store.standing(event.batch for event in found.events if event.batch is not None)
            editors, paths = store.named("by"), store.named("path")
        except StoreError as error:
            return RecordView(Found([], 0), {}, {}, 0, 1, [], [], notice, leave, str(error))
        return RecordView(found, reversals, batches, page, pages, editors, paths, notice, leave)

    def act(self, event: Mapping[str, Any]) -> None:
        """A key or a button."""
        action = event.get("action")
        if action == "filter":
            self._choose(event)
        elif action == "page":
            self._params["page"] = str(_number(event.get("page")))
        elif action == "undo":
            self._undone(self.service.undo_event(self.editor, _number(event.get("id"))))
        elif action == "undo-batch":
            self._undone(self.service.undo_batch(self.editor, str(event.get("batch", ""))))
        elif action == "open":
            self._session["leave"] = self.place(str(event.get("path", "")), event.get("entry"))

    def place(self, stored: str, entry: object) -> dict[str, str]:
        """What the address of the queue holds at an entry; at its file, where nothing of it is open."""
        path = next((path for path in self.service.files if self.service.stored_path(path) == stored), None)
        if path is None:
            return {}
        rows = self.service.files[path].rows
        at = next((row.id for row in rows if row.entry == entry and entry is not None), None)
        if at is not None:
            return {"file": path, "at": at}
        return {"entry": entry} if isinstance(entry, str) and self.service.comments.on(entry) else {"file": path}

    def _choose(self, filters: Mapping[str, Any]) -> None:
        self._params.pop("page", None)
        for name in FILTERS:
            value = filters.get(name)
            if isinstance(value, str) and value:
                self._params[name] = value
            else:
                self._params.pop(name, None)

    def _undone(self, outcome: Outcome) -> None:
        key = "notice.unrecorded" if outcome.unrecorded else f"notice.{outcome.kind}"
        args = {"count": outcome.count, "detail": outcome.detail}
        self._session["notice"] = Notice(key, "ok" if outcome.changed else "warn", args)


def _moment(value: str | None) -> str | None:
    """A moment as events have it; an ISO time without a zone is UTC."""
    try:
        moment = datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
    if moment is None:
        return None
    return stamp(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC))


def _number(value: object) -> int:
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()) else 0
