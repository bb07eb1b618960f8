"""The units that are written: one entry, or the whole file where a finding is about the file.

Everything here is pure: texts in, texts out. :mod:`review_app.service` does the writing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from checks.fixing import compatible, hunk, splice
from checks.identity import Key, key_of, match
from checks.model import Digest, Edit, Entry, Field, Finding, Fix, Span

_LINE_BREAK = re.compile(r"\r\n?")


class Place(NamedTuple):
    """Which unit: an entry by its key and its number among those with the same key, or (None) the file."""

    path: str
    entry: str | None
    nth: int = 0


class Remembered(NamedTuple):
    """A finding as identity needs it."""

    key: Key
    before: str
    after: str
    nth: int


def entry_at(digest: Digest, place: Place) -> Entry | None:
    """The entry of a place, None where it is gone or the place is the file."""
    same = [entry for entry in digest.entries if entry.key == place.entry]
    return same[place.nth] if place.nth < len(same) else None


def span_of(digest: Digest, place: Place) -> Span | None:
    """The span of a place, None where its entry is gone."""
    if place.entry is None:
        return Span(0, len(digest.text))
    entry = entry_at(digest, place)
    return entry.span if entry is not None else None


def place_of(digest: Digest, span: Span) -> Place:
    """The smallest unit that holds a span."""
    seen: dict[str, int] = {}
    for entry in digest.entries:
        nth = seen.get(entry.key, 0)
        seen[entry.key] = nth + 1
        if entry.span.start <= span.start and span.end <= entry.span.end:
            return Place(digest.path, entry.key, nth)
    return Place(digest.path, None)


def place_of_finding(digest: Digest, finding: Finding) -> Place:
    """The unit that an editor of this finding may change: its entry, the file where it is about the file."""
    return Place(digest.path, None) if finding.entry is None else place_of(digest, finding.span)


def place_of_fix(digest: Digest, finding: Finding, fix: Fix) -> Place:
    """The unit that a fix changes."""
    starts = [edit.start for edit in fix.edits]
    ends = [edit.end for edit in fix.edits]
    return place_of(digest, Span(min(finding.span.start, *starts), max(finding.span.end, *ends)))


def field_span(entry: Entry, field: Field | None) -> Span | None:
    """The span of a field in the file; of the whole entry for None."""
    if field is None:
        return entry.span
    return next((segment.span for segment in entry.segments() if segment.field == field), None)


def fields(digest: Digest, place: Place) -> list[Span]:
    """What a change in a unit is shown within: its fields, then the unit, then the file."""
    entry = entry_at(digest, place) if place.entry is not None else None
    spans = [segment.span for segment in entry.segments()] if entry is not None else []
    unit = span_of(digest, place)
    return [*spans, *([unit] if unit is not None else []), Span(0, len(digest.text))]


def dismissible(finding: Finding) -> bool:
    """Whether there is anything to know a finding again by: one about a whole file quotes nothing."""
    return finding.entry is not None or bool(finding.quote)


def remembered(finding: Finding) -> Remembered:
    """A finding as identity compares it."""
    return Remembered(key_of(finding), finding.before, finding.after, finding.nth)


def same_finding(finding: Finding, among: Sequence[Finding]) -> Finding | None:
    """The finding that is the same one in another state of the file."""
    found, _ = match([remembered(finding)], among)
    return among[next(iter(found))] if found else None


def new_findings(old: Sequence[Finding], now: Sequence[Finding]) -> list[Finding]:
    """The findings of ``now`` that none of ``old`` was."""
    known, _ = match([remembered(finding) for finding in old], now)
    return [finding for number, finding in enumerate(now) if number not in known]


def effect(text: str, fix: Fix) -> tuple[tuple[str, str], ...]:
    """What a fix replaces by what: the same fix has the same effect, wherever its place has moved."""
    return tuple((text[edit.start : edit.end], edit.text) for edit in fix.edits)


def merge(base: str, mine: str, theirs: str) -> str | None:
    """Both changes together, or None where they meet."""
    if theirs in (base, mine):
        return mine
    if mine == base:
        return theirs
    ours, others = hunk(base, mine), hunk(base, theirs)
    return splice(base, (ours, others)) if compatible(ours, others) else None


def browser_text(text: str) -> str:
    """A text as a browser's text area hands it back: every line break is a line feed."""
    return _LINE_BREAK.sub("\n", text)


def from_browser(base: str, edited: str) -> str:
    """An edited text with the line breaks of ``base`` again, wherever it was not touched."""
    plain = browser_text(base)
    if plain == base:
        return edited
    change = hunk(plain, edited)
    offsets = [0]
    for char in re.finditer(r"\r\n?|[^\r]", base, re.DOTALL):
        offsets.append(char.end())
    inserted = change.text.replace("\n", "\r\n") if base.count("\r\n") * 2 > base.count("\n") else change.text
    text = splice(base, [Edit(offsets[change.start], offsets[change.end], inserted)])
    # A lone carriage return beside an inserted line feed would make one line break of two.
    return text if browser_text(text) == edited else edited


def can_stand(text: str, *, whole: bool) -> bool:
    """Whether a text can stand in a UTF-8 file, and the ``whole`` of an entry would not vanish with it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text and (not whole or bool(text.strip()))
