"""The glossary's lines for one entry: what the English holds, and how the Chinese renders it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from checks.gate import Gate
from checks.model import Digest, Entry, Span
from checks.scene import EntryScene, FileScene
from checks.termscene import RIGHT, WRONG, EntryTerms
from glossary import Term


@dataclass(frozen=True, slots=True)
class Rendered:
    """A form that stands in the Chinese; the span is the file's."""

    text: str
    form: str
    """As the glossary writes it."""
    right: bool
    span: Span


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term that the English holds."""

    term: Term
    forms: tuple[Rendered, ...]
    """Where the Chinese renders it, in order."""
    state: Literal["right", "wrong", "missing"]


def terms_of(gate: Gate, digest: Digest, entry: Entry) -> EntryTerms:
    """What the glossary finds in an entry."""
    return EntryScene(FileScene(digest, gate.bench(digest.path).context), entry).terms


def term_lines(gate: Gate, digest: Digest, entry: Entry) -> list[TermLine]:
    """The lines of an entry, in the order in which the English holds the terms."""
    terms = terms_of(gate, digest, entry)
    held = {use.use.term.source: use.use.term for use in (*terms.heading_uses, *terms.abstract_uses)}
    rendered = frozenset[str]().union(*(terms.rendered(scene, terms.held) for scene in terms.fields))
    return [_line(term, tuple(forms_of(terms, source)), source in rendered) for source, term in held.items()]


def forms_of(terms: EntryTerms, source: str) -> Iterator[Rendered]:
    """The forms of a term that stand in the Chinese."""
    for found in terms.found:
        if found.use.term.source == source and found.use.role in RIGHT | WRONG:
            yield Rendered(found.text, found.use.form, found.use.role in RIGHT, found.span)


def _line(term: Term, forms: tuple[Rendered, ...], rendered: bool) -> TermLine:
    if any(not form.right for form in forms):
        return TermLine(term, forms, "wrong")
    return TermLine(term, forms, "right" if forms or rendered else "missing")
