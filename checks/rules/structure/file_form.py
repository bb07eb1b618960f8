"""The form of the file: line feeds, the byte order mark, and how it ends.

Git, diff and every tool that reads lines agree on one form of text file: UTF-8 without a byte order
mark, lines that end in a line feed, and exactly one line feed at the end. Another form is no fault
to a reader, but a file that changes from one to the other differs in every line.

**Flagged.** Lines that end in CRLF; a byte order mark; no line feed at the end of the file, or more
than one; a carriage return alone, the line end of another age, which this reader does not take for one.

**Clean.** A file in that form, an empty one (DIG013's).

**Fix.** Each kind of slip is one finding a file, and one fix sets right all of its places. No other
fix changes CRLF in passing: what it inserts ends its lines as the file does. A lone carriage return is
made a line feed only on request, since that may change what is an entry.

**Norm.** The house style, "Entry"; POSIX, "Line" and "Text file"; Unicode, chapter 23.8, for the mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.model import Edit, Fix, Message, Safety, Text
from checks.registry import Files, Rule
from checks.scene import FileScene, Hit

RULE = Rule(
    code="DIG011",
    name="file-form",
    severity="warning",
    mqm="design-and-markup/layout",
    summary=Text(
        "CRLF, a byte order mark, or not exactly one line feed at the end",
        "CRLF 换行、BOM，或文件结尾的换行不是恰好一个",
    ),
    wake=Files(),
    fix="safe",
)

_CRLF = Text("Lines end in CRLF: {count} of them", "行尾为 CRLF，共 {count} 行")
_LONE = Text("Carriage returns without a line feed: {count}", "有 {count} 个单独的回车符，后面没有换行符")
_TO_LF = Text("End all lines in a line feed", "全部改为 LF 换行")
_BOM = Text("The file begins with a byte order mark", "文件以 BOM 开头")
_NO_BOM = Text("Delete the byte order mark", "删除 BOM")
_NO_FINAL = Text("The file does not end in a line feed", "文件结尾缺少换行符")
_ADD_FINAL = Text("Add the line feed", "补上换行符")
_SEVERAL = Text("Blank lines at the end of the file", "文件结尾有多余空行")
_ONE_FINAL = Text("Leave one line feed", "只留一个换行符")

_LONE_RETURN = re.compile(r"\r(?!\n)")
_BYTE_ORDER_MARK = "\ufeff"


def check(scene: FileScene) -> Iterator[Hit]:
    text = scene.text
    if text.startswith(_BYTE_ORDER_MARK):
        yield scene.hit(0, 1, _BOM, fixes=(_fix(_NO_BOM, Edit(0, 1, "")),))
    yield from _returns(scene, [found.start() for found in re.finditer("\r\n", text)], "", _CRLF, "safe")
    yield from _returns(scene, [found.start() for found in _LONE_RETURN.finditer(text)], "\n", _LONE, "unsafe")
    last = len(text.rstrip())
    if last:
        yield from _end(scene, last)


def _returns(scene: FileScene, places: list[int], new: str, said: Text, safety: Safety) -> Iterator[Hit]:
    """One finding at the first of these carriage returns, and one fix for all of them."""
    if places:
        fix = _fix(_TO_LF, *(Edit(at, at + 1, new) for at in places), safety=safety)
        end = places[0] + (1 if new else 2)
        yield scene.hit(max(0, places[0] - 1), end, said, fixes=(fix,), count=len(places))


def _end(scene: FileScene, last: int) -> Iterator[Hit]:
    """What follows the last character that is no white space, which ends at this offset."""
    text = scene.text
    end = text.find("\n", last) + 1
    if not end:
        line_feed = "\r\n" if "\r\n" in text else "\n"
        fix = _fix(_ADD_FINAL, Edit(len(text), len(text), line_feed))
        yield scene.hit(last - 1, len(text), _NO_FINAL, fixes=(fix,))
    elif end < len(text):
        yield scene.hit(last - 1, len(text), _SEVERAL, fixes=(_fix(_ONE_FINAL, Edit(end, len(text), "")),))


def _fix(title: Text, *edits: Edit, safety: Safety = "safe") -> Fix:
    return Fix(Message(title), safety, edits)
