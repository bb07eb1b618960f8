"""A bracket or book-title mark without its partner.

Every `（`, `(`, `[`, `【`, `{`, `《`, `「` and the like has its partner in the same paragraph. Which half is
superfluous, or where the lost one belongs, only a reader can tell; so there is no fix, and the rules
for the width and the spaces of brackets leave such a half alone.

Flagged: `大语言模型（LLM 的推理`, `《红楼梦 数据集`, `结果 (见附录。`.

Clean: list marks (`1)`, `a）`), intervals (`[0, 1)`), emoticons (`:)`), a mixed pair `（…)` (FMT003's), what stands in
code, math and addresses. Quotation marks are FMT009's; the half link `[文字](…` is FMT020's.

Norm: GB/T 15834-2011 §4.9 and §4.15, brackets and book-title marks are used in pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.model import Text
from checks.registry import Rule, Segments
from checks.scene import Hit, SegmentScene

RULE = Rule(
    code="FMT005",
    name="unpaired",
    severity="error",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="A bracket or book-title mark without its partner", zh="括号或书名号不成对"),
    wake=Segments(r"()（）\[\]［］【】{}《》〈〉「」『』〔〕"),
)

_FOUND = Text(en="“{mark}” has no partner in this paragraph", zh="“{mark}”在本段中没有与之配对的另一半")

_EMOTICON = re.compile(r"(?<=[:;=])-?[()](?=$|[\s，。！？…])")
_LONGEST_SHOWN = 8


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    alone = scene.brackets.alone
    number = 0
    while number < len(alone):
        start = alone[number]
        end = start + 1
        # Adjacent halves of a kind are one slip.
        while number + 1 < len(alone) and alone[number + 1] == end and scene.masked[end] == scene.masked[start]:
            number += 1
            end += 1
        number += 1
        if not _innocent(scene.masked, start):
            yield scene.hit(start, end, _FOUND, mark=scene.text[start : min(end, start + _LONGEST_SHOWN)])


def _innocent(masked: str, at: int) -> bool:
    """Whether a lone half is an emoticon's, escaped, or the target of a broken link."""
    before = masked[at - 1 : at]
    if before == "\\" or (masked[at] == "(" and before == "]"):
        return True
    return _EMOTICON.match(masked, at) is not None or (before == "-" and _EMOTICON.match(masked, at - 1) is not None)
