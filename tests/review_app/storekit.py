"""Events, drafts and places as the tests of the store make them."""

from __future__ import annotations

from typing import Any

from review_app.store import Draft, Event, Presence
from review_app.store.store import now


def event(**more: Any) -> Event:
    """A decision."""
    values = {
        "at": now(),
        "by": "lin",
        "kind": "accept",
        "path": "../digests/week.md",
        "entry": "2504.00001",
        "code": "FMT001",
        "fingerprint": "0f",
        "quote": "用L",
        "before": "用LLM",
        "after": "用 LLM",
    }
    return Event(**{**values, **more})


def draft(text: str, editor: str = "lin", **more: Any) -> Draft:
    """A text being edited."""
    values = {"path": "week.md", "entry": "2504.00001+0", "field": "body", "base_hash": "0", "base": "甲", "at": now()}
    return Draft(editor=editor, text=text, **{**values, **more})


def place(editor: str, seen: str, path: str = "week.md", entry: str = "2504.00001") -> Presence:
    """Where an editor is."""
    return Presence(editor, path, entry, seen, seen)
