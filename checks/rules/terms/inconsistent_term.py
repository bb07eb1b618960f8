"""One term, two Chinese renderings in one entry.

**What.** A reader takes two Chinese forms for two things. Where the title and the abstract of one entry together
render a term in two ways that the glossary both knows, the one that is not the entry's own is reported: once a form,
at its first place.

An abbreviation or the English itself is never a second rendering. Two forms of which one contains the other (注意力
in 注意力机制) are one rendering. A form that another term of the source accounts for does not count, nor does a form
whose field has no such term in its English, nor a second form where the English says the term once only, or says it
in as many ways itself. Where the abstract is not known, two unlike forms count only where the heading or a
gloss vouches for both. Only terms that the glossary marks `require` are looked at.

**Flagged.** 测试时扩展 in the title and 测试时缩放 in the abstract.

**Clean.** 大语言模型 and LLM · 注意力机制 and 注意力 · 多模态大模型 in an entry whose English speaks of an LMM and an
MLLM · 文本转语音 and 语音合成 where the English says *text-to-speech* once and *speech synthesis* after it.

**Fix.** Unsafe: every place of the odd form in the entry takes the other one. The preferred rendering stays where it
is one of the two, else the one that comes first.

**Norm.** House style, *Terms*: never two Chinese forms of one term in an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Edit, Fix, Message, Text
from checks.registry import Entries, Rule
from checks.scene import EntryScene, Hit
from checks.termscene import EntryTerms, Found
from checks.text import has_han
from glossary import Use

RULE = Rule(
    code="TRM003",
    name="inconsistent-term",
    severity="warning",
    mqm="terminology/inconsistent-use-of-terminology",
    summary=Text("One term, two Chinese renderings in an entry", "同一术语在同一条目中有两种译法"),
    wake=Entries(),
    fix="unsafe",
)
_TWO: Final = Text(
    "{source} is “{found}” here and “{wanted}” elsewhere in this entry: keep to one",
    "{source} 此处译为“{found}”，本条目别处译为“{wanted}”，应统一",
)
_OTHER: Final = Text("“{wanted}” stands here", "此处译为“{wanted}”")
_FIX: Final = Text("Write “{wanted}” throughout the entry", "全条目统一为“{wanted}”")

_SIZE = re.compile(r"[大小](?:型|规模)?")
_ALIKE: Final = 0.5
_MOST_ASKED: Final = 20


def check(scene: EntryScene) -> Iterator[Hit]:
    """Compare the renderings of each term, title and abstract together."""
    terms = scene.terms
    forms: dict[str, set[str]] = {}
    for field in terms.fields:
        for match in terms.scan(field).matches:
            for use in match.uses:
                if _is_rendering(use):
                    forms.setdefault(use.term.source, set()).add(use.form)
    several = frozenset(source for source, different in forms.items() if len(different) > 1)
    if not several:
        return
    by_term: dict[str, list[Found]] = {}
    for found in terms.places(several):
        if _is_rendering(found.use):
            by_term.setdefault(found.use.term.source, []).append(found)
    for source, places in by_term.items():
        yield from _odd_forms(terms, source, [found for found in places if _is_own(terms, found)])


def _is_rendering(use: Use) -> bool:
    return use.role in ("preferred", "admitted") and use.term.require and has_han(use.form)


def _is_own(terms: EntryTerms, found: Found) -> bool:
    """Whether the form speaks of this term: its field's English holds it, and nothing else accounts for the form."""
    source = found.use.term.source
    if any(use.term.source != source and use.term.source in terms.held for use in found.match.uses):
        return False
    if found.scene.field == "title":
        return source in terms.heading_held
    return source in (terms.abstract_held if terms.abstract else terms.held)


def _odd_forms(terms: EntryTerms, source: str, places: list[Found]) -> Iterator[Hit]:
    by_form: dict[str, list[Found]] = {}
    for found in places:
        by_form.setdefault(found.use.form, []).append(found)
    # 可解释 in 可解释性 is no form of its own.
    apart = [form for form in by_form if not any(form in other for other in by_form if other != form)]
    if len(apart) < 2 or not _leaves_room(terms, source, len(apart)):
        return
    preferred = places[0].use.term.preferred
    kept = preferred if preferred in by_form else next(iter(by_form))
    kept_at = by_form[kept][0]
    for form, odd in by_form.items():
        if form in kept or kept in form:
            continue
        if not terms.abstract and not _are_one(terms, by_form[kept], odd):
            continue
        first = odd[0]
        edits = tuple(Edit(found.span.start, found.span.end, kept) for found in odd)
        yield first.scene.hit(
            first.match.start,
            first.match.end,
            _TWO,
            term=source,
            fixes=(Fix(Message(_FIX, {"wanted": kept}), "unsafe", edits),),
            related=(kept_at.scene.related(kept_at.match.start, kept_at.match.end, _OTHER, wanted=kept_at.text),),
            source=source,
            found=first.text,
            wanted=kept_at.text,
        )


def _are_one(terms: EntryTerms, kept: list[Found], odd: list[Found]) -> bool:
    """Whether two forms are one term though the abstract is not known.

    They are where the heading or a gloss vouches for both (the preferred form needs no voucher), or where they are
    wordings of one phrase: 测试时扩展 and 测试时缩放 share most of their characters, 文本转语音 and 语音合成 do not.
    """
    from difflib import SequenceMatcher

    def is_vouched(places: list[Found]) -> bool:
        source = places[0].use.term.source
        return any(found.scene.field == "title" or source in terms.glossed(found) for found in places[:_MOST_ASKED])

    one, other = kept[0].use, odd[0].use
    # 多模态语言模型, 多模态大语言模型: the English may say it with *large* and without.
    if one.form == _SIZE.sub("", other.form) or other.form == _SIZE.sub("", one.form):
        return False
    if (one.role == "preferred" or is_vouched(kept)) and is_vouched(odd):
        return True
    return SequenceMatcher(None, one.form, other.form).ratio() >= _ALIKE


def _leaves_room(terms: EntryTerms, source: str, forms: int) -> bool:
    """Whether the English says the term often enough to be the ground of all forms, and not in as many ways itself."""
    if not terms.abstract:
        return True
    uses = [held.use for held in (*terms.heading_uses, *terms.abstract_uses) if held.use.term.source == source]
    ways = {use.form.casefold() for use in uses if use.role == "english"}
    return len(uses) >= forms > len(ways)
