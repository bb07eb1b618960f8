"""What it took to make the published text of the machine's: post-editing effort.

TER counts the edits (insertions, deletions, replacements, moves; a Han character is a word to it) to a hundred words
of the published text. With the published text as its reference this is HTER (Snover et al. 2006). chrF and BLEU say
how alike the two are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from checks.quality.likeness import Measure, counted, edited, summed
from glossary.records import NamedTuple

K = TypeVar("K", bound=Hashable)


class Version(NamedTuple):
    """One entry: as the machine left it, and as it was published. ``chinese`` of likeness makes the texts."""

    path: str
    entry: str
    machine: str
    published: str
    translator: str | None = None
    month: str | None = None
    """Of its digest, like ``2025-04``."""
    title: str = ""

    @property
    def changed(self) -> bool:
        """Whether anybody had to touch it."""
        return self.machine != self.published


class Effort(NamedTuple):
    """Some entries, taken as one text."""

    entries: int
    changed: int
    measures: tuple[Measure, ...]
    """In the order of :data:`checks.quality.likeness.NAMES`."""


class Spent(NamedTuple):
    """What one entry took."""

    version: Version
    edits: int
    """As TER counts them."""
    measures: tuple[Measure, ...]


class Step(NamedTuple):
    """One decision that changed an entry."""

    code: str
    term: str | None
    before: str
    after: str


class Cost(NamedTuple):
    """What one rule, or one term, cost."""

    name: str
    decisions: int
    edits: int
    """As TER counts them."""


def effort(versions: Iterable[Version]) -> Effort:
    """The effort on some entries, those that nobody touched among them."""
    known = list(versions)
    measures = summed([counted(version.machine, version.published) for version in known])
    return Effort(len(known), sum(version.changed for version in known), tuple(measures))


def dearest(versions: Iterable[Version]) -> list[Spent]:
    """The entries that somebody had to touch, the one that took most edits first."""
    found = []
    for version in versions:
        if version.changed:
            counts = counted(version.machine, version.published)
            found.append(Spent(version, int(counts["TER"][0]), tuple(summed([counts]))))
    return sorted(found, key=lambda spent: (-spent.edits, spent.version.path, spent.version.entry))


def efforts(versions: Iterable[Version], key: Callable[[Version], K | None]) -> Mapping[K, Effort]:
    """The effort by digest, by translator, or what else a key tells; versions without one are left out."""
    groups: dict[K, list[Version]] = {}
    for version in versions:
        found = key(version)
        if found is not None:
            groups.setdefault(found, []).append(version)
    return {found: effort(group) for found, group in groups.items()}


def costs(steps: Sequence[Step], key: Callable[[Step], str | None]) -> list[Cost]:
    """What each rule, or each term, cost, the dearest first."""
    groups: dict[str, list[Step]] = {}
    for step in steps:
        name = key(step)
        if name is not None:
            groups.setdefault(name, []).append(step)
    found = [
        Cost(name, len(group), sum(edited(step.before, step.after) for step in group)) for name, group in groups.items()
    ]
    return sorted(found, key=lambda cost: (-cost.edits, -cost.decisions, cost.name))
