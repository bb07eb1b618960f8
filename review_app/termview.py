"""What the glossary page shows of where somebody stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from glossary import Term
from review_app.termbase import Concept
from review_app.termchange import Change
from review_app.termfaults import Fault
from review_app.termwork import Preview
from review_app.view import Notice


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is open: what it began with, and what was wrong with what it sent."""

    concept: Concept | None
    """None for a new term."""
    term: Term
    opening: int
    faults: tuple[Fault, ...] = ()
    theirs: tuple[Term, ...] | None = None
    """The rows that others have put there since it was opened; the next save takes their place."""
    offers: tuple[str, ...] = ()
    """What the other side of a selection may be."""

    def is_of(self, concept: Concept | None) -> bool:
        """Whether the address still speaks of the form's term; a form of a new term is of any."""
        if self.concept is None:
            return True
        return concept is not None and self.concept.shown.source == concept.shown.source


@dataclass(frozen=True, slots=True)
class View:
    """What is to be shown."""

    rows: list[Concept]
    index: int
    concept: Concept | None
    form: Form | None
    notice: Notice | None
    asked: Change | None = None
    """A change whose effect somebody wants to see."""
    seen: Preview | str | None = None
    """That effect, once it is known, or why it cannot be."""
    actions: frozenset[str] = field(default_factory=frozenset)
