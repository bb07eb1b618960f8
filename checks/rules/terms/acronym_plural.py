"""An abbreviation with an English plural s in Chinese text.

**What.** Chinese has no plural, and an abbreviation in it takes none: LLM, not LLMs. The rule looks at the
abbreviations of the glossary, at those that the English of the entry or a bracket in its Chinese defines, at
compounds that end in one (Video-LLMs), and at the terms that stay English (Token, Transformer).

**Flagged.** 大语言模型 (LLMs) · 多个 VLMs · 长度为 512 的 Tokens · 多层感知器 (MLPs)

**Clean.** FLOPs, MACs and other words that end in s · an English sentence or title in the text · English words in a
gloss (Diffusion Transformers) · the library Hugging Face Transformers · names that only look plural (Llama-3s,
LAION-Aesthetics)

**Fix.** Safe: the s goes.

**Norm.** House style, *Terms*: an abbreviation takes no plural s in Chinese text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.names import gloss
from checks.registry import Entries, Rule
from checks.rules.terms._abbreviations import defined, is_abbreviation
from checks.rules.terms._facts import facts_of
from checks.scene import EntryScene, Hit, SegmentScene

RULE = Rule(
    code="TRM006",
    name="acronym-plural",
    severity="warning",
    mqm="linguistic-conventions/grammar",
    summary=Text("An abbreviation with a plural s in Chinese text", "中文里的缩写带复数 s"),
    wake=Entries(),
    fix="safe",
)
_PLURAL: Final = Text(
    "{found} takes no plural s in Chinese text: write {wanted}",
    "{found} 在中文里不加复数 s，应写作 {wanted}",
)
_TITLE: Final = Text("Write {wanted}", "改为 {wanted}")
_WORDS: Final = frozenset({"FLOPs", "FLOPS", "MACs", "OPs", "QPs", "bps", "OSs", "DNS", "TPS", "GPS", "iOS"})
_CANDIDATE = re.compile(
    # The class comes first, what stands before it second: a search skims a text for the one, not for the other.
    r"([A-Za-z0-9](?<![A-Za-z0-9_./@-].)[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)s(?![A-Za-z0-9_@]|[-'’/.][A-Za-z0-9])"
)
_REACH: Final = 60
_LATIN_BEFORE = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z0-9][A-Za-z0-9'’/.-]*[ ,]{1,2}){3,}$")
_LATIN_AFTER = re.compile(r"(?:[ ,]{1,2}[A-Za-z][A-Za-z'’/.-]*){3,}")
_WORD_BEFORE = re.compile(r"[A-Za-z-]{2,} $")
_LIBRARY_BEFORE = re.compile(r"(?:Hugging ?Face(?:['’]s)?|🤗)(?: ?的)? ?$")
_LIBRARY_AFTER = re.compile(r" ?(?:库|框架|软件包|工具包|library)")


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look at the words in s that would be an abbreviation, or a term that stays English, without it."""
    facts = facts_of(scene.context.glossary)
    listed = scene.context.glossary.abbreviations
    told: frozenset[str] | None = None
    for field in scene.terms.fields:
        for found in _CANDIDATE.finditer(field.masked):
            word = found[1]
            if found[0] in _WORDS or "-of-" in word or found[0] in listed or found[0].casefold() in facts.kept:
                continue
            if word.casefold() in facts.kept:
                flagged = not _is_gloss_word(field, found) and not _is_library(field, found)
            else:
                parts = (word, word.rpartition("-")[2])
                flagged = not listed.isdisjoint(parts)
                if not flagged and any(map(is_abbreviation, parts)):
                    told = defined(scene) if told is None else told
                    flagged = not told.isdisjoint(parts)
            if flagged and not _is_english(field, found):
                yield _hit(field, found)


def _is_english(field: SegmentScene, found: re.Match[str]) -> bool:
    """Whether the word stands in an English title or sentence."""
    text, start, end = field.masked, found.start(), found.end()
    if text[start - 1 : start] in ("(", "（") and text[end : end + 1] in (",", "，"):
        # At the head of a gloss (LLMs, Large Language Models).
        return False
    # At the end of one (large language models, LLMs) a comma sets it apart.
    before = text[start - 2 : start - 1] != "," and _LATIN_BEFORE.search(text, max(0, start - _REACH), start)
    return bool(before) or _LATIN_AFTER.match(text, end, end + _REACH) is not None


def _is_gloss_word(field: SegmentScene, found: re.Match[str]) -> bool:
    """Whether a term that stays English is a word of an English gloss: (Diffusion Transformers, DiT)."""
    before = _WORD_BEFORE.search(field.masked, max(0, found.start() - _REACH), found.start())
    return before is not None and gloss(field.masked, found.start(), found.end()) is not None


def _is_library(field: SegmentScene, found: re.Match[str]) -> bool:
    """Whether a word such as Transformers is the name of software: Hugging Face Transformers, Transformers 库."""
    text = field.masked
    before = _LIBRARY_BEFORE.search(text, max(0, found.start() - 20), found.start())
    return bool(before or _LIBRARY_AFTER.match(text, found.end()))


def _hit(field: SegmentScene, found: re.Match[str]) -> Hit:
    fix = field.fix(_TITLE, "safe", (found.end() - 1, found.end(), ""), wanted=found[1])
    return field.hit(found.start(), found.end(), _PLURAL, fixes=(fix,), found=found[0], wanted=found[1])
