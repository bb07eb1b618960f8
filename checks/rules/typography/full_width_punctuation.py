"""Full-width punctuation inside a number, an English sentence, or a bracket of Latin names.

Marks that belong to a number or to English text are half-width, whatever surrounds them. The marks of a
Chinese sentence stay full-width, though Latin words stand on both sides.

Flagged: `共 3，000 个` (→ `3,000`), `0．5` (→ `0.5`), `宽高比 16：9` (→ `16:9`), `78.5％` (→ `78.5%`),
`“Stay hungry，stay foolish。”` (→ `“Stay hungry, stay foolish.”`), `(Mixed Preference Optimization，MPO)` (→ `, `).

Clean: `如 Google、Meta、阿里`, `在 MMLU 上，GPT-4 更好`, `MATH500：73.6%` (a label and its value), `(BERT、GPT)`,
`批大小为 32，128 个样本`, `(MMLU：+1.1%，GSM8K：+2%)`, an English phrase before the stop of a Chinese sentence.
Round brackets are FMT003's, full-width letters and digits FMT016's, doubled marks FMT010's.

Norm: house style; GB/T 15834-2011 §5.1 speaks of marks in Chinese text only, GB/T 15835-2011 §5 of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._latin_text import bracket_marks, english_marks
from checks.rules.typography._wide_numbers import number_marks
from checks.scene import Hit, SegmentEdit, SegmentScene

RULE = Rule(
    code="FMT007",
    name="full-width-punctuation",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(
        en="Full-width punctuation inside a number, an English sentence or a Latin bracket",
        zh="数字、英文句子或纯西文括号内用了全角标点",
    ),
    wake=Segments("，、；：。？！．％＠＆＋＝／＿"),
    fix="safe",
)

_IN_NUMBER = Text(en="Write “{narrow}” here, not “{wide}”", zh="数字与名称内应使用“{narrow}”，而非“{wide}”")
_IN_LATIN = Text(
    en="Write “{narrow}” in Latin text, not “{wide}”",
    zh="英文句子与纯西文括号内应使用“{narrow}”，而非“{wide}”",
)
_TITLE = Text(en="Write “{narrow}”", zh="改为“{narrow}”")


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    masked = scene.masked
    source = scene.entry.source
    english = "" if source is None else f"{source.title}\n{source.abstract}"
    done: set[int] = set()
    for edit in number_marks(masked, english):
        done.add(edit[0])
        yield _hit(scene, edit, _IN_NUMBER)
    latin = [edit for pair in scene.brackets.pairs for edit in bracket_marks(masked, pair)]
    for edit in sorted({*latin, *english_marks(masked)}):
        # The colon of a title sets off a name, whatever that is made of.
        if edit[0] not in done and not (scene.field == "title" and masked[edit[0]] == "："):
            yield _hit(scene, edit, _IN_LATIN)


def _hit(scene: SegmentScene, edit: SegmentEdit, text: Text) -> Hit:
    start, end, new = edit
    narrow = new.strip()
    fix = scene.fix(_TITLE, "safe", edit, narrow=narrow)
    # The neighbours make a quote that says where the mark is.
    span = (max(0, start - 1), min(end + 1, len(scene.text)))
    return scene.hit(*span, text, fixes=(fix,), narrow=narrow, wide=scene.text[start])
