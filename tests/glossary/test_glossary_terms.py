"""The shipped terms do what their cells say, all together."""

from __future__ import annotations

import pytest

from glossary import Term, load_layers, shipped

GLOSSARY = load_layers([shipped()])
TERMS = GLOSSARY.terms


def roles(form: str, term: Term) -> set[str]:
    """What the whole of a form is to a term, alone in a text."""
    scan = GLOSSARY.matcher.target(form)
    uses = (use for match in scan.matches if (match.start, match.end) == (0, len(form)) for use in match.uses)
    return {use.role for use in uses if use.term is term}


def test_there_are_enough_terms_of_every_domain() -> None:
    counts: dict[str, int] = {}
    for term in TERMS:
        counts[term.domain] = counts.get(term.domain, 0) + 1
    assert sum(counts.values()) >= 400
    assert min(counts.values()) >= 20
    assert "" not in counts


@pytest.mark.parametrize("term", TERMS, ids=[term.source for term in TERMS])
def test_each_form_is_found_in_its_role(term: Term) -> None:
    assert roles(term.preferred, term) == {"preferred"}
    for form in term.admitted:
        assert roles(form, term) <= {"admitted", "preferred"}
        assert roles(form, term)
    for form in term.forbidden:
        assert roles(form, term) == {"forbidden"}
    for form in (*term.abbr, term.source):
        uses = [use.term for match in GLOSSARY.matcher.source(form, f"{form}\n{term.source}") for use in match.uses]
        assert term in uses
