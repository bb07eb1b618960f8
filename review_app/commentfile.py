"""What editors say to each other of an entry: ``comments.jsonl`` in the review directory.

A comment begins a thread; other records answer it, resolve it, open it again, or withdraw what their author said::

    {"v":1,"id":ULID,"entry":"2504.15120","path":"../digests/2025-w17.md","field":"body","code":"TRM001",
     "quote":"…","text":"…","by":"lin","at":"2025-07-14T09:30:00Z"}
    {"v":1,"id":ULID,"answers":ID,"text":"…","by":"wang","at":"…"}
    {"v":1,"id":ULID,"resolves":ID,"by":"lin","at":"…"}        or "reopens", "withdraws"

An entry is known by its key; ``path`` (relative to the review directory) is only a hint. ``field``, ``code`` and
``quote`` say what somebody was looking at, and may be null. What came first is told by the ids, which sort by
time, never by the lines: joined in any order, two branches say the same. The gate does not read this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from ulid import ULID

from checks.decisions import now
from checks.recordfile import VERSION, records, refusal

FILE_NAME: Final = "comments.jsonl"
REMEDY: Final = "restore the line from version control, or delete it to lose what it says"
"""What can be done about a line that is no record."""
Relation = Literal["answers", "resolves", "reopens", "withdraws"]
_RELATIONS: Final[tuple[Relation, ...]] = ("answers", "resolves", "reopens", "withdraws")
_ABOUT: Final = ("field", "code", "quote")


class About(NamedTuple):
    """What somebody was looking at when he wrote: a field, a rule's code, the words."""

    field: str | None = None
    code: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One comment, or an answer to one."""

    id: str
    by: str
    at: str
    """UTC, to the second, as RFC 3339 writes it."""
    text: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with what followed."""

    id: str
    entry: str
    path: str
    about: About
    said: tuple[Said, ...]
    """The comment first, then the answers in order, withdrawn ones among them."""
    resolved: tuple[str, str] | None
    """By whom, and when; None while it is open."""
    last: str
    """The id of its latest record: what is added sorts behind it, whatever the clock says."""

    @property
    def stands(self) -> bool:
        """Whether anything of it is left."""
        return not all(said.withdrawn for said in self.said)

    @property
    def open(self) -> bool:
        """Whether it waits for somebody."""
        return self.resolved is None and self.stands


def load(review_dir: Path | None) -> tuple[Thread, ...]:
    """The threads, in the order in which they were begun; none where there is no file.

    Raises :class:`ReviewFileError` with file and line for a line that is no record.
    """
    path = review_dir / FILE_NAME if review_dir is not None else None
    return threads(path, records(path, REMEDY)) if path is not None else ()


def threads(path: Path, found: Iterable[tuple[int, Mapping[str, Any]]]) -> tuple[Thread, ...]:
    """The threads that numbered records make up; raises as :func:`load` does, naming ``path``."""
    known: dict[str, Mapping[str, Any]] = {}
    for number, data in found:
        _check(path, number, data)
        known[data["id"]] = data
    made: dict[str, Thread] = {}
    homes: dict[str, str] = {}
    for key in sorted(known):
        data = known[key]
        relation = _relation(data)
        if relation is None:
            made[key] = _begun(data)
            homes[key] = key
        elif (home := homes.get(data[relation])) is not None:
            # What answers a record that is gone has nowhere to stand.
            made[home] = _followed(made[home], relation, data)
            homes[key] = home
    return tuple(made.values())


def comment(entry: str, path: str, about: About, text: str, by: str) -> dict[str, object]:
    """The record that begins a thread."""
    place = {"entry": entry, "path": path, **about._asdict()}
    return {"v": VERSION, "id": str(ULID()), **place, "text": text, "by": by, "at": now()}


def following(thread: Thread, relation: Relation, on: str, by: str, text: str | None = None) -> dict[str, object]:
    """A further record of a thread: about ``on``, the id of the thread or of something said in it."""
    said = {"text": text} if text is not None else {}
    return {"v": VERSION, "id": _later(thread.last), relation: on, **said, "by": by, "at": now()}


def _later(last: str) -> str:
    """An id that sorts behind another, even where the clock of who made that one is ahead."""
    made, before = ULID(), ULID.from_str(last)
    return str(made if made > before else ULID.from_timestamp(before.milliseconds + 1))


def _relation(data: Mapping[str, Any]) -> Relation | None:
    """How a record relates to an earlier one; None where it begins a thread."""
    return next((name for name in _RELATIONS if name in data), None)


def _check(path: Path, number: int, data: Mapping[str, Any]) -> None:
    relation = _relation(data)
    own = ("entry", "path", "text") if relation is None else (relation, *(("text",) if relation == "answers" else ()))
    wrong = [name for name in ("id", "by", "at", *own) if not isinstance(data.get(name), str)]
    wrong += [name for name in _ABOUT if not isinstance(data.get(name), str | None)]
    if wrong:
        raise refusal(path, number, f"lacks {', '.join(wrong)}, or has another type of value there", REMEDY)
    if not _is_ulid(data["id"]):
        raise refusal(path, number, f"has an id that is no ULID ({data['id'][:40]!r})", REMEDY)


def _is_ulid(text: str) -> bool:
    """Whether a text is a ULID as we write it, of a time that there is."""
    try:
        found = ULID.from_str(text)
        return str(found) == text and bool(found.datetime)
    except ValueError:
        return False


def _begun(data: Mapping[str, Any]) -> Thread:
    about = About(*(data.get(name) for name in _ABOUT))
    return Thread(data["id"], data["entry"], data["path"], about, (_said(data),), None, data["id"])


def _followed(thread: Thread, relation: Relation, data: Mapping[str, Any]) -> Thread:
    said, resolved = thread.said, thread.resolved
    if relation == "answers":
        said = (*said, _said(data))
    elif relation == "withdraws":
        said = tuple(replace(each, withdrawn=True) if each.id == data[relation] else each for each in said)
    else:
        resolved = (data["by"], data["at"]) if relation == "resolves" else None
    return replace(thread, said=said, resolved=resolved, last=data["id"])


def _said(data: Mapping[str, Any]) -> Said:
    return Said(data["id"], data["by"], data["at"], data["text"])
