"""Glossary files: which there are, and what they say when laid over one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from glossary.collector import collector_paused
from glossary.errors import GlossaryError
from glossary.forms import keys_of
from glossary.model import Glossary, Term
from glossary.remote import Place, Remote

Key = tuple[str, bool]
"""A case-folded source, and whether the term is only proposed."""
Instead = Mapping[Path, Sequence[Term]]
NOTHING: Final[Instead] = {}


def shipped() -> list[Path]:
    """The glossary files that come with the package, in the order of their names."""
    return sorted((Path(__file__).parent / "terms").glob("*.csv"))


def load_layers(layers: Sequence[Sequence[Place]], instead: Instead = NOTHING) -> Glossary:
    """The glossary of these layers, each a list of CSV files, folders of them or URLs; later ones override.

    A term overrides the one with the same source, case-folded. A deprecated term takes it away; a proposed one leaves
    it and is kept apart. What a later layer forbids, a term of an earlier one no longer admits; its preferred form it
    keeps, having no other to demand. `instead` holds terms by the file that they stand in for, which is not read.

    Raises:
        GlossaryError: a file cannot be read or is no glossary, or two terms of one layer contradict each other.
        InputError: a URL cannot be read.
    """
    with collector_paused():
        return _laid_over(layers, instead)


def _laid_over(layers: Sequence[Sequence[Place]], instead: Instead) -> Glossary:
    active: dict[str, Term] = {}
    proposed: dict[str, Term] = {}
    for layer in layers:
        suggested: dict[str, Term] = {}
        forbidden: list[str] = []
        for (key, is_proposal), term in read_layer(layer, instead).items():
            if is_proposal:
                suggested[key] = term
                continue
            proposed.pop(key, None)
            if term.status == "approved":
                active[key] = term
                forbidden += term.forbidden
            else:
                active.pop(key, None)
        proposed |= suggested
        if layer is not layers[0]:
            # Inside a layer nothing that is right is forbidden.
            active.update(_admitting_less(active, forbidden))
    return Glossary.of(active.values(), proposed.values())


def _admitting_less(terms: Mapping[str, Term], forbidden: Sequence[str]) -> dict[str, Term]:
    """Those of the terms that admit a forbidden form, without it."""
    key = keys_of([*forbidden, *(form for term in terms.values() for form in term.admitted if forbidden)])
    wrong = {key.get(form, form) for form in forbidden}
    found = {}
    for source, term in terms.items():
        kept = tuple(form for form in term.admitted if key.get(form, form) not in wrong)
        if kept != term.admitted:
            found[source] = term._replace(admitted=kept)
    return found


def read_layer(paths: Iterable[Place], instead: Instead = NOTHING) -> dict[Key, Term]:
    """The terms of one layer by their keys, whatever their status; `instead` as for `load_layers`.

    Raises:
        GlossaryError: as `load_layers`.
    """
    return one_each(term for path in _wherever(paths) for term in _terms(path, instead))


def _wherever(paths: Iterable[Place]) -> Iterator[Place]:
    """As `files_of`, of paths of which some may be URLs."""
    for path in paths:
        if not isinstance(path, Remote):
            yield from files_of([path])
            continue
        found = path.files(lambda name: name.endswith(".csv"), deep=False)
        if found is not None and not found:
            raise _no_file(path)
        yield from [path] if found is None else found


def _terms(path: Place, instead: Instead) -> Sequence[Term]:
    if isinstance(path, Path) and path in instead:
        return instead[path]
    # Late: mostly the terms are known from an earlier run.
    from glossary.rows import read_file

    return read_file(path)


def one_each(layer: Iterable[Term]) -> dict[Key, Term]:
    """These terms by their keys, as one layer: a proposal may stand beside the term that it would change.

    Raises:
        GlossaryError: two terms have the same source, or contradict each other.
    """
    terms: dict[Key, Term] = {}
    for term in layer:
        other = terms.setdefault((term.source.casefold(), term.status == "proposed"), term)
        if other is not term:
            raise GlossaryError(term.path, term.line, (
                f"the source {term.source!r} already stands in {other.path}:{other.line}; "
                "merge the two lines into one, or delete one"
            ))  # fmt: skip
    _refuse_contradictions(terms.values())
    return terms


def in_order(terms: Iterable[Term]) -> list[Term]:
    """The terms as a file holds them: by source, case-folded, then by preferred form."""
    return sorted(terms, key=lambda term: (term.source.casefold(), term.preferred))


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those ending in .csv directly inside the folders named, by name.

    Raises:
        GlossaryError: a path does not exist, or a folder holds no such file.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        files = sorted(file for file in path.glob("*.csv") if file.is_file())
        if not files:
            raise _no_file(path)
        yield from files


def _no_file(path: Place) -> GlossaryError:
    return GlossaryError(str(path), None, "the folder holds no .csv file; name a glossary file or its folder")


def _refuse_contradictions(terms: Iterable[Term]) -> None:
    """No approved term may forbid what it, or another term of the layer, holds right: the fix would undo itself."""
    approved = [term for term in terms if term.status == "approved"]
    wrong_forms = [form for term in approved if term.forbidden or term.suspect for form in _wrong(term)]
    if not wrong_forms:
        return
    key = keys_of(form for term in approved for form in (*term.renderings, *_wrong(term)))
    wrong = {key.get(form, form) for form in wrong_forms}
    right: dict[str, Term] = {}
    for term in approved:
        for form in term.renderings:
            form_key = key.get(form, form)
            if form_key in wrong:
                right.setdefault(form_key, term)
    if not right:
        return
    for term in approved:
        own = {key.get(form, form) for form in term.renderings}
        for form in _wrong(term):
            if key.get(form, form) in own:
                raise GlossaryError(term.path, term.line, (
                    f"{form!r} is both right (preferred or admitted) and wrong (forbidden or suspect) "
                    f"for {term.source!r}; delete it from one of the cells"
                ))  # fmt: skip
    for term in approved:
        for form in term.forbidden:
            other = right.get(key.get(form, form))
            if other is not None:
                raise GlossaryError(term.path, term.line, (
                    f"{form!r} is forbidden for {term.source!r} but right for {other.source!r} "
                    f"({other.path}:{other.line}); list it as suspect, or delete it from one of the two terms"
                ))  # fmt: skip


def _wrong(term: Term) -> tuple[str, ...]:
    return term.forbidden + term.suspect
