"""What a verdict rests on besides the digests: the files of settings, terms, English and decisions.

A program that lives long asks whether any of them has changed since it read them. Of those at URLs nobody is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from checks import settings
from checks.dismissals import FILE_NAME
from checks.files import stamp
from checks.settings import Settings
from glossary.records import NamedTuple
from glossary.remote import local

Stamps = tuple[tuple[Path, tuple[int, int, int] | None], ...]
"""Files, those that are not there among them, and what changes with each write of one."""


class Inputs(NamedTuple):
    """The files as they were at one time."""

    ground: Stamps
    """Settings, terms and English: a change may say anything anew."""
    decisions: Stamps
    """Dismissals and baseline: what is found stays, what is open changes."""


def inputs(found: Settings) -> Inputs:
    """The files as they are now."""
    ground = (*settings_files(found), *term_files(found), *english_files(found))
    return Inputs(stamps(ground), stamps(decision_files(found)))


def stamps(paths: Iterable[Path]) -> Stamps:
    """Files as they are now."""
    return tuple((path, stamp(path)) for path in paths)


def places(found: Settings) -> tuple[Path, ...]:
    """The files, and the folders of them, that :func:`inputs` looks at: what a watcher of files must watch."""
    return (*settings_files(found), *found.glossaries, *local(found.sources), *decision_files(found))


def term_files(found: Settings) -> Iterator[Path]:
    """Where the project's terms stand, as :func:`english_files` tells of the English."""
    return _inside(found.glossaries, "*.csv")


def english_files(found: Settings) -> Iterator[Path]:
    """Where the English stands: the files and folders that the settings name, and the files in these folders."""
    return _inside(local(found.sources), "*.jsonl")


def decision_files(found: Settings) -> Iterator[Path]:
    """Where dismissals and baseline stand, whether or not they exist."""
    if found.review_dir is not None:
        yield found.review_dir / FILE_NAME
    if found.baseline_file is not None:
        yield found.baseline_file


def settings_files(found: Settings) -> Iterator[Path]:
    """The settings file, and what may yet come beside it: another file, where it was searched for; usual folders."""
    if found.file is None:
        return
    yield found.file
    if found.searched:
        yield from (found.file.with_name(name) for name in settings.FILE_NAMES if name != found.file.name)
    folders = (found.file.parent / folder for folder in settings.USUAL_FOLDERS.values())
    yield from (folder for folder in folders if not folder.is_dir())


def _inside(paths: list[Path] | tuple[Path, ...], pattern: str) -> Iterator[Path]:
    for path in paths:
        yield path
        if path.is_dir():
            yield from sorted(path.glob(pattern))
