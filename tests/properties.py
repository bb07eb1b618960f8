"""What must hold of every text, whatever stands in it: for hypothesis, and for the fuzzer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from support import core_glossary

from checks.brackets import pair_brackets
from checks.digest import parse
from checks.engine import Engine
from checks.fixing import Fixed, fix_text, splice
from checks.model import Finding, Safety, Segment, SourceText
from checks.profile import PROFILES, Style
from checks.registry import rules
from checks.scene import Context
from checks.text import CODE, MATH, URL

TOKENS = [
    *("模型", "的", "我们提出", "大语言模型", "大型语言模型", "智能体", "代理", "后", "与", "約", "𠮷", "々"),
    *(
        "LLM",
        "LLMs",
        "RL",
        "GPT-4o",
        "Qwen2.5-7B",
        "e.g.",
        "et al.",
        "The model is trained on all of it",
        "don't",
        "ＧＰＴ",
    ),
    *("1", "3.5", "1,000", "15%", "3-5", "10–20", "80GB", "3：5", "12:30", "2025-04", "±", "×", "°", "万"),
    *(
        ",",
        ".",
        ";",
        ":",
        "!",
        "?",
        "，",
        "。",
        "；",
        "：",
        "！",
        "？",
        "、",
        "……",
        "...",
        "。。",
        "—",
        "——",
        "--",
        "-",
        "–",
        "~",
        "·",
    ),
    *("(", ")", "（", "）", "[", "]", "【", "】", "{", "}", "《", "》", "<", ">"),
    *('"', "'", "“", "”", "‘", "’", "「", "」", "``", "''"),
    *("$", "$k$", "$x_1 + y$", "$$", "\\(a\\)", "\\textit{k}", "\\emph{词}", "\\%", "~", "\\cite{a}", "^", "_", "\\"),
    *("`", "`f(x)`", "```", "**", "*", "**注意：**", "<!-- x -->", "&amp;", "<b>", "#", "|"),
    *("https://example.org/a_(b)", "www.a.cn/b。", "[词](https://example.org/x)", "](", "a@b.org", "github.com/a/b"),
    *(" ", "  ", "\t", "\n", "\n\n", "  \n", "\r\n", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u202e", "\ufffd", "е"),
]
"""Pieces of digests, sound and broken."""
HEAD = "## A Study of LLMs\n[{}](https://arxiv.org/abs/2504.00001)\n\n{}\n"
STYLES: Sequence[Style] = (
    *PROFILES.values(),
    Style(brackets="consistent", spacing="consistent", quotes="corner", range="endash"),
    Style(brackets="full", spacing="none"),
)
SOURCE = SourceText("2504.00001", "A Study of LLMs", "We study LLM agents with RL. GPT-4o scores 3.5 (15%). See $k$.")


@cache
def engine() -> Engine:
    """All rules."""
    return Engine(rules())


def findings(text: str, style: Style) -> Sequence[Finding]:
    """What all rules say; a crash is an error."""
    context = Context(core_glossary(), {SOURCE.arxiv_id: SOURCE}, style)
    checked = engine().check(parse(text, "a.md"), context)
    assert not checked.crashes, [str(crash) for crash in checked.crashes]
    return checked.findings


def fixed(text: str, style: Style, *safeties: Safety) -> Fixed:
    """The text after fixes of these safeties."""
    return fix_text(text, lambda now: findings(now, style), safeties)


def broken(text: str, style: Style) -> Iterator[str]:
    """The properties that do not hold of a digest; none should be broken."""
    if parse(text).render() != text:
        yield "parse → render is not the identity"
    for finding in findings(text, style):
        if not 0 <= finding.span.start <= finding.span.end <= len(text):
            yield f"{finding.code} is outside the text"
    safe = fixed(text, style, "safe")
    if not safe.settled:
        yield f"safe fixes undo each other: {sorted({finding.code for finding in safe.applied})}"
        return
    if fixed(safe.text, style, "safe").text != safe.text:
        yield "safe fixes are not idempotent"
    yield from _worse(text, safe.text)
    every = fixed(text, style, "safe", "unsafe")
    if not every.settled:
        yield f"fixes undo each other: {sorted({finding.code for finding in every.applied})}"


def broken_by_one(text: str, style: Style, number: int) -> Iterator[str]:
    """What goes wrong where an editor takes one safe fix first, and a machine the rest."""
    fixes = [fix for finding in findings(text, style) if (fix := finding.fix("safe"))]
    if fixes:
        yield from broken(splice(text, fixes[number % len(fixes)].edits), style)
        yield from _worse(text, splice(text, fixes[number % len(fixes)].edits))


def _worse(before: str, after: str) -> Iterator[str]:
    for kind in (URL, MATH, CODE):
        left = _hidden(after, kind)
        for piece in _hidden(before, kind):
            if piece not in left:
                yield f"protected text changed: {piece!r}"
            else:
                left.remove(piece)
    if _alone(after) > _alone(before):
        yield "more brackets without a partner"
    for opening, closing in ("“”", "‘’", "「」"):
        if abs(after.count(opening) - after.count(closing)) > abs(before.count(opening) - before.count(closing)):
            yield f"quotes {opening}{closing} out of balance"
    if after.count("$") % 2 > before.count("$") % 2:
        yield "math out of balance"


def _segments(text: str) -> Iterator[Segment]:
    for entry in parse(text).entries:
        yield from entry.segments()


def _alone(text: str) -> int:
    return sum(len(pair_brackets(segment.masked).alone) for segment in _segments(text))


def _hidden(text: str, kind: str) -> list[str]:
    pieces: list[str] = []
    for segment in _segments(text):
        at = 0
        for char, run in groupby(segment.masked):
            size = len(list(run))
            if char == kind:
                # DIG011 sets the line ends of the whole file.
                pieces.append(segment.text[at : at + size].replace("\r", ""))
            at += size
    return pieces
