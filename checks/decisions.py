"""What dismissals and baseline lines share: a stored word about one finding.

A decision knows its finding by what :mod:`checks.identity` compares, so that it lasts through edits,
moves and renames. It is open again from the day it expires, and when its rule's revision or its
term has changed. On disk it is a JSON object a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, Self, cast

from checks import recordfile
from checks.digest import normalise
from checks.errors import ReviewFileError
from checks.identity import Key
from checks.model import Field, Finding
from checks.recordfile import VERSION

REMEDY: Final = "restore the line from version control, or delete it to open its finding again"
"""What can be done about a line that is no decision."""
_TEXTS: Final = ("id", "field", "code", "quote", "before", "after", "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A word about a finding; ``quote``, ``before`` and ``after`` are normalised."""

    id: str
    key: Key
    before: str
    after: str
    nth: int
    rule_revision: int
    term_hash: str | None
    at: str
    expires: date | None = None

    @classmethod
    def about(cls, finding: Finding, revision: int, term_hash: str | None, **more: Any) -> Self:
        """A new decision about a finding, made now.

        Raises :class:`ValueError` for a finding about a whole file: nothing but its path, which is
        only a hint, would tell it from the same finding about another file.
        """
        if not can_last(finding):
            raise ValueError("a finding about a whole file cannot be remembered")
        from ulid import ULID

        return cls(
            id=str(ULID()),
            key=Key(finding.entry, finding.field, finding.code, finding.term, normalise(finding.quote)),
            before=finding.before,
            after=finding.after,
            nth=finding.nth,
            rule_revision=revision,
            term_hash=term_hash,
            at=now(),
            **more,
        )

    def record(self) -> dict[str, object]:
        """The line of the file."""
        return {
            "v": VERSION,
            "id": self.id,
            "entry": self.key.entry,
            "field": self.key.field,
            "code": self.key.code,
            "rule_revision": self.rule_revision,
            "term": self.key.term,
            "term_hash": self.term_hash,
            "quote": self.key.quote,
            "before": self.before,
            "after": self.after,
            "nth": self.nth,
            "at": self.at,
            "expires": self.expires.isoformat() if self.expires else None,
        }

    def holds(self, revisions: Mapping[str, int], term_hashes: Mapping[str, str], today: date) -> bool:
        """Whether it still speaks: not expired, and neither its rule nor its term has changed since."""
        if self.expires is not None and today >= self.expires:
            return False
        if self.key.code in revisions and revisions[self.key.code] != self.rule_revision:
            return False
        return self.key.term is None or term_hashes.get(self.key.term) == self.term_hash


def can_last(finding: Finding) -> bool:
    """Whether a decision could find it again: it is about an entry, or about words of the file."""
    return finding.entry is not None or bool(finding.quote)


def now() -> str:
    """The time in UTC, to the second, as RFC 3339 writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def whoever() -> str:
    """The name that decisions are signed with where none is given: the system's for its user."""
    # Late, as most runs sign nothing.
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "editor"


def refusal(path: Path, number: int, what: str) -> ReviewFileError:
    """The error for a line that is no decision."""
    return recordfile.refusal(path, number, what, REMEDY)


def read_fields(path: Path, number: int, data: Mapping[str, Any], more: Sequence[str] = ()) -> dict[str, Any]:
    """What a record says of its finding, as arguments of :class:`Decision`; ``more`` names further texts it needs.

    Raises :class:`ReviewFileError` where something is missing or of another type.
    """
    wrong = [name for name in (*_TEXTS, *more) if not isinstance(data.get(name), str)]
    if wrong:
        raise refusal(path, number, f"lacks {', '.join(wrong)}, or has another type of value there")
    try:
        return _fields(data)
    except (TypeError, ValueError) as error:
        raise refusal(path, number, f"holds a wrong value ({error})") from None


def _fields(data: Mapping[str, Any]) -> dict[str, Any]:
    expires = data.get("expires")
    return {
        "id": data["id"],
        "key": Key(
            _optional(data.get("entry")),
            cast("Field", data["field"]),
            data["code"],
            _optional(data.get("term")),
            normalise(data["quote"]),
        ),
        "before": data["before"],
        "after": data["after"],
        "nth": int(data.get("nth", 0)),
        "rule_revision": int(data.get("rule_revision", 1)),
        "term_hash": _optional(data.get("term_hash")),
        "at": data["at"],
        "expires": date.fromisoformat(expires) if expires else None,
    }


def _optional(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError(f"{value!r} is not a text")
