"""Which rules a field wakes, and where; which rules an entry wakes.

A text has few different characters. Those are looked at first, each by what is known of it from other texts: only the
rules whose characters are all there are looked for in the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from checks.registry import Chars, Entries, Loaded, Pairs, Segments
from glossary.records import NamedTuple

if TYPE_CHECKING:
    from checks.model import Field
    from checks.scene import EntryScene

_MOST_REMEMBERED: Final = 1 << 16
"""Characters whose classes are kept."""
_AT_THE_START: Final = (0,)


class _Sleeper(NamedTuple):
    """A rule that sleeps until one of its places turns up."""

    loaded: Loaded
    needs: Sequence[int]
    """Sets of classes, as bits; it can only be woken where a text has characters of all classes of one of them."""
    places: re.Pattern[str] | None
    """What to look for in the text; None where a character of the class is enough."""
    every: bool
    """Whether each of its places wakes the rule, or the first for all of them."""


class Sleepers:
    """The rules that wake in one field."""

    def __init__(self, rules: Iterable[Loaded]) -> None:
        self._classes = _Classes()
        self._sleepers = [self._sleeper(loaded) for loaded in rules]
        self._near_waking = lru_cache(maxsize=4096)(self._chosen)

    def _sleeper(self, loaded: Loaded) -> _Sleeper:
        wake = loaded.rule.wake
        bit = self._classes.bit
        if isinstance(wake, Pairs):
            return _Sleeper(loaded, [bit(left) | bit(right) for left, right in wake.pairs], wake.pattern(), every=True)
        assert isinstance(wake, Chars | Segments)
        enough = isinstance(wake, Segments) and wake.where is None
        return _Sleeper(loaded, [bit(wake.chars)], None if enough else wake.pattern(), isinstance(wake, Chars))

    def _chosen(self, bits: int) -> list[_Sleeper]:
        return [sleeper for sleeper in self._sleepers if any(need & bits == need for need in sleeper.needs)]

    def woken(self, text: str) -> Iterable[tuple[Loaded, Iterable[int]]]:
        """The rules that a masked text wakes, in the order given, each with the offsets at which it does."""
        bits = reduce(or_, map(self._classes.__getitem__, set(text)), 0)
        for loaded, _, places, every in self._near_waking(bits):
            if every:
                assert places is not None
                yield loaded, (place.start() for place in places.finditer(text))
            elif places is None or places.search(text):
                yield loaded, _AT_THE_START


class _Classes(dict[str, int]):
    """By character, which classes hold it; worked out when a character first turns up."""

    def __init__(self) -> None:
        super().__init__()
        self._patterns: dict[str, re.Pattern[str]] = {}

    def bit(self, chars: str) -> int:
        """The bit of a class (a regex class body)."""
        self._patterns.setdefault(chars, re.compile(f"[{chars}]"))
        return 1 << list(self._patterns).index(chars)

    def __missing__(self, char: str) -> int:
        found = sum(1 << number for number, pattern in enumerate(self._patterns.values()) if pattern.match(char))
        if len(self) < _MOST_REMEMBERED:
            self[char] = found
        return found


class Conditions:
    """What an entry must meet to wake a rule."""

    def __init__(self, wake: Entries) -> None:
        self._where, heading, title = wake.patterns()
        self._english = wake.english
        given: tuple[tuple[Field, re.Pattern[str] | None], ...] = (("heading", heading), ("title", title))
        self._titles = [(field, wanted) for field, wanted in given if wanted is not None]

    def are_met(self, entry: EntryScene) -> bool:
        """Whether it does."""
        if self._where is not None and not self._where.search(entry.file.text, *entry.entry.span):
            return False
        if entry.source is not None:
            return True
        return not self._english and (not self._titles or self._is_titled(entry))

    def _is_titled(self, entry: EntryScene) -> bool:
        scenes = entry.segments
        return any(field in scenes and wanted.search(scenes[field].text) for field, wanted in self._titles)
