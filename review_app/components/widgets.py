"""The app's own widgets: list, action bar, editor. Streamlit v2 components, each a script and a style of its own.

They put text into the page with ``textContent``, or as :mod:`review_app.components.marked` has escaped
it. Their styles are isolated; their keys are heard on the document, so the bar stops when a text field
has the focus.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import streamlit as st

_FOLDER: Final = Path(__file__).parent
Heard = Callable[[str, Any], None]
"""Called with an event's name and its value."""


def style() -> str:
    """The style of everything that is not a widget."""
    return f"<style>{_read('base.css')}{_read('page.css')}</style>"


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _component(name: str, html: str, *, css: tuple[str, ...] = (), js: tuple[str, ...] = ()) -> Any:
    """A widget of its own files, and before them those that it shares with others."""
    style = "".join(_read(f"{each}.css") for each in ("base", *css, name))
    script = "".join(_read(f"{each}.js") for each in (*js, name))
    return st.components.v2.component(f"yijiao.{name}", html=html, css=style, js=script)


_findings = _component("findings", '<div class="findings"></div>', js=("kit",))
_actions = _component("actions", '<div class="actions"></div>', js=("kit",))
_editor = _component("editor", '<div class="editor"></div>', js=("kit",))
_terms = _component("terms", '<div class="terms"></div>', css=("findings",), js=("kit",))
_term_form = _component("termform", '<div class="termform"></div>', js=("kit",))
_term_bar = _component("termbar", '<div class="termbar"></div>', css=("actions",), js=("kit",))
_groups = _component("groups", '<div class="groups"></div>', css=("kit",), js=("kit",))
_changes = _component("changes", '<div class="changes"></div>', css=("kit",), js=("kit",))
_record = _component("record", '<div class="record"></div>', css=("kit",), js=("kit",))
_rules = _component("rules", '<div class="rules"></div>', js=("kit",))
_comments = _component("comments", '<div class="comments"></div>', css=("kit",), js=("kit",))
_keys = _component("keys", '<div class="keys"></div>', css=("kit",), js=("kit",))
_aside = _component("aside", '<div class="aside"></div>', js=("kit",))


def findings(data: dict[str, Any], heard: Heard) -> None:
    """The list, its filters and its pages: events ``pick``, ``filter``, ``page``."""
    _mount(_findings, "findings", data, ("pick", "filter", "page"), heard)


def actions(data: dict[str, Any], heard: Heard) -> None:
    """The action bar, which hears the keys: event ``act``."""
    _mount(_actions, "actions", data, ("act",), heard)


def editor(data: dict[str, Any], opening: int, heard: Heard) -> None:
    """The editor of one field: events ``save``, ``discard``, ``draft``."""
    _mount(_editor, f"editor-{opening}", data, ("save", "discard", "draft"), heard)


def terms(data: dict[str, Any], heard: Heard) -> None:
    """The search, the filters and the list of terms: events ``pick``, ``search``, ``page``."""
    _mount(_terms, "terms", data, ("pick", "search", "page"), heard)


def term_form(data: dict[str, Any], opening: int, heard: Heard) -> None:
    """The form of one term: events ``save``, ``discard``, ``preview``."""
    _mount(_term_form, f"termform-{opening}", data, ("save", "discard", "preview"), heard)


def term_bar(data: dict[str, Any], heard: Heard) -> None:
    """The action bar of the glossary, which hears the keys: event ``act``."""
    _mount(_term_bar, "termbar", data, ("act",), heard)


def groups(data: dict[str, Any], heard: Heard) -> None:
    """The list of what is alike: events ``pick``, ``filter``, ``page``."""
    _mount(_groups, "groups", data, ("pick", "filter", "page"), heard)


def changes(data: dict[str, Any], heard: Heard) -> None:
    """The changes of a group, and the bar that hears the keys: event ``act``."""
    _mount(_changes, "changes", data, ("act",), heard)


def record(data: dict[str, Any], heard: Heard) -> None:
    """The events of a page, their filters, and the bar that hears the keys: event ``act``."""
    _mount(_record, "record-widget", data, ("act",), heard)


def rules(data: dict[str, Any], heard: Heard) -> None:
    """The rules, to be found and graded: events ``grade``, ``manual``."""
    _mount(_rules, "rules", data, ("grade", "manual"), heard)


def aside(data: dict[str, Any], heard: Heard) -> None:
    """What is folded beside the entry: event ``fold``."""
    _mount(_aside, "aside-widget", data, ("fold",), heard)


def comments(data: dict[str, Any], heard: Heard) -> None:
    """The comments of an entry, and the box to write one in: event ``act``."""
    _mount(_comments, "comments-widget", data, ("act",), heard)


def keys(data: dict[str, Any], heard: Heard) -> None:
    """The keys of a person, each to be pressed anew: event ``act``."""
    _mount(_keys, "keys-widget", data, ("act",), heard)


def _mount(component: Any, key: str, data: dict[str, Any], events: tuple[str, ...], heard: Heard) -> None:
    def listener(event: str) -> Callable[[], None]:
        def listen() -> None:
            value = st.session_state[key].get(event)
            if value is not None:
                heard(event, value)

        return listen

    component(key=key, data=data, **{f"on_{event}_change": listener(event) for event in events})
