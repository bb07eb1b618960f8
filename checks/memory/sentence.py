"""The sentences of a digest, each with its English where that is sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from checks.lengths import chinese_lengths, english_lengths, ratio
from checks.model import Digest, Entry, Segment, SourceText, Span
from checks.sentences import chinese_sentences, english_sentences
from checks.text import has_han, mask
from glossary.records import NamedTuple

_ODD: Final = 0.5
"""Where the logarithm of the ratio of two lengths is larger, the two hardly translate each other: three standard
deviations of a sentence."""
_SHORTEST: Final = 8
"""Characters of a sentence, folded, that says enough to be found again."""
_HIDDEN = re.compile("([\ufdd0-\ufdef])\\1+")
_SPACES = re.compile(r"\s+")


class Side(NamedTuple):
    """A sentence in one language: as it stands, and with what no rule may touch hidden."""

    text: str
    masked: str

    @property
    def folded(self) -> str:
        """What is compared: no case, no line breaks, and one character for an address or a formula."""
        return _SPACES.sub(" ", _HIDDEN.sub(r"\1", self.masked)).casefold()


class Sentence:
    """One sentence of a translation. ``span`` is that of its Chinese in the file; ``english`` is None where unsure."""

    def __init__(self, path: str, entry: str, span: Span, chinese: Side, english: Side | None) -> None:
        self.path = path
        self.entry = entry
        self.span = span
        self.chinese = chinese
        self.english = english

    @cached_property
    def folded(self) -> tuple[str | None, str]:
        """English and Chinese as they are compared."""
        return (self.english.folded if self.english is not None else None), self.chinese.folded

    def at(self, path: str) -> Sentence:
        """The same sentence under another name of its file."""
        return Sentence(path, self.entry, self.span, self.chinese, self.english)


def sentences_of(digest: Digest, sources: Mapping[str, SourceText]) -> list[Sentence]:
    """The sentences of the abstracts of a digest that are long enough to be found again."""
    return [sentence for entry in digest.entries for sentence in of_entry(digest.path, entry, sources)]


def of_entry(path: str, entry: Entry, sources: Mapping[str, SourceText]) -> Iterator[Sentence]:
    """The sentences of one abstract that are long enough."""
    body = entry.body
    if body is None or not has_han(body.masked):
        return
    spans = chinese_sentences(body.masked)
    source = sources.get(entry.arxiv_id) if entry.arxiv_id else None
    english = _english(source.abstract, body, spans) if source is not None else None
    for number, (start, end) in enumerate(spans):
        here = Span(body.span.start + start, body.span.start + end)
        chinese = _side(body.text, body.masked, Span(start, end))
        if len(chinese.folded) >= _SHORTEST:
            yield Sentence(path, entry.key, here, chinese, english[number] if english is not None else None)


def _english(abstract: str, body: Segment, spans: Sequence[Span]) -> Sequence[Side] | None:
    """The English sentences of the Chinese ones.

    None unless there are as many, each about as long as its translation: then nothing was split, merged or moved.
    """
    masked = mask(abstract)
    found = english_sentences(masked)
    if len(found) != len(spans):
        return None
    lengths = zip(english_lengths(masked, found), chinese_lengths(body.masked, spans), strict=True)
    if any(abs(ratio(*pair)) > _ODD for pair in lengths):
        return None
    return [_side(abstract, masked, span) for span in found]


def _side(text: str, masked: str, span: Span) -> Side:
    raw = text[span.start : span.end]
    end = span.start + len(raw.rstrip())
    return Side(text[span.start : end], masked[span.start : end])
