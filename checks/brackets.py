"""Pairing brackets of both widths in a masked text."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_BRACKET = re.compile(r"[()（）\[\]［］【】{}《》〈〉「」『』〔〕]|\n[ \t]*\n")
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
_ENUMERATOR = re.compile(r"(?:(?<=\n)|(?<=[。；;，,：:、\s])|^)[ \t]*(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4}|[一二三四五六七八九十])$")


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

    A list mark such as ``1)`` needs no partner and is left out. Where pairs cross, the inner,
    unclosed half is the one without a partner.
    """
    pairs: list[Pair] = []
    alone: list[int] = []
    stack: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(masked):
        mark, at = found[0], found.start()
        if mark[0] == "\n":
            alone.extend(offset for _, offset in stack)
            stack.clear()
            continue
        kind = _KIND[mark]
        if mark in _OPENING:
            stack.append((kind, at))
            continue
        depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == kind), None)
        if depth is None:
            if not (mark in ")）" and _ENUMERATOR.search(masked, max(0, at - 12), at)):
                alone.append(at)
            continue
        alone.extend(offset for _, offset in stack[depth + 1 :])
        pairs.append(Pair(stack[depth][1], at, kind))
        del stack[depth:]
    alone.extend(offset for _, offset in stack)
    return Brackets(tuple(sorted(pairs)), tuple(sorted(alone)))
