"""A rendering that the glossary rules out.

**What.** The glossary names two kinds of wrong renderings. A `forbidden` form is wrong wherever it stands:
大型语言模型 for LLM. It is an error. A `suspect` form is a good Chinese word that is wrong in one sense only: 代理 is
right for *proxy* and wrong for *agent*. It is a warning, and only where the English (the heading, the abstract or a
gloss in brackets) holds the term and none of the words that would make the form right.

**Flagged.** 大型语言模型的推理能力 · 多模态代理 (where the English says *multimodal agents*)

**Clean.** 大语言模型的推理能力 · 代理变量, 代理服务器 (longer words that the glossary lists as innocent) · 访问令牌 ·
a form that is only the end of one word and the beginning of the next (数据组|成)

**Fix.** The preferred rendering. Safe for a forbidden form; unsafe for a suspect one, for a gloss in brackets, where
the line would say the same word twice, as in `Token（词元）`, and where a preposition stands before a clipped form
(用|可验证奖励的强化学习).

**Norm.** The house glossary; ISO 30042 (TBX) calls such forms *deprecated terms*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Fix, Related, Text
from checks.names import gloss
from checks.registry import Entries, Rule
from checks.rules.terms._wording import place, preferred_like, replacement
from checks.scene import EntryScene, Hit, SegmentEdit, SegmentScene
from checks.termscene import WRONG, EntryTerms
from checks.text import count_han
from glossary import Match, Use

RULE = Rule(
    code="TRM001",
    name="forbidden-term",
    severity="error",
    mqm="terminology/inconsistent-with-termbase",
    summary=Text("A rendering that the glossary rules out", "术语表不允许的译法"),
    wake=Entries(),
    fix="safe",
)
_FORBIDDEN: Final = Text(
    "{source} is not rendered “{found}”: write “{wanted}” ({place})",
    "{source} 不译作“{found}”，应译为“{wanted}”（{place}）",
)
_SUSPECT: Final = Text(
    "The English says {source}: “{found}” should be “{wanted}” ({place})",
    "原文是 {source}，“{found}”应译为“{wanted}”（{place}）",
)
_TITLE: Final = Text("Write “{wanted}”", "改为“{wanted}”")
_RIGHT_HERE: Final = Text("“{wanted}” stands here", "此处译为“{wanted}”")
_GLOSS = re.compile(r" ?[(（]([^()（）]{1,40})[)）]")
_OPENING = re.compile(r" ?[(（]$")
_CLOSING = re.compile(r"[)）]")
_JOINT = re.compile(r"[\s()（）“”\"*]*")
_PREPOSITIONS: Final = frozenset("带用由从以于自靠据")


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look at every wrong form that nothing on the same span excuses."""
    terms = scene.terms
    for field in terms.fields:
        for match in terms.scan(field).matches:
            use = _wrong(terms, match)
            if use is not None:
                yield _hit(terms, field, match, use)


def _wrong(terms: EntryTerms, match: Match) -> Use | None:
    wrong = [use for use in match.uses if use.role in WRONG]
    if not wrong:
        return None
    right = [use for use in match.uses if use.role not in WRONG]
    for use in wrong:
        if use.role == "forbidden":
            # That another term's wrong form is innocent in it says nothing of this one.
            if all(other.role == "innocent" for other in right):
                return use
        elif (
            use.term.source in terms.held
            and not any(other.term.source in terms.held or other.role == "innocent" for other in right)
            and not terms.excused(use.term)
        ):
            return use
    return None


def _hit(terms: EntryTerms, field: SegmentScene, match: Match, use: Use) -> Hit:
    term = use.term
    wanted = preferred_like(term, use.form)
    forbidden = use.role == "forbidden"
    return field.hit(
        match.start,
        match.end,
        _FORBIDDEN if forbidden else _SUSPECT,
        term=term.source,
        severity=None if forbidden else "warning",
        fixes=(_fix(field, match, wanted, sure=forbidden),),
        related=_related(terms, term.source),
        found=field.text[match.start : match.end],
        wanted=wanted,
        source=term.source,
        place=place(term, note=True),
    )


def _related(terms: EntryTerms, source: str) -> tuple[Related, ...]:
    right = terms.preferred.get(source)
    if right is None:
        return ()
    return (right.scene.related(right.match.start, right.match.end, _RIGHT_HERE, wanted=right.text),)


def _fix(field: SegmentScene, match: Match, wanted: str, *, sure: bool) -> Fix:
    once = _said_once(field, match, wanted)
    if once is not None:
        return field.fix(_TITLE, "unsafe", replacement(field, *once), wanted=wanted)
    safe = sure and not (_is_gloss(field, match) or _repeats(field, match, wanted) or _hangs(field, match, wanted))
    edit = replacement(field, match.start, match.end, wanted)
    return field.fix(_TITLE, "safe" if safe else "unsafe", edit, wanted=wanted)


def _said_once(field: SegmentScene, match: Match, wanted: str) -> SegmentEdit | None:
    """The edit that leaves out a gloss which would only repeat the word: 令牌 (token), Token（词元）."""
    text, word = field.masked, wanted.casefold()
    behind = _GLOSS.match(text, match.end)
    if behind and behind[1].casefold() in (word, word + "s"):
        return match.start, behind.end(), wanted
    opening = _OPENING.search(text, max(0, match.start - 3), match.start)
    closing = _CLOSING.match(text, match.end)
    if opening and closing:
        start = opening.start() - len(wanted)
        if start >= 0 and text[start : opening.start()].casefold() == word:
            return start, closing.end(), text[start : opening.start()]
    return None


def _is_gloss(field: SegmentScene, match: Match) -> bool:
    """Whether the form is all the Chinese there is in its brackets."""
    inside = gloss(field.masked, match.start, match.end)
    return inside is not None and count_han(inside) == count_han(field.masked[match.start : match.end])


def _repeats(field: SegmentScene, match: Match, wanted: str) -> bool:
    """Whether the line would say the same word twice: just before, or just after an opening bracket.

    The same wrong form on either side is that word as well, whichever of the two is set right first.
    """
    reach = 2 * len(wanted) + 8
    before = _JOINT.sub("", field.text[max(0, match.start - reach) : match.start]).casefold()
    after = _JOINT.sub("", field.text[match.end : match.end + reach]).casefold()
    wrong = {form for use in match.uses for form in use.term.forbidden}
    bare = tuple(_JOINT.sub("", form).casefold() for form in (wanted, *wrong))
    return before.endswith(bare) or after.startswith(bare)


def _hangs(field: SegmentScene, match: Match, wanted: str) -> bool:
    """Whether only a beginning is added, and the word before would hang in the air: 用|基于可验证奖励的强化学习."""
    clipped = wanted.endswith(field.text[match.start : match.end])
    return clipped and field.char(match.start - 1) in _PREPOSITIONS
