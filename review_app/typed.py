"""What was found in a text that is being typed, as the editor component shows it."""

from __future__ import annotations

from typing import NamedTuple

from checks.model import Finding
from review_app import units
from review_app.outcome import Shown
from review_app.rechecking import Rechecked


class Place(NamedTuple):
    """A finding; ``start`` and ``end`` are offsets of the browser's text in UTF-16 units, None outside the field."""

    finding: Finding
    start: int | None
    end: int | None


class Typed(NamedTuple):
    """What there is to say of it."""

    places: tuple[Place, ...]
    gone: bool
    """Whether the finding that the editor was opened on would be gone."""


def typed(shown: Shown, found: Rechecked) -> Typed:
    """The findings with their places in the text as the browser has it."""
    gone = units.same_finding(shown.finding, found.findings) is None
    return Typed(tuple(_place(finding, found) for finding in found.findings), gone)


def _place(finding: Finding, found: Rechecked) -> Place:
    (start, end), region = finding.span, found.region
    inside = region.start <= start and end <= region.end
    # A finding about something absent spans its field: to mark it all would hide the others.
    if not inside or (start, end) == tuple(region):
        return Place(finding, None, None)
    return Place(finding, utf16(found.text, start - region.start), utf16(found.text, end - region.start))


def utf16(text: str, offset: int) -> int:
    """An offset as the browser counts it: in UTF-16 units, with line feeds alone."""
    return len(units.browser_text(text[:offset]).encode("utf-16-le", "surrogatepass")) // 2
