"""Is this the same finding after an edit?

A finding is known by its entry, field, code, term and normalised quote. Where several agree in
these, eight normalised characters on either side tell them apart, and ``nth`` counts those that
agree even there. Line numbers and offsets play no part, so a finding stays itself through edits
elsewhere, moves and renames. Normalised is NFKC, case-folded, without white space.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, Protocol, TypeVar

from checks.digest import normalise
from checks.instructions import LONGEST_SUPPRESSION, SUPPRESSION, has_suppression
from checks.model import Digest, Field, Finding, Segment
from glossary.hashes import blake2b
from glossary.records import NamedTuple

CONTEXT: Final = 8
"""Normalised characters kept on either side."""
_WINDOW: Final = 64
"""Characters looked at to get them: white space falls away."""
_NEAR: Final = 16
"""So few are mostly enough."""
_PARTS = re.compile(r"[!-~\u4e00-\u9fa5]")
"""What no normalisation joins to what stands before it, so that a text may be parted there."""
_FINGERPRINT_DIGITS: Final = 32


class Key(NamedTuple):
    """What two findings share that can be the same; the quote is normalised."""

    entry: str | None
    field: Field
    code: str
    term: str | None
    quote: str


class Known(Protocol):
    """What identity needs of a stored decision."""

    @property
    def key(self) -> Key: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...
    @property
    def nth(self) -> int: ...


_ESCAPES: Final = {
    **{code: f"\\u{code:04x}" for code in range(32)},
    **{ord(char): f"\\{letter}" for char, letter in zip('"\\\b\t\n\f\r', '"\\btnfr', strict=True)},
}
"""Of a string in JSON: the module of that name would cost the gate a tenth of what it needs to start."""
_name = lru_cache(maxsize=1024)(normalise)
"""Of entries, fields, codes and terms, which come again and again."""

K = TypeVar("K", bound=Known)


def key_of(finding: Finding) -> Key:
    """The key of a finding."""
    return Key(finding.entry, finding.field, finding.code, finding.term, normalise(finding.quote))


def fingerprint(finding: Finding) -> str:
    """The first 32 hex digits of blake2b over the normalised identity, as a UTF-8 JSON array."""
    return _fingerprint(key_of(finding), finding.before, finding.after, finding.nth)


def _fingerprint(key: Key, before: str, after: str, nth: int) -> str:
    names = [_name(name) if name is not None else None for name in key[:4]]
    strings = ",".join(map(quoted, (*names, key.quote, normalise(before), normalise(after))))
    return blake2b(f"[{strings},{nth}]".encode("utf-8", "surrogatepass")).hexdigest()[:_FINGERPRINT_DIGITS]


def quoted(text: str | None) -> str:
    """A string, or null, in JSON, its characters as they are where they may be."""
    if text is None:
        return "null"
    return f'"{text}"' if text.isalnum() else f'"{text.translate(_ESCAPES)}"'


def identified(findings: Iterable[Finding], digest: Digest) -> tuple[Finding, ...]:
    """The findings of one digest, in order, with context, ``nth`` and fingerprint filled in."""
    segments = sorted((s for entry in digest.entries for s in entry.segments()), key=lambda s: s.span)
    seen: defaultdict[tuple[Key, str, str], int] = defaultdict(int)
    marked = has_suppression(digest.text)
    result: list[Finding] = []
    at = 0
    for finding in sorted(findings, key=lambda f: (f.span.start, f.span.end, f.code)):
        while at < len(segments) and segments[at].span.end < finding.span.start:
            at += 1
        before, after = _context(finding, segments[at : at + 4], digest, marked=marked)
        key = key_of(finding)
        nth = seen[key, before, after]
        seen[key, before, after] += 1
        known_by = _fingerprint(key, before, after, nth)
        result.append(finding._replace(before=before, after=after, nth=nth, fingerprint=known_by))
    return tuple(result)


def _context(finding: Finding, nearby: Sequence[Segment], digest: Digest, *, marked: bool) -> tuple[str, str]:
    """The normalised neighbourhood within the field; of a finding about a whole field, nothing."""
    start, end = finding.span
    own = (s for s in nearby if s.field == finding.field and s.span.start <= start and end <= s.span.end)
    segment = next(own, None)
    text, offset = (segment.text, segment.span.start) if segment is not None else (digest.text, 0)
    start, end = start - offset, end - offset
    if marked:
        # Whoever silences a rule changes nobody's neighbourhood.
        wide = _WINDOW + LONGEST_SUPPRESSION
        left, right = text[max(0, start - wide) : start], text[end : end + wide]
        left, right = SUPPRESSION.sub("", left)[-_WINDOW:], SUPPRESSION.sub("", right)[:_WINDOW]
        return normalise(left)[-CONTEXT:], normalise(right)[:CONTEXT]
    return _before(text, start), _after(text, end)


def _before(text: str, end: int) -> str:
    near = normalise(text[end - _NEAR : end]) if end > _NEAR and _PARTS.match(text, end - _NEAR) else ""
    return (near if len(near) >= CONTEXT else normalise(text[max(0, end - _WINDOW) : end]))[-CONTEXT:]


def _after(text: str, start: int) -> str:
    near = normalise(text[start : start + _NEAR]) if _PARTS.match(text, start + _NEAR) else ""
    return (near if len(near) >= CONTEXT else normalise(text[start : start + _WINDOW]))[:CONTEXT]


def match(known: Sequence[K], findings: Sequence[Finding]) -> tuple[dict[int, K], tuple[K, ...]]:
    """Which findings are decided by which records.

    Two tiers. First, both contexts are equal; among several, the same ``nth`` goes first. Then, for
    what is left, one side is equal and exactly one finding is a candidate. Gives the record by the
    index of its finding, and the records that match nothing any more.
    """
    by_key: defaultdict[Key, list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        by_key[key_of(finding)].append(index)
    decided: dict[int, K] = {}
    left = list(known)
    for same in (_same_place, _same_surroundings):
        rest: list[K] = []
        for record in left:
            candidates = (i for i in by_key.get(record.key, ()) if i not in decided)
            place = next((i for i in candidates if same(record, findings[i])), None)
            if place is None:
                rest.append(record)
            else:
                decided[place] = record
        left = rest
    unmatched: list[K] = []
    for record in left:
        half = [i for i in by_key.get(record.key, ()) if i not in decided and _one_side(record, findings[i])]
        if len(half) == 1:
            decided[half[0]] = record
        else:
            unmatched.append(record)
    return decided, tuple(unmatched)


def _same_surroundings(record: Known, finding: Finding) -> bool:
    return record.before == finding.before and record.after == finding.after


def _same_place(record: Known, finding: Finding) -> bool:
    return record.nth == finding.nth and _same_surroundings(record, finding)


def _one_side(record: Known, finding: Finding) -> bool:
    return record.before == finding.before or record.after == finding.after
