"""One abbreviation, two senses in one entry.

**What.** TTS is *text-to-speech* and *test-time scaling*; a reader of one abstract must not meet both. An abbreviation
is held against all that the entry says of it: the Chinese before its brackets, the English beside it in them, and the
English of the paper where that spells it out. Two words of the glossary that share an abbreviation, or two long forms
that have next to no word in common, are two senses. The later one is reported, once an abbreviation.

**Flagged.** 测试时扩展 (TTS) and, in the same entry, 文本转语音 (TTS) · 半监督学习 (SSL) where the English says
*self-supervised learning (SSL)*

**Clean.** 大语言模型 (LLM) and, later, 大型语言模型 (Large Language Models, LLMs) · one of two senses, as long as the
entry holds no other · two different abbreviations

**Fix.** None: one of the two must be spelt out, and which one is for an editor to say.

**Norm.** House style, *Terms*: an abbreviation stands for one term; MQM *inconsistent-use-of-terminology*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.glossplaces import GlossPlace, between, terms_named
from checks.model import Related, Text
from checks.registry import Entries, Rule
from checks.rules.terms._abbreviations import SMALL_WORDS
from checks.rules.terms._renamed import renamed
from checks.scene import EntryScene, Hit, SegmentScene
from checks.termscene import RIGHT, EntryTerms
from glossary import Term, expansions
from glossary.records import NamedTuple

RULE = Rule(
    code="TRM011",
    name="acronym-clash",
    severity="warning",
    mqm="terminology/inconsistent-use-of-terminology",
    summary=Text("One abbreviation, two senses in an entry", "同一缩写在同一条目中有两个含义"),
    wake=Entries(),
)
_CLASH: Final = Text(
    "{abbr} is {sense} here, but {other} elsewhere in this entry: spell one of them out",
    "{abbr} 此处指 {sense}，本条目别处指 {other}，应写出其中一个的全称",
)
_AGAINST: Final = Text(
    "{abbr} is {sense} here, but the English says {other}: keep to the English",
    "{abbr} 此处指 {sense}，原文却是 {other}，应以原文为准",
)
_BOTH: Final = Text(
    "The English uses {abbr} for {sense} and for {other}: spell one of them out",
    "原文用 {abbr} 既指 {sense}，又指 {other}，译文应写出其中一个的全称",
)
_OTHER: Final = Text("{abbr} is {other} here", "{abbr} 在此处指 {other}")
_WORD = re.compile(r"[^\W_]+")
_STEM: Final = 4
_MOST: Final = 8
"""Senses of an abbreviation that are kept; keeps hostile text linear."""
_MODEL: Final = frozenset({"mode", "lear", "meth", "netw", "syst"})
"""Stems of words that long forms of any sense may share."""


class _Sense(NamedTuple):
    """What an abbreviation stands for at a place: a term of the glossary, or words."""

    term: Term | None
    words: str
    at: GlossPlace | None
    """None: the English of the paper says so."""

    @property
    def name(self) -> str:
        """How a message calls it."""
        return self.words or (self.term.source if self.term is not None else "")


def check(scene: EntryScene) -> Iterator[Hit]:
    """Hold every gloss of an abbreviation against the English and against the glosses before it."""
    terms = scene.terms
    told: dict[str, list[_Sense]] = {}
    clashed: set[str] = set()
    strange = renamed(scene)
    places = [found for found in terms.gloss_places if found.gloss.abbr and found.gloss.abbr not in strange]
    if not places:
        return
    for sense, abbr in _of_english(terms):
        if len(told.setdefault(abbr, [])) < _MOST:
            told[abbr].append(sense)
    for found in places:
        abbr = found.gloss.abbr
        if abbr in clashed:
            continue
        here = _of_gloss(terms, found)
        if here is None:
            continue
        known = told.setdefault(abbr, [])
        if not any(_is_same(here, other) for other in known):
            other = next((other for other in known if _differ(here, other)), None)
            if other is not None:
                clashed.add(abbr)
                yield _hit(found, here, other)
        if len(known) < _MOST:
            known.append(here)
    yield from _both(places, told, clashed)


def _both(places: list[GlossPlace], told: dict[str, list[_Sense]], clashed: set[str]) -> Iterator[Hit]:
    """What the English itself uses in two senses, at the last of its glosses in the Chinese."""
    last = {found.gloss.abbr: found for found in places}
    for abbr, found in last.items():
        senses = [sense for sense in told.get(abbr, ()) if sense.at is None]
        other = next((sense for sense in senses[1:] if _differ(senses[0], sense)), None)
        if other is not None and abbr not in clashed:
            start, end = _abbreviation(found)
            yield found.scene.hit(start, end, _BOTH, abbr=abbr, sense=senses[0].name, other=other.name)


def _of_english(terms: EntryTerms) -> Iterator[tuple[_Sense, str]]:
    """What the heading and the abstract spell out."""
    english = "\n".join(part for part in (terms.heading, terms.abstract) if part)
    found = expansions(english)
    named = terms_named([expansion.long_form for expansion in found], terms.matcher, terms.english)
    for expansion, meant in zip(found, named, strict=True):
        term = next((term for term in meant if expansion.abbr in term.abbr), None)
        yield _Sense(term, expansion.long_form, None), expansion.abbr


def _of_gloss(terms: EntryTerms, found: GlossPlace) -> _Sense | None:
    """What a gloss says of its abbreviation, by its English, else by the term whose rendering stands before it."""
    gloss = found.gloss
    if gloss.english:
        term = next((term for term in found.terms if gloss.abbr in term.abbr), None)
        return _Sense(term, gloss.english, found)
    for match in between(terms.scan(found.scene).matches, gloss.start, gloss.end):
        for use in match.uses if match.end == gloss.end else ():
            if use.role in RIGHT and gloss.abbr in use.term.abbr:
                return _Sense(use.term, "", found)
    return None


def _is_same(one: _Sense, other: _Sense) -> bool:
    """Whether two senses are one: the same term, or words of which most are shared."""
    if one.term is not None and other.term is not None:
        return one.term.source == other.term.source
    mine, others = _stems(one), _stems(other)
    return len(mine & others) * 2 >= min(len(mine), len(others))


def _differ(one: _Sense, other: _Sense) -> bool:
    """Whether two senses have nothing in common but words such as *model*."""
    if one.term is not None and other.term is not None:
        return one.term.source != other.term.source
    return not (_stems(one) - _MODEL) & (_stems(other) - _MODEL)


def _stems(sense: _Sense) -> frozenset[str]:
    words = _WORD.findall(sense.words or (sense.term.source if sense.term is not None else ""))
    return frozenset(word[:_STEM].lower() for word in words if word.lower() not in SMALL_WORDS)


def _hit(found: GlossPlace, sense: _Sense, other: _Sense) -> Hit:
    scene, abbr = found.scene, found.gloss.abbr
    start, end = _abbreviation(found)
    related: tuple[Related, ...] = ()
    if other.at is not None:
        related = (_place(other.at.scene, *_abbreviation(other.at), abbr=abbr, other=other.name),)
    return scene.hit(
        start,
        end,
        _CLASH if other.at is not None else _AGAINST,
        term=sense.term.source if sense.term is not None else None,
        related=related,
        abbr=abbr,
        sense=sense.name,
        other=other.name,
    )


def _place(scene: SegmentScene, start: int, end: int, **args: str) -> Related:
    return scene.related(start, end, _OTHER, **args)


def _abbreviation(found: GlossPlace) -> tuple[int, int]:
    """Where the abbreviation stands in its brackets."""
    gloss = found.gloss
    start = found.scene.masked.find(gloss.abbr, gloss.at + len(gloss.english), gloss.close)
    return start, start + len(gloss.abbr)
