"""Where a Chinese text writes a name, whatever parts its words, and what it writes beside other names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from checks.text import CLOSE, OPEN

PARTING = rf"[\s\-\u2010\u2011._{OPEN}{CLOSE}]"
"""Regex class: what may part the words of a name, in one language or the other."""
_RUN = re.compile(r"[^\W\d_]+|\d+")
_NO_NUMBER_GOES_ON = r"(?!\.?[0-9])"


@lru_cache(maxsize=1024)
def _spelling(name: str) -> str:
    """A regular expression of a name: *Llama 3 8B* is Llama-3-8B, and Llama3-8B too."""
    return rf"{PARTING}{{0,3}}".join(map(re.escape, _RUN.findall(name)))


def is_written(text: str, name: str) -> bool:
    """Whether a text writes a name, but not as the beginning of a longer number: CIFAR-10 is not in CIFAR-100."""
    end = _NO_NUMBER_GOES_ON if name[-1:].isdigit() else ""
    return re.search(_spelling(name) + end, text, re.IGNORECASE) is not None


def without(text: str, names: Iterable[str]) -> str:
    """A text with a line feed for each of some names, the longest first."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<![A-Za-z0-9]){_spelling(name)}(?![A-Za-z0-9])", "\n", text, flags=re.IGNORECASE)
    return text


def continues(text: str, name: str, other: str) -> bool:
    """Whether what a name has otherwise than another stands by itself in a text without the other.

    It goes on a list that shares the beginning: CIFAR-10/100, GPT-4 和 4o, Llama 3 8B 与 70B.
    """
    words, others = name.split("-"), other.split("-")
    same = 0
    while same < min(len(words), len(others)) and words[same].casefold() == others[same].casefold():
        same += 1
    tails = {"-".join(words[same:]), name[len(other) :] if name.startswith(other) else ""}
    return any(
        re.search(rf"(?<![A-Za-z0-9.]){_spelling(tail)}(?![A-Za-z0-9])", text, re.IGNORECASE)
        for tail in tails
        if _RUN.search(tail)
    )
