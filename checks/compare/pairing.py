"""Which entries of two translations, and of a reference, speak of the same paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checks.errors import InputError
from checks.gate import Gate
from checks.model import Entry
from checks.scene import EntryScene, FileScene
from checks.verdict import Report
from glossary.records import NamedTuple
from glossary.remote import Place


class Side(NamedTuple):
    """One translation: what the gate says of it, and its entries by key; the first of equal ones counts."""

    path: Place
    report: Report
    entries: Mapping[str, Entry]
    paths: Mapping[str, str]
    """The file of each entry, by the entry's key."""


class Pairs(NamedTuple):
    """The papers that both sides translate, in the order of the first, and the reference where asked for."""

    keys: Sequence[str]
    first: Side
    second: Side
    reference: Side | None
    alone: tuple[int, int]
    """How many papers only the first side translates, and how many only the second."""


def paired(gate: Gate, first: Place, second: Place, reference: Place | None) -> Pairs:
    """Check each side by itself and pair them. Raises :class:`InputError` for what cannot be read or has no pairs."""
    sides = [read(gate, path) for path in (first, second, *([reference] if reference is not None else []))]
    one, other = sides[0], sides[1]
    third = sides[2] if reference is not None else None
    both = [key for key in one.entries if key in other.entries]
    keys = [key for key in both if third is None or key in third.entries]
    if not keys:
        elsewhere = f"{second} and in {reference}" if third is not None and both else str(second)
        raise InputError(
            str(first),
            None,
            f"no paper of it is in {elsewhere}, by arXiv id or English heading; check the paths",
        )
    return Pairs(keys, one, other, third, (len(one.entries) - len(both), len(other.entries) - len(both)))


def read(gate: Gate, path: Place) -> Side:
    """One side. Raises :class:`InputError` for the first thing in it that cannot be judged."""
    report = gate.check([path])
    if report.errors:
        raise report.errors[0]
    entries: dict[str, Entry] = {}
    paths: dict[str, str] = {}
    for file in report.files:
        for entry in file.digest.entries:
            if entry.key not in entries:
                entries[entry.key], paths[entry.key] = entry, file.path
    return Side(path, report, entries, paths)


def scenes(gate: Gate, side: Side, keys: Sequence[str]) -> list[EntryScene]:
    """The entries of these keys as the rules see them."""
    found: dict[str, EntryScene] = {}
    wanted = set(keys)
    for file in side.report.files:
        for scene in FileScene(file.digest, gate.bench(file.path).context).entries:
            if scene.entry.key in wanted:
                found.setdefault(scene.entry.key, scene)
    return [found[key] for key in keys]
