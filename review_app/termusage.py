"""How a term is used in the digests in hand: how often, rendered how, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from checks.gate import Gate
from checks.impact import Touch
from checks.model import Digest, Entry
from checks.scene import Corpus, EntryScene, FileScene
from checks.termscene import RIGHT, WRONG, Found
from checks.text import LineIndex
from checks.verdict import FileReport
from glossary import Glossary, Term

EXAMPLES: Final = 3
"""How many places are kept for each form."""
NO_FORM: Final = ("none", "")
_AROUND: Final = 36
"""Characters shown on either side of a form."""


class Example(NamedTuple):
    """A place in a digest; ``start`` and ``end`` are offsets of ``text``, which is cut out of it."""

    path: str
    line: int
    entry: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Usage:
    """A term in the papers in hand."""

    papers: int = 0
    """How many hold its English."""
    forms: Counter[tuple[str, str]] = field(default_factory=Counter)
    """In how many papers each form stands (role, form); ``NO_FORM`` where the English has the term and nothing does."""
    examples: dict[tuple[str, str], list[Example]] = field(default_factory=dict)


def usage_of(term: Term, gate: Gate, files: Iterable[FileReport]) -> Usage:
    """The uses of a term; one that is not in force is looked for by itself."""
    known = gate.glossary.get(term.source)
    glossary = gate.glossary if known == term else Glossary.of([term._replace(status="approved")])
    context = gate.context._replace(glossary=glossary, corpus=Corpus())
    touch, used = Touch([term]), Usage()
    for report in files:
        digest = report.digest
        held = [entry for entry in digest.entries if touch(digest, entry, gate.sources)]
        if held:
            file, lines = FileScene(digest, context), LineIndex(digest.text)
            for entry in held:
                _count(used, term, EntryScene(file, entry), digest, lines)
    return used


def _count(used: Usage, term: Term, scene: EntryScene, digest: Digest, lines: LineIndex) -> None:
    terms = scene.terms
    held = term.source in terms.heading_held or term.source in terms.abstract_held
    used.papers += held
    places: dict[tuple[str, str], Found] = {}
    for found in terms.found:
        if found.use.term.source == term.source and found.use.role in RIGHT | WRONG | {"english"}:
            places.setdefault((found.use.role, found.use.form), found)
    # The English in brackets behind a form explains it, and is no rendering of its own.
    if any(role != "english" for role, _ in places):
        places = {form: found for form, found in places.items() if form[0] != "english"}
    used.forms.update(list(places) or ([NO_FORM] if held else []))
    for form, found in places.items():
        kept = used.examples.setdefault(form, [])
        if len(kept) < EXAMPLES:
            kept.append(_example(scene.entry, *found.span, digest, lines))
    if held and not places and scene.entry.body is not None:
        kept = used.examples.setdefault(NO_FORM, [])
        if len(kept) < EXAMPLES:
            start = scene.entry.body.span.start
            kept.append(_example(scene.entry, start, start, digest, lines))


def _example(entry: Entry, start: int, end: int, digest: Digest, lines: LineIndex) -> Example:
    begin = max(digest.text.rfind("\n", 0, start) + 1, start - _AROUND)
    stop = digest.text.find("\n", end)
    stop = min(len(digest.text) if stop < 0 else stop, end + _AROUND)
    text = digest.text[begin:stop]
    return Example(digest.path, lines.place(start)[0], entry.key, text, start - begin, end - begin)
