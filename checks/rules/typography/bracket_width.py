"""Full-width round brackets where the profile wants half-width ones.

The digests set round brackets in half width with a space outside: `大语言模型 (LLM) 的推理`. No space
stands where a bracket meets full-width punctuation, another bracket, a quote, or the edge of a line.
Both halves and all spaces are set right by one fix; a mixed pair counts as full-width.

Flagged: `大语言模型（LLM）的` (→ `大语言模型 (LLM) 的`), `（1）首先` (→ `(1) 首先`), `值（如 $k$=1) 下`
(→ `值 (如 $k$=1) 下`), `人工智能（AI）、机器学习（ML）` (→ `人工智能 (AI)、机器学习 (ML)`).

Clean: `大语言模型 (LLM) 的`. A bracket without its partner is FMT005's and is left alone.

Norm: the house style, option `brackets = "half"`. GB/T 15834-2011 §4.9 has full-width brackets, which
are the choice of the profile `gb`.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._round import pair_hit, respaced
from checks.scene import Hit, SegmentScene

RULE = Rule(
    code="FMT003",
    name="bracket-width",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="Full-width round brackets instead of half-width ones", zh="圆括号用了全角，应为半角"),
    wake=Segments("（）"),
    fix="safe",
)

_FOUND = Text(en="Use half-width brackets for “{content}”", zh="“{content}”的括号应为半角")
_TITLE = Text(en="Make both brackets half-width and set their spaces", zh="改为半角括号并调整空格")


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    if scene.style.brackets != "half":
        return
    for pair in scene.brackets.pairs:
        if scene.masked[pair.open] == "（" or scene.masked[pair.close] == "）":
            edits = respaced(scene.masked, pair, "(", ")")
            if edits:
                yield pair_hit(scene, pair, _FOUND, scene.fix(_TITLE, "safe", *edits))
