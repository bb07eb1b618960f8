"""A name of the source that the translation misspells or loses.

**What.** Models, data sets and systems keep the name that the source gives them, letter by letter. A name is a word of
the English heading or abstract with capitals or digits inside: RefVNLI, GPT-4o, Qwen2.5-Math-7B.

*Misspelt*: the Chinese writes a word that the English does not hold, and that is one of its names but for hyphens,
points, spaces and case, for one letter, or for one number (then only where the Chinese has the right name less often
than the English). Where no abstract is known, the heading speaks for the Chinese title; in the body only a slip of
letters in a long name is sure.

*Lost*: a name in the heading, or one that the abstract says twice or introduces (*we propose X*), stands nowhere in the
Chinese title and abstract.

**Flagged.** 微调 Qwen-2.5-Math-7B for *Qwen2.5-Math-7B* · GPT4 等模型 for *GPT-4* · 指标 RefVNLl for *RefVNLI* ·
蒸馏 Llama-3-80B for *Llama-3-8B* · Qwen2-音频 for *Qwen2-Audio* · no ImageNet in the translation of *ImageNet helps.
We prune ImageNet.*

**Clean.** GPT4 很强 where the English writes both GPT-4 and GPT4 · Qwen2.5-14B for *Qwen2.5-7B and 14B* · a part of a
name (LLaVA for *LLaVA-1.5*) · abbreviations (LLM, RL), compounds (LLM-based, Zero-Shot), metrics (pass@1), quantities
(7B) · names that the Chinese adds · Pytorch, whose casing is TRM010's · addresses, code, math

**Fix.** Unsafe, for a misspelt name: the spelling of the source; for an editor to choose where two names come equally
near. None for a lost one. The abstract at hand may be a
later version of the paper than the one translated.

**Norm.** House style, *Terms*: names of models, data sets, companies and people stay as the source writes them; MQM
*do-not-translate*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checks.model import Related, Safety, Text
from checks.nameindex import NameIndex, Piece, longer, tokens
from checks.namelist import fold, recased
from checks.names import gloss
from checks.registry import Entries, Rule
from checks.rules.terms._facts import facts_of
from checks.rules.terms._lost_names import lost_names
from checks.scene import EntryScene, Hit, SegmentScene
from checks.text import CLOSE, MATH, OPEN

RULE = Rule(
    code="TRM009",
    name="name-changed",
    severity="error",
    mqm="accuracy/do-not-translate",
    summary=Text("A name of the source lost or misspelt", "原文的名称丢失或写错"),
    wake=Entries(),
    fix="unsafe",
)
_MISSPELT: Final = Text(
    "The English writes {name}, not {found}: a name stays as the source writes it",
    "原文写作 {name}，而非 {found}；名称应与原文一致",
)
_TITLE: Final = Text("Write “{name}”", "改为“{name}”")
_IN_HEADING: Final = Text("{name} in the English title", "英文标题中的 {name}")
_SIGNS = f"²³⁺¹^$_{MATH}"
_TORN_BEFORE: Final = frozenset(_SIGNS + "\\}")
_TORN_AFTER: Final = frozenset(_SIGNS + "{")
_MARKS: Final = frozenset(OPEN + CLOSE)
_MOST_SHOWN: Final = 3


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look at the Latin words of the Chinese, then at the names that none of them is."""
    fields = scene.terms.fields
    if not fields:
        return
    heading, source = scene.entry.heading.text, scene.source
    texts = (heading, source.title, source.abstract) if source else (heading,)
    index = NameIndex(texts, facts_of(scene.context.glossary).abbreviations)
    found = {field.field: tokens(field.masked) for field in fields}
    written = Counter(piece.text for pieces in found.values() for piece in pieces)
    told: set[str] = set()
    for field in fields:
        # Without the abstract the heading speaks for the title alone: the abstract may spell the name otherwise.
        complete = field.field == "title" or (source is not None and bool(source.abstract.strip()))
        for piece, names in _misspelt(field, found[field.field], _Judge(index, written, complete=complete)):
            told.update(map(fold, names))
            yield _hit(scene, field, piece, names)
    yield from lost_names(scene, index, told)


class _Judge:
    """What spellings stand for, each worked out once."""

    def __init__(self, index: NameIndex, written: Mapping[str, int], *, complete: bool) -> None:
        self.index = index
        self._written = written
        self._complete = complete
        self._known: dict[str, tuple[str, ...]] = {}

    def meant(self, text: str) -> tuple[str, ...]:
        """The names that a spelling, which the English does not hold, may stand for; one, as a rule."""
        if text not in self._known:
            self._known[text] = self._meant(text)
        return self._known[text]

    def _meant(self, text: str) -> tuple[str, ...]:
        index = self.index
        if "@" in text or "_" in text or (" " not in text and index.holds(text)):
            return ()
        name = index.respelt(text)
        if name is not None:
            names: tuple[str, ...] = (name,) if self._complete else ()
        else:
            names = () if " " in text else index.mistaken(text, self._written, complete=self._complete)
        # What only the casing of a well-known name makes wrong is another rule's.
        if not names or index.holds(text) or index.holds(" ".join(map(recased, text.split(" ")))):
            return ()
        return names


def _hit(scene: EntryScene, field: SegmentScene, piece: Piece, names: Sequence[str]) -> Hit:
    start, end, _ = piece
    # Between several names a machine does not choose.
    safety: Safety = "unsafe" if len(names) == 1 else "manual"
    shown = names[:_MOST_SHOWN]
    fixes = tuple(field.fix(_TITLE, safety, (start, end, name), name=name) for name in shown)
    said = " / ".join(shown)
    related = _related(scene, names[0])
    return field.hit(start, end, _MISSPELT, fixes=fixes, related=related, name=said, found=field.text[start:end])


def _misspelt(field: SegmentScene, found: Sequence[Piece], judge: _Judge) -> Iterator[tuple[Piece, tuple[str, ...]]]:
    done = 0
    for number, token in enumerate(found):
        sequences = longer(field.masked, found, number) if judge.index.opens(token.text) else []
        for piece in (*reversed(sequences), token):
            if piece.start < done:
                continue
            names = judge.meant(piece.text)
            if names and not _is_part(field, piece) and not _is_word(field, piece):
                done = piece.end
                yield piece, names
                break


def _is_part(field: SegmentScene, piece: Piece) -> bool:
    """Whether the word goes on in signs, in math or beyond a mark of emphasis; or is part of a path."""
    before, after = field.char(piece.start - 1), field.char(piece.end)
    if before in _TORN_BEFORE or after in _TORN_AFTER:
        return True
    beyond = (field.char(piece.start - 2) if before in _MARKS else "") + (
        field.char(piece.end + 1) if after in _MARKS else ""
    )
    if any(char.isascii() and char.isalnum() for char in beyond):
        return True
    path = before == "/" or after == "/"
    return (path and piece.text.islower()) or (after == "(" and field.char(piece.end + 1).islower())


def _is_word(field: SegmentScene, piece: Piece) -> bool:
    """Whether it is a common word of an English gloss."""
    return piece.text.isalpha() and piece.text.islower() and gloss(field.masked, piece.start, piece.end) is not None


def _related(scene: EntryScene, name: str) -> tuple[Related, ...]:
    heading = scene.segments["heading"]
    at = heading.text.find(name)
    return (heading.related(at, at + len(name), _IN_HEADING, name=name),) if at >= 0 else ()
