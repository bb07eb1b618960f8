"""What the queue page shows of where an editor stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from review_app.outcome import Editing, Shown
from review_app.reports import Row

Tone = Literal["ok", "warn", "error"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One line to the editor: a key of the catalogue."""

    key: str
    tone: Tone = "ok"
    args: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What is to be shown."""

    rows: list[Row]
    index: int
    """Of the current finding in ``rows``; -1 where the filter does not hold it."""
    shown: Shown | None
    editing: Editing | None
    opening: int
    """Goes up with each opening of the editor."""
    notice: Notice | None
