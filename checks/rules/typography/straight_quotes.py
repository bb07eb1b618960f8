"""Straight or LaTeX quotes in Chinese text, or curly and corner quotes in each other's place.

Chinese text has curly quotes, “ ” and inside them ‘ ’, without spaces round them; with `quotes = "corner"`
it has 「 」 and 『 』. Straight quotes are paired within the paragraph, else within the sentence; a quote that
finds no partner is reported without a fix.

Flagged: `"涌现" 能力` (→ `“涌现”能力`), ``` ``涌现'' ``` (→ `“涌现”`), `'涌现'` (→ `“涌现”`, or `‘涌现’`
inside other quotes), `称为'Attention'的` (→ `称为“Attention”的`), `「涌现」` (→ `“涌现”`; with
`quotes = "corner"` the reverse).

Clean: apostrophes (`don't`, `AIME'24`), inch and minute signs (`15"`), LaTeX accents (`\\"u`), code, an English
sentence or a line without Chinese with its quotes, the English terms in a Latin-only bracket.

Norm: GB/T 15834-2011 §4.8 (quotation marks, outer double and inner single), house style, option `quotes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.typography._english import in_english, is_english, on_latin_line, stretch_after, stretch_before
from checks.rules.typography._neighbours import SPACES, gap_after, gap_before
from checks.rules.typography._other_quotes import MARKS, other_quotes
from checks.scene import Hit, SegmentScene
from checks.text import CODE, HAN, LETTER, MATH, WIDE_PUNCTUATION, has_han, shortened
from glossary.records import NamedTuple

RULE = Rule(
    code="FMT008",
    name="straight-quotes",
    severity="warning",
    mqm="linguistic-conventions/punctuation",
    summary=Text(en="Straight or LaTeX quotes, or quotes of another form", zh="用了直引号、LaTeX 引号或其他形式的引号"),
    wake=Segments("\"'「『“‘"),
    fix="safe",
)

_FOUND = Text(en="Use the quotes {marks} for “{content}”", zh="“{content}”应使用引号 {marks}")
_LONE = Text(en="A straight quote without its partner", zh="直引号没有配对的另一半")
_PARTNER = Text(en="The closing quote", zh="与之配对的后引号")
_TITLE = Text(en="Write {marks}", zh="改为 {marks}")
_LONGEST_SHOWN: Final = 24

_IS_TEXT = re.compile(rf"[{HAN}{LETTER}{WIDE_PUNCTUATION}{MATH}{CODE}0-9%()]")
"""Beside these a curly quote has no space; half-width punctuation keeps the one that follows it."""
_GLUED_BEFORE = re.compile(f"[{LETTER}0-9.,;:!?]")
_GLUED_AFTER = re.compile(f"[{LETTER}0-9]")
# Groups: a LaTeX pair, a single-quoted piece of Chinese, Latin words in single quotes beside Chinese, a double quote
# that is no accent, a sentence end.
_TOKEN = re.compile(
    rf"(?<!`)``(?!`)(?P<latex>[^`'\n]{{1,200}})''|(?<![A-Za-z0-9'])'(?P<single>[^'\"\n]{{0,60}}[{HAN}][^'\"\n]{{0,60}})'(?![A-Za-z0-9'])"
    rf"|(?:(?<=[{HAN}])|(?<=[{HAN}] ))'(?P<words>[A-Za-z][A-Za-z0-9 .+-]{{0,40}})'(?= ?[{HAN}]|[，。；：、！？）]|\n)"
    r"|(?<!\\)(?P<double>\")|(?P<end>[。！？；]|\n)"
)


class _Quote(NamedTuple):
    """A quoted piece: where its marks begin and end, and whether it is double."""

    start: int
    inner_start: int
    inner_end: int
    end: int
    double: bool


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    quotes, lone = _read(scene.masked)
    yield from _other(scene)
    outer_marks, inner_marks = MARKS[scene.style.quotes]
    outer_end = 0
    for quote in sorted(quotes):
        if _stays(scene.masked, quote):
            continue
        nested = quote.start < outer_end or _inside_curly(scene.masked, quote.start)
        outer_end = max(outer_end, quote.end)
        marks = inner_marks if nested and not quote.double else outer_marks
        yield _hit(scene, quote, marks)
    for at in lone:
        if not in_english(scene.masked, at):
            yield scene.hit(at, at + 1, _LONE)


def _other(scene: SegmentScene) -> Iterator[Hit]:
    for start, end, marks in other_quotes(scene):
        fix = scene.fix(_TITLE, "safe", (start, start + 1, marks[0]), (end, end + 1, marks[1]), marks=marks)
        partner = scene.related(end, end + 1, _PARTNER)
        span = (start, min(end + 1, start + _LONGEST_SHOWN))
        content = shortened(scene.text[start + 1 : end], _LONGEST_SHOWN)
        yield scene.hit(*span, _FOUND, fixes=(fix,), related=(partner,), content=content, marks=marks)


def _read(masked: str) -> tuple[list[_Quote], list[int]]:
    """The quoted pieces, and the double quotes that have no partner."""
    quotes: list[_Quote] = []
    lone: list[int] = []
    sentences: list[list[int]] = [[]]
    for token in _TOKEN.finditer(masked + "\n"):
        start, end = token.span()
        if token["latex"] is not None:
            quotes.append(_Quote(start, start + 2, end - 2, end, double=True))
        elif token["single"] is not None or token["words"] is not None:
            quotes.append(_Quote(start, start + 1, end - 1, end, double=False))
        elif token["double"]:
            sentences[-1].append(start)
        elif token[0] != "\n":
            sentences.append([])
        else:
            _pair_line(masked, sentences, quotes, lone)
            sentences = [[]]
    return quotes, lone


def _pair_line(masked: str, sentences: Sequence[Sequence[int]], quotes: list[_Quote], lone: list[int]) -> None:
    """Pair the quotes of a line if that makes sense, else those of each of its sentences."""
    whole = [at for sentence in sentences for at in sentence]
    for group in [whole] if _pairs_up(masked, whole) else sentences:
        # An odd 15" is a measure.
        kept = group if _pairs_up(masked, group) else [at for at in group if not masked[at - 1 : at].isdigit()]
        if _pairs_up(masked, kept):
            for opening, closing in zip(kept[::2], kept[1::2], strict=True):
                quotes.append(_Quote(opening, opening + 1, closing, closing + 1, double=True))
        else:
            lone.extend(kept)


def _pairs_up(masked: str, offsets: Sequence[int]) -> bool:
    """Whether quotes at these offsets open and close in turn."""
    return len(offsets) % 2 == 0 and all(
        closing > opening + 1
        and not masked[opening + 1 : closing].isspace()
        and masked[opening + 1].isspace() == masked[closing - 1].isspace()
        and masked[opening + 1] not in "，。、；：！？,;:)）"
        and not _turned_away(masked, opening, closing)
        for opening, closing in zip(offsets[::2], offsets[1::2], strict=True)
    )


def _turned_away(masked: str, opening: int, closing: int) -> bool:
    """Whether what stands between is set off on both sides, and Latin text glued to the outer ones: `b." 或 "c`."""
    glued = _GLUED_BEFORE.match(masked, opening - 1) if opening else None
    return masked[opening + 1].isspace() and glued is not None and _GLUED_AFTER.match(masked, closing + 1) is not None


def _stays(masked: str, quote: _Quote) -> bool:
    """Whether the quotes belong to English prose, to a line without Chinese, or to a Latin-only bracket."""
    if has_han(masked[quote.inner_start : quote.inner_end]):
        return False
    if on_latin_line(masked, quote.start):
        return True
    before, after = stretch_before(masked, quote.start), stretch_after(masked, quote.end)
    in_bracket = before.count("(") > before.count(")") and ")" in after
    return in_bracket or is_english(before + masked[quote.start : quote.end] + after)


def _inside_curly(masked: str, at: int) -> bool:
    line = masked[max(0, at - 200) : at].rpartition("\n")[2]
    return line.rfind("“") > line.rfind("”")


def _hit(scene: SegmentScene, quote: _Quote, marks: str) -> Hit:
    masked = scene.masked
    content = masked[quote.inner_start : quote.inner_end]
    left, right = gap_before(masked, quote.start), gap_after(masked, quote.end)
    start = left.start if left.end == quote.start and _IS_TEXT.match(left.char) else quote.start
    end = right.end if right.start == quote.end and _IS_TEXT.match(right.char) else quote.end
    edits = (
        (start, quote.inner_start + len(content) - len(content.lstrip(SPACES)), marks[0]),
        (quote.inner_start + len(content.rstrip(SPACES)), end, marks[1]),
    )
    return scene.hit(
        quote.start,
        min(quote.end, quote.start + _LONGEST_SHOWN),
        _FOUND,
        fixes=(scene.fix(_TITLE, "safe", *edits, marks=marks),),
        related=(scene.related(quote.inner_end, quote.end, _PARTNER),),
        content=shortened(scene.text[quote.inner_start : quote.inner_end], _LONGEST_SHOWN),
        marks=marks,
    )
