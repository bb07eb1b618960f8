"""An abstract that does not end in a stop.

The last sentence of an abstract ends in `。`, `！`, `？` or `……`; closing quotes and brackets may follow.
A missing stop may be a slip, and it may be the end of a sentence that got lost: so the fix, which
adds `。`, is a suggestion. An abstract that ends in the middle of a clause, on `，` or `：`, has no fix.

Flagged: `……为后续研究奠定基础` (→ `……为后续研究奠定基础。`), `……优于 GPT-4o`, `……主要包括：`.

Clean: an abstract that ends in an address or a link (`代码：https://…`), in a block of code, a formula on a
line of its own, a table, a list of key words, or in list items that all do without a stop. A half-width
point behind Chinese is FMT006's, an ellipsis of the wrong form FMT011's.

Norm: house style, section on punctuation; GB/T 15834-2011 §4.1 to §4.3, the marks that end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._neighbours import MARKUP, SPACES
from checks.scene import Hit, SegmentScene
from checks.text import CODE, HAN, HTML, LETTER, MATH, URL, has_han

RULE = Rule(
    code="FMT015",
    name="final-stop",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="An abstract that does not end in a stop", zh="摘要末尾缺少句末标点"),
    wake=Segments(HAN),
    fix="unsafe",
    fields=("body",),
)

_MISSING = Text(
    en="The abstract ends without a stop: “{tail}”; see whether something was lost",
    zh="摘要末尾“{tail}”缺少句末标点，请确认译文是否完整",
)
_OPEN = Text(
    en="The abstract ends in the middle of a sentence, on “{mark}”: “{tail}”",
    zh="摘要以“{mark}”结尾，句子不完整：“{tail}”",
)
_ADD = Text(en="Add “。”", zh="补上“。”")

_UNSEEN: Final = MARKUP + SPACES + HTML
_CLOSING: Final = "”’」』》】)）\"']"
_IS_TEXT = re.compile(rf"[{HAN}{LETTER}0-9{MATH}{CODE}{re.escape(_CLOSING)}%‰°+²³]")
_CLAUSE: Final = "，、；：,;:"
_MARKS: Final = _CLAUSE + "。！？.!?"
"""Behind one of these a mark is part of a run, which FMT010 sets right first."""
_LINK_END = re.compile(r"\]\([^()\s]{0,2000}(?:\([^()\s]{0,500}\))?[^()\s]{0,500}\)$")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+•·]|\d{1,2}[.)、．]|[(（]\d{1,2}[)）])[ \t]*(?=[^\s\d*-])")
_KEY_WORDS = re.compile(
    rf"(?:^|[。！？])[ \t{MARKUP}]*(?:关键[词字]|主题词|[Kk]ey ?[Ww]ords|Index Terms)[ \t{MARKUP}]*[：:][^。！？]*$"
)
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,}|\|)")
_STOP = re.compile(rf"[。！？…；.!?;][{re.escape(_CLOSING)}{_UNSEEN}]{{0,20}}$")
_ASIDE = re.compile(rf"[。！？…][{_UNSEEN}]*[\[(（][^\[\]()（）\n]{{0,80}}[\])）]$")
"""A citation or a remark in brackets behind the last sentence."""
_SHOWN: Final = 12


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    masked = scene.masked
    begin = masked.rfind("\n") + 1
    line = masked[begin:]
    if not _is_sentence(scene, begin, line):
        return
    last = len(masked.rstrip(_UNSEEN)) - 1
    if last < begin or not (_IS_TEXT.match(masked[last]) or masked[last] in _CLAUSE):
        return
    tail = scene.text[max(begin, last + 1 - _SHOWN) : last + 1].strip()
    if masked[last] in _CLAUSE:
        if masked[last - 1] in _MARKS:
            return
        yield scene.hit(last, last + 1, _OPEN, mark=scene.text[last], tail=tail)
        return
    if _ASIDE.search(masked, max(begin, last - 100), last + 1):
        return
    inner = last
    while inner >= begin and masked[inner] in _CLOSING + _UNSEEN:
        inner -= 1
    if inner >= begin and (masked[inner] == URL or masked[inner] in "。！？…?!."):
        return
    at = last + 1
    while at < len(masked) and masked[at] in MARKUP:
        at += 1
    fix = scene.fix(_ADD, "unsafe", (at, at, "。"))
    yield scene.hit(last, last + 1, _MISSING, fixes=(fix,), tail=tail)


def _is_sentence(scene: SegmentScene, begin: int, line: str) -> bool:
    """Whether the last line is prose: no code, table, link, key words, formula alone, or list without stops."""
    if _FENCE.match(scene.text, begin) or _KEY_WORDS.search(line) or not line.strip(_UNSEEN + MATH + CODE):
        return False
    if _LINK_END.search(scene.text, begin) and scene.masked[-1] in MARKUP:
        return False
    if _LIST_ITEM.match(line):
        others = [other for other in scene.masked[:begin].split("\n") if _LIST_ITEM.match(other)]
        return any(_STOP.search(other) for other in others)
    # A label such as `GitHub` on a line of its own is no sentence.
    return has_han(line)
