"""Where a Chinese text says the same twice: a machine that looped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from checks.text import HAN, count_han
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
_NO_LETTERS = re.compile(r"(?:_|[^\w。！？；，\n])+")
_SENTENCE_END = re.compile(r"[。！？；\n]+")
_CLAUSE_END = re.compile(r"[。！？；，\n]+")
_TOKENS = re.compile(r"[A-Za-z0-9.%]+")
_SAYS = re.compile(rf"[{HAN}][^{HAN}]*[{HAN}]|[A-Za-z]{{4}}")
_SHORTEST: Final = 4
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
    letters = _NO_LETTERS.sub("", masked)
    for parts in (_SENTENCE_END.split(letters.replace("，", "")), _CLAUSE_END.split(letters)):
        long = [part for part in parts if len(part) >= _LEAST_HAN]
        if len(set(long)) < len(long):
            return True
    return False


def _spans(pattern: re.Pattern[str], masked: str) -> list[tuple[int, int]]:
    spans = ((found.end() - len(found[0].lstrip()), found.end()) for found in pattern.finditer(masked))
    return [(start, end) for start, end in spans if count_han(masked[start:end]) >= _LEAST_HAN]


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
    told: set[tuple[int, int]] = set()
    texts = [masked[start:end] for start, end in spans[:_MOST_COMPARED]]
    read = [(span, _TOKENS.findall(text), _LETTERS.sub("", text)) for span, text in zip(spans, texts, strict=False)]
    for (first, tokens, one), (span, others, other) in combinations(read, 2):
        if tokens != others or span in told:
            continue
        if one != other and _are_alike(one, other, _ALIKE):
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
