"""批量: findings that are alike, decided at one stroke after a look at every change."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final

import streamlit as st

from checks.dismissals import REASONS
from checks.markedtext import Mark, around, difference, escaped, one_line
from review_app import current
from review_app.alike import Likeness, likeness, usual_fix
from review_app.bulkdesk import FILTERS, SAFETIES, BulkDesk, BulkView, Change
from review_app.components import frame, links, widgets
from review_app.components.summary import summary
from review_app.groups import Group
from review_app.locale import Words
from review_app.outcome import Batch, Shown
from review_app.service import Service
from review_app.units import entry_at, fields

NAME = "bulk"
_MOST_TOLD: Final = 50
"""Refused places that are listed for each reason."""
_KEYS = (
    (("A",), "accept"),
    (("D", "1–4"), "dismiss"),
    (("T",), "all"),
    (("↑", "↓"), "walk"),
    (("←", "→"), "pages"),
    (("J", "K"), "move"),
    (("Z",), "undo"),
    (("G",), "back"),
)


def page() -> None:
    """Draw the page."""
    here = current.get()
    service, words = here.service, Words(here.lang)
    desk = BulkDesk(service, here.editor, st.query_params, st.session_state)  # type: ignore[arg-type]
    view = desk.look()
    if view.leave is not None:
        links.go("queue", **({"at": view.leave} if view.leave else {}))
    st.html(frame.strip(here, words, NAME))
    if service.errors:
        st.html(frame.errors(service.errors, words))
    left, right = st.columns([0.29, 0.71], gap="small")
    with left:
        widgets.groups(_list(service, view, words), lambda event, value: _listed(desk, event, value))
    with right:
        widgets.changes(_changes(desk, view, words), lambda _, value: desk.act(value))


def _listed(desk: BulkDesk, event: str, value: Mapping[str, Any]) -> None:
    if event == "filter":
        desk.choose(value)
    else:
        desk.act({**value, "action": "groups" if event == "page" else "pick"})


def _list(service: Service, view: BulkView, words: Words) -> dict[str, Any]:
    texts = words.family("groups.")
    files = [("", words("groups.all-files")), *((path, path.rsplit("/", 1)[-1]) for path in service.files)]
    safeties = [("", words("groups.all-safeties")), *((name, words(f"groups.{name}")) for name in SAFETIES)]
    return {
        "lang": words.tag,
        "rows": [_group(service, group, words) for group in view.groups],
        "current": view.group.key if view.group is not None else "",
        "page": view.group_page,
        "pages": view.group_pages,
        "filters": {name: st.query_params.get(name, "") for name in FILTERS},
        "options": {"file": files, "safety": safeties},
        "words": {**texts, "page": words("groups.page", page=view.group_page + 1, pages=view.group_pages)},
    }


def _group(service: Service, group: Group, words: Words) -> dict[str, Any]:
    what = summary(group.first.code, words) if group.whole else _what(service, group, words)
    return {
        "key": group.key,
        "whole": group.whole,
        "severity": group.first.severity,
        "code": group.first.code,
        "what": what,
        "title": f"{group.first.code} {words(f'severity.{group.first.severity}')} {what}",
        "size": group.size,
        "unsafe": group.unsafe,
        "unsafeText": words("groups.unsafe-n", count=group.unsafe)
        if group.unsafe != group.size
        else words("groups.unsafe"),
    }


def _likeness(service: Service, group: Group) -> tuple[Likeness, str]:
    """What the findings of a group share, and what the first of them is about."""
    checked = service.files[group.first.path]
    return likeness(checked.by_id[group.first.id], checked.report.digest.text), group.first.quote


def _what(service: Service, group: Group, words: Words) -> str:
    """What all fixes of a group do, in a line; what its findings are about where there is none."""
    alike, quote = _likeness(service, group)
    parts = []
    for old, new in alike.swaps:
        key = "bulk.swapped" if old and new else "bulk.added" if new else "bulk.removed"
        parts.append(words(key, old=one_line(old, 40), new=one_line(new, 40)))
    return "，".join(parts) or one_line(quote, 60)


def _changes(desk: BulkDesk, view: BulkView, words: Words) -> dict[str, Any]:
    st.session_state["run"] = st.session_state.get("run", 0) + 1
    notice = view.notice
    text = words(notice.key, **(notice.args or {})) if notice is not None else ""
    return {
        "seq": st.session_state["run"],
        "lang": words.tag,
        "readOnly": not desk.service.may(desk.editor),
        "group": view.group.key if view.group is not None else "",
        "back": "like" in st.query_params,
        "batch": view.batch.name if view.batch is not None else None,
        "head": _head(desk.service, view, view.group, words) if view.group is not None else None,
        "anything": bool(view.groups),
        "files": _files(view, words),
        "page": view.page,
        "pages": view.pages,
        "pageText": words("groups.page", page=view.page + 1, pages=view.pages),
        "accepting": view.accepting,
        "dismissing": view.dismissing,
        "result": _result(view.batch, words) if view.batch is not None else None,
        "notice": {"text": text, "tone": notice.tone} if notice is not None else None,
        "reasons": [{"code": code, "text": words(f"reason.{code}")} for code in REASONS],
        "help": [[list(keys), words(f"bulk-help.{name}")] for keys, name in _KEYS],
        "words": words.family("changes."),
    }


def _head(service: Service, view: BulkView, group: Group, words: Words) -> dict[str, Any]:
    about = summary(group.first.code, words)
    alike, _ = _likeness(service, group)
    none = group.size - group.safe - group.unsafe
    facts = [("", words("bulk.places", count=group.size, files=view.files))]
    facts += [
        (tone, words(f"bulk.{tone}", count=count))
        for tone, count in (("safe", group.safe), ("unsafe", group.unsafe), ("none", none))
        if count
    ]
    if alike.term and not group.whole:
        facts.append(("", words("bulk.term", term=alike.term)))
    return {
        "code": group.first.code,
        "name": about if group.whole else _what(service, group, words),
        "summary": group.first.name if group.whole else about,
        "facts": [{"tone": tone, "text": text} for tone, text in facts],
    }


def _files(view: BulkView, words: Words) -> list[dict[str, Any]]:
    """The changes of the page, file by file and entry by entry."""
    return [
        {
            "name": path,
            "entries": [
                _entry(list(changes), words) for _, changes in groupby(of_file, lambda change: change.shown.place)
            ],
        }
        for path, of_file in groupby(view.changes, lambda change: change.row.path)
    ]


def _entry(changes: list[Change], words: Words) -> dict[str, Any]:
    shown = changes[0].shown
    entry = entry_at(shown.digest, shown.place) if shown.place.entry is not None else None
    title = (entry.title or entry.heading).text if entry is not None else ""
    return {
        "name": _name(shown, words),
        "title": one_line(title),
        "href": links.queue(at=shown.id),
        "rows": [_row(change, words) for change in changes],
    }


def _name(shown: Shown, words: Words) -> str:
    key = shown.place.entry
    return words("bulk.about-file") if key is None else "—" if key.startswith("#") else key


def _row(change: Change, words: Words) -> dict[str, Any]:
    safety = change.row.safety
    note = words("safety.unsafe") if safety == "unsafe" else ""
    return {
        "id": change.row.id,
        "ticked": change.ticked,
        "fixable": safety is not None,
        "html": _html(change.shown, words),
        "note": note,
        "tone": safety or "plain",
    }


def _html(shown: Shown, words: Words) -> str:
    """What would change; of a finding without a fix, where it is and what it says."""
    finding, text = shown.finding, shown.digest.text
    fix, within = usual_fix(finding), fields(shown.digest, shown.place)
    if fix is not None:
        return difference(text, fix, within)
    said = escaped(finding.message.render(words.lang))
    if not finding.stands_in(text) or not finding.quote or len(finding.quote) > _MOST_QUOTED:
        return said
    mark = Mark(*finding.span, shown.id, finding.severity, finding.code)
    return f"{around(text, finding.span, within, mark)} — {said}"


_MOST_QUOTED: Final = 120


def _result(batch: Batch, words: Words) -> dict[str, Any]:
    by_kind: dict[tuple[str, str], list[Shown]] = {}
    for shown, outcome in batch.refused:
        by_kind.setdefault((outcome.kind, outcome.detail if outcome.kind == "failed" else ""), []).append(shown)
    text = words(
        f"notice.{batch.outcome.kind}", count=batch.outcome.count, files=batch.files, detail=batch.outcome.detail
    )
    if batch.refused:
        text = words("bulk.done", text=text, count=len(batch.refused))
    return {
        "text": text,
        "undo": batch.name is not None,
        "refused": [
            {
                "text": words(f"refused.{kind}", count=len(places), detail=one_line(detail, 200)),
                "places": [_place(shown, words) for shown in places[:_MOST_TOLD]],
            }
            for (kind, detail), places in by_kind.items()
        ],
    }


def _place(shown: Shown, words: Words) -> dict[str, str]:
    where = f"{shown.place.path.rsplit('/', 1)[-1]} · {_name(shown, words)}"
    return {
        "id": shown.id,
        "where": where,
        "href": links.queue(at=shown.id),
        "quote": escaped(one_line(shown.finding.quote)),
    }
