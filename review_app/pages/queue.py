"""校对: the findings, one at a time, beside the list of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from checks.dismissals import REASONS
from checks.files import content_hash
from checks.markedtext import one_line
from checks.model import SEVERITIES
from review_app import current, units
from review_app.components import frame, panel, widgets
from review_app.desk import FILTERS, PAGE, Desk
from review_app.locale import Words
from review_app.outcome import Editing
from review_app.reports import Row
from review_app.service import APPLICABLE, Service
from review_app.view import View

NAME = "queue"
_KEYS = (
    (("A",), "accept"),
    (("1–9",), "numbers"),
    (("E",), "edit"),
    (("D", "1–4"), "dismiss"),
    (("S",), "skip"),
    (("Z",), "undo"),
    (("J", "K"), "move"),
    (("Ctrl+Enter",), "save"),
    (("Esc",), "discard"),
    (("?",), "help"),
)


def page() -> None:
    """Draw the page."""
    here = current.get()
    service, words = here.service, Words(here.lang)
    desk = Desk(service, here.editor, st.query_params, st.session_state)  # type: ignore[arg-type]
    view = desk.look()
    st.html(frame.strip(here, words, NAME, view.shown.place.path if view.shown is not None else None))
    if service.errors:
        st.html(frame.errors(service.errors, words))
    with st.container(key="yj-body"):
        left, right = st.columns([0.29, 0.71], gap="small")
    with left:
        widgets.findings(_list(desk, view, words), lambda event, value: _listed(desk, event, value))
    with right, st.container(key="yj-detail"):
        _detail(desk, view, words)
    with st.container(key="yj-bar"):
        widgets.actions(_bar(desk, view, words), lambda _, value: desk.act(value))


def _detail(desk: Desk, view: View, words: Words) -> None:
    service, shown = desk.service, view.shown
    if shown is None:
        st.html(frame.done(service, len(service.queue()), words))
        return
    st.html(panel.card(shown, service, words))
    apart = view.editing.conflict if view.editing is not None else None
    if apart is not None:
        st.html(panel.conflict(apart, words))
    if view.editing is not None:
        data = _editor(service, view.editing, words)
        widgets.editor(data, view.opening, lambda event, value: _edited(desk, event, value))
    if apart is None:
        st.html(panel.entry(shown, service.files.get(shown.place.path), service, words))


def _listed(desk: Desk, event: str, value: Mapping[str, Any]) -> None:
    if event == "filter":
        desk.choose(value)
    elif event == "page":
        desk.turn(int(value.get("page", 0)))
    else:
        desk.act({"action": "pick", **value})


def _edited(desk: Desk, event: str, value: Mapping[str, Any]) -> None:
    text = value.get("text")
    if event == "discard":
        desk.discard()
    elif isinstance(text, str):
        desk.save(text) if event == "save" else desk.keep(text)


def _list(desk: Desk, view: View, words: Words) -> dict[str, Any]:
    number = max(view.index, 0) // PAGE
    pages = max(1, -(-len(view.rows) // PAGE))
    rows = view.rows[number * PAGE : (number + 1) * PAGE]
    texts = {key: text for key, text in words.family("list.").items() if key != "page"}
    return {
        "lang": words.tag,
        "rows": [_row(row, words) for row in rows],
        "current": view.shown.id if view.shown is not None else None,
        "page": number,
        "pages": pages,
        "filters": {name: st.query_params.get(name, "") for name in FILTERS},
        "options": _options(desk.service, words),
        "words": {**texts, "page": words("list.page", page=number + 1, pages=pages)},
    }


def _row(row: Row, words: Words) -> dict[str, Any]:
    entry = row.entry if row.entry and not row.entry.startswith("#") else ""
    return {
        "id": row.id,
        "severity": row.severity,
        "severityName": words(f"severity.{row.severity}"),
        "code": row.code,
        "quote": one_line(row.quote) or row.name,
        "where": " · ".join(part for part in (row.path.rsplit("/", 1)[-1], entry, row.name) if part),
    }


def _options(service: Service, words: Words) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: only what is open, with its count, and what is chosen."""
    rows = service.queue()
    result: dict[str, list[tuple[str, str]]] = {}
    for name, column in (("code", "code"), ("severity", "severity"), ("file", "path")):
        counts: dict[str, int] = {}
        for row in rows:
            value = getattr(row, column)
            counts[value] = counts.get(value, 0) + 1
        chosen = st.query_params.get(name, "")
        if chosen:
            family = [count for value, count in counts.items() if name == "code" and value.startswith(chosen)]
            counts.setdefault(chosen, sum(family))
        values = list(counts) if name == "file" else sorted(counts)
        if name == "severity":
            values = [severity for severity in reversed(SEVERITIES) if severity in counts]
        everything = {"code": "list.all-codes", "severity": "list.all-severities", "file": "list.all-files"}[name]
        result[name] = [("", f"{words(everything)} ({len(rows)})")]
        for value in values:
            text = words(f"severity.{value}") if name == "severity" else value.rsplit("/", 1)[-1]
            result[name].append((value, f"{text} ({counts[value]})"))
    return result


def _bar(desk: Desk, view: View, words: Words) -> dict[str, Any]:
    st.session_state["run"] = st.session_state.get("run", 0) + 1
    notice = view.notice
    text = words(notice.key, **(notice.args or {})) if notice is not None else ""
    fixes = view.shown.finding.fixes if view.shown is not None else ()
    return {
        # The bar takes each new number as the answer to what it sent.
        "seq": st.session_state["run"],
        "id": view.shown.id if view.shown is not None else None,
        "fixes": [number for number, fix in enumerate(fixes) if fix.safety in APPLICABLE],
        "lang": words.tag,
        "readOnly": not desk.service.may(desk.editor),
        "editing": view.editing is not None,
        "notice": {"text": text, "tone": notice.tone} if notice is not None else None,
        "reasons": [{"code": code, "text": words(f"reason.{code}")} for code in REASONS],
        "help": [[list(keys), words(f"help.{name}")] for keys, name in _KEYS],
        "words": words.family("act."),
    }


def _editor(service: Service, opened: Editing, words: Words) -> dict[str, Any]:
    base, text = units.browser_text(opened.base), units.browser_text(opened.text)
    place = opened.place
    address = [service.stored_path(place.path), place.entry or "", str(place.nth), opened.field or ""]
    return {
        "address": ":".join(address),
        "baseHash": content_hash(opened.base),
        "base": base,
        "text": text,
        "selection": [_utf16(opened.base, offset) for offset in opened.selection],
        "conflict": opened.conflict is not None,
        "single": opened.field in ("heading", "title", "link"),
        "raw": opened.field is None,
        "lang": "en" if opened.field in ("heading", "link") else "zh-Hans",
        "pageLang": words.tag,
        "label": words("edit.label", field=words(f"field.{opened.field or 'raw'}")),
        "words": words.family("edit."),
    }


def _utf16(text: str, offset: int) -> int:
    """An offset as the browser counts it: in UTF-16 units, with line feeds alone."""
    return len(units.browser_text(text[:offset]).encode("utf-16-le", "surrogatepass")) // 2
