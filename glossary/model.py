"""Terms and the glossary they form."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from glossary.hashes import blake2b
from glossary.records import NamedTuple, compared_without

if TYPE_CHECKING:
    from glossary.matcher import Matcher

Policy = Literal["translate", "keep"]
Status = Literal["approved", "proposed", "deprecated"]

_CELL_SEPARATOR = "\x1f"
_LINE_SEPARATOR = "\x1e"


@compared_without(2)
class Term(NamedTuple):
    """One line of a glossary.

    `path` and `line` (counted from 1) say where the term stands; they take no part in comparison.
    """

    source: str
    preferred: str
    abbr: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    admitted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    suspect: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    not_source: tuple[str, ...] = ()
    policy: Policy = "translate"
    require: bool = False
    domain: str = ""
    first_mention: bool = False
    status: Status = "approved"
    note: str = ""
    path: str = ""
    line: int = 0

    @property
    def renderings(self) -> tuple[str, ...]:
        """The forms that are right in Chinese text: the preferred one, then the admitted ones."""
        return (self.preferred, *self.admitted)

    def cells(self) -> str:
        """Every cell but the note and the position, as one string in the order of the columns."""
        return _CELL_SEPARATOR.join(
            (
                self.source,
                "|".join(self.abbr),
                "|".join(self.variants),
                self.preferred,
                "|".join(self.admitted),
                "|".join(self.forbidden),
                "|".join(self.suspect),
                "|".join(self.not_in),
                "|".join(self.not_source),
                self.policy,
                "yes" if self.require else "no",
                self.domain,
                "yes" if self.first_mention else "no",
                self.status,
            )
        )

    def cells_hash(self) -> str:
        """16 hex digits that change when a cell other than the note changes: the `term_hash` of a dismissal."""
        return _hash(self.cells(), 8)


class _Glossary(NamedTuple):
    terms: tuple[Term, ...]
    proposed: tuple[Term, ...] = ()


class Glossary(_Glossary):
    """The terms in force after layering, and those only proposed.

    `terms` holds approved terms alone, one a source (case-folded), sorted by it. The matcher and the digests are made
    when first asked for; pickling leaves them out, so a glossary travels cheaply to another process.
    """

    @classmethod
    def empty(cls) -> Glossary:
        """A glossary without terms."""
        return cls(())

    @classmethod
    def of(cls, terms: Iterable[Term], proposed: Iterable[Term] = ()) -> Glossary:
        """A glossary of these terms, sorted by source; the caller answers for one term a source."""
        return cls(tuple(sorted(terms, key=_order)), tuple(sorted(proposed, key=_order)))

    @cached_property
    def digest(self) -> str:
        """32 hex digits over all cells but the notes of the terms in force."""
        return _hash(_LINE_SEPARATOR.join(term.cells() for term in self.terms), 16)

    @cached_property
    def whole_digest(self) -> str:
        """32 hex digits over all there is of the terms, their notes and places too, and of those only proposed."""
        terms = (*self.terms, *self.proposed)
        return _hash("".join(f"{term.cells()}\0{term.note}\0{term.path}\0{term.line}\n" for term in terms), 16)

    @cached_property
    def matcher(self) -> Matcher:
        """The matcher over the terms in force, made once."""
        from glossary.matcher import Matcher

        return Matcher(self.terms)

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """The abbreviations of all terms."""
        return frozenset(abbr for term in self.terms for abbr in term.abbr)

    @cached_property
    def _by_source(self) -> dict[str, Term]:
        return {term.source.casefold(): term for term in self.terms}

    def get(self, source: str) -> Term | None:
        """The term in force with this source form, in any case; variants and abbreviations are not looked at."""
        return self._by_source.get(source.casefold())

    def __reduce__(self) -> tuple[type[Glossary], tuple[tuple[Term, ...], tuple[Term, ...]]]:
        return (Glossary, (self.terms, self.proposed))


def _order(term: Term) -> tuple[str, str]:
    return (term.source.casefold(), term.preferred)


def _hash(text: str, size: int) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
