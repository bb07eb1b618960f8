"""One list of candidates out of glosses and parallel text, the surest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log
from typing import Final

from glossary.mining.association import Link, links, same, second
from glossary.mining.chinese import Cut, Stretches
from glossary.mining.english import Phrases
from glossary.mining.glosses import Glossed, Place, by_phrase, glosses
from glossary.mining.words import HEADS
from glossary.records import NamedTuple

_LEAST_TEXTS: Final = 4
_ORDINARY: Final = 150
"""How frequent a word of jieba's dictionary may be and still be a term where one English word stands for it."""


class Text(NamedTuple):
    """A paper: its English, "" where unknown, and the parts of its Chinese."""

    english: str
    chinese: Sequence[str]


class Rendering(NamedTuple):
    """A Chinese form and in how many papers it was found."""

    form: str
    papers: int


class Candidate(NamedTuple):
    """A term that the glossary might have.

    `papers` hold the English, where it is known; `glossed` counts the papers that explain it in brackets. `renderings`
    begin with the best; two of them are a conflict. `score` orders candidates and means nothing else.
    """

    source: str
    abbr: str
    renderings: tuple[Rendering, ...]
    papers: int
    glossed: int
    place: Place
    score: float

    @property
    def conflict(self) -> bool:
        """Whether translators do not agree."""
        return len(self.renderings) > 1


class Miner:
    """The candidates of some texts."""

    def __init__(self, texts: Sequence[Text], cut: Cut, frequency: Callable[[str], int]) -> None:
        """`cut` gives the words of a run of Han, `frequency` how common a Chinese word is."""
        self._texts = texts
        self._frequency = frequency
        # Association needs both sides; glosses speak for themselves.
        self._known = [number for number, text in enumerate(texts) if text.english]
        self._phrases = Phrases([texts[number].english for number in self._known], _LEAST_TEXTS)
        self._stretches = Stretches(["\n".join(texts[number].chinese) for number in self._known], cut, 2)
        chinese, english = [text.chinese for text in texts], [text.english for text in texts]
        self._glossed = by_phrase(glosses(chinese, english, cut))

    def candidates(self) -> list[Candidate]:
        """The candidates, the surest first."""
        found: dict[str, Candidate] = {}
        for link in links(self._phrases, self._stretches):
            found[link.phrase] = self._linked(link, self._glossed.get(link.phrase))
        for key, glossed in self._glossed.items():
            if key not in found and glossed.counts:
                found[key] = self._only_glossed(key, glossed)
        return sorted(found.values(), key=lambda candidate: (-candidate.score, candidate.source))

    def _linked(self, link: Link, glossed: Glossed | None) -> Candidate:
        forms = {link.form: link.together, **dict(second(link, self._phrases, self._stretches))}
        if glossed is not None:
            for form in glossed.best():
                count = glossed.counts[form]
                if count > 1 and not any(same(form, other) for other in forms):
                    forms[form] = count
        papers = len(self._phrases.texts[link.phrase])
        score = link.dice * min(1.0, log(1 + link.together) / log(13)) * self._termhood(link.phrase, link.form)
        confirmed = glossed is not None and glossed.counts[link.form] > 0
        return Candidate(
            self._phrases.written(link.phrase),
            _abbr(glossed),
            tuple(Rendering(form, count) for form, count in forms.items()),
            papers,
            glossed.total if glossed else 0,
            self._place(link),
            min(1.0, score + 0.3) if confirmed else score,
        )

    def _only_glossed(self, key: str, glossed: Glossed) -> Candidate:
        forms = glossed.best()
        agreed = glossed.counts[forms[0]]
        score = 0.9 * agreed / glossed.total if agreed > 2 else 0.2 * agreed
        renderings = [
            Rendering(form, glossed.counts[form]) for form in forms if form == forms[0] or glossed.counts[form] > 1
        ]
        papers = len(self._phrases.texts.get(key, ()))
        return Candidate(
            self._phrases.written(key, glossed.english), _abbr(glossed), tuple(renderings[:3]), papers, glossed.total,
            glossed.place, score * self._termhood(key, forms[0]),
        )  # fmt: skip

    def _termhood(self, phrase: str, form: str) -> float:
        """How little the pair looks like everyday vocabulary: several words are a term sooner than one."""
        if " " in phrase:
            return 0.8 if phrase.rpartition(" ")[2] in HEADS else 1.0
        return 0.9 if self._frequency(form) <= _ORDINARY else 0.45

    def _place(self, link: Link) -> Place:
        """The first paper that has both."""
        for known in sorted(self._phrases.texts[link.phrase]):
            number = self._known[known]
            for part, text in enumerate(self._texts[number].chinese):
                offset = text.find(link.form)
                if offset >= 0:
                    return Place(number, part, offset)
        raise AssertionError(f"{link} was found nowhere")


def _abbr(glossed: Glossed | None) -> str:
    return glossed.abbrs.most_common(1)[0][0] if glossed and glossed.abbrs else ""
