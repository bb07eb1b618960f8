"""What an abbreviation stands for in the text it is found in.

TTS may be test-time scaling or text-to-speech, and RM may be rote memorization, of which the glossary knows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from glossary.abbreviations import Expansion, expansions
from glossary.model import Term

_WORD = re.compile(r"[^\W_]+")


class Context:
    """What a source text says about the abbreviations in it; worked out only as far as it is asked for.

    `full_forms` gives the end (code points) and the term of each full form or variant in a text.
    """

    def __init__(self, text: str, full_forms: Callable[[str], Iterable[tuple[int, Term]]]) -> None:
        self.text = text
        self.stands: dict[tuple[str, str], bool] = {}
        """Of an abbreviation and the source of a term, what was found out."""
        self._full_forms = full_forms

    @cached_property
    def longs(self) -> dict[str, list[Expansion]]:
        """What the text says each abbreviation stands for."""
        longs: dict[str, list[Expansion]] = {}
        for expansion in expansions(self.text):
            longs.setdefault(expansion.abbr, []).append(expansion)
        return longs

    @cached_property
    def ends(self) -> dict[int, set[str]]:
        """The sources of the terms that end, in full, at an offset."""
        ends: dict[int, set[str]] = {}
        for end, term in self._full_forms(self.text):
            ends.setdefault(end, set()).add(term.source)
        return ends

    @cached_property
    def full(self) -> frozenset[str]:
        """The sources of the terms that stand in the text in full."""
        return frozenset().union(*self.ends.values())


class Senses:
    """The abbreviations of a glossary, with the terms that share each."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._sharers: dict[str, list[Term]] = {}
        for term in terms:
            for abbr in set(term.abbr):
                self._sharers.setdefault(abbr, []).append(term)

    def stands(self, abbr: str, term: Term, context: Context) -> bool:
        """Whether the abbreviation may be taken for the term in this context.

        What the context says it stands for decides; a long form that only adds words (large pre-trained language
        models, LLMs) says the same. Otherwise a shared abbreviation needs the term in full.
        """
        known = context.stands.get((abbr, term.source))
        if known is None:
            known = context.stands[abbr, term.source] = self._stands(abbr, term, context)
        return known

    def _stands(self, abbr: str, term: Term, context: Context) -> bool:
        others = [other for other in self._sharers.get(abbr, ()) if other is not term]
        longs = context.longs.get(abbr)
        if longs is None:
            sure = not others and not _is_lent(abbr, term, context)
            return sure or term.source in context.full
        if any(_explains(long, term, context) for long in longs):
            return True
        if any(_explains(long, other, context) for long in longs for other in others):
            return False
        return term.source in context.full


def _is_lent(abbr: str, term: Term, context: Context) -> bool:
    """Whether the text puts the abbreviation behind another term in full: *large language models (LMMs)*."""
    for found in re.finditer(rf"\s?[(（]{re.escape(abbr)}s?[)）,;]", context.text):
        others = context.ends.get(found.start(), set())
        # What one term calls by the abbreviation of another that only adds words to it is that: language models (LLMs).
        if others and not any(other in term.source or term.source in other for other in others):
            return True
    return False


def _explains(long: Expansion, term: Term, context: Context) -> bool:
    """Whether the long form is a form of the term, or one with words put in."""
    words = [word.lower() for word in _WORD.findall(long.long_form)]
    if any(_holds(words, form) for form in (term.source, *term.variants)):
        return True
    return term.source in context.ends.get(long.long_end, ())


def _holds(words: list[str], form: str) -> bool:
    """Whether the words of the form are among these, in order, however they are inflected."""
    rest = iter(words)
    stems = (wanted[: max(3, len(wanted) - 3)] for wanted in _WORD.findall(form.lower()))
    return all(any(word.startswith(stem) for word in rest) for stem in stems)
