"""The names of weight in the English that the Chinese of an entry does not have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final

from checks.model import Text
from checks.nameindex import NameIndex
from checks.namelist import fold, is_camel, is_capitals, name_in
from checks.rules.terms._facts import facts_of
from checks.scene import EntryScene, Hit
from checks.text import CLOSE, HAN, OPEN

_TITLE: Final = Text(
    "{name} of the English title stands nowhere in the translation",
    "英文标题中的 {name} 在译文中没有出现",
)
_BODY: Final = Text(
    "{name} of the English abstract stands nowhere in the translation (unless that is of an earlier version)",
    "英文摘要中的 {name} 在译文中没有出现（除非译自论文的较早版本）",
)
_INTRODUCED = re.compile(
    r"\b(?:proposes?|introduc(?:e|es|ing)|presents?|releases?|develop(?:s|ed)?|named|called|dubbed|termed|builds?)"
    r"(?:,? (?!(?:and|at|by|for|from|in|of|on|over|results?|than|that|to|using|via|with)\b)[A-Za-z-]+){0,5},? $",
    re.IGNORECASE,
)
_REACH: Final = 80
_HALF = re.compile(rf"[A-Za-z0-9.]{{2,40}}[-\u2010\u2011](?=[{HAN}])|(?<=[{HAN}])[-\u2010\u2011][A-Za-z0-9.-]{{2,40}}")
"""What is left of a name half translated: Qwen2-音频."""
_LATIN = re.compile(r"[A-Za-z0-9]+")
_MOST: Final = 50
"""Names of an entry that are looked for; keeps hostile text linear."""
_SHORTEST: Final = 4
_SPLIT = re.compile(rf"[\s\-\u2010\u2011._{OPEN}{CLOSE}]+")
_TRANSLATED = "autoencoder tiktok wechat linkedin mcdonald youtube powerpoint alphago microsoft xiaomi bytedance"
"""Names with a Chinese of their own, folded: 微信, 领英."""
_CROSSING = re.compile(r"[A-Za-z]+[24][A-Za-z]+(?:-.*)?")


def lost_names(scene: EntryScene, index: NameIndex, told: Collection[str]) -> Iterator[Hit]:
    """A finding for each name of weight that the Chinese has neither whole nor in part; `told` are folded names."""
    fields = {field.field: field for field in scene.terms.fields}
    body = fields.get("body")
    if body is None:
        return
    chinese = _Chinese("\n".join(field.text for field in scene.segments.values() if field.field != "heading"))
    weighty = (name for name, at in index.names.items() if _is_weighty(scene, index, name, at))
    for name in islice(weighty, _MOST):
        if fold(name) in told or chinese.has(name):
            continue
        in_heading = index.names[name] < index.heading
        field = fields.get("title", body) if in_heading else body
        yield field.hit(0, len(field.text), _TITLE if in_heading else _BODY, quote=name, name=name)


class _Chinese:
    """The translation, folded: whole, and without what is left of names half translated."""

    def __init__(self, text: str) -> None:
        self._whole = fold(_SPLIT.sub("", text))
        rest = _HALF.sub(" ", text)
        self._rest = fold(_SPLIT.sub("", rest))
        self._words = frozenset(_LATIN.findall(rest))

    def has(self, name: str) -> bool:
        """Whether the name stands there, or one of its parts, or a word that is most of it."""
        folded = fold(name).removesuffix("s")
        if folded in self._whole:
            return True
        if any(fold(part) in self._rest for part in name.split("-") if name_in(part) or len(part) >= _SHORTEST):
            return True
        sizes = range(max(_SHORTEST, len(name) // 2 + 1), len(name) + 1)
        return any(name[start : start + size] in self._words for size in sizes for start in range(len(name) - size + 1))


def _is_weighty(scene: EntryScene, index: NameIndex, name: str, at: int) -> bool:
    """Whether the heading has the name, or the abstract twice, or introduces it; an abbreviation is no name."""
    folded = fold(name)
    if len(folded) < _SHORTEST or folded in _TRANSLATED.split() or _CROSSING.fullmatch(name) or not name[0].isupper():
        return False
    if name in facts_of(scene.context.glossary).abbreviations:
        return False
    own = at < index.text.find(":", 0, index.heading)
    if name in scene.terms.expansions and not own:
        return False
    camel = all(is_camel(part) for part in name.split("-") if not _is_plain(part))
    if not camel or index.is_spelt_out(at, at + len(name)):
        return False
    if at < index.heading or index.count(name) > 1:
        return True
    return _INTRODUCED.search(index.text, max(0, at - _REACH), at) is not None


def _is_plain(part: str) -> bool:
    return part[1:].islower() or is_capitals(part + "ABC") or part.isdigit()
