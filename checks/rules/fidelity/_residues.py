"""Where something stands in a Chinese text that is left of the exchange that made it, and how far it reaches."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final

from checks.model import Text
from checks.rules.fidelity._residue_kinds import KINDS, SHELL, Kind
from checks.text import without_surrogates
from glossary.automaton import Finder, build
from glossary.records import NamedTuple

_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[\w+-]*[ \t]*\r?$", re.MULTILINE)
_THOUGHT = re.compile(r"<(think(?:ing)?)>", re.IGNORECASE)
_OBJECT = re.compile(
    r"\A\s*[\[{]\s*(?:[\"“][^\"”“\n]{1,30}[\"”]\s*[:：]\s*)?[\"“](?=[^\0]{0,100000}[\"”]\s*,?\s*[\]}]\s*\Z)"
)
_OBJECT_END = re.compile(r"[\"”]\s{0,20},?\s{0,20}[\]}]\s{0,20}\Z")
_TAG = re.compile(
    r"(?:(?<=\A)|(?<=\n))[ \t]{0,8}<(?P<open>[A-Za-z_-]{1,20}|译文|翻译|摘要)>[ \t]*\n?"
    r"|\n?[ \t]{0,8}</(?P<close>[A-Za-z_-]{1,20}|译文|翻译|摘要)>(?=[ \t]{0,8}(?:\n|\Z))"
)
_TAGS = """
translation translated translated_text target target_text output answer result response text abstract zh chinese
summary think thinking reasoning reflection source document content body title 译文 翻译 摘要
"""
_SHELLS: Final = frozenset(_TAGS.split())
_LONGEST: Final = 200
"""How far a sentence reaches on each side."""
_STOP = re.compile(r"[。！？!?](?:[”）)]|(?=\n))?|(?=\n)")
_FAR: Final = 100
_QUOTE = re.compile(r"[“‘「『][^”’」』\n]*$|^[^\"\n]*(?:\"[^\"\n]*\"[^\"\n]*)*\"[^\"\n]*$")
"""A quotation that is still open at the end."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MOST: Final = 50
_SIGNLESS: Final = tuple(kind for kind in KINDS if not kind.signs)


class Residue(NamedTuple):
    """A residue at `[start, end)`; `cuts` is what to remove, empty where that is not sure."""

    start: int
    end: int
    message: Text
    cuts: tuple[tuple[int, int], ...]


def residues(text: str, english: str, *, is_known: bool) -> list[Residue]:
    """What does not belong in a Chinese field, in order.

    `english` is heading and abstract; `is_known` says that there is an abstract.
    """
    comments = _comments(text)
    taken: list[tuple[int, int]] = []
    found: list[Residue] = []
    for residue in _all(text, english, is_known=is_known):
        last = bisect_left(comments, (residue.end,)) - 1
        if last >= 0 and residue.start < comments[last][1]:
            continue
        if not any(residue.start < end and start < residue.end for start, end in taken):
            taken += [(residue.start, residue.end), *residue.cuts]
            found.append(residue)
            if len(found) == _MOST:
                break
    return _joined(text, sorted(found, key=lambda residue: residue.start))


def _comments(text: str) -> list[tuple[int, int]]:
    """Where comments stand, in order."""
    # What opens behind the last close is none: to look for its end each time would take quadratic time.
    return [found.span() for found in _COMMENT.finditer(text, 0, text.rfind("-->") + len("-->"))]


def _joined(text: str, residues: list[Residue]) -> list[Residue]:
    """Neighbours of a kind are one: *Glad to help! Let me know …*."""
    joined: list[Residue] = []
    for residue in residues:
        last = joined[-1] if joined else None
        if last is None or last.message != residue.message or text[last.end : residue.start].strip():
            joined.append(residue)
        elif len(last.cuts) == len(residue.cuts) == 1:
            whole = (last.cuts[0][0], residue.cuts[0][1])
            joined[-1] = Residue(last.start, residue.end, last.message, (whole,))
        else:
            joined.append(residue)
    return joined


def _all(text: str, english: str, *, is_known: bool) -> Iterator[Residue]:
    yield from _fences(text, english)
    yield from _objects(text)
    yield from _thought(text, english)
    for kind in _likely(text):
        if kind.needs_source and not is_known:
            continue
        for found in kind.pattern.finditer(text) if kind.signs else _head(kind.pattern, text):
            if kind.excuse is not None and kind.excuse.search(english):
                break
            if kind.is_quotable and _QUOTE.search(text[max(0, found.start() - _FAR) : found.start()]):
                continue
            yield _residue(text, kind, *(_sentence(text, *found.span()) if kind.in_sentence else found.span()))
    yield from _tags(text, english)


def _likely(text: str) -> Sequence[Kind]:
    """The kinds of which a sign stands in a text, and those without signs; in their order."""
    signs, find = _signs()
    # The dotless i counts as one where case does not.
    small = without_surrogates(text.casefold().replace("ı", "i"))
    held = {signs[number] for _, _, number in find(small)}
    if not held:
        return _SIGNLESS
    return [kind for kind in KINDS if not (kind.signs and held.isdisjoint(kind.signs))]


@cache
def _signs() -> tuple[Sequence[str], Finder]:
    """The signs of all kinds, and what finds them in one go."""
    signs = sorted({sign for kind in KINDS for sign in kind.signs})
    return signs, build(signs)


def _head(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What a pattern finds that only looks at the head of a text."""
    found = pattern.match(text)
    if found is not None:
        yield found


def _residue(text: str, kind: Kind, start: int, end: int) -> Residue:
    whole = text[start:end]
    lead, tail = len(whole) - len(whole.lstrip()), len(whole) - len(whole.rstrip())
    return Residue(start + lead, end - tail, kind.message, ((start, end),) if kind.removed else ())


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = text[max(0, start - _LONGEST) : start]
    after = _STOP.search(text, end, end + _LONGEST)
    begin = max(before.rfind(stop) for stop in "。！？\n") + 1
    return start - len(before) + begin, after.end() if after else min(end + _LONGEST, len(text))


def _fences(text: str, english: str) -> Iterator[Residue]:
    if "```" not in text and "~~~" not in text:
        return
    lines = [found.span() for found in _FENCE.finditer(text)]
    if lines and not _FENCE.search(english):
        lines = lines[:_MOST]
        yield Residue(*lines[0], SHELL, tuple((start, min(end + 1, len(text))) for start, end in lines))


def _objects(text: str) -> Iterator[Residue]:
    opens = _OBJECT.match(text)
    closes = _OBJECT_END.search(text, max(0, len(text) - 60)) if opens else None
    if opens and closes and closes.start() >= opens.end():
        yield Residue(0, opens.end(), SHELL, (opens.span(), closes.span()))


def _thought(text: str, english: str) -> Iterator[Residue]:
    """What was thought aloud, to its closing tag."""
    opens = _THOUGHT.search(text)
    if opens is None or opens[0].casefold() in english.casefold():
        return
    closing = f"</{opens[1]}>"
    closes = text.casefold().find(closing.casefold(), opens.end())
    if closes >= 0 and len(text.casefold()) == len(text):
        end = closes + len(closing)
        yield Residue(opens.start(), end, SHELL, ((opens.start(), end),))


def _tags(text: str, english: str) -> Iterator[Residue]:
    """Tags that open or close a line and that no sentence names, each pair once."""
    pairs: dict[str, list[re.Match[str]]] = {}
    for tag in islice(_TAG.finditer(text) if "<" in text else (), _MOST):
        pairs.setdefault((tag["open"] or tag["close"]).casefold(), []).append(tag)
    for name, pair in pairs.items():
        if name in _SHELLS and f"<{name}" not in english.casefold() and f"</{name}" not in english.casefold():
            shown = pair[0][0]
            start = pair[0].start() + len(shown) - len(shown.lstrip())
            yield Residue(start, start + len(shown.strip()), SHELL, tuple(tag.span() for tag in pair))
