"""Wakes → candidates → findings.

The engine looks for what wakes each rule, hands it the candidates, and makes findings of its hits.
A rule that raises is reported with the place and does not stop the others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from checks.errors import RuleCrashed, SourceError
from checks.identity import identified
from checks.instructions import has_suppression
from checks.model import Behind, Digest, Field, Finding, Severity, Span
from checks.registry import Chars, Entries, Files, Loaded, Pairs, Segments, Suppressions
from checks.scene import Context, EntryScene, FileScene, Hit
from checks.text import LineIndex
from checks.wakes import Conditions, Sleepers
from glossary.records import NamedTuple

if TYPE_CHECKING:
    from checks.recall import Recalling
    from checks.suppression import Suppression

PRECEDENCE: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("TRM001", ("TRM004", "TRM003", "TRM008")),
    ("TRM004", ("TRM003", "TRM008")),
    ("TRM003", ("TRM008",)),
    ("CHR006", ("TRM009", "TRM010")),
    ("TRM009", ("FID010", "TRM006", "TRM007")),
    ("DIG007", ("FID007",)),
    ("FID005", ("FMT007",)),
    ("FID008", ("FID004", "FID009", "CHR005", "FMT020")),
    ("CHR004", ("CHR001", "CHR002", "CHR003", "CHR005", "FMT001", "FMT002", "FMT006", "FMT009")),
    ("CHR003", ("DIG006",)),
    ("FMT016", ("FMT002", "FMT007")),
    ("FMT019", ("FMT017", "FMT005")),
    ("FMT020", ("FMT003", "FMT004", "FMT005", "FMT022")),
    ("FMT021", ("FMT001",)),
    ("FMT007", ("FMT002",)),
    ("FMT009", ("FMT008",)),
    ("FMT010", ("FMT006",)),
    ("FMT013", ("FMT006",)),
    ("FMT014", ("FMT006",)),
    ("FMT018", ("FMT017",)),
    ("FMT023", ("FMT006",)),
    ("CHR002", ("CHR001",)),
    ("FID004", ("TRM008",)),
    ("FID009", ("FMT015", "FMT005")),
)
"""One span, one story: the first code silences the others where their spans overlap."""

TERM_PRECEDENCE: Final = (("TRM001", "TRM002"), ("TRM004", "TRM002"), ("TRM008", "TRM002"))
"""The first code silences the second for the same term in the same field of an entry."""

ABSENCE_PRECEDENCE: Final = (("TRM009", "FID010"),)
"""The first code silences the second where both miss the same in a field: a name lost everywhere is told once."""

PART_PRECEDENCE: Final = ("FID003", ("FID001", "FID002", "FID005", "FID006", "TRM002", "TRM009"))
"""A sentence that is missing is one story: what these codes miss of its words is not said again."""


class Checked(NamedTuple):
    """Findings in the order of the file, and the rules that crashed."""

    findings: tuple[Finding, ...]
    crashes: tuple[RuleCrashed, ...]
    suppressed: tuple[tuple[Finding, Suppression], ...] = ()
    """What a comment silences."""


class Engine:
    """A set of rules, compiled; ``comments`` says whether what a digest's comments silence is set aside."""

    def __init__(
        self, rules: Sequence[Loaded], severities: dict[str, Severity] | None = None, *, comments: bool = True
    ) -> None:
        self.rules = tuple(rules)
        self.severities = severities or {}
        self._comments = comments
        by_field: dict[Field, list[Loaded]] = {}
        self._entries: list[tuple[Loaded, Conditions | None]] = []
        self._files: list[Loaded] = []
        self._suppressions: list[Loaded] = []
        for loaded in self.rules:
            wake = loaded.rule.wake
            if isinstance(wake, Pairs | Chars | Segments):
                for field in loaded.rule.fields:
                    by_field.setdefault(field, []).append(loaded)
            elif isinstance(wake, Entries):
                self._entries.append((loaded, Conditions(wake) if wake != Entries() else None))
            elif isinstance(wake, Files):
                self._files.append(loaded)
            elif isinstance(wake, Suppressions):
                self._suppressions.append(loaded)
        self._by_field = {field: Sleepers(sleeping) for field, sleeping in by_field.items()}

    def check(self, digest: Digest, context: Context, recalling: Recalling | None = None) -> Checked:
        """Run every rule on a digest; not on the entries that ``recalling`` knows."""
        if digest.behind is not None:
            return _told(self._of_units.check(digest.behind.digest, context), digest.behind)
        file = recalling.file if recalling is not None else FileScene(digest, context)
        crashes: list[RuleCrashed] = []
        found: list[Finding] = []
        for loaded in self._files:
            found.extend(self._guarded(loaded, file, None, (file,), crashes))
        # Not those of the file, which would be kept, with all that the rules have them work out.
        for entry in (EntryScene(file, each) for each in digest.entries):
            said = recalling.said(entry) if recalling is not None else None
            if said is None:
                said = self._one_story(self._check_entry(file, entry, crashes), digest.text)
                if recalling is not None and not crashes:
                    recalling.note(entry, said)
            found.extend(said)
        comments: Sequence[Suppression] = ()
        if self._comments and has_suppression(digest.text):
            from checks import suppress

            comments = suppress.read(digest)
            suppress.apply(comments, found)
            suppress.judge_use(comments, digest, [loaded.rule for loaded in self.rules], context.sources)
            file.suppressions = comments
            for loaded in self._suppressions:
                found.extend(self._guarded(loaded, file, None, (file,), crashes))
        found.sort(key=_order)
        # What is silenced is counted with the rest, so that a comment changes nobody's identity.
        kept: Sequence[Finding] = identified(found, digest)
        silenced: Sequence[tuple[Finding, Suppression]] = ()
        if comments:
            kept, silenced = suppress.apply(comments, kept)
        if recalling is not None:
            recalling.done()
        return Checked(tuple(kept), tuple(crashes), tuple(silenced))

    @cached_property
    def _of_units(self) -> Engine:
        """The rules that can judge a pair of a bilingual file by itself."""
        from checks.bilingual.targets import UNASKED

        asked = [
            loaded
            for loaded in self.rules
            if not loaded.rule.code.startswith(UNASKED) and not isinstance(loaded.rule.wake, Files | Suppressions)
        ]
        return Engine(asked, self.severities, comments=False)

    def _check_entry(self, file: FileScene, entry: EntryScene, crashes: list[RuleCrashed]) -> Iterator[Finding]:
        for field, scene in entry.segments.items():
            if field not in self._by_field:
                continue
            for loaded, places in self._by_field[field].woken(scene.masked):
                for at in places:
                    yield from self._guarded(loaded, file, entry, (scene, at), crashes)
        for loaded, conditions in self._entries:
            if conditions is None or conditions.are_met(entry):
                yield from self._guarded(loaded, file, entry, (entry,), crashes)

    def _guarded(
        self,
        loaded: Loaded,
        file: FileScene,
        entry: EntryScene | None,
        args: tuple[object, ...],
        crashes: list[RuleCrashed],
    ) -> list[Finding]:
        key = entry.entry.key if entry is not None else None
        try:
            return [self._finding(loaded, file, key, hit) for hit in loaded.check(*args)]
        except SourceError:
            # English that is read when a rule asks for it and is there no more: not the rule's fault.
            raise
        except Exception as error:
            start = entry.entry.span.start if entry is not None else 0
            line, _ = LineIndex(file.text).place(start)
            whom = f" to the authors of {loaded.plugin}" if loaded.plugin is not None else ""
            crashes.append(
                RuleCrashed(
                    file.digest.path,
                    line,
                    f"rule {loaded.rule.code} crashed here ({type(error).__name__}: {error}); "
                    f"please report it{whom}; --ignore {loaded.rule.code} goes on without it",
                )
            )
            return []

    def _finding(self, loaded: Loaded, file: FileScene, key: str | None, hit: Hit) -> Finding:
        rule = loaded.rule
        severity = self.severities.get(rule.code) or hit.severity or rule.severity
        quote = hit.quote if hit.quote is not None else file.text[hit.span.start : hit.span.end]
        return Finding(
            code=rule.code,
            name=rule.name,
            severity=severity,
            mqm=rule.mqm,
            path=file.digest.path,
            entry=key,
            field=hit.field,
            span=hit.span,
            quote=quote,
            message=hit.message,
            term=hit.term,
            fixes=hit.fixes,
            related=hit.related,
        )

    @staticmethod
    def _one_story(found: Iterable[Finding], text: str) -> list[Finding]:
        findings = list(found)
        present = {finding.code for finding in findings}
        silenced: set[int] = set()
        for winner, losers in PRECEDENCE:
            if winner in present and not present.isdisjoint(losers):
                is_told = _meeting(
                    finding.span
                    for number, finding in enumerate(findings)
                    # What is absent is reported at the whole field, and silences nothing that stands there.
                    if finding.code == winner and number not in silenced and finding.stands_in(text)
                )
                silenced.update(
                    number
                    for number, finding in enumerate(findings)
                    if finding.code in losers and is_told(finding.span)
                )
        for winner, loser in TERM_PRECEDENCE:
            silenced |= _said_too(findings, winner, loser, lambda finding: (finding.term, finding.field))
        for winner, loser in ABSENCE_PRECEDENCE:
            silenced |= _said_too(
                findings, winner, loser, lambda finding: (finding.quote, finding.field, finding.stands_in(text))
            )
        winner, losers = PART_PRECEDENCE
        if winner in present:
            missing = [(finding.field, finding.quote) for finding in findings if finding.code == winner]
            silenced.update(
                number
                for number, finding in enumerate(findings)
                if finding.code in losers
                and not finding.stands_in(text)
                and any(field == finding.field and finding.quote in sentence for field, sentence in missing)
            )
        return [finding for number, finding in enumerate(findings) if number not in silenced]


def _said_too(findings: Sequence[Finding], winner: str, loser: str, about: Callable[[Finding], object]) -> set[int]:
    """The numbers of the findings of the second code that are about the same as one of the first."""
    told = {about(finding) for finding in findings if finding.code == winner}
    return {number for number, finding in enumerate(findings) if finding.code == loser and about(finding) in told}


def _meeting(spans: Iterable[Span]) -> Callable[[Span], bool]:
    """What tells whether a span meets one of these, without asking each: there may be thousands."""
    ordered = sorted(spans)
    starts = [span.start for span in ordered]
    ends = list(accumulate((span.end for span in ordered), max))

    def meets(span: Span) -> bool:
        # Of those that begin before its end, the one that reaches farthest tells.
        before = bisect_left(starts, span.end)
        return before > 0 and ends[before - 1] > span.start

    return meets


def _told(checked: Checked, behind: Behind) -> Checked:
    """What was found in the text behind a file, told of the file."""
    found = (behind.finding(finding) for finding in checked.findings)
    crashes = tuple(RuleCrashed(each.path, behind.line(each.line or 1), each.message) for each in checked.crashes)
    return Checked(tuple(each for each in found if each is not None), crashes)


def _order(finding: Finding) -> tuple[int, int, str]:
    return finding.span.start, finding.span.end, finding.code
