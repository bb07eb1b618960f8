"""Lists whose order says what belongs to what: *60%, 40% and 20%, respectively*, 分别为 60%、40% 和 20%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from checks.numbers.compare import Side
from checks.numbers.quantity import Quantity

_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_EACH = re.compile("分别|依次|各自")
_END = re.compile(r"[.;:!?](?=\s|$)")
_END_ZH = re.compile("[。；！？\n]")
_ABOUT: Final = r"(?:(?:about|around|roughly|nearly|approximately|over|only) |[ ~≈{$]|\\sim)*"
_JOINT = re.compile(rf"(?:[ -][A-Za-z/%-]{{1,14}}){{0,2}}[}}$]*(?:,? and |, ?|/){_ABOUT}")
_JOINT_ZH = re.compile(
    r" ?(?:[A-Za-z][A-Za-z/ ]{0,20}|个?[^\W\d_、，。；和与及或至到从]{0,6})[}$]* ?"
    r"(?:[、/]|和|与|以及|及|，(?:以及|和)?)(?:[约近 ~≈{$]|\\sim)*"
)
"""Between the values of such a list; what they count may stand there."""
_REACH: Final = 60
"""Characters between such a list and the word that makes it one."""
_SENTENCE: Final = 400
"""Characters of a sentence that are read round a list."""
_NAME = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z.+-]*[A-Z])[A-Za-z0-9][A-Za-z0-9_.+-]*")
_NAME_JOINT = re.compile(r"(?:[ -][a-z][a-z-]*){0,3}(?:,? and |, |/| to )(?:[a-z]+ ){0,3}")
_NEVER = re.compile(r"(?!)")
_MOST: Final = 8
"""Lists of a text; more would be no abstract."""

_List = tuple[Quantity, ...]


def reordered(english: Side, chinese: Side) -> Iterator[tuple[_List, _List]]:
    """The English lists that the Chinese has with the same values in another order, each with that.

    Where the English lists names that the values may belong to, and the Chinese has these in another order as well, it
    is right; so is a list that stands both ways.
    """
    meant = list(_english_lists(english)) if "espectively" in english.text else []
    written = list(_chinese_lists(chinese)) if meant else []
    for one in meant:
        found = [other for other in written if sorted(_values(other)) == sorted(_values(one))]
        if len(found) == 1 and _values(found[0]) != _values(one) and not _is_renamed(english, one, chinese, found[0]):
            yield one, found[0]


def _values(quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
    return [one.value.as_integer_ratio() for one in quantities]


def _english_lists(side: Side) -> Iterator[_List]:
    """The list before each *respectively*, in its sentence."""
    runs = _runs(side, _JOINT)[::-1]
    for word in [*_RESPECTIVELY.finditer(side.text)][:_MOST]:
        for run in runs:
            between = side.text[run[-1].until : word.start()]
            if run[-1].until <= word.start() and len(between) <= _REACH and not _END.search(between):
                yield run
                break


def _chinese_lists(side: Side) -> Iterator[_List]:
    """The lists that 分别 makes ones, before it in the sentence or just behind."""
    words = [*_EACH.finditer(side.text)][:_MOST]
    for run in _runs(side, _JOINT_ZH):
        for word in words:
            low, high = sorted((word.start(), run[0].start))
            if high - low <= _REACH and not _END_ZH.search(side.text, low, high):
                yield run
                break


def _runs(side: Side, joint: re.Pattern[str]) -> list[_List]:
    """The longest runs of different values with only joints between them."""
    runs: list[list[Quantity]] = []
    for one in side.quantities:
        if one.weight not in ("firm", "weak"):
            continue
        if runs and joint.fullmatch(side.text, runs[-1][-1].until, one.start):
            runs[-1].append(one)
        else:
            runs.append([one])
    return [tuple(run) for run in runs if len(run) > 1 and len({one.value for one in run}) == len(run)]


def _is_renamed(english: Side, meant: _List, chinese: Side, written: _List) -> bool:
    """Whether names that the English lists in its sentence are put in another order just as the values are."""
    places = {name: at for at, (name, *_) in enumerate(_listed(chinese.text, written, _END_ZH))}
    order = _values(written)
    moved = [order.index(value) for value in _values(meant)]
    for names in _listed(english.text, meant, _END, _NAME_JOINT):
        for at in range(len(names) - len(meant) + 1):
            there = zip(names[at:], moved, strict=False)
            kept = [(places[name], place) for name, place in there if name in places]
            is_kept = all(one < other for one, other in pairwise(place for place, _ in kept))
            if not is_kept and _ranks([place for place, _ in kept]) == _ranks([place for _, place in kept]):
                return True
    return False


def _ranks(numbers: list[int]) -> list[int]:
    order = sorted(numbers)
    return [order.index(number) for number in numbers]


def _listed(text: str, run: _List, end: re.Pattern[str], joint: re.Pattern[str] = _NEVER) -> list[list[str]]:
    """The names in the sentence of a list of values, each once, those together that a joint binds."""
    low, high = max(0, run[0].start - _SENTENCE), run[-1].until + _SENTENCE
    begins = [found.end() for found in end.finditer(text, low, run[0].start)]
    stop = end.search(text, run[-1].until, high)
    lists: list[list[str]] = []
    known: set[str] = set()
    last = 0
    for place in _NAME.finditer(text, begins[-1] if begins else low, stop.start() if stop else high):
        name = place[0].rstrip(".-").lower()
        if name not in known:
            known.add(name)
            if lists and joint.fullmatch(text, last, place.start()):
                lists[-1].append(name)
            else:
                lists.append([name])
        last = place.end()
    return lists
