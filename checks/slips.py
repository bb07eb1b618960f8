"""Which of some names a word with one letter or one number otherwise stands for.

Words are never held against all names: two words one edit apart share what is left of one of them without a letter,
and two names with one number otherwise share the rest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cached_property, lru_cache
from typing import Final

from checks.namelist import LONGEST_TOKEN, fold
from checks.nameshape import is_camel, is_capitals
from glossary.records import NamedTuple

_MOST_ALIKE: Final = 8
"""Names under one key; more would be no answer, and keep no time."""
_SHORTEST: Final = 4
_SHORT: Final = 6
"""Up to this length a name may have its capitals anywhere: XCoder."""
SURE: Final = 7
"""From this length on a letter may differ though no abstract is known."""
_MARK = re.compile(r"v(?=\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORD = re.compile(r"[A-Z]?[a-z]+")


class Near(NamedTuple):
    """A name that a word may stand for.

    `plain` says that the letters alone tell: the word is long, and has the numbers of the name; `sure`, that they do
    even where the English is not known but for a heading. `part` says that the word is the name without its number.
    """

    name: str
    far: bool
    """Whether a letter is lost or added."""
    plain: bool
    sure: bool
    part: bool


class Slips:
    """Names, in the order of the English, indexed by what they can be mistaken for; some of them are lesser ones."""

    def __init__(self, names: Iterable[str], lesser: Collection[str] = frozenset()) -> None:
        self._lesser = frozenset(lesser)
        self._places = {name: place for place, name in enumerate(dict.fromkeys(names))}
        self.spaces = frozenset(name.count(" ") for name in self._places)
        """How many spaces the names have."""

    @cached_property
    def _sized(self) -> dict[int, list[str]]:
        """The names by their length, folded."""
        sized: dict[int, list[str]] = defaultdict(list)
        for name in self._places:
            sized[len(fold(name))].append(name)
        return sized

    @cached_property
    def _deleted(self) -> dict[str, list[str]]:
        return _keyed(self._places, lambda name: _deletions(fold(name)))

    @cached_property
    def _numberless(self) -> dict[str, list[str]]:
        return _keyed(self._places, _numberless)

    def near(self, token: str) -> tuple[Near, ...]:
        """The names one edit or one number away from a token, in the order of the English."""
        if not self._places:
            return ()
        folded = fold(token)
        found = {name: len(folded) != len(fold(name)) for name in self._alike(folded) if self._is_slip(token, name)}
        if len(folded) >= _SHORTEST and (keys := _numberless(token)):
            numbered = (name for key in keys for name in self._numberless.get(key, ()))
            found.update((name, False) for name in numbered if name.count(" ") == token.count(" "))
        order = sorted(found, key=self._places.__getitem__)
        return tuple(
            Near(name, found[name], self._is_plain(folded, name), self._is_sure(folded, name), _is_part(token, name))
            for name in order
        )

    def _alike(self, folded: str) -> Collection[str]:
        """The names that may be one edit away from a word."""
        size = len(folded)
        near = [name for length in (size - 1, size, size + 1) for name in self._sized.get(length, ())]
        # So few that none of the keys below, which only names of such a length have, would hold too many of them.
        if len(near) <= _MOST_ALIKE:
            return near
        return {name for key in _deletions(folded) for name in self._deleted.get(key, ())}

    def _is_slip(self, token: str, name: str) -> bool:
        folded, wanted = fold(token), fold(name)
        if not is_one_edit(folded, wanted) or wanted in (folded + "s", folded.removesuffix("s")):
            return False
        if " " in token or " " in name:
            return token.count(" ") == name.count(" ")
        word = _WORD.fullmatch(token) is not None
        if name in self._lesser:
            # A word is no slip of an acronym, and only what is written like a name is one of a name.
            return (_WORD.fullmatch(name) is not None) is word and not token.islower()
        # A long name with capitals in odd places is of the letters of an abbreviation: ITerated.
        return not word or is_camel(name) or len(wanted) <= _SHORT

    def _is_plain(self, folded: str, name: str) -> bool:
        wanted = fold(name)
        if _is_part(folded, wanted):
            return False
        swapped = sorted(folded) == sorted(wanted)
        if name in self._lesser or " " in name:
            return swapped and is_capitals(name)
        long_enough = min(len(folded), len(wanted)) > (_SHORTEST if is_camel(name) else _SHORT) or swapped
        return long_enough and _NUMBER.findall(folded) == _NUMBER.findall(wanted)

    def _is_sure(self, folded: str, name: str) -> bool:
        """A heading is no list of what its paper may name: DeepSeek-V2 beside DeepSeek-V3."""
        wanted = fold(name)
        if name in self._lesser or min(len(folded), len(wanted)) < SURE:
            return False
        same = _NUMBER.findall(folded) == _NUMBER.findall(wanted)
        return same and _MARK.sub("", folded) != _MARK.sub("", wanted)


def _is_part(token: str, name: str) -> bool:
    """Whether the token is the name without its number: LLaVA, of LLaVA2."""
    return name.startswith(token) and name[len(token) :].isdigit() and not token[-1].isdigit()


def _keyed(names: Iterable[str], keys: Callable[[str], Collection[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for key in keys(name):
            if len(found[key]) < _MOST_ALIKE:
                found[key].append(name)
    return found


@lru_cache(maxsize=8192)
def _deletions(folded: str) -> frozenset[str]:
    """A word and what it is without one letter: two words one edit apart share one of these."""
    return frozenset((folded, *(folded[:at] + folded[at + 1 :] for at in range(len(folded)))))


@lru_cache(maxsize=8192)
def _numberless(token: str) -> frozenset[str]:
    """The token without one of its numbers each: Llama-3-8B and Llama-3-70B share `llama3#b`."""
    numbers = list(_NUMBER.finditer(token)) if len(token) <= LONGEST_TOKEN else []
    keys = {f"{fold(token[: it.start()])}#{fold(token[it.end() :])}" for it in numbers}
    return frozenset(key for key in keys if sum(char.isalpha() for char in key) > 1)


def is_one_edit(one: str, other: str) -> bool:
    """Whether a letter is added, lost or changed, or two neighbours are swapped."""
    if len(one) > 2 and one[0] != other[:1] and one[-1] != other[-1:]:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, wanted = one[start:], other[start:]
    swapped = rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:] and len(wanted) > 1
    return rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:] or swapped
