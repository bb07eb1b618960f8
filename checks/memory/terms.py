"""Terms that two translations of much the same sentence render in different words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set

from checks.memory.sentence import Sentence
from checks.termscene import RIGHT, WRONG
from checks.text import has_han
from glossary import Term
from glossary.matcher import Matcher
from glossary.records import NamedTuple


class Apart(NamedTuple):
    """A term and its two renderings, as the glossary writes them."""

    source: str
    before: str
    now: str


def terms_apart(matcher: Matcher, before: Sentence, now: Sentence) -> list[Apart]:
    """The terms of which both have a Chinese rendering and not one in common.

    Where the English of both is known it must hold the term.
    """
    held = _held(matcher, before, now)
    one, other = (dict(_renderings(matcher, sentence, held)) for sentence in (before, now))
    return [
        Apart(source, "、".join(forms), "、".join(other[source]))
        for source, forms in one.items()
        if source in other and forms.keys().isdisjoint(other[source])
    ]


def _held(matcher: Matcher, one: Sentence, other: Sentence) -> Set[str] | None:
    """The sources of the terms in the English of both; None where that is not known."""
    if one.english is None or other.english is None:
        return None
    found = (
        {use.term.source for match in matcher.source(side.masked) for use in match.uses}
        for side in (one.english, other.english)
    )
    return next(found) & next(found)


def _renderings(matcher: Matcher, sentence: Sentence, held: Set[str] | None) -> Iterator[tuple[str, dict[str, None]]]:
    """The forms of each term in the Chinese, those with Han."""

    def backs(term: Term) -> bool:
        return held is None or term.source in held

    forms: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for match in matcher.target(sentence.chinese.masked, backs).matches:
        for use in match.uses:
            if use.role in RIGHT | WRONG and has_han(use.form) and backs(use.term):
                forms[use.term.source][use.form] = None
    yield from forms.items()
