"""Names, compounds and glosses: where the words of a term are not the term."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from checks.text import HAN, WIDE_PUNCTUATION
from glossary import Match

LONGEST_GLOSS: Final = 200
"""How far from its bracket a gloss is looked for; keeps hostile text linear."""
_NEAR: Final = 60
_NAME = rf"[^\s{HAN}{WIDE_PUNCTUATION},;:!?()\[\]{{}}\"\ufdd0-\ufdef]+"
_NAMES = re.compile(_NAME)
_NAME_BEFORE = re.compile(rf"{_NAME}$")
_CAPITAL_BEFORE = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9.-]* $")
_CAPITAL_AFTER = re.compile(r" [A-Z0-9][A-Za-z0-9-]*")
_FIRST_WORD = re.compile(r"[A-Za-z0-9-]+")
_TWO_WORDS = re.compile(r"(?<![A-Za-z0-9.-])(?=([A-Z][A-Za-z0-9.-]*) ([A-Z0-9][A-Za-z0-9-]*))")
_BRACKET = re.compile(r"[()（）]")


class KeptNames:
    """The names that a Chinese text keeps as the English writes them: Mobile-Agent-v2, Agent Laboratory."""

    def __init__(self, chinese: str) -> None:
        self.names = frozenset(name.rstrip(".") for name in _NAMES.findall(chinese))
        self._chinese = chinese

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        """Two capitalised words side by side, outside brackets: a gloss keeps no name."""
        pairs = _TWO_WORDS.finditer(self._chinese)
        return frozenset(
            (pair[1], pair[2]) for pair in pairs if gloss(self._chinese, pair.start(), pair.end(2)) is None
        )

    def holds(self, english: str, match: Match) -> bool:
        """Whether the term is only part of such a name."""
        start, end = match.start, match.end
        before = _NAME_BEFORE.search(english, max(0, start - _NEAR), start)
        after = _NAMES.match(english, end, end + _NEAR)
        name = (before[0] if before else "") + english[start:end] + (after[0] if after else "")
        if " " not in name and len(name.rstrip(".")) > end - start + 1 and name.rstrip(".") in self.names:
            return True
        if not english[start].isupper():
            return False
        word = _FIRST_WORD.match(english, start, end)
        previous = _CAPITAL_BEFORE.search(english, max(0, start - _NEAR), start)
        following = _CAPITAL_AFTER.match(english, end, end + _NEAR)
        return (word is not None and previous is not None and (previous[0].rstrip(), word[0]) in self._pairs) or (
            following is not None and (english[start:end].rpartition(" ")[2], following[0][1:]) in self._pairs
        )


def is_torn(english: str, match: Match) -> bool:
    """Whether a hyphen in front binds tighter than the spaces inside: *real-world model* holds no world model."""
    start = match.start
    hyphen = start >= 2 and english[start - 1] in "-\u2010\u2011" and english[start - 2].isalnum()
    return hyphen and " " in english[start : match.end]


def gloss(text: str, start: int, end: int) -> str | None:
    """The content of the round brackets about a stretch of text; None where there are none near it."""
    low, high = max(0, start - LONGEST_GLOSS), end + LONGEST_GLOSS
    left = max(text.rfind("(", low, start), text.rfind("（", low, start))
    if left < 0 or max(text.rfind(")", left, start), text.rfind("）", left, start)) >= 0:
        return None
    right = _BRACKET.search(text, end, high)
    return text[left + 1 : right.start()] if right is not None and right[0] in ")）" else None
