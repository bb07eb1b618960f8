"""How often a text writes each name: what the Chinese has less often than the English, it misses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from checks.namelist import Piece, longer, tokens
from checks.nameshape import lesser_in, name_in


class Names:
    """The names of a text, plural or not, in compounds too (GPT-4 of GPT-4-based), counted.

    Of several texts that say the same, such as two forms of a title, the one that has a name more often counts.
    """

    def __init__(self, texts: Sequence[str], abbreviations: frozenset[str]) -> None:
        self._texts = [(text, tokens(text)) for text in texts]
        self._abbreviations = abbreviations

    def __getitem__(self, name: str) -> int:
        return (self._sequences if " " in name else self._words)[_singular(name)]

    @cached_property
    def _words(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for _, found in self._texts:
            counts |= _count(found, self._abbreviations)
        return counts

    @cached_property
    def _sequences(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for text, found in self._texts:
            counts |= Counter(
                _singular(piece.text) for number in range(len(found)) for piece in longer(text, found, number)
            )
        return counts


def _count(found: Sequence[Piece], abbreviations: frozenset[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for _, _, token in found:
        name = name_in(token) or lesser_in(token, abbreviations) or token
        counts.update({_singular(token), _singular(name)})
    return counts


def _singular(name: str) -> str:
    return name[:-1] if len(name) > 3 and name.endswith("s") else name
