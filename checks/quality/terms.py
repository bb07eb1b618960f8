"""How well a translation keeps to the glossary: success and consistency, after the WMT terminology task.

Success (WMT25, term success rate): of the times that the English says a term, the share for which the Chinese has one
of its right renderings; a text in which the Chinese says a term more often than the English is not credited for that.
Beside it, how many of the terms of a text are rendered right at least once: Chinese may repeat a word less often than
English does, and that is no fault.

Consistency (WMT25, most frequent rendering as pseudo-reference): of the places where the Chinese renders a term,
rightly or wrongly, the share that has the rendering most often used for it over all texts. Micro: over all places;
macro: the mean over terms. A term rendered once is consistent with nothing, and is left out. As in the rules, two
forms of which one contains the other are one rendering (基准, 基准测试); an abbreviation or the English is none.

A term is what the glossary's matcher finds, leftmost-longest: RL is not said by RLVR, and 强化学习 inside
基于可验证奖励的强化学习 renders RL only where the English does not say RLVR.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from checks.names import gloss
from checks.scene import EntryScene, SegmentScene
from checks.termscene import RIGHT, WRONG, Held
from checks.text import has_han
from glossary import Match, Term, Use
from glossary.records import NamedTuple


class TermCount(NamedTuple):
    """One term over all texts."""

    source: str
    said: int
    """How often the English says it."""
    kept: int
    """Of these, how often the Chinese renders it right."""
    forms: tuple[tuple[str, int], ...]
    """Its Chinese renderings, right and wrong, the most frequent first."""

    @property
    def consistency(self) -> float | None:
        """The share of its most frequent rendering; None for fewer than two places."""
        return _share(self.agreeing, self.places) if self.places > 1 else None

    @property
    def places(self) -> int:
        """How often it is rendered."""
        return sum(count for _, count in self.forms)

    @property
    def agreeing(self) -> int:
        """How often in the most frequent form, or one that contains it or is part of it."""
        most = self.forms[0][0] if self.forms else ""
        return sum(count for form, count in self.forms if form in most or most in form)


@dataclass(slots=True)
class Tally:
    """What was counted over some texts. Shares are from 0 to 1, and None where there was nothing to count."""

    said: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    texts: int = 0
    """Pairs of a text and a term that its English says."""
    held: int = 0
    """Of these, those that the Chinese renders right at least once."""
    forms: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, entry: EntryScene) -> None:
        """Count an entry: its title against its heading, its abstract against the English one where that is known."""
        terms = entry.terms
        for name, uses, held in (
            ("title", terms.heading_uses, terms.heading_held),
            ("body", terms.abstract_uses, terms.abstract_held),
        ):
            scene = next((found for found in terms.fields if found.field == name), None)
            if scene is not None:
                self._add(uses, list(_rendered(entry, scene, held)))

    def include(self, other: Tally) -> None:
        """Count what was counted over other texts too."""
        self.said.update(other.said)
        self.kept.update(other.kept)
        self.texts += other.texts
        self.held += other.held
        for source, forms in other.forms.items():
            self.forms.setdefault(source, Counter()).update(forms)

    def _add(self, uses: Sequence[Held], rendered: Sequence[tuple[Term, str, bool]]) -> None:
        # The long form of an abbreviation that the Chinese keeps is nothing to translate.
        said = Counter(use.use.term.source for use in uses if not use.abbreviated)
        right = Counter(term.source for term, _, is_right in rendered if is_right)
        for source, count in said.items():
            kept = min(count, right[source])
            self.said[source] += count
            self.kept[source] += kept
            self.texts += 1
            self.held += kept > 0
        for term, form, _ in rendered:
            if term.source in said and form:
                self.forms.setdefault(term.source, Counter())[form] += 1

    @property
    def success(self) -> float | None:
        """The term success rate."""
        return _share(self.kept.total(), self.said.total())

    @property
    def presence(self) -> float | None:
        """The share of a text's terms that it renders right at least once."""
        return _share(self.held, self.texts)

    @property
    def micro(self) -> float | None:
        """Consistency over all places."""
        counted = [term for term in self.terms() if term.places > 1]
        return _share(sum(term.agreeing for term in counted), sum(term.places for term in counted))

    @property
    def macro(self) -> float | None:
        """Consistency as the mean over terms."""
        shares = [term.consistency for term in self.terms() if term.consistency is not None]
        return sum(shares) / len(shares) if shares else None

    def terms(self) -> list[TermCount]:
        """Every term, the one missed most often first."""
        sources = sorted(self.said.keys() | self.forms.keys())
        found = [
            TermCount(source, self.said[source], self.kept[source], _ranked(self.forms.get(source, Counter())))
            for source in sources
        ]
        return sorted(found, key=lambda term: (term.kept - term.said, term.source))


def tally(entries: Iterable[EntryScene]) -> Tally:
    """Count some entries together."""
    found = Tally()
    for entry in entries:
        found.add(entry)
    return found


def _rendered(entry: EntryScene, scene: SegmentScene, held: frozenset[str]) -> Iterator[tuple[Term, str, bool]]:
    """What a field renders: the term, the Chinese form (empty where it is none), and whether that is right."""
    scan = entry.terms.scan(scene)
    for match in scan.matches:
        glossing = gloss(scene.masked, match.start, match.end) is not None
        for use in match.uses:
            kept = use.role == "english" and use.term.policy == "keep" and not glossing
            # An abbreviation behind its Chinese says the term no second time.
            right = use.role in RIGHT and not (use.role == "abbr" and glossing)
            if kept or right or use.role in WRONG:
                yield use.term, _form(use), kept or right
    starts = [match.start for match in scan.matches]
    for match in scan.nested:
        outer: Match = scan.matches[bisect_right(starts, match.start) - 1]
        if held.isdisjoint(use.term.source for use in outer.uses):
            for use in match.uses:
                if use.role in RIGHT:
                    yield use.term, _form(use), True


def _form(use: Use) -> str:
    """A form as a rendering; empty for an abbreviation or the English, unless that is what the glossary prefers."""
    return use.form if has_han(use.form) or use.form == use.term.preferred else ""


def _ranked(forms: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(forms.items(), key=lambda item: (-item[1], item[0])))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
