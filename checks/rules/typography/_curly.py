"""Curly quotes as they stand: which belong together, and which are turned the wrong way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from checks.rules.typography._sides import after, before
from checks.text import LETTER, is_han
from checks.text import paragraphs as text_paragraphs
from glossary.records import NamedTuple

DOUBLE: Final = "“”"
LONGEST_QUOTED: Final = 60
"""A longer quotation is not turned: too much may be missing in it."""

_TOKEN = re.compile(r"[。！？；…]+[”’」』）)]*|\n|[“”‘’]")
_AFTER_CLOSING = re.compile(r"[ \t]*(?:$|[\n，。；、！？：）)》」』])")
_STOP_INSIDE = re.compile(r"[。！？；](?=.)")
_OPENS_NEXT = re.compile(r"\s*“")
_CLOSED = re.compile(r"[^“”\n]{0,400}”")
_OPENER_BEFORE = re.compile(r"[，、：:（(《—][ \t]?$|(?:^|\s)$")
_LETTERS = re.compile(f"[{LETTER}0-9]")
_LETTER = re.compile(f"[{LETTER}]")
_YEAR = re.compile(r"’\d\d(?!\d)|‘\d\d(?![\d’])")
_WORD_END = re.compile(f"[{LETTER}0-9]$")
_INCHES = re.compile(r"(?<![A-Za-z0-9.-])\d{1,3}(?:\.\d{1,2})?$")
_LEADING_WORD = re.compile(r"[和与及或称叫为即的是]$")


class Quote(NamedTuple):
    """A quotation mark: its offset, whether it is written as an opening one, and the number of its sentence."""

    at: int
    opens: bool
    sentence: int


class Paragraph(NamedTuple):
    """The quotes of a paragraph, and where it stands."""

    start: int
    end: int
    double: tuple[Quote, ...]
    single: tuple[Quote, ...]


def paragraphs(masked: str) -> Iterator[Paragraph]:
    """The paragraphs of a text with their quotes, apostrophes left out."""
    for start, end in text_paragraphs(masked):
        yield _read(masked, start, end)


def _read(masked: str, start: int, end: int) -> Paragraph:
    double: list[Quote] = []
    single: list[Quote] = []
    sentence = 0
    for token in _TOKEN.finditer(masked, start, end):
        first = token[0][0]
        at = token.start()
        if first not in "“”‘’":
            # The closing quotes behind a stop belong to the sentence that it ends.
            for offset, char in enumerate(token[0]):
                if char == "”":
                    double.append(Quote(at + offset, opens=False, sentence=sentence))
                elif char == "’":
                    single.append(Quote(at + offset, opens=False, sentence=sentence))
            sentence += 1
        elif first in DOUBLE:
            turned = first == "“" and _ends_sentence(masked, at)
            double.append(Quote(at, opens=first == "“", sentence=sentence - turned))
        elif not _is_apostrophe(masked, at):
            single.append(Quote(at, opens=first == "‘", sentence=sentence))
    return Paragraph(start, end, tuple(_paired_off(masked, double)), tuple(_paired_off(masked, single)))


def _ends_sentence(masked: str, at: int) -> bool:
    """Whether an opening quote behind a stop rather closes: a clause ends here, or nothing closes what it opens."""
    if masked[at - 1 : at] not in tuple("。！？"):
        return False
    return _AFTER_CLOSING.match(masked, at + 1) is not None or _CLOSED.match(masked, at + 1) is None


def _is_apostrophe(masked: str, at: int) -> bool:
    """Whether a single quote stands inside a Latin word, or for the century of a year (AIME ’24)."""
    left, right = masked[at - 1 : at] if at else "", masked[at + 1 : at + 2]
    if _LETTER.match(right) and (_LETTERS.match(left) or masked[at] == "’"):
        return True
    return _YEAR.match(masked, at) is not None


def _paired_off(masked: str, quotes: Sequence[Quote]) -> Iterator[Quote]:
    """Without what closes nothing: the apostrophe at the end of a word (the authors’), the inches of a number (15”)."""
    is_open = False
    for quote in quotes:
        if quote.opens:
            is_open = True
        elif is_open:
            is_open = False
        else:
            innocent = _WORD_END if masked[quote.at] == "’" else _INCHES
            if innocent.search(masked, max(0, quote.at - 12), quote.at):
                continue
        yield quote


def groups(quotes: Sequence[Quote]) -> Iterator[tuple[Quote, ...]]:
    """Quotes that must make sense together: those of a sentence, and of the next where a quotation goes on."""
    group: list[Quote] = []
    in_turn = True
    for quote in quotes:
        # A quotation that is open at the end of a sentence, and closed in a later one.
        goes_on = in_turn and len(group) % 2 == 1 and not quote.opens
        if group and quote.sentence != group[-1].sentence and not goes_on:
            yield tuple(group)
            group, in_turn = [], True
        in_turn = in_turn and quote.opens == (len(group) % 2 == 0)
        group.append(quote)
    if group:
        yield tuple(group)


def alternates(group: Sequence[Quote]) -> bool:
    """Whether the quotes open and close in turn, the first one opening."""
    return all(quote.opens == (number % 2 == 0) for number, quote in enumerate(group))


def nested(group: Sequence[Quote]) -> list[tuple[int, int]] | None:
    """The offsets of the pairs right inside an outer pair; None where the quotes are not all turned rightly."""
    opened: list[int] = []
    inner: list[tuple[int, int]] = []
    for quote in group:
        if quote.opens:
            opened.append(quote.at)
        elif not opened:
            return None
        else:
            start = opened.pop()
            if len(opened) == 1:
                inner.append((start, quote.at))
    return None if opened else sorted(inner)


def unpaired(group: Sequence[Quote]) -> list[Quote]:
    """The quotes without a partner where each closing one takes the last opening one before it."""
    opened: Quote | None = None
    lone: list[Quote] = []
    for quote in group:
        if quote.opens:
            lone += [opened] if opened else []
            opened = quote
        elif opened is None:
            lone.append(quote)
        else:
            opened = None
    return lone + ([opened] if opened else [])


def may_open(masked: str, at: int) -> bool:
    """Whether a quotation may begin at an offset: nothing says that one ends there."""
    following = masked[at + 1 : at + 2]
    if _AFTER_CLOSING.match(masked, at + 1):
        return False
    return not (following in (" ", "\t") and masked[at - 1 : at] not in ("", " ", "\t", "\n"))


def may_close(masked: str, at: int) -> bool:
    """Whether a quotation may end at an offset: nothing says that one begins there."""
    if _AFTER_CLOSING.match(masked, at + 1):
        return True
    left = masked[max(0, at - 2) : at]
    return not (_OPENER_BEFORE.search(left) or _LEADING_WORD.search(left))


def may_quote(masked: str, start: int, end: int) -> bool:
    """Whether the text between two quotes is short and whole enough to be a quotation."""
    content = masked[start + 1 : end]
    return 0 < len(content.strip()) <= LONGEST_QUOTED and not _STOP_INSIDE.search(content) and "，" not in content


def goes_on(masked: str, paragraph: Paragraph) -> bool:
    """Whether a quotation of several paragraphs opens here: each of them begins with the opening quote."""
    opens = _OPENS_NEXT.match(masked, paragraph.start)
    return opens is not None and _OPENS_NEXT.match(masked, paragraph.end) is not None


def beside_han(masked: str, at: int) -> bool:
    """Whether a Han character is the visible neighbour of a quote."""
    left, right = before(masked, at), after(masked, at + 1)
    return (left >= 0 and is_han(masked[left])) or (right >= 0 and is_han(masked[right]))
