"""What stands between the tags of a source or a target."""

from __future__ import annotations

from collections.abc import Iterable

from checks.bilingual.content import TAG, Content, Piece, joined
from checks.bilingual.xml import Token, local, written


class Inline:
    """Collects the tokens of one element's content.

    Elements whose names are in ``round_text`` stand round text; all others are tags with all that is in them, and so
    is what says that it is not to be translated. Names are those in ``namespace``, the format's own.
    """

    def __init__(self, namespace: str, round_text: Iterable[str]) -> None:
        self._open = frozenset(f"{namespace}{name}" for name in round_text)
        self._pieces: list[Piece] = []
        self._english: list[str] = []
        self._depth = 0
        self._sealed: int | None = None
        """Inside a tag with content: how deep, and since where."""
        self._since = 0

    def take(self, token: Token) -> bool:
        """Take the next token; False where it ends the element itself."""
        if token.kind == "<":
            self._depth += 1
            if self._sealed is None:
                self._begin(token)
        elif token.kind == ">":
            if self._depth == 0:
                return False
            if self._sealed is None:
                self._tag(token.start, token.end)
            elif self._sealed == self._depth:
                self._tag(self._since, token.end)
                self._english.append(" ")
                self._sealed = None
            self._depth -= 1
        elif token.kind == "" and self._sealed is None:
            self._pieces.append(token.piece)
            self._english.append(token.text)
        return True

    def _begin(self, token: Token) -> None:
        kept = token.attributes.get("translate") == "no" or token.attributes.get("mtype") == "protected"
        if token.name in self._open and not kept:
            self._tag(token.start, token.end)
        else:
            self._sealed, self._since = self._depth, token.start

    def _tag(self, start: int, end: int) -> None:
        # The end of an empty element has no length.
        if end > start:
            self._pieces.append(Piece(start, end, TAG, written, tag=True))

    @property
    def english(self) -> str:
        """The text without tags."""
        return "".join(self._english).strip()

    @property
    def content(self) -> Content | None:
        """The content as a target; None where there is nothing in it."""
        pieces = joined(self._pieces)
        return Content(pieces) if any(not piece.tag for piece in pieces) else None


def namespace_of(name: str) -> str:
    """What stands before the local name."""
    return name.removesuffix(local(name))
