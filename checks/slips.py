"""Which of some names a word with one letter or one number otherwise stands for.

Words are never held against all names: two words one edit apart share what is left of one of them without a letter,
and two names with one number otherwise share the rest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from checks.namelist import LONGEST_TOKEN, fold, is_capitals

_MOST_ALIKE: Final = 8
"""Names under one key; more would be no answer, and keep no time."""
_SHORTEST: Final = 4
_SURE: Final = 7
"""From this length on a letter may differ though no abstract is known."""
_MARK = re.compile(r"v(?=\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Slips:
    """Names, with how often the English has each, indexed by what they can be mistaken for."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = dict(counts)
        self._places = {name: place for place, name in enumerate(self._counts)}
        self._deleted = _keyed(self._counts, lambda name: _deletions(fold(name)))
        self._numberless = _keyed(self._counts, _numberless)

    def names(self, token: str, written: Mapping[str, int], *, complete: bool) -> tuple[str, ...]:
        """The names that a token may stand for; `written` says how often the Chinese has each token.

        A name that the Chinese has as often as the English is not missed: it is what another number, or a short word,
        hardly stands for, and of several names that come equally near the missed ones count. `complete` says that the
        English cannot hold other names than those.
        """
        folded = fold(token)
        near = {name for key in _deletions(folded) for name in self._deleted.get(key, ())}
        far = {name: len(folded) != len(fold(name)) for name in near if _is_slip(token, name)}
        if len(folded) >= _SHORTEST:
            far.update((name, False) for key in _numberless(token) for name in self._numberless.get(key, ()))
        missed = {name for name in far if self._counts[name] > written.get(name, 0)}
        likely = [
            name for name in far if (name in missed or _is_plain(folded, name)) and (complete or _is_sure(folded, name))
        ]
        nearest = min((far[name] for name in likely), default=False)
        found = sorted((name for name in likely if far[name] == nearest), key=self._places.__getitem__)
        return tuple([name for name in found if name in missed] or found)


def _is_slip(token: str, name: str) -> bool:
    folded, wanted = fold(token), fold(name)
    if not _is_one_edit(folded, wanted) or wanted in (folded + "s", folded.removesuffix("s")):
        return False
    if is_capitals(name) or is_capitals(token):
        return sorted(name) == sorted(token)
    if name.startswith(token) and name[len(token) :].isdigit():
        return False  # LLaVA is a part of LLaVA2
    shortest = min(len(folded), len(wanted))
    if shortest != _SHORTEST:
        return shortest > _SHORTEST
    return sorted(folded) == sorted(wanted) or _NUMBER.search(folded) is not None or not token[1:].islower()


def _is_plain(folded: str, name: str) -> bool:
    """Whether the word is long enough, and has the numbers of the name: a slip of letters."""
    wanted = fold(name)
    long_enough = min(len(folded), len(wanted)) > _SHORTEST or sorted(folded) == sorted(wanted)
    return long_enough and _NUMBER.findall(folded) == _NUMBER.findall(wanted)


def _is_sure(folded: str, name: str) -> bool:
    """Whether a heading alone tells: it is no list of what its paper may name, as DeepSeek-V2 beside DeepSeek-V3."""
    wanted = fold(name)
    if min(len(folded), len(wanted)) < _SURE or _NUMBER.findall(folded) != _NUMBER.findall(wanted):
        return False
    return _MARK.sub("", folded) != _MARK.sub("", wanted)


def _keyed(names: Iterable[str], keys: Callable[[str], set[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for key in keys(name):
            if len(found[key]) < _MOST_ALIKE:
                found[key].append(name)
    return found


def _deletions(folded: str) -> set[str]:
    """A word and what it is without one letter: two words one edit apart share one of these."""
    return {folded, *(folded[:at] + folded[at + 1 :] for at in range(len(folded)))}


def _numberless(token: str) -> set[str]:
    """The token without one of its numbers each: Llama-3-8B and Llama-3-70B share `llama3#b`."""
    numbers = list(_NUMBER.finditer(token)) if len(token) <= LONGEST_TOKEN else []
    keys = {f"{fold(token[: it.start()])}#{fold(token[it.end() :])}" for it in numbers}
    return {key for key in keys if sum(char.isalpha() for char in key) > 1}


def _is_one_edit(one: str, other: str) -> bool:
    """Whether a letter is added, lost or changed, or two neighbours are swapped."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, wanted = one[start:], other[start:]
    swapped = rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:] and len(wanted) > 1
    return rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:] or swapped
