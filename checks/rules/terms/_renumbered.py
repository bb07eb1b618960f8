"""Letters with another number than the English gives them: o1 for o3, FP8 for FP16, W8A16 for W4A16.

Too short to be told by their letters, these count where the English nowhere has such letters with this number, and the
Chinese has them with the right one neither as often as the English nor in the same sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from checks.nameindex import NameIndex
from checks.namelist import Piece
from checks.nameshape import skeleton
from checks.scene import SegmentScene

_PARTS = re.compile(r"[A-Za-z]+|[0-9.]+")
_STOPS = re.compile(r"[。！？；\n]")
_NEAR: Final = 200


def renumbered(field: SegmentScene, index: NameIndex, piece: Piece) -> tuple[str, ...]:
    """What the English may have where a piece of the Chinese has letters with a number that it has not."""
    frame = skeleton(piece.text)
    english = index.numbered.get(frame) if frame else None
    if not english or _is_held(index.text, piece.text):
        return ()
    return tuple(name for name in english if _is_missed(field, index, piece, name))


def _is_missed(field: SegmentScene, index: NameIndex, piece: Piece, name: str) -> bool:
    """Whether the field has a name less often than its English, and not beside the piece, to be compared with it."""
    title = field.field == "title"
    english = index.text[: index.heading] if title else index.text[index.abstract :]
    text = field.masked
    if _count(english, name) <= _count(text, name):
        return False
    before = _STOPS.split(text[max(0, piece.start - _NEAR) : piece.start])[-1]
    after = _STOPS.split(text[piece.end : piece.end + _NEAR])[0]
    return _count(before, name) == 0 == _count(after, name)


def _is_held(english: str, spelling: str) -> bool:
    """Whether the English has these letters with this number, however they are parted, or the number by itself."""
    return any(re.search(pattern, english, re.IGNORECASE) is not None for pattern in _forms(spelling))


@lru_cache(maxsize=1024)
def _forms(spelling: str) -> tuple[str, ...]:
    parts = _PARTS.findall(spelling)
    # A number by itself may go on a list, or be said of bits: FP4 and 8, 8-bit floating point; but no Llama-3-8B.
    numbers = (rf"(?<![A-Za-z0-9.-]){re.escape(number)}(?![A-Za-z0-9]|\.[0-9])" for number in parts[1::2])
    return (r"[\W_]{0,3}".join(map(re.escape, parts)) + r"(?![0-9]|\.[0-9])", *numbers)


def _count(text: str, name: str) -> int:
    return len(re.findall(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9]|\.[0-9])", text))
