"""The spaces of round brackets in Chinese text.

A pair of half-width brackets is set off by one space on either side and has none inside. No space
stands where a bracket meets full-width punctuation, another bracket, a quote, or the edge of a
line. With `brackets = "full"` the pair is full-width and has no space on any side. One finding and
one fix concern the pair.

Flagged: `大语言模型(LLM)的` (→ `大语言模型 (LLM) 的`), `监督微调 ( SFT ) 数据` (→ `监督微调 (SFT) 数据`),
`推理模型 (LRM) ，` (→ `推理模型 (LRM)，`), `SOTA(state-of-the-art)` (→ `SOTA (state-of-the-art)`),
`state-of-the-art(SOTA)` (→ `state-of-the-art (SOTA)`), `类别(category)3D` (→ `类别 (category) 3D`),
`O(n)的复杂度` (→ `O(n) 的复杂度`).

Clean: `复杂度 O(n)、函数 f(x)`, `pass@k(n)`, `softmax(QK)`, `GPT-4(V)`, `model(s)`, `(un)supervised`, `(2+1)D`. What a
bracket glued to a Latin word holds tells a call from a gloss: Chinese, a phrase, a hyphenated or a
capitalised name explains the word before it, as does the abbreviation of the phrase before it; symbols
and single identifiers are arguments. Glued to what follows, a prefix is part of a word, and a word is a
gloss of what stands before it. English prose keeps its style.

Norm: the house style's table of brackets.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._round import is_ours, pair_hit, set_right
from checks.scene import Hit, SegmentScene

RULE = Rule(
    code="FMT004",
    name="bracket-space",
    severity="warning",
    mqm="linguistic-conventions/spacing",
    summary=Text(en="Missing or extra space round brackets", zh="括号内外的空格缺失或多余"),
    wake=Segments("()（）"),
    fix="safe",
)

_FOUND = Text(
    en="Set “({content})” off by one space outside, none inside, none beside full-width marks",
    zh="“({content})”的空格不当：括号外侧空一格，内侧及全角标点旁不空",
)
_SPACED = Text(en="No space stands inside or beside “（{content}）”", zh="“（{content}）”内侧和外侧都不应有空格")
_TITLE = Text(en="Set the spaces of both brackets", zh="调整这对括号的空格")


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    text = _SPACED if scene.style.brackets == "full" else _FOUND
    for pair in scene.brackets.pairs:
        if is_ours(scene, pair):
            edits = set_right(scene, pair)
            if edits:
                yield pair_hit(scene, pair, text, scene.fix(_TITLE, "safe", *edits))
