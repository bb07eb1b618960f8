"""Where a Chinese text says the same twice: a machine that looped."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from checks.text import HAN
from glossary.records import NamedTuple

_LEAST_HAN: Final = 12
_MOST_COMPARED: Final = 60
"""Sentences that are held against each other; keeps hostile text linear."""
_MOST: Final = 50
"""Repeats of a text that are told."""
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*[”’」』)）]*")
_CLAUSE = re.compile(r"[^。！？；，\n]+[。！？；，]*[”’」』)）]*")
_ENGLISH_SENTENCE = re.compile(r"[^.?!;]+")
_LETTERS = re.compile(r"[\W_]+")
_LETTERS_AND_MARKS = re.compile(r"[\w。！？；，\n]+")
_SENTENCE_END = re.compile(r"[。！？；\n]+")
_CLAUSE_END = re.compile(r"[。！？；，\n]+")
_TOKENS = re.compile(r"[A-Za-z0-9.%]+")
_HAN_RUN = re.compile(f"[{HAN}]+")
"""Masked text has no Han character beyond these."""
_SAYS = re.compile(rf"[{HAN}][^{HAN}]*[{HAN}]|[A-Za-z]{{4}}")
_HIDDEN = re.compile("[\ufdd0-\ufdef]{4,}")
_SHORTEST: Final = 4
_FEWEST_LETTERS: Final = 2
"""What :data:`_SAYS` wants of a phrase."""
_FAR: Final = 40
"""How long a phrase may be that is looped."""
_IN_A_ROW: Final = 3
_ENDS: Final = "，。、；：！？,;:!? \t\r\n"
_ALIKE: Final = 0.92
_ALIKE_IN_ENGLISH: Final = 0.75


class Repeat(NamedTuple):
    """`[start, end)` says again what `[first, first_end)` says."""

    start: int
    end: int
    first: int
    first_end: int


def loops(masked: str) -> Iterator[Repeat]:
    """A phrase of four characters and more, three times and more in a row: all but the first."""
    if not _may_loop(masked):
        return
    last: dict[str, int] = {}
    done = 0
    for at in range(len(masked) - _SHORTEST + 1):
        opening = masked[at : at + _SHORTEST]
        first = last.get(opening)
        last[opening] = at
        if first is None or at - first > _FAR or first < done:
            continue
        period = at - first
        size = period * -(-_SHORTEST // period)
        phrase = masked[first : first + size]
        # The last one may end the sentence: 折纸，折纸，折纸。
        core = phrase.rstrip(_ENDS)
        count, end = 1, first + size
        while masked.startswith(phrase, end):
            count, end = count + 1, end + size
        if core != phrase and masked.startswith(core, end):
            count, end = count + 1, end + len(core)
        else:
            core = phrase
        if count < _IN_A_ROW:
            continue
        done = end
        if _SAYS.search(phrase):
            yield Repeat(first + len(core), end, first, first + len(core))


def _may_loop(masked: str) -> bool:
    """Whether anything stands again right behind itself; quick, and False only where :func:`loops` finds nothing.

    A phrase that is told has four characters and more, and two letters before what ends it. It stands twice, and its
    letters once more: so that many characters and two, six at least, are equal to those a period behind, and four of
    them begin at a multiple of three. What is hidden (an address) resembles itself everywhere: two such stretches are
    too few for a phrase that has one.
    """
    if len(_HIDDEN.findall(masked)) >= _IN_A_ROW:
        return True
    for at in range(0, len(masked) - _SHORTEST + 1, _SHORTEST - 1):
        opening = masked[at : at + _SHORTEST]
        again = masked.find(opening, at + _SHORTEST, at + _FAR + _SHORTEST)
        while again >= 0 and not _HIDDEN.match(opening):
            period = again - at
            if _run(masked, at, period) >= period + _FEWEST_LETTERS:
                return True
            again = masked.find(opening, again + 1, at + _FAR + _SHORTEST)
    return False


def _run(masked: str, at: int, period: int) -> int:
    """How many characters, those about an offset, are equal to those a period behind them."""
    start = end = at
    while start and masked[start - 1] == masked[start - 1 + period]:
        start -= 1
    while end + period < len(masked) and masked[end] == masked[end + period]:
        end += 1
    return end - start


def twice(masked: str, english: str) -> list[Repeat]:
    """The sentences, and long clauses, that stand a second time; neighbours together.

    Where the English repeats itself so may the Chinese. Nearly the same counts only where the English is known.
    """
    repeated = _says_again(masked)
    if not repeated and not english:
        return []
    sentences = _spans(_SENTENCE, masked)
    found = list(_same(masked, sentences)) if repeated else []
    if found and _repeats_itself(english, _ALIKE):
        return []
    likely = list(_nearly(masked, sentences)) if english else []
    if repeated:
        likely += _same(masked, _spans(_CLAUSE, masked))
    more: list[Repeat] = []
    for repeat in likely:
        if not any(repeat.start < other.end and other.start < repeat.end for other in (*found, *more)):
            more.append(repeat)
    if more and not _repeats_itself(english, _ALIKE_IN_ENGLISH):
        found += more
    return _joined(masked, sorted(found))


def _says_again(masked: str) -> bool:
    """Whether a sentence or clause, long enough, has the letters of another."""
    letters = "".join(_LETTERS_AND_MARKS.findall(masked.replace("_", " ")))
    for parts in (_SENTENCE_END.split(letters.replace("，", "")), _CLAUSE_END.split(letters)):
        long = [part for part in parts if len(part) >= _LEAST_HAN]
        if len(set(long)) < len(long):
            return True
    return False


def _spans(pattern: re.Pattern[str], masked: str) -> list[tuple[int, int]]:
    return [
        (found.end() - len(found[0].lstrip()), found.end())
        for found in pattern.finditer(masked)
        if sum(map(len, _HAN_RUN.findall(found[0]))) >= _LEAST_HAN
    ]


def _same(masked: str, spans: Sequence[tuple[int, int]]) -> Iterator[Repeat]:
    known: dict[str, tuple[int, int]] = {}
    told = 0
    for span in spans:
        first = known.setdefault(_LETTERS.sub("", masked[slice(*span)]), span)
        if first != span:
            yield Repeat(*span, *first)
            told += 1
        if told == _MOST:
            return


def _nearly(masked: str, spans: Sequence[tuple[int, int]]) -> Iterator[Repeat]:
    """Sentences with the same numbers and Latin words that differ in hardly a character."""
    alike: defaultdict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for start, end in spans[:_MOST_COMPARED]:
        alike[tuple(_TOKENS.findall(masked, start, end))].append((start, end))
    told: set[tuple[int, int]] = set()
    for group in alike.values():
        read = [(span, _LETTERS.sub("", masked[slice(*span)])) for span in group] if len(group) > 1 else []
        for (first, one), (span, other) in combinations(read, 2):
            if span not in told and one != other and _are_alike(one, other, _ALIKE):
                told.add(span)
                yield Repeat(*span, *first)


def _joined(masked: str, repeats: Sequence[Repeat]) -> list[Repeat]:
    joined: list[Repeat] = []
    for repeat in repeats:
        last = joined[-1] if joined else None
        if last is not None and not masked[last.end : repeat.start].strip() and last.first_end <= repeat.first:
            joined[-1] = Repeat(last.start, repeat.end, last.first, repeat.first_end)
        else:
            joined.append(repeat)
    return joined


def _repeats_itself(english: str, least: float) -> bool:
    sentences = [found[0].casefold().strip() for found in _ENGLISH_SENTENCE.finditer(english)]
    long = [sentence for sentence in sentences if len(sentence) > 30][:_MOST_COMPARED]
    return any(_are_alike(one, other, least) for one, other in combinations(long, 2))


def _are_alike(one: str, other: str, least: float) -> bool:
    if 2 * min(len(one), len(other)) < least * (len(one) + len(other)):
        return False
    shared = len(set(one) & set(other))  # cheap, and refuses nearly all
    if shared < (2 * least - 1) * max(len(set(one)), len(set(other))):
        return False
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= least and matcher.ratio() >= least
