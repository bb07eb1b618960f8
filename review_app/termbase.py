"""The terms of all layers, as the glossary page lists them: one concept a source, found by any of its forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, NamedTuple

from checks.settings import Settings
from glossary import GlossaryError, Term, shipped
from glossary.files import read_layer
from glossary.model import Status
from glossary.remote import local

LayerName = Literal["shipped", "project", "paths", "option"]
LAYERS: Final[tuple[LayerName, ...]] = ("shipped", "project", "paths", "option")
"""From the lowest to the highest; ``paths`` are the layers of single digests, ``option`` is the command line's."""
FACETS: Final = ("status", "policy", "domain", "layer")


class Line(NamedTuple):
    """A row of a file, and the layer that the file belongs to."""

    layer: LayerName
    term: Term


@dataclass(frozen=True)
class Concept:
    """What all layers say of one source, from the lowest to the highest."""

    lines: tuple[Line, ...]

    @cached_property
    def active(self) -> Line | None:
        """The line in force for most digests; None where there is none, or a deprecated one took it away."""
        decided = [line for line in self.lines if line.term.status != "proposed" and line.layer != "paths"]
        return decided[-1] if decided and decided[-1].term.status == "approved" else None

    @cached_property
    def proposal(self) -> Line | None:
        """The line that is only proposed, unless a higher layer has decided."""
        last: Line | None = None
        for line in self.lines:
            if line.term.status == "proposed":
                last = line
            elif line.layer != "paths" and last is not None and last.layer != line.layer:
                last = None
        return last

    @property
    def shown(self) -> Term:
        """The term that stands for the concept in a list."""
        return (self.active or self.proposal or self.lines[-1]).term

    @property
    def status(self) -> Status:
        """What holds now: a term in force is approved, whatever is proposed beside it."""
        return "approved" if self.active else "proposed" if self.proposal else "deprecated"

    def own(self) -> list[Term]:
        """The rows of the project."""
        return [line.term for line in self.lines if line.layer == "project"]

    @cached_property
    def facets(self) -> dict[str, frozenset[str]]:
        """The values by which filters let it through."""
        terms = [line.term for line in self.lines]
        return {
            "status": frozenset({self.status, *(["proposed"] if self.proposal else [])}),
            "policy": frozenset({str(self.shown.policy)}),
            "domain": frozenset(term.domain for term in terms if term.domain),
            "layer": frozenset(line.layer for line in self.lines),
        }

    @cached_property
    def hay(self) -> str:
        """Every form in every layer, each on a line of its own, with a line break before and behind."""
        forms = dict.fromkeys(form.casefold() for line in self.lines for form in forms_of(line.term))
        return "\n" + "\n".join(forms) + "\n"


class Termbase:
    """The concepts by case-folded source, in its order.

    Raises :class:`GlossaryError` where a file cannot be used, unless a layer with such a file may be ``lacking``.
    """

    def __init__(self, settings: Settings, *, lacking: bool = False) -> None:
        lines: dict[str, list[Line]] = {}
        for layer, paths in _layers(settings):
            try:
                terms = read_layer(paths)
            except GlossaryError:
                if not lacking:
                    raise
                continue
            for (key, _), term in terms.items():
                lines.setdefault(key, []).append(Line(layer, term))
        self.concepts = {key: Concept(tuple(lines[key])) for key in sorted(lines)}

    def get(self, source: str) -> Concept | None:
        """The concept of a source, in any case."""
        return self.concepts.get(source.casefold())

    def search(self, wanted: str, filters: dict[str, str]) -> list[Concept]:
        """The concepts with a form that holds the words, the closest first, as far as the filters let them through."""
        chosen = {name: value for name, value in filters.items() if value}
        found = [
            concept
            for concept in self.concepts.values()
            if all(value in concept.facets[name] for name, value in chosen.items())
        ]
        words = " ".join(wanted.casefold().split())
        if not words:
            return found
        hits = [concept for concept in found if words in concept.hay]
        return sorted(hits, key=lambda concept: (f"\n{words}\n" not in concept.hay, f"\n{words}" not in concept.hay))

    @cached_property
    def values(self) -> dict[str, list[tuple[str, int]]]:
        """The values of each facet that occur, with how many concepts have each."""
        counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for concept in self.concepts.values():
            for name in FACETS:
                for value in concept.facets[name]:
                    counts[name][value] = counts[name].get(value, 0) + 1
        return {name: sorted(found.items()) for name, found in counts.items()}


def forms_of(term: Term) -> Iterator[str]:
    """Every form of a term, on both sides."""
    yield term.source
    yield from term.abbr
    yield from term.variants
    yield from term.renderings
    yield from term.forbidden
    yield from term.suspect


def _layers(settings: Settings) -> Iterator[tuple[LayerName, Sequence[Path]]]:
    yield "shipped", shipped()
    yield "project", settings.glossary
    for table in settings.paths:
        yield "paths", table.values.get("glossary", ())
    yield "option", local(settings.extra_glossary)
