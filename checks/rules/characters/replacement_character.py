"""A character that was lost, or read in the wrong encoding.

**What.** U+FFFD stands where a program could not read a character; what was there is gone. Text in UTF-8 that
was read as something else turns into strings that nobody writes: ’ into â€™, é into Ã©, 。 into ã€‚ or 銆, and lost
characters that were read once more into 锟斤拷.

**Flagged.** 连续�习 · Transformerâ€™s · PokÃ©mon · 效果好ï¼Œ · 鎴戜滑鎻愬嚭 · 锟斤拷 · 烫烫烫 · U+FFFC, where
an object was, and private-use characters, which show as a box.

**Clean.** Pokémon, naïve, 50 °C, “锟斤拷” in quotes (a text may speak of it), 水很烫, any accented letter before a
Chinese quote or dash (“cliché”——).

**Fix.** None: what was lost must be looked up. Where the bytes say what was meant, the message says so.

**Norm.** The Unicode Standard, §5.22 and §23.8 (U+FFFD, U+FFFC), chapter 23.5 (private use); house style, characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Rule, Segments
from checks.scene import Hit, SegmentScene
from checks.text import CODE, HTML, MATH, QUOTE_PAIRS, URL, count_han
from glossary.records import NamedTuple

_LOST: Final = "\ufffc\ufffd\ue000-\uf8ff"

RULE = Rule(
    code="CHR004",
    name="replacement-character",
    severity="error",
    mqm="linguistic-conventions/character-encoding",
    summary=Text("A character that was lost or read in the wrong encoding", "字符丢失或编码错乱"),
    wake=Segments(f"{_LOST}\u0080-\u00ff锟烫屯锛銆鐨鈥紝鏄鍦涓浠鎴{CODE}{MATH}{URL}"),
    fields=("heading", "title", "body"),
)

_REPLACED = Text(
    "A character was lost here (U+FFFD): look it up in the source", "此处有字符丢失 (U+FFFD)，请对照原文补回"
)
_OBJECT = Text("An object was lost here (U+FFFC): look it up in the source", "此处有对象丢失 (U+FFFC)，请对照原文补回")
_PRIVATE = Text(
    "{code_point} is a private-use character, which shows as a box: look it up in the source",
    "{code_point} 是私用区字符，通常显示为方框，请对照原文改正",
)
_READ_WRONG = Text("Text in the wrong encoding: “{meant}” was meant", "编码错乱，原文应为“{meant}”")
_GARBLED = Text("Text in the wrong encoding: look it up in the source", "编码错乱，请对照原文改正")

_GONE = re.compile(r"\ufffc+|\ufffd+|[\ue000-\uf8ff]+")
_CLASSIC = re.compile("(?:锟斤拷){1,100}|烫{3,200}|屯{3,200}")

_HIGH: Final = "€‚ƒ„†‡ˆ‰Š‹ŒŽ˜š›œžŸ"
"""What Windows-1252 has for 80–9F, without what Chinese or English text has too."""
_COMMON: Final = "‘’“”•–—…™"
_TELLING: Final = (
    rf"{_HIGH}\u0080-\u009f\u00a1-\u00a2\u00a4-\u00a6\u00a8\u00aa\u00ac-\u00ad\u00af\u00b4\u00b6\u00b8\u00bf"
)
_ANY: Final = rf"{_HIGH}{_COMMON}\u0080-\u00bf"
_SEQUENCE: Final = (
    rf"Ã[{_ANY}]|Â[\u0080-\u00bf]|[ÎÏÐÑ][{_HIGH}\u0080-\u00bf]"
    rf"|[à-ï](?:[{_TELLING}][{_ANY}]|[{_ANY}][{_TELLING}])|(?:[à-ï][{_ANY}]{{2}}){{2}}|ð[Ÿ\u0090-\u009f][{_ANY}]{{2}}|â€|ã€|ï¼"
)
_ONE_BYTE = re.compile(
    rf"(?:{_SEQUENCE})(?:{_SEQUENCE}|[à-ï][{_ANY}]{{2}}|[{_HIGH}\u0080-\u00ff\ufffd]|[{_COMMON}](?=[{_HIGH}\u0080-\u00ff])){{0,400}}+"
)
"""UTF-8 read a byte at a time."""
_GB_BYTES = re.compile(r"[\u00a1-\u00fe]{6,400}+")
"""GB 2312 read a byte at a time: no language has six such letters in a row."""
_STOPS: Final = "，。、；：！？（）《》"
_GB_SIGN = re.compile("[锛銆鐨鈥紝鏄鍦涓浠鎴]")
_GB_PAIRS = re.compile(
    rf"[^\x00-\x7f\ufdd0-\ufdef{_STOPS}]{{0,40}}[锛銆鐨鈥紝鏄鍦涓浠鎴][^\x00-\x7f\ufdd0-\ufdef{_STOPS}]{{0,80}}"
)
"""UTF-8 read as GB 18030, two bytes at a time; ，, 。, 的, 是, 在 or a quote is hardly ever absent."""
_LONGEST_SHOWN: Final = 24


class _Garbled(NamedTuple):
    start: int
    end: int
    meant: str
    """Empty where nothing sure can be said."""


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    masked = scene.masked
    garbled = sorted((*_classics(masked), *_one_byte(masked), *_gb(masked)))
    end_of_last = 0
    for start, end, meant in garbled:
        if start >= end_of_last:
            end_of_last = end
            message = _READ_WRONG if meant else _GARBLED
            yield scene.hit(start, min(end, start + _LONGEST_SHOWN), message, meant=meant[:_LONGEST_SHOWN])
    for found in _GONE.finditer(scene.text):
        start, end = found.span()
        if masked[start] == HTML or any(start < last and first < end for first, last, _ in garbled):
            continue
        message = {"\ufffc": _OBJECT, "\ufffd": _REPLACED}.get(found[0][0], _PRIVATE)
        code_point = f"U+{ord(found[0][0]):04X}"
        yield scene.hit(start, min(end, start + _LONGEST_SHOWN), message, code_point=code_point)


def _classics(masked: str) -> Iterator[_Garbled]:
    for found in _CLASSIC.finditer(masked):
        start, end = found.span()
        if masked[start - 1 : start] + masked[end : end + 1] not in QUOTE_PAIRS:
            yield _Garbled(start, end, "")


def _one_byte(masked: str) -> Iterator[_Garbled]:
    for found in _ONE_BYTE.finditer(masked):
        yield _Garbled(*found.span(), _reread(found[0]))


def _reread(text: str) -> str:
    """What UTF-8 bytes that were read as Windows-1252 mean; empty where some of them are lost."""
    data = b""
    for char in text:
        try:
            data += char.encode("cp1252")
        except UnicodeEncodeError:
            if char > "\u00ff":
                return ""
            data += char.encode("latin-1")
    meant = data.decode("utf-8", "replace")
    return meant if all(unicodedata.category(char)[0] not in "C" for char in meant) and "\ufffd" not in meant else ""


def _gb(masked: str) -> Iterator[_Garbled]:
    for found in _GB_BYTES.finditer(masked):
        try:
            yield _Garbled(*found.span(), found[0].encode("latin-1").decode("gb2312"))
        except UnicodeDecodeError:
            continue
    for found in _GB_PAIRS.finditer(masked) if _GB_SIGN.search(masked) else ():
        meant = found[0].replace("\ufffd", "").encode("gb18030", "ignore").decode("utf-8", "replace")
        if count_han(meant) * 2 >= len(meant) and meant.count("\ufffd") * 4 <= len(meant):
            yield _Garbled(*found.span(), "" if "\ufffd" in meant else meant)
