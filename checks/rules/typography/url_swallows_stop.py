"""A bare address runs into the Chinese text behind it.

An address without brackets ends, for a renderer, at the next white space or `<`. GitHub's renderer (cmark-gfm)
takes whatever else follows into the link, full-width stops and Han included, and leaves out only half-width
marks at the very end; markdown-it and its kin do nearly the same. The reader clicks on an address that does
not exist.

**Flagged.** `代码见 https://example.org/r1。`, `在https://example.org/r1上开源`, `(https://example.org/r1)，并`.

**Clean.** `<https://example.org/r1>。`, `[代码](https://example.org/r1)。`, an address in code, one before a space or
at the end of a line, `https://example.org/r1, and`, an address without `https://` or `www.`, which is no link.

**Fix.** `<https://example.org/r1>`, a suggestion: it is right wherever the address ends where it seems to.

**Norm.** GFM §6.9, autolinks (extension); CommonMark §6.5, autolinks; house style, last paragraph on punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.model import Fix, Text
from checks.registry import Rule, Segments
from checks.scene import Hit, SegmentScene
from checks.text import URL

RULE = Rule(
    code="FMT022",
    name="url-swallows-stop",
    severity="info",
    mqm="design-and-markup/link",
    summary=Text(en="A bare address runs into the text behind it", zh="裸网址与其后的文字或标点相连"),
    wake=Segments(URL),
    fix="unsafe",
)

_FOUND = Text(
    en="A renderer may take “{swallowed}” into this address: set it in <…>",
    zh="“{swallowed}”可能被渲染器当作网址的一部分，可将网址放入 <…>",
)
_TITLE = Text(en="Set the address in <…>", zh="将网址放入 <…>")

_ADDRESS = re.compile(f"{URL}+")
_LINKED = re.compile(r"(?:https?://|ftp://|www\.)[A-Za-z0-9]", re.IGNORECASE)
_BEHIND = re.compile(r"(?!\]\()[^\s<\u0080-\U0010ffff]{0,200}[^\s<\x00-\x7f]")
"""Up to the first wide character: half-width marks alone are no part of the address, and `](` ends a link text."""
_ENCLOSED = ("<", "{")
"""Set off already, or the argument of a LaTeX command, which is FMT017's."""
_LONGEST_SHOWN = 8


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    text = scene.text
    for address in _ADDRESS.finditer(scene.masked):
        start, end = address.span()
        behind = _BEHIND.match(text, end)
        if behind is None or not _LINKED.match(text, start) or text[start - 1 : start] in _ENCLOSED:
            continue
        fixes: tuple[Fix, ...] = ()
        # What a LaTeX command left inside the address (…{…}) is nothing to be set in brackets.
        if "{" not in text[start:end]:
            # In <…> there must be a scheme.
            opening = "<https://" if text[start : start + 4].lower() == "www." else "<"
            fixes = (scene.fix(_TITLE, "unsafe", (start, start, opening), (end, end, ">")),)
        swallowed = text[end : end + _LONGEST_SHOWN].split()[0]
        yield scene.hit(start, behind.end(), _FOUND, fixes=fixes, swallowed=swallowed)
