"""Where sentences and clauses end, in English and in Chinese.

All functions take masked text (see :mod:`checks.text`), in which the points of addresses, code and math are hidden,
and give adjacent spans in offsets of it that cover it from its start to its end; the white space after a sentence
belongs to it. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Span
from checks.text import CLOSE, HAN

# These begin with one class of characters, which a regex looks for many times faster than for any of several choices.
_ENGLISH_END = re.compile(rf"[.!?…](?:[.!?…]*[\"'”’)\]{CLOSE}]*(?=\s)|(?<=[a-z][a-z]\.)(?=[A-Z][a-z]{{1,20}}[ ,]))")
_SENTENCE_START = re.compile(
    r"\s+(?:[\"'“‘(\[]|\\[a-z]{1,12}\{)*"
    # A capital, a digit, math, a command; a name that begins with a small letter (iVideo, o1); or a list mark: ii).
    r"(?:[^\W\d_a-z]|[0-9$\\\ufdd0-\ufdef]|[a-z]{1,12}-?[A-Z0-9]|[a-z]{1,4}\))"
)
_WORD_BEFORE = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z][A-Za-z.]{0,11}$")
_WORDS = """
al vs cf resp approx viz ca dr mr mrs prof dept incl eqn e.g eg i.e ie w.r.t w.rt wr.t wrt a.k.a a.ka ak.a aka
"""
_ABBREVIATIONS: Final = frozenset(_WORDS.split())
"""Never at the end of a sentence; what may be (etc., U.S., Inc.) is not among them."""
_NUMBERED_WORDS = "fig figs eq eqs sec secs tab tabs no nos vol pp ref refs thm ver ch"
_NUMBERED: Final = frozenset(_NUMBERED_WORDS.split())
"""Not at the end of a sentence where a number follows."""
_LONG_WORD: Final = 7
"""Letters of a word that is longer than any of these."""
_NUMBER = re.compile(r"[\s~]*[(\[]?\d")
_STARTER = re.compile(
    r"\s+(?:All|Also|An?|As|At|Both|But|By|Code|Despite|Each|Experiments|Extensive|Finally|First|For|From|Further|Given"
    r"|Here|How|However|If|In|Instead|Its?|More|Most|Notably|On|Our|Recent|Since|Such|Th(?:e|en|ere|ese|ey|is|ose|us)|To"
    r"|Under|Unlike|Using|We|What|When|While|With|Yet)\b|\s+[^A-Z]"
)
"""What goes on behind a capital that is no initial: plan B. We have it."""
_LIST_MARK = re.compile(r"(?:^|[:;,.]\s{1,3})\(?\d{1,2}$")
_NEAR: Final = 16

_BRACKETS: Final = frozenset(")）】")
_CHINESE_CLOSE: Final = f"”’」』）)】\"'{CLOSE}"
_CHINESE_END = re.compile(
    rf"[。！？!?.\n](?:(?<=[。！？])[。！？]*[{_CHINESE_CLOSE}]*|(?<=[{HAN}）)”’][!?])[!?]*[{_CHINESE_CLOSE}]*"
    rf"|(?<=\.)(?=\s*[{HAN}]|\s*$|\s*\n)"
    r"|(?<=\n)[ \t]*\n\s*|(?<=\n)(?=[ \t]*(?:[-*•·+]|\(?\d{1,2}[.)、]|[（(])))"
)
"""A mark, with what closes behind it; a blank line; the line feed before an item of a list."""
_CHINESE_LIST_MARK = re.compile(r"(?:^|[\n。：；，、]\s{0,3})[（(]?\d{1,2}$")
_GOES_ON: Final = frozenset("的这那等时之与和及或，、；：。！？）)》】,;:-/")
"""What follows the closing mark of a quotation that ends inside its sentence: “为什么？”的问题."""
_CHINESE_CLAUSE = re.compile(rf"[，；：—,;:](?:(?<=[，；：])|(?<=—)—|(?<=[{HAN}）)”][,;:])|(?<=[,;:])(?=\s?[{HAN}]))")


def english_sentences(text: str) -> list[Span]:
    """The sentences of an English text."""
    return _spans(text, _english_ends(text))


def chinese_sentences(text: str) -> list[Span]:
    """The sentences of a Chinese text; a blank line ends one too, and an item of a list begins one."""
    return _spans(text, _chinese_ends(text))


def chinese_clauses(text: str, sentences: list[Span]) -> list[list[Span]]:
    """The clauses of each of the sentences of a Chinese text, set off by commas, semicolons, colons or dashes."""
    found: list[list[Span]] = []
    for sentence in sentences:
        clauses: list[Span] = []
        start = sentence.start
        for stop in (*(mark.end() for mark in _CHINESE_CLAUSE.finditer(text, *sentence)), sentence.end):
            if stop > start:
                clauses.append(Span(start, stop))
                start = stop
        found.append(clauses)
    return found


def is_abbreviation(text: str, point: int) -> bool:
    """Whether the point at this offset is that of an abbreviation or an initial: et al., vs., J. Doe."""
    tail = text[max(0, point - _LONG_WORD) : point]
    if len(tail) == _LONG_WORD and tail.isalpha() and tail.isascii():
        return False
    found = _WORD_BEFORE.search(text, max(0, point - _NEAR), point)
    if found is None:
        return False
    word = found[0]
    if word.lower() in _ABBREVIATIONS:
        return True
    if word.lower() in _NUMBERED:
        return _NUMBER.match(text, point + 1) is not None
    return len(word) == 1 and word.isupper() and _STARTER.match(text, point + 1) is None


def _english_ends(text: str) -> Iterator[int]:
    for mark in _ENGLISH_END.finditer(text):
        start, end = mark.span()
        if end == len(text) or (text[end].isspace() and _SENTENCE_START.match(text, end) is None):
            continue
        if text[start] == "." and (is_abbreviation(text, start) or _is_list_mark(_LIST_MARK, text, start)):
            continue
        yield end


def _chinese_ends(text: str) -> Iterator[int]:
    for mark in _CHINESE_END.finditer(text):
        start, end = mark.span()
        following = text[end : end + 1]
        if mark[0] == ".":
            if is_abbreviation(text, start) or _is_list_mark(_CHINESE_LIST_MARK, text, start):
                continue
        elif following == "》" or (mark[0][-1] in _CHINESE_CLOSE and _goes_on(mark[0], following)):
            continue
        yield end


def _is_list_mark(pattern: re.Pattern[str], text: str, point: int) -> bool:
    """Whether the point at this offset is that of a list mark, which ends in a digit."""
    return text[point - 1 : point].isdigit() and pattern.search(text, max(0, point - _NEAR), point) is not None


def _goes_on(mark: str, following: str) -> bool:
    """Whether the sentence goes on behind a mark with something that closes."""
    return following in _GOES_ON or (mark[-1] in _BRACKETS and mark[0] != "。")


def _spans(text: str, ends: Iterator[int]) -> list[Span]:
    """The spans between these ends, each moved past the white space behind it."""
    spans: list[Span] = []
    start = 0
    for stop in ends:
        end = stop
        while end < len(text) and text[end].isspace():
            end += 1
        if end > start:
            spans.append(Span(start, end))
            start = end
    if start < len(text):
        spans.append(Span(start, len(text)))
    return spans
