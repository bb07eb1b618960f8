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
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from checks.glosses import agree, bare, key_of, shared_end
from checks.glossplaces import GlossPlace, between
from checks.model import Fix, Text
from checks.registry import Entries, Rule
from checks.rules.terms._facts import facts_of
from checks.rules.terms._renamed import renamed
from checks.rules.terms._wording import place, replacement
from checks.scene import EntryScene, Hit
from checks.termscene import EntryTerms
from checks.text import has_han
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
_ALIKE: Final = 0.6
_REACH: Final = 8
"""How much longer than the right rendering a wrong one is looked for."""
_RELATED: Final = 0.3
"""What part of the right rendering stands before an abbreviation that is a gloss, and no example."""
_LATIN = re.compile(r"[A-Za-z]")
_SIZE = re.compile(r"(?:[超较]?[大小](?:规模|型)?)+$")


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
    if not _is_attempt(found, term):
        return None
    start, sure = _extent(terms, found, term.preferred)
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
    if facts_of(terms.entry.context.glossary).loose(term).search(found.chinese):
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


def _is_attempt(found: GlossPlace, term: Term) -> bool:
    """Whether the Chinese tries to render the term, or names what the brackets give an example of."""
    core = found.core
    shared = max(len(set(filter(has_han, form)).intersection(core)) / len(form) for form in term.renderings)
    if not found.gloss.english:
        return shared >= _RELATED
    near = found.gloss.firm or abs(len(core) - len(term.preferred)) < _ROOM
    return shared > 0 or (term.policy == "translate" and near)


def _extent(terms: EntryTerms, found: GlossPlace, wanted: str) -> tuple[int, bool]:
    """Where the wrong rendering begins, and whether that can be told for sure."""
    gloss, text = found.gloss, found.scene.masked
    if gloss.firm or not has_han(wanted):
        return gloss.core, gloss.firm
    near = abs(len(found.core) - len(wanted)) < 2 and not set(found.core).isdisjoint(wanted)
    start = gloss.end - _closest(text[max(gloss.start, gloss.end - len(wanted) - _REACH) : gloss.end], wanted)
    if start == gloss.end:
        others = between(terms.scan(found.scene).matches, gloss.start, gloss.end)
        if not others or others[-1].end < gloss.end or shared_end(text[others[-1].start : gloss.end], wanted) < 2:
            return max(gloss.core, gloss.end - len(wanted) - _ROOM), near
        start = others[-1].start
    # 大规模 and 小型 belong to what comes behind them.
    size = _SIZE.search(text, gloss.start, start)
    start = size.start() if size else start
    if wanted.startswith("基于") and text[start - 1 : start] in ("从", "据"):
        return start - 1, True
    if gloss.core < start and text[start : gloss.end] in wanted:
        # A part of the right rendering, 搜索 of 束搜索: what stands before it may be the wrong one of the rest.
        return gloss.core if near else start, False
    return start, True


@lru_cache(maxsize=1024)
def _closest(chinese: str, wanted: str) -> int:
    """How long the end of a text is that is most like a rendering; 0 where none is like it."""
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)

    def likeness(length: int) -> float:
        matcher.set_seq1(chinese[len(chinese) - length :])
        return matcher.ratio()

    best = max(range(len(chinese), 0, -1), key=likeness, default=0)
    return best if best and likeness(best) >= _ALIKE and shared_end(chinese[-best:], wanted) > 1 else 0


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
