"""Judgements that last: ``dismissals.jsonl`` in the review directory.

One JSON object a line: a dismissal, or a record that takes one back (``revokes``). Records are only
ever added, so two branches merge by joining their lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

from checks.decisions import REMEDY, Decision, now, read_fields, refusal
from checks.model import Finding
from checks.recordfile import VERSION, append, records

FILE_NAME: Final = "dismissals.jsonl"
REASONS: Final = ("false-positive", "accepted-here", "quotation", "other")
"""Codes of the reasons an editor can choose; ``other`` needs a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal(Decision):
    """An editor's word that a finding is none."""

    reason_code: str
    reason_text: str
    by: str

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
    ) -> Self:
        """Dismiss a finding now. Raises :class:`ValueError` for a reason that is none."""
        if reason not in REASONS:
            raise ValueError(f"unknown reason {reason!r}")
        if reason == "other" and not note.strip():
            raise ValueError("the reason 'other' needs a text")
        return cls.about(
            finding, revision, term_hash, reason_code=reason, reason_text=note.strip(), by=by, expires=expires
        )

    def record(self) -> dict[str, object]:
        """The line of the file."""
        # Not super(): a class with slots is made anew, and the short form would name the old one.
        record = Decision.record(self)
        at, expires = record.pop("at"), record.pop("expires")
        reason = {"code": self.reason_code, "text": self.reason_text}
        return {**record, "reason": reason, "by": self.by, "at": at, "expires": expires}


def load(review_dir: Path | None) -> tuple[Dismissal, ...]:
    """The dismissals that have not been revoked; none where there is no file.

    Raises :class:`ReviewFileError` with file and line for a line that is no record.
    """
    path = review_dir / FILE_NAME if review_dir is not None else None
    kept: dict[str, Dismissal] = {}
    revoked: set[str] = set()
    for number, data in records(path, REMEDY):
        if isinstance(data.get("revokes"), str):
            revoked.add(data["revokes"])
        elif path is not None:
            record = _parse(path, number, data)
            kept[record.id] = record
    return tuple(record for record in kept.values() if record.id not in revoked)


def _parse(path: Path, number: int, data: Mapping[str, Any]) -> Dismissal:
    reason = data.get("reason")
    if not isinstance(reason, dict) or not isinstance(reason.get("code"), str):
        raise refusal(path, number, "lacks reason, or has another type of value there")
    fields = read_fields(path, number, data, ("by",))
    text = str(reason.get("text") or "")
    return Dismissal(**fields, reason_code=reason["code"], reason_text=text, by=data["by"])


def add(review_dir: Path, dismissed: Iterable[Dismissal]) -> None:
    """Add dismissals to the file, all or none."""
    _append(review_dir, [record.record() for record in dismissed])


def revoke(review_dir: Path, ids: Sequence[str], by: str) -> None:
    """Take dismissals back."""
    _append(review_dir, [{"v": VERSION, "revokes": number, "by": by, "at": now()} for number in ids])


def _append(review_dir: Path, lines: Sequence[Mapping[str, object]]) -> None:
    append(review_dir / FILE_NAME, review_dir, lambda _: lines)
