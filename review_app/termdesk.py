"""Where somebody stands in the glossary, and what a key press does there.

Knows nothing of Streamlit: ``params`` is what the address holds (search, filters, term, form), so
that a reload comes back to the same place; ``memory`` is what the session holds.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from checks.errors import InputError
from glossary import Term
from review_app.service import Service
from review_app.termbase import FACETS, Concept
from review_app.termchange import Answer, Change
from review_app.termfaults import term_of
from review_app.termview import Form, View
from review_app.termwork import Preview
from review_app.view import Notice, Tone

PAGE: Final = 30
_QUERY, _TERM, _EDIT, _NEW = "q", "term", "edit", "new"
_FORM, _NOTICE, _ASKED, _SEEN, _OPENED = "terms.form", "terms.notice", "terms.asked", "terms.seen", "terms.opened"


class TermDesk:
    """Somebody at the glossary."""

    def __init__(
        self, service: Service, editor: str, params: MutableMapping[str, str], memory: MutableMapping[str, Any]
    ) -> None:
        self.service = service
        self.terms = service.terms
        self.editor = editor
        self._params = params
        self._memory = memory

    @property
    def manages(self) -> bool:
        """Whether this is a term manager, who decides; others only propose."""
        return self.service.may(self.editor, "term-manager")

    def filters(self) -> dict[str, str]:
        """The filters in the address."""
        return {name: self._params.get(name, "") for name in FACETS}

    def query(self) -> str:
        """The words searched for."""
        return self._params.get(_QUERY, "")

    def look(self) -> View:
        """What there is to show now."""
        self.service.refresh()
        base = self.terms.base()
        rows = base.search(self.query(), self.filters())
        wanted = self._params.get(_TERM, "")
        concept = base.get(wanted) if wanted else None
        if concept is None and rows and not wanted:
            concept = rows[0]
        index = next((number for number, row in enumerate(rows) if row is concept), -1)
        form = self._form(concept)
        notice = self._memory.pop(_NOTICE, None)
        asked: Change | None = self._memory.get(_ASKED)
        return View(rows, index, concept, form, notice, asked, self._memory.get(_SEEN), self._actions(concept, form))

    def search(self, value: Mapping[str, Any]) -> None:
        """Set search and filters."""
        for name in (_QUERY, *FACETS):
            text = value.get(name)
            self._set(name, text if isinstance(text, str) else "")
        if self._memory.get(_FORM) is None:
            self._go("")

    def pick(self, source: str) -> None:
        """Show a term."""
        if self._memory.get(_FORM) is None:
            self._go(source)

    def turn(self, page: int) -> None:
        """Go to the first term of a page, counted from 0."""
        rows = self.terms.base().search(self.query(), self.filters())
        if rows:
            self.pick(rows[min(max(page, 0) * PAGE, (len(rows) - 1) // PAGE * PAGE)].shown.source)

    def act(self, event: Mapping[str, Any]) -> None:
        """A key or a button, for the term that was on the screen."""
        action = event.get("action")
        if self._memory.get(_FORM) is not None:
            return
        view = self.look()
        if action in ("next", "previous"):
            at = view.index + (1 if action == "next" else -1)
            if view.rows and 0 <= at < len(view.rows):
                self._go(view.rows[at].shown.source)
            else:
                self._say("notice.end" if action == "next" else "notice.start")
        elif action == "new" and "new" in view.actions:
            self._go(view.concept.shown.source if view.concept is not None else "")
            self._params[_NEW] = "1"
        elif action == "undo" and "undo" in view.actions:
            self._undo()
        elif view.concept is not None and event.get("id") == view.concept.shown.source and action in view.actions:
            self._on(str(action), view.concept)

    def save(self, values: Mapping[str, Any]) -> None:
        """Save what the form holds."""
        form: Form | None = self._memory.get(_FORM)
        change = self._change(values)
        if form is None or change is None:
            return
        answer = self.terms.save(self.editor, change)
        if answer.kind in ("term-saved", "unrecorded", "unchanged"):
            self._close()
            self._go(change.term.source)
            proposed = answer.kind == "term-saved" and change.term.status == "proposed"
            self._told(answer._replace(kind="term-proposed") if proposed else answer)
        else:
            theirs = answer.theirs if answer.kind == "term-conflict" else form.theirs
            sent = term_of({**values, "status": change.term.status})
            self._memory[_FORM] = replace(form, term=sent, faults=answer.faults, theirs=theirs)
            self._told(answer)

    def ask(self, values: Mapping[str, Any]) -> None:
        """Ask what the change in the form would do."""
        form: Form | None = self._memory.get(_FORM)
        change = self._change(values)
        if form is not None and change is not None:
            found = tuple(self.terms.faults(change))
            self._memory[_FORM] = replace(form, term=term_of(values), faults=found)
            if all(fault.mild for fault in found):
                self._memory[_ASKED], self._memory[_SEEN] = change, None

    def discard(self) -> None:
        """Close the form."""
        self._close()

    def answer(self, seen: Preview | InputError) -> None:
        """Keep the answer to what was asked, until something else is shown."""
        self._memory[_SEEN] = str(seen) if isinstance(seen, InputError) else seen

    def _on(self, action: str, concept: Concept) -> None:
        if action == "edit":
            self._params[_TERM] = concept.shown.source
            self._params[_EDIT] = "1"
            return
        change = self._decision(action, concept)
        if change is None:
            return
        if action == "preview":
            self._memory[_ASKED], self._memory[_SEEN] = change, None
            return
        answer = self.terms.save(self.editor, change)
        source = concept.shown.source
        self._told(answer._replace(kind=f"term-{action}") if answer.kind == "term-saved" else answer)
        self._go(source if self.terms.base().get(source) is not None else "")

    def _decision(self, action: str, concept: Concept) -> Change | None:
        if action == "withdraw":
            return self.terms.withdrawal(concept)
        proposal = concept.proposal
        if action == "deprecate":
            return self.terms.change(concept, concept.shown._replace(status="deprecated"))
        if proposal is None:
            return None
        return self.terms.change(concept, proposal.term._replace(status="approved"))

    def _actions(self, concept: Concept | None, form: Form | None) -> frozenset[str]:
        """What may be done now."""
        found: set[str] = set()
        if form is not None or not self.service.may(self.editor) or not self.terms.files():
            return frozenset()
        found.add("new")
        if self.terms.last(self.editor) is not None:
            found.add("undo")
        if concept is not None:
            found.add("edit")
            own = concept.own()
            proposed = concept.proposal is not None and concept.proposal.layer == "project"
            if proposed:
                found |= {"preview", "withdraw"}
            if self.manages:
                found |= {"approve"} if proposed else set()
                found |= {"withdraw"} if own else set()
                found |= {"deprecate"} if concept.active is not None else set()
        return frozenset(found)

    def _form(self, concept: Concept | None) -> Form | None:
        """The form that is open; opened anew where the address says so and the session does not know of it."""
        form: Form | None = self._memory.get(_FORM)
        wanted = _NEW in self._params or (_EDIT in self._params and concept is not None)
        if not wanted or not self.service.may(self.editor) or not self.terms.files():
            self._close()
            return None
        if form is None or (form.concept is None) != (_NEW in self._params) or not form.is_of(concept):
            self._memory[_OPENED] = self._memory.get(_OPENED, 0) + 1
            form = self._opened(concept if _NEW not in self._params else None, self._memory[_OPENED])
            self._memory[_FORM] = form
        return form

    def _opened(self, concept: Concept | None, opening: int) -> Form:
        status: Literal["approved", "proposed"] = "approved" if self.manages else "proposed"
        if concept is None:
            source, target = (" ".join(self._params.get(name, "").split())[:200] for name in ("source", "target"))
            offers = self.terms.suggest(source, target) if bool(source) != bool(target) else []
            first = offers[0] if offers else ""
            return Form(None, Term(source or first, target or first, status=status), opening, offers=tuple(offers))
        term = concept.proposal.term if concept.proposal is not None else concept.shown
        if not self.manages:
            term = term._replace(status="proposed")
        return Form(concept, term, opening)

    def _change(self, values: Mapping[str, Any]) -> Change | None:
        form: Form | None = self._memory.get(_FORM)
        if form is None:
            return None
        term = term_of(values)
        if not self.manages:
            term = term._replace(status="proposed")
        path = values.get("file")
        change = self.terms.change(form.concept, term, Path(path) if isinstance(path, str) and path else None)
        if change is None or form.theirs is None:
            return change
        # Both have been shown: what stands there now is what is seen.
        decided = term.status != "proposed"
        taken = decided and form.concept is not None and form.concept.proposal is not None
        kept = tuple(row for row in form.theirs if (row.status == "proposed") == decided and not taken)
        return replace(change, old=form.theirs, new=(*kept, term))

    def _undo(self) -> None:
        number = self.terms.last(self.editor)
        if number is None:
            return
        outcome = self.service.undo_event(self.editor, number)
        tone: Tone = "ok" if outcome.changed else "warn"
        kind = "term-undo-refused" if outcome.kind == "undo-refused" else outcome.kind
        self._say(f"notice.{kind}", tone, detail=outcome.detail, count=outcome.count)
        self._go(outcome.detail if outcome.changed and self.terms.base().get(outcome.detail) is not None else "")

    def _told(self, answer: Answer) -> None:
        tone: Tone = "ok" if answer.changed else "warn" if answer.kind == "unchanged" else "error"
        self._say(f"notice.{answer.kind}", tone, detail=answer.detail)

    def _say(self, key: str, tone: Tone = "ok", **args: object) -> None:
        self._memory[_NOTICE] = Notice(key, tone, args)

    def _go(self, source: str) -> None:
        self._set(_TERM, source)
        self._memory.pop(_ASKED, None)
        self._memory.pop(_SEEN, None)

    def _set(self, name: str, value: str) -> None:
        if value:
            self._params[name] = value
        else:
            self._params.pop(name, None)

    def _close(self) -> None:
        if self._memory.pop(_FORM, None) is not None:
            self._memory.pop(_ASKED, None)
            self._memory.pop(_SEEN, None)
        for name in (_NEW, _EDIT, "source", "target"):
            self._params.pop(name, None)
