"""A heading in Chinese where the English title belongs.

The heading of an entry is the paper's English title, unchanged: it is what a reader searches for and
what the entry is held against. Chinese belongs into the link text below it.

Flagged::

    ## TTRL：测试时强化学习
    ## Florence-X: 增强视觉语言模型

Clean::

    ## TTRL: Test-Time Reinforcement Learning
    ## Counting Strokes: How Models Read the Character 道
    ## A Benchmark of Reading 《红楼梦》

A few Han characters in an English title are a name, an example or a quotation. There is no fix: the
title has to be looked up.

Norm: the house style, "Entry".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.model import Text
from checks.registry import Rule, Segments
from checks.scene import Hit, SegmentScene
from checks.text import HAN, count_han

RULE = Rule(
    code="DIG007",
    name="heading-language",
    severity="error",
    mqm="design-and-markup/wrong-language",
    summary=Text("A heading in Chinese instead of the English title", "条目标题是中文，应为英文原题"),
    wake=Segments(HAN),
    fields=("heading",),
)

_FOUND = Text(
    "The heading is Chinese: write the paper's English title here; the Chinese one is the link text",
    "条目标题是中文：此处应写论文的英文原题，中文标题写在链接文字中",
)

_QUOTED = re.compile(
    r"《[^《》]{0,60}》|“[^“”]{0,60}”|‘[^‘’]{0,60}’|「[^「」]{0,60}」|『[^『』]{0,60}』|\"[^\"]{0,60}\""
    r"|\([^()（）]{0,60}\)|（[^()（）]{0,60}）"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'’.-]*")


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    own = _QUOTED.sub(" ", scene.masked)
    if not _WORD.search(own):
        own = scene.masked
    # A Chinese title has more Han characters than Latin names; an English one holds a word or two.
    if count_han(own) > len(_WORD.findall(own)):
        yield scene.hit(0, len(scene.text), _FOUND)
