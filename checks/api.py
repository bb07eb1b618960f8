"""The gate for other programs: the functions and the class that ``checks`` offers.

All offsets are code points from the start of the text, half-open. What is wrong with what is handed
in, be it settings, a glossary or a text that is none, raises :class:`InputError`; what is wrong with
one file among several, and a rule that crashes, stands in ``errors`` of the report beside what could
be judged.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from checks.bilingual import parse
from checks.errors import SettingsError
from checks.files import sound
from checks.fixing import Fixed
from checks.gate import Gate
from checks.model import Safety
from checks.settings import Settings
from checks.settings import load as load_settings
from checks.settings.keys import KEYS
from checks.verdict import FileReport, Report
from glossary.remote import local, place

__all__ = ["Checker", "check_files", "check_text", "fix_text", "load_settings"]

StrPath = str | os.PathLike[str]

NO_FILE: Final = "<text>"
"""The path of a text that is said to stand nowhere."""


class Checker:
    """Settings, glossary, sources and editors' decisions, loaded once for many texts.

    ``settings`` is a :class:`Settings`, the path of a settings file, or None for the nearest
    ``yijiao.toml`` or ``pyproject.toml`` at or above the working folder; where there is none, the
    defaults hold. ``Settings()`` are the defaults wherever the program runs. Later changes of those
    files are not seen. Threads may share one: its methods change nothing in it.

        >>> from checks import Checker, Settings
        >>> checker = Checker(Settings(select=("FMT",), severity={"FMT001": "error"}))
        >>> digest = "## A Study\\n[研究](https://arxiv.org/abs/2504.00001)\\n\\n本文训练LLM。\\n"
        >>> [(it.severity, it.quote, it.message.render("en")) for it in checker.check_text(digest).findings]
        [('error', '练L', 'Put a space between “练” and “L”')]
    """

    def __init__(self, settings: Settings | StrPath | None = None) -> None:
        if not isinstance(settings, Settings):
            settings = load_settings(Path(), None if settings is None else Path(settings))
        self._gate = Gate(_judged(settings))

    @property
    def settings(self) -> Settings:
        """What holds for every text, before the tables for some paths."""
        return self._gate.settings

    def check_text(self, text: str, *, path: StrPath = NO_FILE) -> FileReport:
        """Check the text of one digest as if it stood at ``path``, which need not exist."""
        name = _name(path)
        return self._gate.check_text(sound(text, name), name)

    def check_files(self, paths: StrPath | Iterable[StrPath], *, allow_empty: bool = False) -> Report:
        """Check digests, and folders of them.

        A file that cannot be judged, and a folder without a digest unless ``allow_empty``, is in the
        report's ``errors``, and then its ``exit_code`` is 2.
        """
        return self._gate.check([place(path) for path in _each(paths)], allow_empty=allow_empty)

    def fix_text(self, text: str, *, path: StrPath = NO_FILE, unsafe: bool = False) -> Fixed:
        """The text after all safe fixes, with ``unsafe`` the others too, and the findings they mended.

        Dismissed and suppressed findings are let alone. Raises :class:`RuleCrashed` where a rule
        fails on the way. ``settled`` is false where two rules undo each other: then do not use the text.
        """
        name = _name(path)
        safeties: tuple[Safety, ...] = ("safe", "unsafe") if unsafe else ("safe",)
        return self._gate.fix(parse(sound(text, name), name), safeties)


def check_text(text: str, *, path: StrPath = NO_FILE, settings: Settings | StrPath | None = None) -> FileReport:
    """Check the text of one digest as if it stood at ``path``.

    Without ``settings`` those of the nearest settings file at or above ``path`` hold. For many texts
    make a :class:`Checker`: each call reads the glossary again.

        >>> import checks
        >>> text = "## A Study\\n[研究](https://arxiv.org/abs/2504.00001)\\n\\n本文训练多个大语言模型 (LLMs)。\\n"
        >>> (finding,) = [it for it in checks.check_text(text).findings if it.code == "TRM006"]
        >>> finding.span, finding.entry, finding.field, finding.fixes[0].edits
        (Span(start=64, end=68), '2504.00001', 'body', (Edit(start=67, end=68, text=''),))
    """
    return _checker(settings, path).check_text(text, path=path)


def check_files(
    paths: StrPath | Iterable[StrPath], *, settings: Settings | StrPath | None = None, allow_empty: bool = False
) -> Report:
    """Check digests, and folders of them, as ``python -m checks`` does; at URLs too.

    Without ``settings`` those of the nearest settings file at or above the first path hold, of the working folder for
    a URL.

        >>> import checks
        >>> report = checks.check_files("no-such-week.md")
        >>> report.exit_code, str(report.errors[0])
        (2, 'no-such-week.md: no such file or folder; check the path')
    """
    named = _each(paths)
    start = next(iter(local(map(place, named))), Path())
    return _checker(settings, start).check_files(named, allow_empty=allow_empty)


def fix_text(
    text: str, *, path: StrPath = NO_FILE, unsafe: bool = False, settings: Settings | StrPath | None = None
) -> Fixed:
    """The text of one digest with its safe fixes made; no file is written.

    Settings are found as by :func:`check_text`, and errors are those of :meth:`Checker.fix_text`.

        >>> import checks
        >>> text = "## A Study\\n[研究](https://arxiv.org/abs/2504.00001)\\n\\n本文训练多个大语言模型（LLMs）。\\n"
        >>> fixed = checks.fix_text(text)
        >>> fixed.text.splitlines()[-1], sorted(finding.code for finding in fixed.applied)
        ('本文训练多个大语言模型 (LLM)。', ['FMT003', 'TRM006'])
    """
    return _checker(settings, path).fix_text(text, path=path, unsafe=unsafe)


def _checker(settings: Settings | StrPath | None, start: StrPath) -> Checker:
    return Checker(load_settings(Path(start)) if settings is None else settings)


def _judged(settings: Settings) -> Settings:
    """The settings as a file would have them read: values that are none refused, prefixes of codes spelt out."""
    plain = {
        "select": list(settings.select),
        "ignore": list(settings.ignore),
        "severity": dict(settings.severity),
        "fail-on": settings.fail_on,
        "profile": settings.profile,
    }
    values: dict[str, Any] = {}
    for name, value in plain.items():
        try:
            values[name.replace("-", "_")] = KEYS[name].read(value, Path())
        except ValueError as error:
            raise SettingsError("settings", None, f"{name} {error}") from None
    return settings._replace(**values)


def _each(paths: StrPath | Iterable[StrPath]) -> list[str]:
    return [os.fspath(path) for path in ([paths] if isinstance(paths, str | os.PathLike) else paths)]


def _name(path: StrPath) -> str:
    return Path(path).as_posix()
