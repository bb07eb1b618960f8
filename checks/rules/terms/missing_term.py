"""A term of the source that the translation does not render.

**What.** The English heading is held against the Chinese title, the English abstract against the Chinese abstract.
Where the English holds a term that the glossary marks `require`, and the Chinese none of its renderings, the term is
reported. Presence is asked, not equal counts: what the English says twice the Chinese may say once.

A rendering inside a longer term's rendering belongs to the longer term: 强化学习 inside 基于可验证奖励的强化学习
renders RLVR, not RL, where the English holds both.

**Flagged.** *zero-shot* in the abstract, and no 零样本 in the translation.

**Clean.** *large language models* and only `LLM` in the Chinese, which the glossary admits · 多模态 LLM,
测试时的扩展, 大视觉-语言模型: a rendering with an abbreviation, a 的 or a hyphen in it · *Mobile-Agent-v2*, kept as
it is: a term inside a name is no term · *Vision Transformer (ViT)* where the Chinese says ViT · English left
standing, which is untranslated (TRM008, DIG008), not missing · an entry without a known English abstract: its body is
not judged.

**Fix.** None: where the term belongs is for an editor to say.

**Norm.** The house glossary, column `require`; MQM *wrong-term*.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Entries, Rule
from checks.rules.terms._facts import facts_of
from checks.rules.terms._renamed import meant_terms
from checks.rules.terms._wording import place
from checks.scene import EntryScene, Hit, SegmentScene
from checks.termscene import EntryTerms
from glossary import Term

RULE = Rule(
    code="TRM002",
    name="missing-term",
    severity="warning",
    mqm="terminology/wrong-term",
    summary=Text("A term of the source that the translation does not render", "原文的术语在译文中没有对应的译法"),
    wake=Entries(),
)
_TITLE: Final = Text(
    "The English title says {source}; the Chinese title should say {renderings} ({place})",
    "英文标题中有 {source}，中文标题中应有其译法：{renderings}（{place}）",
)
_BODY: Final = Text(
    "The English abstract says {source}; the translation should say {renderings} ({place})",
    "英文摘要中有 {source}，译文中应有其译法：{renderings}（{place}）",
)
_MOST_SHOWN: Final = 3


def check(scene: EntryScene) -> Iterator[Hit]:
    """Hold heading against title and abstract against body."""
    terms = scene.terms
    renamed: frozenset[str] | None = None
    for field in terms.fields:
        text, uses = (_TITLE, terms.heading_uses) if field.field == "title" else (_BODY, terms.abstract_uses)
        held = {use.term.source: use.term for use, abbreviated in uses if not abbreviated}
        rendered = terms.rendered(field, frozenset(held))
        for source, term in held.items():
            if term.require and source not in rendered and not _is_disguised(terms, field, term):
                renamed = meant_terms(scene) if renamed is None else renamed
                if source in renamed:
                    continue
                yield field.hit(
                    0,
                    len(field.text),
                    text,
                    quote=source,
                    term=source,
                    source=source,
                    renderings=" / ".join(term.renderings[:_MOST_SHOWN]),
                    place=place(term),
                )


def _is_disguised(terms: EntryTerms, field: SegmentScene, term: Term) -> bool:
    """Whether a rendering stands in the field in other clothes, or only overlaps another term's.

    What lies inside a longer match is that term's: `EntryTerms.rendered` has spoken on it.
    """
    matches = terms.scan(field).matches
    starts = [match.start for match in matches]
    for found in facts_of(terms.entry.context.glossary).loose(term, field.masked):
        index = bisect_right(starts, found.start()) - 1
        if index < 0 or matches[index].end < found.end():
            return True
    return False
