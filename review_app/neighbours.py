"""How the other entries in hand render a term."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from threading import Lock
from time import monotonic
from typing import Final, NamedTuple

from checks.gate import Gate
from checks.model import Digest, Entry
from glossary import Glossary, Term
from glossary.matcher import Matcher
from review_app.reports import Checked
from review_app.termlines import forms_of, terms_of

_KEPT: Final = 4000
"""Answers that are kept, one a term and file."""
_EXAMPLES: Final = 3


_Known = tuple[Digest, Glossary, "tuple[tuple[Example, str, bool], ...]"]


class Example(NamedTuple):
    """An entry that renders the term so."""

    path: str
    entry: str
    heading: str


class Custom(NamedTuple):
    """One rendering: in how many entries, and some of them; the form is empty where none of the glossary stands."""

    form: str
    entries: int
    right: bool
    examples: tuple[Example, ...]


class Customs(NamedTuple):
    """The renderings, and of how many entries in hand that is known."""

    found: tuple[Custom, ...]
    looked: int
    entries: int


class Neighbours:
    """The renderings of terms by file, worked out when they are first asked for. Safe to share between threads."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._lock = Lock()
        self._known: OrderedDict[tuple[str, str], _Known] = OrderedDict()

    def of(self, term: Term, files: Mapping[str, Checked], but: tuple[str, str], seconds: float) -> Customs:
        """The renderings of a term, most frequent first; ``but`` is the path and the key of an entry to leave out.

        Files not known yet are looked through for so many seconds at most, those around that entry first.
        """
        uses: dict[tuple[str, bool], list[Example]] = {}
        looked, until = 0, monotonic() + seconds
        for path in _from(list(files), but[0]):
            digest = files[path].report.digest
            with self._lock:
                if monotonic() > until and not self._knows(term, digest):
                    continue
                found_here = self._in_file(term, digest)
            looked += len(digest.entries)
            for example, form, right in found_here:
                if (example.path, example.entry) != but:
                    uses.setdefault((form, right), []).append(example)
        ordered = sorted(uses.items(), key=lambda use: (-len(use[1]), use[0]))
        found = [Custom(form, len(some), right, tuple(some[:_EXAMPLES])) for (form, right), some in ordered]
        return Customs(tuple(found), looked, sum(len(checked.report.digest.entries) for checked in files.values()))

    def _knows(self, term: Term, digest: Digest) -> bool:
        known = self._known.get((term.source, digest.path))
        return known is not None and known[0] is digest and known[1] is self._gate.glossary

    def _in_file(self, term: Term, digest: Digest) -> tuple[tuple[Example, str, bool], ...]:
        key = (term.source, digest.path)
        if not self._knows(term, digest):
            self._known[key] = (digest, self._gate.glossary, tuple(self._uses(term, digest)))
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return self._known[key][2]

    def _uses(self, term: Term, digest: Digest) -> Iterable[tuple[Example, str, bool]]:
        alone = _matcher(term)
        for entry in digest.entries:
            # One term is found in a fraction of the time that all take.
            if not alone.source(self._english(entry)):
                continue
            terms = terms_of(self._gate, digest, entry)
            if term.source not in terms.held:
                continue
            example = Example(digest.path, entry.key, entry.heading.text)
            forms = {form.form: form.right for form in forms_of(terms, term.source)} or {"": False}
            yield from ((example, form, right) for form, right in forms.items())

    def _english(self, entry: Entry) -> str:
        source = self._gate.sources.get(entry.arxiv_id) if entry.arxiv_id else None
        return f"{entry.heading.text}\n{source.abstract if source is not None else ''}"


def _from(paths: list[str], near: str) -> list[str]:
    """The paths by how far they stand from one of them."""
    at = paths.index(near) if near in paths else 0
    return [paths[number] for number in sorted(range(len(paths)), key=lambda number: abs(number - at))]


@lru_cache(maxsize=64)
def _matcher(term: Term) -> Matcher:
    return Matcher((term,))
