"""Blank lines where the parts of an entry meet.

Exactly one blank line stands between the link line and the abstract, between paragraphs and between
entries. Without one, Markdown joins the link and the abstract into a single paragraph, or a heading
to the text above it; more than one means nothing and makes every later comparison of the file
noisier. Between the heading and the link line there may be one or none.

Flagged: an abstract on the link line itself, or on the very next line; two blank lines::

    ## A Study of Things
    [关于事物的研究](https://arxiv.org/abs/2504.00001)
    本文研究事物。


    ## Another Study

Clean::

    ## A Study of Things
    [关于事物的研究](https://arxiv.org/abs/2504.00001)

    本文研究事物。

    ## Another Study

Each place is one finding; its quote is the characters on both sides. The fix leaves exactly one
blank line and keeps the kind of line feed that the file uses. A comment may stand directly above
what it speaks of. Blank lines in code, in comments, before the first entry and at the end of the
file are none of this rule's business (the last are DIG011's).

Norm: the house style, "Entry"; CommonMark, "Blank lines" and "Paragraphs".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.model import Edit, Field, Fix, Message, Span, Text
from checks.registry import Entries, Rule
from checks.scene import EntryScene, Hit
from checks.text import HTML, has_han, mask

RULE = Rule(
    code="DIG005",
    name="layout",
    severity="warning",
    mqm="design-and-markup/layout",
    summary=Text("Too few or too many blank lines", "空行过少或过多"),
    wake=Entries(),
    fix="safe",
)

_GLUED = Text("The abstract stands on the link line: put a blank line between them", "摘要与链接同行：请用空行隔开")
_BEFORE_BODY = Text("A blank line is missing between the link and the abstract", "链接行与摘要之间缺少空行")
_BEFORE_ENTRY = Text("A blank line is missing before the next entry", "下一条目之前缺少空行")
_TOO_MANY = Text("More than one blank line", "空行多于一行")
_INSERT = Text("Insert a blank line", "插入空行")
_REDUCE = Text("Leave one blank line", "只留一个空行")

_EXTRA = re.compile(r"\n([^\S\n]*\n)(?:[^\S\n]*\n)+(?=[^\S\n]*\S)")
_BLANK = re.compile(r"\n[^\S\n]*\n")


def check(scene: EntryScene) -> Iterator[Hit]:
    yield from _too_many(scene)
    yield from _before_body(scene)
    yield from _before_next(scene)


def _too_many(scene: EntryScene) -> Iterator[Hit]:
    text, entry = scene.file.text, scene.entry
    masked = ""
    at = entry.span.start
    # The character that follows the blank lines may be the first of the next entry. Behind the last, each of many blank
    # lines would be gone through to the end.
    last = at + len(text[at : entry.span.end + 1].rstrip())
    while found := _EXTRA.search(text, at, last):
        at = found.end()
        # Masking is dear, and seldom needed.
        masked = masked or mask(text[entry.span.start : entry.span.end])
        if masked[found.start() - entry.span.start] != "\n":
            continue
        edit = Edit(found.end(1), found.end(), "")
        yield _hit(scene, Span(*found.span()), _TOO_MANY, edit)


def _before_body(scene: EntryScene) -> Iterator[Hit]:
    text, entry = scene.file.text, scene.entry
    if entry.body is None or entry.link_line is None:
        return
    start = entry.body.span.start
    if start < entry.link_line.end:
        end_of_link = entry.link_line.start + len(text[entry.link_line.start : start].rstrip(" \t"))
        # A lone mark after the link is a slip, not an abstract to be moved.
        tail = text[start : entry.link_line.end]
        edit = Edit(end_of_link, start, _line_feed(scene) * 2) if has_han(tail) or tail[:1].isalnum() else None
        yield _hit(scene, Span(end_of_link, start), _GLUED, edit)
    elif not _BLANK.search(text, entry.link_line.end, start):
        at = entry.link_line.end + 1
        yield _hit(scene, Span(entry.link_line.end, at), _BEFORE_BODY, Edit(at, at, _line_feed(scene)))


def _before_next(scene: EntryScene) -> Iterator[Hit]:
    text, entry = scene.file.text, scene.entry
    if entry.span.end == len(text):
        return
    parts = (entry.heading.span, entry.link_line, entry.body.span if entry.body else None)
    last = max(part.end for part in parts if part is not None)
    last = text.find("\n", last)
    # Below the abstract there may be comments; a section of the file is DIG012's.
    only_comments = not mask(text[last : entry.span.end]).strip(HTML + " \t\r\n")
    if only_comments and not _BLANK.search(text, last, entry.span.end):
        # At the end of the line, clear of the next heading, so that DIG001's fix there need not wait.
        at = last - 1 if text[last - 1] == "\r" else last
        yield _hit(scene, Span(last, last + 1), _BEFORE_ENTRY, Edit(at, at, _line_feed(scene)))


def _line_feed(scene: EntryScene) -> str:
    """The one that ends the heading's line."""
    at = scene.file.text.find("\n", scene.entry.span.start)
    return "\r\n" if at > 0 and scene.file.text[at - 1] == "\r" else "\n"


def _hit(scene: EntryScene, gap: Span, message: Text, edit: Edit | None) -> Hit:
    """A finding about white space, with the characters on both sides."""
    text, entry = scene.file.text, scene.entry
    start, end = gap
    while text[start - 1].isspace():
        start -= 1
    while text[end].isspace():
        end += 1
    field: Field = "heading"
    if entry.body is not None and end > entry.body.span.start:
        field = "body"
    elif entry.link_line is not None and end >= entry.link_line.start:
        field = "link"
    title = Message(_INSERT if edit is not None and edit.text else _REDUCE)
    fixes = (Fix(title, "safe", (edit,)),) if edit is not None else ()
    return scene.hit(field, start - 1, end + 1, message, fixes=fixes)
