"""A space stands where there must be none, or two where one is enough.

No space stands beside full-width punctuation, curly quotes and the dash `——`, between two Han
characters, between a number and its `%`, or behind the hyphen of a word that the entry or its English writes without;
between words one space is enough.

Flagged: `模型 ，例如 GPT-4 。` (→ `模型，例如 GPT-4。`), `大 语言 模型` (→ `大语言模型`), `提升了 15 %`
(→ `提升了 15%`), `超过 o1- preview` for *o1-preview* (→ `o1-preview`), `所谓 “涌现” 能力` (→ `所谓“涌现”能力`),
`使用  LLM` with two spaces (→ one).

Clean: indentation and the padding of list marks, the two spaces of a hard break, the blank beside
emphasis (`**注意：** 该方法` renders only with it), `视频 - 文本` (an option of the profile), two long
parts of a title set apart by a space, a list of Chinese names, an English sentence or heading with its quotes.
The spaces of round brackets are FMT003's and FMT004's.

By option: with `spacing = "none"` also the space between Han and Latin, with `hyphen_space = "none"` those
of `视频 - 文本` (→ `视频-文本`).

Norm: GB/T 15834-2011 (marks take their own width, no space is added), W3C clreq §3.2.2, house style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.conventions import HYPHEN, SPACING
from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._english import in_english, on_latin_line
from checks.rules.typography._title import name_separator
from checks.scene import Hit, SegmentScene
from checks.text import HAN, LIST_MARK, URL, WIDE_PUNCTUATION, is_han

RULE = Rule(
    code="FMT002",
    name="extra-space",
    severity="warning",
    mqm="linguistic-conventions/spacing",
    summary=Text(
        en="A space beside full-width punctuation, between Han characters, or doubled",
        zh="全角标点旁、汉字之间有多余空格，或空格重复",
    ),
    wake=Segments(" \t"),
    fix="safe",
)

_BESIDE_MARK = Text(en="No space stands beside “{mark}”", zh="“{mark}”旁不应有空格")
_BETWEEN_HAN = Text(en="No space stands between Chinese characters", zh="汉字之间不应有空格")
_BEFORE_PERCENT = Text(en="No space stands between a number and its “%”", zh="数字与“%”之间不应有空格")
_DOUBLED = Text(en="One space is enough here", zh="此处空格重复，保留一个即可")
_BETWEEN_SCRIPTS = Text(
    en="No space stands between Chinese and Latin in this profile", zh="按所选样式，汉字与西文之间不空格"
)
_BEHIND_HYPHEN = Text(en="“{word}” is torn by a space", zh="“{word}”被空格断开")
_ROUND_HYPHEN = Text(en="No space stands round this hyphen", zh="连字符两侧不应有空格")
_DELETE = Text(en="Delete the space", zh="删除空格")
_KEEP_ONE = Text(en="Keep one space", zh="保留一个空格")

_WIDE: Final = WIDE_PUNCTUATION
_CANDIDATE = re.compile(
    rf"(?<=[^\s()（）|])(?:[ \t]{{2,}}(?=[^\s()（）|])|[ ](?:(?<=[{_WIDE}] )(?=[^\s()（）|])|(?=[{_WIDE}])(?![（）])"
    rf"|(?<=[{HAN}] )(?=[{HAN}])|(?<=\d )(?=%)))"
)
_TORN = re.compile(r"(?<![A-Za-z0-9.-])[A-Za-z0-9.]{1,40}- (?=[A-Za-z0-9])[A-Za-z0-9.-]{1,40}")
_QUOTES: Final = "“”‘’"
_IS_WIDE = re.compile(f"[{_WIDE}]")
_LONG_PART = re.compile(f"[{HAN}]{{4}}")
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚"
    "卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤"
)
_LONGEST_LIST: Final = 60
_NAMES = re.compile(f"(?<![{HAN}])[{_SURNAMES}][{HAN}]{{1,2}}(?: [{_SURNAMES}][{HAN}]{{1,2}}){{2,}}")


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    yield from _by_option(scene)
    yield from _torn(scene)
    masked = scene.masked
    names_end = -1
    for found in _CANDIDATE.finditer(masked):
        start, end = found.span()
        left, right = masked[start - 1], masked[end]
        if start < names_end or LIST_MARK.search(masked, max(0, start - 12), start):
            continue
        mark = next((char for char in (right, left) if _IS_WIDE.match(char)), None)
        if mark is not None:
            if not _keeps_space(masked, start, end):
                yield _hit(scene, start, end, _BESIDE_MARK, mark=mark)
        elif is_han(left) and is_han(right):
            names = _NAMES.search(masked, max(0, start - 3), end + _LONGEST_LIST)
            if names and names.start() < start < names.end():
                names_end = names.end()
            elif not (scene.field == "title" and _long_parts(masked, start, end)):
                yield _hit(scene, start, end, _BETWEEN_HAN)
        elif right == "%" and left.isdigit():
            yield _hit(scene, start, end, _BEFORE_PERCENT)
        else:
            fix = scene.fix(_KEEP_ONE, "safe", (start, end, " "))
            yield scene.hit(start - 1, end + 1, _DOUBLED, fixes=(fix,))


def _by_option(scene: SegmentScene) -> Iterator[Hit]:
    """What the profile decides: spaces between scripts, and round a hyphen."""
    if scene.style.spacing == "none":
        for found in SPACING.finditer(scene.masked):
            if found[0] and not LIST_MARK.search(scene.masked, max(0, found.start() - 12), found.start()):
                yield _hit(scene, *found.span(), _BETWEEN_SCRIPTS)
    if scene.style.hyphen_space == "none":
        separator = name_separator(scene)
        for found in HYPHEN.finditer(scene.masked, separator.end("mark") if separator else 0):
            if found["space"] != "-":
                start, end = found.span()
                fix = scene.fix(_DELETE, "safe", (start, end, "-"))
                yield scene.hit(start - 1, end + 1, _ROUND_HYPHEN, fixes=(fix,))


def _torn(scene: SegmentScene) -> Iterator[Hit]:
    """Words that a line broke at their hyphen, once."""
    if scene.field == "heading" or "- " not in scene.masked:
        return
    for found in _TORN.finditer(scene.masked):
        word = found[0].replace("- ", "-").rstrip(".-")
        source = scene.entry.source
        texts = (scene.masked, scene.entry.entry.heading.text, *((source.title, source.abstract) if source else ()))
        if any(word in text for text in texts):
            at = found.start() + found[0].index(" ")
            fix = scene.fix(_DELETE, "safe", (at, at + 1, ""))
            yield scene.hit(at - 1, at + 2, _BEHIND_HYPHEN, fixes=(fix,), word=word)


def _hit(scene: SegmentScene, start: int, end: int, text: Text, mark: str = "") -> Hit:
    fix = scene.fix(_DELETE, "safe", (start, end, ""))
    return scene.hit(start - 1, end + 1, text, fixes=(fix,), mark=mark)


def _keeps_space(masked: str, start: int, end: int) -> bool:
    """Whether a space beside a full-width mark is wanted, or another rule's."""
    left, right = masked[start - 1], masked[end]
    if left == URL:
        # Without the space a renderer would take the mark into the address.
        return True
    if (left == "—" and masked[start - 2 : start - 1] != "—") or (right == "—" and masked[end + 1 : end + 2] != "—"):
        # FMT012 makes a dash of it and takes the spaces along.
        return True
    if not (left in _QUOTES or right in _QUOTES):
        return False
    apostrophe = left == "’" and masked[start - 2 : start - 1].isascii() and right.isascii()
    return apostrophe or left in ",;:." or in_english(masked, start) or on_latin_line(masked, start)


def _long_parts(masked: str, start: int, end: int) -> bool:
    """Whether a space in a title sets two phrases apart."""
    return _LONG_PART.match(masked, max(0, start - 4), start) is not None and _LONG_PART.match(masked, end) is not None
