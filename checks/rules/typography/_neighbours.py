"""What stands on either side of a place, seen through spaces and through the marks of emphasis and links."""

from __future__ import annotations

from typing import Final

from checks.text import CLOSE, OPEN
from glossary.records import NamedTuple

MARKUP: Final = OPEN + CLOSE
SPACES: Final = " \t"


class Gap(NamedTuple):
    """The white space ``[start, end)`` on one side of a place, and the visible character beyond it.

    Where marks stand between, the gap is empty and lies outside them: after what closes, before
    what opens. ``char`` is empty at the edge of a line, and a space where nothing can be said.
    """

    start: int
    end: int
    char: str
    at: int
    """The offset of ``char``."""

    @property
    def width(self) -> int:
        """How many spaces there are."""
        return self.end - self.start


def gap_before(masked: str, at: int) -> Gap:
    """The gap that ends at an offset."""
    left = at
    while left and masked[left - 1] in MARKUP:
        left -= 1
    if left < at:
        return _through_marks(masked, left, at, left - 1)
    while left and masked[left - 1] in SPACES:
        left -= 1
    return Gap(left, at, _char(masked, left - 1), left - 1)


def gap_after(masked: str, at: int) -> Gap:
    """The gap that begins at an offset."""
    right = at
    while right < len(masked) and masked[right] in MARKUP:
        right += 1
    if right > at:
        return _through_marks(masked, at, right, right)
    while right < len(masked) and masked[right] in SPACES:
        right += 1
    return Gap(at, right, _char(masked, right), right)


def _through_marks(masked: str, start: int, end: int, at: int) -> Gap:
    marks = masked[start:end]
    opening = marks.lstrip(CLOSE)
    point = end - len(opening)
    well_formed = not opening.strip(OPEN)
    return Gap(point, point, _char(masked, at) if well_formed else " ", at)


def _char(masked: str, at: int) -> str:
    if 0 <= at < len(masked) and masked[at] not in "\r\n":
        return masked[at]
    return ""
