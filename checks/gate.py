"""What is checked against what, and the verdict.

The command line and the review app both ask :class:`Gate`, so that they agree on every finding.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from checks import corpus, dismissals, sources
from checks.digest import parse
from checks.dismissals import Dismissal
from checks.engine import Engine
from checks.errors import InputError, SettingsError
from checks.files import below, read_text
from checks.fixing import Fixed, fix_text
from checks.identity import match
from checks.model import SEVERITIES, Digest, Finding, Safety, Severity
from checks.registry import chosen, rules
from checks.scene import Context, Corpus, Style
from checks.settings import Settings
from glossary import Glossary, load_layers, shipped

VERSION: Final = "0.1.0"


@dataclass(frozen=True, slots=True)
class FileReport:
    """One digest and what is to say of it; ``dismissed`` are findings an editor has answered."""

    digest: Digest
    findings: tuple[Finding, ...]
    dismissed: tuple[tuple[Finding, Dismissal], ...] = ()
    unmatched: tuple[Dismissal, ...] = ()
    """Dismissals of this file's entries that match nothing any more: what they spoke of is open again."""
    errors: tuple[InputError, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The whole run."""

    files: tuple[FileReport, ...]
    errors: tuple[InputError, ...]
    fail_on: Severity
    rules: tuple[str, ...]
    glossary: str
    """The glossary's hash."""
    mended: int = 0
    """How many findings ``--fix`` has mended before these."""

    @property
    def findings(self) -> Iterator[Finding]:
        """The open findings, file by file."""
        for file in self.files:
            yield from file.findings

    @property
    def unmatched(self) -> tuple[Dismissal, ...]:
        """Dismissals that no checked file needs any more, though their entries were checked."""
        used = {record.id for file in self.files for _, record in file.dismissed}
        left = {record.id: record for file in self.files for record in file.unmatched if record.id not in used}
        return tuple(left.values())

    @property
    def exit_code(self) -> int:
        """2: it could not judge something; 1: a finding at or above ``fail_on``; 0: clean."""
        if self.errors:
            return 2
        worst = SEVERITIES.index(self.fail_on)
        return int(any(SEVERITIES.index(finding.severity) >= worst for finding in self.findings))

    def summary(self) -> dict[str, object]:
        """The record of the run, as in the JSON contract."""
        by_code = Counter(finding.code for finding in self.findings)
        by_severity = Counter(finding.severity for finding in self.findings)
        return {
            "files": len(self.files),
            "entries": sum(len(file.digest.entries) for file in self.files),
            "findings": by_code.total(),
            "suppressed": 0,
            "dismissed": sum(len(file.dismissed) for file in self.files),
            "baselined": 0,
            "by_code": dict(sorted(by_code.items())),
            "by_severity": {severity: by_severity.get(severity, 0) for severity in reversed(SEVERITIES)},
            "errors": [{"path": error.path, "line": error.line, "message": error.message} for error in self.errors],
            "glossary": self.glossary,
            "rules": list(self.rules),
            "version": VERSION,
        }


def expand(paths: Sequence[Path], allow_empty: bool = False) -> tuple[list[Path], list[InputError]]:
    """The digests that these paths name, and what is wrong with the others.

    A folder stands for the Markdown files below it, hidden ones left out; whatever else is named is
    taken for a file, and reading it tells whether it is one. Each file once, in the order given,
    folders sorted. A folder that cannot be listed is an error, and one without Markdown too unless
    that is allowed.
    """
    files: dict[str, Path] = {}
    errors: list[InputError] = []

    def unlisted(error: OSError) -> None:
        reason = f"this folder cannot be listed ({error.strerror or error}); check its permissions"
        errors.append(InputError(str(error.filename), None, reason))

    for path in paths:
        found = [path]
        if os.path.isdir(path):  # noqa: PTH112 — Path.is_dir() raises where a name is too long
            before = len(errors)
            found = sorted(below(path, unlisted))
            if not found and not allow_empty and len(errors) == before:
                reason = "no Markdown file (*.md) in this folder; check the path, or pass --allow-empty"
                errors.append(InputError(str(path), None, reason))
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    return list(files.values()), errors


class Gate:
    """Settings, glossary, sources and decisions, loaded once.

    Raises :class:`InputError` where one of them cannot be used.
    """

    def __init__(self, settings: Settings, today: date | None = None) -> None:
        self.settings = settings
        self.today = today or date.today()  # noqa: DTZ011 — an expiry is a day of the editor's calendar
        self.glossary: Glossary = load_layers([shipped(), list(settings.glossary), list(settings.extra_glossary)])
        self.sources = sources.load(settings.sources)
        self.rules = chosen(settings.select, settings.ignore)
        if not self.rules:
            raise SettingsError("--select, --ignore", None, "together leave no rule, so nothing would be checked")
        self.engine = Engine(self.rules, dict(settings.severity))
        self.revisions = {loaded.rule.code: loaded.rule.revision for loaded in rules()}
        style = Style(known_abbreviations=frozenset(settings.known_abbreviations))
        self.context = Context(self.glossary, self.sources, style)
        self.reload_dismissals()

    def reload_dismissals(self) -> None:
        """Read the decisions again, as another editor may have written some."""
        self._dismissals: dict[str | None, list[Dismissal]] = {}
        for record in dismissals.load(self.settings.review_dir):
            if record.holds(self.revisions, self._term_hashes(record), self.today):
                self._dismissals.setdefault(record.key.entry, []).append(record)

    def _term_hashes(self, record: Dismissal) -> Mapping[str, str]:
        term = self.glossary.get(record.key.term) if record.key.term is not None else None
        return {term.source: term.cells_hash()} if term is not None else {}

    def term_hash(self, finding: Finding) -> str | None:
        """The hash of a finding's term, for its dismissal."""
        term = self.glossary.get(finding.term) if finding.term is not None else None
        return term.cells_hash() if term is not None else None

    def check(
        self,
        paths: Sequence[Path],
        *,
        allow_empty: bool = False,
        progress: Callable[[Sequence[Digest]], Iterable[Digest]] = lambda digests: digests,
    ) -> Report:
        """Check the digests that these paths name. Never raises for what is wrong with one of them."""
        names, errors = expand(paths, allow_empty)
        digests: list[Digest] = []
        for name in names:
            try:
                digests.append(parse(read_text(name), name.as_posix()))
            except InputError as error:
                errors.append(error)
        around = self.corpus(digests)
        files = [self.check_digest(digest, around) for digest in progress(digests)]
        errors.extend(error for file in files for error in file.errors)
        return self.report(files, errors)

    def report(self, files: Sequence[FileReport], errors: Sequence[InputError], mended: int = 0) -> Report:
        """A run's report from its parts."""
        codes = tuple(loaded.rule.code for loaded in self.rules)
        return Report(tuple(files), tuple(errors), self.settings.fail_on, codes, self.glossary.digest, mended)

    def check_text(self, text: str, path: str) -> FileReport:
        """Check a text as if it stood at ``path``."""
        digest = parse(text, path)
        return self.check_digest(digest, self.corpus([digest]))

    def corpus(self, digests: Sequence[Digest]) -> Corpus:
        """These digests and, where one of them is a part of it, the stored corpus."""
        return corpus.around(digests, self.settings.digests)

    def check_digest(self, digest: Digest, around: Corpus) -> FileReport:
        """Check one parsed digest and set aside what editors have dismissed."""
        checked = self.engine.check(digest, replace(self.context, corpus=around))
        keys = {entry.key for entry in digest.entries}
        known = [record for key in (*sorted(keys), None) for record in self._dismissals.get(key, ())]
        decided, unmatched = match(known, checked.findings)
        ran = {loaded.rule.code for loaded in self.rules}
        # A rule that crashes at one entry is likely to crash at many: the first place of each kind is enough.
        crashes: dict[str, InputError] = {}
        for error in checked.crashes:
            crashes.setdefault(error.message, error)
        return FileReport(
            digest=digest,
            findings=tuple(finding for number, finding in enumerate(checked.findings) if number not in decided),
            dismissed=tuple((checked.findings[number], decided[number]) for number in sorted(decided)),
            unmatched=tuple(record for record in unmatched if record.key.entry is not None and record.key.code in ran),
            errors=tuple(crashes.values()),
        )

    def fix(
        self,
        digest: Digest,
        safeties: tuple[Safety, ...],
        around: Corpus | None = None,
    ) -> Fixed:
        """Apply fixes to a digest until none of these safeties is left; dismissed findings are let alone.

        ``around`` saves reading the corpus again. Raises :class:`InputError` where a rule crashes
        on the way: what it would have said is unknown.
        """
        known = self.corpus([digest]) if around is None else around

        def check(text: str) -> Sequence[Finding]:
            file = self.check_digest(parse(text, digest.path), known)
            if file.errors:
                raise file.errors[0]
            return file.findings

        return fix_text(digest.text, check, safeties)
