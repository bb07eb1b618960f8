"""What the translators say themselves: 中文 (English), 中文 (English, ABBR), 中文 (ABBR)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from glossary.abbreviations import expansions
from glossary.mining.chinese import Cut, before
from glossary.mining.english import key_of, singular
from glossary.records import NamedTuple

_GLOSS: Final = re.compile(r" ?[(（]([A-Za-z][^()（）\n]{1,80})[)）]")
_SEPARATOR: Final = re.compile(r"\s*[,，;；、/]\s*")
_LONG: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*")
_ABBR: Final = re.compile(r"(?=(?:.*[A-Z]){2})[A-Za-z][A-Za-z0-9-]{1,9}?(s?)")


_NEARLY: Final = 0.6


class Place(NamedTuple):
    """A place in the texts: the number of the text, of its part, and an offset in it."""

    text: int
    part: int
    offset: int


class Gloss(NamedTuple):
    """One bracket: its English, its abbreviation if any, and the stretches before it, shortest first."""

    english: str
    abbr: str
    stretches: tuple[str, ...]
    place: Place


def glosses(chinese: Sequence[Sequence[str]], english: Sequence[str], cut: Cut) -> list[Gloss]:
    """The glosses of texts given in parts, each with its English (or "" where that is unknown)."""
    found: list[Gloss] = []
    for number, parts in enumerate(chinese):
        longs = {long.abbr: long.long_form for long in expansions(english[number])}
        for part, text in enumerate(parts):
            for bracket in _GLOSS.finditer(text):
                phrase, abbr = _read(bracket[1], longs)
                stretches = before(text, bracket.start(), cut) if phrase else []
                if stretches:
                    found.append(Gloss(phrase, abbr, tuple(stretches), Place(number, part, bracket.start())))
    return found


def _read(inside: str, longs: dict[str, str]) -> tuple[str, str]:
    """The English and the abbreviation in a bracket; nothing where it holds a name or a remark."""
    pieces = _SEPARATOR.split(inside.strip())
    abbr = next((piece for piece in pieces if _ABBR.fullmatch(piece)), "")
    abbr = abbr[:-1] if abbr.endswith("s") else abbr
    long = next((piece for piece in pieces if piece.rstrip("s") != abbr and _LONG.fullmatch(piece)), "")
    if len(pieces) > 2 or (not long and abbr not in longs):
        return "", ""
    return _plain(long or longs[abbr]), abbr


def _plain(phrase: str) -> str:
    """The phrase without the capitals of a title, and in the singular."""
    words = phrase.split()
    if all(word[:1].isupper() and word[1:].islower() for word in words if len(word) > 3) or phrase.isupper():
        words = [word.lower() for word in words] if len(words) > 1 else words
    return " ".join([*words[:-1], singular(words[-1])]) if words else ""


class Glossed(NamedTuple):
    """All glosses of one phrase: how often each stretch stood before the bracket, and the abbreviations."""

    english: str
    counts: Counter[str]
    abbrs: Counter[str]
    place: Place
    total: int

    def best(self) -> list[str]:
        """The stretches that were glossed, the best first, none a part of another.

        语言模型 stands before the bracket wherever 视觉-语言模型 does, so the longest of the frequent ones is meant.
        """
        least = _NEARLY * max(self.counts.values(), default=0)
        ranked = sorted(self.counts, key=lambda form: (
            (0, -len(form), -self.counts[form]) if self.counts[form] >= least else (1, -self.counts[form], -len(form))
        ))  # fmt: skip
        kept: list[str] = []
        for form in ranked:
            if not any(form in other or other in form for other in kept):
                kept.append(form)
        return kept


def by_phrase(found: Iterable[Gloss]) -> dict[str, Glossed]:
    """The glosses, put together by phrase."""
    groups: defaultdict[str, list[Gloss]] = defaultdict(list)
    seen: set[tuple[str, int]] = set()
    for gloss in found:
        key = key_of(gloss.english)
        # A paper has one vote, however often it repeats itself.
        if (key, gloss.place.text) not in seen:
            seen.add((key, gloss.place.text))
            groups[key].append(gloss)
    return {
        key: Glossed(
            Counter(gloss.english for gloss in group).most_common(1)[0][0],
            Counter(form for gloss in group for form in gloss.stretches if _plausible(key, form)),
            Counter(gloss.abbr for gloss in group if gloss.abbr),
            group[0].place,
            len(group),
        )
        for key, group in groups.items()
    }


def _plausible(phrase: str, form: str) -> bool:
    words = len(phrase.split())
    return words <= len(form) <= 4 * words + 1
