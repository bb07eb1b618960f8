"""Words whose capitals are those that an abbreviation is made of: no names, though they have the shape of one."""

from __future__ import annotations

import re
from typing import Final

from checks.names import gloss
from checks.nameshape import is_capitals

_ABBREVIATED = re.compile(
    r"(?: (?:[A-Z][A-Za-z-]{0,30}|and|as|for|in|of|the|via|with)){0,5} ?"
    r"\((?:[A-Za-z0-9-]{0,10}[A-Z]){2}[A-Za-z0-9-]{0,10}\)"
)
_LIST = re.compile(r"[,;&0-9]|e\.g\.|i\.e\.")
_ODD = re.compile(r"(?<=[A-Za-z])[A-Z][a-z][A-Z][a-z]{2}")
_ODD_WORD = re.compile(r"[a-z]+[A-Z]+[a-z]+")
_WORD = re.compile(r"[A-Za-z]+")
_CAPITAL = re.compile(r"[A-Z]")
_BRACKETED = re.compile(r"[^().;:]{0,80}\(([A-Z][A-Za-z0-9]{0,10})\)")
_EXPLAINED = re.compile(r"(?<![A-Za-z])([A-Z]{2,10})[A-Za-z0-9-]{0,10} \($")
_REACH: Final = 100
_BESIDE: Final = 2


def is_spelt_out(text: str, name: str, at: int) -> bool:
    """Whether a word of an English text, at an offset, belongs to the long form of an abbreviation.

    *MLLM as ReTriever (MART)*, *DPO ImpliCit rEwards (DICE)*, *FILM-7B (FILl-in-the-Middle)*; or stands beside a word
    with capitals as odd: *Real-world pErsonal daTa UnleaRNing*.
    """
    end = at + len(name)
    inside = gloss(text, at, end)
    if (inside is not None and " " in inside.strip() and not _LIST.search(inside)) or _ABBREVIATED.match(text, end):
        return True
    if any(char.isdigit() for char in name) or is_capitals(name):
        return False
    before, after = text[max(0, at - _REACH) : at], text[end : end + _REACH]
    beside = (*_WORD.findall(before)[-_BESIDE:], *_WORD.findall(after)[:_BESIDE])
    if _ODD.search(name) or any(_ODD_WORD.fullmatch(word) for word in beside):
        return True
    found = _BRACKETED.match(after) or _EXPLAINED.search(before)
    return found is not None and _is_made_of(found[1], name)


def _is_made_of(acronym: str, name: str) -> bool:
    """Whether the capitals of the name stand in the acronym, in this order."""
    letters = iter(acronym)
    return len(acronym) > 2 and all(capital in letters for capital in _CAPITAL.findall(name))
