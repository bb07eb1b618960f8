r"""One symbol, written as math here and as text there.

Within an entry, title and abstract together, a symbol that stands in math somewhere (`$k$`) is not
written as italic text elsewhere (`\textit{k}`, `*k*`). Each occurrence as text is a finding; the form
as math is proposed.

Flagged: `大 \textit{k} 值` and `pass@\textit{k}` in an entry that also has `小 $k$ 值` (→ `大 $k$ 值`, `pass@$k$`;
suggestions).

Clean: `\textit{k}` alone (FMT017's), an emphasised word that no formula holds, a plain letter.

Norm: house style, section on LaTeX and Markdown; ISO 80000-1 §7.1.1, a quantity has one symbol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.model import Text
from checks.registry import PROSE, Entries, Rule
from checks.rules.typography._latex import commands
from checks.scene import EntryScene, Hit, SegmentScene
from checks.text import CLOSE, MATH, OPEN

RULE = Rule(
    code="FMT018",
    name="math-mixed",
    severity="warning",
    mqm="linguistic-conventions/consistency",
    summary=Text(en="One symbol as math and as italic text in an entry", zh="同一符号时而用公式、时而用斜体文本"),
    wake=Entries(where=r"[$\\](?:(?<=\$)|\()"),
    fix="unsafe",
)

_FOUND = Text(
    en="“{symbol}” is math elsewhere in this entry: write ${symbol}$",
    zh="本条目他处以公式书写“{symbol}”，此处应写作 ${symbol}$",
)
_TITLE = Text(en="Write ${symbol}$", zh="改为 ${symbol}$")

_FORMULA = re.compile(f"{MATH}+")
_SYMBOL = re.compile(r"(?:\$|\\\()\s*(\\?[A-Za-z]{1,12}(?:[_^'][A-Za-z0-9{}]{0,8})?)\s*(?:\$|\\\))")
_ITALIC_COMMANDS = frozenset({"textit", "emph", "textsl", "mathit", "mathrm"})
_ITALIC = re.compile(rf"(?<!{OPEN}){OPEN}(?P<inner>[^\s{OPEN}{CLOSE}]{{1,24}}){CLOSE}(?!{CLOSE})")


def check(entry: EntryScene) -> Iterator[Hit]:
    scenes = [entry.segments[field] for field in PROSE if field in entry.segments]
    symbols = {symbol for scene in scenes for symbol in _symbols(scene)}
    if symbols:
        for scene in scenes:
            yield from _as_text(scene, symbols)


def _symbols(scene: SegmentScene) -> Iterator[str]:
    """The formulas that are one symbol."""
    if MATH not in scene.masked:
        return
    for formula in _FORMULA.finditer(scene.masked):
        for symbol in _SYMBOL.finditer(scene.text, formula.start(), formula.end()):
            yield symbol[1]


def _as_text(scene: SegmentScene, symbols: set[str]) -> Iterator[Hit]:
    """Where one of the symbols is written as italic text."""
    for start, end, inner in (*_in_commands(scene), *_in_stars(scene)):
        if inner in symbols and not scene.char(end).isdigit():
            fix = scene.fix(_TITLE, "unsafe", (start, end, f"${inner}$"), symbol=inner)
            yield scene.hit(start, end, _FOUND, fixes=(fix,), symbol=inner)


def _in_commands(scene: SegmentScene) -> Iterator[tuple[int, int, str]]:
    for command in commands(scene.masked):
        if command.name in _ITALIC_COMMANDS and command.arg is not None:
            yield command.start, command.end, scene.text[command.arg[0] : command.arg[1]].strip()


def _in_stars(scene: SegmentScene) -> Iterator[tuple[int, int, str]]:
    for found in _ITALIC.finditer(scene.masked):
        if scene.text[found.start()] == "*" and scene.text[found.end() - 1] == "*":
            yield found.start(), found.end(), scene.text[found.start("inner") : found.end("inner")]
