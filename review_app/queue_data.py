"""What the widgets of 校对 are given to show: plain data, the words with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, Final

from checks.dismissals import REASONS
from checks.files import content_hash
from checks.markedtext import one_line
from checks.model import SEVERITIES
from review_app import aside, units
from review_app.address import FILTERS
from review_app.components.summary import summary
from review_app.desk import Desk
from review_app.keys import ACTIONS, FIXED
from review_app.leaving import LEADS
from review_app.listing import Index
from review_app.locale import Words
from review_app.outcome import Editing, Shown
from review_app.reports import Row
from review_app.service import APPLICABLE, Service
from review_app.standing import PAGE
from review_app.typed import Typed, utf16
from review_app.view import View

_MOST_STOPS: Final = 50
"""How many entries in which nothing is open are listed; the key leads to all of them."""


def findings(desk: Desk, view: View, params: Mapping[str, str], words: Words) -> dict[str, Any]:
    """The list with its filters and pages."""
    number = max(view.index, 0) // PAGE
    pages = max(1, -(-len(view.rows) // PAGE))
    rows = view.rows[number * PAGE : (number + 1) * PAGE]
    waiting = desk.service.index.comments
    texts = {key: text for key, text in words.family("list.").items() if key != "page"}
    return {
        "lang": words.tag,
        "key": desk.keys.key("filter"),
        "rows": [{**_row(row, words), **_remarks(waiting.get(row.entry or "", 0), words)} for row in rows],
        "stops": _stops(desk, view, words),
        "current": view.shown.id if view.shown is not None else None,
        "page": number,
        "pages": pages,
        "filters": {name: params.get(name, "") for name in FILTERS},
        "options": _options(desk.service.index, params, words),
        "words": {**texts, "page": words("list.page", page=number + 1, pages=pages)},
    }


def _row(row: Row, words: Words) -> dict[str, Any]:
    entry = row.entry if row.entry and not row.entry.startswith("#") else ""
    quote, about = one_line(row.quote), summary(row.code, words)
    return {
        "id": row.id,
        "severity": row.severity,
        "severityName": words(f"severity.{row.severity}"),
        "code": row.code,
        "quote": quote or about,
        "where": " · ".join(part for part in (row.path.rsplit("/", 1)[-1], entry, about if quote else "") if part),
    }


def _remarks(count: int, words: Words) -> dict[str, Any]:
    """How many comments wait at an entry."""
    return {"comments": count, "commentsText": words("list.commented", count=count) if count else ""}


def _stops(desk: Desk, view: View, words: Words) -> list[dict[str, Any]]:
    """The entries with comments in which nothing is open, where the filters ask for them."""
    wanted, index = desk.standing.filters(), desk.service.index
    if not wanted.commented:
        return []
    chosen = [
        stop
        for stop in index.stops
        if stop.finding is None
        and (not wanted.paths or stop.path in wanted.paths)
        and wanted.entry in (None, stop.entry)
    ]
    return [
        {
            "entry": stop.entry,
            "title": one_line(stop.title),
            "where": " · ".join((stop.path.rsplit("/", 1)[-1], *(() if stop.entry.startswith("#") else (stop.entry,)))),
            "current": view.shown is None and wanted.entry == stop.entry,
            **_remarks(index.comments[stop.entry], words),
        }
        for stop in chosen[:_MOST_STOPS]
    ]


def _options(index: Index, params: Mapping[str, str], words: Words) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: only what is open, with its count, and what is chosen."""
    total = len(index.all.rows)
    severity, path = params.get("severity", ""), params.get("file", "")
    severities = [known for known in reversed(SEVERITIES) if known in index.severities or known == severity]
    paths = {**index.paths, **({path: 0} if path and path not in index.paths else {})}
    return {
        "code": _codes(index.codes, params.get("code", ""), words),
        "severity": [
            ("", f"{words('list.all-severities')} ({total})"),
            *((name, f"{words(f'severity.{name}')} ({index.severities[name]})") for name in severities),
        ],
        "file": [
            ("", f"{words('list.all-files')} ({total})"),
            *((name, f"{name.rsplit('/', 1)[-1]} ({count})") for name, count in paths.items()),
        ],
    }


def _codes(counts: Counter[str], chosen: str, words: Words) -> list[tuple[str, str]]:
    """The families and, below each, its rules, each with what it is about."""
    about = {**words.family("family."), **{code: summary(code, words) for code in counts}}
    families = Counter({code[:3]: 0 for code in counts})
    for code, count in counts.items():
        families[code[:3]] += count
    wanted = {code for code in chosen.split(",") if code}
    names = sorted({*counts, *families, *wanted})
    return [(name, f"{name} {about.get(name, '')} ({counts[name] or families[name]})") for name in names]


def bar(desk: Desk, view: View, seq: int, pages: Collection[str], words: Words) -> dict[str, Any]:
    """The action bar; it takes each new ``seq`` as the answer to what it sent."""
    notice = view.notice
    text = words(notice.key, **(notice.args or {})) if notice is not None else ""
    fixes = view.shown.finding.fixes if view.shown is not None else ()
    leads = [action for action, page in LEADS.items() if page in pages]
    keys = desk.keys
    known = [action for action in ACTIONS if action.name not in LEADS or action.name in leads]
    helped = [([keys.label(action.name)], action.name) for action in known]
    return {
        "seq": seq,
        "id": view.shown.id if view.shown is not None else None,
        "fixes": [number for number, fix in enumerate(fixes) if fix.safety in APPLICABLE],
        "refused": _refused(view.shown, words),
        "lang": words.tag,
        "readOnly": not desk.service.may(desk.editor),
        "editing": view.editing is not None,
        "leads": leads,
        "notice": {"text": text, "tone": notice.tone} if notice is not None else None,
        "reasons": [{"code": code, "text": words(f"reason.{code}")} for code in REASONS],
        "actions": {name: {"key": keys.key(name).upper(), "event": event} for name, _, event in known},
        "keys": {keys.key(name): name for name, _, _ in known if keys.key(name)},
        "commented": bool(desk.service.index.stops),
        "remarks": desk.subject() is not None,
        "help": [[list(shown), words(f"help.{name}")] for shown, name in (*helped, *FIXED)],
        "words": words.family("act."),
    }


def _refused(shown: Shown | None, words: Words) -> dict[str, str]:
    """What cannot be done with a finding, and why."""
    found = {}
    if shown is not None and not any(fix.safety in APPLICABLE for fix in shown.finding.fixes):
        found["accept"] = words("notice.no-fix")
    if shown is not None and not units.dismissible(shown.finding):
        found["dismiss"] = words("notice.not-dismissible")
    return found


def editor(service: Service, shown: Shown, opened: Editing, words: Words) -> dict[str, Any]:
    """The editor of one field."""
    place = opened.place
    address = [service.stored_path(place.path), place.entry or "", str(place.nth), opened.field or ""]
    return {
        "address": ":".join(address),
        "baseHash": content_hash(opened.base),
        "base": units.browser_text(opened.base),
        "text": units.browser_text(opened.text),
        "selection": [utf16(opened.base, offset) for offset in opened.selection],
        "conflict": opened.conflict is not None,
        "single": opened.field in ("heading", "title", "link"),
        "raw": opened.field is None,
        "lang": "en" if opened.field in ("heading", "link") else "zh-Hans",
        "pageLang": words.tag,
        "label": words("edit.label", field=words(f"field.{opened.field or 'raw'}")),
        "terms": aside.insertable(service, shown),
        "words": words.family("edit."),
    }


def checked(token: str, found: Typed | None, words: Words) -> dict[str, Any]:
    """What was found in the text that the editor sent with a token."""
    places = found.places if found is not None else ()
    return {
        "token": token,
        "gone": found.gone if found is not None else None,
        "found": [
            {
                "code": place.finding.code,
                "severity": place.finding.severity,
                "quote": one_line(place.finding.quote, 40) or place.finding.name,
                "message": place.finding.message.render(words.lang),
                "span": [place.start, place.end] if place.start is not None else None,
            }
            for place in places
        ],
    }
