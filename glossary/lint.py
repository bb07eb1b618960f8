"""What is legal in a glossary but probably not meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from glossary.forms import form_key
from glossary.model import Term


class Hint(NamedTuple):
    """A remark on one line (counted from 1) of a glossary file.

    An `information` asks for nothing; any other hint is worth a change.
    """

    path: str
    line: int
    message: str
    information: bool = False


def lint(files: Iterable[Sequence[Term]]) -> list[Hint]:
    """Hints on these files, each a list of terms in the order of its lines; sorted by path and line."""
    hints: list[Hint] = []
    terms: list[Term] = []
    for file in files:
        hints.extend(_order(file))
        terms.extend(file)
    for term in terms:
        hints.extend(_repeats(term))
        hints.extend(_idle(term))
        hints.extend(_nested(term))
    hints.extend(_shared_abbreviations(term for term in terms if term.status == "approved"))
    return sorted(hints)


def _order(file: Sequence[Term]) -> Iterator[Hint]:
    for before, after in pairwise(file):
        if (after.source.casefold(), after.preferred) < (before.source.casefold(), before.preferred):
            yield Hint(after.path, after.line, (
                f"{after.source!r} stands after {before.source!r}; sort the lines by source, case-folded"
            ))  # fmt: skip


def _repeats(term: Term) -> Iterator[Hint]:
    for cells in (
        {"source": (term.source,), "variants": term.variants},
        {
            "preferred": (term.preferred,), "admitted": term.admitted, "forbidden": term.forbidden,
            "suspect": term.suspect, "not_in": term.not_in,
        },
        {"abbr": term.abbr},
        {"not_source": term.not_source},
    ):  # fmt: skip
        seen: dict[str, str] = {}
        for column, forms in cells.items():
            for form in forms:
                key = form_key(form)
                if key in seen:
                    yield Hint(term.path, term.line, f"{form!r} stands twice ({seen[key]}, {column}); delete one")
                seen.setdefault(key, column)


def _idle(term: Term) -> Iterator[Hint]:
    wrong = (*term.forbidden, *term.suspect)
    for word in term.not_in:
        if not any(form_key(form) in form_key(word) for form in wrong):
            yield Hint(term.path, term.line, (
                f"not_in {word!r} holds no forbidden or suspect form of {term.source!r}; correct it, or delete it"
            ))  # fmt: skip
    if term.not_source and not term.suspect:
        yield Hint(term.path, term.line, "not_source says when a suspect form is right, but suspect is empty")


def _nested(term: Term) -> Iterator[Hint]:
    for form in term.renderings:
        for wrong in term.forbidden:
            if wrong != form and form_key(wrong) in form_key(form) and form not in term.not_in:
                yield Hint(term.path, term.line, (
                    f"{form!r} contains {wrong!r}, which is forbidden: inside it, it is not reported"
                ), information=True)  # fmt: skip


def _shared_abbreviations(terms: Iterable[Term]) -> Iterator[Hint]:
    first: dict[str, Term] = {}
    for term in terms:
        for abbr in term.abbr:
            other = first.setdefault(abbr, term)
            if other is not term:
                yield Hint(term.path, term.line, (
                    f"{abbr} also stands for {other.source!r} ({other.path}:{other.line}): "
                    "it counts only where the source has the term in full"
                ), information=True)  # fmt: skip
