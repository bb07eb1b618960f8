"""校对: the findings, one at a time, beside the list of all.

A key press runs the fragment of the page alone, a pause in typing that of the editor, a sign of life that of presence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from review_app import aside, current, queue_data
from review_app.components import frame, panel, widgets
from review_app.components.onlookers import onlookers
from review_app.desk import Desk
from review_app.locale import Words
from review_app.outcome import Editing, Shown
from review_app.presence import EVERY
from review_app.view import View

NAME = "queue"
_FRAGMENT: Final = "yj-queue"
_SAID: Final = "said"
"""The comments as of the last drawing."""


def page() -> None:
    """Draw the page."""
    here = current.get()
    desk = Desk(here.service, here.editor, st.query_params, st.session_state)  # type: ignore[arg-type]
    _queue(desk, Words(here.lang, desk.keys.labels()))


@st.fragment(key=_FRAGMENT)
def _queue(desk: Desk, words: Words) -> None:
    here = current.get()
    pages = st.session_state.get("pages", {})
    leave = st.session_state.pop("leave", None)
    if leave is not None and leave[0] in pages:
        st.switch_page(pages[leave[0]], query_params=leave[1])
    view = desk.look()
    st.session_state[_SAID] = desk.service.comments.threads
    st.html(frame.strip(here, words, NAME, view.shown.place.path if view.shown is not None else None))
    if desk.service.errors:
        st.html(frame.errors(desk.service.errors, words))
    with st.container(key="yj-body"):
        left, right = st.columns([0.29, 0.71], gap="small")
    with left:
        data = queue_data.findings(desk, view, st.query_params, words)
        widgets.findings(data, lambda event, value: _listed(desk, event, value))
    with right, st.container(key="yj-detail"):
        _detail(desk, view, words)
    with st.container(key="yj-bar"):
        st.session_state["run"] = st.session_state.get("run", 0) + 1
        bar = queue_data.bar(desk, view, st.session_state["run"], pages, words)
        widgets.actions(bar, lambda _, value: desk.act(value))
    _presence(desk, words)


def _detail(desk: Desk, view: View, words: Words) -> None:
    service, shown = desk.service, view.shown
    if shown is None:
        _nothing(desk, words)
        return
    st.html(panel.card(shown, service, desk.keys, words))
    _comments(desk, words)
    apart = view.editing.conflict if view.editing is not None else None
    if apart is not None:
        st.html(panel.conflict(apart, words))
    beside = ""
    if view.editing is not None:
        beside = panel.source(shown, service, words)
        with st.container(key="yj-editing"):
            _editor(desk, shown, view.editing, view.opening, words)
            if beside:
                st.html(beside)
    if apart is None:
        st.html(panel.entry(shown, service.files.get(shown.place.path), service, words, english=not beside))
    _aside(desk, shown, words)


def _nothing(desk: Desk, words: Words) -> None:
    """The end of the queue, or an entry that a link names though nothing is open in it."""
    service, wanted = desk.service, desk.standing.filters()
    if wanted.entry is None:
        st.html(frame.done(service, len(service.queue()), words))
        return
    st.html(frame.settled(service, wanted.entry, words))
    _comments(desk, words)
    for path, checked in service.files.items():
        for entry in checked.report.digest.entries:
            if entry.key == wanted.entry and (not wanted.paths or path in wanted.paths):
                st.html(panel.settled(entry, service, words))


@st.fragment
def _editor(desk: Desk, shown: Shown, opened: Editing, opening: int, words: Words) -> None:
    data = queue_data.editor(desk.service, shown, opened, words)
    data["checked"] = st.session_state.get("checked") if opening == st.session_state.get("checked-at") else None

    def heard(event: str, value: Mapping[str, Any]) -> None:
        text = value.get("text")
        if event == "draft":
            if isinstance(text, str):
                _typed(desk, opening, value, text, words)
            return
        if event == "discard":
            desk.discard()
        elif isinstance(text, str):
            desk.save(text)
        st.rerun(_FRAGMENT)

    widgets.editor(data, opening, heard)


def _typed(desk: Desk, opening: int, value: Mapping[str, Any], text: str, words: Words) -> None:
    if value.get("keep"):
        desk.keep(text)
    token = value.get("token")
    if isinstance(token, str):
        st.session_state["checked"] = queue_data.checked(token, desk.recheck(text), words)
        st.session_state["checked-at"] = opening


def _comments(desk: Desk, words: Words) -> None:
    # No fragment of its own: a key of the page pressed right after a pause would be answered by that one alone.
    subject = desk.subject()
    if subject is None:
        return

    def heard(_: str, value: Mapping[str, Any]) -> None:
        desk.comments.heard(subject, value)

    widgets.comments(desk.comments.data(subject, desk.keys, words), heard)


@st.fragment
def _aside(desk: Desk, shown: Shown, words: Words) -> None:
    known = aside.SECTIONS
    opened = [name for name in known if name in st.session_state.get("aside", ())]

    def heard(_: str, value: Mapping[str, Any]) -> None:
        st.session_state["aside"] = [name for name in known if name in value.get("open", ())]

    widgets.aside(aside.sections(desk.service, shown, opened, desk.keys, words), heard)


@st.fragment(run_every=EVERY)
def _presence(desk: Desk, words: Words) -> None:
    desk.service.comments.refresh()
    if desk.service.comments.threads is not st.session_state.get(_SAID):
        # Somebody else has said something: the list and the entry tell of it.
        st.rerun()
    shown: Shown | None = st.session_state.get("shown")
    with st.container(key="yj-presence"):
        if shown is None:
            st.html('<span class="yj-onlookers"></span>')
            return
        desk.service.look(desk.editor, shown.place.path, shown.place.entry)
        st.html(onlookers(desk.service, desk.editor, shown.place, words))


def _listed(desk: Desk, event: str, value: Mapping[str, Any]) -> None:
    if event == "filter":
        desk.standing.choose(value)
    elif event == "page":
        desk.standing.turn(int(value.get("page", 0)))
    else:
        desk.act({"action": "pick", **value})
