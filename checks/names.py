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
_TWO_WORDS = re.compile(r"(?=[A-Z])(?<![A-Za-z0-9.-])(?=([A-Z][A-Za-z0-9.-]*) ([A-Z0-9][A-Za-z0-9-]*))")
_BRACKET = re.compile(r"[()（）]")
_GLUED_BEFORE = re.compile(r"[^\s\w,;:!?()\[\]\"'\ufdd4\ufdd5" + f"{WIDE_PUNCTUATION}]|[A-Za-z0-9_\u0370-\u03ff]")
_GLUED_AFTER = re.compile(r"[-\u2010-\u2013_/+@&'’.][A-Za-z0-9\u4e00-\u9fff\u0370-\u03ff]|[A-Za-z0-9_\ufdd0\ufdd1]")
_LATIN_BEFORE = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9.'’/-]*,? )+$")
_LATIN_AFTER = re.compile(r"(?:,? [A-Za-z0-9][A-Za-z0-9.'’/-]*)+")
_WORDS = re.compile(r"[A-Za-z]{2,}")
_CAMEL = re.compile(r"[a-z][A-Z]")
_NO_NAME: Final = frozenset(["", *' \n,;:!?()[]{}"'])
"""No character, or one that no name holds."""
_OPENING_MARKS: Final = frozenset('“‘《"')
_CLOSING_MARKS: Final = frozenset('”’》"')


class KeptNames:
    """The names that a Chinese text keeps as the English writes them: Mobile-Agent-v2, Agent Laboratory."""

    def __init__(self, chinese: str) -> None:
        self._chinese = chinese

    @cached_property
    def names(self) -> frozenset[str]:
        """Every run of characters that a name may be written with."""
        return frozenset(name.rstrip(".") for name in _NAMES.findall(self._chinese))

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
        apart = english[start - 1 : start] in _NO_NAME and english[end : end + 1] in _NO_NAME
        if apart and not english[start].isupper():
            return False
        glued = start > 0 and _NAMES.match(english, start - 1, start) is not None
        before = _NAME_BEFORE.search(english, max(0, start - _NEAR), start) if glued else None
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


def is_standing_name(text: str, start: int, end: int) -> bool:
    """Whether English in a Chinese text is part of a name, a title or an English phrase.

    Glued or hyphenated to something (SWE-agent, φ-Decoding); beside a capitalised word or a number, if it has a capital
    itself (Agent K, Windows Agent Arena); one word of several capitals (PassageRetrieval); in quotation or book-title
    marks with other English; among three or more other English words.
    """
    if _GLUED_BEFORE.search(text, max(0, start - 1), start) or _GLUED_AFTER.match(text, end):
        return True
    form = text[start:end]
    low, high = max(0, start - _NEAR), end + _NEAR
    before = _LATIN_BEFORE.search(text, low, start)
    after = _LATIN_AFTER.match(text, end, high)
    left, right = (before[0] if before else ""), (after[0] if after else "")
    if " " not in form and _CAMEL.search(form):
        return True
    if form[0].isupper() and (_CAPITAL_BEFORE.search(left) or _CAPITAL_AFTER.match(right)):
        return True
    if len(_WORDS.findall(left)) + len(_WORDS.findall(right)) > 2:
        return True
    edges = text[start - len(left) - 1 : start - len(left)], text[end + len(right) : end + len(right) + 1]
    if edges[0] not in _OPENING_MARKS or edges[1] not in _CLOSING_MARKS:
        return False
    return bool(left or right) or edges[0] == "《"


def gloss(text: str, start: int, end: int) -> str | None:
    """The content of the round brackets about a stretch of text; None where there are none near it."""
    low, high = max(0, start - LONGEST_GLOSS), end + LONGEST_GLOSS
    left = max(text.rfind("(", low, start), text.rfind("（", low, start))
    if left < 0 or max(text.rfind(")", left, start), text.rfind("）", left, start)) >= 0:
        return None
    right = _BRACKET.search(text, end, high)
    return text[left + 1 : right.start()] if right is not None and right[0] in ")）" else None
