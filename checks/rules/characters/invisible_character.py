"""A character that nobody sees, or a space that is none of the keyboard's.

**What.** A zero-width space or a soft hyphen splits a word for search and for every rule; a bidirectional control may
show a text in another order than it is stored; a non-breaking, ideographic or thin space looks like a space and is
not found as one. They come in by copying from web pages and PDF files.

**Flagged.** Zero-width characters (U+200B, U+2060, U+FEFF inside the file), soft hyphens, control characters,
bidirectional controls, non-breaking and other special spaces, ideographic spaces (U+3000, as in 　　本文), line
separators (U+2028), a tab inside a sentence. Adjacent ones are one finding, which names the code point.

**Clean.** What joins emoji (👩‍💻) or stands in Arabic, Indic and other scripts that need it, the selector behind an
emoji, tabs that indent a line or follow a list mark, what stands in code, math and comments; white space at the end
of a line is DIG010's, a run of ordinary spaces FMT002's.

**Fix.** What has no width goes; between two formulas, or two pieces of code, an ordinary space takes its place, and in
an address, which it may end, the fix is a suggestion. A special space between Han, or between Han and a full-width
mark, goes as well; between words it becomes an ordinary space. In place of a control character inside a Latin word
there may have been letters (an fi lost in a PDF file), and thin spaces may group the digits of a number: there the fix
is a suggestion.

**Norm.** The Unicode Standard, §23.2 (layout controls) and §6.2 (spaces), UAX 9; house style, characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Edit, Field, Fix, Message, Safety, Text
from checks.registry import Entries, Rule
from checks.rules.characters._unseen import NO_WIDTH, SPACES, is_right, may_stand_for_letters, names
from checks.scene import EntryScene, Hit, SegmentScene
from checks.text import CLOSE, CODE, HAN, HTML, LETTER, LIST_MARK, MATH, OPEN, URL, is_han

_CANDIDATE = re.compile(rf"(?P<hidden>[{NO_WIDTH}]+)|[{SPACES}](?:[ \t]*+[{SPACES}])*+|\t")

RULE = Rule(
    code="CHR003",
    name="invisible-character",
    severity="warning",
    mqm="linguistic-conventions/character-encoding",
    summary=Text("An invisible character or a special space", "不可见字符或特殊空格"),
    wake=Entries(where=rf"[{NO_WIDTH}{SPACES}\t]"),
    fix="safe",
)

_FOUND = Text("An invisible character: {names}", "此处有不可见字符：{names}")
_SPACE = Text("Not an ordinary space: {names}", "此处不是普通空格：{names}")
_DELETE = Text("Delete it", "删除")
_ORDINARY = Text("Write an ordinary space", "改为普通空格")

_LINE_END = re.compile(r"\r?(?:\n|\Z)")
_STOPS: Final = "，。、；：！？（）《》〈〉「」『』【】…"
_MARKUP: Final = OPEN + CLOSE
_JOINS = re.compile(r"[A-Za-z0-9._+%/-]")
"""What an address would swallow, or be swallowed by."""
_LATIN = re.compile(f"[{LETTER}0-9{MATH}{CODE}{URL}]")
_GROUP = re.compile(r"\d{3}(?!\d)")
_LISTED = re.compile(rf"[\s\u3000][{HAN}]{{1,4}}$")
_LISTING = re.compile(rf"[{HAN}]{{1,4}}[\s\u3000]")
_PHRASE: Final = 4
"""From so many Han on either side, a space in a title sets two phrases apart."""


def check(entry: EntryScene) -> Iterator[Hit]:
    text, (start, end) = entry.file.text, entry.entry.span
    for found in _CANDIDATE.finditer(text, start, end):
        place = _place(entry, found.start())
        if place is None:
            continue
        if found["hidden"]:
            yield from _hidden(entry, place, found.start(), found.end())
        elif place.field != "link":
            yield from _space(entry, place, found.start(), found.end())


def _place(entry: EntryScene, at: int) -> SegmentScene | None:
    """The field round an offset of the file, the indentation of the abstract among it; None where it is hidden."""
    for scene in entry.segments.values():
        if scene.offset <= at < scene.segment.span.end:
            hidden = scene.masked[at - scene.offset] in (CODE, MATH, HTML)
            return None if hidden else scene
    body = entry.segments.get("body")
    if body is not None and at < body.offset and entry.file.text.find("\n", at, body.offset) < 0:
        return body
    return None


def _hidden(entry: EntryScene, scene: SegmentScene, start: int, end: int) -> Iterator[Hit]:
    text = entry.file.text
    if not is_right(text, start, end):
        # Inside an address it may as well stand where the address should end.
        inside = scene.masked[start - scene.offset] == scene.char(end - scene.offset) == URL
        doubtful = inside or may_stand_for_letters(text, start, end)
        edit = Edit(start, end, " " if _would_join(scene, start - scene.offset, end - scene.offset) else "")
        yield _hit(entry, scene.field, edit, _FOUND, "unsafe" if doubtful else "safe")


def _would_join(scene: SegmentScene, start: int, end: int) -> bool:
    """Whether what stands on both sides would be read otherwise with nothing between."""
    left, right = scene.char(start - 1), scene.char(end)
    if right == URL:
        return _JOINS.match(left) is not None
    if left == MATH and right.isdigit():
        return True
    # Two formulas, two pieces of code, or one and a lone delimiter.
    return left in (MATH, CODE) and (right == left or scene.text[start - 1] == scene.text[end : end + 1])


def _space(entry: EntryScene, scene: SegmentScene, start: int, end: int) -> Iterator[Hit]:
    text = entry.file.text
    new: str
    safety: Safety
    if text[start:end] == "\t" and not _is_lone_tab(text, start):
        return
    while text[start - 1 : start] in (" ", "\t"):
        start -= 1
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    if _LINE_END.match(text, end):
        return
    indents = text[start - 1 : start] in ("", "\n")
    new, safety = ("", "safe") if indents else _wanted(scene, start - scene.offset, end - scene.offset)
    yield _hit(entry, scene.field, Edit(start, end, new), _SPACE, safety)


def _is_lone_tab(text: str, at: int) -> bool:
    """Whether a tab stands in a sentence, where no other rule sees to it."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    beside_other = not before.strip() or not after.strip() or before in "()（）|" or after in "()（）|"
    return not beside_other and not LIST_MARK.search(text, max(0, at - 12), at)


def _wanted(scene: SegmentScene, start: int, end: int) -> tuple[str, Safety]:
    """What stands instead of a space between two characters of a line."""
    masked = scene.masked
    left, right = scene.char(start - 1), scene.char(end)
    if _GROUP.match(masked, end) and left.isdigit() and end == start + 1 and masked[start] not in "\t\u3000":
        return "", "unsafe"
    if left in _MARKUP or right in _MARKUP:
        # Beside a mark of emphasis the space may be what makes Markdown see it.
        return " ", "safe"
    if is_han(left) and is_han(right):
        return (" " if _sets_apart(scene, start, end) else ""), "safe"
    if is_han(left) or is_han(right):
        other = right if is_han(left) else left
        glued = other in _STOPS or (scene.style.spacing == "none" and _LATIN.match(other) is not None)
        return ("" if glued else " "), "safe"
    both_marks = left in _STOPS or right in _STOPS
    return ("" if both_marks and left != URL else " "), "safe"


def _sets_apart(scene: SegmentScene, start: int, end: int) -> bool:
    """Whether a space between Han parts two phrases of a title, or the items of a list."""
    masked = scene.masked
    if scene.field == "title":
        return all(is_han(char) for char in masked[max(0, start - _PHRASE) : start] + masked[end : end + _PHRASE])
    listed = _LISTED.search(masked, max(0, start - 6), start) or _LISTING.match(masked, end, end + 6)
    return listed is not None


def _hit(entry: EntryScene, field: Field, edit: Edit, said: Text, safety: Safety) -> Hit:
    """A finding about what an edit replaces, with the characters on both sides."""
    text, (first, last) = entry.file.text, entry.entry.span
    start, end, new = edit
    before = start - (start > first and not text[start - 1].isspace())
    after = end + (end < last and not text[end].isspace())
    fix = Fix(Message(_ORDINARY if new else _DELETE), safety, (edit,))
    return entry.hit(field, before, after, said, fixes=(fix,), names=names(text[start:end]))
