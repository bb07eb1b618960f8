"""Quotes of the form that the profile does not have: 「 」 beside “ ”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.rules.typography._english import in_english
from checks.scene import SegmentScene
from checks.text import has_han, is_han
from glossary.records import NamedTuple

MARKS: Final = {"curly": ("“”", "‘’"), "corner": ("「」", "『』")}
"""Outer and inner quotes of each form."""
_DOUBLE = re.compile(r"“[^“”\n]{1,500}”")
_SINGLE = re.compile(r"‘[^‘’\n]{1,500}’")


class Quoted(NamedTuple):
    """Offsets of both marks in the field, and the marks that belong there."""

    open: int
    close: int
    marks: str


def other_quotes(scene: SegmentScene) -> Iterator[Quoted]:
    """The pairs of the other form, each with its marks in the profile's."""
    if scene.style.quotes == "corner":
        yield from _curly(scene)
        return
    outer, inner = MARKS["curly"]
    end = 0
    for pair in scene.brackets.pairs:
        if pair.kind in ("corner", "white corner"):
            yield Quoted(pair.open, pair.close, inner if pair.open < end else outer)
            end = max(end, pair.close)


def _curly(scene: SegmentScene) -> Iterator[Quoted]:
    masked = scene.masked
    outer, inner = MARKS["corner"]
    for pattern, marks in ((_DOUBLE, outer), (_SINGLE, inner)):
        for found in pattern.finditer(masked):
            start, end = found.span()
            # An apostrophe of an English word, and quotes in an English sentence, are none of ours.
            chinese = has_han(found[0]) or is_han(scene.char(start - 1) or "a") or is_han(scene.char(end) or "a")
            if chinese and not (masked[start] == "‘" and not has_han(found[0])) and not in_english(masked, start):
                yield Quoted(start, end - 1, marks)
