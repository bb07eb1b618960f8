"""记录: who did what, when, and what still stands of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from checks.markedtext import changed, escaped, one_line
from review_app import current, export
from review_app.components import frame, links, widgets
from review_app.locale import Words
from review_app.recorddesk import FILTERS, KINDS, RecordDesk, RecordView
from review_app.service import Service
from review_app.store import Event
from review_app.store.wanted import REVERSIBLE

NAME = "record"
_KEYS = (
    (("J", "K"), "move"),
    (("←", "→"), "pages"),
    (("Z",), "undo"),
    (("B",), "batch"),
    (("G",), "open"),
    (("E", "L"), "export"),
)
_WORDS = frozenset({"comment", "answer"})
"""The kinds of events that only their author takes back."""
_EXPORTS = (("csv", "e", export.table, "text/csv"), ("jsonl", "l", export.lines, "application/x-ndjson"))


def page() -> None:
    """Draw the page."""
    here = current.get()
    service, words = here.service, Words(here.lang)
    desk = RecordDesk(service, here.editor, st.query_params, st.session_state)  # type: ignore[arg-type]
    view = desk.look()
    if view.leave is not None:
        links.go("queue", **view.leave)
    st.html(frame.strip(here, words, NAME))
    if view.trouble:
        detail = words("events.trouble", detail=view.trouble)
        st.html(f'<div class="yj-errors" role="alert">{escaped(detail)}</div>')
    with st.container(key="yj-export", horizontal=True):
        _exports(desk, words, disabled=not view.found.total)
    widgets.record(_data(desk, view, words), lambda _, value: desk.act(value))


def _exports(desk: RecordDesk, words: Words, *, disabled: bool) -> None:
    """What the filters let through, as files that are made only when somebody asks for one."""
    store, wanted = desk.service.store, desk.wanted()
    day = datetime.now(UTC).strftime("%Y%m%d")
    for name, key, form, mime in _EXPORTS:
        st.download_button(
            words(f"export.{name}"),
            lambda form=form: b"".join(form(store.each(wanted))),  # type: ignore[misc]
            f"yijiao-{day}.{name}",
            mime,
            key=f"export-{name}",
            on_click="ignore",
            shortcut=key,
            disabled=disabled,
        )


def _data(desk: RecordDesk, view: RecordView, words: Words) -> dict[str, Any]:
    st.session_state["run"] = st.session_state.get("run", 0) + 1
    notice = view.notice
    text = words(notice.key, **{**(notice.args or {}), "detail": _detail(notice.args)}) if notice is not None else ""
    return {
        "seq": st.session_state["run"],
        "lang": words.tag,
        "readOnly": not desk.service.may(desk.editor),
        "rows": [_row(desk, view, event, words) for event in view.found.events],
        "page": view.page,
        "pages": view.pages,
        "pageText": words("events.page", page=view.page + 1, pages=view.pages, count=view.found.total),
        "filters": {name: st.query_params.get(name, "") for name in FILTERS},
        "options": _options(view, words),
        "notice": {"text": text, "tone": notice.tone} if notice is not None else None,
        "help": [[list(keys), words(f"record-help.{name}")] for keys, name in _KEYS],
        "words": words.family("record."),
    }


def _detail(args: Any) -> str:
    return one_line(str((args or {}).get("detail", "")), 120)


def _options(view: RecordView, words: Words) -> dict[str, list[tuple[str, str]]]:
    return {
        "by": [("", words("record.all-editors")), *((name, name) for name in view.editors)],
        "kind": [("", words("record.all-kinds")), *((kind, words(f"kind.{kind}")) for kind in KINDS)],
        "file": [("", words("record.all-files")), *((path, path.rsplit("/", 1)[-1]) for path in view.paths)],
    }


def _row(desk: RecordDesk, view: RecordView, event: Event, words: Words) -> dict[str, Any]:
    standing = event.kind in REVERSIBLE and event.undone_by is None
    reversal = view.reversals.get(event.undone_by) if event.undone_by is not None else None
    count = view.batches.get(event.batch, 0) if event.batch is not None else 0
    state = words("event.stands") if standing else words("event.undone", name=reversal.by) if reversal else ""
    where = desk.place(event.path, event.entry)
    return {
        "id": event.id,
        "at": event.at,
        "by": event.by,
        "kind": event.kind,
        "kindText": words(f"kind.{event.kind}"),
        "code": event.code,
        "name": _rule_name(desk.service, event) or event.term or "",
        "path": event.path,
        "file": event.path.rsplit("/", 1)[-1],
        "entry": event.entry,
        "entryText": words("event.file") if event.entry is None else "" if event.entry.startswith("#") else event.entry,
        "href": links.queue(**where) if where else "",
        "html": _html(event),
        "reason": _reason(desk.service, event, words),
        "state": state,
        "undoneAt": reversal.at if reversal is not None else "",
        "standing": standing,
        "undoable": standing and (event.kind not in _WORDS or event.by.casefold() == desk.editor.casefold()),
        "batch": event.batch,
        "batchText": words("event.undo-batch", count=count) if count > 1 else "",
    }


def _rule_name(service: Service, event: Event) -> str:
    return next((loaded.rule.name for loaded in service.gate.rules if loaded.rule.code == event.code), "")


def _reason(service: Service, event: Event, words: Words) -> str:
    """Why it was judged to be none, as long as that holds: the files keep the word, the store only its number."""
    kept = service.gate.dismissals_of(event.entry) if event.dismissals else ()
    found = next((record for record in kept if record.id in event.dismissals), None)
    if found is None:
        return ""
    return "：".join(part for part in (words(f"reason.{found.reason_code}"), one_line(found.reason_text, 200)) if part)


def _html(event: Event) -> str:
    """What was said, or what the decision changed; what it was about, where it changed nothing."""
    if event.kind in _WORDS:
        return escaped(event.after)
    if event.before != event.after:
        return changed(event.before, event.after)
    return f'<mark class="yj-m">{escaped(one_line(event.quote, 200))}</mark>'
