"""The projects that open texts belong to: a gate for each settings file, kept up with what it has read."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Final

from checks.errors import InputError
from checks.files import stamp
from checks.gate import Gate
from checks.given import settings_of
from checks.inputs import Inputs, inputs
from checks.settings import FILE_NAMES, Settings, governing

_UNREAD: Final = Inputs((), ())


class Project:
    """One settings file, or none, and the gate that goes by it. Not safe for threads."""

    def __init__(self, given: argparse.Namespace, place: Path) -> None:
        self._given = given
        self._place = place
        self._settings: Settings | None = None
        """What was read last, whether or not a gate could go by it."""
        self._seen = _UNREAD
        self.gate: Gate | None = None
        """None until everything could be read once."""
        self.errors: tuple[InputError, ...] = ()
        """What is wrong with the files as they are now; until it is mended, the gate goes by those before."""
        self.edition = 0
        """Counts what was taken up: what was found in an earlier edition may no longer hold."""
        self.renew()

    def renew(self) -> None:
        """Take up what has changed in the files since they were read."""
        today = date.today()  # noqa: DTZ011 — an expiry is a day of the editor's calendar
        before, self._seen = self._seen, self._look()
        if self.gate is None or self.gate.today != today or self._seen.ground != before.ground:
            self._load(today)
        elif self._seen != before:
            self._decide(self.gate)

    def _look(self) -> Inputs:
        if self._settings is not None:
            return inputs(self._settings)
        named = self._given.config
        found = (named,) if named is not None else tuple(self._place / name for name in FILE_NAMES)
        return Inputs(tuple((path, stamp(path)) for path in found), ())

    def _load(self, today: date) -> None:
        self.edition += 1
        try:
            self._settings = settings_of(self._given, [self._place])
            self._seen = self._look()
            self.gate = Gate(self._settings, today)
            self.errors = ()
        except InputError as error:
            self.errors = (error,)
            if self.gate is not None:
                self.gate.today = today

    def _decide(self, gate: Gate) -> None:
        """Only decisions have changed."""
        self.edition += 1
        try:
            gate.reload_decisions()
            self.errors = ()
        except InputError as error:
            self.errors = (error,)


class Projects:
    """Every project that something has been asked of. Not safe for threads."""

    def __init__(self, given: argparse.Namespace) -> None:
        self._given = given
        self._known: dict[Path | None, Project] = {}

    def of(self, path: Path) -> Project:
        """The project whose settings hold at a path."""
        file = self._given.config or governing(path.parent)
        if file not in self._known:
            self._known[file] = Project(self._given, file.parent if file is not None else path.parent)
        return self._known[file]

    def renew(self) -> int:
        """Take up what has changed, in each of them; the number grows with whatever was."""
        for project in self._known.values():
            project.renew()
        return sum(project.edition for project in self._known.values())

    @property
    def errors(self) -> list[InputError]:
        """What is wrong with any of them."""
        return [error for project in self._known.values() for error in project.errors]
