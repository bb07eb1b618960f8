"""Pairing brackets of both widths in a masked text."""

from __future__ import annotations

import re
from typing import Final

from glossary.records import NamedTuple

_BRACKET = re.compile(
    r"\[[\w.+\-∞\ufdd0]{1,20}, ?[\w.+\-∞\ufdd0]{1,20}\)|\([\w.+\-∞\ufdd0]{1,20}, ?[\w.+\-∞\ufdd0]{1,20}\]"
    r"|[()（）\[\]［］【】{}《》〈〉「」『』〔〕]|\n[ \t]*\n"
)
"""A half-open interval, which pairs unlike brackets; a bracket; the end of a paragraph."""
_KIND: Final = {
    **dict.fromkeys("()（）", "round"),
    **dict.fromkeys("[]［］", "square"),
    **dict.fromkeys("【】", "lenticular"),
    **dict.fromkeys("{}", "curly"),
    **dict.fromkeys("《》", "title"),
    **dict.fromkeys("〈〉", "angle"),
    **dict.fromkeys("「」", "corner"),
    **dict.fromkeys("『』", "white corner"),
    **dict.fromkeys("〔〕", "shell"),
}
_OPENING: Final = frozenset("(（[［【{《〈「『〔")
_ENUMERATOR = re.compile(
    r"(?:(?<=\n)|(?<=[。；;，,：:、？！?!”》\s])|^)[ \t]*(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4}|[一二三四五六七八九十])$"
    r"|(?<=[\u4e00-\u9fff])\d{1,2}$"
)


class Pair(NamedTuple):
    """Offsets of both halves; ``kind`` is ``round``, ``square``, ``title`` …"""

    open: int
    close: int
    kind: str


class Brackets(NamedTuple):
    """What pairing found, in order of the opening halves; ``alone`` are offsets of halves without a partner."""

    pairs: tuple[Pair, ...]
    alone: tuple[int, ...]


def pair_brackets(masked: str) -> Brackets:
    """Pair brackets within paragraphs; a half-width one may close a full-width one.

    A list mark such as ``1)`` and an interval such as ``[0, 1)`` need no partner and are left out.
    Where pairs cross, the inner, unclosed half is the one without a partner.
    """
    pairs: list[Pair] = []
    alone: list[int] = []
    stack: list[tuple[str, int]] = []
    waiting = dict.fromkeys(_KIND.values(), 0)
    """How many of a kind are in the stack: a look through it that finds nothing is never made."""
    for found in _BRACKET.finditer(masked):
        mark, at = found[0], found.start()
        if mark[0] == "\n":
            alone.extend(offset for _, offset in stack)
            stack.clear()
            waiting = dict.fromkeys(waiting, 0)
            continue
        if len(mark) > 1:
            continue
        kind = _KIND[mark]
        if mark in _OPENING:
            stack.append((kind, at))
            waiting[kind] += 1
            continue
        if not waiting[kind]:
            if not (mark in ")）" and _ENUMERATOR.search(masked, max(0, at - 12), at)):
                alone.append(at)
            continue
        while stack[-1][0] != kind:
            crossed, offset = stack.pop()
            waiting[crossed] -= 1
            alone.append(offset)
        waiting[kind] -= 1
        pairs.append(Pair(stack.pop()[1], at, kind))
    alone.extend(offset for _, offset in stack)
    return Brackets(tuple(sorted(pairs)), tuple(sorted(alone)))
