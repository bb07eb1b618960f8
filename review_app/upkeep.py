"""Keeping up with the settings file: who changes it, here, in another window or by git, changes the gate at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from checks import settings
from checks.errors import InputError, SettingsError
from checks.gate import Gate
from checks.inputs import settings_files, stamps
from checks.report.places import file_of
from checks.settings import Settings
from review_app.reports import Reports

FIXED: Final = ("digests", "review_dir")
"""What the app cannot exchange while it runs: the decisions, the store and the roles go with it."""


class Upkeep:
    """The settings in force. Not safe for threads: the service holds a lock."""

    def __init__(self, gate: Gate, paths: Sequence[Path]) -> None:
        self._gate = gate
        self._paths = tuple(paths)
        self.errors: tuple[InputError, ...] = ()
        """What is wrong with the file since it was read; until it is mended, the settings before hold."""
        self._stamp = self._stamp_now()
        self._offered: Reports | None = None

    def offer(self, reports: Reports) -> None:
        """Reports that were made to see what settings would do: they need not be made again if those come true."""
        self._offered = reports

    def take_up(self) -> Reports | None:
        """Reports under the settings as they are now, where they have changed since the last time."""
        now = self._stamp_now()
        if now == self._stamp:
            return None
        self._stamp = now
        try:
            found = same_project(self._gate.settings)
            if found == self._gate.settings:
                # A line may have moved.
                self._gate.settings = found
                made = None
            else:
                made = self._reports(found)
        except InputError as error:
            self.errors = (error,)
            return None
        self.errors = ()
        self._offered = None
        return made

    def _reports(self, found: Settings) -> Reports:
        offered = self._offered
        return offered if offered is not None and offered.gate.settings == found else Reports(Gate(found), self._paths)

    def _stamp_now(self) -> object:
        # What the settings before do not name may be at fault: a folder of terms that has come since.
        broken = (Path(name) for error in self.errors if (name := file_of(error)) is not None)
        return stamps((*settings_files(self._gate.settings), *broken))


def same_project(before: Settings, text: str | None = None) -> Settings:
    """The settings as they are now, or as if a text stood in their file.

    Raises :class:`SettingsError` also where the app would have to be started again.
    """
    found = settings.again(before, text)
    for name in FIXED:
        if getattr(found, name) != getattr(before, name):
            key = name.replace("_", "-")
            origin = found.origins.get(name)
            problem = f"{key} has changed; start the app again to use it, until then the settings before hold"
            raise SettingsError(str(found.file), origin.line if origin is not None else None, problem)
    return found
