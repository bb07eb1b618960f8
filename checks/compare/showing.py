"""A comparison for people, as Markdown, and for programs, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import orjson

from checks.compare.comparison import Comparison, Differing, Issues
from checks.model import SEVERITIES
from checks.quality.likeness import FALLING, Tested
from checks.quality.markdown import cell, share, table
from checks.quality.terms import Tally, TermCount

SURE: Final = 0.05
"""Below this chance a difference is taken for one."""
_MOST_TERMS: Final = 10


def markdown(found: Comparison, names: tuple[str, str], most: int) -> Iterator[str]:
    """The tables; ``most`` is how many of the papers that differ most are told."""
    yield f"# {cell(names[0])} — {cell(names[1])}"
    yield ""
    yield _papers(found)
    yield ""
    yield from _likeness(found, names)
    yield from _terms(found, names)
    yield from _issues(found, names)
    yield from _papers_apart(found.differing, names, most)


def document(found: Comparison, names: tuple[str, str], most: int) -> str:
    """One JSON object; shares are from 0 to 1."""
    record = {
        "sides": list(names),
        "papers": found.papers,
        "alone": list(found.alone),
        "words": found.words,
        "against_reference": [_tested(tested) for tested in found.tested],
        "second_against_first": [measure._asdict() for measure in found.alike],
        "terms": [_tally(tally) for tally in found.terms],
        "issues": [issues._asdict() for issues in found.issues],
        "differing": [paper._asdict() for paper in found.differing[:most]],
    }
    return orjson.dumps(record, option=orjson.OPT_INDENT_2).decode()


def _papers(found: Comparison) -> str:
    alone = [
        f"{count} only in the {side}" for count, side in zip(found.alone, ("first", "second"), strict=True) if count
    ]
    rest = f" ({', '.join(alone)}: left out)" if alone else ""
    return f"{found.papers} papers in both{rest}; {found.words:,} English words."


def _likeness(found: Comparison, names: tuple[str, str]) -> Iterator[str]:
    if found.tested:
        yield "## Against the reference"
        yield ""
        rows = [
            (
                f"{tested.name} {'↓' if tested.name in FALLING else '↑'}",
                f"{tested.first.score:.1f} ± {tested.first_interval:.1f}",
                f"{tested.second.score:.1f} ± {tested.second_interval:.1f}",
                _verdict(tested, names),
            )
            for tested in found.tested
        ]
        yield from table(("", *names, "paired bootstrap"), rows)
        yield ""
        yield from (f"`{tested.name} {tested.first.signature}`  " for tested in found.tested)
        yield ""
    yield "## How alike the two are"
    yield ""
    yield ", ".join(f"{measure.name} {measure.score:.1f}" for measure in found.alike) + "."
    yield ""


def _verdict(tested: Tested, names: tuple[str, str]) -> str:
    if tested.p is None:
        return "the same texts"
    if tested.p >= SURE:
        return f"no sure difference (p = {tested.p:.3f})"
    falls = tested.name in FALLING
    first = (tested.first.score < tested.second.score) == falls
    return f"{names[0] if first else names[1]} is better (p = {tested.p:.3f})"


def _terms(found: Comparison, names: tuple[str, str]) -> Iterator[str]:
    one, other = found.terms
    yield "## Terms"
    yield ""
    rows = [
        ("success ↑", share(one.success), share(other.success)),
        ("at least once ↑", share(one.presence), share(other.presence)),
        ("consistency, micro ↑", share(one.micro), share(other.micro)),
        ("consistency, macro ↑", share(one.macro), share(other.macro)),
    ]
    yield from table(("", *names), rows)
    yield ""
    apart = _terms_apart(one, other)
    if apart:
        yield from table(("term", "said", *(f"kept by {name}" for name in names), *names), apart)
        yield ""


def _terms_apart(one: Tally, other: Tally) -> list[tuple[str, ...]]:
    """The terms that one side keeps more often than the other, the largest difference first."""
    second = {term.source: term for term in other.terms()}
    pairs = [(term, second[term.source]) for term in one.terms() if term.source in second]
    pairs = [pair for pair in pairs if pair[0].kept != pair[1].kept]
    pairs.sort(key=lambda pair: (-abs(pair[0].kept - pair[1].kept), pair[0].source))
    return [
        (first.source, str(first.said), str(first.kept), str(then.kept), _forms(first), _forms(then))
        for first, then in pairs[:_MOST_TERMS]
    ]


def _forms(term: TermCount) -> str:
    return "、".join(f"{form} {count}" for form, count in term.forms[:3])


def _issues(found: Comparison, names: tuple[str, str]) -> Iterator[str]:
    one, other = found.issues
    yield "## Issues that the gate finds"
    yield ""
    rows = [
        (severity, *(str(side.by_severity.get(severity, 0)) for side in (one, other)))
        for severity in reversed(SEVERITIES)
    ]
    rows.append(("penalty points to 1,000 words", f"{one.density:.1f}", f"{other.density:.1f}"))
    yield from table(("", *names), rows)
    yield ""
    codes = sorted(one.by_code.keys() | other.by_code.keys(), key=lambda code: (-_gap(one, other, code), code))
    rows = [(code, str(one.by_code.get(code, 0)), str(other.by_code.get(code, 0))) for code in codes]
    yield from table(("rule", *names), [row for row in rows if row[1] != row[2]][:_MOST_TERMS])
    yield ""


def _gap(one: Issues, other: Issues, code: str) -> int:
    return abs(one.by_code.get(code, 0) - other.by_code.get(code, 0))


def _papers_apart(papers: Sequence[Differing], names: tuple[str, str], most: int) -> Iterator[str]:
    if not papers or not most:
        return
    yield "## The papers that differ most"
    yield ""
    for paper in papers[:most]:
        yield f"### {cell(paper.heading)}"
        yield ""
        yield f"{cell(paper.key)}, chrF {paper.likeness:.1f}"
        yield ""
        for name, text, codes in zip(names, paper.texts, paper.issues, strict=True):
            yield f"- **{cell(name)}** ({', '.join(codes) or 'no issue'}): {cell(text)}"
        yield ""


def _tested(tested: Tested) -> dict[str, object]:
    return {
        "name": tested.name,
        "scores": [tested.first.score, tested.second.score],
        "intervals": [tested.first_interval, tested.second_interval],
        "p": tested.p,
        "signature": tested.first.signature,
    }


def _tally(tally: Tally) -> dict[str, object]:
    return {
        "said": tally.said.total(),
        "success": tally.success,
        "presence": tally.presence,
        "consistency_micro": tally.micro,
        "consistency_macro": tally.macro,
        "by_term": [term._asdict() for term in tally.terms()],
    }
