"""What is worked out once for a whole glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from checks.text import has_han
from glossary import Glossary, Term
from glossary.records import NamedTuple

_MOST_REMEMBERED: Final = 4
_SHORTEST_LOOSE: Final = 4
"""Han forms shorter than this are looked for as they stand."""
# Two classes in place of one with three ranges, some beyond Latin 1, which takes the compiler twice as long.
_JOINT: Final = r"(?:的|[ \u00a0]?[-/][ \u00a0]?|[ \u00a0]?[\u2010-\u2014][ \u00a0]?|[ \u00a0])?"
_JOINTS: Final = "的 \u00a0-/\u2010\u2011\u2012\u2013\u2014"
"""The characters that a joint may consist of."""
_recent: list[tuple[Glossary, Facts]] = []


class _Choice(NamedTuple):
    """A pattern, and what stands in a text where it finds something, both without joints: one of these."""

    pattern: str
    bare: tuple[str, ...]


def facts_of(glossary: Glossary) -> Facts:
    """The facts of a glossary, kept for the last few glossaries: to hash one is as slow as to read it."""
    for known, facts in _recent:
        if known is glossary:
            return facts
    facts = Facts(glossary)
    _recent[:] = [(glossary, facts), *_recent[: _MOST_REMEMBERED - 1]]
    return facts


class Facts:
    """Sets over all terms of a glossary."""

    def __init__(self, glossary: Glossary) -> None:
        self._terms = glossary.terms
        self._choices: dict[str, Sequence[_Choice]] = {}

    @cached_property
    def by_abbreviation(self) -> Mapping[str, Sequence[Term]]:
        """The terms that each abbreviation stands for."""
        found: dict[str, list[Term]] = {}
        for term in self._terms:
            for abbr in term.abbr:
                found.setdefault(abbr, []).append(term)
        return found

    @cached_property
    def introduced(self) -> frozenset[str]:
        """The sources of the terms that want their English at first mention."""
        return frozenset(term.source for term in self._terms if term.first_mention)

    @cached_property
    def kept(self) -> frozenset[str]:
        """The terms that stay English, case-folded: token, transformer."""
        return frozenset(
            term.preferred.casefold() for term in self._terms if term.policy == "keep" and term.preferred.isascii()
        )

    @cached_property
    def _abbreviated(self) -> dict[str, tuple[str, ...]]:
        """The abbreviations that may stand in place of a preferred rendering."""
        return {term.preferred: term.abbr for term in self._terms if term.abbr and has_han(term.preferred)}

    def loose(self, term: Term, text: str) -> Iterator[re.Match[str]]:
        """Where the renderings of a term stand in a text, in other clothes.

        A 的, a hyphen or a space may stand between two characters (测试时的扩展, 大视觉-语言模型), and an abbreviation
        in place of another term's rendering inside a longer one (多模态 LLM).
        """
        choices = self._choices.get(term.source)
        if choices is None:
            forms = [form for form in term.renderings if has_han(form) and len(form) > 1]
            choices = [_Choice(_spread(form), (_without_joints(form),)) for form in forms]
            choices += [choice for form in forms for choice in self._composed(form)]
            self._choices[term.source] = choices
        # To compile them all takes a thousand times as long as to see that most do not stand there.
        written = _without_joints(text)
        pattern = "|".join(choice.pattern for choice in choices if any(bare in written for bare in choice.bare))
        return re.finditer(pattern, text) if pattern else iter(())

    def _composed(self, form: str) -> list[_Choice]:
        composed: list[_Choice] = []
        for start in range(len(form)):
            for end in range(start + 2, len(form) + 1):
                for abbr in self._abbreviated.get(form[start:end], ()) if end - start < len(form) else ():
                    before, after = form[:start], form[end:]
                    left = _spread(before) + _JOINT if before else r"(?<![A-Za-z0-9-])"
                    right = _JOINT + _spread(after) if after else r"(?![A-Za-z0-9])"
                    bare = tuple(_without_joints(before + word + after) for word in (abbr, abbr + "s"))
                    composed.append(_Choice(f"{left}{re.escape(abbr)}s?{right}", bare))
        return composed


def _without_joints(text: str) -> str:
    for joint in _JOINTS:
        text = text.replace(joint, "")
    return text


def _spread(form: str) -> str:
    if len(form) < _SHORTEST_LOOSE or not form.isalpha():
        return re.escape(form)
    return _JOINT.join(re.escape(char) for char in form)
