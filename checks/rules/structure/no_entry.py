"""A file without a single entry.

A digest that is empty, or in which no heading begins a paper, has nothing that could be checked.
Passing it in silence would be the worst answer: a file cut short by a failed export would look as
clean as a perfect one.

Flagged: an empty file, a file of blank lines or comments, and one with text but no heading::

    本期暂无内容。

Clean: any file with at least one entry, whatever is wrong with it::

    ## A Study of Things

Norm: the house style, "Entry"; the file holds a sequence of entries. There is no fix.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.model import Text
from checks.registry import Files, Rule
from checks.scene import FileScene, Hit

RULE = Rule(
    code="DIG013",
    name="no-entry",
    severity="error",
    mqm="design-and-markup/missing-text",
    summary=Text("A file without a single entry", "文件中没有条目"),
    wake=Files(),
)

_EMPTY = Text("The file is empty", "文件是空的")
_NONE = Text(
    "The file has no entry: a paper begins with `## English title`",
    "文件中没有条目：条目以 `## 英文标题` 开头",
)


def check(scene: FileScene) -> Iterator[Hit]:
    if not scene.digest.entries:
        blank = not scene.text.strip("\ufeff \t\r\n")
        yield scene.hit(0, 0, _EMPTY if blank else _NONE)
