"""What stands at a place of a digest: the entry, and the terms of its glossary there."""

from __future__ import annotations

from collections.abc import Iterator

from checks.gate import Gate
from checks.model import Digest, Segment, Span
from checks.scene import EntryScene, FileScene
from glossary import Match, Term
from glossary.records import NamedTuple


class Place(NamedTuple):
    """A place in a field of an entry."""

    scene: EntryScene
    segment: Segment
    offset: int
    """In the file."""


class Standing(NamedTuple):
    """A term at a place, in the span of the file that one of its forms takes."""

    span: Span
    term: Term


def place_at(gate: Gate, digest: Digest, offset: int) -> Place | None:
    """The place at an offset of the file; None between the fields."""
    for entry in digest.entries:
        if entry.span.start <= offset <= entry.span.end:
            for segment in entry.segments():
                if segment.span.start <= offset <= segment.span.end:
                    scene = EntryScene(FileScene(digest, gate.bench(digest.path).context), entry)
                    return Place(scene, segment, offset)
    return None


def terms_at(place: Place) -> list[Standing]:
    """The terms whose forms stand at a place, English or Chinese, right or wrong; each once."""
    found: dict[str, Standing] = {}
    start = place.segment.span.start
    for match in _matches(place):
        if start + match.start <= place.offset <= start + match.end:
            for use in match.uses:
                if use.role != "innocent":
                    span = Span(start + match.start, start + match.end)
                    found.setdefault(use.term.source, Standing(span, use.term))
    return list(found.values())


def _matches(place: Place) -> Iterator[Match]:
    terms = place.scene.terms
    scene = place.scene.segments.get(place.segment.field)
    if place.segment.field == "heading":
        yield from terms.matcher.source(place.segment.masked, terms.english)
    elif scene is not None and scene in terms.fields:
        yield from terms.scan(scene).matches
