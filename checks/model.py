"""The types that every layer shares: spans, segments, entries, findings, fixes.

Offsets are code points from the start of the decoded file, half-open, unless a name says otherwise.
Everything here is immutable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, Protocol

from glossary.records import NamedTuple, compared_without

Severity = Literal["info", "warning", "error"]
Safety = Literal["safe", "unsafe", "manual"]
Field = Literal["heading", "title", "link", "body", "file"]
Language = Literal["zh", "en"]

SEVERITIES: Final[tuple[Severity, ...]] = ("info", "warning", "error")
"""From the mildest to the worst; ``--fail-on`` compares positions in it."""


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int

    def meets(self, other: Span) -> bool:
        """Whether the two ranges share a character."""
        return self.start < other.end and other.start < self.end


class Segment(NamedTuple):
    """One field of an entry: its place in the file, its text, and the text with protected parts hidden.

    ``masked`` is exactly as long as ``text``; what no rule may touch (URLs, code, math, HTML, link
    targets) is replaced there, character by character, by the placeholders of :mod:`checks.text`.
    """

    field: Field
    span: Span
    text: str
    masked: str


class Entry(NamedTuple):
    """One paper of a digest.

    ``parts`` are adjacent spans that cover the entry from its heading line to the next entry, so
    that joining them gives the entry back unchanged. ``key`` is the arXiv id without its version,
    else ``#`` and twelve hex digits of the normalised heading's hash.
    """

    index: int  # type: ignore[assignment]  # it stands for no method of a tuple that anybody asks an entry for
    span: Span
    parts: tuple[Span, ...]
    key: str
    arxiv_id: str | None
    level: int
    heading: Segment
    title: Segment | None
    link: Segment | None
    link_line: Span | None
    body: Segment | None
    source: SourceText | None = None
    """Its English, where that stands in the file itself."""

    def segments(self) -> Iterator[Segment]:
        """The fields that are there, in the order of the file."""
        for segment in (self.heading, self.title, self.link, self.body):
            if segment is not None:
                yield segment


class Behind(Protocol):
    """The text that the rules read in place of a file, as a digest, and the way from it to the file."""

    @property
    def digest(self) -> Digest: ...
    def finding(self, found: Finding) -> Finding | None:
        """A finding of that digest as one of the file; None where it says nothing of it."""

    def line(self, number: int) -> int:
        """The line of the file for a line of that digest, both 1-based."""


@compared_without(1)
class Digest(NamedTuple):
    """A parsed file: its text, its entries, and the non-blank text that belongs to none of them."""

    path: str
    text: str
    entries: tuple[Entry, ...]
    stray: tuple[Span, ...]
    prelude: Span
    """From the start of the file to the first entry."""
    behind: Behind | None = None
    """Of a bilingual file: what the rules read."""

    def render(self) -> str:
        """The file again, put together from its parts; equal to ``text``."""
        pieces = [self.text[self.prelude.start : self.prelude.end]]
        for entry in self.entries:
            pieces.extend(self.text[start:end] for start, end in entry.parts)
        return "".join(pieces)


class Text(NamedTuple):
    """A message's wording in both languages; ``{name}`` stands for an argument."""

    en: str
    zh: str


NO_ARGUMENTS: Final[Mapping[str, object]] = {}


class Message(NamedTuple):
    """A wording and its arguments, put together only when somebody reads it; an argument may be a message."""

    text: Text
    args: Mapping[str, object] = NO_ARGUMENTS

    def render(self, lang: Language) -> str:
        """The message in the language asked for."""
        template = self.text.zh if lang == "zh" else self.text.en
        args = {name: arg.render(lang) if isinstance(arg, Message) else arg for name, arg in self.args.items()}
        return template.format(**args)


class Edit(NamedTuple):
    """Replace ``[start, end)`` by ``text``; an insertion where both are equal."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """Edits that belong together: all of them are made or none."""

    title: Message
    safety: Safety
    edits: tuple[Edit, ...]


class Related(NamedTuple):
    """Another place that explains a finding."""

    span: Span
    message: Message


class Finding(NamedTuple):
    """A fault of one rule at one place.

    ``before``, ``after`` and ``nth`` tell the finding from others of the same rule and quote; see
    :mod:`checks.identity`, which fills them in and derives ``fingerprint`` from them.
    """

    code: str
    name: str
    severity: Severity
    mqm: str
    path: str
    entry: str | None
    field: Field
    span: Span
    quote: str
    message: Message
    term: str | None = None
    fixes: tuple[Fix, ...] = ()
    related: tuple[Related, ...] = ()
    before: str = ""
    after: str = ""
    nth: int = 0
    fingerprint: str = ""

    def fix(self, *safeties: Safety) -> Fix | None:
        """The first fix of one of these safeties, which is the one a machine would apply."""
        return next((fix for fix in self.fixes if fix.safety in safeties), None)

    def stands_in(self, text: str) -> bool:
        """Whether its quote stands at its span in the text of the file; what is absent is reported at a whole field."""
        return text[self.span.start : self.span.end] == self.quote


class SourceText(NamedTuple):
    """The English of one paper."""

    arxiv_id: str
    title: str
    abstract: str
