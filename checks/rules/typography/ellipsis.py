"""An ellipsis that is not `……`.

In Chinese text an ellipsis is six dots, two characters wide. Dots in English, in lists of numbers and
symbols, and those that stand for something left out of a quotation are another matter.

Flagged: `生成视频...`, `生成视频。。。`, `生成视频…`, `等等・・・` (→ `……`), `BERT、GPT...等` (→ `BERT、GPT……等`, a
suggestion).

Clean: `……`, `1, 2, ..., n`, `A、B、…、Z`, `[...]`, `(...)`, `“Wait...”`, an English sentence, `try...except`, paths
and code.

Norm: GB/T 15834-2011 §4.11 and §5.1.5 (six dots, two characters wide), house style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._english import is_english, stretch_after, stretch_before
from checks.rules.typography._neighbours import MARKUP
from checks.rules.typography._sides import after, before, spaces
from checks.scene import Hit, SegmentScene
from checks.text import CODE, HAN, LETTER, MATH, WIDE_PUNCTUATION, is_han

# One class of characters first, which a regex looks for many times faster than for any of several choices.
_MAY_STAND = r"[.。…⋯・·•](?:(?<=[…⋯])|(?<=[.。])[.。]{2}|(?<=[・·•])[・·•]{2}|(?<=\.) \.)"

RULE = Rule(
    code="FMT011",
    name="ellipsis",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="An ellipsis that is not “……”", zh="省略号未写作“……”"),
    wake=Segments(".。…⋯・·•", where=_MAY_STAND),
    fix="safe",
)

_FOUND = Text(en="Write the ellipsis as “……”, not “{found}”", zh="省略号应写作“……”，而非“{found}”")
_TITLE = Text(en="Write “……”", zh="改为“……”")

_DOTS = re.compile(r"[.。]{3,}|[…⋯]+|[・·•]{3,}|\.(?: \.){2,}")
_RIGHT: Final = ("……", "…………")
_CORE = re.compile(f"[{LETTER}0-9{MATH}{CODE}]")
_LIST_MARKS: Final = "，、,;；"
_CHINESE_BEFORE = re.compile(rf"[{HAN}，。、；：！？》」』】%]|(?<=[{HAN}])[”’）),;]")
_CHINESE_AFTER = re.compile(rf"[{HAN}，。、；：！？]|[“‘《「『【（(](?=[{HAN}])")
_LIST_OF_NAMES = re.compile(rf"[{HAN}、，：“‘(（] ?[{LETTER}][A-Za-z0-9.+-]{{0,30}}$")
_SPREAD = re.compile(r"[A-Za-z_]")
_LONGEST_SHOWN: Final = 12


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    masked = scene.masked
    for found in _DOTS.finditer(masked):
        start, end = found.span()
        if found[0] in _RIGHT or not _is_chinese(masked, start, end):
            continue
        left = before(masked, start)
        # Behind Latin the dots may belong to it.
        sure = left < 0 or not (_CORE.match(masked[left]) or masked[left] in ")]")
        edit = (*_with_spaces(masked, start, end), "……")
        fix = scene.fix(_TITLE, "safe" if sure else "unsafe", edit)
        shown = scene.text[start : min(end, start + _LONGEST_SHOWN)]
        yield scene.hit(start, end, _FOUND, fixes=(fix,), found=shown)


def _is_chinese(masked: str, start: int, end: int) -> bool:
    """Whether dots stand in a Chinese sentence, and for words rather than for the rest of a series."""
    left, right = before(masked, start), after(masked, end)
    follows = left >= 0 and _CHINESE_BEFORE.match(masked, left) is not None
    precedes = (right >= 0 and _CHINESE_AFTER.match(masked, right) is not None) or masked[end - 1] == "。"
    if not (follows or precedes) or _is_series(masked, left, right):
        return False
    if _SPREAD.match(masked, end) and (left < start - 1 or left < 0):
        # ...args
        return False
    if (left >= 0 and masked[left] in "/\\[(") or (right == end and masked[right] in "/\\])"):
        return False
    if not follows and left >= 0 and _CORE.match(masked[left]) and not _follows_name(masked, left, right):
        return False
    return follows or not is_english(stretch_before(masked, start) + stretch_after(masked, end))


def _is_series(masked: str, left: int, right: int) -> bool:
    """Whether dots stand between the members of a series of symbols: 1, 2, ..., n."""
    if left < 0 or masked[left] not in _LIST_MARKS:
        return False
    member = before(masked, left)
    if member >= 0 and masked[left] in ",;" and not is_han(masked[member]):
        return True
    if right < 0 or masked[right] not in _LIST_MARKS or member < 0 or not _CORE.match(masked[member]):
        return False
    following = after(masked, right + 1)
    return following >= 0 and _CORE.match(masked[following]) is not None


def _follows_name(masked: str, left: int, right: int) -> bool:
    """Whether the Latin word before dots is the last of a list, and Chinese follows: BERT、GPT...等."""
    listed = _LIST_OF_NAMES.search(masked, max(0, left - 33), left + 1)
    return listed is not None and (listed[0][0] in "、，" or masked.startswith("等", right))


def _with_spaces(masked: str, start: int, end: int) -> tuple[int, int]:
    """The dots and the spaces beside them, which go; those beside `…` are FMT002's already."""
    first, last = spaces(masked, start, end)
    if re.match(f"[{WIDE_PUNCTUATION}]", masked[start]) is not None:
        return start, end
    at_edge = {-1, len(masked)}
    keep_left = first - 1 in at_edge or masked[first - 1] in MARKUP + "\r\n"
    keep_right = last in at_edge or masked[last] in MARKUP + "\r\n"
    return (start if keep_left else first), (end if keep_right else last)
