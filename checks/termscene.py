"""What the glossary finds in one entry, on both sides; worked out once and shared by the TRM rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from checks.model import Field
from checks.text import HAN, has_han
from glossary import Expansion, Match, TargetScan, Term, Use, expansions

if TYPE_CHECKING:
    from checks.scene import EntryScene, SegmentScene

RIGHT: Final = frozenset({"preferred", "admitted", "abbr"})
WRONG: Final = frozenset({"forbidden", "suspect"})
_NEXT_WORD = re.compile(r" [A-Z0-9][\w.-]*")
_SPACES = re.compile(r"\s+")
_TOKEN = re.compile(r"[^\s,;:!?()\[\]{}\"“”‘’]+")


class Found(NamedTuple):
    """A form of the Chinese side, in offsets of its field."""

    scene: SegmentScene
    start: int
    end: int
    use: Use


class EntryTerms:
    """The terms of an entry.

    The English is the heading and the abstract; where the abstract is not known, the heading and
    the glosses in brackets.
    """

    def __init__(self, entry: EntryScene) -> None:
        self.entry = entry
        self.matcher = entry.context.glossary.matcher
        self.heading = _SPACES.sub(" ", entry.entry.heading.text)
        self.abstract = entry.source.abstract if entry.source else ""

    @property
    def fields(self) -> Iterator[SegmentScene]:
        """The Chinese title and body, where they are there."""
        for field in ("title", "body"):
            scene = self.entry.segments.get(field)  # type: ignore[call-overload]
            if scene is not None:
                yield scene

    @cached_property
    def english(self) -> str:
        """All the English there is."""
        known = (self.heading, self.entry.source.title if self.entry.source else "", self.abstract)
        return "\n".join(part for part in (*known, *(self.glosses if not self.abstract else ())) if part)

    @cached_property
    def glosses(self) -> tuple[str, ...]:
        """The Latin contents of round brackets in the Chinese fields."""
        found: list[str] = []
        for scene in self.fields:
            for pair in scene.brackets.pairs:
                inside = scene.text[pair.open + 1 : pair.close]
                if pair.kind == "round" and not has_han(inside) and any(char.isalpha() for char in inside):
                    found.append(inside.strip())
        return tuple(found)

    @cached_property
    def expansions(self) -> dict[str, Expansion]:
        """What the English says each abbreviation stands for; the first word counts."""
        found: dict[str, Expansion] = {}
        for expansion in expansions(self.english):
            found.setdefault(expansion.abbr, expansion)
        return found

    @cached_property
    def heading_terms(self) -> dict[str, Term]:
        """The terms of the heading that the title must hold, by source form."""
        return self._terms(self.heading, "title")

    @cached_property
    def abstract_terms(self) -> dict[str, Term]:
        """The terms of the abstract that the body must hold; none where it is not known."""
        return self._terms(self.abstract, "body") if self.abstract else {}

    @cached_property
    def held(self) -> dict[str, Term]:
        """The terms that the English holds anywhere, a gloss in brackets among it."""
        found = {**self.heading_terms, **self.abstract_terms}
        for gloss in self.glosses:
            found.update(_by_source(use for match in self.matcher.source(gloss, self.english) for use in match.uses))
        return found

    def _terms(self, english: str, field: Field) -> dict[str, Term]:
        scene = self.entry.segments.get(field)
        chinese = scene.text if scene is not None else ""
        matches = self.matcher.source(english, self.english)
        return _by_source(
            use for match in matches if not _is_torn(english, match) and not _in_kept_name(english, match, chinese) for use in match.uses
        )

    @cached_property
    def _scans(self) -> dict[Field, TargetScan]:
        return {scene.field: self.matcher.target(scene.masked) for scene in self.fields}

    def scan(self, scene: SegmentScene) -> TargetScan:
        """The forms in a Chinese field, in offsets of the field."""
        return self._scans[scene.field]

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """Every use of every form on the Chinese side, nested ones left out."""
        return tuple(
            Found(scene, match.start, match.end, use) for scene in self.fields for match in self.scan(scene).matches for use in match.uses
        )

    def rendered(self, scene: SegmentScene, held: dict[str, Term]) -> frozenset[str]:
        """The sources of the terms that a field renders, rightly or in a form that another rule speaks of.

        A term rendered only inside a longer term's rendering counts exactly where the English does
        not hold that longer term.
        """
        scan = self.scan(scene)
        found = {use.term.source for match in scan.matches for use in match.uses if use.role in RIGHT | WRONG}
        for match in scan.nested:
            outer = next((other for other in scan.matches if other.start <= match.start and match.end <= other.end), None)
            if outer is None or not any(use.term.source in held for use in outer.uses):
                found.update(use.term.source for use in match.uses if use.role in RIGHT)
        return frozenset(found)

    def excused(self, term: Term) -> bool:
        """Whether the English holds a word that makes a suspect form of this term right (proxy for 代理)."""
        return any(re.search(rf"\b{re.escape(word)}\b", self.english, re.IGNORECASE) for word in term.not_source)


def _by_source(uses: Iterable[Use]) -> dict[str, Term]:
    return {use.term.source: use.term for use in uses}


def _is_torn(english: str, match: Match) -> bool:
    """Whether a hyphen in front binds tighter than the spaces inside: *real-world model* holds no world model."""
    inside = english[match.start : match.end]
    return match.start >= 2 and english[match.start - 1] in "-\u2010\u2011" and english[match.start - 2].isalnum() and " " in inside


def _in_kept_name(english: str, match: Match, chinese: str) -> bool:
    """Whether the term is only part of a name (Mobile-Agent-v2, Agent Laboratory) that the Chinese keeps as it stands."""
    token = next((found for found in _TOKEN.finditer(english) if found.start() <= match.start < found.end()), None)
    if token is None:
        return False
    name = token[0].rstrip(".")
    if token.end() >= match.end and len(name) > match.end - match.start + 1:
        return name in chinese
    if not english[match.start].isupper():
        return False
    # Agent Laboratory: the next word, also capitalised, is kept together with this one outside brackets.
    following = _NEXT_WORD.match(english, match.end)
    return following is not None and _outside_brackets(english[match.start : following.end()], chinese)


def _outside_brackets(name: str, chinese: str) -> bool:
    found = re.search(rf"(?<![(（A-Za-z]){re.escape(name)}(?![A-Za-z])", chinese)
    return found is not None and chinese.count("(", 0, found.start()) == chinese.count(")", 0, found.start())


def is_latin(form: str) -> bool:
    """Whether a form has no Han in it: the English itself or an abbreviation."""
    return not has_han(form)


def preferred_like(term: Term, form: str) -> str:
    """The rendering to put in place of a form: the preferred one, with the same tail where that is admitted.

    专家混合模型 becomes 混合专家模型, 专家混合 becomes 混合专家.
    """
    import difflib

    def likeness(rendering: str) -> float:
        return difflib.SequenceMatcher(None, rendering, form).ratio()

    return max((term.preferred, *(other for other in term.admitted if term.preferred in other)), key=likeness)


def han_neighbour(text: str, at: int) -> bool:
    """Whether the character at an offset is Han."""
    return 0 <= at < len(text) and re.match(f"[{HAN}]", text[at]) is not None
