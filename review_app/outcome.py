"""What the service is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from checks.model import Digest, Field, Finding, Severity
from review_app.reports import Row
from review_app.units import Place

Kind = Literal[
    "accepted",
    "accepted-all",
    "edited",
    "dismissed",
    "dismissed-all",
    "undone",
    "undone-all",
    "undone-some",
    "already",
    "unchanged",
    "conflict",
    "clash",
    "nothing-done",
    "gone",
    "not-in-hand",
    "unreadable",
    "file-read-only",
    "app-read-only",
    "not-allowed",
    "not-dismissible",
    "no-fix",
    "bad-text",
    "nothing-to-undo",
    "settings-saved",
    "settings-changed",
    "commented",
    "answered",
    "resolved",
    "reopened",
    "withdrawn",
    "not-yours",
    "no-thread",
    "undo-refused",
    "failed",
]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which findings a queue holds; an empty filter lets everything through."""

    codes: frozenset[str] = frozenset()
    """Codes, or what they begin with: ``TRM`` is the whole family."""
    severities: frozenset[Severity] = frozenset()
    paths: frozenset[str] = frozenset()
    entry: str | None = None
    """The entry's key."""
    text: str = ""
    """What the quote or the entry must hold, in any case."""
    safe: bool = False
    """Only findings whose fix needs no second look."""
    commented: bool = False
    """Only findings of entries with open comments."""

    def lets(self, row: Row) -> bool:
        """Whether a row is wanted, as far as the row tells: ``text`` wants the entry, ``commented`` its comments."""
        return (
            (not self.codes or row.code.startswith(tuple(self.codes)))
            and (not self.severities or row.severity in self.severities)
            and (not self.paths or row.path in self.paths)
            and (self.entry is None or row.entry == self.entry)
            and (not self.safe or row.safety == "safe")
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as an editor sees it: what a decision on it is held against."""

    id: str
    finding: Finding
    digest: Digest
    """The whole file as of then."""
    place: Place
    """The unit that an edit changes."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two texts that went apart: nothing was written, and mine is kept as a draft."""

    place: Place
    field: Field | None
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Editing:
    """A field opened in the editor; ``field`` None is the raw Markdown of the unit."""

    place: Place
    field: Field | None
    base: str
    """The text in the file."""
    text: str
    """What the editor begins with: the same, or a draft."""
    selection: tuple[int, int]
    conflict: Conflict | None = None
    """Where the draft was begun from a text that is no longer in the file."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request. ``changed`` says that something was written."""

    kind: Kind
    changed: bool = False
    detail: str = ""
    stay_on: str | None = None
    """The id of a finding to look at next, as the decision brought it up."""
    count: int = 1
    """How many decisions were made, or taken back, at one stroke."""
    brought: int = 0
    """How many findings an edit brought that were not there before."""
    conflict: Conflict | None = None
    unrecorded: bool = False
    """Written to the files, but not to the store: it cannot be undone here."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of decisions made at one stroke."""

    outcome: Outcome
    name: str | None = None
    """What the decisions share in the store, and are taken back by; None where none was made."""
    files: int = 0
    """How many files they are about."""
    refused: tuple[tuple[Shown, Outcome], ...] = ()
    """The findings that are as they were, and why."""
