"""The phrases of English text that may be terms: runs of words, of which the first and last are fit for that."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from glossary.mining.words import FUNCTION, GENERIC, VERBS

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_MAX_WORDS: Final = 4
_MOSTLY: Final = 0.7

_EDGE: Final = FUNCTION | VERBS
_LINKS: Final = frozenset({"of", "to"})


class Phrases:
    """The phrases of many texts: in which texts each stands, and how it is most often written.

    A phrase is known by its words in lower case, hyphens as spaces, the last one in the singular.
    """

    def __init__(self, texts: Iterable[str], least: int) -> None:
        """`least`: in how many texts a phrase must stand to be kept."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        self._written: defaultdict[str, Counter[str]] = defaultdict(Counter)
        # At the beginning of a sentence a capital says nothing, so such phrases are asked last.
        self._begun: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for number, text in enumerate(texts):
            for key, written, first in _phrases(text):
                found[key].add(number)
                if first:
                    self._begun[key][written[:1].lower() + written[1:]] += 1
                else:
                    self._written[key][written] += 1
        frequent = {key: numbers for key, numbers in found.items() if len(numbers) >= least}
        torn = _torn(frequent)
        self.texts = {key: numbers for key, numbers in frequent.items() if key not in torn}

    def written(self, key: str, otherwise: str = "") -> str:
        """The phrase as it is most often written; without capitals, unless it never goes without."""
        forms = self._written.get(key) or self._begun.get(key)
        if forms is None:
            return otherwise
        lower = Counter({form: count for form, count in forms.items() if form[:1].islower()})
        best = (lower or forms).most_common(1)[0][0]
        head, _, last = best.rpartition(" ")
        return f"{head} {last if '-of-' in last else singular(last)}".strip()


def _torn(found: dict[str, set[int]]) -> set[str]:
    """Phrases that hardly ever stand outside a longer one: instruction tuning's own "visual instruction"."""
    torn: set[str] = set()
    for key, numbers in found.items():
        words = key.split()
        for part in (words[:-1], words[1:]):
            short = " ".join(part)
            if short in found and len(numbers) >= _MOSTLY * len(found[short]):
                torn.add(short)
    return torn


def _phrases(text: str) -> Iterator[tuple[str, str, bool]]:
    """Each phrase: its key, as it is written, and whether it begins a sentence."""
    run: list[str] = []
    first = True
    end = 0
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        if between != " " or not run:
            yield from _of_run(run, first)
            run = []
            first = not end or not between.strip(" \n") or between.rstrip()[-1:] in ".!?:"
        run.append(word.group())
        end = word.end()
    yield from _of_run(run, first)


def _of_run(run: list[str], initial: bool) -> Iterator[tuple[str, str, bool]]:
    """The phrases in words that nothing but spaces separates."""
    for start, first in enumerate(run):
        if not is_edge(first, begins=True):
            continue
        for end in range(start + 1, min(len(run), start + _MAX_WORDS) + 1):
            word = run[end - 1]
            if end > start + 1 and word.lower() in _EDGE and word not in _LINKS:
                break
            if is_edge(word, begins=False):
                words = run[start:end]
                yield key_of(" ".join(words)), " ".join(words), initial and not start


@lru_cache(maxsize=65536)
def is_edge(word: str, begins: bool) -> bool:
    """Whether a term may begin, or end, with this word: not with an abbreviation or a name either."""
    lower = word.lower()
    if (
        len(word) < 3
        or lower in _EDGE
        or lower in GENERIC
        or singular(lower) in GENERIC
        or sum(map(str.isupper, word)) > 1
    ):
        return False
    if lower.endswith("-based"):
        return False
    if begins:
        return not lower.endswith("ly") or lower in ("early", "multiply", "assembly", "family")
    return not lower.endswith(("ed", "ly")) or "-" in lower


@lru_cache(maxsize=1 << 18)
def key_of(phrase: str) -> str:
    """What a phrase is known by."""
    words = phrase.lower().replace("-", " ").split()
    return " ".join([*words[:-1], singular(words[-1])]) if words else ""


def singular(word: str) -> str:
    """A word without the ending of its plural."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics", "as")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word[:-1]
