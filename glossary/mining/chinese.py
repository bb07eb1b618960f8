"""The stretches of Chinese text that may be terms: words in a row, none of which a term never holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final

from glossary.folding import HAN
from glossary.mining.words import RUNNING, VAGUE

_RUN = f"[{HAN}]+(?:-[{HAN}]+)*"
_LONGEST: Final = 12
_MOST_WORDS: Final = 6

_INSIDE: Final = frozenset({"-", "到"})
"""What a term may hold, but not begin or end with (文本到图像)."""

Cut = Callable[[str], Iterable[str]]


class Stretches:
    """The candidate stretches of many texts: in how many each stands, and which stand in each."""

    def __init__(self, texts: Iterable[str], cut: Cut, least: int) -> None:
        """`cut` gives the words of a run of Han; `least`: in how many texts a stretch must stand to be kept."""
        sets = [frozenset(_stretches(text, cut)) for text in texts]
        counts: Counter[str] = Counter()
        for found in sets:
            counts.update(found)
        self.counts = {form: count for form, count in counts.items() if count >= least}
        kept = self.counts.keys()
        self.texts = [found & kept for found in sets]


def _stretches(text: str, cut: Cut) -> Iterator[str]:
    cut_once = lru_cache(maxsize=None)(lambda run: tuple(cut(run)))
    for run in re.findall(_RUN, text):
        words = cut_once(run)
        for start, first in enumerate(words):
            if first in RUNNING or first in _INSIDE:
                continue
            form = ""
            for word in words[start : start + _MOST_WORDS]:
                if word in RUNNING or word[-1] == "的" or len(form) + len(word) > _LONGEST:
                    break
                form += word
                if len(form) > 1 and word not in _INSIDE:
                    yield form


def before(text: str, end: int, cut: Cut) -> list[str]:
    """The stretches that end at an offset, shortest first; 的 may stand inside (基于人类反馈的强化学习)."""
    low = max(0, end - 40)
    run = re.search(rf"(?:{_RUN})$", text[low:end])
    if run is None:
        return []
    found: list[str] = []
    form = ""
    for word in reversed(tuple(cut(run.group()))):
        if word in RUNNING or word[-1] == "的" or len(form) + len(word) > _LONGEST:
            break
        form = word + form
        if len(form) > 1 and word not in _INSIDE:
            found.append(form)
    return found


def is_generic(form: str) -> bool:
    """Whether a stretch is a word that says little by itself (方法, 能力)."""
    return form in VAGUE
