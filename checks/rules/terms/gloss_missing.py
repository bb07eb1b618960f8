"""A term that is never glossed with its English.

**What.** The house style sets the English beside a term where the entry first mentions it. The glossary says for which
terms (`first_mention`). Where the abstract renders such a term and no brackets in the entry hold its English or its
abbreviation, the first rendering is reported. The English of the paper must hold the term: a rendering that belongs to
another term as well (推理) says nothing by itself. A term with an abbreviation is glossed for its sake: it is reported
where the abstract introduces the abbreviation or the Chinese uses it.

**Flagged.** 我们研究指令微调 in an entry without 指令微调 (instruction tuning), if the glossary asks for it ·
大语言模型 without (LLM) where the English says *large language models (LLMs)*

**Clean.** 指令微调 (instruction tuning) at the first mention, or further on · 指令微调数据 (instruction-tuning data) ·
SFT (监督微调) · a term that only the title renders · a term without `first_mention` · 大语言模型 where the English
never says *LLM*

**Fix.** Unsafe: ` (English, ABBR)` behind the first rendering, in the paper's own words; none where brackets
stand there already, or where the rendering is itself in brackets.

**Norm.** House style, *Terms*: at first mention 中文 (English) or 中文 (English, ABBR).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from checks.glosses import key_of, singular
from checks.model import Fix, Text
from checks.names import gloss
from checks.registry import Entries, Rule
from checks.rules.terms._abbreviations import glossed
from checks.rules.terms._facts import facts_of
from checks.rules.terms._renamed import meant_terms
from checks.rules.terms._wording import place
from checks.scene import EntryScene, Hit
from checks.termscene import EntryTerms, Found
from checks.text import has_han, is_han
from glossary import Term

RULE = Rule(
    code="TRM005",
    name="gloss-missing",
    severity="info",
    mqm="terminology/inconsistent-with-termbase",
    summary=Text("A first mention without its English", "首次出现的术语未括注英文"),
    wake=Entries(),
    fix="unsafe",
)
_MISSING: Final = Text(
    "The first mention of “{found}” should have its English beside it: ({wanted}) ({place})",
    "首次出现的“{found}”后应括注英文（{wanted}）（{place}）",
)
_TITLE: Final = Text("Add ({wanted})", "加上括注（{wanted}）")
_BRACKET_BEHIND = re.compile(r"[”’\"\ufdd5]* ?[(（]")
_LATIN_BEHIND = re.compile(r"[”’\"\ufdd5]* ?[(（]([A-Za-z][A-Za-z0-9-]{0,12})[^()（）]{0,80}[)）]")
_WORD_BEHIND = re.compile(r" ?([A-Za-z][A-Za-z0-9-]{1,12})(?![A-Za-z0-9-])")
_EXPLAINED = re.compile(r"[(（][^()（）]{0,40}$")


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look at the first rendering of each term that the glossary wants glossed."""
    wanted = facts_of(scene.context.glossary).introduced
    if not wanted:
        return
    terms = scene.terms
    seen: set[str] = set()
    for found in terms.places(wanted):
        term = found.use.term
        if term.source in seen or not _renders(terms, found):
            continue
        seen.add(term.source)
        if term.source in terms.named_in_brackets or _is_explained(found) or not _wants_gloss(terms, term):
            continue
        # A gloss with another abbreviation in it is TRM009's.
        if term.source not in meant_terms(scene):
            yield _hit(terms, found)


def _renders(terms: EntryTerms, found: Found) -> bool:
    """Whether it is a Chinese rendering, in the abstract, of a term that the English holds."""
    use = found.use
    if found.scene.field != "body" or use.role not in ("preferred", "admitted") or not has_han(use.form):
        return False
    held = [other for other in found.match.uses if other.term.source in terms.held]
    return held == [use]


def _wants_gloss(terms: EntryTerms, term: Term) -> bool:
    """Whether there is an abbreviation, as yet without brackets, to explain; a term that has none always does."""
    if not term.abbr:
        return True
    if not glossed(terms).isdisjoint(term.abbr):
        return False
    chinese = [field.masked for field in terms.fields]
    return any(abbr in terms.expansions or _has_word(chinese, abbr) for abbr in term.abbr)


def _is_explained(found: Found) -> bool:
    """Whether English stands beside it after all: SFT (监督微调); 多分支奖励模型 (MRM), which glosses a longer term."""
    text = found.scene.masked
    behind = _LATIN_BEHIND.match(text, found.match.end)
    if behind is not None and (not has_han(behind[0]) or behind[1] in found.use.term.abbr):
        return True
    opening = _EXPLAINED.search(text, max(0, found.match.start - 48), found.match.start)
    before = text[: opening.start()].rstrip()[-1:] if opening else ""
    return before.isascii() and before.isalnum()


def _hit(terms: EntryTerms, found: Found) -> Hit:
    field, match, term = found.scene, found.match, found.use.term
    wanted = _english(terms, term)
    fixes: tuple[Fix, ...] = ()
    if not _BRACKET_BEHIND.match(field.masked, match.end) and gloss(field.masked, match.start, match.end) is None:
        behind = _WORD_BEHIND.match(field.masked, match.end)
        # 大语言模型 LLM lacks the brackets alone.
        end = behind.end() if behind and singular(behind[1]) in term.abbr else match.end
        after = field.char(end)
        full = field.style.brackets == "full"
        text = f"（{wanted}）" if full else f" ({wanted})" + (" " if is_han(after or ".") or after.isalnum() else "")
        fixes = (field.fix(_TITLE, "unsafe", (match.end, end, text), wanted=wanted),)
    return field.hit(
        match.start,
        match.end,
        _MISSING,
        term=term.source,
        fixes=fixes,
        found=found.text,
        wanted=wanted,
        place=place(term),
    )


def _english(terms: EntryTerms, term: Term) -> str:
    """The form that the paper uses, and the abbreviation if the entry uses it."""
    english = next((form for form in _forms(terms, term) if key_of(form) != key_of(term.source)), term.source)
    texts = (terms.english, *(field.masked for field in terms.fields))
    abbr = next((abbr for abbr in term.abbr if _has_word(texts, abbr)), None)
    return f"{english}, {abbr}" if abbr is not None else english


def _forms(terms: EntryTerms, term: Term) -> Iterator[str]:
    """The full forms of the term in the abstract, as the glossary writes them; inflected ones are none."""
    for match in terms.matcher.source(terms.abstract, terms.english):
        for use in match.uses:
            written = terms.abstract[match.start : match.end]
            if use.term.source == term.source and use.role == "english":
                yield use.form if key_of(written) == key_of(use.form) else term.source
                return


def _has_word(texts: Iterable[str], abbr: str) -> bool:
    """Whether one of the texts has the abbreviation, alone or in the plural: RL, but not in RLHF or RL-Bench."""
    word = rf"(?<![A-Za-z0-9-]){re.escape(abbr)}s?(?![A-Za-z0-9]|-[A-Z])"
    return any(abbr in text and re.search(word, text) is not None for text in texts)
