"""A link without the Chinese title.

The link text is the Chinese title of the paper. Where the line is a bare address, or the brackets
are empty, the reader of a Chinese digest meets nothing but English and a number, and Markdown
renders an empty link as nothing that could be clicked.

Flagged::

    ## A Study of Things
    https://arxiv.org/abs/2504.00001

    ## A Study of Things
    [](https://arxiv.org/abs/2504.00001)

Clean::

    ## A Study of Things
    [关于事物的研究](https://arxiv.org/abs/2504.00001)

There is no fix: a title has to be translated. A title that is there but not Chinese is DIG008's.

Norm: the house style, "Entry".
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.model import Text
from checks.registry import Entries, Rule
from checks.scene import EntryScene, Hit

RULE = Rule(
    code="DIG003",
    name="missing-title",
    severity="error",
    mqm="design-and-markup/missing-text",
    summary=Text("A link without the Chinese title", "链接缺少中文标题"),
    wake=Entries(),
)

_MISSING = Text(
    "The link has no Chinese title: write `[Chinese title]({url})`",
    "链接缺少中文标题：请写成 `[中文标题]({url})`",
)


def check(scene: EntryScene) -> Iterator[Hit]:
    entry = scene.entry
    if entry.link is not None and entry.title is None:
        yield scene.hit("link", *entry.link.span, _MISSING, url=entry.link.text.strip())
