"""A word that stands twice in a row.

**What.** Editing and machine translation leave doubled words behind: 的的, 模型模型, the the. A reader sees what he
expects and passes over them; the author does so all the more.

**Flagged.** 方法的的效果 · 进行进行评估 · 我们我们提出 · 使用 LLM LLM 推理 · on the the test set. A verb doubled
in speech (研究研究) is a slip as well in an abstract.

**Clean.** 往往, 常常, 看看, 一步步, 人人, 的的确确, 为了了解, 一个一个, 非常非常; 强化学习学习率, 多语言语言模型
and 测试测试集, where one half belongs to another word or term; a repeat in quotes, or one that the English has as well.

Both halves must be whole words, by jieba's dictionary with the terms of the glossary in it; so 大语言模型模型, where
the first half belongs to a term, passes. The dictionary is read only where something is doubled.

**Fix.** One of the two goes, a suggestion.

**Norm.** MQM, linguistic conventions: grammar; the house style asks for Chinese that reads as if written so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Rule, Segments
from checks.scene import Hit, SegmentScene
from checks.text import HAN, QUOTE_PAIRS
from checks.traditional import TRADITIONAL

RULE = Rule(
    code="CHR005",
    name="repeated-word",
    severity="warning",
    mqm="linguistic-conventions/grammar",
    summary=Text("A word twice in a row", "词语重复"),
    wake=Segments(f"{HAN}A-Za-z"),
    fix="unsafe",
)

_FOUND = Text("“{word}” stands twice in a row", "“{word}”重复")
_TITLE = Text("Delete one “{word}”", "删去一个“{word}”")

_HAN_TWICE = re.compile(rf"([{HAN}]{{1,6}}?)\1")
_LATIN_TWICE = re.compile(r"([A-Za-z](?<![\w.'’-].)[\w'’-]{1,40}+) +\1(?![\w'’-]|\.\w)")
_COUNTED: Final = (
    "一二三四五六七八九十百千万亿两几个块层帧句词字步段行列张条类组轮点次天年月日时处件种只位家户人代页本节章"
)
"""Doubled, these mean each of them, or one by one."""
_MEANT: Final = ("非常", "很多", "许多", "好多", "这么", "那么", "十分", "特别", "永远", "慢慢", "不断")
_COUNTING = re.compile("[一逐每][^一]")
_ENGLISH: Final = frozenset({"that", "had", "very", "so", "bye"})
"""What English may well say twice."""
# Next to these a half may belong to a longer word that is in no dictionary: 生成生成式, 子任务任务.
_SUFFIX: Final = "式集率性化器者型度量数法力层库域图学"
_PREFIX: Final = "一多预元超子非微半自无反重再双单跨"


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    masked = scene.masked
    for found in _HAN_TWICE.finditer(masked):
        if _is_slip(scene, found.start(), found.end()):
            yield _hit(scene, found.start(), found.end(), found[1])
    for found in _LATIN_TWICE.finditer(masked):
        if found[1] not in _ENGLISH and not _is_in_english(scene, found[0]):
            yield _hit(scene, found.start(), found.end(), found[1])


def _is_slip(scene: SegmentScene, start: int, end: int) -> bool:
    """Whether `[start, end)`, the same Han twice, is one word too many."""
    masked, middle = scene.masked, (start + end) // 2
    word, before, after = masked[start:middle], scene.char(start - 1), scene.char(end)
    # The dictionary is one of Simplified words.
    if word in _MEANT or before + after in QUOTE_PAIRS or any(char in TRADITIONAL for char in word):
        return False
    if len(word) == 1:
        if word in (before, after) or word in _COUNTED:
            return False
    elif _COUNTING.match(word) or before in tuple(_PREFIX) or after in tuple(_SUFFIX):
        return False
    matcher = scene.entry.context.glossary.matcher
    return matcher.bounded(masked, start, middle) and matcher.bounded(masked, middle, end)


def _is_in_english(scene: SegmentScene, words: str) -> bool:
    source = scene.entry.source
    english = (scene.entry.entry.heading.text, *(source[1:] if source else ()))
    return any(words in text for text in english)


def _hit(scene: SegmentScene, start: int, end: int, word: str) -> Hit:
    first = start + len(word)
    fix = scene.fix(_TITLE, "unsafe", (first, end, ""), word=word)
    return scene.hit(start, end, _FOUND, fixes=(fix,), word=word)
