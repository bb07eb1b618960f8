"""An abbreviation that nobody explains.

**What.** The first use of an abbreviation in an entry, where neither its Chinese nor its English stands anywhere in
the entry. The rule looks at the abbreviations of the glossary, and at those that the English abstract expands as
common words (*differential privacy (DP)*).

**Flagged.** 我们用 PRM 打分 in an entry that never says 过程奖励模型.

**Clean.** 过程奖励模型 (PRM) · PRM (过程监督的奖励模型) · names of models, methods and data sets (名为 RAG 的方法,
Open LLM Leaderboard) · metrics (BLEU, FID) · what everybody knows (AI, API, GPU, CPU, GUI, RGB, OS, UI, 2D, 3D, and
the settings' `known-abbreviations`)

**Fix.** Unsafe: the Chinese before it, the abbreviation in brackets; for one that only the source explains, its
English in brackets behind it.

**Norm.** House style, *Terms*: at first mention 中文 (English, ABBR) or 中文 (ABBR).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from checks.glosses import singular
from checks.model import Text
from checks.registry import Entries, Rule
from checks.rules.terms._abbreviations import ABBREVIATION, KNOWN, glossed, is_in_phrase
from checks.rules.terms._facts import facts_of
from checks.rules.terms._renamed import renamed
from checks.rules.terms._wording import place, replacement
from checks.scene import EntryScene, Hit, SegmentScene
from checks.termscene import EntryTerms
from checks.text import has_han
from glossary import Term

RULE = Rule(
    code="TRM007",
    name="acronym-undefined",
    severity="warning",
    mqm="terminology/wrong-term",
    summary=Text("An abbreviation that nobody explains in the entry", "条目中没有解释的缩写"),
    wake=Entries(),
    fix="unsafe",
)
_UNDEFINED: Final = Text(
    "Nothing in this entry explains {abbr} ({meaning}): write “{wanted}” at its first mention",
    "{abbr}（{meaning}）在本条目中没有解释，首次出现时应写作“{wanted}”",
)
_LISTED: Final = Text(
    "Nothing in this entry explains {abbr} ({meaning}): write “{wanted}” at its first mention ({place})",
    "{abbr}（{meaning}）在本条目中没有解释，首次出现时应写作“{wanted}”（{place}）",
)
_INTRODUCE: Final = Text("Write “{wanted}”", "改为“{wanted}”")
_COMMON_CAPITALS = re.compile(r"[A-Z]{2,6}")
_NAME_WORD = re.compile(r"[A-Z][a-z]|[a-z][A-Z]")
_NAMED = re.compile(r"(?:名为|称为|称之为|称作|叫做|命名为|即|简称|简称为|缩写为)[\s“\"\ufdd4]*$")
_NAMING = re.compile(
    r"\b(?:propos|introduc|present|develop|design|call|nam|dubb|term|releas|build|built|creat|construct|novel|new|our)"
    r"\w*\b[^.]{0,80}$",
    re.IGNORECASE,
)
_NEAR: Final = 40
_REACH: Final = 120
_MOST: Final = 200
"""Abbreviations of an entry that are looked at; keeps hostile text linear."""


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look at the first use of each abbreviation, title before abstract."""
    terms = scene.terms
    first = _first_uses(scene)
    if not first:
        return
    strange = renamed(scene)
    explained = glossed(terms).union(strange, *(it.names for it in strange.values()))
    senses = _senses(scene, first)
    known = _explained_terms(terms)
    for abbr, (field, found) in first.items():
        term = senses.get(abbr)
        if abbr in explained or (term is not None and term.source in known):
            continue
        if term is not None:
            wanted = f"{term.preferred} ({abbr})" if field.style.brackets != "full" else f"{term.preferred}（{abbr}）"
            yield _hit(field, found, _LISTED, term.source, meaning=term.source, wanted=wanted, place=place(term))
            continue
        meaning = _common_meaning(terms, abbr)
        if meaning is not None and not _says(terms, meaning):
            yield _hit(field, found, _UNDEFINED, None, meaning=meaning, wanted=f"{abbr} ({meaning})")


def _first_uses(scene: EntryScene) -> dict[str, tuple[SegmentScene, re.Match[str]]]:
    """The first use of each abbreviation that is neither known to all nor part of a name."""
    first: dict[str, tuple[SegmentScene, re.Match[str]]] = {}
    names: set[str] = set()
    for field in scene.terms.fields:
        text = field.masked
        for found in ABBREVIATION.finditer(text):
            abbr, start = singular(found[0]), found.start()
            if abbr in first or abbr in names or abbr.upper() in KNOWN or abbr in scene.style.known_abbreviations:
                continue
            if _NAMED.search(text, max(0, start - _NEAR), start):
                names.add(abbr)
            elif not is_in_phrase(text, start, found.end()):
                first[abbr] = (field, found)
                if len(first) == _MOST:
                    return first
    return first


def _senses(scene: EntryScene, abbreviations: Iterable[str]) -> dict[str, Term]:
    """The term that each abbreviation stands for in this entry, where it is one term only."""
    listed = facts_of(scene.context.glossary).abbreviations
    wanted = [abbr for abbr in abbreviations if abbr in listed]
    text = " | ".join(wanted)
    senses: dict[str, Term] = {}
    for match in scene.terms.matcher.source(text, scene.terms.english):
        abbr = text[match.start : match.end]
        terms = {use.term.source: use.term for use in match.uses if abbr in use.term.abbr}
        if len(terms) == 1:
            senses[abbr] = next(iter(terms.values()))
    return senses


def _explained_terms(terms: EntryTerms) -> frozenset[str]:
    """The terms of which a rendering with Han, right or wrong, or the full English stands in the entry."""
    scans = [terms.scan(field) for field in terms.fields]
    matches = [match for scan in scans for match in (*scan.matches, *scan.nested)]
    uses = [use for match in matches for use in match.uses if has_han(use.form)]
    english = [use for match in (*matches, *terms.matcher.source(terms.heading)) for use in match.uses]
    return frozenset(use.term.source for use in (*uses, *(use for use in english if use.role == "english")))


def _common_meaning(terms: EntryTerms, abbr: str) -> str | None:
    """What the English abstract says the abbreviation means, if that is no name."""
    expansion = terms.expansions.get(abbr)
    if expansion is None or not _COMMON_CAPITALS.fullmatch(abbr) or _NAME_WORD.search(expansion.long_form):
        return None
    before = terms.english[max(0, expansion.long_start - _REACH) : expansion.long_start]
    if abbr in re.split(r"[:：]", terms.heading, maxsplit=1)[0] or _NAMING.search(before):
        return None
    return expansion.long_form


def _says(terms: EntryTerms, meaning: str) -> bool:
    """Whether the entry says these English words."""
    written = "\n".join((terms.heading, *(field.text for field in terms.fields)))
    return meaning.casefold() in written.casefold()


def _hit(field: SegmentScene, found: re.Match[str], text: Text, term: str | None, *, wanted: str, **args: Any) -> Hit:
    edit = replacement(field, found.start(), found.end(), wanted)
    fix = field.fix(_INTRODUCE, "unsafe", edit, wanted=wanted)
    abbr = singular(found[0])
    end = found.start() + len(abbr)
    return field.hit(found.start(), end, text, term=term, fixes=(fix,), abbr=abbr, wanted=wanted, **args)
