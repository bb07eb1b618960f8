"""A name of the source that the translation misspells or loses.

**What.** Models, data sets and systems keep the name that the source gives them, letter by letter. A name is a word of
the English heading or abstract with capitals or digits inside: RefVNLI, GPT-4o, Qwen2.5-Math-7B. A lesser name is an
acronym that the glossary has not (MMLU), a compound with one (Kimi-VL), a capitalised word inside a sentence (Claude).

*Misspelt*: the Chinese writes a word that the English does not hold, and that is one of its names but for hyphens,
points, spaces and case, for one letter, or for one number. A letter in a long name tells by itself. A number, a short
or a lesser name counts where the field has the right name less often than its English, or where the English is long
enough to account for all of the Chinese and the right name does not stand beside the other. A few letters with a number
(o3, FP8, W4A16) count where the English nowhere has that number, and the Chinese has the right one neither as often nor
in the same sentence. Where no abstract is known,
the heading speaks for the Chinese title, its numbers included; in the body only a slip of letters in a long name is
sure.

*Lost*: a name of the heading or the abstract stands nowhere in the Chinese title and abstract; what stands there of
another name (CIFAR-10 in CIFAR-100, Qwen in Qwen-7B for Qwen-72B) is none of it. One that the abstract says once is a
warning, the names of one sentence together; none, where the Chinese has names that the English has not, for then that
is of another version.

*Renamed*: an abbreviation of the Chinese that the abstract holds neither so nor in full, and that the Chinese does not
explain: a slip of one that the English has, or another term's in its place. Reported once, at its first place; a
warning where nothing tells which one is meant.

**Flagged.** 微调 Qwen-2.5-Math-7B for *Qwen2.5-Math-7B* · GPT4 等模型 for *GPT-4* · 指标 RefVNLl for *RefVNLI* ·
蒸馏 Llama-3-80B for *Llama-3-8B* · 与 o1 比较 for *o3* · FP8 for *FP16* ·
Gemini 1.6 Pro for *Gemini 1.5 Pro* · Qwen2 for *Qwen2.5* · Kimi VL for *Kimi-VL* ·
Phi-Decoding for *φ-Decoding* · Qwen2-音频 for *Qwen2-Audio* · no ImageNet in the translation of *We prune ImageNet.* ·
双子座 for *Gemini* · only Qwen-7B for *Qwen-7B and Qwen-72B* · RLRV for *RLVR* · 多模态大语言模型 (LLM) for *MLLM*

**Clean.** GPT4 很强 where the English writes both GPT-4 and GPT4 · Qwen2.5-14B for *Qwen2.5-7B and 14B* · a part of a
name (LLaVA for *LLaVA-1.5*; in a title, not without the digits glued to it) · a list that shares the beginning
(CIFAR-10/100, GPT-4 和 4o, Qwen2.5 (7B、14B)) · the glossary's abbreviations (LLM, RL) that the English has or spells
out, compounds (LLM-based, Zero-Shot), metrics (pass@1), quantities (7B) · names that the Chinese adds · ForgeLM2 beside
ForgeLM3, to be compared · Pytorch, whose casing is TRM010's · names with a Chinese of their own (NVIDIA, 英伟达) ·
addresses, code, math

**Fix.** Unsafe, for a misspelt name: the spelling of the source; for an editor to choose where two names come equally
near. None for a lost one. The abstract at hand may be a later version of the paper than the one translated.

**Norm.** House style, *Terms*: names of models, data sets, companies and people stay as the source writes them; MQM
*do-not-translate*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checks.model import Related, Safety, Span, Text
from checks.nameindex import NameIndex
from checks.namelist import Piece, fold
from checks.registry import Entries, Rule
from checks.rules.terms._lost_names import lost_names
from checks.rules.terms._misspelt_names import misspelt
from checks.rules.terms._renamed import renamed_hits
from checks.scene import EntryScene, Hit, SegmentScene

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
_MOST_SHOWN: Final = 3


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look at the Latin words of the Chinese, then at the names that none of them is."""
    fields = scene.terms.fields
    if not fields:
        return
    heading, source = scene.entry.heading.text, scene.source
    titles, abstract = ((heading, source.title), source.abstract) if source else ((heading,), "")
    index = NameIndex(titles, abstract, scene.context.glossary.abbreviations)
    told: set[str] = set()
    spans: list[Span] = []
    for field in fields:
        for piece, names in misspelt(field, index, abstract):
            told.update(map(fold, names))
            hit = _hit(scene, field, piece, names)
            spans.append(hit.span)
            yield hit
    # SCM 2, for *SAM 2*, is told by now.
    for hit in renamed_hits(scene, told):
        if not any(hit.span.meets(span) for span in spans):
            yield hit
    yield from lost_names(scene, index, told)


def _hit(scene: EntryScene, field: SegmentScene, piece: Piece, names: Sequence[str]) -> Hit:
    start, end, _ = piece
    # Between several names a machine does not choose.
    safety: Safety = "unsafe" if len(names) == 1 else "manual"
    shown = names[:_MOST_SHOWN]
    fixes = tuple(field.fix(_TITLE, safety, (start, end, name), name=name) for name in shown)
    said = " / ".join(shown)
    related = _related(scene, names[0])
    return field.hit(start, end, _MISSPELT, fixes=fixes, related=related, name=said, found=field.text[start:end])


def _related(scene: EntryScene, name: str) -> tuple[Related, ...]:
    heading = scene.segments["heading"]
    at = heading.text.find(name)
    return (heading.related(at, at + len(name), _IN_HEADING, name=name),) if at >= 0 else ()
