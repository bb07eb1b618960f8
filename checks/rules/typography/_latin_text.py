"""English sentences and Latin-only brackets inside Chinese text, which keep half-width marks of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.brackets import Pair
from checks.rules.typography._english import is_english
from checks.scene import SegmentEdit
from checks.text import CLOSE, HAN, HTML, OPEN

_STRETCH = re.compile(f'[^{HAN}\n…—“”()（）《》〈〉「」『』【】"]+')
_LETTER = re.compile("[A-Za-z]")
_WIDE_MARK = re.compile("[，、；：。？！．]")
_DOUBLED = re.compile("[，、；：。？！．][，、；：。？！．,;:.?!]|[,;:?!][，、；：。？！．]")
"""Set right first, by FMT010."""
_NARROW: Final = str.maketrans("，、；：。？！．", ",,;:.?!.")
_OPENING: Final = '“「『《（(【"'
_CLOSING: Final = '”」』》）)】"'
_SENTENCE_END: Final = "。！？.!?"
_LEAD = re.compile(rf"[ \t{OPEN}{CLOSE}{HTML}]*")
_LONGEST: Final = 1000

_PIECE = re.compile(r"(?=[^A-Za-z]{0,12}[A-Za-z])[A-Za-z0-9][A-Za-z0-9 .'’/&+*_-]{0,80}|(?:19|20)\d\d[a-z]?", re.ASCII)
_WORD = re.compile("[A-Za-z]{3}")
_PIECE_END = re.compile(r"[，；,;] ?")


def english_marks(masked: str) -> Iterator[SegmentEdit]:
    """The edits that make the full-width marks of English sentences half-width.

    Latin words in a Chinese sentence are no English sentence: one begins where a line, a quotation or
    a bracket begins or another sentence has ended, and ends likewise.
    """
    for stretch in _STRETCH.finditer(masked):
        start, end = stretch.span()
        # Most stretches are a single mark between Han.
        if end - start < 2 or end - start > _LONGEST:
            continue
        if not _LETTER.search(masked, start, end) or not _WIDE_MARK.search(masked, start, end):
            continue
        unit = _sentence(masked, start, end)
        if unit is None:
            continue
        start, end, whole = unit
        if _DOUBLED.search(masked, start, end) or not is_english(masked[start:end].translate(_NARROW)):
            continue
        for mark in _WIDE_MARK.finditer(masked, start, end):
            # Behind `口号是：` the last stop may be that of the Chinese sentence.
            if whole or masked[mark.end() : end].strip():
                yield narrowed(masked, mark.start())


def _sentence(masked: str, start: int, end: int) -> tuple[int, int, bool] | None:
    """The part of a stretch that is made of whole sentences, and whether its last mark is its own."""
    before, after = masked[start - 1 : start], masked[end : end + 1]
    lead = _LEAD.match(masked, start)
    at = lead.end() if lead else start
    whole = True
    if before not in ("", "\n", *_OPENING):
        while at < end and masked[at] not in "。！？" and (masked[at] not in "：:" or at > start):
            at += 1
        if at == end:
            return None
        whole = masked[at] in "。！？"
        at += 1
    if after not in ("", "\n", *_CLOSING):
        while end > at and masked[end - 1] not in _SENTENCE_END:
            end -= 1
    return (at, end, whole) if end > at else None


def bracket_marks(masked: str, pair: Pair) -> Iterator[SegmentEdit]:
    """The edits that make the commas of a bracket half-width that holds nothing but Latin names."""
    start, end = pair.open + 1, pair.close
    if pair.kind not in ("round", "square") or end - start > _LONGEST:
        return
    content = masked[start:end]
    if not ("，" in content or "；" in content) or not _WORD.search(content):
        return
    if all(_PIECE.fullmatch(piece.strip()) for piece in _PIECE_END.split(content)):
        for mark in re.finditer("[，；]", content):
            yield narrowed(masked, start + mark.start())


def narrowed(masked: str, at: int) -> SegmentEdit:
    """A full-width mark in Latin text, made half-width, with the one space that follows it."""
    end = at + 1
    while end < len(masked) and masked[end] in " \t":
        end += 1
    following = masked[end : end + 1]
    if following in ("", "\n", "\r"):
        return at, at + 1, masked[at].translate(_NARROW)
    # A straight quote closes behind a stop, and opens behind a comma.
    closes = following in "”」』》）)】]’，、；：。？！,;:.?!" or (following == '"' and masked[at] in "。？！．")
    return at, end, masked[at].translate(_NARROW) + ("" if closes else " ")
