"""XLIFF 1.0 to 1.2 (OASIS) and 2.0 to 2.2 (OASIS, ISO 21720).

A unit of 1.x is a ``trans-unit``, one of 2.x a ``segment`` of a ``unit``; ids are theirs. Alternatives (``alt-trans``,
``mtc:matches``), ``seg-source`` and ``ignorable`` are no translations, and what says ``translate="no"`` is none to
check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from checks.bilingual.inline import Inline, namespace_of
from checks.bilingual.unit import Damaged, Unit, refuse_languages
from checks.bilingual.xml import Token, tokens
from checks.digest import heading_key
from checks.model import Span

_ROUND_TEXT: Final = ("g", "mrk", "pc")


def units(text: str) -> Sequence[Unit]:
    """The units of a file that have both texts; raises :class:`Damaged`."""
    reader = _Reader()
    tokens(text, reader.take)
    return reader.units


class _Reader:
    def __init__(self) -> None:
        self.units: list[Unit] = []
        self._namespace = ""
        self._open: list[Token] = []
        """The elements in which we are."""
        self._kept: list[bool] = []
        """Whether each of them is not to be translated, by its own word or that of one around it."""
        self._inline: Inline | None = None
        self._source: tuple[str, Span] | None = None
        self._target: Inline | None = None
        self._segments: list[tuple[str, Unit | None]] = []
        """Those of the unit of XLIFF 2 in which we are, by their own ids; None where nothing is to check."""

    def take(self, token: Token) -> None:
        """Take the next token of the file."""
        if self._inline is not None:
            if not self._inline.take(token):
                self._end_text(token)
        elif token.kind == "<":
            self._begin(token)
        elif token.kind == ">":
            self._end()

    def _begin(self, token: Token) -> None:
        if not self._open:
            self._root(token)
        name, parent = self._named(token), self._named(self._open[-1]) if self._open else ""
        if name == "file":
            refuse_languages(
                token.start, token.attributes.get("source-language", ""), token.attributes.get("target-language", "")
            )
        elif name in ("trans-unit", "segment"):
            self._source = self._target = None
        elif name == "unit":
            self._segments = []
        elif name in ("source", "target") and parent in ("trans-unit", "segment"):
            self._inline = Inline(self._namespace, _ROUND_TEXT)
        said = token.attributes.get("translate")
        self._kept.append(said == "no" or (said != "yes" and self._kept[-1:] == [True]))
        self._open.append(token)

    def _root(self, token: Token) -> None:
        self._namespace = namespace_of(token.name)
        if self._named(token) != "xliff":
            raise Damaged(token.start, f"its root is <{token.name.rpartition(' ')[2]}>, not <xliff>")
        version = token.attributes.get("version", "")
        if version[:2] not in ("1.", "2."):
            raise Damaged(token.start, f"is XLIFF {version or 'without a version'}; 1.0 to 1.2 and 2.x are read")
        refuse_languages(token.start, token.attributes.get("srcLang", ""), token.attributes.get("trgLang", ""))

    def _named(self, token: Token) -> str:
        """The name, where it is one of XLIFF's own."""
        found = token.name.removeprefix(self._namespace)
        return "" if " " in found else found

    def _end_text(self, token: Token) -> None:
        inline, self._inline = self._inline, None
        opened, _ = self._open.pop(), self._kept.pop()
        if inline is None:
            return
        if self._named(opened) == "source":
            self._source = (inline.english, Span(opened.end, max(opened.end, token.start)))
        else:
            self._target = inline

    def _end(self) -> None:
        element, kept = self._open.pop(), self._kept.pop()
        name = self._named(element)
        if name == "trans-unit":
            found = self._pair(element) if not kept else None
            if found is not None:
                self.units.append(found)
        elif name == "segment":
            self._segments.append((element.attributes.get("id", ""), self._pair(element) if not kept else None))
        elif name == "unit":
            self._end_unit(element)

    def _pair(self, element: Token) -> Unit | None:
        content = self._target.content if self._target is not None else None
        if self._source is None or content is None:
            return None
        source, place = self._source
        return Unit(element.attributes.get("id") or heading_key(source), element.start, place, source, content)

    def _end_unit(self, element: Token) -> None:
        """Name the segments: by the unit alone where it has one, else by both."""
        own = element.attributes.get("id", "")
        for number, (name, found) in enumerate(self._segments, 1):
            if found is not None:
                key = own if len(self._segments) == 1 else f"{own}/{name or number}"
                self.units.append(replace(found, key=key) if own else found)
