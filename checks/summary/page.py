"""What a summary says, in order, as blocks: each form of it only draws them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checks.model import SEVERITIES, Language
from checks.quality.effort import Cost, Effort, Spent
from checks.quality.likeness import FALLING, NAMES
from checks.quality.markdown import share
from checks.registry import rules
from checks.summary.facts import DigestFacts, Facts, Work
from checks.summary.words import WORDS
from glossary.records import NamedTuple

MOST: Final = 12
"""How many rules, terms and entries are told."""
_LONGEST_REMARK: Final = 200
"""Characters that are told of a comment."""


class Heading(NamedTuple):
    """A title, of the page (1) or of a section (2)."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Plain text; ``lead`` stands out at its beginning."""

    text: str
    lead: str = ""


class Table(NamedTuple):
    """A table of plain text."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


class Bars(NamedTuple):
    """A value a digest, in order: what a picture shows and a text leaves to the table."""

    title: str
    labels: Sequence[str]
    values: Sequence[float]


Block = Heading | Paragraph | Table | Bars


class Remark(NamedTuple):
    """A comment of an editor that waits for somebody."""

    entry: str
    """Its key."""
    path: str
    by: str
    at: str
    """UTC, as RFC 3339 writes it."""
    text: str
    answers: int


def page(facts: Facts, lang: Language, remarks: Sequence[Remark] = ()) -> Iterator[Block]:
    """The whole page. A table without rows is left out by whoever draws it."""
    words = WORDS[lang]
    yield Heading(words["title"], 1)
    counts = words["counts"].format(
        digests=len(facts.digests), entries=facts.entries, words=facts.words, known=facts.known, density=facts.density
    )
    yield Paragraph(counts, f"{words[f'exit.{facts.exit_code}']} ({words['exit']} {facts.exit_code})")
    yield from (Paragraph(error) for error in facts.errors)
    yield Bars(words["trend"], _names(facts.digests), [digest.density for digest in facts.digests])
    yield Heading(words["rules"])
    yield _rules(facts, lang)
    yield Heading(words["terms"])
    yield from _terms(facts, lang)
    if facts.work is not None:
        yield Heading(words["work"])
        yield from _work(facts.work, lang)
    if remarks:
        yield Heading(words["remarks"])
        yield Table(
            (words["entry"], words["digest"], words["by"], words["at"], words["remark"], words["answers"]),
            [_remark(remark) for remark in remarks],
        )
    yield Heading(words["digests"])
    yield _digests(facts, lang)
    yield Paragraph(words["about"])


def _remark(remark: Remark) -> list[str]:
    text = " ".join(remark.text.split())
    short = text if len(text) <= _LONGEST_REMARK else f"{text[:_LONGEST_REMARK]}…"
    return [remark.entry, remark.path, remark.by, remark.at[:10], short, str(remark.answers)]


def _rules(facts: Facts, lang: Language) -> Table:
    words = WORDS[lang]
    about = {loaded.rule.code: getattr(loaded.rule.summary, lang) for loaded in rules()}
    total = sum(facts.by_code.values())
    rows = [(code, str(count), share(count / total), about.get(code, "")) for code, count in facts.by_code.items()]
    return Table((words["rule"], words["count"], words["share"], words["about-rule"]), rows[:MOST])


def _digests(facts: Facts, lang: Language) -> Table:
    words = WORDS[lang]
    head = [
        words["digest"],
        words["entries"],
        *(words[severity] for severity in reversed(SEVERITIES)),
        words["density"],
    ]
    if facts.work is not None:
        head += [words["score"], "TER ↓"]
    named = zip(_names(facts.digests), facts.digests, strict=True)
    return Table(head, [_digest(name, digest, facts.work is not None, lang) for name, digest in named])


def _names(digests: Sequence[DigestFacts]) -> list[str]:
    """The paths without the folder that all of them share."""
    paths = [digest.path for digest in digests]
    try:
        common = posixpath.commonpath(posixpath.dirname(path) for path in paths)
    except ValueError:
        # Some from the root, some from the working folder: nothing is shared.
        common = ""
    return [posixpath.relpath(path, common) for path in paths] if common else paths


def _digest(name: str, digest: DigestFacts, is_worked: bool, lang: Language) -> list[str]:
    counts = [str(digest.by_severity.get(severity, 0)) for severity in reversed(SEVERITIES)]
    row = [name, str(digest.entries), *counts, f"{digest.density:.1f}"]
    if is_worked:
        row += [_score(digest, lang), _figure(digest.effort, "TER")]
    return row


def _score(digest: DigestFacts, lang: Language) -> str:
    """The calibrated score of a digest and whether it passes; a dash where nothing was decided."""
    if digest.score is None:
        return "–"
    words = WORDS[lang]
    small = f" {words['small']}" if digest.score.small else ""
    return f"{digest.score.calibrated:.1f} {words['passes' if digest.score.passes else 'fails']}{small}"


def _figure(effort: Effort | None, name: str) -> str:
    """One measure of an effort; a dash where there is none."""
    found = [measure.score for measure in effort.measures if measure.name == name] if effort is not None else []
    return f"{found[0]:.1f}" if found else "–"


def _terms(facts: Facts, lang: Language) -> Iterator[Block]:
    words, tally = WORDS[lang], facts.terms
    yield Paragraph(
        words["terms-are"].format(
            success=share(tally.success),
            presence=share(tally.presence),
            micro=share(tally.micro),
            macro=share(tally.macro),
        )
    )
    missed = [term for term in tally.terms() if term.said > term.kept][:MOST]
    rows = [
        (
            term.source,
            str(term.said),
            str(term.kept),
            share(term.consistency),
            "、".join(f"{form} {count}" for form, count in term.forms[:4]),
        )
        for term in missed
    ]
    yield Table((words["term"], words["said"], words["kept"], words["consistency"], words["forms"]), rows)


def _work(work: Work, lang: Language) -> Iterator[Block]:
    words = WORDS[lang]
    yield Paragraph(
        words["work-is"].format(
            changed=work.total.changed,
            entries=work.total.entries,
            score=work.score.calibrated,
            errors=sum(work.score.errors.values()),
        )
    )
    rows = [
        (name, f"{measure.score:.1f}", measure.signature)
        for name, measure in zip(_named(), work.total.measures, strict=True)
    ]
    yield Table((words["measure"], words["value"], words["signature"]), rows)
    for title, efforts in ((words["month"], work.by_month), (words["translator"], work.by_translator)):
        yield Table((title, words["entries"], words["changed"], *_named()), _efforts(efforts))
    for title, costs in ((words["rule"], work.by_rule), (words["term"], work.by_term)):
        yield Table((title, words["decisions"], words["edits"]), _costs(costs))
    yield Table((words["dearest"], words["digest"], words["edits"], *_named()), _dearest(work.dearest))


def _named() -> list[str]:
    """The measures, each with the direction in which it is better."""
    return [f"{name} {'↓' if name in FALLING else '↑'}" for name in NAMES]


def _efforts(efforts: Mapping[str, Effort]) -> list[list[str]]:
    return [
        [name, str(effort.entries), str(effort.changed), *(_figure(effort, measure) for measure in NAMES)]
        for name, effort in sorted(efforts.items())
    ]


def _dearest(dearest: Sequence[Spent]) -> list[list[str]]:
    return [
        [
            f"{spent.version.title} ({spent.version.entry})",
            spent.version.path,
            str(spent.edits),
            *(f"{measure.score:.1f}" for measure in spent.measures),
        ]
        for spent in dearest[:MOST]
        if spent.edits
    ]


def _costs(costs: Sequence[Cost]) -> list[tuple[str, str, str]]:
    return [(cost.name, str(cost.decisions), str(cost.edits)) for cost in costs[:MOST]]
