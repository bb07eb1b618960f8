"""Which Chinese goes with which English, by how often they stand in the same papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log
from typing import Final

from glossary.mining.chinese import Stretches, is_generic
from glossary.mining.english import Phrases
from glossary.records import NamedTuple

_SIGNIFICANT: Final = 10.83
"""The log-likelihood ratio that chance exceeds once in a thousand times."""
_LEAST_DICE: Final = 0.3
_LEAST_SHARE: Final = 0.3
_TRIED: Final = 12
"""How many stretches a phrase may fall back on where others have a better claim."""


class Link(NamedTuple):
    """A phrase and a stretch: in how many papers together, and how exclusively (0 to 1)."""

    phrase: str
    form: str
    together: int
    dice: float


def links(phrases: Phrases, stretches: Stretches) -> list[Link]:
    """The best stretch for each phrase that has one, the surest first.

    A stretch goes to the phrase that it is bound to most closely: 检索 belongs to retrieval, so retrieval performance
    must do without.
    """
    tried = [link for phrase in phrases.texts for link in _tried(phrase, phrases, stretches)]
    tried.sort(key=lambda link: (-_score(link), link.phrase, link.form))
    phrase_done: set[str] = set()
    owner: dict[str, Link] = {}
    best: list[Link] = []
    for link in tried:
        if link.phrase in phrase_done or link.form in owner:
            continue
        if _contradicts(link, owner.values()):
            continue
        phrase_done.add(link.phrase)
        owner[link.form] = link
        best.append(link)
    return best


def _contradicts(link: Link, taken: Iterable[Link]) -> bool:
    """Whether a taken link says more in fewer words, or less in more: 语言 for language model beside language."""
    words = set(link.phrase.split())
    for other in taken:
        if link.form in other.form and words > set(other.phrase.split()):
            return True
        if other.form in link.form and words < set(other.phrase.split()):
            return True
    return False


def _score(link: Link) -> float:
    return link.dice * min(1.0, log(1 + link.together) / log(13))


def _tried(phrase: str, phrases: Phrases, stretches: Stretches) -> list[Link]:
    texts = phrases.texts[phrase]
    together: Counter[str] = Counter()
    for number in texts:
        together.update(stretches.texts[number])
    total = len(stretches.texts)
    least = max(3, _LEAST_SHARE * len(texts))
    found: list[Link] = []
    for form, count in together.items():
        if count < least or not _plausible(phrase, form):
            continue
        dice = 2 * count / (len(texts) + stretches.counts[form])
        if dice >= _LEAST_DICE and likelihood(count, len(texts), stretches.counts[form], total) >= _SIGNIFICANT:
            found.append(Link(phrase, form, count, dice))
    found.sort(key=lambda link: -link.dice)
    return _whole(found[:_TRIED])


def _plausible(phrase: str, form: str) -> bool:
    """Whether the lengths fit: a word is one to four characters."""
    words = len([word for word in phrase.split() if len(word) > 2])
    return words <= len(form) <= 4 * words + 1 and not is_generic(form)


def _whole(found: Sequence[Link]) -> list[Link]:
    """Without the stretches that are only part of another that stands in nearly the same papers."""
    return [
        link
        for link in found
        if not any(
            link.form != other.form and link.form in other.form and other.together >= 0.8 * link.together
            and other.dice >= 0.85 * link.dice
            for other in found
        )
    ]  # fmt: skip


def likelihood(together: int, one: int, other: int, total: int) -> float:
    """Dunning's log-likelihood ratio of two things in so many of so many papers; 0 where they avoid each other."""
    table = (together, one - together, other - together, total - one - other + together)
    if together * total <= one * other or min(table) < 0:
        return 0.0
    rows, columns = (one, total - one), (other, total - other)
    expected = (rows[0] * columns[0], rows[0] * columns[1], rows[1] * columns[0], rows[1] * columns[1])
    return 2 * sum(seen * log(seen * total / by) for seen, by in zip(table, expected, strict=True) if seen)


def _akin(form: str, other: str) -> bool:
    """Whether two forms look like renderings of one thing: 指令跟随 and 指令遵循."""
    longer = max(len(form), len(other))
    ends = form[0] == other[0] or form[-1] == other[-1]
    return ends and abs(len(form) - len(other)) < 2 and 2 * len(set(form) & set(other)) >= longer - 1


def same(form: str, other: str) -> bool:
    """Whether two forms are one rendering: one holds the other, or a hyphen is all the difference."""
    plain, other_plain = form.replace("-", ""), other.replace("-", "")
    return plain in other_plain or other_plain in plain


def second(link: Link, phrases: Phrases, stretches: Stretches) -> list[tuple[str, int]]:
    """Other renderings of a phrase: what stands where the best one does not, and shares a character with it."""
    texts = [number for number in phrases.texts[link.phrase] if link.form not in stretches.texts[number]]
    together: Counter[str] = Counter()
    for number in texts:
        together.update(stretches.texts[number])
    total = len(stretches.texts)
    found: list[Link] = []
    for form, count in together.items():
        if count < max(3, 0.25 * len(texts)) or same(form, link.form) or not _plausible(link.phrase, form):
            continue
        if not _akin(form, link.form):
            continue
        if likelihood(count, len(texts), stretches.counts[form], total) >= _SIGNIFICANT:
            found.append(Link(link.phrase, form, count, 2 * count / (len(texts) + stretches.counts[form])))
    found.sort(key=lambda other: -other.dice)
    return [(other.form, other.together) for other in _whole(found[:_TRIED])[:1] if other.dice >= 0.25]
