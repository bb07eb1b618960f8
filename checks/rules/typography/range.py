"""The sign between the ends of a range.

The profile `gb` writes `～`, the option `range = "endash"` writes `–`; the profile `digest` leaves ranges as they are.

Flagged (`range = "tilde"`): `提升 3-5 倍` (→ `提升 3～5 倍`), `67% – 89%` (→ `67%～89%`), `10~20 层` (→ `10～20 层`).

Clean: a year and a month (`2025-04`), dates, versions, scores (`3-2`) and other pairs that do not grow, names
(`GPT-4`), an English sentence, math and code.

Norm: GB/T 15835-2011 §5.1.4, the wave dash between the ends of a range; house style, option `range`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.conventions import RANGE, is_range
from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._english import in_english
from checks.scene import Hit, SegmentScene

RULE = Rule(
    code="FMT024",
    name="range",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text("A range is written with another sign than the profile's", "数值范围未用规定的连接号"),
    wake=Segments("-–—~～"),
    fix="safe",
)
_FOUND: Final = Text("Write “{sign}” between the ends of a range", "数值范围应使用“{sign}”")
_TITLE: Final = Text("Write “{sign}”", "改为“{sign}”")
_SIGNS: Final = {"tilde": "～", "endash": "–"}


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    sign = _SIGNS.get(scene.style.range)
    if sign is None:
        return
    masked = scene.masked
    for found in RANGE.finditer(masked):
        start, end = found.span("sign")
        start -= masked[start - 1] == " "
        end += masked[end] == " "
        if masked[start:end] != sign and is_range(found) and not in_english(masked, start):
            fix = scene.fix(_TITLE, "safe", (start, end, sign), sign=sign)
            yield scene.hit(*found.span(), _FOUND, fixes=(fix,), sign=sign)
