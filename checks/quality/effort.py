"""What it took to make the published text of the machine's: post-editing effort.

TER counts the edits (insertions, deletions, replacements, moves; a Han character is a word to it) to a hundred words
of the published text. With the published text as its reference this is HTER (Snover et al. 2006). chrF and BLEU say
how alike the two are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from checks.quality.likeness import Measure, edits, measure

K = TypeVar("K", bound=Hashable)


class Version(NamedTuple):
    """One entry: as the machine left it, and as it was published. ``chinese`` of likeness makes the texts."""

    path: str
    entry: str
    machine: str
    published: str
    translator: str | None = None

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
    measures = measure([version.machine for version in known], [version.published for version in known])
    return Effort(len(known), sum(version.changed for version in known), tuple(measures))


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
        Cost(name, len(group), edits([step.before for step in group], [step.after for step in group]))
        for name, group in groups.items()
    ]
    return sorted(found, key=lambda cost: (-cost.edits, cost.name))
