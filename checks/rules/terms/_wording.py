"""How the TRM rules word what they say and what they write."""

from __future__ import annotations

from os.path import basename
from typing import Final

from checks.scene import SegmentEdit, SegmentScene
from checks.text import is_han
from glossary import Term

_LONGEST_NOTE: Final = 48


def place(term: Term, *, note: bool = False) -> str:
    """Where the glossary says so, `core.csv:17`, and its note if that is asked for and short."""
    where = f"{basename(term.path)}:{term.line}" if term.path else "glossary"
    short = term.note.rstrip(".。")
    return f"{where}: {short}" if note and 0 < len(short) <= _LONGEST_NOTE else where


def preferred_like(term: Term, form: str) -> str:
    """The rendering to put in place of a form: the preferred one, with the same tail where that is admitted.

    专家混合模型 becomes 混合专家模型, 专家混合 becomes 混合专家.
    """
    from difflib import SequenceMatcher

    longer = [other for other in term.admitted if term.preferred in other]
    if not longer:
        return term.preferred
    return max((term.preferred, *longer), key=lambda rendering: SequenceMatcher(None, rendering, form).ratio())


def replacement(field: SegmentScene, start: int, end: int, wanted: str) -> SegmentEdit:
    """The edit that puts a wording in a place, with the spaces at its edges that the house style asks for."""
    if field.style.spacing != "one":
        return start, end, wanted
    before, after = field.char(start - 1), field.char(end)
    if is_han(wanted[0]):
        if before == " " and start > 1 and is_han(field.char(start - 2)):
            start -= 1
    elif before and is_han(before):
        wanted = " " + wanted
    if is_han(wanted[-1]) or wanted[-1] == "）":
        if after == " " and end + 1 < len(field.masked) and is_han(field.char(end + 1)):
            end += 1
    elif after and is_han(after):
        wanted += " "
    return start, end, wanted
