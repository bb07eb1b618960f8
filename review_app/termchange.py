"""A change of the project's glossary, and how it is written: all of it, or nothing and why."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from checks import files
from checks.errors import InputError
from checks.files import locked, read_text, rewrite
from checks.settings import Settings
from glossary import Term
from glossary.editing import RowsChanged, changed, record
from glossary.files import one_each
from glossary.rows import read_file
from review_app.store import Event
from review_app.store.store import now
from review_app.termfaults import Fault

KIND: Final = "term"
"""The kind of the events made of changes: ``before`` and ``after`` are rows, ``quote`` is the source."""
_LOCK: Final = ".terms"


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of the project under some sources, as they were seen, and as they are to be."""

    path: Path
    old: tuple[Term, ...]
    new: tuple[Term, ...]

    @property
    def term(self) -> Term:
        """The row that it is about: for a withdrawal, the one that goes."""
        return next((term for term in self.new if term not in self.old), (self.new or self.old)[0])

    @property
    def decides(self) -> bool:
        """Whether it touches more than proposals, which is for term managers."""
        return _settled(self.old) != _settled(self.new)


class Answer(NamedTuple):
    """What became of a change; ``theirs`` are the rows that stand there now where they are not what was seen."""

    kind: str
    changed: bool = False
    detail: str = ""
    faults: tuple[Fault, ...] = ()
    theirs: tuple[Term, ...] = ()


def write(change: Change, known: Sequence[Path], settings: Settings) -> Answer:
    """Write a change to its file, one of those ``known``, if its rows are what was seen and the layer can be used."""

    def apply(text: str) -> str:
        made = changed(change.path, text, change.old, change.new)
        others = (row for path in known if path != change.path for row in read_file(path))
        one_each([*others, *made.terms])
        return made.text

    try:
        with locked((settings.review_dir or Path()) / _LOCK, settings.review_dir):
            if change.path not in known:
                return Answer("term-failed", detail=str(change.path))
            if change.path.exists():
                rewrite(change.path, apply, settings.review_dir)
            else:
                _make(change.path, apply(""))
    except RowsChanged as apart:
        return Answer("term-conflict", theirs=apart.found, detail=change.term.source)
    except (InputError, OSError) as error:
        return Answer("term-failed", detail=str(error))
    return Answer("term-saved", changed=True)


def tried(change: Change) -> list[Term]:
    """The terms that the file would hold; raises :class:`InputError` where the change cannot be made."""
    try:
        text = read_text(change.path) if change.path.exists() else ""
        return changed(change.path, text, change.old, change.new).terms
    except RowsChanged:
        raise InputError(str(change.path), None, "was changed meanwhile; open the term again") from None


def with_file(settings: Settings, path: Path) -> Settings:
    """The settings with a first file at the usual place: once it is there, what a new reading of them would say."""
    return settings if settings.glossary else settings._replace(glossary=(path.parent if path.exists() else path,))


def event_of(change: Change, editor: str, stored_path: str) -> Event:
    """The event of a change that was made."""
    return Event(
        at=now(),
        by=editor,
        kind=KIND,
        path=stored_path,
        entry=None,
        code="",
        fingerprint="",
        quote=change.term.source,
        before=record(change.old),
        after=record(change.new),
        term=change.term.source,
    )


def _settled(rows: Sequence[Term]) -> list[Term]:
    return [term for term in rows if term.status != "proposed"]


def _make(path: Path, text: str) -> None:
    """Make a project's first file, with its folder in one step: a folder without a file is an error to the gate."""
    if path.parent.is_dir():
        files.replace(path, text)
        return
    path.parent.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".glossary-", dir=path.parent.parent) as name:
        folder = Path(name) / path.parent.name
        folder.mkdir()
        files.replace(folder / path.name, text)
        folder.rename(path.parent)
