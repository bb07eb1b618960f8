"""Judgements that last: ``dismissals.jsonl`` in the review directory.

One JSON object a line: a dismissal, or a record that takes one back (``revokes``). Records are only
ever added, so two branches merge by joining their lines.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, cast

import orjson

from checks.digest import normalise
from checks.errors import ReviewFileError
from checks.files import locked, read_text, replace
from checks.identity import Key
from checks.model import Field, Finding

FILE_NAME: Final = "dismissals.jsonl"
REASONS: Final = ("false-positive", "accepted-here", "quotation", "other")
"""Codes of the reasons an editor can choose; ``other`` needs a text."""
_VERSION: Final = 1
_TEXTS: Final = ("id", "field", "code", "quote", "before", "after", "by", "at")


@dataclass(frozen=True, slots=True)
class Dismissal:
    """An editor's word that a finding is none; ``quote``, ``before`` and ``after`` are normalised."""

    id: str
    key: Key
    before: str
    after: str
    nth: int
    rule_revision: int
    term_hash: str | None
    reason_code: str
    reason_text: str
    by: str
    at: str
    expires: date | None = None

    @classmethod
    def of(
        cls,
        finding: Finding,
        *,
        revision: int,
        term_hash: str | None,
        reason: str,
        note: str,
        by: str,
        expires: date | None = None,
    ) -> Dismissal:
        """Dismiss a finding now. Raises :class:`ValueError` for a reason that is none."""
        if reason not in REASONS:
            raise ValueError(f"unknown reason {reason!r}")
        if reason == "other" and not note.strip():
            raise ValueError("the reason 'other' needs a text")
        if finding.entry is None and not finding.quote:
            raise ValueError("a finding about a whole file cannot be dismissed")
        from ulid import ULID

        return cls(
            id=str(ULID()),
            key=Key(finding.entry, finding.field, finding.code, finding.term, normalise(finding.quote)),
            before=finding.before,
            after=finding.after,
            nth=finding.nth,
            rule_revision=revision,
            term_hash=term_hash,
            reason_code=reason,
            reason_text=note.strip(),
            by=by,
            at=_now(),
            expires=expires,
        )

    def record(self) -> dict[str, object]:
        """The line of the file."""
        return {
            "v": _VERSION,
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
            "reason": {"code": self.reason_code, "text": self.reason_text},
            "by": self.by,
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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def load(review_dir: Path | None) -> tuple[Dismissal, ...]:
    """The dismissals that have not been revoked; none where there is no file.

    Raises :class:`ReviewFileError` with file and line for a line that is no record.
    """
    path = review_dir / FILE_NAME if review_dir is not None else None
    if path is None or not os.path.lexists(path):
        return ()
    kept: dict[str, Dismissal] = {}
    revoked: set[str] = set()
    for number, line in enumerate(read_text(path).removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        record = _parse(line, path, number)
        if isinstance(record, str):
            revoked.add(record)
        else:
            kept[record.id] = record
    return tuple(record for record in kept.values() if record.id not in revoked)


def _parse(line: str, path: Path, number: int) -> Dismissal | str:
    """A dismissal, or the id that a record revokes."""

    def refuse(what: str) -> ReviewFileError:
        return ReviewFileError(
            str(path), number, f"{what}; restore the line from version control, or delete it to open its finding again"
        )

    try:
        data = orjson.loads(line)
    except orjson.JSONDecodeError:
        if line.startswith(("<<<<<<<", "|||||||", "=======", ">>>>>>>")):
            problem = "is left from a merge conflict; delete such lines and keep the records of both sides"
            raise ReviewFileError(str(path), number, problem) from None
        raise refuse("is not JSON") from None
    if not isinstance(data, dict) or data.get("v") != _VERSION:
        raise refuse(f"is not a record of version {_VERSION}")
    if isinstance(data.get("revokes"), str):
        return cast("str", data["revokes"])
    wrong = [name for name in _TEXTS if not isinstance(data.get(name), str)]
    reason = data.get("reason")
    if not isinstance(reason, dict) or not isinstance(reason.get("code"), str):
        wrong.append("reason")
    if wrong:
        raise refuse(f"lacks {', '.join(wrong)}, or has another type of value there")
    try:
        return _dismissal(data)
    except (TypeError, ValueError) as error:
        raise refuse(f"holds a wrong value ({error})") from None


def _dismissal(data: dict[str, Any]) -> Dismissal:
    expires, reason = data.get("expires"), data["reason"]
    return Dismissal(
        id=data["id"],
        key=Key(
            _optional(data.get("entry")),
            cast("Field", data["field"]),
            data["code"],
            _optional(data.get("term")),
            normalise(data["quote"]),
        ),
        before=data["before"],
        after=data["after"],
        nth=int(data.get("nth", 0)),
        rule_revision=int(data.get("rule_revision", 1)),
        term_hash=_optional(data.get("term_hash")),
        reason_code=reason["code"],
        reason_text=str(reason.get("text") or ""),
        by=data["by"],
        at=data["at"],
        expires=date.fromisoformat(expires) if expires else None,
    )


def _optional(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError(f"{value!r} is not a text")


def add(review_dir: Path, records: Iterable[Dismissal]) -> None:
    """Add dismissals to the file, all or none."""
    _append(review_dir, [record.record() for record in records])


def revoke(review_dir: Path, ids: Sequence[str], by: str) -> None:
    """Take dismissals back."""
    _append(review_dir, [{"v": _VERSION, "revokes": number, "by": by, "at": _now()} for number in ids])


def _append(review_dir: Path, records: Sequence[Mapping[str, object]]) -> None:
    path = review_dir / FILE_NAME
    with locked(path, review_dir):
        text = read_text(path) if path.exists() else ""
        if text and not text.endswith("\n"):
            text += "\n"
        replace(path, text + "".join(orjson.dumps(record).decode() + "\n" for record in records))
