"""A punctuation mark that is doubled, or two that clash.

One mark ends a clause or a sentence. The same mark twice, in whatever width, becomes one; of two
different ones the stronger stays, as a suggestion, for words may have been lost between them.

Flagged: `新方法。。效果` (→ `新方法。效果`), `显著!!` (→ `显著！`), `此外，,我们` (→ `此外，我们`), `效果好，。`
(→ `效果好。`, a suggestion), `为何如此？。` (→ `为何如此？`, a suggestion).

Clean: `？！` (a question that is an exclamation, too), `……` and `——`, three and more full stops (FMT011's), the point
of an abbreviation (`Hinton et al.，2015`), a name with a mark (`Yahoo!，`), `a != b`, `std::vector`, `，.NET`.

Norm: house style, section on punctuation. GB/T 15834-2011 §4.2.3 and §4.3.3 allow `！！` and `？？` for an unusually
strong feeling, which an abstract has not; `？！` is §4.3.3's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Pairs, Rule
from checks.rules.typography._english import ends_abbreviation, ends_initial, in_english
from checks.rules.typography._sides import before
from checks.scene import Hit, SegmentScene
from checks.text import HAN, OPEN, WIDENED, is_han

_MARKS: Final = "，、；：。？！,.;:?!"

RULE = Rule(
    code="FMT010",
    name="repeated-punctuation",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="A doubled punctuation mark, or two that clash", zh="标点重复，或两个标点相互冲突"),
    wake=Pairs(((_MARKS, _MARKS),)),
    fix="safe",
)

_REPEATED = Text(en="One “{mark}” is enough", zh="标点重复，保留一个“{mark}”即可")
_CLASHING = Text(en="“{marks}” clash: keep “{mark}”", zh="标点“{marks}”相互冲突，应保留“{mark}”")
_TITLE = Text(en="Write “{mark}”", zh="改为“{mark}”")

_WEAKEST_FIRST: Final = "、，：；。"
_DOTS = re.compile(r"[.。]{3}")
_LONGEST_SHOWN: Final = 12
_BEGINS_ELSE = re.compile(
    rf"\.(?=[A-Za-z0-9/\\])|[!?](?=[=\[{OPEN}])|:(?=//|-?[)(]|\w*:)|;(?=-?\))|(?<=[=;:])[,;:]?(?=-?[)(])"
)
"""A mark that begins something else: .NET, !=, an image, ://, an emoticon."""
_NO_ABBREVIATION = re.compile(r"(?:[A-Za-z]{8}|\d[A-Za-z]?|%)$")
_CLOSERS: Final = "”’」』》】)）"


def check(scene: SegmentScene, at: int) -> Iterator[Hit]:
    masked = scene.masked
    start = at - 1
    if start and masked[start - 1] in _MARKS:
        return
    end = at + 1
    while end < len(masked) and masked[end] in _MARKS:
        end += 1
    if _DOTS.search(masked, start, end):
        return
    start, end = _own(masked, start, end)
    found = masked[start:end]
    kept = _kept(found)
    if len(kept) >= len(found) or not _is_chinese(masked, start, end):
        return
    same = len(set(found.translate(WIDENED))) == len(kept)
    fix = scene.fix(_TITLE, "safe" if same else "unsafe", (start, end, kept), mark=kept)
    yield scene.hit(start, end, _REPEATED if same else _CLASHING, fixes=(fix,), mark=kept, marks=found[:_LONGEST_SHOWN])


def _own(masked: str, start: int, end: int) -> tuple[int, int]:
    """The run without what belongs to its neighbours: the point of `al.`, the mark of `Yahoo!`, that of `.NET`."""
    if _BEGINS_ELSE.match(masked, end - 1):
        end -= 1
    word = masked[max(0, start - 1) : start]
    if word.isascii() and word.isalnum() and masked[start] != masked[start + 1 : start + 2]:
        abbreviation = ends_abbreviation(masked, start) or ends_initial(masked, start)
        if masked[start] in "!?:" or (
            masked[start] == "." and (abbreviation or not _NO_ABBREVIATION.search(masked, max(0, start - 8), start))
        ):
            start += 1
    return start, end


def _kept(found: str) -> str:
    """What stays of a run: each mark once, and of different ones the strongest."""
    wide = found.translate(WIDENED)
    once = "".join(mark for number, mark in enumerate(wide) if not number or wide[number - 1] != mark)
    feeling = "".join(mark for mark in "？！" if mark in once)
    if feeling:
        return once if not once.strip("？！") else feeling
    return max(once, key=_WEAKEST_FIRST.index, default="")


def _is_chinese(masked: str, start: int, end: int) -> bool:
    """Whether a run has a full-width mark, or stands beside Han: code and English go their own ways."""
    if any(not mark.isascii() for mark in masked[start:end]):
        return True
    left = before(masked, start)
    while left >= 0 and masked[left] in _CLOSERS:
        left = before(masked, left)
    beside = (left >= 0 and is_han(masked[left])) or re.match(f"[{HAN}]", masked[end : end + 1]) is not None
    return beside and not in_english(masked, start)
