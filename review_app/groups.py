"""Open findings in groups that can be decided at one stroke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from review_app.reports import Row


class Group(NamedTuple):
    """Open findings that are alike, or (``whole``) all of one rule."""

    key: str
    """Of their likeness; the code of the rule for the whole of it."""
    whole: bool
    first: Row
    size: int
    safe: int
    unsafe: int


def groups(rows: Iterable[Row]) -> list[Group]:
    """The rules by how much is open of each, and under each what is alike in it, where that is more than one."""
    by_rule: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        by_rule.setdefault(row.code, {}).setdefault(row.alike, []).append(row)
    found: list[list[Group]] = []
    for code, alike in by_rule.items():
        parts = [group_of(key, members) for key, members in alike.items() if len(members) > 1 and len(alike) > 1]
        whole = group_of(code, [row for members in alike.values() for row in members], whole=True)
        found.append([whole, *sorted(parts, key=lambda group: -group.size)])
    found.sort(key=lambda rule: (-rule[0].size, rule[0].key))
    return [group for rule in found for group in rule]


def belongs(row: Row, key: str) -> bool:
    """Whether a finding is one of the group of this key."""
    return key in (row.alike, row.code)


def group_of(key: str, rows: Sequence[Row], *, whole: bool = False) -> Group:
    """A group of these findings, of which there is one at least."""
    counts = Counter(row.safety for row in rows)
    return Group(key, whole, rows[0], len(rows), counts["safe"], counts["unsafe"])
