r"""A formula that was begun and not ended, or ended and not begun.

**What.** A renderer of formulas takes everything up to the next dollar sign into the formula, or shows the source;
one brace too few, and in place of the formula there is an error message. The rest of the paragraph often goes too.

**Flagged.** `当达到 $\alpha 时` · `$f($x$) = \tanh(\alpha $x$)$` · `令 \(x^2 为输入` · a `$$` or a `\begin{cases}`
without its other half · `$\frac{a}{b$` · `$\left( x$`. Behind a lone dollar sign nothing is sure until it is mended:
a paragraph has one such finding.

**Clean.** Money (有 $100 和 $200 两种价格, US$5, $1.5M), variables of a shell or a program ($HOME, ${x}, $forceUpdate),
ratings ($$), an escaped `\$`, `$ x $` with spaces, `$准确率=0.9$`, a Markdown escape `\[`. What stands outside math
(`\alpha`) is FMT017's.

**Fix.** None: where the formula was to end, only a reader can tell.

**Norm.** House style, LaTeX and Markdown; LaTeX and KaTeX, delimiters and groups come in pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Rule, Segments
from checks.scene import Hit, SegmentScene
from checks.text import HAN, MATH, WIDE_PUNCTUATION, paragraphs

RULE = Rule(
    code="FMT019",
    name="math-unbalanced",
    severity="error",
    mqm="design-and-markup/markup",
    summary=Text(en="A formula without its other delimiter or brace", zh="公式的定界符或花括号不成对"),
    wake=Segments(rf"$\\{MATH}"),
)

_ALONE = Text(en="This “{mark}” of a formula has no partner", zh="公式定界符“{mark}”没有配对")
_BRACES = Text(en="The braces of this formula do not pair up", zh="公式中的花括号不成对")
_SIZES = Text(en=r"\left and \right of this formula do not pair up", zh=r"公式中的 \left 与 \right 不成对")
_ENVIRONMENT = Text(en="“{mark}” has no partner in this formula", zh="公式中的“{mark}”没有配对")

_FORMULAS = re.compile(f"{MATH}+")
_ESCAPED = re.compile(r"\\[\\{}]")
_SIZE = re.compile(r"\\(left|right)(?![A-Za-z])")
_BEGIN_END = re.compile(r"\\(begin|end)\s?\{([A-Za-z]{1,20}\*?)\}")

_DOLLARS = re.compile(r"(?<!\\)\$+")
_MONEY = re.compile(r"\$ ?\d[\d,.]*(?![\d,.]| ?[\^_\\={}])|\$[A-Z_]{2}|\$[({]|\$[a-z]\w{3,30}(?![\w^{\\=(])")
"""At a dollar sign: an amount or a variable."""
_CURRENCY = re.compile(r"(?:US|HK|NT|CA|AU|NZ|MX|SG|[ACRS])$")
_SIGN = re.compile(r"\\[A-Za-z]|\^|[A-Za-z]_[A-Za-z0-9{]|_\{|[A-Za-z)\]}'] ?= ?[^=\s]")
"""What only a formula has."""
_SYMBOL = re.compile(r"[A-Za-z](?![A-Za-z0-9])")
_INSIDE: Final = rf"[^{HAN}{WIDE_PUNCTUATION}{MATH}$\n]"
_AFTER = re.compile(rf"{_INSIDE}{{0,120}}")
_BEFORE = re.compile(rf"{_INSIDE}{{0,120}}$")
_BREAKS = re.compile(rf"[，。；！？{MATH}]")
_LONGEST_PAIR: Final = 300
_BRACKETS = re.compile(r"(?<!\\)\\[()\[\]]")
_LONGEST_SHOWN: Final = 60


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    yield from _formulas(scene)
    yield from _dollars(scene)
    yield from _brackets(scene)
    for found in _BEGIN_END.finditer(scene.masked):
        yield scene.hit(*found.span(), _ALONE, mark=found[0])


def _formulas(scene: SegmentScene) -> Iterator[Hit]:
    """What is out of balance inside the formulas that have both delimiters."""
    for found in _FORMULAS.finditer(scene.masked):
        start, end = found.span()
        formula = scene.text[start:end]
        environment = _lone_environment(formula)
        if environment:
            yield _hit(scene, start, end, _ENVIRONMENT, environment)
        elif not _is_balanced(_ESCAPED.sub("", formula)):
            yield _hit(scene, start, end, _BRACES)
        elif len({*map(_sizes(formula).count, ("left", "right"))}) > 1:
            yield _hit(scene, start, end, _SIZES)


def _sizes(formula: str) -> list[str]:
    return _SIZE.findall(formula)


def _is_balanced(formula: str) -> bool:
    depth = 0
    for char in formula:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _lone_environment(formula: str) -> str:
    """The first `\\begin` or `\\end` without its partner, as it is written; empty where all have theirs."""
    stack: list[tuple[str, str]] = []
    for found in _BEGIN_END.finditer(formula):
        if found[1] == "begin":
            stack.append((found[2], found[0]))
        elif not stack or stack.pop()[0] != found[2]:
            return found[0]
    return stack[0][1] if stack else ""


def _dollars(scene: SegmentScene) -> Iterator[Hit]:
    masked = scene.masked
    for start, end in paragraphs(masked):
        signs = [found.span() for found in _DOLLARS.finditer(masked, start, end)]
        number = 0
        while number < len(signs):
            at, last = signs[number]
            if number + 1 < len(signs) and _is_pair(masked, signs[number], signs[number + 1]):
                number += 2
                continue
            place = None if _is_money(masked, at) else _of_formula(scene, at, last)
            if place is not None:
                yield _hit(scene, *place, _ALONE, masked[at:last])
                break
            number += 1


def _is_money(masked: str, at: int) -> bool:
    return _MONEY.match(masked, at) is not None or _CURRENCY.search(masked, max(0, at - 2), at) is not None


def _is_pair(masked: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two dollar signs that the mask left enclose a formula all the same: one with Chinese or spaces in it."""
    inside = masked[one[1] : min(other[0], one[1] + _LONGEST_PAIR + 1)]
    same = one[1] - one[0] == other[1] - other[0] and 0 < len(inside) <= _LONGEST_PAIR
    return same and inside[0].isspace() == inside[-1].isspace() and not _BREAKS.search(inside)


def _of_formula(scene: SegmentScene, start: int, end: int) -> tuple[int, int] | None:
    """The dollar signs with the formula that they open or close; None where there seems to be none."""
    masked = scene.masked
    after, before = _AFTER.match(masked, end), _BEFORE.search(masked, max(0, start - 120), start)
    if after and after[0][:1].strip() and _SIGN.search(after[0]):
        return start, end + len(after[0].rstrip())
    if before and before[0][-1:].strip() and _SIGN.search(before[0]):
        return start - len(before[0].lstrip()), end
    if end - start == 1 and MATH in masked:
        if _SYMBOL.match(masked, end):
            return start, end + 1
        letter = masked[start - 1 : start]
        if letter.isascii() and letter.isalpha() and not masked[start - 2 : start - 1].isalnum():
            return start - 1, end
    return None


def _brackets(scene: SegmentScene) -> Iterator[Hit]:
    r"""`\(`, `\[`, `\)`, `\]` beside something that only a formula has; without, they are Markdown escapes."""
    masked = scene.masked
    for found in _BRACKETS.finditer(masked):
        start, end = found.span()
        if found[0][1] in "([":
            inside = _AFTER.match(masked, end)
            place = (start, end + len(inside[0].rstrip())) if inside else (start, end)
        else:
            inside = _BEFORE.search(masked, max(0, start - 120), start)
            place = (start - len(inside[0].lstrip()), end) if inside else (start, end)
        if inside and _SIGN.search(inside[0]):
            yield _hit(scene, *place, _ALONE, found[0])


def _hit(scene: SegmentScene, start: int, end: int, said: Text, mark: str = "") -> Hit:
    return scene.hit(start, min(end, start + _LONGEST_SHOWN), said, mark=mark)
