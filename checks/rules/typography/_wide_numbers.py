"""Full-width marks inside numbers, times and ratios."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.scene import SegmentEdit
from checks.text import HAN

_DIGITS_BEFORE: Final = r"(?<![\d.,，．:：A-Za-z])"
_GROUPED = re.compile(rf"{_DIGITS_BEFORE}\d{{1,3}}(?:，\d{{3}}){{1,4}}(?![\d，])", re.ASCII)
_POINT = re.compile(r"(?<=[A-Za-z0-9])．(?=[A-Za-z0-9])", re.ASCII)
_STOP = re.compile(rf"{_DIGITS_BEFORE}\d{{1,4}}。\d{{1,3}}(?![\d。])", re.ASCII)
_COLONS = re.compile(rf"{_DIGITS_BEFORE}\d{{1,3}}(?:：\d{{1,3}}){{1,4}}(?![\d.:：%A-Za-z])", re.ASCII)
_PERCENT = re.compile(r"(?<=[0-9])％", re.ASCII)
_SIGN = re.compile(r"(?<=[A-Za-z0-9])[＠＆＋＝／＿](?=[A-Za-z0-9])")
_WIDE_SIGN = re.compile("[％＠＆＋＝／＿]")
_BETWEEN_DIGITS = re.compile("[，。：](?<=[0-9].)(?=[0-9])")
_TIME = re.compile(r"(?:[01]?\d|2[0-4])：[0-5]\d(?:：[0-5]\d)?", re.ASCII)
_TIME_WORD = re.compile(
    r"(?:(?:时间|时刻)(?:约?为|是)?|上午|下午|中午|凌晨|早上|晚上|早|晚|点|日|号|天|于|在|从|至|到|[~～-]) ?$"
)
_RATIO_WORD = re.compile(
    r"(?:比|比例|比率|比值|之比|配比)(?:约|大约|分别)?(?:为|是|达|从|由|即|：|:)? ?$|(?:按照?|以) ?$"
)
_RATIO_AFTER = re.compile(rf" ?的?[{HAN}]{{0,2}}(?:比例|比率|比值|配比|比(?![较赛如方]))")
_SCREEN = re.compile(r"(?:16：9|9：16|4：3|3：4|3：2|2：3|1：1|21：9)(?= ?的?(?:画幅|画面|分辨率|屏幕|视频|图像|尺寸))")
_NARROW: Final = str.maketrans("，．。：％＠＆＋＝／＿", ",..:%@&+=/_")


def number_marks(masked: str, source: str) -> Iterator[SegmentEdit]:
    """The edits that make the marks inside numbers half-width.

    What reads as a number may also be two, one on either side of a clause (`32，128 个`). A group
    that begins with 0, or the same number in the English ``source``, tells them apart; a time or a
    ratio is known by the words beside it.
    """
    if "．" in masked:
        for found in _POINT.finditer(masked):
            yield _narrow(found, masked)
    for pattern in (_PERCENT, _SIGN) if _WIDE_SIGN.search(masked) else ():
        for found in pattern.finditer(masked):
            yield _narrow(found, masked)
    if _BETWEEN_DIGITS.search(masked):
        yield from _between_digits(masked, source)


def _between_digits(masked: str, source: str) -> Iterator[SegmentEdit]:
    for found in _GROUPED.finditer(masked):
        if "，0" in found[0] or _in_source(found[0], source):
            yield from _marks(found, "，")
    for found in _STOP.finditer(masked):
        if _in_source(found[0], source):
            yield from _marks(found, "。")
    for found in _COLONS.finditer(masked):
        if _is_time_or_ratio(masked, found):
            yield from _marks(found, "：")


def _narrow(found: re.Match[str], masked: str) -> SegmentEdit:
    return (*found.span(), masked[found.start()].translate(_NARROW))


def _marks(found: re.Match[str], mark: str) -> Iterator[SegmentEdit]:
    for offset, char in enumerate(found[0]):
        if char == mark:
            yield found.start() + offset, found.start() + offset + 1, char.translate(_NARROW)


def _in_source(number: str, source: str) -> bool:
    """Whether the English has this number, written with half-width marks."""
    narrow = number.translate(_NARROW)
    at = source.find(narrow)
    while at >= 0:
        beside = source[at - 1 : at] + source[at + len(narrow) : at + len(narrow) + 1]
        if not any(char.isdigit() for char in beside):
            return True
        at = source.find(narrow, at + 1)
    return False


def _is_time_or_ratio(masked: str, found: re.Match[str]) -> bool:
    before = masked[max(0, found.start() - 8) : found.start()]
    if found[0].count("：") > 1 or _RATIO_WORD.search(before) or _RATIO_AFTER.match(masked, found.end()):
        return True
    if _SCREEN.match(masked, found.start()):
        return True
    return _TIME.fullmatch(found[0]) is not None and _TIME_WORD.search(before) is not None
