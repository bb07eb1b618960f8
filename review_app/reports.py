"""What the gate says of the files now, worked out again only where something changed.

A file is read again when its stamp on disk changes, and checked again when its text, the decisions
on its entries, their English, or the other places of its papers change. So a rerun of a page costs a ``stat`` a file.
"""

from __future__ import annotations

import copy
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from checks import baseline, dismissals
from checks.digest import parse
from checks.errors import InputError
from checks.expansion import expand
from checks.files import content_hash, read_text, stamp
from checks.gate import Gate
from checks.impact import foresee
from checks.inputs import Stamps, decision_files, english_files, stamps, term_files
from checks.model import Digest, Finding, Safety, Severity
from checks.recall import Recall
from checks.scene import Corpus
from checks.survey import Survey, survey
from checks.verdict import FileReport, Report
from glossary import shipped
from review_app.alike import likeness, usual_fix
from review_app.units import Place, entry_at

_Stamp = tuple[int, int, int]


class Row(NamedTuple):
    """An open finding, as light as a list needs it."""

    id: str
    path: str
    code: str
    name: str
    severity: Severity
    quote: str
    entry: str | None
    order: tuple[int, int, str]
    """Where it stands in its file."""
    safety: Safety | None
    """Of the fix that would be made; None where there is none to accept."""
    alike: str
    """The key of its :class:`review_app.alike.Likeness`."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file's report with its rows, its findings by id, and how many there are of each rule and severity."""

    report: FileReport
    rows: tuple[Row, ...]
    by_id: Mapping[str, Finding]
    counts: Mapping[tuple[str, Severity], int]


@dataclass(slots=True)
class _File:
    stamp: _Stamp
    digest: Digest
    survey: Survey
    text_hash: str
    recall: Recall
    key: object = None
    checked: Checked | None = None


class _Input:
    """What a gate has read beside the digests: the files as they were then, and what was wrong with them.

    It knows no gate: reports that become others let their own gate go by what those had read.
    """

    def __init__(self, seen: Stamps) -> None:
        self._seen = seen
        self._error: InputError | None = None

    def taken_up(self, now: Stamps, take_up: Callable[[], None]) -> list[InputError]:
        """Take it up where it has changed; what is broken leaves what was read before, and is said each time."""
        if now != self._seen:
            self._seen, self._error = now, None
            try:
                take_up()
            except InputError as error:
                self._error = error
        return [self._error] if self._error is not None else []


def finding_id(path: str, fingerprint: str) -> str:
    """What names a finding in the app: a duplicate of an entry in another file has the same fingerprint."""
    return hashlib.blake2b(f"{path}\0{fingerprint}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def place_in_file(finding: Finding) -> tuple[int, int, str]:
    """What findings are sorted by: its extent in code points, and its code."""
    return finding.span.start, finding.span.end, finding.code


class Reports:
    """The reports of the files that some paths name. Not safe for threads: the service holds a lock."""

    def __init__(self, gate: Gate, paths: Sequence[Path]) -> None:
        self.gate = gate
        self.paths = tuple(paths)
        self.errors: tuple[InputError, ...] = ()
        """What is wrong with a path, a file or the decisions, as of the last refresh."""
        self._files: dict[str, _File] = {}
        self._everywhere: tuple[InputError, ...] = ()
        """Those of them that keep every file from being judged."""
        self._decided_stamp: Stamps | None = None
        self._decisions: Mapping[str | None, tuple[str, ...]] = {}
        self._corpus = Corpus()
        self._basis: tuple[object, ...] = (None, None, None, None)
        """What the reports were made on; where it is the same, so are they."""
        self._glossary = _Input(self._glossary_stamps())
        self._english = _Input(self._english_stamps())
        self._load_decisions()

    @property
    def files(self) -> Mapping[str, Checked]:
        """The files that can be judged, in the order of the gate."""
        return {path: file.checked for path, file in self._files.items() if file.checked is not None}

    def report(self) -> Report:
        """The gate's report on everything."""
        files = [checked.report for checked in self.files.values()]
        crashes = [error for file in files for error in file.errors]
        return self.gate.report(files, [*self.errors, *crashes])

    def verdict(self, path: str) -> int:
        """The gate's exit code for one file."""
        checked = self.files.get(path)
        if checked is None:
            return 2
        return self.gate.report([checked.report], [*self._everywhere, *checked.report.errors]).exit_code

    def become(self, other: Reports) -> None:
        """Go on as other reports on the same paths, and let the gate go by what theirs goes by."""
        self.gate.become(other.gate)
        vars(self).update({**vars(other), "gate": self.gate})

    def forget(self, path: str) -> None:
        """Read a file again at the next refresh, whatever its stamp says."""
        if path in self._files:
            self._files[path].stamp = (0, 0, 0)

    def refresh(
        self, known: Sequence[InputError] = (), progress: Callable[[int, int], None] = lambda done, of: None
    ) -> None:
        """Take in what changed on disk since the last time.

        ``known`` is what is wrong beside the files and the decisions; ``progress`` is told how many files are done.
        """
        names, errors = expand(self.paths, excludes=self.gate.settings.excludes)
        errors.extend(self.gate.strangers(names))
        self._everywhere = (*known, *self._refresh_decisions())
        errors.extend(self._everywhere)
        changed = self._read(names, errors)
        if changed:
            self._corpus = self.gate.corpus([file.survey for file in self._files.values()])
        errors.extend(self._english.taken_up(self._english_stamps(), self.gate.reload_sources))
        errors.extend(self._glossary.taken_up(self._glossary_stamps(), self._reload_glossary))
        basis = (self._corpus, self._decisions, self.gate.today, self.gate.sources)
        if any(one is not other for one, other in zip(basis, self._basis, strict=True)):
            self._check(progress)
            self._basis = basis
        self.errors = tuple(errors)

    def _check(self, progress: Callable[[int, int], None]) -> None:
        """Check the files whose report would be another one."""
        for number, (path, file) in enumerate(self._files.items()):
            progress(number, len(self._files))
            key = self._key(file)
            if file.checked is None or file.key != key:
                file.checked = _checked(path, self.gate.check_digest(file.digest, self._corpus, file.recall))
                file.key = key

    def check_text(self, path: str, text: str) -> FileReport:
        """What the gate says of another text at a path, with everything else as it is."""
        file = self._files.get(path)
        if file is not None and file.checked is not None and file.digest.text == text:
            return file.checked.report
        digest = parse(text, path)
        others = [other.survey for name, other in self._files.items() if name != path]
        recall = file.recall if file is not None else None
        around = self.gate.corpus([survey(digest), *others])
        return self.gate.check_digest(digest, around, recall, keep=False)

    def check_entry(self, text: str, place: Place) -> tuple[Finding, ...] | None:
        """What the gate says of one entry with another text in its file, alone: cheap enough to ask while one types.

        None where the text does not hold the entry any more.
        """
        digest = parse(text, place.path)
        entry = entry_at(digest, place)
        return self.gate.check_entry(digest, entry, self._corpus) if entry is not None else None

    def _read(self, names: Sequence[Path], errors: list[InputError]) -> bool:
        """Read what has a new stamp; True where the digests are no longer the same."""
        files: dict[str, _File] = {}
        changed = False
        for name in names:
            path = name.as_posix()
            known = self._files.get(path)
            seen = stamp(name)
            if known is not None and seen == known.stamp:
                files[path] = known
                continue
            try:
                text = read_text(name)
            except InputError as error:
                errors.append(error)
                continue
            recall = known.recall if known is not None else Recall()
            digest = parse(text, path)
            files[path] = _File(seen or (0, 0, 0), digest, survey(digest), content_hash(text), recall)
            changed = True
        changed = changed or list(files) != list(self._files)
        self._files = files
        return changed

    def _english_stamps(self) -> Stamps:
        return stamps(english_files(self.gate.settings))

    def _reload_glossary(self) -> None:
        """Take up the glossary, and judge again what it can matter to."""
        before = copy.copy(self.gate)
        self.gate.reload_glossary()
        self._judge_again(before)

    def _judge_again(self, before: Gate) -> None:
        known = {path: file for path, file in self._files.items() if file.checked and file.key == self._key(file)}
        reports = [file.checked.report for file in known.values() if file.checked]
        for file, step in zip(known.values(), foresee(reports, before, self.gate, self._corpus), strict=True):
            if step.after is not step.before:
                file.checked = _checked(step.after.digest.path, step.after)

    def _glossary_stamps(self) -> Stamps:
        # The program's own too: another version may be put in its place.
        return stamps((*shipped(), *term_files(self.gate.settings)))

    def _refresh_decisions(self) -> list[InputError]:
        """Read the decisions again where they changed; a broken file leaves those known in force, and is said."""
        today = date.today()  # noqa: DTZ011 — an expiry is a day of the editor's calendar
        if self._decisions_stamp() == self._decided_stamp and today == self.gate.today:
            return []
        self.gate.today = today
        try:
            self._load_decisions()
        except InputError as error:
            self._decided_stamp = None
            return [error]
        return []

    def _decisions_stamp(self) -> Stamps:
        return stamps(decision_files(self.gate.settings))

    def _load_decisions(self) -> None:
        seen = self._decisions_stamp()
        self.gate.reload_decisions()
        by_entry: dict[str | None, list[str]] = {}
        debt = baseline.load(self.gate.settings.baseline_file)
        for record in (*dismissals.load(self.gate.settings.review_dir), *debt):
            by_entry.setdefault(record.key.entry, []).append(record.id)
        self._decisions = {entry: tuple(ids) for entry, ids in by_entry.items()}
        self._decided_stamp = seen

    def _key(self, file: _File) -> object:
        """Everything that the report of a file depends on."""
        keys = (None, *(entry.key for entry in file.digest.entries))
        decided = tuple(self._decisions.get(key, ()) for key in keys)
        places = tuple(tuple(self._corpus.occurrences.get(key, ())) for key in keys if key is not None)
        english = tuple(self.gate.sources.get(key) for key in keys if key is not None)
        return file.text_hash, decided, places, english, self.gate.today


def _checked(path: str, report: FileReport) -> Checked:
    rows: list[Row] = []
    by_id: dict[str, Finding] = {}
    for finding in report.findings:
        number = finding_id(path, finding.fingerprint)
        by_id[number] = finding
        fix = usual_fix(finding)
        rows.append(
            Row(
                id=number,
                path=path,
                code=finding.code,
                name=finding.name,
                severity=finding.severity,
                quote=finding.quote,
                entry=finding.entry,
                order=place_in_file(finding),
                safety=fix.safety if fix is not None else None,
                alike=likeness(finding, report.digest.text).key,
            )
        )
    counts = Counter((row.code, row.severity) for row in rows)
    return Checked(report, tuple(sorted(rows, key=lambda row: row.order)), by_id, counts)
