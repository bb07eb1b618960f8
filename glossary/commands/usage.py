"""What the digests say of a glossary: which terms their English holds, and which forms their Chinese."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from glossary.commands.corpus import Page
from glossary.matcher import Matcher
from glossary.model import Term

NO_FORM = ""
"""Stands for the papers that hold a term in English and none of its forms in Chinese."""


@dataclass(slots=True)
class Use:
    """One term in all papers whose English is known, unless said otherwise."""

    term: Term
    english: int = 0
    """In how many papers its English stands."""
    forms: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Of these papers, how many hold each form (role, form); `NO_FORM` where none."""
    strays: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By wrong form: where it stands in papers without the term's English, as path:line."""
    anywhere: bool = False
    """Whether any paper holds it in either language, its English known or not."""


def usage(terms: Iterable[Term], pages: Iterable[Page]) -> list[Use]:
    """How each term is used in these papers."""
    uses = {term.source: Use(term) for term in terms}
    matcher = Matcher([use.term for use in uses.values()])
    for page in pages:
        held = {use.term.source for match in matcher.source(page.english) for use in match.uses}
        shown: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for number, (_, text) in enumerate(page.chinese):
            scan = matcher.target(text)
            for match in scan.matches:
                for use in match.uses:
                    source = use.term.source
                    uses[source].anywhere = True
                    shown[source].add((use.role, use.form))
                    if use.role == "forbidden" and page.english and source not in held:
                        uses[source].strays[use.form].append(page.place(number, match.start))
            # A form inside a longer one counts where the longer one's term is not meant.
            for match in scan.nested:
                for use in match.uses:
                    if use.role in ("preferred", "admitted"):
                        shown[use.term.source].add((use.role, use.form))
        for source in held:
            uses[source].anywhere = True
            uses[source].english += 1
            uses[source].forms.update(_counted(shown[source]))
    return list(uses.values())


def _counted(shown: set[tuple[str, str]]) -> set[tuple[str, str]]:
    counted = {(role, form) for role, form in shown if role not in ("innocent", "english")}
    left = {(role, form) for role, form in shown if role == "english"}
    return counted or left or {("none", NO_FORM)}
