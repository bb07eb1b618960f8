"""Whether an abstract breaks off in the middle of a sentence."""

from __future__ import annotations

import re
from typing import Final

from checks.model import Span
from checks.scene import EntryScene, SegmentScene
from checks.sentences import chinese_clauses, chinese_sentences
from checks.text import CLOSE, CODE, HTML, URL
from glossary.records import NamedTuple

_END: Final = frozenset(f"。！？!?….{URL}{CODE}")
_BEHIND: Final = frozenset(f")）]】}}”’\"'』」》·•*_~ \t\n{CLOSE}{HTML}")
"""What may stand behind the end of the last sentence."""
_GOES_ON: Final = frozenset("、，,；;：:（([【“‘《—–-/")
_UNFINISHED = re.compile(
    r"以及|并且|而且|但是|然而|因为|由于|如果|通过|基于|关于|对于|为了|其中|例如|比如|包括|从而|以便|使得|我们|本文|一[种个]|这[种些]"
    r"|(?<![总饱缓温柔调中亲])和|(?<![参给])与|(?<![涉普提触])及|或|并|且|将|被|把"
)
_LONGEST_WORD: Final = 2
_NO_PREDICATE = re.compile(r"[仍均能可并都也则却已还且]?[与在对从由比较以用][ A-Za-z0-9.\-]{1,60}")
"""A clause of nothing but a preposition and a name: 仍与 Baseline-7."""
_OPEN_BRACKET: Final = frozenset("(（[【《「『〔")
_QUOTES: Final = ("“”", "‘’")

# Much too short for its English (see Alignment.shortfall). Of 652 abstracts of the corpus, complete but for their full
# stop, two have such a last sentence; of 580 whose last sentence was cut somewhere in its middle half, 89 in 100 have.
_SHORTFALL: Final = 0.30


class Break(NamedTuple):
    """Where an abstract breaks off: what stands of its last sentence, and the English that is not all there."""

    rest: Span
    english: str | None


def break_of(scene: EntryScene) -> Break | None:
    """Where the body breaks off; None where it ends as it should, or nothing but a full stop is missing."""
    body = scene.segments.get("body")
    if body is None:
        return None
    end = _end(body)
    if end is None:
        return None
    last = chinese_clauses(body.masked, chinese_sentences(body.masked)[-1:])[0][-1]
    rest = Span(last.start, len(body.text))
    english = _unfinished_english(scene)
    if english is None and not _is_torn(body, last.start, end):
        return None
    return Break(rest, english)


def _end(body: SegmentScene) -> int | None:
    """Where the last sentence stops without its mark; None where it has one, or ends in a link or an address."""
    end = len(body.masked)
    while end and body.masked[end - 1] in _BEHIND:
        end -= 1
        if body.masked[end] == CLOSE and body.text[end] == ")":
            return None
    return None if not end or body.masked[end - 1] in _END else end


def _is_torn(body: SegmentScene, start: int, end: int) -> bool:
    """Whether the last clause alone, from start to end, shows that more should follow."""
    if body.masked[end - 1] in _GOES_ON:
        return True
    if any(start <= at and body.char(at) in _OPEN_BRACKET for at in body.brackets.alone):
        return True
    tail = body.masked[start:]
    if any(tail.count(opening) > tail.count(closing) for opening, closing in _QUOTES):
        return True
    if _NO_PREDICATE.fullmatch(body.masked, start, end):
        return True
    words = _UNFINISHED.finditer(body.masked, max(start, end - _LONGEST_WORD - 1), end)
    return any(word.end() == end for word in words)


def _unfinished_english(scene: EntryScene) -> str | None:
    """The last English sentence, where it is not all there."""
    alignment, source = scene.alignment, scene.source
    if alignment is None or source is None:
        return None
    last = len(alignment.sentences) - 1
    if alignment.shortfall(last) <= _SHORTFALL:
        return None
    return source.abstract[slice(*alignment.sentences[last])]
