"""What another glossary would change in the findings: only the entries it can matter to are checked again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from checks.gate import Gate
from checks.model import Digest, Entry, Finding, SourceText
from checks.scene import Corpus
from checks.text import LineIndex
from checks.verdict import FileReport
from glossary import Glossary, Matcher, Term
from glossary.records import NamedTuple


class Step(NamedTuple):
    """One file: its report before and after, the same where nothing in it can have changed."""

    before: FileReport
    after: FileReport
    entries: int
    """How many entries were checked again."""


class Placed(NamedTuple):
    """A finding with its place; line and column count from 1."""

    finding: Finding
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.finding.path}:{self.line}:{self.column}"


class Touch:
    """Whether an entry holds any form of some terms, in whatever case and on whichever side."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.sources = frozenset(term.source for term in terms)
        self._matcher = Matcher([_loose(term) for term in terms])

    def __call__(self, digest: Digest, entry: Entry, sources: Mapping[str, SourceText]) -> bool:
        """Whether the entry, or its English, holds one."""
        known = sources.get(entry.arxiv_id) if entry.arxiv_id is not None else None
        english = (known.title, known.abstract) if known is not None else ()
        texts = (digest.text[entry.span.start : entry.span.end], *english)
        return any(self._matcher.target(text).matches for text in texts)


def foresee(files: Iterable[FileReport], before: Gate, after: Gate, around: Corpus) -> Iterator[Step]:
    """Check files again by a gate whose glossary is another; a step a file, as it is done."""
    touches: dict[tuple[int, int], Touch] = {}
    for report in files:
        digest = report.digest
        pair = before.bench(digest.path).context.glossary, after.bench(digest.path).context.glossary
        number = id(pair[0]), id(pair[1])
        if number not in touches:
            touches[number] = Touch(changed_terms(*pair))
        keys = _touched(digest, touches[number], after) if touches[number].sources else frozenset()
        fresh = after.check_entries(report, keys, around) if keys else report
        yield Step(report, fresh, len(keys))


def changed_terms(before: Glossary, after: Glossary) -> list[Term]:
    """The terms of either that the other has not, or has otherwise; notes do not count."""
    one, other = ({term.cells(): term for term in glossary.terms} for glossary in (before, after))
    return [term for cells, term in (one | other).items() if cells not in one or cells not in other]


def difference(steps: Iterable[Step]) -> tuple[list[Placed], list[Placed]]:
    """The findings that come, and those that go."""
    added: list[Placed] = []
    removed: list[Placed] = []
    for step in steps:
        if step.before is not step.after:
            added += _without(step.after, step.before)
            removed += _without(step.before, step.after)
    return added, removed


def _without(report: FileReport, other: FileReport) -> list[Placed]:
    """The findings of a report that the other has not."""
    known = {finding.fingerprint for finding in other.findings}
    lines = LineIndex(report.digest.text)
    return [
        Placed(finding, *lines.place(finding.span.start))
        for finding in report.findings
        if finding.fingerprint not in known
    ]


def _touched(digest: Digest, touch: Touch, gate: Gate) -> frozenset[str]:
    """The keys of the entries that may be judged otherwise: by their words, or by a decision about such a term."""
    return frozenset(
        entry.key
        for entry in digest.entries
        if touch(digest, entry, gate.sources) or not touch.sources.isdisjoint(gate.decided_terms(entry.key))
    )


def _loose(term: Term) -> Term:
    """A term that matches wherever this one could mean anything to a rule: case never counts, nor does the role."""
    forms = (
        term.source, *term.variants, *term.abbr, *(f"{abbr}s" for abbr in term.abbr),
        *term.renderings, *term.forbidden, *term.suspect, *term.not_in,
    )  # fmt: skip
    return Term(term.source.lower(), term.preferred.lower(), variants=tuple(form.lower() for form in forms))
