"""``--watch``: the gate again and again, whenever something that it reads has changed.

Whether something has is told by the files' stamps; the watcher only says when to look, and where it misses a change
(it was not there yet, or the file system tells nobody) the next look finds it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from checks.errors import InputError, SettingsError
from checks.expansion import expand
from checks.files import content_hash, stamp
from checks.inputs import inputs, places
from checks.report.places import file_of
from checks.settings import Settings
from checks.verdict import FileReport, Report
from checks.view import View
from glossary.records import NamedTuple

_INTERRUPTED: Final = 130
_LOOK: Final = 2000
"""Milliseconds after which one looks though nothing was told."""
_REST: Final = 100
"""Milliseconds of rest that end a burst of changes."""


class _Ground(NamedTuple):
    """What a round rests on."""

    paths: Sequence[Path]
    settings: Settings | None
    errors: tuple[InputError, ...]
    """What is wrong with the settings."""

    def stamps(self) -> list[tuple[Path, object]]:
        """Every file, and what changes when it is written."""
        known = self.settings if self.settings is not None else Settings()
        names, _ = expand(self._digests(), allow_empty=True, excludes=known.excludes, also=known.includes)
        found: list[tuple[Path, object]] = [(name, stamp(name)) for name in names]
        if self.settings is not None:
            found += [each for kind in inputs(self.settings) for each in kind]
        return found + [(path, stamp(path)) for path in self._broken()]

    def folders(self) -> set[Path]:
        """The folders in which they stand, and may come to stand; each is watched by itself."""
        named = [*self._digests(), *self._broken(), *(places(self.settings) if self.settings is not None else ())]
        found = {_existing(path) for path in named}
        for path in self._digests():
            for folder, names, _ in os.walk(path):
                names[:] = [name for name in names if not name.startswith(".")]
                found.add(Path(folder))
        return found

    def _digests(self) -> Sequence[Path]:
        return self.paths or ([self.settings.digests] if self.settings is not None else [])

    def _broken(self) -> Iterator[Path]:
        yield from (Path(name) for error in self.errors if (name := file_of(error)) is not None)


def rounds(
    paths: Sequence[Path],
    read: Callable[[], Settings],
    check: Callable[[Settings], Report],
    show: Callable[[Report, Report], None],
) -> int:
    """Check, show, and wait for a change, until the user interrupts; returns the exit code of the last round.

    ``read`` gives the settings as they are now; ``show`` gets a round's report, and of it what is new since the round
    before. What is wrong with the settings is a round's error, and is waited out.
    """
    # Before the work: what is missing should be told at once.
    _watcher()
    code, said, known = _INTERRUPTED, dict[str, object](), None
    try:
        while True:
            errors: tuple[InputError, ...] = ()
            try:
                known = read()
            except InputError as wrong:
                errors = (wrong,)
            ground = _Ground(paths, known, errors)
            seen = ground.stamps()
            report = check(known) if known is not None and not errors else Report((), errors, "warning", (), "")
            # Before it is shown: who interrupts that has this verdict.
            code = report.exit_code
            now = {file.path: _signature(file) for file in report.files}
            new = [file for file in report.files if said.get(file.path) != now[file.path]]
            show(report, report._replace(files=new))
            said = now
            _wait(ground, seen)
    except KeyboardInterrupt:
        return code


def verdict(report: Report, view: View) -> str:
    """The line that ends a round: the time, and the verdict on all digests."""
    time = datetime.now().astimezone().strftime("%H:%M:%S")
    files, found, code = len(report.files), report.totals.by_code.total(), report.exit_code
    if view.lang == "zh":
        return f"[{time}] 共 {files} 个文件，{found} 处问题，退出码 {code}；有改动时重新检查，按 Ctrl-C 结束"
    return f"[{time}] {files} files, {found} findings in all, exit code {code}; waiting for changes, Ctrl-C ends"


def _signature(file: FileReport) -> object:
    return content_hash(file.text), tuple(finding.fingerprint for finding in file.findings)


def _wait(ground: _Ground, seen: object) -> None:
    for _ in _watcher()(
        *ground.folders(), watch_filter=None, step=_REST, rust_timeout=_LOOK, yield_on_timeout=True, recursive=False
    ):
        if ground.stamps() != seen:
            return


def _watcher() -> Callable[..., Iterator[object]]:
    try:
        from watchfiles import watch
    except ModuleNotFoundError:
        problem = "watchfiles is not installed; pip install 'yijiao[watch]' adds it"
        raise SettingsError("--watch", None, problem) from None
    return watch


def _existing(path: Path) -> Path:
    """The folder of a path, or the nearest above it that is there; a folder is its own."""
    here = path.absolute()
    return next(folder for folder in (here, *here.parents) if folder.is_dir())
