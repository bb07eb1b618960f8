r"""Something stands in the translation that is no translation.

**What.** A prompt, a refusal, talk with whoever translated, a label, a note of the translator, the shell of an
answer (a code fence, JSON, tags, a heading of its own), a placeholder, the title once more at the head of the abstract.
And what a machine that looped says twice: a sentence of twelve Han characters and more that stands again, word for
word or nearly, where the English does not repeat itself; a phrase three times in a row.

**Flagged.** 以下是摘要的中文翻译： · 好的，下面是译文： · 抱歉，我无法翻译这段内容。 · 希望这份翻译对您有帮助！ ·
摘要：本文…… · `{"translation": "……"}` · ### 方法 · 待翻译 · TODO · a paragraph 译注：…… · the second of two equal
sentences

**Clean.** 以下是三点贡献： · 面向翻译的模型 · “抱歉，我无法回答”是一种拒答 · <think> where the English says it ·
与基线相比 twice · a title that the first sentence takes up

**Fix.** Unsafe: it is removed, where it is sure how far it reaches; of what stands twice the second. None for a
placeholder and where nothing would be left.

**Norm.** House style, *Entry*: below the link stands the Chinese abstract, and nothing else; MQM *addition*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checks.model import Fix, Text
from checks.registry import Entries, Rule
from checks.rules.fidelity._loops import Repeat, loops, twice
from checks.rules.fidelity._residues import residues
from checks.scene import EntryScene, Hit, SegmentEdit, SegmentScene
from checks.text import has_han, shortened

RULE = Rule(
    code="FID008",
    name="residue",
    severity="error",
    mqm="accuracy/addition",
    summary=Text(
        "Something that is no translation: talk, a shell, a repetition", "译文中混入了对话、格式残留或重复内容"
    ),
    wake=Entries(),
    fix="unsafe",
)
_TITLE: Final = Text("The title stands again at the head of the abstract", "摘要开头重复了标题")
_TWICE: Final = Text("This stands twice, but once in the English", "这段话出现了两次，原文只有一次")
_LOOP: Final = Text("“{unit}” is repeated {count} times in a row", "“{unit}”连续重复了 {count} 次")
_FIRST: Final = Text("First said here", "首次出现于此")
_REMOVE: Final = Text("Remove it", "删除")
_SHOWN: Final = 40


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look at the title and the body."""
    source = scene.source
    abstract = source.abstract if source else ""
    english = f"{scene.entry.heading.text}\n{abstract}"
    for field in (scene.segments.get("title"), scene.segments.get("body")):
        if field is None:
            continue
        told: list[tuple[int, int]] = []
        if field.field == "body":
            yield from _title_again(scene, field, told)
        for residue in residues(field.text, english, is_known=bool(abstract.strip())):
            if _is_new(residue.start, residue.end, told):
                shown = shortened(field.text[residue.start : residue.end], _SHOWN)
                fixes = _removal(field, residue.cuts)
                yield field.hit(residue.start, residue.end, residue.message, fixes=fixes, said=shown)
        if field.field == "body":
            yield from _repeats(field, abstract, told)


def _title_again(scene: EntryScene, body: SegmentScene, told: list[tuple[int, int]]) -> Iterator[Hit]:
    """The Chinese or English title as the first line of the abstract."""
    line, feed, rest = body.text.partition("\n")
    title = scene.segments.get("title")
    titles = {scene.entry.heading.text.strip(), title.text.strip() if title else ""} - {""}
    if rest.strip() and line.strip(" \t\r*#[]【】") in titles:
        told.append((0, len(line)))
        yield body.hit(0, len(line), _TITLE, fixes=_removal(body, ((0, len(line) + len(feed)),)))


def _repeats(body: SegmentScene, abstract: str, told: list[tuple[int, int]]) -> Iterator[Hit]:
    for repeat in loops(body.masked):
        if _is_new(repeat.start, repeat.end, told):
            unit = body.text[repeat.first : repeat.first_end]
            count = 1 + body.text.count(unit, repeat.start, repeat.end)
            yield _again(body, repeat, _LOOP, unit=shortened(unit, _SHOWN), count=count)
    for repeat in twice(body.masked, abstract):
        if _is_new(repeat.start, repeat.end, told):
            yield _again(body, repeat, _TWICE)


def _again(body: SegmentScene, repeat: Repeat, message: Text, unit: str = "", count: int = 2) -> Hit:
    fixes = _removal(body, ((repeat.start, repeat.end),))
    related = (body.related(repeat.first, repeat.first_end, _FIRST),)
    return body.hit(repeat.start, repeat.end, message, fixes=fixes, related=related, unit=unit, count=count)


def _is_new(start: int, end: int, told: list[tuple[int, int]]) -> bool:
    """Whether nothing is told of the place yet; it is told now."""
    if any(start < other_end and other < end for other, other_end in told):
        return False
    told.append((start, end))
    return True


def _removal(field: SegmentScene, cuts: Sequence[tuple[int, int]]) -> tuple[Fix, ...]:
    """The fix that takes the cuts away with the white space that they leave, if a text is left."""
    edits: list[SegmentEdit] = []
    left, at = "", 0
    for start, end in sorted(cuts):
        begin, stop = max(at, start), end
        if not (left + field.text[at:begin]).strip():
            stop += len(field.text[end:]) - len(field.text[end:].lstrip())
        elif not field.text[end:].strip() or field.text[end : end + 1] == "\n":
            begin = max(at, len(field.text[:begin].rstrip()))
        left += field.text[at:begin]
        edits.append((begin, stop, ""))
        at = stop
    if not edits or not has_han(left + field.text[at:]):
        return ()
    return (field.fix(_REMOVE, "unsafe", *edits),)
