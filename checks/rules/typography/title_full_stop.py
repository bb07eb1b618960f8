"""A title that ends in a full stop.

A Chinese title is no sentence and has no stop at its end, whatever the abstract below it has. A
half-width point is reported too, unless it belongs to an abbreviation.

Flagged: `关于对齐的研究。`, `TTRL：测试时强化学习.` (→ without the mark).

Clean: `大模型能推理吗？`, `关键在于结构！`, `未来已来……`, a title that ends in `et al.` or `Inc.`. A half-width
point that ends a title in English is left to DIG008.

Norm: house style, section on the entry; GB/T 15834-2011 §4.1, the full stop ends a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._english import ends_abbreviation, ends_initial
from checks.rules.typography._sides import before
from checks.scene import Hit, SegmentScene
from checks.text import has_han

RULE = Rule(
    code="FMT014",
    name="title-full-stop",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="A title that ends in a full stop", zh="标题以句号结尾"),
    wake=Segments("。.．"),
    fix="safe",
    fields=("title",),
)

_FOUND = Text(en="A title has no full stop at its end", zh="标题末尾不用句号")
_DELETE = Text(en="Delete the full stop", zh="删除句号")

_MARKS: Final = "。，、；：？！….．,;:?!"
"""Before one of these the stop is part of a run, which FMT010 and FMT011 set right first."""


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    masked = scene.masked
    at = before(masked, len(masked))
    if at < 1 or masked[at] not in "。.．" or masked[at - 1] in _MARKS:
        return
    if masked[at] == "." and (not has_han(masked) or ends_abbreviation(masked, at) or ends_initial(masked, at)):
        return
    yield scene.hit(at, at + 1, _FOUND, fixes=(scene.fix(_DELETE, "safe", (at, at + 1, "")),))
