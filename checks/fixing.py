"""Edits → text.

One rule decides where fixes meet: they are taken in the order of their first edit, then of their
code; a fix whose edits overlap one already taken, or insert something else at the same place,
waits for the next pass. Equal edits are made once and serve both fixes. Passes go on until nothing
is left to fix, so one run reaches the fixed point.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from checks.model import Edit, Finding, Fix, Safety
from glossary.records import NamedTuple

MOST_PASSES: Final = 25
"""Real digests settle in three; more than this means two rules undo each other."""


class Fixed(NamedTuple):
    """The text after fixing, what was fixed, and whether it settled."""

    text: str
    applied: tuple[Finding, ...]
    settled: bool


def compatible(edit: Edit, taken: Edit) -> bool:
    """Whether two edits can be made together."""
    if edit == taken:
        return True
    if edit.start == edit.end or taken.start == taken.end:
        # An insertion must keep clear even of the edges of another edit: the order would matter.
        return edit.end < taken.start or taken.end < edit.start
    return edit.end <= taken.start or taken.end <= edit.start


def choose(fixes: Iterable[tuple[Finding, Fix]]) -> list[tuple[Finding, Fix]]:
    """The fixes that can be made together, by the rule at the top of this module."""
    wanted = sorted(fixes, key=lambda pair: (pair[1].edits[0].start, pair[1].edits[0].end, pair[0].code))
    chosen: list[tuple[Finding, Fix]] = []
    taken: list[Edit] = []
    """Made so far, sorted and apart from each other, so that only neighbours can clash."""
    for finding, fix in wanted:
        if all(compatible(edit, other) for edit in fix.edits for other in _neighbours(edit, taken)):
            chosen.append((finding, fix))
            for edit in fix.edits:
                if edit not in _neighbours(edit, taken):
                    insort(taken, edit)
    return chosen


def _neighbours(edit: Edit, taken: Sequence[Edit]) -> Sequence[Edit]:
    at = bisect_left(taken, edit)
    last = at
    while last < len(taken) and taken[last].start <= edit.end:
        last += 1
    return taken[max(0, at - 1) : last]


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Make edits, given in offsets of ``text``; equal ones once.

    Raises :class:`ValueError` where edits overlap or lie outside the text.
    """
    pieces: list[str] = []
    done = 0
    for edit in sorted(set(edits)):
        if edit.start < done or edit.end > len(text) or edit.end < edit.start:
            raise ValueError(f"edit {edit.start}–{edit.end} overlaps another or lies outside the text")
        pieces += (text[done : edit.start], edit.text)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces)


def fix_text(text: str, check: Callable[[str], Sequence[Finding]], safeties: tuple[Safety, ...] = ("safe",)) -> Fixed:
    """Apply fixes until none of these safeties is left.

    ``check`` gives the findings of a text. ``applied`` lists each finding whose fix was made, in
    the order of the passes.
    """
    applied: list[Finding] = []
    for _ in range(MOST_PASSES):
        wanted = [(finding, fix) for finding in check(text) if (fix := finding.fix(*safeties)) is not None]
        if not wanted:
            return Fixed(text, tuple(applied), settled=True)
        chosen = choose(wanted)
        changed = splice(text, (edit for _, fix in chosen for edit in fix.edits))
        if changed == text:
            break
        text = changed
        applied.extend(finding for finding, _ in chosen)
    return Fixed(text, tuple(applied), settled=False)


def hunk(base: str, new: str) -> Edit:
    """The one edit that makes ``new`` of ``base``: what their common ends leave."""
    start = _common(base, new)
    tail = _common(base[start:][::-1], new[start:][::-1])
    return Edit(start, len(base) - tail, new[start : len(new) - tail])


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginnings: by halves, as comparing pieces is fast."""
    sure, limit = 0, min(len(one), len(other))
    while sure < limit:
        middle = (sure + limit + 1) // 2
        if one[sure:middle] == other[sure:middle]:
            sure = middle
        else:
            limit = middle - 1
    return sure
