"""What the glossary finds in one entry, on both sides; worked out once and shared by the TRM rules."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from checks.glossplaces import GlossPlace, gloss_places
from checks.model import Field, Span
from checks.names import LONGEST_GLOSS, KeptNames, gloss, is_torn
from checks.text import has_han, mask
from glossary import Expansion, Match, TargetScan, Term, Use, expansions
from glossary.records import NamedTuple

if TYPE_CHECKING:
    from checks.scene import EntryScene, SegmentScene

RIGHT: Final = frozenset({"preferred", "admitted", "abbr"})
WRONG: Final = frozenset({"forbidden", "suspect"})
_RENDERING: Final = RIGHT | WRONG
_FIELDS: Final[tuple[Field, ...]] = ("title", "body")
_SPACES = re.compile(r"\s+")
_GLOSS_BEHIND = re.compile(rf" ?[(（]([^()（）]{{1,{LONGEST_GLOSS}}})[)）]")


_start_of = itemgetter(0)


class Found(NamedTuple):
    """A form of the Chinese side, in offsets of its field."""

    scene: SegmentScene
    match: Match
    use: Use

    @property
    def text(self) -> str:
        """The form as the field writes it."""
        return self.scene.text[self.match.start : self.match.end]

    @property
    def span(self) -> Span:
        """Where it stands in the file."""
        return Span(self.match.start + self.scene.offset, self.match.end + self.scene.offset)


class Held(NamedTuple):
    """A term of the English side.

    `abbreviated` says that it stands in the long form of an abbreviation that the Chinese keeps: the Transformer of
    *Vision Transformer (ViT)*, where the Chinese says ViT and translates nothing before it.
    """

    use: Use
    abbreviated: bool


class EntryTerms:
    """The terms of an entry.

    The English is the heading and the abstract; where the abstract is not known, the heading and the glosses in
    brackets. Math, code and addresses are hidden on both sides.
    """

    def __init__(self, entry: EntryScene) -> None:
        self.entry = entry
        self.matcher = entry.context.glossary.matcher
        self.heading = _SPACES.sub(" ", entry.entry.heading.masked)
        self.abstract = mask(entry.source.abstract) if entry.source else ""
        self._excused: dict[str, bool] = {}

    @cached_property
    def fields(self) -> tuple[SegmentScene, ...]:
        """The title and the body, where they are Chinese: a field left in English is no translation to judge."""
        scenes = (self.entry.segments.get(field) for field in _FIELDS)
        return tuple(scene for scene in scenes if scene is not None and has_han(scene.masked))

    @cached_property
    def english(self) -> str:
        """All the English there is."""
        title = self.entry.source.title if self.entry.source else ""
        rest = (self.abstract,) if self.abstract else self.glosses
        return "\n".join(part for part in (self.heading, title, *rest) if part)

    @cached_property
    def glosses(self) -> tuple[str, ...]:
        """The Latin contents of round brackets in the Chinese fields."""
        found: list[str] = []
        for scene in self.fields:
            for pair in scene.brackets.pairs:
                if pair.kind == "round" and pair.close - pair.open <= LONGEST_GLOSS:
                    inside = scene.masked[pair.open + 1 : pair.close]
                    if not has_han(inside) and any(char.isalpha() for char in inside):
                        found.append(inside.strip())
        return tuple(found)

    @cached_property
    def gloss_places(self) -> tuple[GlossPlace, ...]:
        """The glosses behind Chinese, title before body."""
        return gloss_places(self.fields, self.matcher, self.english)

    @cached_property
    def expansions(self) -> dict[str, Expansion]:
        """What the English says each abbreviation stands for; the first word counts."""
        found: dict[str, Expansion] = {}
        for expansion in expansions(self.english):
            found.setdefault(expansion.abbr, expansion)
        return found

    @cached_property
    def abstract_matches(self) -> tuple[Match, ...]:
        """Where the terms stand in the abstract, those inside names among them."""
        return self.matcher.source(self.abstract, self.english)

    @cached_property
    def heading_uses(self) -> tuple[Held, ...]:
        """The terms that the heading holds and the title must hold, as often as they stand there."""
        return tuple(self._uses(self.heading, self.matcher.source(self.heading, self.english), "title"))

    @cached_property
    def abstract_uses(self) -> tuple[Held, ...]:
        """The terms that the abstract holds and the body must hold; none where it is not known."""
        return tuple(self._uses(self.abstract, self.abstract_matches, "body"))

    @cached_property
    def heading_held(self) -> frozenset[str]:
        """The sources of the terms that the heading holds."""
        return frozenset(held.use.term.source for held in self.heading_uses)

    @cached_property
    def abstract_held(self) -> frozenset[str]:
        """The sources of the terms that the abstract holds."""
        return frozenset(held.use.term.source for held in self.abstract_uses)

    @cached_property
    def held(self) -> frozenset[str]:
        """The sources of the terms that the English holds anywhere, a gloss in brackets among it."""
        return self.heading_held | self.abstract_held | self.named_in_brackets

    @cached_property
    def named_in_brackets(self) -> frozenset[str]:
        """The sources of the terms whose English or abbreviation stands in brackets in the Chinese."""
        return self._sources("\n;\n".join(self.glosses))

    def _uses(self, english: str, matches: Sequence[Match], field: Field) -> Iterator[Held]:
        if not matches:
            return
        scene = self.entry.segments.get(field)
        kept = KeptNames(scene.masked if scene is not None else "")
        long_forms: Sequence[Expansion] = expansions(english)
        if long_forms:
            # Where Chinese stands before its brackets, the long form is translated there, and the terms in it with it.
            untranslated = kept.names.difference(found.gloss.abbr for found in self.gloss_places)
            long_forms = [found for found in long_forms if found.abbr in untranslated]
        ends = [found.long_end for found in long_forms]
        for match in matches:
            if is_torn(english, match) or kept.holds(english, match):
                continue
            index = bisect_left(ends, match.end)
            around = long_forms[index] if index < len(ends) and long_forms[index].long_start <= match.start else None
            for use in match.uses:
                yield Held(use, around is not None and around.abbr not in use.term.abbr)

    @cached_property
    def _scans(self) -> dict[Field, TargetScan]:
        return {scene.field: self.matcher.target(scene.masked, self._backs) for scene in self.fields}

    def _backs(self, term: Term) -> bool:
        """Whether the English speaks of a term, and of nothing that makes its suspect forms right."""
        return term.source in self.held and not self.excused(term)

    def scan(self, scene: SegmentScene) -> TargetScan:
        """The forms in a Chinese field, in offsets of the field."""
        return self._scans[scene.field]

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """Every use of every form on the Chinese side, nested ones left out."""
        return tuple(
            Found(scene, match, use)
            for scene in self.fields
            for match in self.scan(scene).matches
            for use in match.uses
        )

    def places(self, sources: frozenset[str]) -> Iterator[Found]:
        """Those of :attr:`found` that are of some terms, by their sources; made as they are asked for."""
        for scene in self.fields:
            for match in self.scan(scene).matches:
                for use in match.uses:
                    if use.term.source in sources:
                        yield Found(scene, match, use)

    @cached_property
    def preferred(self) -> dict[str, Found]:
        """The first place of each term's preferred rendering."""
        return {found.use.term.source: found for found in reversed(self.found) if found.use.role == "preferred"}

    def rendered(self, scene: SegmentScene, held: frozenset[str]) -> frozenset[str]:
        """The sources of the terms held that a field renders, rightly or in a form that another rule speaks of.

        A term rendered only inside a longer term's rendering counts exactly where the English (`held`) does not hold
        that longer term. English left standing is untranslated, not missing; in a gloss it renders nothing.
        """
        if not held:
            return held
        scan = self.scan(scene)
        found: set[str] = set()
        for start, end, uses in scan.matches:
            for use in uses:
                source = use.term.source
                if source in held and source not in found:
                    standing = use.role == "english" and gloss(scene.masked, start, end) is None
                    if standing or use.role in _RENDERING:
                        found.add(source)
        for start, _, uses in scan.nested:
            inside = {use.term.source for use in uses if use.role in RIGHT and use.term.source in held}
            if inside.difference(found):
                outer = scan.matches[bisect_right(scan.matches, start, key=_start_of) - 1]
                if held.isdisjoint(use.term.source for use in outer.uses):
                    found |= inside
        return frozenset(found)

    def glossed(self, found: Found) -> frozenset[str]:
        """The sources of the terms in the brackets just behind a form: 文生图 (text-to-image, T2I)."""
        behind = _GLOSS_BEHIND.match(found.scene.masked, found.match.end)
        return self._sources(behind[1]) if behind else frozenset()

    def _sources(self, english: str) -> frozenset[str]:
        return frozenset(use.term.source for match in self.matcher.source(english, self.english) for use in match.uses)

    def excused(self, term: Term) -> bool:
        """Whether the English holds a word that makes a suspect form of this term right (proxy for 代理)."""
        if term.source not in self._excused:
            words = "|".join(re.escape(word) for word in term.not_source)
            found = bool(words) and re.search(rf"\b(?:{words})\b", self.english, re.IGNORECASE) is not None
            self._excused[term.source] = found
        return self._excused[term.source]
