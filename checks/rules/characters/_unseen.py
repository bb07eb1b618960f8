"""Characters without a shape of their own: which there are, and where they are right."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

SPACES: Final = "\\x0b\\x0c\\x85\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
"""Regex class body: spaces that are none of the keyboard's."""
NO_WIDTH: Final = (
    "\\x01-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f"
    "\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe0e\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb\\U000e0001\\U000e0020-\\U000e007f"
)
"""Regex class body: what takes no room."""

_NEEDS_JOINERS = re.compile(
    "[\u0590-\u08ff\u0900-\u11ff\u1780-\u18af\u1900-\u1cff\u3130-\u318f\ua800-\uabff\uac00-\ud7ff\ufb1d-\ufdcf\ufe70-\ufefc]"
)
"""Hebrew, Arabic, the scripts of India and South East Asia, Mongolian, Hangul: they need joiners or fillers."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdcf\ufe70-\ufefc]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_SELECTORS = re.compile("[\ufe0e\ufe0f]+")
_SELECTS_NOTHING = re.compile("[A-Za-z\u4e00-\u9fff\\s，。、；：]")
_TAGS = re.compile("[\U000e0020-\U000e007f]+")
_FLAG: Final = "\U0001f3f4"
_LATIN = re.compile("[A-Za-z]")


def is_right(text: str, start: int, end: int) -> bool:
    """Whether the characters `[start, end)` without width belong where they stand."""
    run, before, after = text[start:end], text[start - 1 : start], text[end : end + 1]
    if _NEEDS_JOINERS.match(before) or _NEEDS_JOINERS.match(after):
        return True
    if _BIDI.fullmatch(run):
        line = text[text.rfind("\n", max(0, start - 1000), start) + 1 : start + 1000].partition("\n")[0]
        return _RIGHT_TO_LEFT.search(line) is not None
    if _SELECTORS.fullmatch(run):
        return _SELECTS_NOTHING.match(before) is None
    if _TAGS.fullmatch(run):
        return before == _FLAG
    return run in ("\u200d", "\ufe0f\u200d") and _is_emoji(before) and _is_emoji(after)


def _is_emoji(char: str) -> bool:
    return char != "" and (unicodedata.category(char) in ("So", "Sk", "Me") or char == "\ufe0f")


def may_stand_for_letters(text: str, start: int, end: int) -> bool:
    """Whether a control character may be all that is left of something: ligatures in a word, an escape sequence."""
    if not any(unicodedata.category(char) == "Cc" for char in text[start:end]):
        return False
    inside = _LATIN.match(text[start - 1 : start]) and _LATIN.match(text[end : end + 1])
    return inside is not None or "\x1b" in text[start:end] or any(char > "\x7f" for char in text[start:end])


def names(run: str) -> str:
    """The code points of a run, each once, three at most: `U+200B ZERO WIDTH SPACE`."""
    distinct = list(dict.fromkeys(char for char in run if char != " "))
    shown = [f"U+{ord(char):04X} {unicodedata.name(char, _control(char))}" for char in distinct[:3]]
    return ", ".join(shown + (["…"] if len(distinct) > 3 else []))


def _control(char: str) -> str:
    return "CHARACTER TABULATION" if char == "\t" else "CONTROL CHARACTER"
