"""What can be done to the project's terms. Every write of a glossary passes here.

Only files that the settings name as the project's are written; a shipped term is changed by a row
of the project over it. A write holds the rows of its source against what the editor saw, under a
lock for all terms, and the layer as it would be must be one that the gate can use.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from operator import is_not
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checks.impact import Placed, Step, difference, foresee
from checks.survey import survey
from glossary import GlossaryError, Term, shipped
from glossary.editing import from_record
from glossary.files import files_of
from review_app import history
from review_app.outcome import Outcome
from review_app.store import Event, StoreError, Wanted
from review_app.termbase import Concept, Termbase
from review_app.termchange import KIND, Answer, Change, event_of, tried, with_file, write
from review_app.termfaults import Fault, faults
from review_app.termsuggest import chinese_for, english_for
from review_app.termusage import Usage, usage_of

if TYPE_CHECKING:
    from checks.gate import Gate
    from review_app.service import Service

_FOLDER, _FILE = Path("data/glossary"), "terms.csv"


class Preview(NamedTuple):
    """What a change would do to the findings."""

    added: list[Placed]
    removed: list[Placed]
    entries: int
    """How many entries had to be checked again."""


class Terms:
    """The terms of the running app. Safe to share between threads."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._base: tuple[object, Termbase] | None = None
        self._usage: tuple[tuple[object, ...], dict[str, Usage]] = ((), {})

    @property
    def _gate(self) -> Gate:
        return self._service.gate

    def base(self) -> Termbase:
        """The terms of all layers. Where a file cannot be read now, those before; or those of the other layers."""
        glossary = self._gate.glossary
        if self._base is None or self._base[0] is not glossary:
            try:
                self._base = glossary, Termbase(self._gate.settings)
            except GlossaryError:
                if self._base is None:
                    # Not kept: the file is tried again.
                    return Termbase(self._gate.settings, lacking=True)
        return self._base[1]

    def usage(self, term: Term) -> Usage:
        """How the digests in hand use a term."""
        held = self._service.files
        state = (self._gate.glossary, *(checked.report.digest for checked in held.values()))
        if len(state) != len(self._usage[0]) or any(map(is_not, state, self._usage[0])):
            self._usage = state, {}
        known = self._usage[1]
        if term.cells() not in known:
            known[term.cells()] = usage_of(term, self._gate, [checked.report for checked in held.values()])
        return known[term.cells()]

    def findings(self, source: str) -> list[str]:
        """The ids of the open findings about a term."""
        held = self._service.files.values()
        return [number for file in held for number, found in file.by_id.items() if found.term == source]

    def suggest(self, source: str, target: str) -> list[str]:
        """What the other side of an English, or else of a Chinese, selection may be."""
        reports = [checked.report for checked in self._service.files.values()]
        if source:
            return chinese_for(source, reports, self._gate.sources)
        return english_for(target, reports, self._gate.sources) if target else []

    def files(self) -> list[Path]:
        """The files a row can go into, the likeliest first; one that does not exist yet where there is none.

        Empty where there is no project, or nothing of its own to write to.
        """
        settings = self._gate.settings
        found: list[Path] = []
        with suppress(GlossaryError):
            # A folder that was emptied is told where it is read.
            found = [path for path in files_of(settings.glossary) if path not in shipped()]
        if found or settings.file is None:
            return sorted(found, key=lambda path: path.name != _FILE)
        return [settings.file.parent / _FOLDER / _FILE] if not settings.glossary else []

    def change(self, concept: Concept | None, term: Term, path: Path | None = None) -> Change | None:
        """The change that puts a term into the project's rows; None where there is no file to put it into.

        A decision takes the place of the row that was in force there, and of a proposal of the same status; a
        proposal stands beside it.
        """
        own = concept.own() if concept is not None else []
        home = Path(own[0].path) if own else path or next(iter(self.files()), None)
        if home is None:
            return None
        decided = term.status != "proposed"
        taken = concept is not None and concept.proposal is not None and decided
        kept = [row for row in own if (row.status == "proposed") == decided and not taken]
        return Change(home, tuple(own), (*kept, term))

    def withdrawal(self, concept: Concept) -> Change | None:
        """The change that takes the proposal out again, or else the project's row; None where there is neither."""
        own = concept.own()
        if not own:
            return None
        gone = next((row for row in own if row.status == "proposed"), own[0])
        return Change(Path(gone.path), tuple(own), tuple(row for row in own if row is not gone))

    def faults(self, change: Change) -> list[Fault]:
        """What is wrong with a change before it is tried."""
        gone = {row.source.casefold() for row in change.old}
        source = change.term.source
        known = self.base().get(source)
        found: list[Fault] = []
        if change.term in change.new:
            layer = {str(path) for path in self.files()} if change.term.status == "approved" else set()
            found = faults(change.term, self._gate.glossary.terms, layer)
        if known is not None and source.casefold() not in gone and known.own():
            found.append(Fault("source", "fault.exists", {"term": known.shown.source}))
        return found

    def save(self, editor: str, change: Change) -> Answer:
        """Write a change. Needs a term manager unless it touches proposals alone."""
        refused = self.refusal(editor, change)
        if refused is not None:
            return Answer(refused.kind)
        if Counter(change.old) == Counter(change.new):
            return Answer("unchanged")
        stopping = tuple(fault for fault in self.faults(change) if not fault.mild)
        if stopping:
            return Answer("term-faulty", faults=stopping)
        answer = self._written(change)
        path = self._service.stored_path(str(change.path))
        if answer.changed and not self._kept(event_of(change, editor, path), None):
            return answer._replace(kind="unrecorded")
        return answer

    def refusal(self, editor: str, change: Change) -> Outcome | None:
        """Why somebody must not make a change."""
        refused = self._service.refusal(editor)
        if refused is not None:
            return refused
        may = not change.decides or self._service.may(editor, "term-manager")
        return None if may else Outcome("not-allowed")

    def preview(self, change: Change) -> Iterator[Step | Preview]:
        """Check the digests in hand by the terms as they would be, proposals approved: a step a file, then the sum.

        Raises :class:`InputError` for a change that could not be saved.
        """
        if change.term in change.new and change.term.status == "proposed":
            change = replace(change, new=(change.term._replace(status="approved"),))
        trial = copy.copy(self._gate)
        trial.settings = with_file(trial.settings, change.path)
        trial.reload_glossary({change.path: tried(change)})
        reports = [checked.report for checked in self._service.files.values()]
        around = self._gate.corpus([survey(report.digest) for report in reports])
        steps: list[Step] = []
        for step in foresee(reports, self._gate, trial, around):
            steps.append(step)
            yield step
        yield Preview(*difference(steps), sum(step.entries for step in steps))

    def last(self, editor: str) -> int | None:
        """The number of the latest change of an editor that still stands."""
        wanted = Wanted(by=editor, kinds=frozenset({KIND}), standing=True)
        try:
            found = self._service.store.events(wanted, size=1).events
        except StoreError:
            return None
        return found[0].id if found else None

    def take_back(self, editor: str, event: Event) -> Outcome:
        """Take a change back; refused where one of its rows was changed since."""
        if (refused := self._service.refusal(editor)) is not None:
            return refused
        paths = {self._service.stored_path(str(path)): path for path in self.files()}
        if event.path not in paths:
            return Outcome("not-in-hand", detail=event.path)
        try:
            rows = [tuple(from_record(text, event.path)) for text in (event.after, event.before)]
        except GlossaryError as error:
            return Outcome("failed", detail=str(error))
        change = Change(paths[event.path], rows[0], rows[1])
        if (refused := self.refusal(editor, change)) is not None:
            return refused
        answer = self._written(change)
        if not answer.changed:
            return Outcome("undo-refused" if answer.kind == "term-conflict" else "failed", detail=answer.detail)
        recorded = self._kept(history.reversal(editor, event, None), event.id)
        return Outcome("undone", changed=True, detail=event.quote, unrecorded=not recorded)

    def _written(self, change: Change) -> Answer:
        """Write a change and let the gate take it up."""
        answer = write(change, self.files(), self._gate.settings)
        if answer.changed:
            self._gate.settings = with_file(self._gate.settings, change.path)
            self._service.refresh()
        return answer

    def _kept(self, event: Event, undoes: int | None) -> bool:
        try:
            self._service.store.record([(event, undoes)])
        except StoreError:
            return False
        return True
