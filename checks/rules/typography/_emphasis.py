"""Which stars CommonMark takes for emphasis.

The algorithm is that of CommonMark 0.31 ("Emphasis and strong emphasis", "An algorithm for parsing nested emphasis and
links") for stars alone. Protected text (code, math, addresses, HTML, link targets) counts by its outer characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from checks.text import CLOSE, OPEN, has_han, is_han, mask_protected
from glossary.records import NamedTuple

_STARS = re.compile(r"\*+")
_BACKSLASHES = re.compile(r"\\+$")
_SPACED: Final = 60
"""How long what stands between stars and spaces may be, to be meant as emphasis."""
_SENTENCE_END = re.compile("[。！？\n]")
_ARGUMENTS = re.compile(r"(?:kw)?args\b| ?(?:表示|代表|指的?是)")
_BLOCK_END = re.compile(r"\n[ \t]*(?=\n|[-*+>][ \t]|#{1,6}[ \t]|\d{1,9}[.)][ \t]|\Z)")
"""The end of a paragraph, list item or heading, beyond which no emphasis reaches."""


class Run(NamedTuple):
    """Adjacent stars `[start, end)`, and whether CommonMark lets them open or close emphasis."""

    start: int
    end: int
    opens: bool
    closes: bool


class Pair(NamedTuple):
    """Two runs that somebody meant as emphasis, and the span of their block."""

    opening: Run
    closing: Run
    block: tuple[int, int]


class Emphasis(NamedTuple):
    """What is wrong with the stars of a text, in order."""

    broken: tuple[Pair, ...]
    """Meant as emphasis and not rendered so."""
    lone: tuple[Run, ...]
    """Two stars and more that belong to nothing."""


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the blocks of a text."""
    start = 0
    for found in _BLOCK_END.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def runs(text: str, plain: str, start: int, end: int) -> tuple[Run, ...]:
    """The stars of a block; `plain` is the text with what is protected hidden."""
    found: list[Run] = []
    for stars in _STARS.finditer(plain, start, end):
        first, last = stars.span()
        escapes = _BACKSLASHES.search(text, max(0, first - 20), first)
        if escapes and len(escapes[0]) % 2:
            first += 1
        if first < last:
            found.append(_run(text, first, last, start, end))
    return tuple(found)


def _run(text: str, first: int, last: int, start: int, end: int) -> Run:
    before, after = _kind(text[first - 1] if first > start else " "), _kind(text[last] if last < end else " ")
    left = after != "space" and (after != "mark" or before != "letter")
    right = before != "space" and (before != "mark" or after != "letter")
    return Run(first, last, left, right)


def _kind(char: str) -> str:
    if char.isspace():
        return "space"
    return "mark" if unicodedata.category(char)[0] in "PS" else "letter"


class _Delimiter:
    __slots__ = ("first", "last", "run", "size")

    def __init__(self, run: Run) -> None:
        self.run = run
        self.first, self.last = run.start, run.end
        """What is left of the run."""
        self.size = run.end - run.start


def rendered(stars: tuple[Run, ...]) -> dict[int, int]:
    """The stars of a block that CommonMark turns into emphasis: the offset of each and of the one it belongs to."""
    partners: dict[int, int] = {}
    openers: list[_Delimiter] = []
    bottoms: dict[tuple[bool, int], int] = {}
    """How deep to look for what closes with these properties: keeps hostile text linear."""
    for run in stars:
        closer = _Delimiter(run)
        while run.closes and closer.first < closer.last:
            bottom = (run.opens, closer.size % 3)
            at = _opener(openers, closer, bottoms.get(bottom, 0))
            if at is None:
                bottoms[bottom] = len(openers)
                break
            opener = openers[at]
            width = 2 if min(opener.last - opener.first, closer.last - closer.first) > 1 else 1
            for offset in range(width):
                partners[opener.last - 1 - offset] = closer.first + offset
                partners[closer.first + offset] = opener.last - 1 - offset
            opener.last -= width
            closer.first += width
            del openers[at + (opener.first < opener.last) :]
            bottoms = {key: min(depth, len(openers)) for key, depth in bottoms.items()}
        if run.opens and closer.first < closer.last:
            openers.append(closer)
    return partners


def _opener(openers: list[_Delimiter], closer: _Delimiter, bottom: int) -> int | None:
    for at in range(len(openers) - 1, bottom - 1, -1):
        opener = openers[at]
        # A run that both opens and closes joins no other so that the stars of both are a multiple of three.
        either = opener.run.closes or closer.run.opens
        if not (either and (opener.size + closer.size) % 3 == 0 and (opener.size % 3 or closer.size % 3)):
            return at
    return None


@lru_cache(maxsize=16)
def read_emphasis(text: str, masked: str) -> Emphasis:
    """Judge the stars of a text. Cached, for two rules ask."""
    if "*" not in text:
        return Emphasis((), ())
    plain = mask_protected(text)
    broken: list[Pair] = []
    lone: list[Run] = []
    for block in blocks(text):
        stars = runs(text, plain, *block)
        done = rendered(stars)
        double = [run for run in stars if run.end - run.start > 1 and not _is_sign(text, run)]
        if len(double) % 2:
            lone.extend(run for run in double if not any(at in done for at in range(run.start, run.end)))
            double = []
        meant = (*zip(double[::2], double[1::2], strict=True), *_single(stars, masked))
        broken.extend(Pair(*pair, block) for pair in meant if _is_broken(text, done, *pair))
    return Emphasis(tuple(sorted(broken)), tuple(lone))


def _single(stars: tuple[Run, ...], masked: str) -> Iterator[tuple[Run, Run]]:
    """The single stars that the mask takes for emphasis, which is more than CommonMark does."""
    opening: Run | None = None
    for run in stars:
        if run.end - run.start == 1 and masked[run.start] == OPEN:
            opening = run
        elif run.end - run.start == 1 and masked[run.start] == CLOSE and opening is not None:
            yield opening, run
            opening = None


def _is_sign(text: str, run: Run) -> bool:
    """Whether stars are a power (2**3), a mark of significance (0.53**) or of arguments (**kwargs), or explained."""
    before, after = text[run.start - 1 : run.start], text[run.end : run.end + 1]
    if before.isascii() and before.isalnum():
        power = after.isascii() and after.isalnum()
        return power or (before.isdigit() and not run.opens)
    return _ARGUMENTS.match(text, run.end) is not None


def _is_broken(text: str, done: Mapping[int, int], opening: Run, closing: Run) -> bool:
    """Whether two runs were meant as emphasis that CommonMark does not see, by the fault of one of them."""
    if (opening.opens and closing.closes) or is_rendered(done, opening, closing):
        return False
    inside = text[opening.end : closing.start]
    if not inside[:1].isspace() and not inside[-1:].isspace():
        return inside != "" and "\n" not in inside
    # ** 注意 **: what begins in Latin, with a space before the second stars, may be no emphasis at all.
    told = is_han(inside.strip()[:1]) or not text[closing.end : closing.end + 1].isascii()
    sentence = _SENTENCE_END.search(inside) is not None
    return told and len(inside) <= _SPACED and has_han(inside) and not sentence


def is_rendered(done: Mapping[int, int], opening: Run, closing: Run) -> bool:
    """Whether the stars of two runs have become one emphasis."""
    return all(closing.start <= done.get(at, -1) < closing.end for at in range(opening.start, opening.end))
