"""An abstract that breaks off in the middle of a sentence.

**What.** The Chinese abstract does not end like a sentence, and more should follow: it ends in a comma, a colon or a
word such as 和 or 通过; a bracket or a quotation mark stays open in the last clause; or the last sentence of the
English abstract is not there, or not whole.

**Flagged.** 实验表明，该方法在三个数据集上有效， · 我们比较了三个基线（包括 · 该模型参数更少，仍与 Baseline-7 for
*Though smaller, the model is on a par with Baseline-7B on all tasks.*

**Clean.** 实验表明该方法有效 without its full stop, which is FMT015's · an end in an address, a link or code · 代码见
https://example.org/x · an end in …… · a list whose last item has no stop

**Fix.** None: what is missing must be translated.

**Norm.** MQM *omission*; GB/T 15834: a sentence ends in 。, ？ or ！.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Entries, Rule
from checks.rules.fidelity._wording import shortened
from checks.scene import EntryScene, Hit

RULE = Rule(
    code="FID009",
    name="truncated",
    severity="error",
    mqm="accuracy/omission",
    summary=Text("The abstract breaks off", "摘要在句中中断"),
    wake=Entries(),
)
_BREAKS_OFF: Final = Text(
    "The abstract breaks off here, in the middle of a sentence", "摘要在此中断：句子不完整，也没有句末标点"
)
_GOES_ON: Final = Text(
    "The abstract breaks off here; the English ends: {english}", "摘要在此中断，英文摘要的末句是：{english}"
)


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look at the end of the body."""
    body = scene.segments.get("body")
    if body is None or body.text.endswith("。"):
        return
    # Late, as nearly every abstract has its full stop.
    from checks.rules.fidelity._ending import break_of

    found = break_of(scene)
    if found is None:
        return
    if found.english is None:
        yield body.hit(*found.rest, _BREAKS_OFF)
    else:
        yield body.hit(*found.rest, _GOES_ON, english=shortened(found.english))
