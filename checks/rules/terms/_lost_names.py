"""The names of the English that the Chinese of an entry does not have."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Final

from checks.model import Severity, Text
from checks.nameindex import NameIndex
from checks.namelist import TOKEN, fold, tokens
from checks.nameshape import GREEK, is_camel, is_capitals, name_in
from checks.namespelling import is_spelt_out
from checks.rules.terms._spelt_apart import PARTING, continues, is_written, without
from checks.scene import EntryScene, Hit
from checks.slips import is_one_edit
from checks.text import HAN

_TITLE: Final = Text(
    "{name} of the English title stands nowhere in the translation",
    "英文标题中的 {name} 在译文中没有出现",
)
_BODY: Final = Text(
    "{name} of the English abstract stands nowhere in the translation (unless that is of an earlier version)",
    "英文摘要中的 {name} 在译文中没有出现（除非译自论文的较早版本）",
)
_HALF = re.compile(rf"[A-Za-z0-9.]{{2,40}}[-\u2010\u2011](?=[{HAN}])|(?<=[{HAN}])[-\u2010\u2011][A-Za-z0-9.-]{{2,40}}")
"""What is left of a name half translated: Qwen2-音频."""
_LATIN = re.compile(r"[A-Za-z0-9]+")
_MOST: Final = 50
"""Names of an entry that are looked for; keeps hostile text linear."""
_MOST_SHOWN: Final = 5
_SHORTEST: Final = 4
_SURE: Final = 8
_MOSTLY: Final = 0.6
_SENTENCE_END = re.compile(r"[.!?]\s")
_SPLIT = re.compile(f"{PARTING}+")
_TRANSLATED = """
alphago autoencoder baichuan bytedance covid fedex iflytek linkedin mastercard mcdonald mediatek microsoft nasa nato
nvidia openstreetmap paypal powerpoint sensetime sota starcraft stem tiktok unesco ussr vram wechat xiaomi youtube
"""
"""Names with a Chinese of their own, folded: 微信, 领英."""
_MODELS: Final = frozenset(["claude", "gemini", "gemma", "grok", "llama", "mistral", "mixtral", "vicuna"])
"""Names that are one word like others, and have no Chinese: Gemini is no 双子座."""
_STRESSED = "always does every from more must never only that this what when with without"
"""Words that an English text may set in capitals."""
_PLAIN_WORDS: Final = frozenset((_TRANSLATED + _STRESSED).split())
_CROSSING = re.compile(r"[A-Za-z]+2[A-Za-z]+(?:-.*)?")
_REFERENCE = re.compile(r"(?:Eq|Fig|Sec|Tab)s?\.[0-9]+")
_BEGINNING = re.compile(r"[A-Z]|[a-z][A-Z]{2}|[0-9][A-Z][a-z]")
_TITLED = re.compile(r"[A-Z][a-z]{2,}")
_CAPITAL_PAIR = re.compile(r"[A-Z]{2}")
_CAPITALS = re.compile(r"[A-Z]")


def lost_names(scene: EntryScene, index: NameIndex, told: Collection[str]) -> Iterator[Hit]:
    """A finding for each name that the Chinese has neither whole nor in part; `told` are folded names."""
    fields = {field.field: field for field in scene.terms.fields}
    body = fields.get("body")
    if body is None:
        return
    names = {**index.names, **{name: at for name, at in index.lesser.items() if _is_heavy(scene, name)}}
    chinese = _Chinese("\n".join(field.masked for field in scene.terms.fields), index)
    if len(names) > _MOST:
        weighty = (name for name, at in names.items() if _is_weighty(scene, index, name, at))
        names = {name: names[name] for name in islice(weighty, _MOST)}
    lost = [
        name
        for name, at in names.items()
        # Most names stand there as they are written, which is soonest seen.
        if not chinese.writes(name)
        and not _is_told(name, told)
        and _is_weighty(scene, index, name, at)
        and not chinese.has(name)
    ]
    if not lost:
        return
    # A sentence that was left out is one story, whatever it names.
    stories: dict[str | int, list[str]] = defaultdict(list)
    ends = [end.start() for end in _SENTENCE_END.finditer(index.text)]
    # What is said once may be of another version, as where the Chinese has names of its own.
    other = any(index.is_added(piece.text) for piece in tokens(body.masked))
    for name in lost:
        once = index.count(name) < 2 and names[name] >= index.heading
        if once and other:
            continue
        stories[bisect(ends, names[name]) if once else name].append(name)
    for key, group in stories.items():
        in_heading = names[group[0]] < index.heading
        field = fields.get("title", body) if in_heading else body
        said = " / ".join(group[:_MOST_SHOWN])
        severity: Severity | None = "warning" if isinstance(key, int) else None
        text = _TITLE if in_heading else _BODY
        yield field.hit(0, len(field.text), text, quote=group[0], severity=severity, name=said)


def _is_told(name: str, told: Collection[str]) -> bool:
    """Whether a name, or of a word another name that begins with it, is told of: the Gemini of *Gemini 1.5 Pro*."""
    folded = fold(name)
    return folded in told or (name.isalpha() and any(other.startswith(folded) for other in told))


class _Chinese:
    """The translation, folded: whole, and without what is left of names half translated."""

    def __init__(self, text: str, index: NameIndex) -> None:
        self._text = text
        self._index = index

    @cached_property
    def _whole(self) -> str:
        return fold(_SPLIT.sub("", self._text))

    @cached_property
    def _without_halves(self) -> str:
        return _HALF.sub(" ", self._text)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_LATIN.findall(self._without_halves))

    @cached_property
    def _others(self) -> frozenset[str]:
        """What the English writes beside a name: WebGLM stands for itself, not for AutoWebGLM."""
        return frozenset(TOKEN.findall(self._index.text))

    def writes(self, name: str) -> bool:
        """Whether it stands there letter by letter: then :meth:`has` says so too.

        Folding takes a text letter by letter, but for the Greek.
        """
        return name in self._text and GREEK.search(name) is None and self._ends(name)

    def _ends(self, name: str) -> bool:
        """Whether a name that stands there is all of a number at its end."""
        return not name[-1].isdigit() or not name.isascii() or is_written(self._text, name)

    def has(self, name: str) -> bool:
        """Whether the name stands there, or one of its parts, or a word that is most of it.

        Also where the English may have misspelt it once: a letter otherwise than it writes it elsewhere, or glued to
        the next word (*OmniGenis*).
        """
        folded = fold(name)
        if folded.removesuffix("s") in self._whole and self._ends(name):
            return True
        if any(self._has_part(name, part) for part in name.split("-")):
            return True
        if len(folded) > _SURE and any(_is_alike(word, folded) for word in self._words & self._others):
            return True
        sizes = range(max(_SHORTEST, len(name) // 2 + 1), len(name) + 1)
        starts = ((start, start + size) for size in sizes for start in range(len(name) - size + 1))
        runs = ((name[start:end], name[:start] + name[end:]) for start, end in starts)
        return any(
            run in self._words
            and (run not in self._others or rest.islower() or rest in run)
            and self._is_apart(name, run, self._without_halves, in_words=True)
            for run, rest in runs
        )

    def _has_part(self, name: str, part: str) -> bool:
        """Whether a part of a name stands for it: not where it is of another name, unless a list shares it."""
        abbreviated = part.isupper() and len(part) > 1  # KV-缓存, for KV-Cache, is no loss.
        long_enough = len(part) >= _SHORTEST or name_in(part) is not None
        if abbreviated and self._is_apart(name, part, self._text, in_words=True):
            return True
        return long_enough and part not in self._others and self._is_apart(name, part, self._without_halves)

    def _is_apart(self, name: str, part: str, text: str, *, in_words: bool = False) -> bool:
        def holds(text: str) -> bool:
            return part in _LATIN.findall(text) if in_words else fold(part) in fold(_SPLIT.sub("", text))

        if not holds(text):
            return False
        others = self._others_with(name, part)
        if not others:
            return True
        text = without(text, others)
        return holds(text) or any(continues(text, name, other) for other in others)

    def _others_with(self, name: str, part: str) -> Sequence[str]:
        """The other names of the English that hold more than a part of one.

        But for one that words go on, which may be translated: GPT-4o 级, for *GPT-4o-Level*, is no loss.
        """
        folded, whole = fold(part), fold(name)
        return [
            other
            for other in (*self._index.names, *self._index.lesser)
            if folded in fold(other) and fold(other) not in (folded, whole) and not _is_worded(name, other)
        ]


def _is_worded(name: str, beginning: str) -> bool:
    """Whether a name is another and plain words."""
    tail = name.removeprefix(f"{beginning}-")
    return tail != name and all(part.isalpha() and _is_plain(part) for part in tail.split("-"))


def _is_alike(word: str, folded: str) -> bool:
    """Whether a letter, and no digit, is otherwise in a word."""
    digits, wanted = ([char for char in text if char.isdigit()] for text in (word, folded))
    return digits == wanted and is_one_edit(fold(word), folded)


def _is_heavy(scene: EntryScene, name: str) -> bool:
    """Whether what may be a name holds no abbreviation of the glossary, but four capitals, or two beside a word.

    MMLU, Omni-RGPT, MAP-Neo.
    """
    parts = name.split("-")
    if parts[0].casefold() in _MODELS:
        return True
    known = scene.context.glossary.abbreviations
    new = [part for part in parts if part not in known and part.removesuffix("s") not in known]
    if any(part[0].islower() for part in parts) or parts[0] == "Non":
        return False
    titled = any(_TITLED.fullmatch(part) for part in parts[1:]) and new == parts
    return any(is_capitals(part) for part in new) or (titled and _CAPITAL_PAIR.match(name) is not None)


def _is_weighty(scene: EntryScene, index: NameIndex, name: str, at: int) -> bool:
    """Whether it is no abbreviation, no letters that one is made of, and no name with a Chinese of its own."""
    folded = fold(name)
    if len(folded) < _SHORTEST or folded in _PLAIN_WORDS or _REFERENCE.fullmatch(name):
        return False
    if not _BEGINNING.match(name) or name in scene.context.glossary.abbreviations:
        return False
    own = at < index.text.find(":", 0, index.heading)
    short = len(folded) <= _SHORTEST or is_capitals(name[1:])
    if not own and (_CROSSING.fullmatch(name) or (short and name in scene.terms.expansions)):
        return False
    return _is_named(name) and not is_spelt_out(index.text, name, at)


def _is_named(name: str) -> bool:
    """Whether the capitals of the words stand where those of a name do."""
    if any(char.isdigit() for char in name) or len(_CAPITALS.findall(name)) > _MOSTLY * len(name):
        return True
    return all(is_camel(part) for part in name.split("-") if not _is_plain(part))


def _is_plain(part: str) -> bool:
    return part[1:].islower() or is_capitals(part + "ABC") or part.isdigit()
