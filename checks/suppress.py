"""Comments in a digest that silence rules: ``<!-- yijiao: ignore[TRM001,FMT] reason -->``.

Before a heading a comment speaks for the entry that begins there; on its own line above a paragraph,
or above the link line, for that paragraph; ``ignore-file`` anywhere on a line of its own for the
whole file. Codes or prefixes stand in the brackets, and a reason behind them: a comment without
either, or with a code that no rule has, silences nothing and is reported. Capitals, a full-width
colon and a missing one change nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from checks.instructions import SUPPRESSION
from checks.model import Digest, Entry, Finding, Message, Span, Text
from checks.registry import Rule, named, nearest
from checks.suppression import NEVER_SILENCED, Selector, Suppression
from checks.text import CODE

_BODY = re.compile(r"[ \t]*(?P<verb>[\w-]{1,40})[ \t]*(?:\[(?P<codes>[^\[\]]*)\])?[ \t:：]*(?P<reason>.*)")
_CODE = re.compile(r"[^,，\s]+")

_VERB: Final = Text(
    "“{verb}” is no instruction; write ignore[CODE] or ignore-file[CODE]",
    "“{verb}”不是有效指令，应写作 ignore[代码] 或 ignore-file[代码]",
)
_NO_CODE: Final = Text(
    "It names no rule; write ignore[CODE] with the codes to silence",
    "没有写明规则；请在 ignore[…] 中写上要忽略的规则代码",
)
_UNKNOWN: Final = Text("No rule is called {code}{hint}", "没有名为 {code} 的规则{hint}")
_OWN: Final = Text(
    "{code} speaks of such comments and cannot be silenced by one", "{code} 检查的正是此类注释，不能用注释忽略"
)
_NO_REASON: Final = Text("It gives no reason; write one behind the bracket", "没有写明理由；请在方括号后写上理由")
_NO_NAME: Final = Text(
    "It is not addressed to yijiao; write yijiao: ignore[CODE]", "开头不是 yijiao；应写作 yijiao: ignore[代码]"
)
_NO_CLOSE: Final = Text(
    "It does not end on its line; close it there with -->", "注释没有在同一行结束；请在该行末尾写上 -->"
)
_NO_LINE: Final = Text("It must stand on a line of its own", "注释须独占一行")
_NOTHING: Final = Text("Nothing follows that it could speak for", "注释之后没有可供忽略的内容")


def read(digest: Digest) -> tuple[Suppression, ...]:
    """The comments of a digest, in order; those inside code are text."""
    found = (_comment(digest, found) for found in SUPPRESSION.finditer(digest.text) if not _in_code(digest, found))
    return tuple(comment for comment in found if comment is not None)


def apply(
    comments: Sequence[Suppression], findings: Iterable[Finding]
) -> tuple[list[Finding], list[tuple[Finding, Suppression]]]:
    """The findings that stand, and those that a comment silences."""
    kept: list[Finding] = []
    silenced: list[tuple[Finding, Suppression]] = []
    for finding in findings:
        # All comments are asked, so that each knows that it is of use.
        speaking = [comment for comment in comments if comment.silences(finding)]
        if speaking:
            silenced.append((finding, speaking[0]))
        else:
            kept.append(finding)
    return kept, silenced


def judge_use(
    comments: Sequence[Suppression], digest: Digest, rules: Collection[Rule], sources: Collection[str]
) -> None:
    """Tell each comment which of its codes are idle, given the rules that ran and the ids whose English is known.

    A code is judged only where every rule that it names has looked at all that the comment speaks for.
    """
    ran = {rule.code for rule in rules}
    blind = {rule.code for rule in rules if rule.needs_source}
    for comment in comments:
        if comment.problem is not None:
            continue
        entries = [entry for entry in digest.entries if entry.span.meets(comment.target)]
        known = all(entry.arxiv_id in sources for entry in entries)
        complete = ran if known else ran - blind
        idle = (selector for selector in comment.selectors if selector.code not in comment.used)
        comment.idle = tuple(each for each in idle if complete.issuperset(named(each.code)))


def _in_code(digest: Digest, found: re.Match[str]) -> bool:
    at = found.start()
    entry = _entry_at(digest, at)
    segments = entry.segments() if entry is not None else ()
    return any(
        segment.masked[at - segment.span.start] == CODE
        for segment in segments
        if segment.span.start <= at < segment.span.end
    )


def _entry_at(digest: Digest, at: int) -> Entry | None:
    """The entry in which an offset lies; None before the first."""
    number = bisect_right(digest.entries, at, key=lambda entry: entry.span.start)
    return digest.entries[number - 1] if number else None


def _comment(digest: Digest, found: re.Match[str]) -> Suppression | None:
    comment = Suppression(Span(*found.span()))
    body = _BODY.match(digest.text, *found.span("told"))
    verb = body["verb"].lower() if body else found["told"].strip()
    if body is not None:
        comment.selectors = tuple(_selectors(digest.text, *body.span("codes")))
        comment.reason = body["reason"].strip(" \t\r-—–")
    if found["other"] is not None and not any(named(code) for code, _ in comment.selectors):
        # An instruction to another program.
        return None
    comment.whole_file = verb == "ignore-file"
    if found["other"] is not None:
        comment.problem = Message(_NO_NAME)
    elif verb not in ("ignore", "ignore-file"):
        comment.problem = Message(_VERB, {"verb": verb})
    elif not found["close"]:
        comment.problem = Message(_NO_CLOSE)
    else:
        comment.problem = _problem(comment) or _place(digest, comment)
    return comment


def _selectors(text: str, start: int, end: int) -> Iterator[Selector]:
    """The codes between two offsets; none where these are -1, as of a group that is absent."""
    for code in _CODE.finditer(text, max(start, 0), max(end, 0)):
        yield Selector(code[0].upper(), Span(*code.span()))


def _problem(comment: Suppression) -> Message | None:
    if not comment.selectors:
        return Message(_NO_CODE)
    for code, _ in comment.selectors:
        if code.startswith(NEVER_SILENCED):
            return Message(_OWN, {"code": code})
        if not named(code):
            near = nearest(code)
            return Message(_UNKNOWN, {"code": code, "hint": f" ({near}?)" if near else ""})
    return None if comment.reason else Message(_NO_REASON)


def _place(digest: Digest, comment: Suppression) -> Message | None:
    """Set what the comment speaks for, or say why there is nothing."""
    text = digest.text
    line_start = text.rfind("\n", 0, comment.span.start) + 1
    line_end = _line_end(text, comment.span.end)
    if text[line_start : comment.span.start].strip(" \t\ufeff") or text[comment.span.end : line_end].strip():
        return Message(_NO_LINE)
    if comment.whole_file:
        comment.target = Span(0, len(text))
        return None
    start = _next_line(text, line_end + 1)
    if start is None:
        return Message(_NOTHING)
    entry = _entry_at(digest, start)
    if entry is not None and entry.span.start == start:
        comment.target = entry.span
    else:
        comment.target = Span(start, _paragraph_end(text, start))
    return None


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _next_line(text: str, start: int) -> int | None:
    """Where the next line begins that is neither blank nor a comment of ours."""
    while start < len(text):
        end = _line_end(text, start)
        line = text[start:end].strip()
        if line and not SUPPRESSION.match(line):
            return start
        start = end + 1
    return None


def _paragraph_end(text: str, start: int) -> int:
    while start < len(text):
        end = _line_end(text, start)
        if not text[start:end].strip():
            return start
        start = end + 1
    return len(text)
