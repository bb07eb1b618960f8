"""Where an editor stands in the groups of findings that are alike, and what a key press does there.

Knows nothing of Streamlit: ``params`` is what the address holds (group, filters, page, the finding
that led here), ``memory`` what the session holds: the ticks, and the text that they were set on.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final

from checks.dismissals import REASONS
from review_app import units
from review_app.groups import Group, belongs, group_of, groups
from review_app.outcome import Batch, Filters, Shown
from review_app.reports import Checked, Row
from review_app.service import Service
from review_app.view import Notice

PAGE: Final = 50
"""Changes on a page."""
GROUPS: Final = 40
"""Groups on a page of their list."""
FILTERS: Final = ("file", "safety")
SAFETIES: Final = ("safe", "unsafe", "none")
_MEMORY: Final = "bulk"


@dataclass(slots=True)
class _Session:
    """What is kept of a group from one run to the next."""

    group: str = ""
    index: int = 0
    """Of the group in the list."""
    offered: frozenset[str] = frozenset()
    """What was there when the group was opened: what comes later is not ticked before somebody has seen it."""
    ticks: dict[str, bool] = field(default_factory=dict)
    """Where somebody has set them."""
    rows: list[Row] = field(default_factory=list)
    files: dict[str, Checked] = field(default_factory=dict)
    """The rows as last shown, and the files as of then."""
    batch: Batch | None = None
    notice: Notice | None = None
    leave: str | None = None

    def ticked(self, row: Row) -> bool:
        return self.ticks.get(row.id, row.safety == "safe" and row.id in self.offered)

    def shown(self, row: Row) -> Shown:
        """A finding as it stood on the page."""
        checked = self.files[row.path]
        finding = checked.by_id[row.id]
        digest = checked.report.digest
        return Shown(row.id, finding, digest, units.place_of_finding(digest, finding))


@dataclass(frozen=True, slots=True)
class Change:
    """One finding on the page."""

    row: Row
    shown: Shown
    ticked: bool


@dataclass(frozen=True, slots=True)
class BulkView:
    """What is to be shown."""

    groups: list[Group]
    """On this page of their list."""
    group_page: int
    group_pages: int
    group: Group | None
    changes: list[Change]
    """On this page."""
    page: int
    pages: int
    files: int
    """How many files the group is about."""
    accepting: int
    """How many of the ticked have a fix, on all pages."""
    dismissing: int
    """How many are ticked, on all pages."""
    batch: Batch | None
    """What became of the last batch."""
    notice: Notice | None
    leave: str | None
    """The finding of the queue to go back to."""


class BulkDesk:
    """One editor at work."""

    def __init__(
        self, service: Service, editor: str, params: MutableMapping[str, str], memory: MutableMapping[str, Any]
    ) -> None:
        self.service = service
        self.editor = editor
        self._params = params
        self._session: _Session = memory.setdefault(_MEMORY, _Session())

    def look(self) -> BulkView:
        """What there is to show now."""
        session = self._session
        self.service.refresh()
        files, rows = self.service.files, self._rows()
        found = groups(rows)
        key = self._key(rows, found)
        group = _of(found, key, rows)
        session.rows = [row for row in rows if belongs(row, key)]
        session.files = {row.path: files[row.path] for row in session.rows}
        if key != session.group:
            session.group, session.offered = key, frozenset(row.id for row in session.rows)
            session.ticks = {}
        keys = [each.key for each in found]
        session.index = keys.index(key) if key in keys else min(session.index, max(len(found) - 1, 0))
        pages = max(1, -(-len(session.rows) // PAGE))
        page = min(max(_number(self._params.get("page")), 0), pages - 1)
        group_page = session.index // GROUPS
        ticked = [row for row in session.rows if session.ticked(row)]
        notice, session.notice = session.notice, None
        leave, session.leave = session.leave, None
        return BulkView(
            groups=found[group_page * GROUPS : (group_page + 1) * GROUPS],
            group_page=group_page,
            group_pages=max(1, -(-len(found) // GROUPS)),
            group=group,
            changes=[
                Change(row, session.shown(row), session.ticked(row))
                for row in session.rows[page * PAGE : (page + 1) * PAGE]
            ],
            page=page,
            pages=pages,
            files=len(session.files),
            accepting=sum(row.safety is not None for row in ticked),
            dismissing=len(ticked),
            batch=session.batch,
            notice=notice,
            leave=leave,
        )

    def act(self, event: Mapping[str, Any]) -> None:
        """A key or a button; ``ticks`` are those of the page. A decision on a group no longer shown does nothing."""
        action, session = event.get("action"), self._session
        if event.get("group") == session.group:
            self._tick(event.get("ticks"))
        elif action in ("accept", "dismiss", "all"):
            return
        if action == "accept":
            self._accept()
        elif action == "dismiss":
            self._dismiss(event)
        elif action == "undo":
            self._undo()
        elif action == "all":
            everything = not all(session.ticked(row) for row in session.rows)
            session.ticks = {row.id: everything for row in session.rows}
        elif action == "page":
            self._params["page"] = str(_number(event.get("page")))
        elif action in ("next", "previous"):
            self._step(1 if action == "next" else -1)
        elif action == "pick":
            self._open(str(event.get("key", "")))
        elif action == "groups":
            self._turn(_number(event.get("page")))
        elif action == "back":
            session.leave = str(event.get("id") or self._params.get("like", ""))

    def choose(self, filters: Mapping[str, Any]) -> None:
        """Set the filters of the list."""
        for name in FILTERS:
            value = filters.get(name)
            if isinstance(value, str) and value:
                self._params[name] = value
            else:
                self._params.pop(name, None)
        group, self._session.group = self._session.group, ""
        found = groups(self._rows())
        if group not in [each.key for each in found]:
            self._open(found[0].key if found else "")

    def _rows(self) -> list[Row]:
        path, safety = (self._params.get(name) for name in FILTERS)
        rows = self.service.queue(Filters(paths=frozenset([path] if path else [])))
        return rows if safety not in SAFETIES else [row for row in rows if (row.safety or "none") == safety]

    def _key(self, rows: list[Row], found: list[Group]) -> str:
        """The group in the address, else that of the finding in it, else the first."""
        key, like = self._params.get("group"), self._params.get("like")
        if not key and like:
            row = next((row for row in rows if row.id == like), None)
            if row is not None:
                alone = all(other.alike == row.alike for other in rows if other.code == row.code)
                key = row.code if alone else row.alike
            else:
                self._session.notice = Notice("notice.vanished", "warn")
        if not key and found:
            key = found[0].key
        if key:
            self._params["group"] = key
        return key or ""

    def _tick(self, ticks: object) -> None:
        known = {row.id for row in self._session.rows}
        if isinstance(ticks, Mapping):
            self._session.ticks |= {str(number): bool(on) for number, on in ticks.items() if number in known}

    def _chosen(self, *, fixable: bool) -> list[Shown]:
        session = self._session
        rows = (row for row in session.rows if session.ticked(row))
        return [session.shown(row) for row in rows if not fixable or row.safety is not None]

    def _accept(self) -> None:
        self._decided(self.service.accept_all(self.editor, self._chosen(fixable=True)))

    def _dismiss(self, event: Mapping[str, Any]) -> None:
        reason, note = str(event.get("reason", "")), str(event.get("note", ""))
        if reason == "other" and not note.strip():
            self._session.notice = Notice("notice.note-needed", "warn")
        elif reason in REASONS:
            self._decided(self.service.dismiss_all(self.editor, self._chosen(fixable=False), reason, note))

    def _decided(self, batch: Batch) -> None:
        outcome = batch.outcome
        key = "notice.unrecorded" if outcome.unrecorded else f"notice.{outcome.kind}"
        args = {"count": outcome.count, "files": batch.files, "detail": outcome.detail}
        self._session.notice = Notice(key, "ok" if outcome.changed else "warn", args)
        self._session.batch = batch if outcome.changed or batch.refused else None

    def _undo(self) -> None:
        batch = self._session.batch
        if batch is not None and batch.name is not None:
            outcome = self.service.undo_batch(self.editor, batch.name)
        else:
            outcome = self.service.undo(self.editor)
        args = {"count": outcome.count, "detail": outcome.detail}
        self._session.notice = Notice(f"notice.{outcome.kind}", "ok" if outcome.changed else "warn", args)
        if outcome.changed:
            self._session.batch = None

    def _step(self, by: int) -> None:
        found = groups(self._rows())
        here = next((number for number, group in enumerate(found) if group.key == self._session.group), None)
        # Where the group is cleared, the next one has come into its place.
        target = self._session.index + (min(by, 0) if here is None else by)
        if 0 <= target < len(found):
            self._open(found[target].key)
        else:
            self._session.notice = Notice("notice.end" if by > 0 else "notice.start")

    def _turn(self, page: int) -> None:
        found = groups(self._rows())
        if found:
            self._open(found[min(max(page, 0) * GROUPS, (len(found) - 1) // GROUPS * GROUPS)].key)

    def _open(self, key: str) -> None:
        self._session.batch = None
        self._params.pop("page", None)
        self._params.pop("like", None)
        if key:
            self._params["group"] = key
        else:
            self._params.pop("group", None)


def _of(found: list[Group], key: str, rows: list[Row]) -> Group | None:
    """The group of a key; one that stands alone in its rule, or alone at all, is in no list."""
    listed = next((group for group in found if group.key == key), None)
    members = [row for row in rows if belongs(row, key)] if listed is None else []
    return listed or (group_of(key, members) if members else None)


def _number(value: object) -> int:
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()) else 0
