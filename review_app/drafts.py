"""Texts being edited: opened on a field, kept at each pause, found again after a reload or a conflict."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from checks.files import content_hash
from checks.model import Field, Span
from review_app import units
from review_app.outcome import Conflict, Editing, Shown
from review_app.store import Draft, Store, StoreError
from review_app.store.store import now
from review_app.units import Place


class Drafts:
    """The drafts of the store. None of its failures stops an editor: the browser holds the text too."""

    def __init__(self, store: Store, stored_path: Callable[[str], str], may: Callable[[str], bool]) -> None:
        """``may`` says who may write; what others hand in is not kept."""
        self._store = store
        self._stored_path = stored_path
        self._may = may

    def open(self, editor: str, shown: Shown) -> Editing:
        """Open the field of a finding, or its whole unit where the finding is not inside a field."""
        place, span, text = shown.place, shown.finding.span, shown.digest.text
        entry = units.entry_at(shown.digest, place) if place.entry is not None else None
        field: Field | None = None if shown.finding.field == "file" else shown.finding.field
        region = units.field_span(entry, field) if entry is not None else units.span_of(shown.digest, place)
        if entry is not None and (region is None or not (region.start <= span.start and span.end <= region.end)):
            field, region = None, entry.span
        if entry is None or region is None:
            field, region = None, units.span_of(shown.digest, place) or Span(0, len(text))
        base = text[region.start : region.end]
        begin, end = max(0, span.start - region.start), min(len(base), span.end - region.start)
        # A finding about something absent spans its field: selecting it all would invite to type it away.
        selection = (len(base), len(base)) if end - begin >= len(base) else (begin, end)
        return self._restored(editor, Editing(place, field, base, base, selection))

    def reopen(self, conflict: Conflict) -> Editing:
        """Open what is in the file now with my text in the editor: saving it is the editor's decision."""
        end = len(conflict.mine)
        return Editing(conflict.place, conflict.field, conflict.theirs, conflict.mine, (end, end), conflict)

    def save(self, editor: str, place: Place, field: Field | None, base: str, text: str) -> None:
        """Keep a text."""
        if not self._may(editor):
            return
        path, entry, name = self._address(place, field)
        draft = Draft(
            editor=editor,
            path=path,
            entry=entry,
            field=name,
            base_hash=content_hash(base),
            base=base,
            text=text,
            at=now(),
        )
        with suppress(StoreError):
            self._store.save_draft(draft)

    def drop(self, editor: str, place: Place, field: Field | None) -> None:
        """Forget a text."""
        if not self._may(editor):
            return
        with suppress(StoreError):
            self._store.drop_draft(editor, *self._address(place, field))

    def _restored(self, editor: str, opened: Editing) -> Editing:
        draft: Draft | None = None
        with suppress(StoreError):
            draft = self._store.draft(editor, *self._address(opened.place, opened.field))
        if draft is None or draft.text == opened.base:
            return opened
        merged = units.merge(draft.base, draft.text, opened.base)
        if merged is not None:
            return Editing(opened.place, opened.field, opened.base, merged, opened.selection)
        conflict = Conflict(opened.place, opened.field, draft.base, draft.text, opened.base)
        return self.reopen(conflict)

    def _address(self, place: Place, field: Field | None) -> tuple[str, str, str]:
        entry = f"{place.entry}+{place.nth}" if place.entry is not None else ""
        return self._stored_path(place.path), entry, field or ""
