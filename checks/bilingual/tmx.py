"""TMX 1.1 to 1.4b (LISA): a ``tu`` with an English and a Chinese ``tuv``.

Of several variants in one language the first counts. The id is the ``tuid``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checks.bilingual.inline import Inline, namespace_of
from checks.bilingual.unit import Damaged, Unit, is_chinese, is_english
from checks.bilingual.xml import XML_LANG, Token, tokens
from checks.digest import heading_key
from checks.model import Span

_ROUND_TEXT: Final = ("hi",)


def units(text: str) -> Sequence[Unit]:
    """The units of a file that have both languages; raises :class:`Damaged`."""
    reader = _Reader()
    tokens(text, reader.take)
    return reader.units


class _Reader:
    def __init__(self) -> None:
        self.units: list[Unit] = []
        self._namespace: str | None = None
        self._unit: Token | None = None
        self._language = ""
        self._segment: Token | None = None
        self._inline: Inline | None = None
        self._english: tuple[str, Span] | None = None
        self._chinese: Inline | None = None

    def take(self, token: Token) -> None:
        """Take the next token of the file."""
        if self._inline is not None:
            if not self._inline.take(token):
                self._end_segment(token)
        elif token.kind == "<":
            self._begin(token)
        elif token.kind == ">" and token.name == f"{self._namespace}tu":
            self._end_unit()

    def _begin(self, token: Token) -> None:
        if self._namespace is None:
            self._namespace = namespace_of(token.name)
            if token.name.removeprefix(self._namespace) != "tmx":
                raise Damaged(token.start, f"its root is <{token.name.rpartition(' ')[2]}>, not <tmx>")
        name = token.name.removeprefix(self._namespace)
        if name == "tu":
            self._unit, self._english, self._chinese = token, None, None
        elif name == "tuv":
            # Before 1.4 the attribute had no prefix.
            self._language = token.attributes.get(XML_LANG) or token.attributes.get("lang", "")
        elif name == "seg" and self._unit is not None:
            self._segment, self._inline = token, Inline(self._namespace, _ROUND_TEXT)

    def _end_segment(self, token: Token) -> None:
        inline, self._inline = self._inline, None
        if inline is None or self._segment is None:
            return
        if is_english(self._language) and self._english is None:
            self._english = inline.english, Span(self._segment.end, max(self._segment.end, token.start))
        elif is_chinese(self._language) and self._chinese is None:
            self._chinese = inline

    def _end_unit(self) -> None:
        unit, self._unit = self._unit, None
        content = self._chinese.content if self._chinese is not None else None
        if unit is not None and self._english is not None and content is not None:
            source, place = self._english
            key = unit.attributes.get("tuid") or heading_key(source)
            self.units.append(Unit(key, unit.start, place, source, content))
