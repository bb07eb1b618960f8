"""Text that belongs to no entry.

A digest is a sequence of entries. What stands before the first one, or below a heading that cuts
the file into sections, is no part of any abstract: no rule about terms or numbers looks at it, and
it is often the rest of a prompt, a note to oneself or a paragraph that lost its heading.

Flagged (the first line)::

    本期整理了若干论文。

    ## A Study of Things
    [关于事物的研究](https://arxiv.org/abs/2504.00001)

Clean: HTML comments between entries, which hold the marks that switch rules off, and deeper
headings inside an abstract, which belong to it.

Each block of lines is one finding, and its quote is the beginning of the first line. There is no
fix: text is never dropped by machine. In a file without any entry DIG013 speaks instead.

Norm: the house style, "Entry".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Files, Rule
from checks.scene import FileScene, Hit

RULE = Rule(
    code="DIG012",
    name="stray-text",
    severity="warning",
    mqm="design-and-markup/misplaced-text",
    summary=Text("Text that belongs to no entry", "不属于任何条目的文字"),
    wake=Files(),
)

_STRAY = Text(
    "This text belongs to no entry: move it into one, or into a comment",
    "这段文字不属于任何条目：请移入条目，或改为注释",
)
_LONGEST_QUOTE: Final = 60


def check(scene: FileScene) -> Iterator[Hit]:
    if not scene.digest.entries:
        return
    for start, end in scene.digest.stray:
        first_line = scene.text[start:end].partition("\n")[0].rstrip()
        yield scene.hit(start, end, _STRAY)._replace(quote=first_line[:_LONGEST_QUOTE])
