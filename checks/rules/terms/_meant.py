"""Which abbreviation of the English one in the Chinese stands for that the English does not have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Final

from checks.glosses import agree, bare, key_of, singular
from checks.glossplaces import GlossPlace, between, terms_named
from checks.model import Field
from checks.rules.terms._abbreviations import SMALL_WORDS, defined, glossed
from checks.rules.terms._facts import facts_of
from checks.scene import EntryScene
from checks.termscene import RIGHT, WRONG
from checks.text import has_han
from glossary import Term, expansions

_WORD = re.compile(r"[A-Za-z0-9]+")
_WORD_OR_STOP = re.compile(r"[A-Za-z0-9]+|[.,;:()]")
_CAPITALS = re.compile(r"[A-Z]{4,}")
_SURE: Final = 3
"""Letters that hardly begin neighbouring words by chance."""
_MOST: Final = 20
"""Glosses of an abbreviation that are looked at; keeps hostile text linear."""
_SIDES: Final[Mapping[Field, int]] = {"title": 0, "body": 1}


class Meant:
    """What strange abbreviations of one entry stand for, the English abstract of which is known."""

    def __init__(self, scene: EntryScene) -> None:
        self.terms = scene.terms
        self.listed = facts_of(scene.context.glossary).by_abbreviation
        self._scene = scene
        self._sides = tuple(
            frozenset(map(singular, _WORD.findall(text))) for text in (self.terms.heading, self.terms.abstract)
        )
        self.english = self._sides[0] | self._sides[1]

    def names(self, abbr: str, fields: Collection[Field]) -> tuple[str, ...] | None:
        """The abbreviations of the English that this one, which stands in these fields, may be in the place of.

        None: it is innocent. Empty: it is another term's, and nothing tells which one of the English it replaces.
        """
        swapped = (word for word in self.english if _CAPITALS.fullmatch(word) and sorted(word) == sorted(abbr))
        if names := tuple(sorted(swapped)):
            return names
        glosses = self._glosses(abbr)
        slips = tuple(name for name in self._abbreviations if _is_slip(abbr, name))
        explained = self._spelt_out(abbr) or tuple(name for found in glosses for name in self._rendered_by(found))
        if explained:
            # 大语言模型 (MLM) is LLM, or else LMM in the wrong words.
            alike = tuple(name for name in explained if name in slips) or explained
            return tuple(dict.fromkeys((*alike, *self._lost(slips, fields))))
        own = self.listed.get(abbr, ())
        if abbr in self._long_forms or any(term.source in self._said for term in own):
            return None
        slips = tuple(name for name in slips if self._may_gloss(name, glosses))
        lost = self._lost(slips, fields)
        if self._has_initials(abbr):
            # 学习率 (LR) where the English has *learning rate*, and RL besides.
            sure = tuple(name for name in slips if name in lost or sorted(name) == sorted(abbr))
            slips, lost = (sure, lost) if len(abbr) >= _SURE else ((), ())
        if lost or not own:
            return lost or slips or None
        return tuple(dict.fromkeys((*self._missed(fields, glosses), *slips)))

    def _glosses(self, abbr: str) -> list[GlossPlace]:
        """The first glosses of an abbreviation."""
        places = (found for found in self.terms.gloss_places if found.gloss.abbr == abbr)
        return list(islice(places, _MOST))

    def _spelt_out(self, abbr: str) -> tuple[str, ...]:
        """What the English abbreviates so that the Chinese spells out with this: Byte Latent Transformer (BTL)."""
        spelt = [found.gloss.english for found in self._glosses(abbr)]
        phrases = [phrase for phrase in (*spelt, self._long_forms.get(abbr)) if phrase]
        # The letters of the wrong one may be found in the end of the long form: Product Attention (PTA).
        ends = tuple(f" {key_of(phrase)}" for phrase in phrases)
        told = self.terms.expansions.values()
        same = tuple(it.abbr for it in told if f" {key_of(it.long_form)}".endswith(ends)) if ends else ()
        meant = [term for terms in terms_named(phrases, self.terms.matcher, self.terms.english) for term in terms]
        return same or self._of(abbr, meant)

    def _rendered_by(self, found: GlossPlace) -> tuple[str, ...]:
        """The abbreviations of the English for the term that stands before the brackets."""
        gloss = found.gloss
        if gloss.english:
            return ()
        matches = between(self.terms.scan(found.scene).matches, gloss.start, gloss.end)
        uses = [use for match in matches if match.end == gloss.end for use in match.uses]
        return self._of(gloss.abbr, [use.term for use in uses if use.role in RIGHT | WRONG and has_han(use.form)])

    def _of(self, abbr: str, meant: Iterable[Term]) -> tuple[str, ...]:
        """The abbreviations of terms that the English has; none where this one is right for one of them."""
        terms = list(meant)
        if any(abbr in (*term.abbr, *term.renderings) for term in terms):
            return ()
        names = tuple(name for term in terms for name in term.abbr if name in self.english)
        return names or tuple(name for name in self._abbreviations for term in terms if self._is_longer(name, term))

    def _is_longer(self, name: str, term: Term) -> bool:
        """Whether a name is that of the term with words before it: 大规模视觉语言模型 may be LVLM."""
        return any(it.source.endswith(f" {term.source}") for it in self.listed.get(name, ()))

    def _may_gloss(self, name: str, glosses: Sequence[GlossPlace]) -> bool:
        """Whether the Chinese before the strange one may be that of the name, which may have brackets of its own."""
        own = self._glosses(name)
        if not own or not glosses:
            return True
        return any(agree(bare(one.core), bare(other.core)) for one in own for other in glosses)

    def _has_initials(self, abbr: str) -> bool:
        """Whether neighbouring words of the English begin with its letters, small words aside."""
        return abbr.casefold() in self._initials

    def _missed(self, fields: Collection[Field], glosses: Collection[GlossPlace]) -> tuple[str, ...]:
        """The one abbreviation of the English that the Chinese misses, or leaves without a gloss; none if several."""
        lost = self._lost(self._abbreviations, fields)
        rendered = {name for name in lost if any(it.source in self._rendered for it in self.listed.get(name, ()))}
        unsaid = tuple(name for name in lost if name not in rendered)
        explained = glossed(self.terms)
        bare_ones = tuple(name for name in self._known.intersection(self.terms.expansions) if name not in explained)
        return next((names for names in (bare_ones if glosses else (), unsaid, lost) if len(names) == 1), ())

    def _lost(self, names: Iterable[str], fields: Collection[Field]) -> tuple[str, ...]:
        """Those that the English of one of the fields has and its Chinese does not."""
        missing = frozenset().union(*(self._sides[_SIDES[field]] - self._written[field] for field in fields))
        return tuple(name for name in names if name in missing)

    @cached_property
    def _initials(self) -> str:
        """The first letters of the words of the English, with a stop for whatever parts phrases."""
        words = (word for word in _WORD_OR_STOP.findall(self.terms.english) if word not in SMALL_WORDS)
        return "".join(word[0] for word in words).casefold()

    @cached_property
    def _abbreviations(self) -> tuple[str, ...]:
        """The abbreviations of the English, listed or explained in the entry, in order."""
        told = defined(self._scene)
        return tuple(sorted(word for word in self.english if word in told or word in self.listed))

    @cached_property
    def _written(self) -> dict[Field, frozenset[str]]:
        """The words of each Chinese field."""
        written: dict[Field, frozenset[str]] = {"title": frozenset(), "body": frozenset()}
        for scene in self.terms.fields:
            written[scene.field] = frozenset(map(singular, _WORD.findall(scene.masked)))
        return written

    @cached_property
    def _known(self) -> frozenset[str]:
        """The words of both Chinese fields."""
        return self._written["title"] | self._written["body"]

    @cached_property
    def _long_forms(self) -> dict[str, str]:
        """The abbreviations that the Chinese itself spells out in English."""
        fields = self.terms.fields
        return {expansion.abbr: expansion.long_form for it in fields for expansion in expansions(it.masked)}

    @cached_property
    def _said(self) -> frozenset[str]:
        """The sources of the terms that the English says, or the Chinese renders with Han."""
        terms = self.terms
        english = (use for match in terms.matcher.source(terms.english, terms.english) for use in match.uses)
        return self._rendered.union(use.term.source for use in english)

    @cached_property
    def _rendered(self) -> frozenset[str]:
        """The sources of the terms that the Chinese renders with Han."""
        return frozenset(found.use.term.source for found in self.terms.found if has_han(found.use.form))


def _is_slip(one: str, other: str) -> bool:
    """Whether a letter is changed, lost or added, or letters are in another order; digits are the same."""
    if [char for char in one if char.isdigit()] != [char for char in other if char.isdigit()]:
        return False
    if len(one) == len(other):
        return sorted(one) == sorted(other) or sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(short == long[:at] + long[at + 1 :] for at in range(len(long)))
