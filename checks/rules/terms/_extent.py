"""How far the wrong Chinese before a gloss reaches."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from checks.glosses import bare, shared_end
from checks.glossplaces import GlossPlace, between
from checks.termscene import EntryTerms
from checks.text import has_han

_ALIKE: Final = 0.6
_REACH: Final = 8
"""How much longer than the right rendering a wrong one is looked for."""
_SIZE = re.compile(r"(?:[超较]?[大小](?:规模|型)?)+$")


def extent(terms: EntryTerms, found: GlossPlace, wanted: str) -> tuple[int, bool]:
    """Where the wrong rendering begins, and whether that can be told for sure."""
    gloss, text = found.gloss, found.scene.masked
    if gloss.firm or not has_han(wanted):
        return gloss.core, gloss.firm
    near = abs(len(found.core) - len(wanted)) < 2 and not set(found.core).isdisjoint(wanted)
    start = gloss.end - _closest(text[max(gloss.start, gloss.end - len(wanted) - _REACH) : gloss.end], wanted)
    if start == gloss.end:
        others = between(terms.scan(found.scene).matches, gloss.start, gloss.end)
        if not others or others[-1].end < gloss.end or shared_end(text[others[-1].start : gloss.end], wanted) < 2:
            return max(gloss.core, _last_words(terms, text, gloss.end, len(wanted))), near
        start = others[-1].start
    # 大规模 and 小型 belong to what comes behind them.
    size = _SIZE.search(text, gloss.start, start)
    start = size.start() if size else start
    if wanted.startswith("基于") and text[start - 1 : start] in ("从", "据"):
        return start - 1, True
    if gloss.core < start and text[start : gloss.end] in wanted:
        # A part of the right rendering, 搜索 of 束搜索: what stands before it may be the wrong one of the rest.
        return gloss.core if near else start, False
    return start, True


def _last_words(terms: EntryTerms, text: str, end: int, length: int) -> int:
    """Where the last words before an offset begin that together have at least a length, a general noun aside."""
    start = end
    for word in reversed(terms.matcher.words(text[max(0, end - length - _REACH) : end])):
        start -= len(word)
        if len(bare(text[start:end])) >= length:
            break
    return start


@lru_cache(maxsize=1024)
def _closest(chinese: str, wanted: str) -> int:
    """How long the end of a text is that is most like a rendering; 0 where none is like it."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, "", wanted, autojunk=False)

    def likeness(length: int) -> float:
        matcher.set_seq1(chinese[len(chinese) - length :])
        return matcher.ratio()

    best = max(range(len(chinese), 0, -1), key=likeness, default=0)
    return best if best and likeness(best) >= _ALIKE and shared_end(chinese[-best:], wanted) > 1 else 0
