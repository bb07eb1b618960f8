"""White space at the end of a line.

Nobody sees it, and every tool that compares two versions of a digest does: a line that differs in
nothing but its end is a difference to read. Some of it is more than noise, for two spaces before a
line feed break the line in Markdown.

**Flagged.** ``## A Study of Things␠``, a blank line that holds spaces, ``本文研究事物。␠␠`` at the end of an
abstract, one space or a tab inside it; three spaces and more, which break the line as two do.

**Clean.** Two spaces at the end of a line inside an abstract, which are a hard break; the ``\\r`` of a
CRLF; code and comments.

**Fix.** The white space goes; of a longer hard break two spaces are left.

Blank lines after the last line of the file are DIG011's, a blank line too many is DIG005's.

**Norm.** The house style, "Entry"; CommonMark, "Hard line breaks".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Edit, Field, Fix, Message, Text
from checks.registry import Entries, Rule
from checks.scene import EntryScene, Hit
from checks.text import CODE, HTML, mask

_TRAILING = re.compile(r"(?<![^\S\r\n])[^\S\r\n]++(?=\r?(?:\n|\Z))")

RULE = Rule(
    code="DIG010",
    name="trailing-space",
    severity="warning",
    mqm="design-and-markup/layout",
    summary=Text("White space at the end of a line", "行尾有多余空白"),
    wake=Entries(where=r"[^\S\r\n](?:[\r\n]|\Z)"),
    fix="safe",
)

_FOUND = Text("White space at the end of the line", "行尾有多余空白")
_BLANK = Text("White space on a blank line", "空行中有多余空白")
_LONG_BREAK = Text("Two spaces are enough to break the line", "行尾两个空格即可换行，此处多余")
_DELETE = Text("Delete it", "删除行尾空白")
_KEEP_TWO = Text("Leave two spaces", "保留两个空格")

_BREAK: Final = "  "
_LONGEST_SHOWN: Final = 8


def check(scene: EntryScene) -> Iterator[Hit]:
    text, (start, end) = scene.file.text, scene.entry.span
    end_of_text = len(text.rstrip()) if end == len(text) else end
    masked = ""
    for found in _TRAILING.finditer(text, start, end):
        at = found.start()
        blank = at == start or text[at - 1] == "\n"
        if at > end_of_text or (blank and _follows_blank(text, start, at)):
            continue
        masked = masked or mask(text[start:end])
        if masked[at - start] in (CODE, HTML):
            continue
        kept = _BREAK if not blank and found[0].endswith(_BREAK) and _breaks(scene, found.end()) else ""
        if found[0] != kept:
            yield _hit(scene, found.span(), kept, blank=blank)


def _follows_blank(text: str, start: int, at: int) -> bool:
    """Whether the line above the one that begins here is blank: DIG005 takes this one away."""
    above = text.rfind("\n", start, max(start, at - 1))
    return above >= start and not text[above + 1 : at].strip()


def _breaks(scene: EntryScene, at: int) -> bool:
    """Whether a line of the abstract ends here, and another follows."""
    body = scene.entry.body
    return body is not None and body.span.start <= at < body.span.end


def _hit(scene: EntryScene, place: tuple[int, int], kept: str, *, blank: bool) -> Hit:
    start, end = place
    entry = scene.entry
    field: Field = "heading"
    if entry.body is not None and start >= entry.body.span.start:
        field = "body"
    elif entry.link_line is not None and start >= entry.link_line.start:
        field = "link"
    said = _BLANK if blank else _LONG_BREAK if kept else _FOUND
    fix = Fix(Message(_KEEP_TWO if kept else _DELETE), "safe", (Edit(start, end, kept),))
    first = start if blank else start - 1
    return scene.hit(field, first, min(end, start + _LONGEST_SHOWN), said, fixes=(fix,))
