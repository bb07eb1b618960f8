"""The English of a term left standing in Chinese text.

**What.** The glossary says of each term whether it is translated or stays English (`policy`). One that is translated,
standing in English in a Chinese title or abstract, is reported where neither the glossary admits the English nor
anything about the place asks for it: brackets, quotation marks round English, a name of which it is a part, an English
phrase or sentence, the paper's own name at the head of its title. Only full forms count, never abbreviations.

**Flagged.** 我们训练一个 reward model · 大语言模型 large language model 的推理, where the brackets are missing

**Clean.** 奖励模型 (reward model) · reward model（奖励模型）· Token, which stays English · Agent Laboratory,
Mobile-Agent-v2 · “Reward Model Is All You Need” · the abbreviation LLM

**Fix.** Unsafe: the preferred rendering; where a rendering of the term stands directly before it, brackets round the
English.

**Norm.** The house glossary, columns `policy` and `admitted`; MQM *untranslated*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.glosses import key_of
from checks.model import Text
from checks.names import gloss, is_standing_name
from checks.registry import Entries, Rule
from checks.rules.terms._wording import place, replacement
from checks.scene import EntryScene, Hit, SegmentScene
from checks.termscene import RIGHT, EntryTerms
from checks.text import HAN, has_han
from glossary import Match, Term

RULE = Rule(
    code="TRM008",
    name="untranslated-term",
    severity="warning",
    mqm="accuracy/untranslated",
    summary=Text("The English of a term left standing in Chinese text", "应翻译的术语在中文里仍是英文"),
    wake=Entries(),
    fix="unsafe",
)
_LEFT: Final = Text(
    "“{found}” is translated: write “{wanted}” ({place})",
    "“{found}”应译为“{wanted}”（{place}）",
)
_BRACKETS: Final = Text(
    "“{found}” stands behind its Chinese without brackets: write “{wanted}”",
    "“{found}”紧跟在其译名之后而没有括号，应写作“{wanted}”",
)
_TITLE: Final = Text("Write “{wanted}”", "改为“{wanted}”")
_HEAD = re.compile(rf"[^{HAN}：:]*[：:]")
_SEVERAL = re.compile(r"\w[\s-]\w")
_ABBREVIATED = re.compile(r"\b\w*[A-Z]\w*[A-Z]")
_SMALL_WORD = re.compile(r"(?<![\w-])[a-z]{3,}")
_CHINESE_BEHIND = re.compile(r"s? ?[(（][^()（）]{0,40}")


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look at every full English form in the Chinese fields."""
    terms = scene.terms
    for field in terms.fields:
        before: Match | None = None
        for match in terms.scan(field).matches:
            term = _translated(match)
            if term is not None and not _is_innocent(terms, field, match):
                yield _bracketed(field, before, match, term) or _left(field, match, term)
            before = match


def _translated(match: Match) -> Term | None:
    """The term that should be translated here, if nothing admits the form."""
    for use in match.uses:
        if use.role != "english" or use.term.policy == "keep":
            return None
    return next((use.term for use in match.uses if has_han(use.term.preferred)), None)


def _is_innocent(terms: EntryTerms, field: SegmentScene, match: Match) -> bool:
    text, start, end = field.masked, match.start, match.end
    if gloss(text, start, end) is not None or is_standing_name(text, start, end):
        return True
    behind = _CHINESE_BEHIND.match(text, end)
    if behind is not None and has_han(behind[0]):
        return True
    form = text[start:end]
    if _ABBREVIATED.search(form) and any(use.term.source in terms.named_in_brackets for use in match.uses):
        # Long CoT, once 长思维链 (Long CoT) has stood there, is as good as an abbreviation.
        return True
    if field.field == "title" and (head := _HEAD.match(text)) and end <= head.end():
        return True
    return form[0].isupper() and (_is_named(terms, form) or not _is_common(terms, form))


def _is_named(terms: EntryTerms, form: str) -> bool:
    """Whether the paper itself is called so: what stands before the colon of its heading."""
    name, colon, _ = terms.heading.partition(":")
    return bool(colon) and key_of(form) in key_of(name)


def _is_common(terms: EntryTerms, form: str) -> bool:
    """Whether a capitalised form is more than a name: of several words, or one that the English writes small."""
    if _SEVERAL.search(form):
        return True
    word = form.casefold().removesuffix("s")
    return any(written.removesuffix("s") == word for written in _SMALL_WORD.findall(terms.abstract))


def _bracketed(field: SegmentScene, before: Match | None, match: Match, term: Term) -> Hit | None:
    """A hit for a gloss without its brackets, where a rendering of the term stands directly before it."""
    if before is None or field.masked[before.end : match.start].strip(" ") or match.start - before.end > 1:
        return None
    if not any(use.term.source == term.source and use.role in RIGHT and has_han(use.form) for use in before.uses):
        return None
    found = field.text[match.start : match.end]
    full = field.style.brackets == "full"
    after = "" if full or not has_han(field.char(match.end)) else " "
    text = f"（{found}）" if full else f" ({found}){after}"
    wanted = field.text[before.start : before.end] + text.rstrip()
    fix = field.fix(_TITLE, "unsafe", (before.end, match.end, text), wanted=wanted)
    return field.hit(match.start, match.end, _BRACKETS, term=term.source, fixes=(fix,), found=found, wanted=wanted)


def _left(field: SegmentScene, match: Match, term: Term) -> Hit:
    wanted = term.preferred
    fix = field.fix(_TITLE, "unsafe", replacement(field, match.start, match.end, wanted), wanted=wanted)
    return field.hit(
        match.start,
        match.end,
        _LEFT,
        term=term.source,
        fixes=(fix,),
        found=field.text[match.start : match.end],
        wanted=wanted,
        place=place(term),
    )
