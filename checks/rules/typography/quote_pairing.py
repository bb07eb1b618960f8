"""Quotation marks that do not pair, or do not nest.

A quotation opens with `“` and closes with `”`; a quotation inside it has `‘` and `’`, which are never the outer
ones. Quotes are read sentence by sentence; a quotation may run through several. The fix turns the half that is
wrong, where the words beside it leave no doubt which one that is; it is a suggestion.

Flagged: `”涌现“能力`, `“涌现“能力`, `所谓”涌现”能力` (→ `“涌现”`), `“涌现"能力` (the other half is straight),
`“所谓“涌现”不存在”` (→ `“所谓‘涌现’不存在”`), `所谓‘涌现’能力` (→ `“涌现”`), `所谓“涌现能力很强。` (no fix).

Clean: `“涌现”`, `“所谓‘涌现’不存在”`, `“第一句。第二句。”`, a quotation of several paragraphs each of which begins with
`“`, apostrophes (`don’t`, `AIME ’24`, `the authors’`), inches (`15”`), an English sentence with single quotes. Two
straight quotes are FMT008's. With the option `quotes = "corner"`, `「 」` and inside them `『 』` nest likewise.

Norm: GB/T 15834-2011 §4.8 (outer double, inner single, the form for several paragraphs), house style.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._curly import (
    LONGEST_QUOTED,
    Paragraph,
    Quote,
    alternates,
    beside_han,
    goes_on,
    groups,
    may_close,
    may_open,
    may_quote,
    nested,
    paragraphs,
    unpaired,
)
from checks.rules.typography._english import in_english
from checks.scene import Hit, SegmentEdit, SegmentScene
from checks.text import has_han, shortened

RULE = Rule(
    code="FMT009",
    name="quote-pairing",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="Quotation marks that do not pair or nest", zh="引号不成对，或嵌套有误"),
    wake=Segments("“”‘’「」『』"),
    fix="unsafe",
)

_TURNED = Text(en="The quotes of “{content}” do not pair", zh="“{content}”两侧的引号方向有误")
_LONE = Text(en="“{mark}” has no partner in this sentence", zh="引号“{mark}”在本句中没有与之配对的另一半")
_NESTED = Text(en="A quotation inside another has {marks}: “{content}”", zh="引号之内再引用应使用{marks}：“{content}”")
_OUTER = Text(en="The outer quotes are {marks}: “{content}”", zh="外层引号应使用{marks}：“{content}”")
_PARTNER = Text(en="The other half", zh="另一半")
_TURN = Text(en="Write “{marks}”", zh="改为“{marks}”")

_LONGEST_SHOWN: Final = 24
_SENTENCE: Final = 200
"""How far the other half of a quote is looked for."""
_BETWEEN_TWO = re.compile(r"[ \t]*(?:[、，,/和与及或到至]|以及|或者|并|vs\.?)[ \t]*")
_DOUBLE = re.compile('[“”"]')
_STOP = re.compile("[。！？；\n]")


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    for paragraph in paragraphs(scene.masked):
        yield from _doubles(scene, paragraph)
        yield from _singles(scene, paragraph)
    if scene.style.quotes == "corner":
        yield from _corners(scene)


def _doubles(scene: SegmentScene, paragraph: Paragraph) -> Iterator[Hit]:
    masked = scene.masked
    for group in groups(paragraph.double):
        inner = nested(group)
        if inner is not None:
            between = len(group) == 4 and inner and _BETWEEN_TWO.fullmatch(masked, inner[0][0] + 1, inner[0][1])
            if between:
                yield from _turned(scene, group)
            else:
                for start, end in inner:
                    yield _nested(scene, start, end, "‘’")
        elif len(group) % 2 == 0:
            yield from _turned(scene, group)
        elif not (group[-1] is paragraph.double[-1] and goes_on(masked, paragraph)):
            for quote in unpaired(group):
                yield _lone(scene, quote)


def _singles(scene: SegmentScene, paragraph: Paragraph) -> Iterator[Hit]:
    if not paragraph.single:
        return
    masked = scene.masked
    # Straight quotes will be double ones, too.
    around = [found.start() for found in _DOUBLE.finditer(masked, paragraph.start, paragraph.end)]
    for group in groups(paragraph.single):
        chinese = any(beside_han(masked, quote.at) for quote in group) or has_han(masked[group[0].at : group[-1].at])
        if not chinese or in_english(masked, group[0].at):
            continue
        if len(group) % 2:
            for quote in unpaired(group):
                if beside_han(masked, quote.at):
                    yield _lone(scene, quote)
        elif not alternates(group):
            yield from _turned(scene, group)
        else:
            for opening, closing in zip(group[::2], group[1::2], strict=True):
                if bisect_left(around, opening.at) % 2 == 0:
                    yield _outer(scene, opening.at, closing.at, "‘’", "“”")


def _corners(scene: SegmentScene) -> Iterator[Hit]:
    """The nesting of corner quotes; a half without its partner is FMT005's."""
    around: list[tuple[int, str]] = []
    for pair in scene.brackets.pairs:
        if pair.kind not in ("corner", "white corner"):
            continue
        while around and around[-1][0] < pair.open:
            around.pop()
        if pair.kind == "corner" and around and around[-1][1] == "corner":
            yield _nested(scene, pair.open, pair.close, "『』")
        elif pair.kind == "white corner" and not around:
            yield _outer(scene, pair.open, pair.close, "『』", "「」")
        around.append((pair.close, pair.kind))


def _turned(scene: SegmentScene, group: Sequence[Quote]) -> Iterator[Hit]:
    """The pairs of an even number of quotes whose halves are not what they should be."""
    masked = scene.masked
    for opening, closing in zip(group[::2], group[1::2], strict=True):
        if opening.opens and not closing.opens:
            continue
        start, end = opening.at, closing.at
        if _BETWEEN_TWO.fullmatch(masked, start + 1, end):
            yield _lone(scene, opening)
            yield _lone(scene, closing)
            continue
        marks = "“”" if masked[start] in "“”" else "‘’"
        wrong = [(at, at + 1, mark) for at, mark in ((start, marks[0]), (end, marks[1])) if masked[at] != mark]
        sure = (
            may_quote(masked, start, end)
            and (opening.opens or may_open(masked, start))
            and (not closing.opens or may_close(masked, end))
        )
        yield _pair(scene, (start, end), _TURNED, marks, tuple(wrong) if sure else ())


def _lone(scene: SegmentScene, quote: Quote) -> Hit:
    """A quote without a partner, unless a straight one in the same sentence is the partner."""
    masked, at = scene.masked, quote.at
    if masked[at] in "“”":
        if quote.opens:
            stop = _STOP.search(masked, at, at + _SENTENCE)
            start, end = at + 1, stop.end() + 1 if stop else at + _SENTENCE
        else:
            # A stop right before the quote is inside it.
            stops = _STOP.finditer(masked, max(0, at - _SENTENCE), at - 1)
            start, end = max((stop.end() for stop in stops), default=max(0, at - _SENTENCE)), at
        straight = masked.find('"', start, end)
        if straight >= 0 and masked.count('"', start, end) == 1:
            first, last = sorted((at, straight))
            edit = (straight, straight + 1, "”" if quote.opens else "“")
            return _pair(scene, (first, last), _TURNED, "“”", (edit,) if may_quote(masked, first, last) else ())
    return scene.hit(at, at + 1, _LONE, mark=scene.text[at])


def _nested(scene: SegmentScene, start: int, end: int, inner: str) -> Hit:
    masked = scene.masked
    # Two in a row are rather a quote too many than a quotation inside.
    doubled = masked[start - 1] == masked[start] and masked[end : end + 2] == masked[end] * 2
    edits = () if doubled else ((start, start + 1, inner[0]), (end, end + 1, inner[1]))
    return _pair(scene, (start, end), _NESTED, inner, edits)


def _outer(scene: SegmentScene, start: int, end: int, inner: str, outer: str) -> Hit:
    # What is quoted inside changes its marks as well.
    swapped = str.maketrans(outer, inner)
    edits = [
        (at, at + 1, mark.translate(swapped))
        for at, mark in enumerate(scene.masked[start + 1 : end], start + 1)
        if mark in outer
    ]
    return _pair(scene, (start, end), _OUTER, outer, ((start, start + 1, outer[0]), *edits, (end, end + 1, outer[1])))


def _pair(scene: SegmentScene, pair: tuple[int, int], text: Text, marks: str, edits: Sequence[SegmentEdit]) -> Hit:
    start, end = pair
    content = shortened(scene.text[start + 1 : end], _LONGEST_SHOWN)
    fixes = (scene.fix(_TURN, "unsafe", *edits, marks=marks),) if edits else ()
    partner = scene.related(end, end + 1, _PARTNER)
    span = (start, min(end + 1, start + LONGEST_QUOTED))
    return scene.hit(*span, text, fixes=fixes, related=(partner,), content=content, marks=marks)
