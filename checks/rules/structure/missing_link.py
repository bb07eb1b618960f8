"""An entry without the link to its paper.

The link line is how a reader gets to the paper and how every tool knows which paper it is: the
arXiv id ties the entry to its English source, to the editors' decisions and to other digests. An
entry without an address can be checked for little more than its typography.

Flagged: an entry whose abstract follows the heading at once, and a title in brackets whose address
is not there::

    ## A Study of Things
    [关于事物的研究]

    本文研究事物。

Clean::

    ## A Study of Things
    [关于事物的研究](https://arxiv.org/abs/2504.00001)

    本文研究事物。

There is no fix: no machine here knows the address. An address that is there but wrong is DIG006's.

Norm: the house style, "Entry".
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.model import Text
from checks.registry import Entries, Rule
from checks.scene import EntryScene, Hit

RULE = Rule(
    code="DIG002",
    name="missing-link",
    severity="error",
    mqm="design-and-markup/missing-markup",
    summary=Text("An entry without the link to its paper", "条目缺少论文链接"),
    wake=Entries(),
)

_NO_LINE = Text(
    "No link line: add `[Chinese title](https://arxiv.org/abs/ID)` below the heading",
    "缺少链接行：请在标题下补上 `[中文标题](https://arxiv.org/abs/ID)`",
)
_NO_ADDRESS = Text(
    "The title has no address: add `(https://arxiv.org/abs/ID)` after its bracket",
    "标题没有链接地址：请在方括号后补上 `(https://arxiv.org/abs/ID)`",
)


def check(scene: EntryScene) -> Iterator[Hit]:
    entry = scene.entry
    if entry.link is not None:
        return
    if entry.title is not None:
        yield scene.hit("title", *entry.title.span, _NO_ADDRESS)
    else:
        yield scene.hit("heading", *entry.heading.span, _NO_LINE)
