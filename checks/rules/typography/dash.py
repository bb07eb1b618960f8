"""A dash that is not `——`.

The Chinese dash is one stroke two characters wide. Hyphens, a single em dash and an en dash are made of it,
with the spaces round them, which belong to the English habit.

Flagged: `PaperBot -- 一个智能体`, `PaperBot — 一个智能体` (→ `PaperBot——一个智能体`), `新框架--PaperBot`.
Suggestions are made of a spaced en dash, and of a single `—` or `–` without spaces before words that begin
an explanation (`方法—一种`).

Clean: `——`, ranges (`2–3`, `2020年—2023年`), connected terms (`感知—规划—行动`, `北京—上海`, `Gale–Church`), options
(`--flag`), decrements (`i--`), rules and tables, an English sentence, the name and the dash of a title (FMT013's).
The spaces beside `——` are FMT002's.

Norm: GB/T 15834-2011 §4.10 (dash), §4.13 (connecting marks, among them the single `—`), §5.1.5; house style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Safety, Text
from checks.registry import Rule, Segments
from checks.rules.typography._english import is_english, stretch_after, stretch_before
from checks.rules.typography._sides import after, before, spaces
from checks.rules.typography._title import name_separator
from checks.scene import Hit, SegmentScene
from checks.text import CODE, HAN, LETTER, MATH, URL, is_han

RULE = Rule(
    code="FMT012",
    name="dash",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="A dash that is not “——”", zh="破折号未写作“——”"),
    wake=Segments(r"－—–―─\-"),
    fix="safe",
)

_FOUND = Text(en="Write the dash as “——”, not “{found}”", zh="破折号应写作“——”，而非“{found}”")
_TITLE = Text(en="Write “——”", zh="改为“——”")

_DASH = re.compile(r"[－—–―─-]{2,}|—(?: —)+|[—–―]")
_TEXT: Final = f"{HAN}{LETTER}0-9{MATH}{CODE}{URL}"
_ENDS = re.compile(f"[{_TEXT}%°+”’」』》】)）]")
_BEGINS = re.compile(f"[{_TEXT}“‘「『《【(（]")
_CHINESE_END = re.compile(f"[{HAN}”」』》】)）]")
_CHINESE_BEGINNING = re.compile(rf"[{HAN}“「『《【]|[(（](?=[{HAN}])")
_UNIT: Final = "年月日号时点分秒周天岁世纪级层章节页期轮届步第"
_NUMBER = re.compile(r"\d|第|[〇零一二两三四五六七八九十百千万亿]+[年月日号时点分秒周天岁级层章节页期轮届步倍成折]")
_NUMBERED = re.compile(rf"(?:\d|第[〇零一二三四五六七八九十\d]{{1,4}}|[{_UNIT}])$")
_EXPLAINS = re.compile(
    r"[一两三四五六七八九十](?:个|种|款|项|类|套|组|系列|条|些|次)|首[个款次项]|即(?![时插])|也就是|包括|包含|例如|比如|诸如|尤其|特别是|无论"
    r"|这|该[方模框系数算]|其(?![他它余])|它|他们|我们|而|但|却|并[且不未能]|无[需须论]|仅|只|甚至|旨在|用于|来自|通过|基于|能够|可以|因为|因此"
)
"""What begins an explanation or a second thought rather than the other half of a compound."""
_LOOP_VARIABLE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z_]$")
_CLAUSE: Final = 60
_CLAUSE_END = re.compile(r"[，。；：！？,;\n“”「」]")
_LONGEST_SHOWN: Final = 12


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    masked = scene.masked
    separator = name_separator(scene)
    own = separator.end("mark") if separator is not None else 0
    for found in _DASH.finditer(masked):
        start, end = found.span()
        if found[0] == "——" or start < own:
            continue
        safety = _safety(masked, start, end)
        if safety is None:
            continue
        fix = scene.fix(_TITLE, safety, (*_with_spaces(masked, start, end), "——"))
        shown = scene.text[start : min(end, start + _LONGEST_SHOWN)]
        yield scene.hit(start, end, _FOUND, fixes=(fix,), found=shown)


def _safety(masked: str, start: int, end: int) -> Safety | None:
    """How sure it is that a run is a dash in Chinese text; None where it is something else."""
    left, right = before(masked, start), after(masked, end)
    if not _is_chinese(masked, left, right) or _is_range(masked, left, right) or _is_code(masked, start, end):
        return None
    if is_english(stretch_before(masked, start) + " " + stretch_after(masked, end)):
        return None
    spaced = (masked[start - 1] in " \t") + (masked[end] in " \t")
    if masked[start:end] == "–" and spaced:
        # Before a number it is a minus.
        return "unsafe" if spaced == 2 and not masked[right].isdigit() else None
    if spaced or end - start > 1:
        return "safe"
    return "unsafe" if _EXPLAINS.match(masked, right) and not _is_chain(masked, start, end) else None


def _is_chinese(masked: str, left: int, right: int) -> bool:
    """Whether text stands on both sides, and Chinese on one of them."""
    if left < 0 or right < 0 or not (_ENDS.match(masked[left]) and _BEGINS.match(masked, right)):
        return False
    return _CHINESE_END.match(masked[left]) is not None or _CHINESE_BEGINNING.match(masked, right) is not None


def _is_range(masked: str, left: int, right: int) -> bool:
    """Whether a run joins two numbers, years, stages: 2020年—2023年, 第一—第三."""
    return (
        _NUMBER.match(masked, right) is not None
        and _NUMBERED.search(masked, max(0, left - 5), left + 1) is not None
        and not (is_han(masked[right]) and _EXPLAINS.match(masked, right))
    )


def _is_code(masked: str, start: int, end: int) -> bool:
    """Whether hyphens are an option (--flag) or a decrement (i--)."""
    if end - start == 1 or masked[start] != "-" or masked[end - 1] != "-":
        return False
    following = masked[end]
    if following.isascii() and following.isalpha():
        return masked[start - 1] in " \t" or following.islower()
    return _LOOP_VARIABLE.search(masked, max(0, start - 2), start) is not None


def _is_chain(masked: str, start: int, end: int) -> bool:
    """Whether another single dash stands in the same clause: 数据—模型—算力."""
    clause_before = _CLAUSE_END.split(masked[max(0, start - _CLAUSE) : start])[-1]
    clause_after = _CLAUSE_END.split(masked[end : end + _CLAUSE], maxsplit=1)[0]
    return any(mark in clause_before or mark in clause_after for mark in "—–")


def _with_spaces(masked: str, start: int, end: int) -> tuple[int, int]:
    """The run and its spaces; those beside two em dashes are FMT002's, and an address keeps its own."""
    first, last = spaces(masked, start, end)
    if masked[start:end].startswith("——") or masked[first - 1] == URL:
        first = start
    if masked[start:end].endswith("——"):
        last = end
    return first, last
