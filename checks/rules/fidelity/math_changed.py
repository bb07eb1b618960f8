r"""A formula of the English abstract is missing from the Chinese or changed.

**What.** Each formula of the English (``$…$``, ``\(…\)``) stands in the Chinese, as math or in plain signs.
Compared is what a reader sees: white space, braces, fonts, ``^{2}`` and ², ``\leq`` and ≤, ``\tau`` and τ are the
same, and so are words for a relation (不小于 for ``\geq``). Presence is asked, not the count.

**Flagged.** ``$O(n^3)$`` for *$O(n^2)$* · 复杂度为 O(n2) for *$O(n^2)$* · no k in the translation of *the $k$
nearest ones*

**Clean.** O(n²) or *O*(*n*²) for *$O(n^{2})$* · τ-bench or tau-bench for *$\tau$-bench* · k 近邻 for *$k$-nearest*
· 10 倍 for *$10\times$*: a number is FID001's · 表示微调 for *$\textbf{Representation Finetuning}$*: words are no
formula · 到 for *$\rightarrow$*: a sign alone may be said in words

**Fix.** None: an editor must see what else the sentence lost. The abstract at hand may be a later version of the
paper than the one translated.

**Norm.** House style, *Spacing*: the inside of math is never touched; MQM *mistranslation*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from checks.formulas import flat, formulas
from checks.model import Text
from checks.registry import Entries, Rule
from checks.rules.fidelity._math import MOST, Formula, compared, is_formula, plain
from checks.scene import EntryScene, Hit, SegmentScene
from glossary.records import NamedTuple

RULE = Rule(
    code="FID006",
    name="math-changed",
    severity="error",
    mqm="accuracy/mistranslation",
    summary=Text("A formula of the English missing or changed", "原文的公式缺失或被改动"),
    wake=Entries(english=True),
    needs_source=True,
)
_CHANGED: Final = Text(
    "The English has {formula} here (perhaps in a later version)",
    "此处原文是 {formula}（也可能出自论文的较新版本）",
)
_MISSING: Final = Text(
    "{formula} of the English abstract is missing (unless the translation is of another version)",
    "缺少英文摘要中的 {formula}（除非译自论文的其他版本）",
)
_NEAR: Final = 0.6
_SHORT: Final = 2


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look for each formula of the abstract in the body."""
    body, source = scene.segments.get("body"), scene.source
    if body is None or source is None or not ("$" in source.abstract or "\\" in source.abstract):
        return
    wanted = list(compared(source.abstract))
    if not wanted:
        return
    chinese = plain(body.text)
    missing = [formula for formula in wanted if not formula.stands_in(chinese)]
    if not missing:
        return
    known = {flat(source.abstract[start:end]) for start, end in formulas(source.abstract)}
    strange = [Place(start, end, flat(body.text[start:end])) for start, end in islice(formulas(body.text), MOST)]
    strange = [place for place in strange if place.flat not in known and _is_formula(body, place)]
    for formula in missing:
        place = _nearest(formula, strange, alone=len(missing) == len(strange) == 1)
        if place is None:
            yield body.hit(0, len(body.text), _MISSING, quote=formula.text, formula=formula.text)
        else:
            strange.remove(place)
            yield body.hit(place.start, place.end, _CHANGED, formula=formula.text)


class Place(NamedTuple):
    """A formula of the Chinese."""

    start: int
    end: int
    flat: str


def _is_formula(body: SegmentScene, place: Place) -> bool:
    return is_formula(Formula(body.text[place.start : place.end], place.flat, glued=False))


def _nearest(formula: Formula, places: Sequence[Place], *, alone: bool) -> Place | None:
    """The formula of the Chinese, not known to the English, that this one may have become."""
    from difflib import SequenceMatcher

    alike = {place: SequenceMatcher(None, formula.flat, place.flat, autojunk=False).ratio() for place in places}
    best = max(alike, key=alike.__getitem__, default=None)
    if best is None or alike[best] >= _NEAR:
        return best
    # One letter for another has nothing in common with it.
    return best if alone and abs(len(best.flat) - len(formula.flat)) < _SHORT else None
