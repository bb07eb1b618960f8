"""Half-width punctuation in a Chinese sentence.

`, . ; : ! ?` beside a Han character, or at the end of a Chinese sentence, are written `，。；：！？`; the
spaces round them go, for a full-width mark brings its own.

Flagged: `达到 72.4%,优于 GPT-4o.` (→ `达到 72.4%，优于 GPT-4o。`), `代码: https://…` (→ `代码：https://…`),
`模型 (LLM), 并` (→ `模型 (LLM)，并`), `为何需要 RL?` (→ `为何需要 RL？`).

Clean: ratios, decimals and times (`1:1`, `3.2`, `12:30`), an English sentence, the commas of a Latin-only
bracket, abbreviations (`et al.`, `e.g.`, `vs.`), list numbers (`1. 首先`), file names (`.pptx`), names with a
mark (`Yahoo! 的`), an ellipsis (FMT011's), `GitHub: https://…`. A list of Latin names is FMT023's, the
colon behind the name in a title FMT013's.

Norm: GB/T 15834-2011 §4 and §5.1 (a mark takes the width of a Han character), house style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Chars, Rule
from checks.rules.typography._english import ends_abbreviation, ends_initial, is_english, stretch_before
from checks.rules.typography._lists import list_commas
from checks.rules.typography._neighbours import MARKUP, Gap, gap_after, gap_before
from checks.rules.typography._title import name_separator
from checks.scene import Hit, SegmentScene
from checks.text import CODE, HAN, LETTER, MATH, OPEN, WIDENED, has_han, is_han

RULE = Rule(
    code="FMT006",
    name="half-width-punctuation",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="Half-width punctuation in a Chinese sentence", zh="中文句子中用了半角标点"),
    wake=Chars(",.;:!?"),
    fix="safe",
)

_FOUND = Text(
    en="Write “{wide}” in a Chinese sentence, not “{narrow}”",
    zh="中文句子中应使用“{wide}”，而非“{narrow}”",
)
_TITLE = Text(en="Write “{wide}”", zh="改为“{wide}”")

_MARKS: Final = ",.;:!?"
_SENTENCE: Final = 300
"""How far back the beginning of a sentence is looked for."""
_SENTENCE_END = re.compile("[。！？\n]")
_LATIN = re.compile(f"[{LETTER}0-9{MATH}{CODE}%)）”]")
_GLOSS_END = re.compile(rf"[{HAN}] ?[(（][^()（）\n]{{1,100}}[)）]$")
_QUOTED_END = re.compile(rf"[{HAN}][”’》」』】]$")
_QUOTED_BEGINNING = re.compile(rf"[“‘《「『【][{HAN}]|[《「『【]")
_LIST_NUMBER = re.compile(rf"(?:^|[\s、，。；：:;(（]|(?<=[{HAN}]))(?:\d{{1,2}}|[A-Za-z]|[ivx]{{1,4}})$")
_AFTER_NAME: Final = "的和与及等上中在是或"
"""What follows a name such as Yahoo! rather than begins a sentence."""


def check(scene: SegmentScene, at: int) -> Iterator[Hit]:
    masked = scene.masked
    # The first mark of a run such as ?! speaks for it; an ellipsis and the like are other rules'.
    if at and masked[at - 1] in _MARKS:
        return
    end = at + 1
    while masked[at] in "!?" and scene.char(end) in ("!", "?"):
        end += 1
    if scene.char(end) in tuple(_MARKS):
        return
    left, right = gap_before(masked, at), gap_after(masked, end)
    if not _is_chinese(masked, at, end, left, right) or at in list_commas(masked):
        return
    separator = name_separator(scene)
    if separator is not None and at < separator.end("mark"):
        return
    start = left.start if left.end == at and left.char else at
    stop = right.end if right.start == end and right.char else end
    narrow = masked[at:end]
    wide = narrow.translate(WIDENED)
    # The neighbours make a quote that says where the mark is.
    span = (max(0, start - 1) if left.char else start, stop + 1 if right.char else stop)
    fix = scene.fix(_TITLE, "safe", (start, stop, wide), wide=wide)
    yield scene.hit(*span, _FOUND, fixes=(fix,), wide=wide, narrow=narrow)


def _is_chinese(masked: str, at: int, end: int, left: Gap, right: Gap) -> bool:
    """Whether a mark with these neighbours belongs to a Chinese sentence."""
    follows_han = left.char != "" and _follows_han(masked, left.at)
    precedes_han = right.char != "" and _precedes_han(masked, right.at)
    mark = masked[at]
    beside_han = follows_han or (precedes_han and left.char != "")
    if mark in ",;:":
        # A scheme, a smile.
        return beside_han and not masked.startswith(("//", ")", "-)", "-("), end)
    if mark == ".":
        return _is_stop(masked, at, right, follows_han=follows_han, precedes_han=precedes_han)
    # !=, an image, the unknown of a sum: 2+3=?
    if masked[end : end + 1] in ("=", "[", OPEN) or left.char == "=":
        return False
    if follows_han:
        return True
    ends = right.char == "" or (precedes_han and right.char not in _AFTER_NAME)
    return ends and _ends_chinese_sentence(masked, at)


def _is_stop(masked: str, at: int, right: Gap, *, follows_han: bool, precedes_han: bool) -> bool:
    """Whether a point ends a Chinese sentence: no decimal point, file name, abbreviation, list number."""
    if right.width == 0 and right.char and (right.char.isascii() and (right.char.isalnum() or right.char in "/\\_-")):
        return False
    if follows_han:
        return True
    before = masked[at - 1 : at]
    if not _LATIN.match(before) or ends_abbreviation(masked, at):
        return False
    # In the middle of a line 1. and A. number a list, and J. begins a name.
    in_line = precedes_han and not ends_initial(masked, at) and not _LIST_NUMBER.search(masked, max(0, at - 6), at)
    return (in_line or right.char == "") and _ends_chinese_sentence(masked, at)


def _ends_chinese_sentence(masked: str, at: int) -> bool:
    """Whether the sentence before a mark is Chinese, though a Latin word ends it."""
    sentence = _SENTENCE_END.split(masked[max(0, at - _SENTENCE) : at])[-1]
    return has_han(sentence) and not is_english(stretch_before(masked, at) + ".")


def _follows_han(masked: str, at: int) -> bool:
    while at >= 0 and masked[at] in MARKUP:
        at -= 1
    if at < 0 or is_han(masked[at]):
        return at >= 0
    quoted = _QUOTED_END.search(masked, max(0, at - 1), at + 1)
    return quoted is not None or _GLOSS_END.search(masked, max(0, at - 120), at + 1) is not None


def _precedes_han(masked: str, at: int) -> bool:
    while at < len(masked) and masked[at] in MARKUP:
        at += 1
    return at < len(masked) and (is_han(masked[at]) or _QUOTED_BEGINNING.match(masked, at) is not None)
