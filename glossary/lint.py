"""What is legal in a glossary but probably not meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from glossary.automaton import build
from glossary.forms import form_key, is_han_word
from glossary.model import Term
from glossary.records import NamedTuple
from glossary.segmenter import frequency

_ORDINARY = 10
"""From which frequency on jieba's dictionary has a word for its own sake, not for a rare chance."""


class Hint(NamedTuple):
    """A remark on one line (counted from 1) of a glossary file.

    An `information` asks for nothing; any other hint is worth a change.
    """

    path: str
    line: int
    message: str
    information: bool = False


def lint(files: Iterable[Sequence[Term]], below: Iterable[Term] = ()) -> list[Hint]:
    """Hints on these files, each a list of terms in the order of its lines; sorted by path and line.

    `below` are the terms in force of the layers over which the files are laid.
    """
    hints: list[Hint] = []
    terms: list[Term] = []
    for file in files:
        hints.extend(_order(file))
        terms.extend(file)
    for term in terms:
        hints.extend(_repeats(term))
        hints.extend(_idle(term))
        hints.extend(_nested(term))
        hints.extend(_ordinary(term))
    hints.extend(_contradicted(terms))
    approved = [term for term in terms if term.status == "approved"]
    hints.extend(_inside_others(approved))
    hints.extend(_shared_abbreviations(approved))
    decided = {term.source.casefold() for term in terms if term.status != "proposed"}
    hints.extend(_forbidding(approved, [term for term in below if term.source.casefold() not in decided]))
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


def _ordinary(term: Term) -> Iterator[Hint]:
    if term.status == "deprecated":
        return
    for form in term.forbidden:
        if is_ordinary(form):
            yield Hint(term.path, term.line, (
                f"{form!r} is forbidden, but an ordinary word (frequency {frequency(form)} in jieba's dictionary), "
                "and would be reported in any sense; make it suspect, or list in not_in where it is innocent"
            ))  # fmt: skip


def is_ordinary(form: str) -> bool:
    """Whether a form is a word of everyday language, which no text should be told off for in any sense."""
    return is_han_word(form) and frequency(form) >= _ORDINARY


def _contradicted(terms: Sequence[Term]) -> Iterator[Hint]:
    """What loading lets pass because one of the two terms is not in force yet."""
    live = [term for term in terms if term.status != "deprecated"]
    right: dict[str, list[Term]] = {}
    for term in live:
        for form in term.renderings:
            right.setdefault(form_key(form), []).append(term)
    for term in live:
        for form in term.forbidden:
            for other in right.get(form_key(form), ()):
                if "proposed" in (term.status, other.status) and (other is term or not _same_source(term, other)):
                    yield Hint(term.path, term.line, (
                        f"{form!r} is forbidden for {term.source!r} but right for {other.source!r} "
                        f"({other.path}:{other.line}); settle it before both are approved"
                    ))  # fmt: skip


def _forbidding(terms: Iterable[Term], below: Iterable[Term]) -> Iterator[Hint]:
    """What comes of forbidding a form that is right for a term of a lower layer."""
    right: dict[str, list[Term]] = {}
    for term in below:
        for form in term.renderings:
            right.setdefault(form_key(form), []).append(term)
    for term in terms:
        for form in term.forbidden:
            for other in right.get(form_key(form), ()):
                place = f"{other.source!r} ({other.path}:{other.line})"
                if form_key(form) != form_key(other.preferred):
                    message = (
                        f"{form!r} is forbidden here, so that it is no longer admitted for {place} of a lower layer"
                    )
                    yield Hint(term.path, term.line, message, information=True)
                    continue
                yield Hint(term.path, term.line, (
                    f"{form!r} is forbidden for {term.source!r}, but not reported, as it is the preferred form of "
                    f"{place} of a lower layer; give {other.source!r} a line in this layer that prefers another form "
                    f"or is deprecated, or list {form!r} as suspect"
                ))  # fmt: skip


def _same_source(one: Term, other: Term) -> bool:
    """Whether a term would take the other's place, so that the two are never in force together."""
    return one.source.casefold() == other.source.casefold()


def _inside_others(terms: Sequence[Term]) -> Iterator[Hint]:
    """Wrong forms that another term's right form holds: innocent there only as long as that term stands."""
    holders: dict[str, list[Term]] = {}
    for term in terms:
        for form in (*term.forbidden, *term.suspect):
            if is_han_word(form):
                holders.setdefault(form, []).append(term)
    wrong = list(holders)
    find = build(wrong)
    seen: set[tuple[str, str, str]] = set()
    for other in terms:
        for right in other.renderings:
            for start, end, index in find(right):
                for term in holders[wrong[index]] if end - start < len(right) else ():
                    key = (term.source, wrong[index], right)
                    if term.source != other.source and right not in term.not_in and key not in seen:
                        seen.add(key)
                        yield Hint(term.path, term.line, (
                            f"{wrong[index]!r} is wrong, but stands inside {right!r}, which is right for "
                            f"{other.source!r} ({other.path}:{other.line}) and keeps it from being reported; "
                            f"list {right!r} in not_in if that must hold without the other term"
                        ), information=True)  # fmt: skip
