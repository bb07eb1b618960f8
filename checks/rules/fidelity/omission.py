"""A sentence of the English abstract that the translation leaves out.

**What.** The sentences of the English are held against the Chinese in order, by numbers, names, terms, formulas,
addresses, common words and length. A sentence is reported where the odds are 30 to 1 that nothing in its neighbourhood
(the Chinese of the sentences before and after it, and what lies between) translates it; sentences missing side by side
are reported as one. Translators split, merge and sum up: a sentence whose gist is there is not missing, nor is one that
is freely translated, as its length and part of its words show.

Where most sentences are likelier missing than not, the English at hand is evidently that of another version, or the
Chinese a summary: that is said once, as info.

**Flagged.** *We train a parser. It runs on a phone with 2 GB of memory. Errors fall by 12%.* and only
我们训练了一个句法分析器，错误率下降了 12%。

**Clean.** Two sentences made one, or one made two · a sentence moved behind the next one · *This is a challenge.*
summed up in the next sentence · a summary put before the abstract · a clause left out of a long sentence · an abstract
that breaks off, which is FID009's

**Fix.** None: the sentence must be translated.

**Norm.** MQM *omission*. The threshold was chosen on 868 abstracts of published digests: it reports ten omissions in
them and two sentences that are there after all, melted into the next, and finds 94 of 100 sentences taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checks.alignment import Alignment
from checks.model import Related, Text
from checks.registry import Entries, Rule
from checks.rules.fidelity._ending import break_of
from checks.rules.fidelity._wording import shortened
from checks.scene import EntryScene, Hit, SegmentScene
from glossary.records import NamedTuple

RULE = Rule(
    code="FID003",
    name="omission",
    severity="warning",
    mqm="accuracy/omission",
    summary=Text("A sentence of the English is not in the translation", "译文漏译了原文的句子"),
    wake=Entries(english=True),
    needs_source=True,
)
_MISSING: Final = Text(
    "Nothing seems to translate this (unless the translation is of another version): {english}",
    "以下原文似乎漏译（除非译自论文的其他版本）：{english}",
)
_MOST: Final = Text(
    "{missing} of the {all} sentences of the English abstract seem to be missing: another version, or a summary?",
    "英文摘要共 {all} 句，其中 {missing} 句在译文中似乎没有对应内容：译自其他版本，或只是概要？",
)
_BEFORE: Final = Text("The sentence before it is translated here", "前一句的译文在此")
_AFTER: Final = Text("The sentence after it is translated here", "后一句的译文在此")

# Doubt (the logarithm of the odds) from which a sentence counts as missing. On the 868 abstracts of the corpus, with
# one Chinese sentence taken out of each:  doubt            2     3     4     5     6     8
#                                          found %        96.8  95.7  94.3  93.3  91.5  83.3
#                                          false alarms    10     6     5     4     1     0
#                                          real omissions  10    10    10     9     8     7
# With a lexicon counted over 2024 alone, the 354 abstracts of 2025 give 96.2% and one false alarm at 4.
# Without those that are freely translated, and with a few more synonyms in the lexicon, 3.5 tells the same omissions as
# 4, two false alarms, and one sentence in 150 more.
_DOUBT: Final = 3.5
_HALF: Final = 0.5
"""Shortfall of a sentence of which no more than a part can be there."""
_SUPPORT: Final = 5.0
"""What must speak for a sentence whose Chinese is long enough; 2 in 100 that a strange one stands in for have it."""


def check(scene: EntryScene) -> Iterator[Hit]:
    """Ask for each sentence whether it is there."""
    body, source, alignment = scene.segments.get("body"), scene.source, scene.alignment
    if body is None or source is None or alignment is None:
        return
    missing = _missing(scene, alignment)
    doubtful = sum(doubt.total > 0 for doubt in alignment.doubts) if missing else 0
    if 2 * doubtful > len(alignment.sentences):
        english = _english(source.abstract, alignment, Gap(missing[0], missing[0] + 1))
        everything = len(alignment.sentences)
        yield body.hit(0, len(body.text), _MOST, quote=english, severity="info", missing=doubtful, all=everything)
        return
    missing = [number for number in missing if not _is_free(alignment, number)]
    for gap in _gaps(alignment, missing):
        english = _english(source.abstract, alignment, gap)
        related = _neighbours(body, alignment, gap)
        # The quote is whole: what else is missing of the same sentence is no news.
        whole = source.abstract[alignment.sentences[gap.first].start : alignment.sentences[gap.end - 1].end].strip()
        yield body.hit(0, len(body.text), _MISSING, quote=whole, related=related, english=english)


def _is_free(alignment: Alignment, number: int) -> bool:
    """Whether a sentence is there in other words: it has Chinese of its own and of its length, which much speaks for.

    A free translation lacks many of the words that are expected one by one.
    """
    return alignment.shortfall(number) <= _HALF and alignment.support(number) > _SUPPORT


def _missing(scene: EntryScene, alignment: Alignment) -> list[int]:
    missing = alignment.missing(_DOUBT)
    if not missing or break_of(scene) is None:
        return missing
    # What should follow the place where the abstract breaks off is no news.
    end = len(alignment.sentences)
    while end and (end - 1 in missing or alignment.shortfall(end - 1) > _HALF):
        end -= 1
    return [number for number in missing if number < end]


class Gap(NamedTuple):
    """Sentences that are missing side by side, from the first up to the one behind the last."""

    first: int
    end: int


def _gaps(alignment: Alignment, missing: Sequence[int]) -> list[Gap]:
    """One gap where hardly anything of the sentences between two missing ones is there either."""
    gaps: list[Gap] = []
    for number in missing:
        if gaps and all(alignment.shortfall(n) > _HALF for n in range(gaps[-1].end, number)):
            gaps[-1] = gaps[-1]._replace(end=number + 1)
        else:
            gaps.append(Gap(number, number + 1))
    return gaps


def _english(abstract: str, alignment: Alignment, gap: Gap) -> str:
    return shortened(abstract[alignment.sentences[gap.first].start : alignment.sentences[gap.end - 1].end])


def _neighbours(body: SegmentScene, alignment: Alignment, gap: Gap) -> tuple[Related, ...]:
    """The Chinese between which they should stand."""
    found: list[Related] = []
    for neighbour, text in ((gap.first - 1, _BEFORE), (gap.end, _AFTER)):
        span = alignment.span(neighbour)
        if span is not None:
            found.append(body.related(*span, text))
    return tuple(found)
