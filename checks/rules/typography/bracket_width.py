"""Round brackets of another width than the profile's.

The digests set round brackets in half width with a space outside: `大语言模型 (LLM) 的推理`. No space
stands where a bracket meets full-width punctuation, another bracket, a quote, or the edge of a line.
With `brackets = "full"` they are full-width without spaces: `大语言模型（LLM）的推理`. Both halves and all
spaces are set right by one fix; a mixed pair counts as wrong in either profile.

Flagged: `大语言模型（LLM）的` (→ `大语言模型 (LLM) 的`), `（1）首先` (→ `(1) 首先`), `值（如 $k$=1) 下`
(→ `值 (如 $k$=1) 下`), `人工智能（AI）、机器学习（ML）` (→ `人工智能 (AI)、机器学习 (ML)`). In the profile `gb`
the reverse: `大语言模型 (LLM) 的` (→ `大语言模型（LLM）的`).

Clean: `大语言模型 (LLM) 的`; in either profile `O(n)` and other calls, an English sentence. A bracket without
its partner is FMT005's and is left alone.

Norm: the house style, option `brackets`; GB/T 15834-2011 §4.9 has full-width brackets, the choice of `gb`.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._round import is_ours, pair_hit, set_right
from checks.scene import Hit, SegmentScene

RULE = Rule(
    code="FMT003",
    name="bracket-width",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="Round brackets of another width than the profile's", zh="圆括号的全半角与规定不符"),
    wake=Segments("（）()"),
    fix="safe",
)

_HALF = Text(en="Use half-width brackets for “{content}”", zh="“{content}”的括号应为半角")
_FULL = Text(en="Use full-width brackets for “{content}”", zh="“{content}”的括号应为全角")
_TITLE_HALF = Text(en="Make both brackets half-width and set their spaces", zh="改为半角括号并调整空格")
_TITLE_FULL = Text(en="Make both brackets full-width and drop their spaces", zh="改为全角括号并去掉空格")


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    full = scene.style.brackets == "full"
    for pair in scene.brackets.pairs:
        if pair.kind == "round" and not is_ours(scene, pair):
            edits = set_right(scene, pair)
            if edits:
                fix = scene.fix(_TITLE_FULL if full else _TITLE_HALF, "safe", *edits)
                yield pair_hit(scene, pair, _FULL if full else _HALF, fix)
