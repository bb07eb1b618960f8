"""The comments of the entry on the screen: what a key or a button does there, and what there is to show.

Knows nothing of Streamlit; ``memory`` is what the session holds. What is shown is plain data for ``textContent``.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Final, NamedTuple

from checks.markedtext import one_line
from checks.view import visible
from review_app.commentfile import About, Said, Thread
from review_app.comments import LONGEST
from review_app.keys import Keys
from review_app.locale import Words
from review_app.outcome import Outcome, Shown
from review_app.service import Service

_DONE: Final = "remarked"
_QUOTED: Final = 60
"""Characters that are shown of what a comment is about."""


class Subject(NamedTuple):
    """The entry on the screen, and the finding in it that is looked at, if any."""

    path: str
    entry: str
    shown: Shown | None


class CommentDesk:
    """Somebody who reads and writes comments."""

    def __init__(self, service: Service, editor: str, memory: MutableMapping[str, Any]) -> None:
        self._service = service
        self._editor = editor
        self._memory = memory

    def heard(self, subject: Subject, event: Mapping[str, Any]) -> bool:
        """A button or a pause; True where something was asked of the file."""
        given = {name: _text(event, name) for name in ("action", "thread", "said", "text", "token")}
        if event.get("entry") != subject.entry:
            # What was on the screen has gone meanwhile.
            return False
        if given["action"] == "keep":
            self._service.comments.keep(self._editor, subject.entry, given["thread"], given["text"])
            return False
        outcome = self._asked(subject, given, event)
        if outcome is None:
            return False
        if outcome.kind in ("commented", "answered"):
            self._service.comments.keep(self._editor, subject.entry, "", "")
        self._memory[_DONE] = (given["token"], outcome)
        return True

    def _asked(self, subject: Subject, given: Mapping[str, str], event: Mapping[str, Any]) -> Outcome | None:
        comments, thread = self._service.comments, given["thread"]
        match given["action"]:
            case "say":
                about = _about(subject.shown, _text(event, "quote"), attached=bool(event.get("attached")))
                return comments.say(self._editor, subject.path, subject.entry, given["text"], about)
            case "answer":
                return comments.answer(self._editor, thread, given["text"])
            case "resolve":
                return comments.resolve(self._editor, thread)
            case "reopen":
                return comments.reopen(self._editor, thread)
            case "withdraw":
                return comments.withdraw(self._editor, given["said"])
        return None

    def data(self, subject: Subject, keys: Keys, words: Words) -> dict[str, Any]:
        """What the widget shows."""
        done: tuple[str, Outcome] | None = self._memory.get(_DONE)
        draft = self._service.comments.draft(self._editor, subject.entry)
        seen = _about(subject.shown, "", attached=True)
        return {
            "lang": words.tag,
            "entry": subject.entry,
            "key": keys.key("comment").upper(),
            "readOnly": not self._service.may(self._editor),
            "threads": [self._thread(thread, words) for thread in self._service.comments.on(subject.entry)],
            "about": _named(seen, words),
            "draft": {"thread": draft[0], "text": draft[1]} if draft is not None else None,
            "done": self._done(*done, words) if done is not None else None,
            "longest": LONGEST,
            "words": {**words.family("comments."), "too-long": words("comments.too-long", most=LONGEST)},
        }

    @staticmethod
    def _done(token: str, outcome: Outcome, words: Words) -> dict[str, Any]:
        key = "notice.unrecorded" if outcome.unrecorded else f"notice.{outcome.kind}"
        text = words(key, detail=one_line(outcome.detail, 200))
        return {"token": token, "ok": outcome.changed, "text": text}

    def _thread(self, thread: Thread, words: Words) -> dict[str, Any]:
        resolved = thread.resolved
        return {
            "id": thread.id,
            "about": _named(thread.about, words),
            "said": [self._said(said) for said in thread.said],
            "resolved": words("comments.resolved-by", name=visible(resolved[0])) if resolved is not None else "",
            "resolvedAt": resolved[1] if resolved is not None else "",
        }

    def _said(self, said: Said) -> dict[str, Any]:
        return {
            "id": said.id,
            "by": visible(said.by),
            "at": said.at,
            "text": "" if said.withdrawn else visible(said.text),
            "withdrawn": said.withdrawn,
            "mine": said.by.casefold() == self._editor.casefold() and not said.withdrawn,
        }


def _about(shown: Shown | None, selected: str, *, attached: bool) -> About | None:
    """What a comment is about: the words selected, else the finding; None for the entry as a whole."""
    if not attached:
        return None
    if selected.strip():
        return About(quote=" ".join(selected.split()))
    if shown is None:
        return None
    finding = shown.finding
    return About(finding.field, finding.code, finding.quote or None)


def _named(about: About | None, words: Words) -> str:
    if about is None:
        return ""
    field = words(f"field.{about.field}") if about.field in _FIELDS else ""
    parts = (about.code or "", field, f"「{one_line(about.quote, _QUOTED)}」" if about.quote else "")
    return " · ".join(visible(part) for part in parts if part)


_FIELDS: Final = frozenset({"heading", "title", "link", "body", "file"})


def _text(event: Mapping[str, Any], name: str) -> str:
    value = event.get(name)
    return value if isinstance(value, str) else ""
