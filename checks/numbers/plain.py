"""A text as its numbers are read: LaTeX undone, markup and protected parts taken out, with the way back."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from checks.numbers.digits import FRACTION_SLASH
from checks.numbers.quantity import Quantity
from checks.text import CLOSE, MATH, OPEN
from glossary.records import NamedTuple

_MATH = re.compile(f"{MATH}+")
# These begin with one class of characters, which a regex looks for many times faster than for any of several choices.
_HIDDEN = re.compile(f"[\ufdd1-\ufdef](?:(?<=[{OPEN}{CLOSE}])[{OPEN}{CLOSE}]*|[\ufdd1-\ufdd3\ufdd6-\ufdef]*)")
FOLDED: Final = "０１２３４５６７８９％．～－＋＝／（）［］萬億兩點數幾個"
"""Regex class body: characters that are read as others."""
_WIDE: Final = dict(zip(FOLDED, "0123456789%.~-+=/()[]万亿两点数几个", strict=True))
DOLLAR: Final = "＄"
"""Stands for the sign of money."""
_MONEY = re.compile(r"(?<!\\)\$(?=[0-9])")
_IS_WIDE = re.compile(f"[{FOLDED}]")
_SIGNS: Final = {
    "times": "×", "cdot": "×", "sim": "~", "approx": "~", "simeq": "~", "pm": "±", "to": "→", "rightarrow": "→",
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "lt": "<", "gt": ">",
    "textasciitilde": "~", "textendash": "–", "uparrow": "↑", "downarrow": "↓", "percent": "%",
}  # fmt: skip
_DRESS = """
mathbf mathrm mathit mathsf mathtt boldsymbol bm bf it rm text textbf textit textrm textsc textsf texttt textsl emph
mbox underline displaystyle left right big Big xspace mathcal operatorname num textnormal
"""
_DRESSES: Final = frozenset(_DRESS.split())
_LATEX = re.compile(
    r"[\\^{}$-](?:"
    r"(?<=\\)(?:(?:text)?color\{[^{}]{1,40}\}"
    r"|[td]?frac\{(?P<over>[0-9.]{1,12})\}\{(?P<under>[0-9.]{1,12})\}"
    r"|(?P<name>[A-Za-z]{1,30})\*?(?:[ ](?=[^A-Za-z ]))?"
    r"|(?P<sign>[%&#_$])|[,;!: /])"
    r"|(?<=\^)\{(?P<power>[-−+]?[0-9]{1,3})\}"
    # arXiv drops a backslash at times: {sim}11%.
    r"|(?<=\{)(?P<lost>sim|times)\}|(?<=-)(?P<dash>--?)|(?<=[{}$]))"
)


_APART: Final = "\u2062"
"""Between a fraction and the digits beside it, which are no part of it: 2\\frac{1}{3}. Unicode's invisible times."""
_BESIDE: Final = frozenset("0123456789.")


class Plain(NamedTuple):
    """``text`` with the offsets of the original: ``[starts[n], ends[n])`` is where its n-th piece comes from.

    A piece as long as that stretch stands there character by character; of another, each part comes from all of it.
    """

    text: str
    pieces: tuple[int, ...] = ()
    """Where the pieces begin in ``text``."""
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of ``text``, not empty, in offsets of the original."""
        if not self.pieces:
            return start, end
        first = bisect_right(self.pieces, start) - 1
        last = bisect_right(self.pieces, end - 1) - 1
        low, high = self.starts[first], self.ends[last]
        if self._is_as_written(first):
            low += start - self.pieces[first]
        if self._is_as_written(last):
            high = self.starts[last] + end - self.pieces[last]
        return low, high

    def _is_as_written(self, number: int) -> bool:
        following = self.pieces[number + 1] if number + 1 < len(self.pieces) else len(self.text)
        return following - self.pieces[number] == self.ends[number] - self.starts[number]


def plain(text: str, masked: str) -> Plain:
    """Undo the LaTeX of a text; ``masked`` is that text masked, of which the math is shown again."""
    if "$" in masked:
        # What is no math is money. The mark of math goes, below.
        masked = _MONEY.sub(DOLLAR, masked)
    if MATH in masked:
        masked = _MATH.sub(lambda found: text[found.start() : found.end()], masked)
    cuts: list[tuple[int, int, str]] = []
    if not masked.isascii():
        # str.translate would look up every character of a text for a few brackets.
        masked = _IS_WIDE.sub(lambda found: _WIDE[found[0]], masked)
        for found in _HIDDEN.finditer(masked):
            cuts.append((found.start(), found.end(), "" if found[0][0] in OPEN + CLOSE else " "))
    if "\\" in masked or "$" in masked or "{" in masked or "--" in masked:
        cuts += [(found.start(), found.end(), _undone(found)) for found in _LATEX.finditer(masked)]
        cuts.sort()
    return _cut(masked, cuts) if cuts else Plain(masked)


def _undone(found: re.Match[str]) -> str:
    """What a piece of LaTeX stands for; another command is a symbol: what is glued to it is no number."""
    if found["over"]:
        before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
        fraction = f"{found['over']}{FRACTION_SLASH}{found['under']}"
        return f"{_APART if before in _BESIDE else ''}{fraction}{_APART if after in _BESIDE else ''}"
    if found["power"]:
        return f"^{found['power']}"
    if found["sign"] or found["dash"]:
        return found["sign"] or "–"
    name = found["name"] or found["lost"]
    return "" if name is None or name in _DRESSES else _SIGNS.get(name, "α")


def _cut(text: str, cuts: list[tuple[int, int, str]]) -> Plain:
    pieces: list[str] = []
    begins: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    size = at = 0

    def add(piece: str, start: int, end: int) -> None:
        nonlocal size
        if piece:
            pieces.append(piece)
            begins.append(size)
            starts.append(start)
            ends.append(end)
            size += len(piece)

    for start, end, new in cuts:
        add(text[at:start], at, start)
        add(new, start, end)
        at = end
    add(text[at:], at, len(text))
    return Plain("".join(pieces), tuple(begins), tuple(starts), tuple(ends))


def placed(readable: Plain, quantity: Quantity) -> Quantity:
    """A quantity that was read from ``readable.text``, in offsets of the original."""
    if not readable.pieces:
        return quantity
    start, end = readable.span(quantity.start, quantity.end)
    until = end if quantity.until == quantity.end else readable.span(quantity.start, quantity.until)[1]
    return Quantity(start, end, until, *quantity[3:])
