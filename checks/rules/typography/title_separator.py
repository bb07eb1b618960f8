"""The paper's own name in a title is set off by something else than a full-width colon.

A Chinese title keeps the name of the paper's system, method or data set, and joins it to the rest by
`：` without spaces.

Flagged: `TTRL: 测试时强化学习`, `TTRL - 测试时强化学习`, `TTRL——测试时强化学习` (→ `TTRL：测试时强化学习`).

Clean: `TTRL：测试时强化学习`, hyphens inside a name, a dash further on in a Chinese title, a ratio, a title
that is wholly English (DIG008's). A Chinese phrase before a half-width colon is FMT006's.

Norm: house style, section on the entry; GB/T 15834-2011 §4.7, the colon introduces what explains.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._title import name_separator
from checks.scene import Hit, SegmentScene

RULE = Rule(
    code="FMT013",
    name="title-separator",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(
        en="The name in a title is not followed by a full-width colon",
        zh="标题中论文自有名称之后未用全角冒号",
    ),
    wake=Segments(r":—–|\-"),
    fix="safe",
    fields=("title",),
)

_FOUND = Text(en="Set “{name}” off by a full-width colon “：”", zh="“{name}”之后应使用全角冒号“：”")
_TITLE = Text(en="Write “：”", zh="改为“：”")


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    found = name_separator(scene)
    if found is not None:
        start, end = found.span("mark")
        name = scene.text[: found.end("name")]
        yield scene.hit(0, end, _FOUND, fixes=(scene.fix(_TITLE, "safe", (start, end, "：")),), name=name)
