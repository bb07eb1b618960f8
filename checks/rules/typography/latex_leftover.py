r"""LaTeX that was left standing outside math.

Text commands become the Markdown that says the same, or plain text; the escapes `\%`, `\&`, `\#` lose
their backslash, and `~` for a tied space becomes a space. What has no sure counterpart (`\cite{…}`,
`\ref{…}`, `\url{…}`, a macro of the paper such as `\ours`) is reported without a fix.

Flagged: `\textit{k}` (→ `*k*`), `\emph{x}` (→ `*x*`), `\textbf{x}` (→ `**x**`), `\texttt{x}` (→ a code span),
`\textsc{X}` (→ `X`: Markdown has no small caps), `提升 3.6\%` (→ `提升 3.6%`), `Mamba~2` (→ `Mamba 2`),
`T\"ulu` (→ `Tülu`, a suggestion).

Clean: math and code, `2~3 倍`, `~128`, `~~删除~~`, `C:\Users`, the Markdown escapes `\*`, `\_`, `\[`. Quotes
such as ``` ``x'' ``` are FMT008's; a symbol that the entry also writes as math is FMT018's.

Norm: house style, section on LaTeX and Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from checks.model import Fix, Safety, Text
from checks.registry import Chars, Rule
from checks.rules.typography._latex import Command, command_at
from checks.scene import Hit, SegmentScene
from checks.text import CODE, HAN, MATH, WIDE_PUNCTUATION

RULE = Rule(
    code="FMT017",
    name="latex-leftover",
    severity="warning",
    mqm="design/markup",
    summary=Text(en="LaTeX left outside math", zh="公式之外残留 LaTeX 命令"),
    wake=Chars(r"\\~"),
    fix="safe",
)

_COMMAND = Text(en="“{command}” is LaTeX outside math", zh="公式之外残留 LaTeX 命令“{command}”")
_ESCAPE = Text(en="“{escape}” needs no backslash here", zh="此处“{escape}”不需要反斜杠")
_ACCENT = Text(en="“{accent}” is a LaTeX accent", zh="“{accent}”是 LaTeX 的变音写法")
_TIE = Text(en="“~” is LaTeX's tied space; write a space", zh="“~”是 LaTeX 的不换行空格，应写作空格")
_REPLACE = Text(en="Write “{new}”", zh="改为“{new}”")

_MARKUP: Final = {
    "textit": "*",
    "emph": "*",
    "textsl": "*",
    "textbf": "**",
    "texttt": "`",
    "textsc": "",
    "textrm": "",
    "textsf": "",
    "textnormal": "",
    "text": "",
    "mbox": "",
}
"""What stands round the argument instead of the command."""
_WORDS: Final = {"LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "textasciitilde": "~", "textbackslash": "\\"}
_ACCENTS: Final = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303"}
_ACCENTED = re.compile(r"(?<=[A-Za-z])\\([\"'`^~])\{?([A-Za-z])\}?")
_FIRM = re.compile(f"[A-Za-z0-9{HAN}{MATH}{CODE}]")
"""What an emphasised text may begin and end with, for Markdown to see the emphasis."""
_BEFORE_TIE = re.compile(r"\\[A-Za-z]{1,40}(?:\{[^\n~]{0,200}\})?$")
_TIED_WORD = re.compile(r"(?<![A-Za-z0-9.~-])(?<!\d )[A-Za-z][A-Za-z-]{0,40}[A-Za-z]$")
_ENTITY = re.compile(r"&#?[A-Za-z0-9]{1,32};")
_NEEDS_NO_SPACE = re.compile(rf"[{WIDE_PUNCTUATION}\s]")
_PATH = re.compile(r"[A-Za-z0-9:.]")
"""Before a backslash that parts the folders of a path."""


def check(scene: SegmentScene, at: int) -> Iterator[Hit]:
    masked = scene.masked
    if masked[at] == "~":
        yield from _tie(scene, at)
        return
    command = command_at(masked, at)
    if command is not None:
        yield from _command(scene, command)
        return
    accent = _ACCENTED.match(masked, at)
    if accent:
        fix = _write(scene, at, accent.end(), unicodedata.normalize("NFC", accent[2] + _ACCENTS[accent[1]]), "unsafe")
        yield scene.hit(at, accent.end(), _ACCENT, fixes=(fix,), accent=accent[0])
    elif masked[at + 1 : at + 2] in ("%", "&", "#") and not _is_needed(masked, at):
        yield scene.hit(at, at + 2, _ESCAPE, fixes=(_write(scene, at, at + 2, masked[at + 1]),), escape=masked[at + 1])


def _is_needed(masked: str, at: int) -> bool:
    """Whether Markdown would read the sign without its backslash as a heading or an entity."""
    return (masked[at + 1] == "#" and masked[at - 1 : at] in ("", "\n")) or _ENTITY.match(masked, at + 1) is not None


def _command(scene: SegmentScene, command: Command) -> Iterator[Hit]:
    start, end = command.start, command.end
    shown = f"\\{command.name}"
    if command.name in _WORDS:
        yield scene.hit(start, end, _COMMAND, fixes=(_write(scene, start, end, _WORDS[command.name]),), command=shown)
    elif command.name in _MARKUP and command.arg is not None:
        fixes = (_marked_up(scene, command, command.arg),) if _is_simple(scene, command, command.arg) else ()
        yield scene.hit(start, end, _COMMAND, fixes=fixes, command=shown)
    elif command.arg is not None or (len(command.name) > 1 and not _PATH.match(scene.char(start - 1))):
        yield scene.hit(start, end, _COMMAND, command=shown)


def _marked_up(scene: SegmentScene, command: Command, arg: tuple[int, int]) -> Fix:
    mark = _MARKUP[command.name]
    new = f"{mark}{scene.text[arg[0] : arg[1]]}{mark}"
    return scene.fix(_REPLACE, "safe", (command.start, arg[0], mark), (arg[1], command.end, mark), new=new)


def _is_simple(scene: SegmentScene, command: Command, arg: tuple[int, int]) -> bool:
    """Whether Markdown would render the argument between the marks."""
    mark = _MARKUP[command.name]
    content = scene.masked[arg[0] : arg[1]]
    if not content.strip() or "\\" in content or "{" in content:
        return False
    if mark == "":
        return True
    clear = mark[0] not in content + scene.char(command.start - 1) + scene.char(command.end)
    return clear and (mark == "`" or (_FIRM.match(content) is not None and _FIRM.match(content[-1]) is not None))


def _tie(scene: SegmentScene, at: int) -> Iterator[Hit]:
    masked = scene.masked
    before, after = scene.char(at - 1), scene.char(at + 1)
    if before == "~" or after == "~" or not _is_tie(masked, at, after):
        return
    bare = not before or not after or any(_NEEDS_NO_SPACE.match(char) for char in (before, after))
    yield scene.hit(at, at + 1, _TIE, fixes=(_write(scene, at, at + 1, "" if bare else " "),))


def _is_tie(masked: str, at: int, after: str) -> bool:
    """Whether a tilde stands beside a LaTeX command, or between a Latin word and its number."""
    if _BEFORE_TIE.search(masked, max(0, at - 250), at) or (after == "\\" and command_at(masked, at + 1)):
        return True
    return after.isdigit() and _TIED_WORD.search(masked, max(0, at - 45), at) is not None


def _write(scene: SegmentScene, start: int, end: int, new: str, safety: Safety = "safe") -> Fix:
    return scene.fix(_REPLACE, safety, (start, end, new), new=new)
