"""Traditional characters in Simplified text.

A digest is written in Simplified characters. Traditional ones come in with a passage from another
source, from an input method in the wrong mode, or from a model that slipped; search does not find
them, and to the reader they look like a mistake, which they are.

Flagged::

    我們提出一種新方法
    评价标凈

Clean::

    我们提出一种新方法
    乾坤、慰藉、瞭望、显著、昇腾、大阪

Characters that are right in both scripts are told apart by the phrase they stand in, and where the
phrase does not tell, they are reported only beside characters that are Traditional beyond doubt:
覆盖 and the name 昇腾 stay as they are. Each run of characters to be changed is one finding. A word
that the mainland calls otherwise (軟體) is CHR002's as well, which then speaks in place of this rule.
Text in code, math, links and HTML is not looked at.

Norm: the Table of General Standard Chinese Characters (2013) for what is Simplified; the house
style, "LaTeX, Markdown, characters"; the conversion is OpenCC's ``t2s``.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.conversion import GUARD, traditional_changes
from checks.model import Text
from checks.registry import Rule, Segments
from checks.scene import Hit, SegmentScene

RULE = Rule(
    code="CHR001",
    name="traditional-character",
    severity="error",
    mqm="locale-conventions/character-set",
    summary=Text("Traditional characters in Simplified text", "简体文本中的繁体字"),
    wake=Segments(GUARD),
    fix="safe",
)

_TRADITIONAL = Text("Traditional “{old}”: write “{new}”", "繁体字“{old}”应写作“{new}”")
_FIX = Text("Write “{new}”", "改为“{new}”")


def check(scene: SegmentScene, at: int) -> Iterator[Hit]:
    for (start, end), new in traditional_changes(scene.masked):
        fix = scene.fix(_FIX, "safe", (start, end, new), new=new)
        yield scene.hit(start, end, _TRADITIONAL, fixes=(fix,), old=scene.text[start:end], new=new)
