"""The glosses of an entry, with what the glossary makes of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from checks.glosses import Gloss, glosses_in
from glossary import Match, Matcher, Term
from glossary.records import NamedTuple

if TYPE_CHECKING:
    from checks.scene import SegmentScene


class GlossPlace(NamedTuple):
    """A gloss of the Chinese side and the terms that its words are exactly a form of."""

    scene: SegmentScene
    gloss: Gloss
    terms: tuple[Term, ...]

    @property
    def chinese(self) -> str:
        """What stands before the brackets, as far as it may belong to them."""
        return self.scene.masked[self.gloss.start : self.gloss.end]

    @property
    def core(self) -> str:
        """The same from the last word on that no term holds."""
        return self.scene.masked[self.gloss.core : self.gloss.end]


def gloss_places(fields: Iterable[SegmentScene], matcher: Matcher, english: str) -> tuple[GlossPlace, ...]:
    """The glosses behind Chinese in these fields; ``english`` is what abbreviations are understood by."""
    places = [(scene, gloss) for scene in fields for gloss in glosses_in(scene.masked)]
    named = terms_named([gloss.words for _, gloss in places], matcher, english)
    return tuple(GlossPlace(scene, gloss, terms) for (scene, gloss), terms in zip(places, named, strict=True))


def terms_named(phrases: Sequence[str], matcher: Matcher, english: str) -> list[tuple[Term, ...]]:
    """The terms that each of these phrases is exactly a form of, found in one pass."""
    matches = matcher.source("".join(f"{phrase}\n;\n" for phrase in phrases), english)
    named = {(match.start, match.end): match.uses for match in matches}
    found: list[tuple[Term, ...]] = []
    at = 0
    for phrase in phrases:
        found.append(tuple(use.term for use in named.get((at, at + len(phrase)), ())))
        at += len(phrase) + 3
    return found


def between(matches: Sequence[Match], start: int, end: int) -> Sequence[Match]:
    """The matches, which are in order, that lie within ``[start, end)``."""
    low, high = bisect_left(matches, (start,)), bisect_left(matches, (end,))
    return [match for match in matches[low:high] if match.end <= end]
