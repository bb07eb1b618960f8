"""Markdown that was begun and not ended.

**What.** A backtick, two stars or a link without their other half stand in the page as they are, or take the text
behind them along. A fence of code that is never closed swallows the rest of the file.

**Flagged.** 调用 `pipeline 函数 · 这是**重要的方法 · [代码](https://example.org/a 与数据 ·
[代码](https://example.org/a） · [代码](https://example.org/a b) · [代码]（https://example.org/a） ·
[代码] (https://example.org/a) · a line of ``` without another below.

**Clean.** A single star (A*, S*, 2*3) and underscores (f_i), powers (2**3), LaTeX quotes (FMT008's), escaped marks,
[12] (https://example.org/a), which is a citation, f[i](x). Emphasis with both halves is FMT021's, a bracket alone
FMT005's, the link line of an entry DIG006's.

**Fix.** None: only a reader can tell where the code, the emphasis or the address was to end.

**Norm.** CommonMark 0.31 §4.5 (fenced code), §6.1 (code spans), §6.2 (emphasis), §6.3 (links); house style, Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._emphasis import read_emphasis
from checks.scene import Hit, SegmentScene
from checks.text import CLOSE, URL

RULE = Rule(
    code="FMT020",
    name="markdown-broken",
    severity="error",
    mqm="design-and-markup/markup",
    summary=Text(en="Code, emphasis or a link without its other half", zh="代码、强调或链接的标记不完整"),
    wake=Segments(rf"`*~\]{CLOSE}"),
)

_FENCE = Text(
    en="This fence of code is never closed: it swallows the rest of the file",
    zh="代码块没有结束标记，其后的内容都会被当作代码",
)
_CODE = Text(en="This backtick has no partner in the paragraph", zh="此反引号在本段中没有配对")
_STARS = Text(en="“{stars}” has no partner: the reader sees the stars", zh="“{stars}”没有配对，读者会看到星号")
_UNCLOSED = Text(en="The target of this link is not closed by a “)”", zh="链接地址缺少结尾的“)”")
_SPACE = Text(en="A space in the target: Markdown sees no link", zh="链接地址中有空格，Markdown 无法识别")
_GAP = Text(en="A space before the target: Markdown sees no link", zh="链接文字与地址之间有空格，Markdown 无法识别")
_WIDE = Text(en="A full-width bracket at the target of a link", zh="链接地址的括号应为半角")

_FENCE_LINE = re.compile(r"^ {0,3}(?:`{3,}(?=[^`\n]*$)|~{3,}).{0,20}", re.MULTILINE)
_TICKS = re.compile(r"``[^`'\n]{1,200}''|(?<!\\)`+")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])`(?=[A-Za-z])")

_LINK = re.compile(r"\](?P<gap>[ \t]?)(?P<open>[(（])")
_TARGET = re.compile(r"[ \t]*[^\s)）]{0,200}[)）]?")
_VALID = re.compile(
    r"\([ \t]*(?:<[^<>\n]{0,500}>|(?:[^\s()<]|\([^\s()]{0,500}\))(?:[^\s()]|\([^\s()]{0,500}\)){0,1000}|)"
    r"(?:[ \t]+(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?[ \t]*\)"
)
_ADDRESS = re.compile(rf"[ \t]*(?:{URL}|https?[:：]|www\.|arxiv\.org)", re.IGNORECASE)
_LINK_TEXT = re.compile(r"\[[^\[\]\n]{0,200}$")
_CITATION = re.compile(
    r"\[(?:\d[\d,，;\s–-]{0,20}|[^\[\]]{0,60}(?:et al|等)[^\[\]]{0,20}|[^\[\]]{0,40}[, ]\d{4}[a-z]?)$"
)
_TARGETS = re.compile(f"{CLOSE}+")
_LONGEST_TARGET: Final = 2000
_LONGEST_SHOWN: Final = 60


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    fence = _FENCE_LINE.search(scene.masked)
    end = fence.start() if fence else len(scene.masked)
    yield from _code(scene, end)
    for run in read_emphasis(scene.text, scene.masked).lone:
        if run.end <= end:
            yield scene.hit(run.start, run.end, _STARS, stars=scene.text[run.start : run.end])
    yield from _links(scene, end)
    yield from _targets(scene, end)
    if fence:
        yield scene.hit(fence.start(), fence.end(), _FENCE)


def _code(scene: SegmentScene, end: int) -> Iterator[Hit]:
    for ticks in _TICKS.finditer(scene.masked, 0, end):
        start, last = ticks.span()
        # ``…'' are quotes, and the backtick of it`s an apostrophe.
        if not ticks[0].endswith("''") and not _APOSTROPHE.match(scene.masked, start):
            yield scene.hit(start, last, _CODE)


def _links(scene: SegmentScene, end: int) -> Iterator[Hit]:
    """What looks like a link, and is none to the mask."""
    masked = scene.masked
    for found in _LINK.finditer(masked, 0, end):
        start, inside = found.start(), found.end()
        label = _LINK_TEXT.search(masked, max(0, start - 202), start)
        said = _fault(scene, found, label is not None and _CITATION.match(label[0]) is not None)
        if said is not None and (label is not None or said is not _UNCLOSED):
            target = _TARGET.match(scene.text, inside)
            last = target.end() if target else inside
            yield scene.hit(start, min(last, start + _LONGEST_SHOWN), said)


def _fault(scene: SegmentScene, found: re.Match[str], citation: bool) -> Text | None:
    """What is wrong with the target that begins behind a bracket; None where it is none, or right."""
    masked, inside = scene.masked, found.end()
    is_address = _ADDRESS.match(masked, inside) is not None
    rest = masked[inside : inside + _LONGEST_TARGET].partition("\n")[0]
    if found["gap"] or found["open"] == "（":
        if not is_address or citation:
            return None
        return _GAP if found["open"] == "(" else _WIDE
    if _VALID.match(scene.text, inside - 1):
        return None
    if not is_address:
        return _UNCLOSED if ")" not in rest and "）" not in rest else None
    closes = re.search("[)）]", rest)
    if closes is None:
        return _UNCLOSED
    return _WIDE if closes[0] == "）" else _SPACE


def _targets(scene: SegmentScene, end: int) -> Iterator[Hit]:
    """Full-width brackets that a target has swallowed."""
    for found in _TARGETS.finditer(scene.masked, 0, end):
        target = scene.text[found.start() : found.end()]
        if target.startswith("](") and target.count("（") != target.count("）"):
            yield scene.hit(found.start(), min(found.end(), found.start() + _LONGEST_SHOWN), _WIDE)
