r"""The heading is not the English title of the paper that the link leads to.

**What.** The heading is the English title, unchanged. White space, the kind of quotes and dashes, accents and LaTeX
do not count: `τ-Bench` for ``$\tau$-Bench``, `GUI-G^2` for ``GUI-G$^2$``. Another letter case or other punctuation
is a warning. Where hardly a word agrees, the link leads to another paper, or the paper was renamed: that is said as
such.

**Flagged.** *A Studies of Things* for *A Study of Things* · *A study of things* (warning) · 关于事物的研究 for *A
Study of Things* · *Folding Paper Cranes* over the link of *A Study of Things*

**Clean.** *TULU 3 - A Study* for ``T\"ULU 3 -- A Study`` · an entry of which no English title is known, or of which
the source gives a Chinese one

**Fix.** Unsafe: the title of the source, with its LaTeX. None where the link leads elsewhere: then link or heading
may be the wrong one. The title at hand may be that of a later version.

**Norm.** House style, *Entry*: `## {English title, unchanged}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.formulas import flat
from checks.model import Edit, Fix, Message, Related, Severity, Text
from checks.registry import Entries, Rule
from checks.scene import EntryScene, Hit
from checks.text import has_han

RULE = Rule(
    code="FID007",
    name="heading-changed",
    severity="error",
    mqm="accuracy/mistranslation",
    summary=Text("The heading is not the English title of the paper", "标题行与论文的英文标题不符"),
    wake=Entries(english=True),
    needs_source=True,
    fix="unsafe",
)
_CHANGED: Final = Text(
    "The English title is “{title}” (perhaps that of a later version)",
    "英文标题是“{title}”（也可能是较新版本的标题）",
)
_SLIGHTLY: Final = Text(
    "The English title is “{title}”: letter case or punctuation differ",
    "英文标题是“{title}”：大小写或标点不同",
)
_ELSEWHERE: Final = Text(
    "The link leads to another paper, “{title}”, or this one was renamed",
    "链接指向另一篇论文“{title}”，或者论文已改名",
)
_LINK: Final = Text("The link", "链接")
_WRITE: Final = Text("Write the English title of the source", "改为原文的英文标题")
_QUOTES = re.compile(r"[\"'`\u2018-\u201f\\]")
_ACCENT = re.compile(r"\\[\"'`^~=.]")
_DASHES = re.compile(r"[-\u2010-\u2015]+")
_WORD = re.compile(r"[^\W_]+")
_RELATED: Final = 0.45
"""The share of words in common from which on two titles may be one paper's: 0.1 % of chance pairs have as much."""
_LONGEST: Final = 1000


def check(scene: EntryScene) -> Iterator[Hit]:
    """Hold the heading against the title of the source."""
    heading, source = scene.segments["heading"], scene.source
    written = heading.text.strip()[:_LONGEST]
    if source is None or not written or written == source.title or has_han(source.title):
        return
    ours, theirs = _folded(written), _folded(source.title)
    if ours.replace(" ", "") == theirs.replace(" ", ""):
        return
    severity: Severity = "error"
    if _letters(ours) == _letters(theirs):
        message, severity = _SLIGHTLY, "warning"
    elif has_han(written) or _are_related(ours, theirs):
        message = _CHANGED
    else:
        yield heading.hit(0, len(heading.text), _ELSEWHERE, related=_link(scene), title=source.title)
        return
    fix = Fix(Message(_WRITE), "unsafe", (Edit(*scene.entry.heading.span, source.title),))
    yield heading.hit(0, len(heading.text), message, fixes=(fix,), severity=severity, title=source.title)


def _folded(title: str) -> str:
    """The title without LaTeX and quotes, with plain hyphens and spaces between words only."""
    return _QUOTES.sub("", _DASHES.sub("-", flat(_ACCENT.sub("", title))))


def _letters(folded: str) -> str:
    return "".join(_WORD.findall(folded.casefold()))


def _are_related(one: str, other: str) -> bool:
    """Whether two titles share their name or enough of their words, in order."""
    from difflib import SequenceMatcher

    first, second = _WORD.findall(one.casefold()), _WORD.findall(other.casefold())
    named = first[:1] == second[:1] and ":" in one and ":" in other
    return named or SequenceMatcher(None, first, second, autojunk=False).ratio() >= _RELATED


def _link(scene: EntryScene) -> tuple[Related, ...]:
    link = scene.entry.link
    return (Related(link.span, Message(_LINK)),) if link is not None else ()
