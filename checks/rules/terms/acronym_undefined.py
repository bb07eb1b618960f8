"""An abbreviation that nobody explains.

**What.** The first use of an abbreviation in an entry, where neither its Chinese nor its English stands anywhere in
the entry. The rule looks at the abbreviations of the glossary, and at those that the English abstract expands as
common words (*differential privacy (DP)*).

**Flagged.** 我们用 PRM 打分 in an entry that never says 过程奖励模型.

**Clean.** 过程奖励模型 (PRM) · PRM (过程监督的奖励模型) · names of models, methods and data sets (名为 RAG 的方法,
Open LLM Leaderboard, 如 VQA、AI2D 和 ChartQA in brackets) · metrics (BLEU, FID) · what everybody knows (AI, API, GPU,
CPU, GUI, RGB, OS, UI, 2D, 3D, and the settings' `known-abbreviations`) · an entry in which TRM009 has found an
abbreviation renamed, until that is mended

**Fix.** Unsafe: the Chinese before it, the abbreviation in brackets; for one that only the source explains, its
English in brackets behind it; for an editor to choose where two terms share it and the source says neither.

**Norm.** House style, *Terms*: at first mention 中文 (English, ABBR) or 中文 (ABBR).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from checks.glosses import singular
from checks.model import Safety, Text
from checks.names import gloss
from checks.nameshape import name_in
from checks.registry import Entries, Rule
from checks.rules.terms._abbreviations import ABBREVIATION, KNOWN, glossed, is_in_phrase
from checks.rules.terms._facts import facts_of
from checks.rules.terms._renamed import renamed
from checks.rules.terms._wording import place, replacement
from checks.scene import EntryScene, Hit, SegmentScene
from checks.termscene import EntryTerms
from checks.text import has_han
from glossary import Match, Term

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
_SHARED: Final = Text(
    "Nothing in this entry explains {abbr} ({meaning}?): write “{wanted}” at its first mention",
    "{abbr}（{meaning}？）在本条目中没有解释，首次出现时应写作“{wanted}”",
)
_INTRODUCE: Final = Text("Write “{wanted}”", "改为“{wanted}”")
_COMMON_CAPITALS = re.compile(r"[A-Z]{2,6}")
_NAME_WORD = re.compile(r"[A-Z][a-z]|[a-z][A-Z]")
_NAMED = re.compile(r"(?:名为|称为|称之为|称作|叫做|命名为|简称|简称为|缩写为|(即))[\s“\"\ufdd4]*$")
_MEMBER = re.compile(r"[、,，；;]|[和与及或]")
_NAME = re.compile(r"[A-Z][A-Za-z-]*[a-z0-9][A-Za-z0-9.-]*")
_SUCH_AS = re.compile(r"^[\s如例比诸包括含有]*|[\s等]*$")
_NAMING = re.compile(
    r"\b(?:propos|introduc|present|develop|design|call|nam|dubb|term|releas|build|built|creat|construct|novel|new|our)"
    r"\w*\b[^.]{0,80}$",
    re.IGNORECASE,
)
_OTHERWISE: Final = frozenset("半弱无自非")
_NEAR: Final = 40
_REACH: Final = 120
_MOST: Final = 200
"""Abbreviations of an entry that are looked at; keeps hostile text linear."""


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look at the first use of each abbreviation, title before abstract."""
    terms = scene.terms
    first = _first_uses(scene)
    if not first or renamed(scene):
        # What another abbreviation stands in the place of may have been explained there.
        return
    explained = glossed(terms)
    first = {abbr: place for abbr, place in first.items() if abbr not in explained}
    if not first:
        return
    senses = _senses(scene, first)
    listed = facts_of(scene.context.glossary).by_abbreviation
    known = _explained(terms, frozenset(term.source for abbr in first for term in listed.get(abbr, ())))
    for abbr, (field, found) in first.items():
        term = senses.get(abbr)
        meaning = _common_meaning(terms, abbr)
        if term is not None:
            if term.source not in known:
                wanted = _introduced(field, term, abbr)
                yield _hit(field, found, _LISTED, (wanted,), term.source, meaning=term.source, place=place(term))
        elif meaning is not None:
            if not _says(terms, meaning):
                yield _hit(field, found, _UNDEFINED, (f"{abbr} ({meaning})",), None, meaning=meaning)
        elif abbr not in terms.expansions:
            sharing = listed.get(abbr, ())
            if len(sharing) > 1 and known.isdisjoint(term.source for term in sharing):
                choices = tuple(_introduced(field, term, abbr) for term in sharing)
                meaning = " / ".join(term.source for term in sharing)
                yield _hit(field, found, _SHARED, choices, None, meaning=meaning)


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
            named = _NAMED.search(text, max(0, start - _NEAR), start)
            # 即 QAT names nothing where the source spells QAT out: it is *namely*.
            if named and not (named[1] and abbr in scene.terms.expansions):
                names.add(abbr)
            elif not is_in_phrase(text, start, found.end()) and not _is_among_names(text, found):
                first[abbr] = (field, found)
                if len(first) == _MOST:
                    return first
    return first


def _is_among_names(text: str, found: re.Match[str]) -> bool:
    """Whether it is one of several names in brackets: (如 VQA、AI2D 和 ChartQA)."""
    inside = gloss(text, *found.span())
    if inside is None:
        return False
    others = [_SUCH_AS.sub("", member) for member in _MEMBER.split(inside) if found[0] not in member]
    return len(others) > 1 and any(map(name_in, others)) and all(map(_NAME.fullmatch, others))


def _senses(scene: EntryScene, abbreviations: Iterable[str]) -> dict[str, Term]:
    """The term that each abbreviation stands for in this entry, where it is one term only."""
    listed = scene.context.glossary.abbreviations
    wanted = [abbr for abbr in abbreviations if abbr in listed]
    text = " | ".join(wanted)
    senses: dict[str, Term] = {}
    for match in scene.terms.matcher.source(text, scene.terms.english):
        abbr = text[match.start : match.end]
        terms = {use.term.source: use.term for use in match.uses if abbr in use.term.abbr}
        if len(terms) == 1:
            senses[abbr] = next(iter(terms.values()))
    return senses


def _explained(terms: EntryTerms, asked: frozenset[str]) -> frozenset[str]:
    """Those of the terms asked for of which a rendering with Han, right or wrong, or the full English stands there."""
    if not asked:
        return asked
    matches: list[Match] = []
    for field in terms.fields:
        scan = terms.scan(field)
        # 监督微调 inside 半监督微调 is another thing.
        matches += scan.matches
        matches += (match for match in scan.nested if field.char(match.start - 1) not in _OTHERWISE)
    found = {
        use.term.source
        for match in matches
        for use in match.uses
        if use.term.source in asked and (use.role == "english" or has_han(use.form))
    }
    if found != asked:
        english = (use for match in terms.matcher.source(terms.heading) for use in match.uses)
        found.update(use.term.source for use in english if use.role == "english")
    return frozenset(found)


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


def _introduced(field: SegmentScene, term: Term, abbr: str) -> str:
    """The term in Chinese with its abbreviation."""
    return f"{term.preferred}（{abbr}）" if field.style.brackets == "full" else f"{term.preferred} ({abbr})"


def _hit(
    field: SegmentScene, found: re.Match[str], text: Text, choices: Sequence[str], term: str | None, **args: Any
) -> Hit:
    # Between several senses a machine does not choose.
    safety: Safety = "unsafe" if len(choices) == 1 else "manual"
    fixes = tuple(
        field.fix(_INTRODUCE, safety, replacement(field, *found.span(), wanted), wanted=wanted) for wanted in choices
    )
    abbr = singular(found[0])
    end = found.start() + len(abbr)
    wanted = " / ".join(choices)
    return field.hit(found.start(), end, text, term=term, fixes=fixes, abbr=abbr, wanted=wanted, **args)
