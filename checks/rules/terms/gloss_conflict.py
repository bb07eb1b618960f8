"""The Chinese before a gloss is not what the gloss says.

**What.** A gloss in brackets ties a Chinese rendering to its English: 词嵌入 (word embedding). Where the gloss is
exactly a term of the glossary, in full or as its abbreviation, one of the term's renderings must stand before it;
words may stand round the rendering (预训练的词嵌入模型), and a 的, a hyphen or a space in it. Where the glossary does
not know the English, the entry itself is the measure: the same English behind two different Chinese words is reported
at the second.

**Flagged.** 词语嵌套 (word embedding) · 奖励塑形 (reward shaping) and, later in the entry, 回报重塑 (reward shaping)

**Clean.** 词嵌入 (word embedding) · 预训练词嵌入技术 (word embedding) · 主流架构 (Transformer), which names an example
and translates nothing · a form that the glossary rules out, of which TRM001 speaks · 半监督学习 (SSL) where the English
says *self-supervised*, of which TRM011 speaks · 多模态大语言模型 (LLM) where the English says *MLLM*, of
which TRM009 speaks

**Fix.** Unsafe: the preferred rendering, where it can be told how far the wrong one reaches; otherwise none.

**Norm.** House style, *Terms*: at first mention 中文 (English); MQM *inconsistent-with-termbase*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from checks.glosses import agree, bare, key_of
from checks.glossplaces import GlossPlace, between
from checks.model import Fix, Text
from checks.registry import Entries, Rule
from checks.rules.terms._extent import extent
from checks.rules.terms._facts import facts_of
from checks.rules.terms._renamed import renamed
from checks.rules.terms._wording import place, replacement
from checks.scene import EntryScene, Hit
from checks.termscene import EntryTerms
from checks.text import has_han, is_han
from glossary import Match, Term

RULE = Rule(
    code="TRM004",
    name="gloss-conflict",
    severity="warning",
    mqm="terminology/inconsistent-with-termbase",
    summary=Text("The Chinese before a gloss is not that term's", "括注前的中文不是该术语的译法"),
    wake=Entries(),
    fix="unsafe",
)
_CONFLICT: Final = Text(
    "The gloss says {source}, which is not “{found}”: write “{wanted}” ({place})",
    "括注为 {source}，其译法不是“{found}”，应译为“{wanted}”（{place}）",
)
_TWO: Final = Text(
    "{source} stands behind “{found}” here and behind “{wanted}” before: keep to one",
    "{source} 此处括注于“{found}”之后，前文括注于“{wanted}”之后，应统一",
)
_GLOSS: Final = Text("The gloss", "括注")
_BEFORE: Final = Text("“{wanted}” stands here", "此处译为“{wanted}”")
_TITLE: Final = Text("Write “{wanted}”", "改为“{wanted}”")
_ROOM: Final = 3
"""By how much less than this a wrong rendering without a character of the right one differs from it in length."""
_RELATED: Final = 0.3
"""What part of the right rendering stands before an abbreviation that is a gloss, and no example."""
_LATIN = re.compile(r"[A-Za-z]")
_LONGEST: Final = 80
_FUNCTION: Final = frozenset("从自由以用据于来的之中和与及对在型式")
"""What may be added to a rendering, or put in the place of its own function words, without another sense."""


def check(scene: EntryScene) -> Iterator[Hit]:
    """Hold each gloss against the glossary, else against the glosses before it."""
    terms = scene.terms
    first: dict[str, GlossPlace] = {}
    strange = renamed(scene)
    for found in terms.gloss_places:
        if found.gloss.abbr in strange:
            continue
        if found.terms:
            hit = _conflict(terms, found)
            if hit is not None:
                yield hit
        elif found.gloss.english and len(found.core) > 1:
            other = first.setdefault(key_of(found.gloss.english), found)
            if other is not found and not agree(bare(other.core), bare(found.core)):
                yield _second(found, other)


def _conflict(terms: EntryTerms, found: GlossPlace) -> Hit | None:
    """What is wrong with a gloss that the glossary knows."""
    if any(_renders(terms, found, term) for term in found.terms) or _is_other_sense(terms, found):
        return None
    term, field = found.terms[0], found.scene
    if not _is_attempt(found, term) or (not found.gloss.english and not _is_said(terms, found, term)):
        return None
    start, sure = extent(terms, found, term.preferred)
    fixes: tuple[Fix, ...] = ()
    if sure:
        edit = replacement(field, start, found.gloss.end, term.preferred)
        fixes = (field.fix(_TITLE, "unsafe", edit, wanted=term.preferred),)
    return field.hit(
        start,
        found.gloss.end,
        _CONFLICT,
        term=term.source,
        fixes=fixes,
        related=(field.related(found.gloss.at, found.gloss.close - 1, _GLOSS),),
        source=term.source,
        found=field.text[start : found.gloss.end],
        wanted=term.preferred,
        place=place(term),
    )


def _renders(terms: EntryTerms, found: GlossPlace, term: Term) -> bool:
    """Whether a form of the term stands in the Chinese, a wrong one, of which TRM001 speaks, among them."""
    if any(use.term.source == term.source for match in _inside(terms, found) for use in match.uses):
        return True
    if any(facts_of(terms.entry.context.glossary).loose(term, found.chinese)):
        return True
    # The order of a rendering with Latin words in it is free: 作为评判者的大语言模型 is LLM 作为评判者.
    mixed = (form for form in term.renderings if has_han(form) and _LATIN.search(form))
    return any(set(filter(has_han, form)) <= set(found.chinese) for form in mixed)


def _inside(terms: EntryTerms, found: GlossPlace) -> Iterator[Match]:
    gloss, scan = found.gloss, terms.scan(found.scene)
    yield from between(scan.matches, gloss.start, gloss.end)
    yield from between(scan.nested, gloss.start, gloss.end)


def _is_other_sense(terms: EntryTerms, found: GlossPlace) -> bool:
    """Whether the abbreviation, alone in its brackets, is also that of the term before it: TRM011 speaks of it."""
    if found.gloss.english:
        return False
    return any(found.gloss.abbr in use.term.abbr for match in _inside(terms, found) for use in match.uses)


def _is_said(terms: EntryTerms, found: GlossPlace, term: Term) -> bool:
    """Whether an abbreviation, alone in its brackets, is that of the term, as far as can be told.

    The English may gloss other words with it, *multimodal models (LMMs)*. Where it is not known, the Chinese must have
    nothing that the renderings lack: 选择性语言模型 (SLM) may be *selective language modelling*.
    """
    if not terms.abstract:
        return set(filter(is_han, found.core)) <= set("".join(term.renderings)) | _FUNCTION
    before = _glossed_with(terms.english, found.gloss.abbr)
    forms = tuple(f" {key_of(form)}" for form in (term.source, *term.variants))
    return not before or any(words.endswith(forms) for words in before)


@lru_cache(maxsize=256)
def _glossed_with(english: str, abbr: str) -> tuple[str, ...]:
    """What stands before the brackets that begin with an abbreviation, as keys."""
    brackets = re.finditer(rf"\s?[(（]{re.escape(abbr)}s?(?![A-Za-z0-9])", english)
    starts = [bracket.start() for bracket in brackets]
    return tuple(f" {key_of(english[max(0, start - _LONGEST) : start])}" for start in starts)


def _is_attempt(found: GlossPlace, term: Term) -> bool:
    """Whether the Chinese tries to render the term, or names what the brackets give an example of."""
    core = found.core
    shared = max(len(set(filter(has_han, form)).intersection(core)) / len(form) for form in term.renderings)
    if not found.gloss.english:
        return shared >= _RELATED
    near = found.gloss.firm or abs(len(core) - len(term.preferred)) < _ROOM
    return shared > 0 or (term.policy == "translate" and near)


def _second(found: GlossPlace, other: GlossPlace) -> Hit:
    """The second rendering of what the glossary does not know."""
    gloss = found.gloss
    return found.scene.hit(
        gloss.core,
        gloss.end,
        _TWO,
        related=(other.scene.related(other.gloss.core, other.gloss.end, _BEFORE, wanted=other.core),),
        source=gloss.english,
        found=found.core,
        wanted=other.core,
    )
