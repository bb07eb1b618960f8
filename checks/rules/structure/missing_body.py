"""An entry without an abstract.

A heading and a link that nothing follows are a paper whose translation was lost, or a placeholder
that somebody meant to fill. Comments do not count as text; a list, a formula or a block of code
does.

Flagged::

    ## A Study of Things
    [关于事物的研究](https://arxiv.org/abs/2504.00001)

    ## Another Study

Clean::

    ## A Study of Things
    [关于事物的研究](https://arxiv.org/abs/2504.00001)

    本文研究事物。

There is no fix: an abstract has to be translated. One that breaks off is FID009's.

Norm: the house style, "Entry".
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.model import Text
from checks.registry import Entries, Rule
from checks.scene import EntryScene, Hit

RULE = Rule(
    code="DIG004",
    name="missing-body",
    severity="error",
    mqm="design-and-markup/missing-text",
    summary=Text("An entry without an abstract", "条目缺少摘要"),
    wake=Entries(),
)

_MISSING = Text("The entry has no abstract: add its translation", "条目没有摘要：请补上译文")


def check(scene: EntryScene) -> Iterator[Hit]:
    entry = scene.entry
    if entry.body is None:
        yield scene.hit("heading", *entry.heading.span, _MISSING)
