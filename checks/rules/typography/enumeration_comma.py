"""Latin names in a Chinese sentence are listed with half-width commas.

The items of a list in a Chinese sentence are joined by `、`, whatever script they are written in. The
finding concerns the whole list; the fix is a suggestion, since a comma between two names may also
end a clause.

Flagged: `如 Google, Meta, 阿里等` (→ `如 Google、Meta、阿里等`), `GPT-4, Claude 和 Gemini`
(→ `GPT-4、Claude 和 Gemini`).

Clean: `(Mixed Preference Optimization, MPO)` and any other bracket or quotation without Chinese, an
English sentence, numbers (`0.3, 0.5`), arguments, a citation (`Hinton et al., 2015`), a place (`Los Angeles, CA`).

Norm: GB/T 15834-2011 §4.5, the enumeration comma; house style.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._lists import name_lists
from checks.scene import Hit, SegmentScene

RULE = Rule(
    code="FMT023",
    name="enumeration-comma",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="Half-width commas in a list of Latin names", zh="并列的西文名称之间用了半角逗号"),
    wake=Segments(","),
    fix="unsafe",
)

_FOUND = Text(en="Join the items of this list by “、”", zh="并列的各项之间应使用顿号“、”")
_TITLE = Text(en="Write “、” between the items", zh="改用顿号")


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    for names in name_lists(scene.masked):
        yield scene.hit(names.start, names.end, _FOUND, fixes=(scene.fix(_TITLE, "unsafe", *names.commas),))
