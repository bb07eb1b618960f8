"""A comment that silences nothing.

**What.** A code in the brackets of `<!-- yijiao: ignore[CODE] reason -->` for which nothing would be reported there:
the text has been mended since, or the rule has learnt better. Only codes whose rules all ran are judged, so a run with
`--select` says nothing of the others.

**Flagged.** `<!-- yijiao: ignore[TRM001] quoted -->` above a paragraph without a wrong term

**Clean.** A comment each code of which silences something · codes of rules that did not run · a comment that cannot
work (SUP002)

**Fix.** Safe: the idle code is taken out of the brackets; where none is left, the comment goes.

**Norm.** None; the house's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.model import Edit, Fix, Message, Text
from checks.registry import Rule, Suppressions
from checks.scene import FileScene, Hit
from checks.suppression import Selector, Suppression

RULE = Rule(
    code="SUP001",
    name="unused-suppression",
    severity="warning",
    mqm="design-and-markup/markup",
    summary=Text("A comment silences nothing", "忽略注释没有用处"),
    wake=Suppressions(),
    fix="safe",
)
_FOUND: Final = Text("Nothing is left here for {code} to silence", "此处已没有可由 {code} 忽略的问题")
_REMOVE: Final = Text("Remove the comment", "删除这条注释")
_TAKE_OUT: Final = Text("Take {code} out of the comment", "从注释中去掉 {code}")


def check(scene: FileScene) -> Iterator[Hit]:
    for comment in scene.suppressions:
        for selector in comment.idle:
            fix = _fix(scene, comment, selector, alone=len(comment.idle) == len(comment.selectors))
            yield scene.hit(*selector.span, _FOUND, fixes=(fix,), code=selector.code)


def _fix(scene: FileScene, comment: Suppression, selector: Selector, *, alone: bool) -> Fix:
    text = scene.text
    if alone:
        return Fix(Message(_REMOVE), "safe", (Edit(*_lines(text, comment), ""),))
    start, end = selector.span
    number = comment.selectors.index(selector)
    if number + 1 < len(comment.selectors):
        end = comment.selectors[number + 1].span.start
    else:
        start = comment.selectors[number - 1].span.end
    return Fix(Message(_TAKE_OUT, {"code": selector.code}), "safe", (Edit(start, end, ""),))


def _lines(text: str, comment: Suppression) -> tuple[int, int]:
    """The line of the comment, and the blank line below it where one stands above it already."""
    start, end = comment.span
    start = text.rfind("\n", 0, start) + 1
    end = text.find("\n", end) + 1 or len(text)
    below = text.find("\n", end) + 1
    if (start == 0 or text[:start].endswith("\n\n")) and below and not text[end:below].strip():
        end = below
    return start, end
