"""What differs between two translations of much the same sentence, by words and characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from checks.memory.sentence import Side

Difference = list[tuple[str, str]]
"""What is kept (``=``), removed (``-``) and added (``+``), in order."""

_WORD = re.compile(r"([\ufdd0-\ufdef])\1*|[^\W\u2e80-\uffff]+|\s+|.", re.DOTALL)
"""A word, a character, or an address or formula as a whole."""


def difference(before: Side, now: Side) -> Difference:
    """How the one text becomes the other; joined without what was added it is the earlier one."""
    return [*_pieces([*_words(before)], [*_words(now)])]


def _pieces(before: list[str], now: list[str]) -> Iterator[tuple[str, str]]:
    for tag, i, j, k, m in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "=", "".join(before[i:j])
            continue
        if i < j:
            yield "-", "".join(before[i:j])
        if k < m:
            yield "+", "".join(now[k:m])


def _words(side: Side) -> Iterator[str]:
    return (side.text[found.start() : found.end()] for found in _WORD.finditer(side.masked))
