"""What accepting many findings of a file makes of its text, at one stroke.

Pure: texts in, texts out. The fixes are found again in the text as it is now, and those that can be
made together are; of the others it is told why they are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from checks.fixing import choose, splice
from checks.identity import match
from checks.model import Edit, Finding, Fix, Span
from checks.verdict import FileReport
from review_app import units
from review_app.alike import usual_fix
from review_app.outcome import Outcome, Shown
from review_app.units import Place
from review_app.writing import Change, apart, vanished

Refusal = tuple[Shown, Outcome]


class Step(NamedTuple):
    """A finding, its unit as the steps before left it, and what accepting it made of that."""

    shown: Shown
    before: str
    change: Change


class Plan(NamedTuple):
    """The new text of a file, the steps that lead there, and the findings that had to wait."""

    text: str
    steps: list[Step]
    refused: list[Refusal]


class _Taken(NamedTuple):
    shown: Shown
    place: Place
    edits: tuple[Edit, ...]


def plan(chosen: Sequence[Shown], text: str, report: FileReport) -> Plan:
    """Accept findings, as they were seen, in a text as it is now, of which ``report`` speaks."""
    open_now, lost = again(chosen, report)
    refused = [(shown, vanished(shown, fix, report)) for shown in lost if (fix := usual_fix(shown.finding))]
    wanted: dict[str, tuple[Shown, Finding, Fix]] = {}
    for shown, finding in open_now:
        seen, fix = usual_fix(shown.finding), usual_fix(finding)
        if seen is None:
            refused.append((shown, Outcome("no-fix")))
        elif fix is None or units.effect(text, fix) != units.effect(shown.digest.text, seen):
            refused.append((shown, apart(shown, seen, report)))
        else:
            wanted[finding.fingerprint] = shown, finding, fix
    taken: list[_Taken] = []
    for finding, fix in choose((finding, fix) for _, finding, fix in wanted.values()):
        shown, _, _ = wanted.pop(finding.fingerprint)
        taken.append(_Taken(shown, units.place_of_fix(report.digest, finding, fix), fix.edits))
    refused += [(shown, Outcome("clash")) for shown, _, _ in wanted.values()]
    return Plan(splice(text, _edits(taken)), _steps(taken, text, report), refused)


def again(chosen: Iterable[Shown], report: FileReport) -> tuple[list[tuple[Shown, Finding]], list[Shown]]:
    """The findings that are still open, as they were seen and as they are now, and those that are not."""
    seen = {units.remembered(shown.finding): shown for shown in chosen}
    found, lost = match(list(seen), report.findings)
    pairs = [(seen[found[number]], report.findings[number]) for number in sorted(found)]
    return pairs, [seen[record] for record in lost]


def _edits(taken: Iterable[_Taken]) -> set[Edit]:
    return {edit for each in taken for edit in each.edits}


def _steps(taken: Sequence[_Taken], text: str, report: FileReport) -> list[Step]:
    """One step after the other, unit by unit; what changes the whole file comes last, as undo takes it back first."""
    whole = Span(0, len(text))
    by_place: dict[Place, list[_Taken]] = {}
    for each in sorted(taken, key=lambda each: each.place.entry is None):
        by_place.setdefault(each.place, []).append(each)
    steps: list[Step] = []
    done: set[Edit] = set()
    for place, fixes in by_place.items():
        span = units.span_of(report.digest, place) or whole
        made = {edit for edit in done if place.entry is None}
        before = _inside(text, span, made)
        for each in fixes:
            made.update(each.edits)
            change = Change(place.entry, span, _inside(text, span, made))
            steps.append(Step(each.shown, before, change))
            before = change.text
        done |= made
    return steps


def _inside(text: str, span: Span, edits: Iterable[Edit]) -> str:
    moved = (Edit(edit.start - span.start, edit.end - span.start, edit.text) for edit in edits)
    return splice(text[span.start : span.end], moved)
