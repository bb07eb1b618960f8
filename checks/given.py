"""What a command line asks of the gate.

Hooks mostly name digests and nothing else. Such a line needs no parser of options, and making one takes longer than
checking a digest.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks import settings
from checks.errors import SettingsError
from glossary.remote import Place, place

if TYPE_CHECKING:
    import argparse

    from checks.cluster import Address
    from checks.model import Language, Severity
    from checks.report.delivery import Order

PROGRAM: Final = "python -m checks"
STDIN: Final = Path("-")


class Given:
    """The options and paths of a run, and what holds where none is given; `checks.options` tells what they mean."""

    def __init__(self, paths: Sequence[Place] = ()) -> None:
        # Not a list: argparse would take an empty one for a mistake of its own.
        self.paths = paths
        self.fix = False
        self.unsafe_fixes = False
        self.diff = False
        self.accept_new = False
        self.prune = False
        self.strict = False
        self.select: list[str] = []
        self.ignore: list[str] = []
        self.fail_on: Severity | None = None
        self.exit_zero = False
        self.glossary: list[Place] = []
        self.sources: list[Place] = []
        self.config: Path | None = None
        self.baseline: Path | None = None
        self.review_dir: Path | None = None
        self.stdin_filename: Path | None = None
        self.force_exclude = False
        self.allow_empty = False
        self.format = "full"
        self.report: list[Order] = []
        self.statistics = False
        self.lang: Language | None = None
        self.explain: str | None = None
        self.show_settings = False
        self.rules = False
        self.jobs = 0
        self.engine: Address | None = None
        self.watch = False
        self.no_cache = False
        self.cache_dir: Path | None = None


def asked_for(arguments: Sequence[str] | None = None) -> Given:
    """What a command line, the process's own where none is passed, asks for.

    Bad usage raises :class:`checks.errors.SettingsError`.
    """
    words = sys.argv[1:] if arguments is None else arguments
    if any(word.startswith("-") for word in words):
        from checks.options import parse

        return parse(words)
    return Given([named(word) for word in words])


def named(word: str) -> Place:
    """What a word names. An empty one, mostly a variable of a script that is not set, raises :class:`SettingsError`.

    Taken for the working folder, as Python would, it would have every digest there mended.
    """
    if not word:
        raise SettingsError(PROGRAM, None, "an empty path names no digest; is a variable not set? . is this folder")
    return place(word)


def settings_of(given: Given | argparse.Namespace, paths: Sequence[Place], **more: Any) -> settings.Settings:
    """The settings that hold at these paths, with what `checks.options.add_context` has taken over them.

    The first path on this machine tells, else the working folder: a URL is in no project.
    """
    start = next((path for path in paths if isinstance(path, Path)), Path())
    return settings.load(start, given.config).with_options(
        extra_glossary=tuple(given.glossary),
        sources=tuple(given.sources),
        review_dir=given.review_dir,
        baseline=given.baseline,
        **more,
    )
