"""What a decision becomes in the text as it is now: the new unit, or why there is none.

Nothing here touches a file. :class:`Refused` carries the answer to the editor out of the rewrite,
which then writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from checks.fixing import splice
from checks.model import Digest, Fix, Span
from checks.verdict import FileReport
from review_app import units
from review_app.outcome import Conflict, Editing, Outcome, Shown
from review_app.units import Place

_CONTEXT = 8
"""Characters on either side by which a change is known again."""


class Change(NamedTuple):
    """A unit, where it stands now, and its new text."""

    entry: str | None
    span: Span
    text: str


class Step(NamedTuple):
    """A unit as a decision left it, and as it was before."""

    entry: str | None
    after: str
    before: str
    quote: str


Changer = Callable[[str, FileReport], Change]
"""From the text now and what the gate says of it; raises :class:`Refused`."""


class Refused(Exception):
    """Stops a write."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.kind)
        self.outcome = outcome


def accepting(shown: Shown, fix: Fix) -> Changer:
    """Make a fix of a finding, wherever the finding is now."""

    def change(text: str, report: FileReport) -> Change:
        finding = units.same_finding(shown.finding, report.findings)
        if finding is None:
            raise Refused(vanished(shown, fix, report))
        wanted = units.effect(shown.digest.text, fix)
        same = next((other for other in finding.fixes if units.effect(text, other) == wanted), None)
        if same is None:
            raise Refused(apart(shown, fix, report))
        place = units.place_of_fix(report.digest, finding, same)
        span = units.span_of(report.digest, place) or Span(0, len(text))
        return Change(place.entry, span, _inside(text, span, same))

    return change


def editing(opened: Editing, mine: str) -> Changer:
    """Put an edited text in place of the one it was opened with."""

    def change(text: str, report: FileReport) -> Change:
        found = located(report.digest, opened)
        theirs = text[found[1].start : found[1].end] if found is not None else ""
        merged = units.merge(opened.base, mine, theirs) if found is not None else None
        if found is None or merged is None:
            conflict = Conflict(opened.place, opened.field, opened.base, mine, theirs)
            raise Refused(Outcome("conflict", conflict=conflict))
        unit, region = found
        return Change(opened.place.entry, unit, text[unit.start : region.start] + merged + text[region.end : unit.end])

    return change


def put_back(step: Step, digest: Digest) -> Change:
    """One step back; raises :class:`Refused` where its unit is not as the decision left it."""
    text = digest.text
    spans = [Span(0, len(text))] if step.entry is None else [entry.span for entry in digest.entries]
    same = [span for span in spans if text[span.start : span.end] == step.after]
    if not same and step.entry is not None and step.after and text.count(step.after) == 1:
        # An edit of the raw Markdown may have made two entries of one.
        start = text.index(step.after)
        same = [Span(start, start + len(step.after))]
    if len(same) != 1:
        raise Refused(Outcome("undo-refused", detail=step.quote))
    return Change(step.entry, same[0], step.before)


def located(digest: Digest, opened: Editing) -> tuple[Span, Span] | None:
    """The unit and, within it, the text that an editor has open, as they are now."""
    if opened.place.entry is None:
        whole = Span(0, len(digest.text))
        return whole, whole
    entry = units.entry_at(digest, opened.place)
    if entry is None:
        # Its key may have changed with its link: then its text tells.
        regions = [(other, units.field_span(other, opened.field)) for other in digest.entries]
        text = digest.text
        same = [other for other, span in regions if span is not None and text[span.start : span.end] == opened.base]
        entry = same[0] if len(same) == 1 else None
    region = units.field_span(entry, opened.field) if entry is not None else None
    return (entry.span, region) if entry is not None and region is not None else None


def _inside(text: str, span: Span, fix: Fix) -> str:
    after = splice(text, fix.edits)
    return after[span.start : len(after) - (len(text) - span.end)]


def _sides(shown: Shown, fix: Fix, report: FileReport) -> tuple[Place, str, str, str | None]:
    place = units.place_of_fix(shown.digest, shown.finding, fix)
    then = units.span_of(shown.digest, place) or Span(0, len(shown.digest.text))
    now = units.span_of(report.digest, place)
    base = shown.digest.text[then.start : then.end]
    return (
        place,
        base,
        _inside(shown.digest.text, then, fix),
        (report.digest.text[now.start : now.end] if now else None),
    )


def vanished(shown: Shown, fix: Fix, report: FileReport) -> Outcome:
    """Why a finding is no longer open: decided by somebody, or its text was changed."""
    if units.same_finding(shown.finding, [finding for finding, _ in report.dismissed]) is not None:
        return Outcome("already")
    _, base, _, theirs = _sides(shown, fix, report)
    if theirs is not None and (theirs == base or _made(shown.digest.text, fix, theirs)):
        return Outcome("already")
    return apart(shown, fix, report)


def _made(text: str, fix: Fix, theirs: str) -> bool:
    """Whether somebody has made the same change already, known by what stands round it."""
    for edit in fix.edits:
        before = text[max(0, edit.start - _CONTEXT) : edit.start]
        after = text[edit.end : edit.end + _CONTEXT]
        old = text[edit.start : edit.end]
        if not any(
            a + edit.text + b in theirs and a + old + b not in theirs
            for a, b in ((before, after[:1]), (before[-1:], after))
        ):
            return False
    return True


def apart(shown: Shown, fix: Fix, report: FileReport) -> Outcome:
    """The finding is open, or may be, but its fix is no longer the one that was seen."""
    place, base, mine, theirs = _sides(shown, fix, report)
    return Outcome("conflict", conflict=Conflict(place, None, base, mine, theirs or ""))
