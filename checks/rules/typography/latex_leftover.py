r"""LaTeX that was left standing outside math.

**What.** Titles and abstracts of papers hold LaTeX that a page does not render: text commands, escapes, ties and
accents. Text commands become the Markdown that says the same, or plain text.

**Flagged.** `\textit{k}` (→ `*k*`), `\emph{x}` (→ `*x*`), `\textbf{x}` and `{\bf x}` (→ `**x**`), `\texttt{x}` (→ a
code span), `\textsc{X}` (→ `X`: Markdown has no small caps), `提升 3.6\%` (→ `提升 3.6%`), `Mamba~2` (→ `Mamba 2`),
`\url{…}` (→ `<…>`), `\href{…}{文字}` (→ `[文字](…)`), `360{\deg}` (→ `360°`), `VLM\textsuperscript{2}` (→ `VLM²`),
`\color{red}` (→ nothing), `T\"ulu` (→ `Tülu`) and `\alpha` (→ `α`), both suggestions.

**Clean.** Math and code, `2~3 倍`, `~128`, `~~删除~~`, `C:\Users`, the Markdown escapes `\*`, `\_`, `\[`. Quotes such
as ``` ``x'' ``` are FMT008's; a symbol that the entry also writes as math is FMT018's; what stands behind a lone dollar
sign is FMT019's.

**Fix.** Safe where the Markdown or the character says the same. What has no sure counterpart (`\cite{…}`, `\ref{…}`, a
macro of the paper such as `\ours`) is reported without a fix.

**Norm.** House style, section on LaTeX and Markdown; CommonMark for what takes the command's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Fix, Safety, Text
from checks.registry import Chars, Rule
from checks.rules.typography._latex import (
    MARKUP,
    SYMBOLS,
    WORDS,
    Command,
    Writing,
    accent_at,
    command_at,
    link_at,
    raised,
)
from checks.scene import Hit, SegmentScene
from checks.text import CODE, HAN, MATH, WIDE_PUNCTUATION

RULE = Rule(
    code="FMT017",
    name="latex-leftover",
    severity="warning",
    mqm="design-and-markup/markup",
    summary=Text(en="LaTeX left outside math", zh="公式之外残留 LaTeX 命令"),
    wake=Chars(r"\\~"),
    fix="safe",
)

_COMMAND = Text(en="“{command}” is LaTeX outside math", zh="公式之外残留 LaTeX 命令“{command}”")
_ESCAPE = Text(en="“{escape}” needs no backslash here", zh="此处“{escape}”不需要反斜杠")
_ACCENT = Text(en="“{accent}” is a LaTeX accent", zh="“{accent}”是 LaTeX 的变音写法")
_TIE = Text(en="“~” is LaTeX's tied space; write a space", zh="“~”是 LaTeX 的不换行空格，应写作空格")
_REPLACE = Text(en="Write “{new}”", zh="改为“{new}”")
_DELETE = Text(en="Delete it", zh="删除")

_FIRM = re.compile(f"[A-Za-z0-9{HAN}{MATH}{CODE}]")
"""What an emphasised text may begin and end with, for Markdown to see the emphasis."""
_BEFORE_TIE = re.compile(r"\\[A-Za-z]{1,40}(?:\{[^\n~]{0,200}\})?$")
_TIED_WORD = re.compile(r"(?<![A-Za-z0-9.~-])(?<!\d )[A-Za-z][A-Za-z-]{0,40}[A-Za-z]$")
_ENTITY = re.compile(r"&#?[A-Za-z0-9]{1,32};")
_NEEDS_NO_SPACE = re.compile(rf"[{WIDE_PUNCTUATION}\s]")
_PARAGRAPH: Final = 2000
"""How far a lone star is looked for."""
_PATH = re.compile(r"[A-Za-z0-9:.\\]")
"""Before a backslash that may part the folders of a path."""
_FOLDER = re.compile(r"[A-Za-z:.]")
"""Before one that does, though a symbol has the name of the folder."""


def check(scene: SegmentScene, at: int) -> Iterator[Hit]:
    masked = scene.masked
    if masked[at] == "~":
        yield from _tie(scene, at)
        return
    accent = accent_at(masked, at)
    command = None if accent else command_at(masked, at)
    if accent:
        start, end, _ = accent
        yield scene.hit(start, end, _ACCENT, fixes=(_write(scene, *accent, "unsafe"),), accent=scene.text[start:end])
    elif command is not None:
        yield from _command(scene, command)
    elif masked[at + 1 : at + 2] in ("%", "&", "#") and not _is_needed(masked, at):
        yield scene.hit(at, at + 2, _ESCAPE, fixes=(_write(scene, at, at + 2, masked[at + 1]),), escape=masked[at + 1])


def _is_needed(masked: str, at: int) -> bool:
    """Whether Markdown would read the sign without its backslash as a heading or an entity."""
    return (masked[at + 1] == "#" and masked[at - 1 : at] in ("", "\n")) or _ENTITY.match(masked, at + 1) is not None


def _command(scene: SegmentScene, command: Command) -> Iterator[Hit]:
    start, end = command.start, command.end
    shown = f"\\{command.name}"
    plain = _plain(scene, command)
    if plain is not None:
        writing, safety = plain
        fix = _write(scene, *writing, safety)
        yield scene.hit(writing.start, writing.end, _COMMAND, fixes=(fix,), command=shown)
    elif command.name in MARKUP and command.arg is not None:
        fixes = (_marked_up(scene, command, command.arg),) if _is_simple(scene, command, command.arg) else ()
        yield scene.hit(start, end, _COMMAND, fixes=fixes, command=shown)
    elif command.arg is not None or (len(command.name) > 1 and not _PATH.match(scene.char(start - 1))):
        yield scene.hit(start, end, _COMMAND, command=shown)


def _plain(scene: SegmentScene, command: Command) -> tuple[Writing, Safety] | None:
    """What a command says in plain characters or as a link, and how sure that is."""
    name, start, end, arg = command
    link = link_at(scene.text, start)
    if link is not None:
        return link, "safe"
    if arg is not None and arg[0] < arg[1]:
        text = raised(name, scene.text[slice(*arg)])
        return (Writing(start, end, text), "safe") if text or name == "color" else None
    if name in SYMBOLS and _FOLDER.match(scene.char(start - 1)):
        return None
    word = WORDS.get(name) or SYMBOLS.get(name)
    if word is None:
        return None
    if scene.char(start - 1) == "{" and scene.char(end) == "}":
        start, end = start - 1, end + 1
    return Writing(start, end, word), ("safe" if name in WORDS else "unsafe")


def _marked_up(scene: SegmentScene, command: Command, arg: tuple[int, int]) -> Fix:
    mark = MARKUP[command.name]
    new = f"{mark}{scene.text[arg[0] : arg[1]]}{mark}"
    return scene.fix(_REPLACE, "safe", (command.start, arg[0], mark), (arg[1], command.end, mark), new=new)


def _is_simple(scene: SegmentScene, command: Command, arg: tuple[int, int]) -> bool:
    """Whether Markdown would render the argument between the marks."""
    mark = MARKUP[command.name]
    content = scene.masked[arg[0] : arg[1]]
    if not content.strip() or "\\" in content or "{" in content:
        return False
    if mark == "":
        return True
    before, after = scene.char(command.start - 1), scene.char(command.end)
    if mark[0] in content + before + after or (mark[0] == "*" and _has_lone_star(scene, command)):
        return False
    # Beside a letter, emphasis must begin and end with one.
    begins = _FIRM.match(content) is not None or not before.isalnum()
    ends = _FIRM.match(content[-1]) is not None or not after.isalnum()
    return mark == "`" or (begins and ends and content == content.strip())


def _has_lone_star(scene: SegmentScene, command: Command) -> bool:
    """Whether a star beside the command, or an unpaired one in its paragraph, would take the new ones for its own."""
    masked = scene.masked
    if scene.char(command.end) == "\\" or scene.char(command.start - 1) == "}":
        return True
    start = max(masked.rfind("\n", 0, command.start), command.start - _PARAGRAPH) + 1
    return "*" in masked[start : command.end + _PARAGRAPH].partition("\n")[0]


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
    return scene.fix(_REPLACE if new else _DELETE, safety, (start, end, new), new=new)
