"""A space is missing between Chinese and Latin.

One half-width space stands between a Han character and a Latin letter, a digit, math or code. Signs
such as `%`, `°`, `+` and `×` belong to the number or name they follow, a leading `+` to the number
behind it, and a citation such as `[12]` counts as Latin. The marks of bold, italics and links are
looked through: the space goes outside them.

Flagged: `通过RL训练` (→ `通过 RL 训练`), `提升约159%的` (→ `提升约 159% 的`), ``调用`pipeline()`函数``
(→ ``调用 `pipeline()` 函数``), `使用**LLM**进行` (→ `使用 **LLM** 进行`), `支持C++和` (→ `支持 C++ 和`), `评为A+的`
(→ `评为 A+ 的`), `见https://…` (→ `见 https://…`).

Clean: `文本/图像对齐`, `视频-文本检索`, `RAG+微调`, `2~3 倍` (joined by a sign), `参数量达 7B，` (beside full-width
punctuation). After an address nothing is said, since the address may go on; the spaces of brackets are
FMT004's.

With `spacing = "none"` nothing is missing, and FMT002 takes the spaces out.

Norm: W3C clreq §3.2.2 (a space between Han and Western text), the Chinese copywriting guidelines,
and the house style's table of spacing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Pairs, Rule
from checks.rules.typography._english import ends_abbreviation
from checks.rules.typography._neighbours import MARKUP, gap_after, gap_before
from checks.scene import Hit, SegmentScene
from checks.text import CODE, HAN, LETTER, MATH, URL, has_han, is_han

_CORE: Final = f"{LETTER}0-9{MATH}{CODE}"
_SIGNS: Final = "℃℉²³¹⁰-ⁿ₀-ₜ"
"""Always part of what precedes them."""

RULE = Rule(
    code="FMT001",
    name="missing-space",
    severity="warning",
    mqm="linguistic-conventions/spacing",
    summary=Text(
        en="No space between Chinese and a Latin letter, digit, formula or piece of code",
        zh="汉字与西文字母、数字、公式或代码之间缺少空格",
    ),
    wake=Pairs(((HAN, rf"{_CORE}{URL}{MARKUP}+±$.\["), (rf"{_CORE}{_SIGNS}{MARKUP}%‰°+×#*!.\]", HAN))),
    fix="safe",
)

_FOUND = Text(en="Put a space between “{left}” and “{right}”", zh="“{left}”与“{right}”之间应加空格")
_TITLE = Text(en="Insert a space", zh="插入空格")

_IS_CORE = re.compile(f"[{_CORE}{_SIGNS}]")
_HEAD = re.compile(rf"[{_CORE}{URL}]|[+±]\d+(?:\.\d+)?(?![{LETTER}\d])|\$\d|\.(?:[a-z]{{2,5}}|NET)(?![A-Za-z])")
_NAME_SIGN = re.compile(
    rf"(?:[\d{MATH})\\]|(?<![A-Za-z])[A-Za-z])[%‰°]$|(?:\+\+|\d\+|\d×|(?<![A-Za-z])[A-Z]#|[A-Za-z]\*)$"
)
_SIGN_OF_NAME = re.compile(r"[A-Za-z0-9][+!](?=[的和与或])")
"""Before such a word a plus adds nothing and a mark of exclamation ends nothing: `A+ 的`, `Yahoo! 的`."""
_CITATION = re.compile(r"\[[A-Za-z0-9][^\[\]\n]{0,60}\]")
_CITATION_BACK = re.compile(r"\[[A-Za-z0-9][^\[\]\n]{0,60}\]$")


def check(scene: SegmentScene, at: int) -> Iterator[Hit]:
    masked = scene.masked
    if scene.style.spacing != "one":
        return
    if is_han(masked[at - 1]):
        gap, left = gap_after(masked, at), at - 1
        right = gap.at
        missing = gap.width == 0 and gap.char != "" and _begins_latin(masked, right)
    else:
        gap, right = gap_before(masked, at), at
        left = gap.at
        missing = gap.width == 0 and gap.char != "" and _ends_latin(masked, left)
    if missing:
        fix = scene.fix(_TITLE, "safe", (gap.start, gap.start, " "))
        yield scene.hit(left, right + 1, _FOUND, fixes=(fix,), left=scene.text[left], right=scene.text[right])


def _begins_latin(masked: str, at: int) -> bool:
    if masked[at] == "[":
        citation = _CITATION.match(masked, at)
        return citation is not None and not has_han(citation[0])
    return _HEAD.match(masked, at) is not None


def _ends_latin(masked: str, at: int) -> bool:
    char = masked[at]
    if char == "]":
        citation = _CITATION_BACK.search(masked, max(0, at - 62), at + 1)
        return citation is not None and not has_han(citation[0])
    if char == ".":
        return ends_abbreviation(masked, at)
    if char in "+!" and _SIGN_OF_NAME.match(masked, max(0, at - 1)):
        return True
    return _IS_CORE.match(char) is not None or _NAME_SIGN.search(masked, max(0, at - 2), at + 1) is not None
