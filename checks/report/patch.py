"""``--diff``: what fixing would change, as a patch that ``patch -p1`` and ``git apply`` take."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from checks.view import one_line, visible


def lines(changes: Iterable[tuple[str, str, str]], *, terminal: bool = False) -> Iterator[str]:
    """The patch for digests, each its path and its text before and after, line by line.

    For a terminal, control characters are spelt out.
    """
    for path, old, new in changes:
        name = one_line(path).lstrip("/")
        # Behind a tab, a name may hold spaces.
        end = "\t" if " " in name else ""
        before, after = _split(old), _split(new)
        for line in difflib.unified_diff(before, after, f"a/{name}{end}", f"b/{name}{end}"):
            shown = line.removesuffix("\n")
            yield visible(shown) if terminal else shown
            if shown == line:
                yield "\\ No newline at end of file"


def _split(text: str) -> list[str]:
    """Lines with their line feeds. They end at ``\\n`` only: a patch must keep ``\\r``, U+2028 and their like."""
    pieces = text.split("\n")
    return [piece + "\n" for piece in pieces[:-1]] + [piece for piece in pieces[-1:] if piece]
