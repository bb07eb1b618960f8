"""A number of the source that the translation changes, loses or adds.

**What.** The English heading is held against the Chinese title, the English abstract against the Chinese abstract, by
value: 120,000 is 12 万, *513 million* is 5.13 亿, *half* is 一半 or 50%, *a third* 33% or 33.3%, *48 hours* 2 天. Asked
is presence, not equal counts: what the English says twice the Chinese may say once. A number of the Chinese that the
English has nowhere is paired with the English one it most likely stands for. A pair that goes from one value to
another is read in its order, and so is a list that *respectively* and 分别 give to several things.

A number that stays may have changed its unit, or lost its percent sign. A unit is told where it is sure: the English
has that number of hours or days in one unit only, the Chinese in one place in another, and neither is a conversion.
That the Chinese adds a percent sign is not told, since scores are percentages mostly.

Numbers in digits and large ones in words must stand on both sides. Small ones in words (two, 三个) come and go with the
idiom and count only where one stands for another, as do fractions in words and round ones (*a billion*). Numbers in
names (GPT-4, Llama 3) are TRM009's; list markers, citations and labels (*Table 3*) are none.

**Flagged.** 1.1 万亿个 token for *11 trillion tokens* · 准确率为 37.6% for *73.6%* · no 2.5 in the translation of
*2.5x faster* · 从 73.6% 提升至 36.0% for *from 36.0% to 73.6%* · 五个任务 for *four tasks* · 一亿步 for *a billion
steps* · 三分之一 for *two thirds* · 30% for *a third* · +4% for *-4%* · 48 天 for *48 hours* · 15 元 for *$15* ·
升至 50 for *to 50%* · 分别达到 36% 和 74% for *74% and 36%, respectively*

**Clean.** 12 万张 for *120K images* · 三分之一 for *one third* or *33%* · 1 秒 for *1,000 ms* · 四成学生 for *40% of
students* · 翻倍 for *2x* · 数百万 for *millions* · 减少 90% for *down to 10%* · 两者, 一种, 这三个方面 without a number
in the English · an entry without a known English abstract: its body is not judged.

**Fix.** Unsafe, for a changed number: the English value in the Chinese way of writing; for a changed unit, the name of
that of the English; for an order, that of the English. None for one that is missing or added. Where most numbers
differ, the English at hand is another version of the paper: one hint says so.

**Norm.** House style, *Terms*: numbers keep their value; GB/T 15835-2011 for how they are written; MQM
*mistranslation*.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.model import Fix, Related, Text
from checks.numbers import Difference, Quantity, differences
from checks.numbers.orders import reordered
from checks.numbers.pairs import chinese_pairs, english_pairs, swapped
from checks.numbers.signs import turned
from checks.numbers.starts import MAY_HOLD
from checks.numbers.unitchanges import remeasured, renamed, with_measure, without_percent
from checks.numbers.writing import rewritten
from checks.registry import Entries, Rule
from checks.rules.fidelity._values import Values, values_of
from checks.scene import EntryScene, Hit

RULE = Rule(
    code="FID001",
    name="number-changed",
    severity="error",
    mqm="accuracy/mistranslation",
    summary=Text("A number of the source changed, missing or added", "原文的数值被改动、遗漏或凭空增加"),
    wake=Entries(heading=MAY_HOLD, title=MAY_HOLD),
    needs_source=True,
    fix="unsafe",
)
_CHANGED: Final = Text(
    "The English writes {english}, not {chinese} (unless this was translated from another version)",
    "原文写作 {english}，而非 {chinese}（除非译自论文的另一版本）",
)
_MISSING_TITLE: Final = Text(
    "{english} of the English title stands nowhere in the Chinese title",
    "英文标题中的 {english} 在中文标题中没有出现",
)
_MISSING: Final = Text(
    "{english} of the English abstract stands nowhere in the translation (unless this is of another version)",
    "英文摘要中的 {english} 在译文中没有出现（除非译自论文的另一版本）",
)
_ADDED: Final = Text(
    "{chinese} stands nowhere in the English (unless this was translated from another version)",
    "{chinese} 在原文中没有依据（除非译自论文的另一版本）",
)
_SWAPPED: Final = Text(
    "The English goes from {low} to {high}, not the other way round",
    "原文是从 {low} 到 {high}，译文次序颠倒",
)
_OTHER: Final = Text(
    "{count} of the numbers differ from the English at hand, {shown} among them; it may be another version",
    "有 {count} 个数值与手头的英文不符（如 {shown}），英文可能是论文的另一版本",
)
_REORDERED: Final = Text(
    "The English gives {english}, respectively, not {chinese}: each belongs to its own",
    "原文依次为 {english}，译文则为 {chinese}，次序颠倒、对应有误",
)
_WRITE: Final = Text("Write “{new}”", "改为“{new}”")
_TURN: Final = Text("Swap the two", "对调两数")
_ORDER: Final = Text("Put them in the order of the English", "按原文次序排列")
_IN_HEADING: Final = Text("{english} in the English title", "英文标题中的 {english}")
_MANY: Final = 4
"""From so many on, the numbers that differ may outweigh those that agree."""
_MOST_SHOWN: Final = 3


def check(scene: EntryScene) -> Iterator[Hit]:
    """Hold heading against title and abstract against body."""
    for values in values_of(scene):
        found = differences(values.english, values.chinese)
        if _is_other_version(values, found):
            yield _other_version(values, found)
            continue
        for difference in found:
            yield _hit(scene, values, difference)
        yield from _turned(values)
        yield from _reordered(values)
        yield from _signed(scene, values)
        yield from _recounted(scene, values)


def _is_other_version(values: Values, found: list[Difference]) -> bool:
    """Whether more numbers differ than agree, slips left aside."""
    apart = sum(not difference.alike for difference in found)
    if apart < _MANY:
        return False
    lost = {id(difference.english) for difference in found}
    kept = sum(one.weight == "firm" and id(one) not in lost for one in values.english.quantities)
    return apart >= kept


def _other_version(values: Values, found: list[Difference]) -> Hit:
    chinese = [values.target(it.chinese) for it in found if it.chinese]
    english = [values.source(it.english) for it in found if it.english]
    said = (chinese or english)[:_MOST_SHOWN]
    size = len(values.scene.text)
    return values.scene.hit(0, size, _OTHER, quote=said[0], severity="info", count=len(found), shown=" / ".join(said))


def _hit(entry: EntryScene, values: Values, difference: Difference) -> Hit:
    english, chinese = difference.english, difference.chinese
    scene = values.scene
    if chinese is None:
        assert english is not None
        said = values.source(english)
        wording = _MISSING_TITLE if scene.field == "title" else _MISSING
        return scene.hit(
            0, len(scene.text), wording, quote=said, related=_related(entry, values, english), english=said
        )
    if english is None:
        return scene.hit(chinese.start, chinese.until, _ADDED, chinese=values.target(chinese))
    return _changed(entry, values, english, chinese, _fixes(values, english, chinese))


def _changed(entry: EntryScene, values: Values, english: Quantity, chinese: Quantity, fixes: tuple[Fix, ...]) -> Hit:
    return values.scene.hit(
        chinese.start,
        chinese.until,
        _CHANGED,
        fixes=fixes,
        related=_related(entry, values, english),
        english=values.source(english),
        chinese=values.target(chinese),
    )


def _fixes(values: Values, english: Quantity, chinese: Quantity) -> tuple[Fix, ...]:
    new = rewritten(values.scene.text, chinese, values.english.text, english)
    if new is None:
        return ()
    return (values.scene.fix(_WRITE, "unsafe", (chinese.start, chinese.end, new), new=new),)


def _related(entry: EntryScene, values: Values, english: Quantity) -> tuple[Related, ...]:
    heading = entry.segments["heading"]
    if values.english.text != heading.text:
        return ()
    return (heading.related(english.start, english.until, _IN_HEADING, english=values.source(english)),)


def _signed(entry: EntryScene, values: Values) -> Iterator[Hit]:
    """Numbers with the wrong sign."""
    english, chinese = values.english, values.chinese
    for one, other in turned(english.text, english.quantities, chinese.text, chinese.quantities):
        new = english.text[one.start]
        fix = values.scene.fix(_WRITE, "unsafe", (other.start, other.start + 1, new), new=values.source(one))
        yield _changed(entry, values, one, other, (fix,))


def _recounted(entry: EntryScene, values: Values) -> Iterator[Hit]:
    """Numbers with another unit, or with their percent sign lost."""
    scene, source = values.scene, values.english.text
    for one, other in remeasured(values.english, values.chinese):
        edit = renamed(scene.text, other, one)
        english = with_measure(source, one)
        fixes = (scene.fix(_WRITE, "unsafe", edit, new=edit[2]),) if edit else ()
        yield _changed(entry, values, english, with_measure(scene.text, other, han=True), fixes)
    for one, other in without_percent(values.english, values.chinese):
        fix = scene.fix(_WRITE, "unsafe", (other.end, other.end, "%"), new=f"{scene.text[other.start : other.end]}%")
        yield _changed(entry, values, one, other, (fix,))


def _turned(values: Values) -> Iterator[Hit]:
    """Pairs in the wrong order."""
    scene = values.scene
    english = list(english_pairs(values.english.text, values.english.quantities))
    chinese = list(chinese_pairs(scene.text, values.chinese.quantities)) if english else []
    for (start, end), (one, other) in swapped(english, chinese):
        edits = (one.start, one.until, values.target(other)), (other.start, other.until, values.target(one))
        yield scene.hit(
            one.start,
            other.until,
            _SWAPPED,
            fixes=(scene.fix(_TURN, "unsafe", *edits),),
            low=values.source(start),
            high=values.source(end),
        )


def _reordered(values: Values) -> Iterator[Hit]:
    """Lists of values, each of something, in another order."""
    scene = values.scene
    for meant, written in reordered(values.english, values.chinese):
        texts = {one.value: values.target(one) for one in written}
        places = zip(written, meant, strict=True)
        edits = [(one.start, one.until, texts[other.value]) for one, other in places if one.value != other.value]
        yield scene.hit(
            written[0].start,
            written[-1].until,
            _REORDERED,
            fixes=(scene.fix(_ORDER, "unsafe", *edits),),
            english=" / ".join(map(values.source, meant)),
            chinese=" / ".join(texts.values()),
        )
