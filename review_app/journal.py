"""What is about to be written at one stroke, on disk before it is: a process that is killed leaves nothing unnoted.

Files are replaced one by one, and only then does the store learn of it. So the events go into a
journal in the state directory first; whoever comes next notes those whose text stands in its file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import orjson

from checks import dismissals
from checks.digest import parse
from checks.errors import InputError
from checks.files import locked, read_text, state_dir
from review_app.store import Event, Noted, Store, StoreError, Wanted

_NAME: Final = "batch.jsonl"


@contextmanager
def at_one_stroke(review_dir: Path, store: Store) -> Iterator[Journal]:
    """One batch at a time for all processes, once what is left of an earlier one is settled.

    Raises :class:`InputError` where no lock is to be had, or what is left cannot be read.
    """
    with locked(review_dir / ".batch", review_dir):
        journal = Journal(review_dir, store)
        journal.settle()
        yield journal


def settle(review_dir: Path, store: Store) -> None:
    """Note what a process that was killed has written; where another one is at it, that is its business."""
    if (review_dir / ".state" / _NAME).exists():
        with suppress(InputError), at_one_stroke(review_dir, store):
            pass


class Journal:
    """The journal of the batch under way. Made by :func:`at_one_stroke`."""

    def __init__(self, review_dir: Path, store: Store) -> None:
        self._review_dir = review_dir
        self._store = store
        self._path = state_dir(review_dir) / _NAME
        self._owed: list[Noted] = []
        """What an earlier batch has written and the store could not take."""

    def plan(self, noted: Iterable[Noted]) -> None:
        """Keep what is about to be written, until :meth:`close`. Raises :class:`InputError` where that fails."""
        # A line that was torn is one of its own.
        lines = b"".join(b"\n" + orjson.dumps([event.values(), undoes]) for event, undoes in noted) + b"\n"
        try:
            with self._path.open("ab") as file:
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            problem = f"cannot be written ({error.strerror or error}); nothing was changed"
            raise InputError(str(self._path), None, problem) from None

    def close(self, noted: Sequence[Noted]) -> bool:
        """Tell the store what was written; False, and the journal stays for the next to try, where that fails."""
        try:
            self._store.record([*self._owed, *noted])
        except StoreError:
            return False
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        return True

    def settle(self) -> None:
        """Note what is in the journal and in the files, but not in the store."""
        left = self._left()
        self._owed = self._written(left) if left else []
        try:
            known = {event.batch for event, _ in left if self._store.events(Wanted(batch=event.batch), size=1).total}
        except StoreError:
            return
        self._owed = [pair for pair in self._owed if pair[0].batch not in known]
        if left and self.close([]):
            self._owed = []

    def _left(self) -> list[Noted]:
        try:
            lines = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        found: list[Noted] = []
        for line in lines:
            # What was torn was not written to its file.
            with suppress(orjson.JSONDecodeError):
                values, undoes = orjson.loads(line)
                found.append((Event(**values), undoes))
        return found

    def _written(self, left: Sequence[Noted]) -> list[Noted]:
        """Those events whose change is in the files: as a file is replaced in one step, all of one or none."""
        standing = {record.id for record in dismissals.load(self._review_dir)}
        by_file: dict[tuple[str | None, str], list[Noted]] = {}
        kept: list[Noted] = []
        for pair in left:
            event = pair[0]
            if not event.dismissals:
                by_file.setdefault((event.batch, event.path), []).append(pair)
            elif standing.issuperset(event.dismissals) == (event.kind == "dismiss"):
                kept.append(pair)
        for (_, path), pairs in by_file.items():
            units = self._units(path)
            if any(after in units and before not in units for before, after in _ends(event for event, _ in pairs)):
                kept += pairs
        return kept

    def _units(self, path: str) -> set[str]:
        """The texts of a file's entries, and its own."""
        try:
            text = read_text(self._review_dir / path)
        except InputError:
            return set()
        return {text, *(text[entry.span.start : entry.span.end] for entry in parse(text).entries)}


def _ends(events: Iterable[Event]) -> Iterator[tuple[str, str]]:
    """How each unit was before the first of these events, and after the last."""
    found: dict[tuple[str | None, str], str] = {}
    for event in events:
        first = found.pop((event.entry, event.before), event.before)
        found[event.entry, event.after] = first
    return ((first, after) for (_, after), first in found.items())
