"""Taiwanese wording in a Traditional passage.

Taiwan and the mainland call many things of computing by different words. Where a passage in
Traditional characters got into a digest, turning 軟體 into 软体 character by character is not
enough: the mainland says 软件.

Flagged, in a passage with Traditional characters::

    軟體 → 软件，資訊 → 信息，模組 → 模块，演算法 → 算法，隨著 → 随着

Clean: the same words where everything round them is Simplified, since 程式, 演算法 or 智慧 may be
just what the author means, and Traditional passages without such words, which are CHR001's::

    我們提出一種新方法

The fix is unsafe: a few of these words have a second sense on both sides (資料, 整合), and an editor
should look. Where this rule speaks, CHR001 is silent about the same characters, so that a word is
never half converted.

Norm: the house style, "LaTeX, Markdown, characters"; the words are those of OpenCC's ``tw2sp``,
reported where they differ from ``t2s``.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.conversion import GUARD, regional_changes
from checks.model import Text
from checks.registry import Rule, Segments
from checks.scene import Hit, SegmentScene

RULE = Rule(
    code="CHR002",
    name="regional-wording",
    severity="warning",
    mqm="locale-conventions/regional-wording",
    summary=Text("Taiwanese wording in a Traditional passage", "繁体文字中的台湾用语"),
    wake=Segments(GUARD),
    fix="unsafe",
)

_REGIONAL = Text("“{old}” is Taiwanese wording: the mainland says “{new}”", "“{old}”为台湾用语，大陆通常说“{new}”")
_FIX = Text("Write “{new}”", "改为“{new}”")


def check(scene: SegmentScene, at: int) -> Iterator[Hit]:
    for (start, end), new in regional_changes(scene.masked):
        fix = scene.fix(_FIX, "unsafe", (start, end, new), new=new)
        yield scene.hit(start, end, _REGIONAL, fixes=(fix,), old=scene.text[start:end], new=new)
