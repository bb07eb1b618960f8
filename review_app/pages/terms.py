"""术语表: the glossary of all layers, what each term does in the digests, and changes of the project's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from checks.errors import InputError
from checks.view import visible
from review_app import current
from review_app.components import frame, termcard, widgets
from review_app.locale import Words
from review_app.termbase import FACETS, LAYERS, Concept
from review_app.termdesk import PAGE, TermDesk
from review_app.termfaults import FLAGS, LISTS, values_of
from review_app.termview import Form, View
from review_app.termwork import Preview

NAME = "terms"
_KEYS = (
    (("/",), "search"),
    (("J", "K"), "move"),
    (("N",), "new"),
    (("E",), "edit"),
    (("P", "Alt+P"), "preview"),
    (("A",), "approve"),
    (("X",), "deprecate"),
    (("W",), "withdraw"),
    (("Z",), "undo"),
    (("Ctrl+Enter",), "save"),
    (("Esc",), "discard"),
    (("?",), "help"),
)
_ORDER = (
    "source", "preferred", "abbr", "policy", "domain", "variants", "admitted", "forbidden", "suspect", "not_in",
    "not_source", "require", "first_mention", "status", "file", "note",
)  # fmt: skip
_ENGLISH = ("source", "abbr", "variants", "not_source", "domain")


def page() -> None:
    """Draw the page."""
    here = current.get()
    words = Words(here.lang)
    desk = TermDesk(here.service, here.editor, st.query_params, st.session_state)  # type: ignore[arg-type]
    view = desk.look()
    st.session_state["terms.run"] = st.session_state.get("terms.run", 0) + 1
    st.html(frame.strip(here, words, NAME))
    if here.service.errors:
        st.html(frame.errors(here.service.errors, words))
    with st.container(key="yj-body"):
        left, right = st.columns([0.32, 0.68], gap="small")
    with left:
        widgets.terms(_list(desk, view, words), lambda event, value: _listed(desk, event, value))
    with st.container(key="yj-bar"):
        # Before the details: they may take a while.
        widgets.term_bar(_bar(desk, view, words), lambda _, value: desk.act(value))
    with right, st.container(key="yj-detail"):
        _detail(desk, view, words)


def _detail(desk: TermDesk, view: View, words: Words) -> None:
    if view.form is not None:
        if view.form.theirs is not None:
            st.html(termcard.apart(view.form.term, view.form.theirs, words))
        data = _form(desk, view.form, words)
        widgets.term_form(data, view.form.opening, lambda event, value: _edited(desk, event, value))
    elif view.concept is None:
        st.html(f'<section class="yj-done" lang="{words.tag}"><p>{words("terms.none")}</p></section>')
        return
    if view.asked is not None:
        _effect(desk, view, words)
    if view.concept is not None and view.form is None:
        st.html(termcard.card(view.concept, desk.service, words))
        with st.spinner(words("use.working")):
            used = desk.terms.usage(view.concept.shown)
        st.html(termcard.uses(used, desk.service, words))


def _effect(desk: TermDesk, view: View, words: Words) -> None:
    """What a change would do: worked out while a bar tells how far it is."""
    if view.asked is not None and view.seen is None:
        total = len(desk.service.files)
        progress = st.progress(0.0, words("effect.working", done=0, total=total))
        try:
            for number, step in enumerate(desk.terms.preview(view.asked), 1):
                if isinstance(step, Preview):
                    desk.answer(step)
                    view = desk.look()
                else:
                    progress.progress(
                        min(1.0, number / max(1, total)), words("effect.working", done=number, total=total)
                    )
        except InputError as error:
            desk.answer(error)
            view = desk.look()
        progress.empty()
    if view.seen is not None:
        st.html(termcard.effect(view.seen, words))


def _listed(desk: TermDesk, event: str, value: Mapping[str, Any]) -> None:
    if event == "search":
        desk.search(value)
    elif event == "page":
        desk.turn(int(value.get("page", 0)))
    else:
        desk.pick(str(value.get("source", "")))


def _edited(desk: TermDesk, event: str, value: Mapping[str, Any]) -> None:
    if event == "discard":
        desk.discard()
    else:
        desk.save(value) if event == "save" else desk.ask(value)


def _list(desk: TermDesk, view: View, words: Words) -> dict[str, Any]:
    number = max(view.index, 0) // PAGE
    pages = max(1, -(-len(view.rows) // PAGE))
    rows = view.rows[number * PAGE : (number + 1) * PAGE]
    texts = {**words.family("list."), **words.family("terms.")}
    return {
        "lang": words.tag,
        "seq": st.session_state["terms.run"],
        "q": desk.query(),
        "rows": [_row(row, words) for row in rows],
        "current": view.concept.shown.source if view.concept is not None else None,
        "page": number,
        "pages": pages,
        "filters": desk.filters(),
        "options": _options(desk, words),
        "words": {**texts, "page": words("terms.page", count=len(view.rows), page=number + 1, pages=pages)},
    }


def _row(concept: Concept, words: Words) -> dict[str, Any]:
    term = concept.shown
    own = [words(f"layer.{layer}") for layer in LAYERS if layer in concept.facets["layer"]]
    proposed = words("status.proposed") if concept.proposal is not None else ""
    about = (", ".join(term.abbr), term.domain, " › ".join(own), proposed)
    return {
        "id": term.source,
        "source": visible(term.source),
        "preferred": visible(term.preferred),
        "status": "proposed" if concept.proposal is not None else concept.status,
        "statusName": words(f"status.{concept.status}"),
        "about": visible(" · ".join(part for part in about if part)),
    }


def _options(desk: TermDesk, words: Words) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for name, values in desk.terms.base().values.items():
        chosen = desk.filters()[name]
        known = dict(values)
        if chosen:
            known.setdefault(chosen, 0)
        found[name] = [("", words(f"terms.all-{name}"))]
        for value, count in known.items():
            text = value if name == "domain" or count == 0 else words(f"{name}.{value}")
            found[name].append((value, visible(f"{text} ({count})")))
    return {name: found[name] for name in FACETS}


def _bar(desk: TermDesk, view: View, words: Words) -> dict[str, Any]:
    notice = view.notice
    text = words(notice.key, **(notice.args or {})) if notice is not None else ""
    return {
        "seq": st.session_state["terms.run"],
        "id": view.concept.shown.source if view.concept is not None else "",
        "lang": words.tag,
        "writes": desk.service.may(desk.editor),
        "manages": desk.manages,
        "editing": view.form is not None,
        "actions": sorted(view.actions),
        "notice": {"text": visible(text), "tone": notice.tone} if notice is not None else None,
        "help": [[list(keys), words(f"termhelp.{name}")] for keys, name in _KEYS],
        "words": {
            **words.family("termact."),
            **({} if desk.manages else {"edit": words("termact.propose"), "new": words("termact.propose-new")}),
        },
    }


def _form(desk: TermDesk, form: Form, words: Words) -> dict[str, Any]:
    term = form.term
    files = [str(path) for path in desk.terms.files()]
    fixed = form.concept is not None and not form.concept.own()
    fields = [_field(name, desk, form, words) for name in _ORDER if name not in ("status", "file")]
    if desk.manages:
        fields.insert(-1, _choice("status", [(value, words(f"status.{value}")) for value in _STATUSES], words))
    if len(files) > 1 and (form.concept is None or fixed):
        fields.insert(-1, _choice("file", [(path, path) for path in files], words))
    key = "form.new" if form.concept is None else "form.edit" if desk.manages else "form.propose"
    return {
        "address": form.concept.shown.source if form.concept is not None else "",
        "label": visible(words(key, term=term.source if form.concept is not None else "")),
        "lang": words.tag,
        "seq": st.session_state["terms.run"],
        "values": {**values_of(term), **({"file": files[0]} if files else {})},
        "fields": fields,
        "faults": [
            {"field": fault.field, "text": visible(words(fault.key, **fault.args)), "mild": fault.mild}
            for fault in form.faults
        ],
        "words": words.family("form."),
    }


_STATUSES = ("approved", "proposed", "deprecated")


def _field(name: str, desk: TermDesk, form: Form, words: Words) -> dict[str, Any]:
    if name == "policy":
        return _choice(name, [(value, words(f"policy.{value}")) for value in ("translate", "keep")], words)
    kind = "flag" if name in FLAGS else "list" if name in LISTS else "long" if name == "note" else "text"
    empty = name in ("source", "preferred") and getattr(form.term, name) in ("", *form.offers)
    return {
        "name": name,
        "kind": kind,
        "label": words(f"column.{name}"),
        "hint": words("form.one-a-line") if kind == "list" else "",
        "lang": "en" if name in _ENGLISH else "zh-Hans",
        "readOnly": name == "source" and form.concept is not None and not form.concept.own(),
        "offers": list(form.offers) if empty and form.concept is None else [],
        **({"label": words(f"{name}.ask")} if kind == "flag" else {}),
    }


def _choice(name: str, options: list[tuple[str, str]], words: Words) -> dict[str, Any]:
    return {"name": name, "kind": "choice", "label": words(f"column.{name}"), "hint": "", "options": options}
