"""Two conventions in one file.

Where the profile leaves a choice to the file (`consistent`), or makes none (`off`), a file should still make one: the
first place that differs from the others is shown, once for each option.

Flagged: `3-5 倍` and `10–20 倍` in one file, 80GB and 80 GB, `视频 - 文本` and `图像-文本`; with
`brackets = "consistent"` also `（…）` among `(…)`.

Clean: one convention, whichever it is · an option that the profile decides (its own rule speaks then)

Norm: the table of options of the house style; GB/T 15834-2011 asks for one form within a text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from checks.conventions import LABELS, majority, open_options, uses
from checks.model import Message, Text
from checks.registry import Files, Rule
from checks.scene import FileScene, Hit

RULE = Rule(
    code="FMT026",
    name="mixed-style",
    severity="info",
    mqm="style/inconsistent-style",
    summary=Text("Two conventions in one file", "同一文件中有两种写法"),
    wake=Files(),
)
_FOUND: Final = Text(
    "This file has {usual} ({most}) and {other} ({times}, first here)",
    "本文件中{usual} {most} 处，{other} {times} 处，后者首见于此",
)


def check(scene: FileScene) -> Iterator[Hit]:
    for option in open_options(scene.context.style):
        found = uses(option, scene.digest)
        usual = majority(option, found, scene.context.style)
        other = next((use for use in found if use.value != usual), None)
        if usual is None or other is None:
            continue
        counts = Counter(use.value for use in found)
        names = LABELS[option]
        yield scene.hit(
            *other.span,
            _FOUND,
            usual=Message(names[usual]),
            most=counts[usual],
            other=Message(names[other.value]),
            times=counts[other.value],
        )
