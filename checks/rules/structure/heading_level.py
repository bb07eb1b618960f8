"""An entry's heading is not of level 2.

A digest is read by machines and by people who skim its headings: every paper is a heading of
level 2, and nothing else is. An entry whose heading has one, three or more ``#`` falls out of the
table of contents; one whose ``##`` is not followed by a space is no heading at all in CommonMark,
but a paragraph that begins with two signs.

Flagged::

    ### A Study of Things
    # A Study of Things
    ##A Study of Things

Clean::

    ## A Study of Things

A deeper heading inside an abstract is part of the abstract and is not reported here. The fix sets
``##`` and one space. It is withheld where the file uses level 2 for something else (sections above
entries of level 3): there, levelling the entries would make entries of the sections.

Norm: the house style, "Entry"; CommonMark, "ATX headings", for the space.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from checks.digest import parse
from checks.fixing import splice
from checks.model import Edit, Entry, Fix, Message, Text
from checks.registry import Entries, Rule
from checks.scene import EntryScene, Hit

RULE = Rule(
    code="DIG001",
    name="heading-level",
    severity="error",
    mqm="design-and-markup/markup",
    summary=Text("An entry's heading is not of level 2", "条目标题不是二级标题"),
    wake=Entries(where=r"#(?<!##)(?:(?!#)|#(?:#|[^# \t\r\n]))"),
    fix="safe",
)

_LEVEL = Text(
    "The heading of an entry has level 2 (`## `), not level {level}",
    "条目标题应为二级标题（`## `），这里是 {level} 级",
)
_SPACE = Text("A space is missing after the `#` signs", "`#` 之后缺少空格")
_FIX = Text("Make it `## `", "改为 `## `")


def check(scene: EntryScene) -> Iterator[Hit]:
    text = scene.file.text
    edit = _edit(text, scene.entry)
    if edit is None:
        return
    fixes = (Fix(Message(_FIX), "safe", (edit,)),) if _keeps_the_entries(text) else ()
    end = edit.start + scene.entry.level
    message = _LEVEL if scene.entry.level != 2 else _SPACE
    yield scene.hit("heading", edit.start, end, message, fixes=fixes, level=scene.entry.level)


def _edit(text: str, entry: Entry) -> Edit | None:
    """What makes the heading one of level 2, None where it is."""
    start = text.index("#", entry.span.start)
    end = start + entry.level
    glued = text[end : end + 1] not in ("", " ", "\t", "\r", "\n")
    if entry.level == 2 and not glued:
        return None
    return Edit(start, end, "## " if glued else "##")


@lru_cache(maxsize=4)
def _keeps_the_entries(text: str) -> bool:
    """Whether the file has the same entries when all headings are levelled."""
    before = parse(text)
    edits = [edit for entry in before.entries if (edit := _edit(text, entry)) is not None]
    after = parse(splice(text, edits))
    return [entry.key for entry in after.entries] == [entry.key for entry in before.entries]
