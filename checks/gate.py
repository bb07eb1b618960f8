"""What is checked against what.

The command line and the review app both ask :class:`Gate`, so that they agree on every finding.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from checks import corpus, sources
from checks.bilingual import parse
from checks.engine import Checked, Engine
from checks.errors import InputError, SettingsError
from checks.expansion import expand
from checks.identity import match
from checks.instructions import has_suppression
from checks.model import Digest, Entry, Finding, Safety
from checks.registry import Loaded, chosen, rules
from checks.scene import Context, Corpus
from checks.settings import Different, Settings, governing
from checks.survey import Survey, survey
from checks.verdict import FileReport, Report
from glossary import Glossary, automaton, kept, load_layers, shipped
from glossary.files import NOTHING, Instead
from glossary.records import NamedTuple
from glossary.remote import Place, Remote, place

if TYPE_CHECKING:
    from datetime import date

    from checks.cache import Cache
    from checks.cluster import Address
    from checks.decisions import Decision
    from checks.dismissals import Dismissal
    from checks.fixing import Fixed
    from checks.recall import Recall

    D = TypeVar("D", bound=Decision)

Progress = Callable[[Iterable[str], int], Iterable[str]]
"""Gets the paths of the digests as they are done, and how many there will be, and hands them on."""


class _Bench(NamedTuple):
    tables: tuple[Different, ...]
    """What the settings say of its digests alone."""
    rules: tuple[Loaded, ...]
    engine: Engine
    context: Context


class Bench(_Bench):
    """What a digest is checked with."""

    @cached_property
    def shared(self) -> bytes:
        """A hash of what it brings to a finding, for the cache."""
        from checks.provenance import shared

        return shared(self.rules, self.engine.severities, self.context)


class Gate:
    """Settings, glossary, sources and decisions, loaded once.

    ``glossary`` stands in for the one that the settings name. ``jobs`` is how many processes share the work of
    :meth:`check`, 0 as many as pay; ``cluster`` is the address of other machines that do it, see
    :mod:`checks.cluster`. The report is the same for any of these, and with any ``cache``. Raises
    :class:`InputError` where something cannot be used.
    """

    def __init__(
        self,
        settings: Settings,
        today: date | None = None,
        glossary: Glossary | None = None,
        *,
        jobs: int = 1,
        cluster: Address | None = None,
        cache: Cache | None = None,
    ) -> None:
        automaton.library()
        self.settings = settings
        self.jobs = jobs
        self.cluster = cluster
        self.cache = cache
        if today is not None:
            self.today = today
        self._given = glossary
        self.glossary: Glossary = glossary or kept.load([shipped(), *settings.layers])
        self.sources = sources.load(settings.sources)
        self.revisions = {loaded.rule.code: loaded.rule.revision for loaded in rules()}
        self._benches: dict[tuple[str, ...], Bench] = {(): self._bench(())}
        own = self._benches[()]
        self.rules, self.engine, self.context = own.rules, own.engine, own.context
        self.reload_decisions()

    @cached_property
    def today(self) -> date:
        """The day that tells which decisions have expired: that of the first question."""
        from datetime import date

        return date.today()  # noqa: DTZ011 — an expiry is a day of the editor's calendar

    def bench(self, path: str) -> Bench:
        """What the digest at a path is checked with, by the settings for that path."""
        tables = self.settings.tables(place(path))
        key = tuple(table.pattern for table in tables)
        if key not in self._benches:
            self._benches[key] = self._bench(tables)
        return self._benches[key]

    def reload_glossary(self, instead: Instead = NOTHING) -> None:
        """Read the glossary again, with other terms in place of those of some files where that is only tried.

        Raises :class:`InputError` for one that cannot be used; then the one before stays.
        """
        if self._given is not None:
            return
        glossary = load_layers([shipped(), *self.settings.layers], instead)
        benches: dict[tuple[str, ...], Bench] = {}
        for key, bench in self._benches.items():
            own, layers = glossary, self.settings.with_tables(bench.tables).layers
            if layers != self.settings.layers:
                own = load_layers([shipped(), *layers], instead)
            benches[key] = bench._replace(context=bench.context._replace(glossary=own))
        self.glossary, self._benches = glossary, benches
        self.context = benches[()].context

    def reload_sources(self) -> None:
        """Read the English again. Raises :class:`InputError` where it cannot be used; then the one before stays."""
        found = sources.load(self.settings.sources)
        self._benches = {
            key: bench._replace(context=bench.context._replace(sources=found)) for key, bench in self._benches.items()
        }
        self.sources, self.context = found, self._benches[()].context

    def _bench(self, tables: tuple[Different, ...]) -> Bench:
        settings = self.settings.with_tables(tables)
        chosen_rules = chosen(settings.select, settings.ignore)
        if not chosen_rules:
            raise SettingsError("--select, --ignore", None, "together leave no rule, so nothing would be checked")
        glossary = self.glossary
        if self._given is None and settings.layers != self.settings.layers:
            glossary = kept.load([shipped(), *settings.layers])
        context = Context(glossary, self.sources, settings.chosen_style)
        return Bench(tables, chosen_rules, Engine(chosen_rules, dict(settings.severity)), context)

    def become(self, other: Gate) -> None:
        """Go by what another gate goes by: for whoever holds this one while the settings change."""
        vars(self).update(vars(other))

    def reload_decisions(self) -> None:
        """Read dismissals and baseline again, as another editor may have written some."""
        dismissed: Iterable[Dismissal] = ()
        owed: Iterable[Decision] = ()
        review_dir, debt = self.settings.review_dir, self.settings.baseline_file
        # Late: many a project has no decisions yet.
        if review_dir is not None and os.path.isdir(review_dir):  # noqa: PTH112 — Path.is_dir() raises where a name is too long
            from checks import dismissals

            dismissed = dismissals.load(review_dir)
        elif review_dir is not None and os.path.lexists(review_dir):
            reason = "is no folder; name the one of the decisions with --review-dir, or review-dir in the settings"
            raise SettingsError(str(review_dir), None, reason)
        if debt is not None and os.path.lexists(debt):
            from checks import baseline

            owed = baseline.load(debt)
        # Only now: where one of them cannot be read, what was read before holds.
        self._dismissals, self._baseline = _by_entry(dismissed), _by_entry(owed)

    def dismissals_of(self, entry: str | None) -> Sequence[Dismissal]:
        """The dismissals that have not been revoked, of an entry; of whole files, for None."""
        return tuple(self._dismissals.get(entry, ()))

    def term_hash(self, finding: Finding) -> str | None:
        """The hash of a finding's term, for its dismissal."""
        return _term_hashes(self.bench(finding.path).context.glossary, finding.term).get(finding.term or "")

    def check(
        self,
        paths: Sequence[Place],
        *,
        allow_empty: bool = False,
        progress: Progress = lambda done, count: done,
    ) -> Report:
        """Check the digests that these paths name. Never raises for what is wrong with one of them.

        ``progress`` sees the path of each digest as it is done.
        """
        from checks.running import run

        wanted = [path for path in paths if isinstance(path, Remote) or not self.settings.passes_over(path)]
        names, errors = expand(wanted, allow_empty, self.settings.excludes, self.settings.includes)
        errors.extend(self.strangers(names))
        files, unread = run(self, names, progress)
        errors.extend(unread)
        errors.extend(error for tally in files.tallies for error in tally.errors)
        return self.report(files, errors)

    def strangers(self, names: Sequence[Place]) -> list[InputError]:
        """An error for the first file of each folder that another settings file governs."""
        if not self.settings.searched:
            return []
        errors: list[InputError] = []
        local = [name for name in names if isinstance(name, Path)]
        for folder, name in {name.parent: name for name in reversed(local)}.items():
            nearest = governing(folder)
            if _same(nearest, self.settings.file):
                continue
            here = f"the settings of {nearest} hold here" if nearest else "no settings hold here"
            read = f"those of {self.settings.file}" if self.settings.file else "none"
            remedy = 'check it in a run of its own, use [paths."…"] tables of one file, or name that with --config'
            errors.append(InputError(str(name), None, f"{here}, and this run has read {read}; {remedy}"))
        return errors

    def report(self, files: Sequence[FileReport], errors: Sequence[InputError], mended: int = 0) -> Report:
        """A run's report from its parts."""
        codes = tuple(loaded.rule.code for loaded in self.rules)
        settings = self.settings
        return Report(files, tuple(errors), settings.fail_on, codes, self.glossary.digest, mended, settings.strict)

    def check_text(self, text: str, path: str) -> FileReport:
        """Check a text as if it stood at ``path``."""
        digest = parse(text, path)
        return self.check_digest(digest, self.corpus([survey(digest)]))

    def corpus(self, surveys: Sequence[Survey]) -> Corpus:
        """These digests and, where one of them is a part of it, the stored corpus."""
        return corpus.around(surveys, self.settings.digests)

    def check_digest(
        self, digest: Digest, around: Corpus, recall: Recall | None = None, *, keep: bool = True
    ) -> FileReport:
        """Check one parsed digest and set aside what has been decided: first by editors, then by the baseline.

        ``recall`` is what was said of the same file before; with ``keep`` it remembers this check instead.
        """
        bench = self.bench(digest.path)
        context = bench.context._replace(corpus=around)
        # What a rule from elsewhere looks at, nobody knows: it is asked of every entry again.
        recalling = None
        if recall is not None and all(loaded.plugin is None for loaded in bench.rules):
            # Late: only what lives longer than one run remembers.
            from checks.recall import Recalling

            recalling = Recalling(recall, bench.engine, digest, context, keep=keep)
        return self._judged(digest, bench.engine.check(digest, context, recalling))

    def check_entries(self, before: FileReport, keys: Collection[str], around: Corpus) -> FileReport:
        """The report on a digest that has not changed, where only what is said of these entries can have."""
        # Late, as where the whole digest is checked: most styles need nothing of it.
        from checks.conventions import settle

        digest = before.digest
        if before.errors or has_suppression(digest.text):
            # A crash hides what else there was to say; a comment is judged by all that it could silence.
            return self.check_digest(digest, around)
        bench = self.bench(digest.path)
        part = digest._replace(entries=tuple(entry for entry in digest.entries if entry.key in keys))
        style = settle(bench.context.style, digest)
        checked = bench.engine.check(part, bench.context._replace(corpus=around, style=style))
        decided = (finding for finding, _ in (*before.dismissed, *before.baselined))
        kept = (finding for finding in (*before.findings, *decided) if finding.entry not in keys)
        found = [*kept, *(finding for finding in checked.findings if finding.entry in keys)]
        found.sort(key=lambda finding: (finding.span.start, finding.span.end, finding.code))
        return self._judged(digest, Checked(tuple(found), checked.crashes))

    def decided_terms(self, key: str) -> set[str]:
        """The sources of the terms that decisions on an entry speak of."""
        records = (*self._dismissals.get(key, ()), *self._baseline.get(key, ()))
        return {record.key.term for record in records if record.key.term is not None}

    def has_decided(self, keys: Iterable[str]) -> bool:
        """Whether a decision may concern a digest with these entries: it is on one of them, or on a whole file."""
        return any(key in known for known in (self._dismissals, self._baseline) if known for key in (*keys, None))

    def _judged(self, digest: Digest, checked: Checked) -> FileReport:
        keys = tuple(entry.key for entry in digest.entries)
        return self.decided(digest.path, digest.text, keys, checked, digest)

    def decided(
        self, path: str, text: str, keys: Sequence[str], checked: Checked, parsed: Digest | None = None
    ) -> FileReport:
        """The report on what the engine said, with what has been decided set aside: by editors, then by the baseline.

        ``keys`` are those of the digest's entries.
        """
        bench = self.bench(path)
        dismissed, opened, unmatched = self._decide(self._dismissals, keys, bench, checked.findings)
        baselined, opened, paid = self._decide(self._baseline, keys, bench, opened)
        # A rule that crashes at one entry is likely to crash at many: the first place of each kind is enough.
        crashes: dict[str, InputError] = {}
        for error in checked.crashes:
            crashes.setdefault(error.message, error)
        return FileReport(
            path=path,
            text=text,
            entries=len(keys),
            findings=opened,
            dismissed=dismissed,
            unmatched=unmatched,
            suppressed=checked.suppressed,
            baselined=baselined,
            paid=paid,
            errors=tuple(crashes.values()),
            parsed=parsed,
        )

    def check_entry(self, digest: Digest, entry: Entry, around: Corpus) -> tuple[Finding, ...]:
        """The open findings of one entry of a digest, without looking at the others."""
        # Late: the command never asks this.
        from checks.conventions import settle

        bench = self.bench(digest.path)
        context = bench.context._replace(style=settle(bench.context.style, digest), corpus=around)
        alone = digest._replace(entries=(entry,), stray=())
        checked = bench.engine.check(alone, context)
        own = tuple(finding for finding in checked.findings if finding.entry == entry.key)
        return self._judged(alone, Checked(own, checked.crashes)).findings

    def _decide(
        self,
        decisions: Mapping[str | None, Sequence[D]],
        keys: Sequence[str],
        bench: Bench,
        findings: Sequence[Finding],
    ) -> tuple[tuple[tuple[Finding, D], ...], tuple[Finding, ...], tuple[D, ...]]:
        """What is decided and by which record; what is open; the records that match nothing though their rules ran."""
        if not decisions:
            return (), tuple(findings), ()
        known = [
            record
            for key in (*sorted(set(keys)), None)
            for record in decisions.get(key, ())
            if record.holds(self.revisions, _term_hashes(bench.context.glossary, record.key.term), self.today)
        ]
        decided, unmatched = match(known, findings)
        answered = tuple((findings[number], decided[number]) for number in sorted(decided))
        opened = tuple(finding for number, finding in enumerate(findings) if number not in decided)
        ran = {loaded.rule.code for loaded in bench.rules}
        idle = tuple(record for record in unmatched if record.key.entry is not None and record.key.code in ran)
        return answered, opened, idle

    def fix(
        self,
        digest: Digest,
        safeties: tuple[Safety, ...],
        around: Corpus | None = None,
        recall: Recall | None = None,
    ) -> Fixed:
        """Apply fixes to a digest until none of these safeties is left; dismissed findings are let alone.

        ``around`` saves reading the corpus again, ``recall`` checking entries of which all has been said. Raises
        :class:`InputError` where a rule crashes on the way: what it would have said is unknown.
        """
        from checks.fixing import fix_text

        known = self.corpus([survey(digest)]) if around is None else around

        def check(text: str) -> Sequence[Finding]:
            file = self.check_digest(parse(text, digest.path), known, recall, keep=False)
            if file.errors:
                raise file.errors[0]
            return file.findings

        return fix_text(digest.text, check, safeties)


def _same(one: Path | None, other: Path | None) -> bool:
    if one is None or other is None:
        return one is other
    return os.path.realpath(one) == os.path.realpath(other)


def _by_entry(records: Iterable[D]) -> dict[str | None, list[D]]:
    found: dict[str | None, list[D]] = {}
    for record in records:
        found.setdefault(record.key.entry, []).append(record)
    return found


def _term_hashes(glossary: Glossary, source: str | None) -> Mapping[str, str]:
    term = glossary.get(source) if source is not None else None
    return {term.source: term.cells_hash()} if term is not None else {}
