"""Near duplicates among many sentences.

Two sentences are compared by their English where both have it, else by their Chinese: the share of characters that they
have in common in the same order (rapidfuzz's ``ratio``: twice the longest common subsequence over both lengths). Only
those are compared that share words, or pairs of Han characters, rare ones first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from checks.memory.sentence import Sentence
from glossary.records import NamedTuple

_WORD = re.compile(r"\w+|[\ufdd0-\ufdef]")
_BUDGET: Final = 2000
"""Places of words that are looked at for one sentence, those of the rarest words first."""
_SHARED: Final = 0.25
"""Of the words looked at, so many must be in both. Measured on a year of digests against comparing all with all."""


class Found(NamedTuple):
    """A sentence that is much like another, and how much: 100 is equal."""

    sentence: Sentence
    likeness: float


class Memory:
    """Sentences by file; adding a file again replaces what was known of it."""

    def __init__(self) -> None:
        self._sentences: list[Sentence] = []
        self._numbers: dict[str, range] = {}
        """The live sentences of each file; others are of texts that have changed since."""
        self._places: defaultdict[str, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return sum(map(len, self._numbers.values()))

    def add(self, path: str, sentences: Sequence[Sentence]) -> None:
        """Take the sentences of a file in, in place of those it had."""
        self._numbers.pop(path, None)
        if len(self._sentences) > 2 * len(self) + 1000:
            self._forget()
        self._put(path, sentences)

    def _put(self, path: str, sentences: Sequence[Sentence]) -> None:
        first = len(self._sentences)
        self._sentences.extend(sentences)
        self._numbers[path] = range(first, len(self._sentences))
        for number, sentence in enumerate(sentences, first):
            for word in _words(sentence):
                self._places[word].append(number)

    def _forget(self) -> None:
        """Let go of what is dead."""
        live = {path: [self._sentences[number] for number in numbers] for path, numbers in self._numbers.items()}
        self._sentences, self._numbers, self._places = [], {}, defaultdict(list)
        for path, sentences in live.items():
            self._put(path, sentences)

    def like(self, sentence: Sentence, cutoff: float, allowed: Callable[[str], bool], most: int = 3) -> list[Found]:
        """The sentences of ``allowed`` files that are at least so much like this one, the likest first."""
        from rapidfuzz.fuzz import ratio

        found: list[Found] = []
        for number in self._candidates(sentence):
            other = self._sentences[number]
            if number not in self._numbers.get(other.path, ()) or not allowed(other.path):
                continue
            one, two = _comparable(sentence, other)
            likeness = ratio(one, two, score_cutoff=cutoff)
            if likeness >= cutoff:
                found.append(Found(other, likeness))
        # Of equals the latest is the one to go by.
        found.sort(key=lambda each: (-each.likeness, _reversed(each.sentence.path), each.sentence.span))
        return found[:most]

    def _candidates(self, sentence: Sentence) -> Iterator[int]:
        known = sorted((self._places[word] for word in _words(sentence) if word in self._places), key=len)
        counts: Counter[int] = Counter()
        looked = used = 0
        for places in known:
            if used and looked + len(places) > _BUDGET:
                break
            counts.update(places)
            looked, used = looked + len(places), used + 1
        return (number for number, count in counts.items() if count >= _SHARED * used)


def _words(sentence: Sentence) -> set[str]:
    """The words of the English, else the pairs of Han and the words of the Chinese; those of each are apart."""
    english, chinese = sentence.folded
    found = set() if english is None else {f"{word} " for word in _WORD.findall(english)}
    return found | set(_pairs(chinese))


def _pairs(chinese: str) -> Iterable[str]:
    for run in _WORD.findall(chinese):
        if run.isascii():
            yield run
        else:
            yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))


def _comparable(one: Sentence, other: Sentence) -> tuple[str, str]:
    (english, chinese), (english_too, chinese_too) = one.folded, other.folded
    if english is None or english_too is None:
        return chinese, chinese_too
    return english, english_too


def _reversed(path: str) -> tuple[int, ...]:
    return tuple(-ord(char) for char in path)
