"""Emphasis that Markdown does not render.

**What.** Whether stars open or close emphasis, Markdown tells from the characters beside them. Stars behind a mark and
before a letter cannot close, stars behind a letter and before a mark cannot open, and Han count as letters: of
`**注意：**该方法` the reader sees the stars.

**Flagged.** `**注意：**该方法` (→ `**注意**：该方法`), `称为**“涌现”**现象` (→ `称为“**涌现**”现象`),
`**强化学习 (RL)**的` (→ `**强化学习 (RL)** 的`), `** 注意 **该` (→ `**注意**该`).

**Clean.** `**注意：** 该方法`, `**重要**的`, `**重要**。`, a star that is a name's or a sign (A*, S*, 2*3). Stars
without a partner are FMT020's; underscores are left alone: in a Chinese sentence nobody means emphasis by them.

**Fix.** The first of these after which Markdown sees the emphasis: a mark moves out of it, quotes change places with
the stars, a space goes outside. The spaces inside go in any case.

**Norm.** CommonMark 0.31 §6.2, left- and right-flanking delimiter runs; house style, table of punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Fix, Text
from checks.registry import Rule, Segments
from checks.rules.typography._emphasis import Pair, is_rendered, read_emphasis, rendered, runs
from checks.scene import Hit, SegmentScene
from checks.text import OPEN, is_han, mask_protected
from glossary.records import NamedTuple

RULE = Rule(
    code="FMT021",
    name="emphasis-flanking",
    severity="warning",
    mqm="design-and-markup/markup",
    summary=Text(en="Emphasis that Markdown does not render", zh="Markdown 无法渲染的强调"),
    wake=Segments(f"*{OPEN}"),
    fix="safe",
)

_FOUND = Text(
    en="Markdown does not take “{stars}” in “{place}” for emphasis: the reader sees the stars",
    zh="“{place}”中的“{stars}”不会被 Markdown 识别为强调，读者会看到星号",
)
_PARTNER = Text(en="The other half of the emphasis", zh="强调标记的另一半")
_TITLE = Text(en="Write “{new}”", zh="改为“{new}”")
_LONGEST_SHOWN: Final = 40
_LONGEST_BLOCK: Final = 4000
_MOST: Final = 50
"""Each fix is tried on its block: more and longer ones than an abstract has would take their time."""

_MARKS: Final = "，。、；：！？…—,;:!?"
_LEADING = re.compile(f"[{_MARKS}]*")
_TRAILING = re.compile(f"[{_MARKS}]*$")
_PAIRED: Final = ("“”", "‘’", "「」", "『』", "《》", "【】", "（）", "()")


class _Reading(NamedTuple):
    """A piece of emphasis taken apart: what goes before its stars, inside and behind them."""

    before: str
    inside: str
    behind: str


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    broken = read_emphasis(scene.text, scene.masked).broken
    for pair in broken:
        opening, closing, (first, last) = pair
        at_fault, other = (closing, opening) if opening.opens else (opening, closing)
        start, end = max(0, at_fault.start - 1), min(len(scene.text), at_fault.end + 1)
        small = len(broken) <= _MOST and last - first <= _LONGEST_BLOCK
        yield scene.hit(
            start,
            end,
            _FOUND,
            fixes=_fixes(scene, pair) if small else (),
            related=(scene.related(other.start, other.end, _PARTNER),),
            stars=scene.text[at_fault.start : at_fault.end],
            place=scene.text[start:end].strip(),
        )


def _fixes(scene: SegmentScene, pair: Pair) -> tuple[Fix, ...]:
    mended = _mended(scene.text, pair)
    if mended is None:
        return ()
    opening, closing, _ = pair
    stars = "*" * (opening.end - opening.start)
    lead, trail = _kept(scene.text[opening.end : closing.start], mended.inside)
    edits = (
        (opening.start, opening.end + lead, mended.before + stars),
        (closing.start - trail, closing.end, stars + mended.behind),
    )
    changed = tuple(edit for edit in edits if scene.text[edit[0] : edit[1]] != edit[2])
    new = f"{mended.before}{stars}{mended.inside}{stars}{mended.behind}"
    return (scene.fix(_TITLE, "safe", *changed, new=new[:_LONGEST_SHOWN]),)


def _kept(inside: str, new: str) -> tuple[int, int]:
    """How much goes at the beginning and at the end of what the stars enclose."""
    lead = inside.index(new)
    return lead, len(inside) - lead - len(new)


def _mended(text: str, pair: Pair) -> _Reading | None:
    """The least change that makes Markdown see the emphasis; None where none does."""
    opening, closing, (start, end) = pair
    stars = "*" * (opening.end - opening.start)
    head, tail = text[start : opening.start], text[closing.end : end]
    for reading in _readings(text[opening.end : closing.start], head[-1:], tail[:1]):
        first = start + len(head) + len(reading.before)
        changed = f"{head}{reading.before}{stars}{reading.inside}{stars}{reading.behind}{tail}"
        last = len(head) + len(reading.before) + len(stars) + len(reading.inside)
        found = runs(changed, mask_protected(changed), 0, len(changed))
        halves = [run for run in found if run.start in (first - start, last)]
        if len(halves) == 2 and is_rendered(rendered(found), *halves):
            return reading
    return None


def _readings(inside: str, left: str, right: str) -> Iterator[_Reading]:
    """What the emphasis might be instead, the better first."""
    content = inside.strip()
    bare = _Reading(
        " " if inside[:1].isspace() and _wants_space(left, content[:1]) else "",
        content,
        " " if inside[-1:].isspace() and _wants_space(content[-1:], right) else "",
    )
    if content != inside:
        yield bare
    leading, trailing = _LEADING.match(content), _TRAILING.search(content)
    lead, trail = (leading[0] if leading else ""), (trailing[0] if trailing else "")
    core = content[len(lead) : len(content) - len(trail)]
    if core and (lead or trail):
        if trail:
            yield _Reading(bare.before, content[: len(content) - len(trail)], trail)
        yield _Reading(lead, core, trail)
    core, lead, trail = (core, lead, trail) if core else (content, "", "")
    if core[:1] + core[-1:] in _PAIRED and core[0] not in core[1:] and len(core) > 2:
        yield _Reading(lead + core[0], core[1:-1], core[-1] + trail)
    yield _Reading(bare.before, content, " ")
    yield _Reading(" ", content, bare.behind)
    yield _Reading(" ", content, " ")


def _wants_space(left: str, right: str) -> bool:
    """Whether a space belongs between two characters: Han and Latin."""
    return left.isalnum() and right.isalnum() and is_han(left) != is_han(right)
