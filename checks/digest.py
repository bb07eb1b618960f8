"""Markdown ⇄ entries.

A digest is a sequence of entries::

    ## English title
    [Chinese title](https://arxiv.org/abs/2504.16084)

    Chinese abstract, one or more paragraphs

The reader takes the shapes that occur in the wild (another heading level, blank lines anywhere or
nowhere, a bare address, another host, no link, no abstract) and never drops anything: what belongs
to no entry is kept in :attr:`Digest.stray`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from checks.model import Digest, Entry, Field, Segment, Span
from checks.text import mask
from glossary.hashes import blake2b
from glossary.records import NamedTuple

_HEADING = re.compile(r"(?P<marks>#{1,6})(?!#)(?P<gap>[ \t]*)(?P<rest>.*)")
_ADDRESS_PART: Final = r"\][ \t]*[(（](?P<url>.*?)[)）]"
_LINK_LINE = re.compile(r"[ \t]*\[(?P<title>.*)" + _ADDRESS_PART)
_SHORTEST_LINK_LINE = re.compile(r"[ \t]*\[(?P<title>.*?)" + _ADDRESS_PART)
_BARE_LINK = re.compile(r"[ \t]*<?(?P<url>(?:https?://|www\.|arxiv\.org/)[^\s<>]*)>?[ \t]*\r?$")
_TITLE_ONLY = re.compile(r"[ \t]*\[(?P<title>[^\[\]]+)\][ \t]*\r?$")
_COMMENT_LINE = re.compile(r"[ \t]*<!--.*?-->[ \t]*\r?$")
_ARXIV = re.compile(
    r"(?:https?[:：]/+)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html)/"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?!\d)(?P<version>v\d+)?(?:\.pdf)?",
    re.IGNORECASE,
)
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_KEY_DIGITS: Final = 12


def normalise(text: str) -> str:
    """NFKC, case-folded, without white space: what identity compares."""
    if text.isascii():
        return "".join(text.lower().split())
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def heading_key(heading: str) -> str:
    """The key of an entry without an arXiv id: ``#`` and 12 hex digits of its normalised heading's hash."""
    return "#" + blake2b(normalise(heading).encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_DIGITS]


def arxiv_id(url: str) -> str | None:
    """The arXiv id, without version, that an address names."""
    found = _ARXIV.match(url.strip())
    return found["id"] if found else None


class _Line(NamedTuple):
    start: int
    end: int
    """Where its text ends, before the line feed."""
    text: str


class _Head(NamedTuple):
    """A heading line that may begin an entry."""

    line: int
    level: int
    has_link: bool


def parse(text: str, path: str = "<text>") -> Digest:
    """Read a digest. Never fails: any text is a digest, if need be one without entries.

    ``digest.render() == text`` holds for every text.
    """
    lines = _split(text)
    blocks = _Blocks(lines)
    heads = _entry_heads(lines, blocks.hidden)
    entries: list[Entry] = []
    prelude_end = lines[heads[0].line].start if heads else len(text)
    stray = list(_stray_blocks(text, lines, blocks, 0, heads[0].line if heads else len(lines)))
    for index, head in enumerate(heads):
        last = heads[index + 1].line if index + 1 < len(heads) else len(lines)
        reader = _EntryReader(text, lines, blocks, head, last)
        entries.append(reader.read(len(entries)))
        stray.extend(reader.stray)
    return Digest(path=path, text=text, entries=tuple(entries), stray=tuple(stray), prelude=Span(0, prelude_end))


def _split(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        lines.append(_Line(start, end, text[start:end]))
        start = end + 1
    return lines


def _heading_of(line: str) -> tuple[int, str] | None:
    """Level and text of an ATX heading; ``##Title`` without its space counts where a title follows."""
    found = _HEADING.match(line.lstrip("\ufeff"))
    if not found:
        return None
    level, rest = len(found["marks"]), found["rest"]
    content = _trimmed_end(rest)
    if found["gap"] or rest in ("", "\r"):
        return level, _without_closing_marks(content)
    # #hashtag is text; ##Title is a heading that lost its space.
    return (level, content) if level > 1 and not rest[0].isspace() else None


def _trimmed_end(text: str) -> str:
    """A text without the spaces and the carriage return at the end of its line."""
    return text.removesuffix("\r").rstrip(" \t")


def _without_closing_marks(content: str) -> str:
    """``Title ##`` may end with marks as it begins; those of ``C#`` are its own."""
    stem = content.rstrip("#")
    return stem.rstrip(" \t") if stem.endswith((" ", "\t")) else content


def _entry_heads(lines: Sequence[_Line], hidden: set[int]) -> list[_Head]:
    """The headings that begin an entry.

    A heading with a link line below it does. One without does if it has the level that most of
    the linked ones have; else it is a section of the file (fewer ``#``) or of an abstract (more).
    """
    heads: list[_Head] = []
    for number, line in enumerate(lines):
        if number in hidden:
            continue
        heading = _heading_of(line.text) if "#" in line.text[:8] else None
        if heading:
            heads.append(_Head(number, heading[0], _link_below(lines, number)))
    linked = Counter(head.level for head in heads if head.has_link)
    if not linked:
        levels = Counter(head.level for head in heads)
        # A lone heading above deeper ones is the file's own title.
        if len(heads) > 1 and levels[heads[0].level] == 1 and all(head.level > heads[0].level for head in heads[1:]):
            return [head for head in heads[1:] if head.level == heads[1].level]
        return heads
    # Between equals the level of the house style counts.
    usual = max(linked, key=lambda level: (linked[level], level == 2, level))
    return [head for head in heads if head.has_link or head.level == usual]


def _link_below(lines: Sequence[_Line], number: int) -> bool:
    following = _next_filled(lines, number + 1, len(lines))
    if following is None:
        return False
    text = lines[following].text
    link = _link(text)
    return bool(link and _looks_like_address(link["url"])) or bool(_BARE_LINK.match(text))


def _link(text: str, pattern: re.Pattern[str] = _LINK_LINE) -> re.Match[str] | None:
    """The title and the address that a line begins with; what follows them, the match leaves out.

    It is looked for up to the last bracket that could close it, which every bracket before that finds. So none is
    tried in vain, and a line of ``[a](`` without end is read at once.
    """
    return pattern.match(text, 0, max(text.rfind(")"), text.rfind("）")) + 1)


def _looks_like_address(url: str) -> bool:
    return "/" in url or "." in url


def _next_filled(lines: Sequence[_Line], start: int, end: int) -> int | None:
    return next((number for number in range(start, end) if lines[number].text.strip()), None)


class _Blocks:
    """The code fences and the multi-line comments among the lines of a file.

    A fence or comment that would swallow the beginning of an entry is a slip, not a block.
    """

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = lines
        self._unclosed: dict[str, range] = {}
        """By closing mark the lines last searched for it in vain; what opens among them is not closed either."""
        self.hidden = self._hidden()
        """The lines inside blocks, with those that open and close them."""

    def _hidden(self) -> set[int]:
        hidden: set[int] = set()
        number = 0
        while number < len(self._lines):
            end = self.end(number)
            if end is not None:
                hidden.update(range(number, end + 1))
                number = end
            number += 1
        return hidden

    def end(self, start: int) -> int | None:
        """The last line of the fence or comment that opens on a line, or None."""
        text = self._lines[start].text
        fence = _FENCE.match(text)
        if fence:
            closing = fence[1]
        elif text.lstrip().startswith("<!--") and "-->" not in text:
            closing = "-->"
        else:
            return None
        number = start + 1
        if number in self._unclosed.get(closing, ()):
            return None
        while number < len(self._lines):
            line = self._lines[number].text
            if closing in line if closing == "-->" else line.lstrip().startswith(closing):
                return number
            if _heading_of(line) and _link_below(self._lines, number):
                break
            number += 1
        self._unclosed[closing] = range(start + 1, number)
        return None


def _is_blank(text: str) -> bool:
    return not text.replace("\ufeff", "").strip()


def _stray_blocks(text: str, lines: Sequence[_Line], blocks: _Blocks, first: int, last: int) -> Iterator[Span]:
    """Runs of non-blank lines outside entries; comments on lines of their own are not stray."""
    number = first
    while number < last:
        if _is_blank(lines[number].text):
            number += 1
            continue
        end = blocks.end(number)
        opens_comment = end is not None and lines[number].text.lstrip().startswith("<!--")
        is_comment = _COMMENT_LINE.match(lines[number].text) or opens_comment
        if is_comment:
            number = (end if end is not None else number) + 1
            continue
        begin = number
        while number < last and not _is_blank(lines[number].text) and not _COMMENT_LINE.match(lines[number].text):
            number += 1
        raw = text[lines[begin].start : lines[number - 1].end]
        lead = len(raw) - len(raw.lstrip().lstrip("\ufeff").lstrip())
        yield Span(lines[begin].start + lead, lines[begin].start + len(raw.rstrip()))


class _EntryReader:
    """Reads the lines ``[head.line, last)`` of one entry."""

    def __init__(self, text: str, lines: Sequence[_Line], blocks: _Blocks, head: _Head, last: int) -> None:
        self.text = text
        self.lines = lines
        self.blocks = blocks
        self.head = head
        self.last = last
        self.stray: list[Span] = []

    def read(self, index: int) -> Entry:
        head_line = self.lines[self.head.line]
        heading = self._heading(head_line)
        start = head_line.start
        end = self.lines[self.last].start if self.last < len(self.lines) else len(self.text)
        first = _next_filled(self.lines, self.head.line + 1, self.last)
        title: Segment | None = None
        link: Segment | None = None
        link_line: Span | None = None
        body_from = self.head.line + 1
        cuts = [start, min(head_line.end + 1, end)]
        if first is not None:
            title, link, tail = self._link_line(self.lines[first])
            if title is not None or link is not None:
                line = self.lines[first]
                link_line = Span(line.start, line.end)
                body_from = first + 1
                cuts += [line.start, tail if tail is not None else min(line.end + 1, end)]
                body = self._body(tail, body_from)
            else:
                body = self._body(None, body_from)
        else:
            body = None
        if body is not None:
            cuts += [body.span.start, body.span.end]
        cuts.append(end)
        parts = tuple(Span(a, b) for a, b in pairwise(cuts))
        number = arxiv_id(link.text) if link else None
        return Entry(
            index=index,
            span=Span(start, end),
            parts=parts,
            key=number or heading_key(heading.text),
            arxiv_id=number,
            level=self.head.level,
            heading=heading,
            title=title,
            link=link,
            link_line=link_line,
            body=body,
        )

    def _segment(self, field: Field, start: int, end: int) -> Segment:
        text = self.text[start:end]
        return Segment(field, Span(start, end), text, mask(text) if field != "link" else text)

    def _heading(self, line: _Line) -> Segment:
        heading = _heading_of(line.text)
        content = heading[1] if heading else ""
        start = line.start + line.text.index("#") + self.head.level
        at = self.text.find(content, start, line.end) if content else start
        return self._segment("heading", at, at + len(content))

    def _link_line(self, line: _Line) -> tuple[Segment | None, Segment | None, int | None]:
        """Title, link, and where an abstract glued to the link line begins."""
        found = _link(line.text)
        if found and (_looks_like_address(found["url"]) or not found["url"].strip()):
            found = self._widest(line, found)
            title = self._segment("title", line.start + found.start("title"), line.start + found.end("title"))
            link = self._segment("link", line.start + found.start("url"), line.start + found.end("url"))
            # A comment after the link is no abstract.
            glued = _trimmed_end(line.text[found.end() :].lstrip(" \t"))
            is_text = glued and not _COMMENT_LINE.match(glued)
            tail = line.start + line.text.index(glued, found.end()) if is_text else None
            return (title if title.text.strip() else None), (link if link.text.strip() else None), tail
        bare = _BARE_LINK.match(line.text)
        if bare:
            return None, self._segment("link", line.start + bare.start("url"), line.start + bare.end("url")), None
        alone = _TITLE_ONLY.match(line.text)
        if alone:
            title = self._segment("title", line.start + alone.start("title"), line.start + alone.end("title"))
            return title, None, None
        return None, None, None

    @staticmethod
    def _widest(line: _Line, found: re.Match[str]) -> re.Match[str]:
        """The link line with the title's own first ``](``: an abstract glued to the line may hold links."""
        first = line.text.find("](")
        if 0 <= first < found.end("title"):
            short = _LINK_LINE.match(line.text, 0, line.text.find(")", first) + 1)
            if short and _looks_like_address(short["url"]):
                return _link(line.text, _SHORTEST_LINK_LINE) or found
        return found

    def _body(self, glued: int | None, first: int) -> Segment | None:
        """The abstract: from the first filled line to the last, comments at either edge left out."""
        begin, end = first, self.last
        while begin < end and self._is_edge(begin):
            begin += 1
        while end > begin and self._is_edge(end - 1):
            end -= 1
        section = self._section(begin, end)
        if section is not None:
            self.stray.extend(_stray_blocks(self.text, self.lines, self.blocks, section, end))
            end = section
            while end > begin and self._is_edge(end - 1):
                end -= 1
        if glued is not None:
            last = self.lines[end - 1].end if end > begin else self.lines[first - 1].end
            return self._trimmed("body", glued, last)
        if begin >= end:
            return None
        return self._trimmed("body", self.lines[begin].start, self.lines[end - 1].end)

    def _is_edge(self, number: int) -> bool:
        text = self.lines[number].text
        return not text.strip() or _COMMENT_LINE.match(text) is not None

    def _section(self, begin: int, end: int) -> int | None:
        """The first line of a heading with fewer ``#`` than the entry's: it begins a section of the file."""
        for number in range(begin, end):
            if number not in self.blocks.hidden and self.lines[number].text.startswith("#"):
                heading = _heading_of(self.lines[number].text)
                if heading and heading[0] < self.head.level:
                    return number
        return None

    def _trimmed(self, field: Field, start: int, end: int) -> Segment:
        raw = self.text[start:end]
        return self._segment(field, start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()))
