"""The store's events as quality needs them: versions of entries, the steps between them, and what was confirmed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from checks.digest import parse
from checks.errors import SettingsError
from checks.files import state_dir
from checks.model import Digest
from checks.quality.decided import Confirmed, Decided
from checks.quality.effort import Step, Version
from checks.quality.likeness import chinese
from checks.quality.translators import translators
from review_app import weeks
from review_app.store import Event, Store, StoreError, shown
from review_app.store.wanted import Wanted

WROTE: Final = frozenset({"accept", "edit"})
"""The kinds of decisions that change a text."""


def decided(root: Path | None, digests: Sequence[Digest], database: str | None) -> Decided:
    """What the store of a project, with this review directory, knows of some digests.

    Raises :class:`SettingsError` where it cannot be read.
    """
    known = {stored_path(digest.path, root): digest for digest in digests}
    try:
        store = Store(database) if database is not None else Store.at(state_dir(root) / "store.sqlite")
        try:
            return decisions(store.each(Wanted(kinds=WROTE, standing=True)), known)
        finally:
            store.close()
    except StoreError as error:
        name = shown(database) if database is not None else str(root)
        raise SettingsError(name, None, f"the database cannot be read ({error}); check --database") from None


def stored_path(path: str, root: Path | None) -> str:
    """A path as the store keeps it: relative to the review directory, whatever the working folder."""
    real = os.path.realpath(path)
    return os.path.relpath(real, os.path.realpath(root)).replace(os.sep, "/") if root is not None else real


def decisions(events: Iterable[Event], digests: Mapping[str, Digest]) -> Decided:
    """What standing events say of these digests, which are given as they are now, by stored path."""
    first: dict[str, dict[str, str]] = {}
    months: dict[str, str] = {}
    steps: list[Step] = []
    confirmed: list[Confirmed] = []
    for event in events:
        digest = digests.get(event.path)
        if digest is None or event.kind not in WROTE:
            continue
        confirmed.append(Confirmed(digest.path, event.entry, event.code))
        before, after = _texts(event.before), _texts(event.after)
        machine = first.setdefault(event.path, {})
        months.setdefault(event.path, _month(digest.path) or event.at[:7])
        for key, text in before.items():
            machine.setdefault(key, text)
            if after.get(key, text) != text:
                steps.append(Step(event.code, event.term, text, after[key]))
    versions = [
        version for path, machine in first.items() for version in _versions(digests[path], machine, months[path])
    ]
    return Decided(versions, steps, confirmed)


def _month(path: str) -> str | None:
    """The month of a digest, as its name tells it."""
    day = weeks.day(path)
    return f"{day:%Y-%m}" if day is not None else None


@lru_cache(1 << 14)
def _texts(text: str) -> Mapping[str, str]:
    # What one decision left, the next one began with; and the overview asks again after each.
    found: dict[str, str] = {}
    for entry in parse(text).entries:
        found.setdefault(entry.key, chinese(entry))
    return found


def _versions(digest: Digest, machine: Mapping[str, str], month: str) -> Iterable[Version]:
    names = translators(digest)
    for entry in digest.entries:
        now = chinese(entry)
        yield Version(
            path=digest.path,
            entry=entry.key,
            machine=machine.get(entry.key, now),
            published=now,
            translator=names.get(entry.index),
            month=month,
            title=entry.heading.text,
        )
