"""How often a text writes each name: what the Chinese has less often than the English, it misses."""

from __future__ import annotations

from collections.abc import Sequence

from checks.namelist import Piece, hyphened, longer, tokens_at
from checks.nameshape import lesser_in, name_in


class Names:
    """How often a text writes a name, plural or not, in compounds too (GPT-4 of GPT-4-based).

    Of several texts that say the same, such as two forms of a title, the one that has a name more often counts.
    """

    def __init__(self, texts: Sequence[str], abbreviations: frozenset[str]) -> None:
        self._texts = [hyphened(text) for text in texts]
        self._abbreviations = abbreviations
        self._counts: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        wanted = _singular(name)
        if wanted not in self._counts:
            self._counts[wanted] = max((self._count(text, wanted) for text in self._texts), default=0)
        return self._counts[wanted]

    def _count(self, text: str, wanted: str) -> int:
        # A name is what its token begins with: only the places where it stands are looked at.
        is_it = self._is_sequence if " " in wanted else self._is_word
        return sum(is_it(text, token, wanted) for token in tokens_at(text, wanted))

    def _is_word(self, _: str, token: Piece, wanted: str) -> bool:
        """Whether a token is a name, in the singular, or a compound that begins with it."""
        name = name_in(token.text) or lesser_in(token.text, self._abbreviations) or token.text
        return wanted in (_singular(token.text), _singular(name))

    def _is_sequence(self, text: str, token: Piece, wanted: str) -> bool:
        """Whether a sequence that begins with a token is a name, in the singular."""
        return any(_singular(piece.text) == wanted for piece in longer(text, token))


def _singular(name: str) -> str:
    return name[:-1] if len(name) > 3 and name.endswith("s") else name
