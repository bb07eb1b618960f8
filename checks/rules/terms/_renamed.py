"""Abbreviations of the Chinese that stand for one of the English, but are not it: RLRV for RLVR."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from checks.glosses import singular
from checks.model import Edit, Fix, Message, Safety, Text
from checks.namelist import FIRST, LONG, first_places, fold
from checks.rules.terms._abbreviations import ABBREVIATION, KNOWN, is_in_phrase
from checks.rules.terms._facts import facts_of
from checks.rules.terms._meant import Meant
from checks.scene import EntryScene, Hit, SegmentScene
from glossary.records import NamedTuple

_RENAMED: Final = Text(
    "The English writes {name}, not {found}: an abbreviation stays as the source writes it",
    "原文写作 {name}，而非 {found}；缩写应与原文一致",
)
_STRANGE: Final = Text(
    "{found} ({meaning}) stands nowhere in the English, neither so nor in full (unless in an earlier version)",
    "{found}（{meaning}）在原文中没有出现，既无缩写也无全称（除非译自论文的较早版本）",
)
_TITLE: Final = Text("Write “{name}”", "改为“{name}”")
_ALSO: Final = Text("{found} stands here too", "此处也写作 {found}")
_WORD = re.compile(r"[A-Za-z0-9]+")
_MOST: Final = 20
"""Strange abbreviations of an entry that are looked at; keeps hostile text linear."""
_MOST_SHOWN: Final = 3


class _Place(NamedTuple):
    """Where an abbreviation stands, in offsets of its field, without the s of a plural."""

    field: SegmentScene
    start: int
    end: int


class Renamed(NamedTuple):
    """An abbreviation of the Chinese that the English does not have; `names` are what it may stand for, if anything."""

    places: Sequence[_Place]
    names: tuple[str, ...]


class _Words:
    """The words of an English text."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def every(self) -> frozenset[str]:
        """All of them."""
        return frozenset(_WORD.findall(self._text))

    def __contains__(self, word: str) -> bool:
        if len(self._text) > LONG:
            return word in self.every
        places = 0
        for at in first_places(self._text, word):
            places += 1
            end = at + len(word)
            if _WORD.search(self._text[max(0, at - 1) : at] + self._text[end : end + 1]) is None:
                return True
        return places == FIRST and word in self.every


_recent: list[tuple[EntryScene, Mapping[str, Renamed]]] = []


def renamed(scene: EntryScene) -> Mapping[str, Renamed]:
    """The renamed abbreviations of an entry, as the Chinese has them; none where its English is not known.

    Kept for the last entry, as several rules ask for it.
    """
    for known, found in _recent:
        if known is scene:
            return found
    found = _renamed(scene)
    _recent[:] = [(scene, found)]
    return found


def _renamed(scene: EntryScene) -> Mapping[str, Renamed]:
    if scene.source is None or not scene.source.abstract.strip():
        return {}
    strange = _strange(scene, "\n".join((scene.entry.heading.text, scene.source.title, scene.source.abstract)))
    if not strange:
        return {}
    meant = Meant(scene)
    fields = {abbr: {place.field.field for place in places} for abbr, places in strange.items()}
    named = ((abbr, places, meant.names(abbr, fields[abbr])) for abbr, places in strange.items())
    return {abbr: Renamed(places, names) for abbr, places, names in named if names is not None}


def meant_terms(scene: EntryScene) -> frozenset[str]:
    """The sources of the terms whose abbreviation the Chinese has in another form."""
    listed = facts_of(scene.context.glossary).by_abbreviation
    names = (name for it in renamed(scene).values() for name in it.names)
    return frozenset(term.source for name in names for term in listed.get(name, ()))


def renamed_hits(scene: EntryScene, told: set[str]) -> Iterator[Hit]:
    """A finding for each renamed abbreviation, at its first place; adds what it speaks of to the folded names told."""
    for found, it in renamed(scene).items():
        if told.isdisjoint(map(fold, it.names)):
            told.update(map(fold, it.names))
            yield _hit(scene, found, it)


def _strange(scene: EntryScene, english: str) -> dict[str, list[_Place]]:
    """The abbreviations of the Chinese that are no word of the English in any case, nor known to everybody."""
    words, small = _Words(english), english.casefold()
    folded: set[str] = set()
    strange: dict[str, list[_Place]] = {}
    for field in scene.terms.fields:
        for found in ABBREVIATION.finditer(field.masked):
            abbr = singular(found[0])
            if abbr.upper() in KNOWN or abbr in scene.style.known_abbreviations:
                continue
            # Where its letters stand nowhere, no word is it.
            if abbr.casefold() in small:
                if abbr in words or found[0] in words:
                    continue
                folded = folded or {form.casefold() for word in words.every for form in (word, singular(word))}
                if not folded.isdisjoint((abbr.casefold(), found[0].casefold())):
                    continue
            if is_in_phrase(field.masked, *found.span()) or (abbr not in strange and len(strange) == _MOST):
                continue
            strange.setdefault(abbr, []).append(_Place(field, found.start(), found.start() + len(abbr)))
    return strange


def _hit(scene: EntryScene, found: str, it: Renamed) -> Hit:
    (field, start, end), *others = it.places
    listed = facts_of(scene.context.glossary).by_abbreviation
    related = tuple(place.field.related(place.start, place.end, _ALSO, found=found) for place in others)
    if not it.names:
        meaning = listed[found][0].source
        return field.hit(start, end, _STRANGE, related=related, severity="warning", found=found, meaning=meaning)
    # Between several names a machine does not choose.
    safety: Safety = "unsafe" if len(it.names) == 1 else "manual"
    shown = it.names[:_MOST_SHOWN]
    fixes = tuple(Fix(Message(_TITLE, {"name": name}), safety, tuple(_edits(it.places, name))) for name in shown)
    term = next((term.source for name in it.names for term in listed.get(name, ())), None)
    said = " / ".join(shown)
    return field.hit(start, end, _RENAMED, term=term, fixes=fixes, related=related, name=said, found=found)


def _edits(places: Sequence[_Place], name: str) -> Iterator[Edit]:
    for field, start, end in places:
        yield Edit(start + field.offset, end + field.offset, name)
