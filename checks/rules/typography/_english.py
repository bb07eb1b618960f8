"""Telling English prose from the Latin names that stand in a Chinese sentence."""

from __future__ import annotations

import re
from typing import Final

from checks.text import HAN, has_han

_BREAK = re.compile(f"[{HAN}、。，；：？！…—《》〈〉【】「」『』\n]")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s*$")
_WINDOW: Final = 160
"""How far a stretch is followed: what is English is so within a line or two."""
_FUNCTION_WORD = re.compile(
    r"\b(?:an?|and|are|as|at|be|by|can|do|does|for|from|has|have|how|i|in|is|it|its|me|my|no|not|of|on|or|our|so|that"
    r"|the|their|they|this|to|us|was|we|what|when|who|why|will|with|you|your)\b"
)
_FEWEST_WORDS: Final = 4

_ABBREVIATION = re.compile(
    r"(?<![A-Za-z0-9-])(?:al|etc|vs|cf|ca|approx|resp|incl|esp|viz|[Ff]igs?|[Ee]qs?|[Ss]ecs?|Nos?|[Rr]efs?|[Vv]ol|pp"
    r"|Dr|Mrs?|Ms|Prof|St|Jr|Sr|Inc|Ltd|Corp|Co|Univ|Dept|(?:[A-Za-z]{1,3}\.){1,4}[A-Za-z]{1,3})$"
)
_INITIAL = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z]$")


def stretch_before(masked: str, at: int) -> str:
    """The text before an offset, back to the nearest Han character or full-width stop."""
    return _BREAK.split(masked[max(0, at - _WINDOW) : at])[-1]


def stretch_after(masked: str, at: int) -> str:
    """The text after an offset, up to the nearest Han character or full-width stop."""
    return _BREAK.split(masked[at : at + _WINDOW], maxsplit=1)[0]


def is_english(text: str) -> bool:
    """Whether a text without Han reads as English prose rather than as names and terms."""
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS:
        return False
    small = sum(1 for word in words if word[0].islower())
    if _FUNCTION_WORD.search(text):
        return small * 2 >= len(words)
    return small * 3 >= len(words) * 2 and _SENTENCE_END.search(text) is not None


def in_english(masked: str, at: int) -> bool:
    """Whether an offset lies in English prose."""
    return is_english(stretch_before(masked, at) + stretch_after(masked, at))


def on_latin_line(masked: str, at: int) -> bool:
    """Whether no Han character stands in the line round an offset, as far as one looks."""
    line = masked[max(0, at - _WINDOW) : at].rpartition("\n")[2] + masked[at : at + _WINDOW].partition("\n")[0]
    return not has_han(line)


def ends_abbreviation(masked: str, point: int) -> bool:
    """Whether the full point at an offset belongs to an abbreviation (et al., vs., e.g.)."""
    return _ABBREVIATION.search(masked, max(0, point - 20), point) is not None


def ends_initial(masked: str, point: int) -> bool:
    """Whether a single letter stands before the point at an offset (J. Schmidhuber, A. 首先)."""
    return _INITIAL.search(masked, max(0, point - 2), point) is not None
