"""What is compared, and how it comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from checks.compare.counting import Pair, counts
from checks.compare.pairing import Pairs, Side, scenes
from checks.gate import Gate
from checks.model import Finding, Severity
from checks.quality import mqm, volume
from checks.quality.likeness import NAMES, Counts, Measure, Tested, chinese, one_by_one, summed, test
from checks.quality.terms import Tally, tally
from glossary.records import NamedTuple


class Issues(NamedTuple):
    """What the gate finds in one side, in the entries that are compared."""

    by_severity: Mapping[Severity, int]
    by_code: Mapping[str, int]
    density: float
    """Penalty points of these issues to a thousand English words, were each of them an error."""


class Differing(NamedTuple):
    """One paper, and how alike its two translations are."""

    key: str
    heading: str
    likeness: float
    """chrF, of 100."""
    texts: tuple[str, str]
    issues: tuple[tuple[str, ...], tuple[str, ...]]
    """The codes that the gate finds in each."""


class Comparison(NamedTuple):
    """Two translations of the same papers."""

    papers: int
    alone: tuple[int, int]
    words: int
    tested: Sequence[Tested]
    """Against the reference; empty without one."""
    alike: Sequence[Measure]
    """The second side against the first; TER is left out, as it is not the same both ways."""
    terms: tuple[Tally, Tally]
    issues: tuple[Issues, Issues]
    differing: Sequence[Differing]
    """The least alike first; equal ones are left out."""


def compare(gate: Gate, pairs: Pairs) -> Comparison:
    """Compare two sides."""
    keys = pairs.keys
    sides = (pairs.first, pairs.second)
    texts = [[chinese(side.entries[key]) for key in keys] for side in sides]
    tested, alike = _likeness(gate, pairs, texts)
    words = volume.words((pairs.first.entries[key] for key in keys), gate.sources)
    found = [_findings(side, keys) for side in sides]
    one, other = (_issues([each for key in keys for each in by_key[key]], words, gate.settings.mqm) for by_key in found)
    return Comparison(
        papers=len(keys),
        alone=pairs.alone,
        words=words,
        tested=tested,
        alike=summed(alike),
        terms=(tally(scenes(gate, pairs.first, keys)), tally(scenes(gate, pairs.second, keys))),
        issues=(one, other),
        differing=_differing(pairs, texts, found, one_by_one(alike)),
    )


def _likeness(gate: Gate, pairs: Pairs, texts: Sequence[Sequence[str]]) -> tuple[Sequence[Tested], Sequence[Counts]]:
    """How the sides do against the reference, if there is one, and the counts of the second against the first."""
    right = [chinese(pairs.reference.entries[key]) for key in pairs.keys] if pairs.reference is not None else []
    asked = [[Pair(text, other, NAMES) for text, other in zip(side, right, strict=True)] for side in texts if right]
    asked.append([Pair(text, other, ("chrF2", "BLEU")) for text, other in zip(texts[1], texts[0], strict=True)])
    known = counts(chain.from_iterable(asked), gate)
    *against, alike = ([known[pair] for pair in side] for side in asked)
    return (test(*against, same=texts[0] == texts[1]) if against else ()), alike


def _findings(side: Side, keys: Sequence[str]) -> dict[str, list[Finding]]:
    """The findings of each compared entry: of copies of a paper, those of the one that is compared."""
    found: dict[str, list[Finding]] = {key: [] for key in keys}
    for file in side.report.files:
        for finding in file.findings:
            entry = side.entries.get(finding.entry or "")
            if entry is None or entry.key not in found or side.paths[entry.key] != file.path:
                continue
            if entry.span.start <= finding.span.start < entry.span.end:
                found[entry.key].append(finding)
    return found


def _issues(findings: Sequence[Finding], words: int, model: mqm.Model) -> Issues:
    codes = Counter(finding.code for finding in findings)
    density = mqm.score(codes.elements(), words, model).density
    return Issues(Counter(finding.severity for finding in findings), dict(codes.most_common()), density)


def _differing(
    pairs: Pairs,
    texts: Sequence[Sequence[str]],
    found: Sequence[Mapping[str, Sequence[Finding]]],
    likenesses: Sequence[float],
) -> list[Differing]:
    result = []
    for key, one, other, likeness in zip(pairs.keys, *texts, likenesses, strict=True):
        if one != other:
            codes = [tuple(finding.code for finding in by_key[key]) for by_key in found]
            heading = pairs.first.entries[key].heading.text
            result.append(Differing(key, heading, likeness, (one, other), (codes[0], codes[1])))
    return sorted(result, key=lambda paper: (paper.likeness, paper.key))
