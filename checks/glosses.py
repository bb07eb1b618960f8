"""Glosses: the English that stands in brackets behind Chinese, 中文 (English, ABBR).

Where the Chinese of a gloss begins is nowhere written. What is taken for it reaches back to the punctuation before, and
its *core* to the last word that no term holds: of 我们提出了一种词嵌入 the core is 词嵌入.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from checks.text import HAN
from glossary.records import NamedTuple

_LONGEST_INSIDE: Final = 120
_REACH: Final = 40
"""How far the Chinese of a gloss reaches back at most."""
_BRACKET: Final = re.compile(
    # The class comes first, what stands before it second: a search skims a text for the one, not for the other.
    rf"[ (（](?<=[{HAN}”’\"』」\ufdd5].)(?:(?<= )[(（]|(?<! ))"
    rf"(?=[A-Za-z0-9])([^()（）\[\]{HAN}\n\ufdd0-\ufdef]{{2,{_LONGEST_INSIDE}}})[)）]"
)
_PHRASE = re.compile(rf"[{HAN}A-Za-z0-9\u2010-\u2014+/· -]*$")
_CLOSING: Final = {"”": "“", "’": "‘", '"': '"', "』": "『", "」": "「", "\ufdd5": "\ufdd4"}
_PART = re.compile(r"\s*[,，;；:：]\s*")
_ABBREVIATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.&/+-]{1,11}")
_FUNCTION = re.compile(
    r"[的了着与及或将把被让使从以为是即由于该其之后前并但而却仍]|和(?!弦)|对(?![比齐抗话象偶数称应])|在(?!线)|用(?![户例])|称[为作]|[采使利]用|通过"
    r"|基于|借助|提出|引入|结合|进行|实现|构建|设计|开发|研究|包括|包含|[例比诸]如|以及|如(?!何)|[这那某各一两三四五多几每][种个项类次些]"
    r"|[0-9]+ ?[种个项类]|本文|我们|现有|当前|传统|主流|不同|所有|任何|许多|大量|新型|全新|经典|强大|先进"
    r"|最近|近期|此外|然而|尤其|特别|同时"
)
_SUFFIX = re.compile(
    r"(?<=..)(?:模型|方法|技术|算法|框架|系统|机制|任务|过程|策略|问题|能力|阶段|架构|网络|范式|[法性化])$"
)
_PLURAL = re.compile(r"..[^sui]s$")
_CLOTHES = re.compile(r"[ \u2010-\u2014/·的-]")


class Gloss(NamedTuple):
    """A gloss, in offsets of its text.

    The Chinese is ``[start, end)``, at most 40 characters, and its core ``[core, end)``; ``firm`` says that quotation
    marks or emphasis hold exactly it. The English is ``[at, at + len(english))``; empty where the brackets hold an
    abbreviation alone. ``open`` counts the space before the bracket in. ``abbr`` is without the plural s, empty where
    there is none.
    """

    start: int
    core: int
    end: int
    open: int
    close: int
    at: int
    english: str
    abbr: str
    firm: bool

    @property
    def words(self) -> str:
        """The English, else the abbreviation."""
        return self.english or self.abbr


def singular(word: str) -> str:
    """An abbreviation without the s of its plural: the letter before it is a capital or a digit."""
    return word[:-1] if len(word) > 2 and word[-1] == "s" and (word[-2].isupper() or word[-2].isdigit()) else word


def glosses_in(text: str) -> Iterator[Gloss]:
    """The glosses of a text, in order. Linear: each looks at no more than its own neighbourhood."""
    for bracket in _BRACKET.finditer(text):
        gloss = _read(text, bracket)
        if gloss is not None:
            yield gloss


def _read(text: str, bracket: re.Match[str]) -> Gloss | None:
    parts = _PART.split(bracket[1].rstrip())
    words = [singular(part) for part in parts if _is_abbreviation(part)]
    english = "" if _is_abbreviation(parts[0]) else parts[0]
    abbr = words[0] if words else ""
    # Of several parts without an abbreviation among them each is an example.
    if not abbr and (len(parts) > 1 or not any(char.isalpha() for char in english)):
        return None
    end = bracket.start()
    low = max(0, end - _REACH)
    opening = _CLOSING.get(text[end - 1])
    if opening is not None:
        end -= 1
        start = text.rfind(opening, low, end) + 1
        return Gloss(start, start, end, *bracket.span(), bracket.start(1), english, abbr, True) if start else None
    phrase = _PHRASE.search(text, low, end)
    start = phrase.start() if phrase else end
    return Gloss(start, _core(text, start, end), end, *bracket.span(), bracket.start(1), english, abbr, False)


def _is_abbreviation(word: str) -> bool:
    found = _ABBREVIATION.fullmatch(word)
    return found is not None and sum(char.isupper() for char in word) > 1


def _core(text: str, start: int, end: int) -> int:
    core = start
    for word in _FUNCTION.finditer(text, start, end):
        # A word that would leave next to nothing is the end of the term itself.
        if word.end() <= end - 2:
            core = word.end()
    while core < end and text[core] == " ":
        core += 1
    return core


def bare(chinese: str) -> str:
    """A rendering without spaces, hyphens and 的, and without a general noun at its end: 词嵌入 of 词 嵌入模型."""
    return _SUFFIX.sub("", _CLOTHES.sub("", chinese)).casefold()


def agree(one: str, other: str) -> bool:
    """Whether two bare renderings may be one, with other words before or behind: 大规模强化学习, 强化学习阶段."""
    return one in other or other in one or shared_end(one, other) > 1


def shared_end(one: str, other: str) -> int:
    """How many characters two renderings have in common at their ends."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def key_of(english: str) -> str:
    """What two glosses have in common that name one thing: case, hyphens and a plural s count for nothing."""
    words = re.split(r"[\s\u2010-\u2014/-]+", english.casefold())
    return " ".join(word[:-1] if _PLURAL.search(word) else word for word in words)
