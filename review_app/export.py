"""The record as a file: CSV for spreadsheets, JSON Lines for programs. Times are UTC."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

import orjson

from checks.fixing import hunk
from review_app.store import Event
from review_app.tables import harmless

_AT_ONCE: Final = 1 << 16
"""Characters of CSV that are held at once."""
COLUMNS: Final = (
    "id", "at", "by", "kind", "path", "entry", "code", "term", "quote", "removed", "added", "batch", "undone_by",
    "fingerprint", "dismissals",
)  # fmt: skip


def record(event: Event) -> dict[str, object]:
    """An event with what its decision took out of the text and put in, in place of the whole of both texts."""
    edit = hunk(event.before, event.after)
    removed = event.before[edit.start : edit.end]
    own = {"removed": removed, "added": edit.text}
    return {name: own[name] if name in own else getattr(event, name) for name in COLUMNS}


def lines(events: Iterable[Event]) -> Iterator[bytes]:
    """JSON Lines."""
    for event in events:
        yield orjson.dumps(record(event)) + b"\n"


def table(events: Iterable[Event]) -> Iterator[bytes]:
    """CSV with a byte-order mark, without which Excel takes it for another encoding; no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    yield "\ufeff".encode()
    for event in events:
        writer.writerow([harmless(_text(value)) for value in record(event).values()])
        if text.tell() > _AT_ONCE:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    found = text.getvalue().encode("utf-8", "replace")
    text.seek(0)
    text.truncate()
    return found


def _text(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
