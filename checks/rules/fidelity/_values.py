"""The quantities of an entry's Chinese fields and of the English that each renders."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from checks.model import Field
from checks.numbers import Quantity, Side, chinese, english
from checks.scene import EntryScene, SegmentScene
from checks.text import has_han
from glossary.records import NamedTuple

_FIELDS: Final[tuple[Field, ...]] = ("title", "body")


class Values(NamedTuple):
    """A Chinese field, and the quantities of the English that it renders and of its own."""

    scene: SegmentScene
    english: Side
    """The heading for the title, the abstract for the body."""
    chinese: Side

    def source(self, quantity: Quantity) -> str:
        """A quantity as the English writes it, with its unit; a range that shares one, up to there."""
        text, end = self.english.text, quantity.until
        for one in self.english.quantities:
            if one.start >= quantity.start:
                end = one.until
                shares = one.until == one.end and text[end - 1].isdigit() and (one.unit != "" or one.scale > 1)
                if not shares:
                    break
        return text[quantity.start : max(end, quantity.until)]

    def target(self, quantity: Quantity) -> str:
        """A quantity as the Chinese writes it, with its unit."""
        return self.scene.text[quantity.start : quantity.until]


@lru_cache(maxsize=2)
def values_of(entry: EntryScene) -> tuple[Values, ...]:
    """The title with the heading, the body with the abstract where it is known; only what is in Chinese."""
    return tuple(_values(entry))


def _values(entry: EntryScene) -> Iterator[Values]:
    heading, source = entry.entry.heading.text, entry.source
    if has_han(heading):
        # A heading in Chinese is no source.
        heading = source.title if source else ""
    abstract = source.abstract if source else ""
    texts: dict[Field, str] = {"title": heading, "body": abstract}
    for field in _FIELDS:
        scene = entry.segments.get(field)
        if scene is None or not texts[field] or not has_han(scene.masked):
            continue
        # What the title counts, the abstract may have counted, and the other way round.
        more = [quantity for other, text in texts.items() if other != field for quantity in english(text)]
        if source and source.title != heading:
            more += english(source.title)
        own = Side(texts[field], english(texts[field]), more)
        yield Values(scene, own, Side(scene.text, chinese(scene.text, scene.masked)))
