"""The width of a pair of round brackets, and the spaces round it."""

from __future__ import annotations

import re
from typing import Final

from checks.brackets import Pair
from checks.model import Fix, Text
from checks.rules.typography._english import is_english, stretch_after, stretch_before
from checks.rules.typography._neighbours import SPACES, Gap, gap_after, gap_before
from checks.scene import Hit, SegmentEdit, SegmentScene
from checks.text import CODE, HAN, LETTER, MATH, URL, WIDE_PUNCTUATION, has_han
from glossary import expansions

_HALF: Final = "()"
_FULL: Final = "（）"
_CORE: Final = f"{LETTER}0-9{MATH}{CODE}"
_SIGNS: Final = "%‰°℃℉²³"
_IS_CORE = re.compile(f"[{_CORE}]")
_IS_LATIN = re.compile(f"[{_CORE}{_SIGNS}]")
_IS_WORD = re.compile(f"[{HAN}{_CORE}{_SIGNS}{URL}]")
_IS_BARE = re.compile(f"(?!’)[{WIDE_PUNCTUATION}()]")
"""Next to these a bracket has no space: full-width marks, quotes (’ may be an apostrophe), brackets."""

_WORD_BACK = re.compile(r"[A-Za-z0-9_.@+#%-]{1,40}$")
_PHRASE = re.compile(r"[A-Za-z]{2,}[ -][A-Za-z]{2,}")
_LONG_WORD = re.compile(r"[A-Za-z]{4,}")
_FORMULA = re.compile(rf"[=_|^*\\{MATH}]")
_SIZE = re.compile(r"\d+(?:\.\d+)?[BMK]")
_NAME = re.compile(r"[A-Z][A-Za-z0-9.-]{2,}")
_CAPITALS = re.compile(r"[A-Z][A-Za-z0-9.-]{0,20}[A-Z]")
_WHOLE_WORD = re.compile(
    r"(?!(?:anti|auto|bi|co|cross|de|dis|hyper|il|im|in|inter|intra|ir|macro|meta|micro|mini|mono|multi|neuro|non|pre|pro"
    r"|post|pseudo|quasi|re|self|semi|sub|super|tri|ultra|un|uni)-?$)[a-z][a-z-]*[a-z]"
)
"""Small letters that are more than a prefix."""

_PARTNER = Text(en="The other half of the pair", zh="这对括号的另一半")
_LONGEST_SHOWN: Final = 24
_LONGEST_LOOKED_AT: Final = 200
"""How much of the content decides; brackets may hold a whole paragraph."""


def pair_hit(scene: SegmentScene, pair: Pair, text: Text, fix: Fix) -> Hit:
    """A finding about a pair: it spans the pair, or the beginning of a long one."""
    end = min(pair.close + 1, pair.open + _LONGEST_SHOWN)
    content = scene.text[pair.open + 1 : min(pair.close, pair.open + _LONGEST_SHOWN)].strip()
    if pair.close - pair.open > _LONGEST_SHOWN:
        content += "…"
    partner = scene.related(pair.close, pair.close + 1, _PARTNER)
    return scene.hit(pair.open, end, text, fixes=(fix,), related=(partner,), content=content)


def is_ours(scene: SegmentScene, pair: Pair) -> bool:
    """Whether both halves of a pair have the width that the profile wants."""
    return scene.masked[pair.open] + scene.masked[pair.close] == (_FULL if scene.style.brackets == "full" else _HALF)


def set_right(scene: SegmentScene, pair: Pair) -> tuple[SegmentEdit, ...]:
    """The edits that give a pair the brackets of the profile and the spaces that belong round them, in order.

    Empty where all is well, and where the brackets are none of ours: in English prose, behind a backslash.
    """
    masked = scene.masked
    left, right = gap_before(masked, pair.open), gap_after(masked, pair.close + 1)
    inside = masked[pair.open + 1 : pair.close]
    start = pair.open + 1 + len(inside) - len(inside.lstrip(SPACES))
    end = max(start, pair.open + 1 + len(inside.rstrip(SPACES)))
    content = masked[start : min(end, start + _LONGEST_LOOKED_AT)]
    full = scene.style.brackets == "full"
    spaces = (_full_spaces if full else _half_spaces)(masked, pair, left, right, content)
    if spaces is None:
        return ()
    opening, closing = _FULL if full else _HALF
    edits = (
        *_one_half(left, spaces[0], (pair.open, start), opening),
        *_one_half(right, spaces[1], (end, pair.close + 1), closing),
    )
    return tuple(edit for edit in sorted(edits) if masked[edit[0] : edit[1]] != edit[2])


def _half_spaces(masked: str, pair: Pair, left: Gap, right: Gap, content: str) -> tuple[str, str] | None:
    """What belongs before and behind half-width brackets; None for brackets that are none of ours.

    Brackets glued to a Latin word stay so where they hold arguments rather than an explanation: ``O(n)``,
    ``pass@k(n)``, ``model(s)``.
    """
    wide = masked[pair.open] + masked[pair.close] != _HALF
    if left.char == "\\" or (not wide and _in_english(masked, left, right)):
        return None
    glued = _is_glued(masked, left, content)
    before = "" if glued else _outer_space(masked, left, wide=wide)
    if right.width == 0 and _IS_CORE.match(right.char) and (glued or _continues_word(content, right.char)):
        return before, ""
    return before, _outer_space(masked, right, wide=False)


def _full_spaces(masked: str, pair: Pair, left: Gap, right: Gap, content: str) -> tuple[str, str] | None:
    """The same for full-width ones, which have none; ``O(n)`` and ``(un)supervised`` are words, and stay."""
    if masked[pair.open] + masked[pair.close] == _HALF:
        goes_on = right.width == 0 and _IS_CORE.match(right.char) and _continues_word(content, right.char)
        if left.char == "\\" or goes_on or _is_glued(masked, left, content) or _in_english(masked, left, right):
            return None
    before, after = ("" if _is_visible(gap) else masked[gap.start : gap.end] for gap in (left, right))
    return before, after


def _is_glued(masked: str, left: Gap, content: str) -> bool:
    """Whether brackets belong to the Latin word right before them."""
    return left.width == 0 and _IS_LATIN.match(left.char) is not None and not _explains(masked, left.at, content)


def _is_visible(gap: Gap) -> bool:
    """Whether a space in the gap goes: not at the edge of a line, nor after an address, which would run on."""
    return gap.char not in ("", URL)


def _one_half(gap: Gap, space: str, bracket: tuple[int, int], mark: str) -> tuple[SegmentEdit, ...]:
    start, end = bracket
    if gap.end == start:
        return ((gap.start, end, space + mark),)
    if gap.start == end:
        return ((start, gap.end, mark + space),)
    # Marks of emphasis or a link stand between: the space goes outside them.
    return ((gap.start, gap.end, space), (start, end, mark))


def _outer_space(masked: str, gap: Gap, *, wide: bool) -> str:
    """What belongs between a bracket and its neighbour."""
    if gap.char == "" or gap.at < 0:
        return masked[gap.start : gap.end]
    if _IS_BARE.match(gap.char):
        return ""
    # A half-width bracket right behind a square one would make a link of both.
    if _IS_WORD.match(gap.char) or (gap.char == "]" and wide):
        return " "
    return " " if gap.width else ""


def _continues_word(content: str, following: str) -> bool:
    """Whether a bracket glued to the Latin that follows is part of it: (un)supervised, (2+1)D, (mini)GPT.

    A phrase explains what stands before it, and so does a word in small letters before a capital or a digit:
    类别(category)3D.
    """
    if has_han(content) or " " in content or _CAPITALS.search(content) or _PHRASE.fullmatch(content):
        return False
    return following.islower() or _WHOLE_WORD.fullmatch(content) is None


def _explains(masked: str, at: int, content: str) -> bool:
    """Whether brackets glued to the Latin word that ends at an offset explain it, as no arguments do."""
    if has_han(content) or _SIZE.fullmatch(content):
        return True
    if _FORMULA.search(content):
        return False
    if _LONG_WORD.search(content) and any(_PHRASE.search(part) for part in content.split(",")):
        return True
    word = _WORD_BACK.search(masked, max(0, at - 40), at + 1)
    # One-letter and lower-case words name functions: P(Correct), softmax(QKV).
    named = word is not None and len(word[0]) > 1 and not word[0].islower()
    return (named and _NAME.fullmatch(content) is not None) or _abbreviates(masked, at, content)


def _abbreviates(masked: str, at: int, content: str) -> bool:
    """Whether brackets hold the abbreviation of the phrase that ends at an offset: state-of-the-art(SOTA)."""
    if not _CAPITALS.search(content):
        return False
    before = masked[max(0, at + 1 - _LONGEST_LOOKED_AT) : at + 1]
    return any(
        found.start == len(before) + 1 and len(re.split("[ -]", found.long_form)) > 1
        for found in expansions(f"{before}({content})")
    )


def _in_english(masked: str, left: Gap, right: Gap) -> bool:
    return is_english(stretch_before(masked, left.at + 1) + " " + stretch_after(masked, max(right.at, 0)))
