"""The visible characters on either side of a mark, seen through spaces and the marks of emphasis and links.

Where :mod:`_neighbours` says which white space an edit may take, this only says what is there.
"""

from __future__ import annotations

from checks.rules.typography._neighbours import MARKUP, SPACES

_UNSEEN = frozenset(MARKUP + SPACES)


def before(masked: str, at: int) -> int:
    """The offset of the last visible character before an offset, on the same line; -1 where there is none."""
    at -= 1
    while at >= 0 and masked[at] in _UNSEEN:
        at -= 1
    return at if at >= 0 and masked[at] not in "\r\n" else -1


def after(masked: str, at: int) -> int:
    """The offset of the first visible character at or behind an offset, on the same line; -1 where there is none."""
    while at < len(masked) and masked[at] in _UNSEEN:
        at += 1
    return at if at < len(masked) and masked[at] not in "\r\n" else -1


def spaces(masked: str, start: int, end: int) -> tuple[int, int]:
    """A span grown by the spaces that touch it."""
    while start and masked[start - 1] in SPACES:
        start -= 1
    while end < len(masked) and masked[end] in SPACES:
        end += 1
    return start, end
