"""A number and its unit without a space.

The profile `gb` sets a unit off by one space; the profile `digest` leaves `80GB` as it is.

Flagged (`unit_space = "one"`): `显存 80GB` (→ `显存 80 GB`), `耗时 12.5ms` (→ `耗时 12.5 ms`).

Clean: `80 GB`, percent and degree signs, sizes and names (`7B`, `3D`, `A100-80GB`, `4K`), single letters, an English
sentence, math and code.

Norm: GB/T 3101-93 §3.4, a space between the number and the symbol of the unit; house style, option `unit_space`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.conventions import QUANTITY
from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._english import in_english
from checks.scene import Hit, SegmentScene

RULE = Rule(
    code="FMT025",
    name="unit-space",
    severity="warning",
    mqm="linguistic-conventions/spacing",
    summary=Text("No space between a number and its unit", "数字与单位之间缺少空格"),
    wake=Segments("BbszWgmSn"),
    fix="safe",
)
_FOUND: Final = Text("Put a space between the number and “{unit}”", "数字与单位“{unit}”之间应加空格")
_TITLE: Final = Text("Insert a space", "插入空格")


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    if scene.style.unit_space != "one":
        return
    for found in QUANTITY.finditer(scene.masked):
        at = found.start("unit")
        if not found["space"] and not in_english(scene.masked, at):
            fix = scene.fix(_TITLE, "safe", (at, at, " "))
            yield scene.hit(*found.span(), _FOUND, fixes=(fix,), unit=found["unit"])
