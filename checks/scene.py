"""What a rule sees: a segment, an entry or a file, with what has been worked out about it.

Rules speak in hits. A :class:`SegmentScene` counts offsets from the start of its segment, the way a
rule reads it, and turns them into offsets of the file; entries and files count from the start of
the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from checks.brackets import Brackets, pair_brackets
from checks.model import (
    Digest,
    Edit,
    Entry,
    Field,
    Fix,
    Message,
    Related,
    Safety,
    Segment,
    Severity,
    SourceText,
    Span,
    Text,
)
from checks.profile import Style
from checks.renderings import Renderings
from glossary.records import NamedTuple

if TYPE_CHECKING:
    from checks.alignment import Alignment
    from checks.suppression import Suppression
    from checks.termscene import EntryTerms
    from glossary import Glossary


SegmentEdit = tuple[int, int, str]
"""An edit in offsets of a segment: what it replaces, from start to end, and by what."""


class Hit(NamedTuple):
    """What a rule found; offsets are the file's."""

    field: Field
    span: Span
    message: Message
    quote: str | None = None
    """None: the text of the span."""
    term: str | None = None
    fixes: tuple[Fix, ...] = ()
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    """None: the rule's own."""


class Occurrence(NamedTuple):
    """Where a paper stands: the key of its entry, the file, the line, and where the entry starts in the file."""

    key: str
    path: str
    line: int
    start: int


class Corpus(NamedTuple):
    """What the digests around a file, that file among them, say of its papers and terms."""

    occurrences: Mapping[str, Sequence[Occurrence]] = {}
    """By entry key, the places where a paper stands, in the order of real paths and then of lines."""
    renderings: Renderings = Renderings()
    """How they render what they gloss."""


class Context(NamedTuple):
    """What rules may know besides the file in hand."""

    glossary: Glossary
    sources: Mapping[str, SourceText]
    style: Style = Style()
    corpus: Corpus = Corpus()


class FileScene:
    """One digest."""

    suppressions: tuple[Suppression, ...] = ()
    """The comments that silence rules, each knowing which of its codes did; filled in when all findings are known."""

    def __init__(self, digest: Digest, context: Context) -> None:
        self.digest = digest
        self.context = context
        self.text = digest.text

    @cached_property
    def style(self) -> Style:
        """The profile's choices, and the file's own convention where they ask for that."""
        from checks.conventions import settle

        return settle(self.context.style, self.digest)

    @cached_property
    def entries(self) -> tuple[EntryScene, ...]:
        return tuple(EntryScene(self, entry) for entry in self.digest.entries)

    def hit(
        self,
        start: int,
        end: int,
        text: Text,
        *,
        fixes: tuple[Fix, ...] = (),
        severity: Severity | None = None,
        **args: object,
    ) -> Hit:
        """A finding about the file; offsets of the file."""
        return Hit("file", Span(start, end), Message(text, args), fixes=fixes, severity=severity)


class EntryScene:
    """One entry, its English where known, and its terms."""

    def __init__(self, file: FileScene, entry: Entry) -> None:
        self.file = file
        self.entry = entry
        self.context = file.context
        self.style = file.style

    @cached_property
    def segments(self) -> dict[Field, SegmentScene]:
        return {segment.field: SegmentScene(self, segment) for segment in self.entry.segments()}

    @cached_property
    def source(self) -> SourceText | None:
        """The English title and abstract, where they are known."""
        if self.entry.source is not None:
            return self.entry.source
        number = self.entry.arxiv_id
        return self.context.sources.get(number) if number else None

    @cached_property
    def terms(self) -> EntryTerms:
        """What the glossary finds on both sides."""
        from checks.termscene import EntryTerms

        return EntryTerms(self)

    @cached_property
    def alignment(self) -> Alignment | None:
        """Which clauses of the Chinese abstract translate which English sentence; None where that cannot be told."""
        from checks.alignment import align

        return align(self)

    def text(self, span: Span) -> str:
        """The text of a span of the file."""
        return self.file.text[span.start : span.end]

    def hit(
        self,
        field: Field,
        start: int,
        end: int,
        text: Text,
        *,
        quote: str | None = None,
        term: str | None = None,
        fixes: tuple[Fix, ...] = (),
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
        **args: object,
    ) -> Hit:
        """A finding about the entry; offsets of the file."""
        return Hit(field, Span(start, end), Message(text, args), quote, term, fixes, related, severity)


class SegmentScene:
    """One field of an entry. Offsets that it takes and gives are those of the field."""

    __slots__ = ("__dict__", "entry", "field", "masked", "offset", "segment", "style", "text")

    def __init__(self, entry: EntryScene, segment: Segment) -> None:
        self.entry = entry
        self.segment = segment
        self.field = segment.field
        self.text = segment.text
        self.masked = segment.masked
        self.offset = segment.span.start
        self.style = entry.style

    @cached_property
    def brackets(self) -> Brackets:
        """The bracket pairs of the field, of both widths."""
        return pair_brackets(self.masked)

    def char(self, at: int) -> str:
        """The masked character at an offset, the empty string outside the field."""
        return self.masked[at] if 0 <= at < len(self.masked) else ""

    def hit(
        self,
        start: int,
        end: int,
        text: Text,
        *,
        quote: str | None = None,
        term: str | None = None,
        fixes: tuple[Fix, ...] = (),
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
        **args: object,
    ) -> Hit:
        """A finding at ``[start, end)`` of the field; ``args`` fill the message."""
        span = Span(start + self.offset, end + self.offset)
        return Hit(self.field, span, Message(text, args), quote, term, fixes, related, severity)

    def fix(self, title: Text, safety: Safety, *edits: tuple[int, int, str], **args: object) -> Fix:
        """A fix from edits in offsets of the field."""
        moved = tuple(Edit(start + self.offset, end + self.offset, new) for start, end, new in sorted(edits))
        return Fix(Message(title, args), safety, moved)

    def related(self, start: int, end: int, text: Text, **args: object) -> Related:
        """Another place in the field that explains a finding."""
        return Related(Span(start + self.offset, end + self.offset), Message(text, args))
