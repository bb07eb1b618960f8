"""A comment that should silence rules but does not.

**What.** A comment `<!-- yijiao: ignore[CODE] reason -->` must name rules that exist, give a reason, stand on a line of
its own, and have something below it. One that fails in this silences nothing: a reader of the digest must be able to
see why a finding was let pass. Capitals, `yijiao：` and `yijiao ignore[…]` are understood; a comment that was plainly
meant so and is not understood is told, not passed over.

**Flagged.** `<!-- yijiao: ignore[TRM001] -->` (no reason) · `<!-- yijiao: ignore the paper's own word -->` (no code) ·
`<!-- yijiao: ignore[TRM01x] quoted -->` (no such rule) · `<!-- yijiao: skip[TRM001] quoted -->` (no such instruction) ·
`<!-- ignore[TRM001] quoted -->` (not addressed to yijiao) · one that does not end on its line

**Clean.** `<!-- yijiao: ignore[TRM001,FMT] title of a book -->` before a heading, or above a paragraph ·
`<!-- yijiao: ignore-file[FMT003] an older issue -->` · other comments · such a comment inside code

**Fix.** None: only an editor knows the reason.

**Norm.** None; the house's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Rule, Suppressions
from checks.scene import FileScene, Hit

RULE = Rule(
    code="SUP002",
    name="suppression-without-reason",
    severity="error",
    mqm="design-and-markup/markup",
    summary=Text(
        "A comment that should silence rules lacks its reason, or cannot work", "忽略注释没有写明理由，或无法生效"
    ),
    wake=Suppressions(),
)
_FOUND: Final = Text("This comment silences nothing. {problem}", "这条注释没有生效：{problem}")


def check(scene: FileScene) -> Iterator[Hit]:
    for comment in scene.suppressions:
        if comment.problem is not None:
            yield scene.hit(*comment.span, _FOUND, problem=comment.problem)
