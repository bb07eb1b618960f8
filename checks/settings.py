"""Settings: where they stand, what they may be, and what holds where nothing is said.

A project is a folder with a ``yijiao.toml``, or a ``pyproject.toml`` (its ``[tool.yijiao]`` table,
if any). Paths in a settings file are relative to it. Options of the command line go before.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from checks.errors import SettingsError
from checks.files import read_text
from checks.model import SEVERITIES, Severity
from checks.registry import codes

FILE_NAMES: Final = ("yijiao.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides what the gate does. Paths are absolute or relative to the working folder."""

    digests: Path = Path("data/digests")
    """The corpus: what is checked where no path is given, and the context of cross-file rules."""
    glossary: tuple[Path, ...] = ()
    """The project's own terms, over the shipped ones."""
    extra_glossary: tuple[Path, ...] = ()
    """The layer of ``--glossary``, over both."""
    sources: tuple[Path, ...] = ()
    review_dir: Path | None = None
    """None: there is no project above the digests, so no decision can be kept."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity = "warning"
    severity: Mapping[str, Severity] = field(default_factory=dict)
    known_abbreviations: tuple[str, ...] = ()
    file: Path | None = None
    """The settings file that was read."""

    def with_options(self, **options: Any) -> Settings:
        """These settings with some replaced; options that are None or empty change nothing."""
        return replace(self, **{name: value for name, value in options.items() if value})


def load(start: Path, config: Path | None = None) -> Settings:
    """The settings that hold for digests at ``start``.

    Reads ``config`` where given, else the nearest settings file at or above ``start``. Raises
    :class:`SettingsError` with the file, and the line where it can be told.
    """
    if config is not None:
        if not config.is_file():
            raise SettingsError(str(config), None, "no such settings file; check --config")
        return _read(config)
    for folder in _upwards(start):
        for name in FILE_NAMES:
            if os.path.isfile(folder / name):  # noqa: PTH113 — Path.is_file() raises where a name is too long
                return _read(folder / name)
    return _defaults(Path(), Settings())


def _upwards(start: Path) -> Sequence[Path]:
    # Not Path.absolute(), which keeps "..": the parents of ../other would be those of this folder. Not
    # Path.resolve(): a digest belongs to the project in which it is named, wherever a link leads.
    path = Path(os.path.normpath(start.absolute()))
    return (path, *path.parents)


def _defaults(root: Path, settings: Settings) -> Settings:
    """Folders of the usual names are used where they exist."""
    if not settings.sources and (root / "data/sources").is_dir():
        settings = replace(settings, sources=(root / "data/sources",))
    if not settings.glossary and (root / "data/glossary").is_dir():
        settings = replace(settings, glossary=(root / "data/glossary",))
    return settings


def _read(path: Path) -> Settings:
    text = read_text(path).removeprefix("\ufeff")
    try:
        table: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(str(path), _line(error), f"is not valid TOML: {error}") from None
    prefix = ("tool", "yijiao") if path.name == "pyproject.toml" else ()
    for name in prefix:
        table = table.get(name, {}) if isinstance(table, dict) else table
    if not isinstance(table, dict):
        raise SettingsError(str(path), _line_of(text, prefix), "tool.yijiao must be a table")
    root = _relative(path.parent)
    values: dict[str, Any] = {"file": path, "review_dir": root / "data/review", "digests": root / "data/digests"}
    for key, value in table.items():
        reader = _KEYS.get(key)
        if reader is None:
            near = difflib.get_close_matches(key, _KEYS, 1)
            hint = f"did you mean {near[0]!r}?" if near else "known are: " + ", ".join(sorted(_KEYS))
            raise SettingsError(str(path), _line_of(text, (*prefix, key)), f"unknown setting {key!r}; {hint}")
        try:
            values[key.replace("-", "_")] = reader(value, root)
        except ValueError as error:
            raise SettingsError(str(path), _line_of(text, (*prefix, key)), f"{key} {error}") from None
    return _defaults(root, Settings(**values))


def _relative(folder: Path) -> Path:
    """Relative to the working folder where that is shorter to read."""
    try:
        return folder.absolute().relative_to(Path.cwd())
    except ValueError:
        return folder.absolute()


def _path(value: object, root: Path) -> Path:
    if not isinstance(value, str) or not value:
        raise ValueError("must be a path, as a text")
    return root / value


def _paths(value: object, root: Path) -> tuple[Path, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise ValueError("must be a path or a list of paths")  # noqa: TRY004
    return tuple(_path(item, root) for item in value)


def _texts(value: object, _root: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError("must be a list of texts")
    return tuple(value)


def rule_codes(value: object, _root: Path = Path()) -> tuple[str, ...]:
    """Codes or prefixes in any case, each of which names at least one rule; raises :class:`ValueError`."""
    known = sorted(codes())
    wanted = tuple(text.strip().upper() for text in _texts(value, _root))
    for selector in wanted:
        if not any(code.startswith(selector) for code in known):
            near = difflib.get_close_matches(selector, known, 1)
            hint = f"; did you mean {near[0]}?" if near else "; --rules lists them all"
            raise ValueError(f"names no rule: {selector!r}{hint}")
    return wanted


def _severity(value: object, _root: Path = Path()) -> Severity:
    for severity in SEVERITIES:
        if value == severity:
            return severity
    raise ValueError(f"must be one of {', '.join(SEVERITIES)}")


def _severities(value: object, root: Path) -> dict[str, Severity]:
    if not isinstance(value, dict):
        raise ValueError("must be a table of codes and severities")  # noqa: TRY004
    severities: dict[str, Severity] = {}
    # A longer selector says more, whatever the order of the lines.
    for selector in sorted(value, key=len):
        (prefix,) = rule_codes([selector], root)
        severity = _severity(value[selector])
        severities |= {code: severity for code in codes() if code.startswith(prefix)}
    return severities


_KEYS: Final[dict[str, Callable[[object, Path], object]]] = {
    "digests": _path,
    "glossary": _paths,
    "sources": _paths,
    "review-dir": _path,
    "select": rule_codes,
    "ignore": rule_codes,
    "fail-on": _severity,
    "severity": _severities,
    "known-abbreviations": _texts,
}


def _line_of(text: str, key: tuple[str, ...]) -> int | None:
    """The line where a key is set: ``key = …`` in its table, a dotted key, or the table of its name."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        header = re.match(r"\s*\[([^\[\]]+)\]", line)
        name = tuple(part.strip(" \t\"'") for part in (header[1] if header else line.partition("=")[0]).split("."))
        table = name if header else table
        if (name if header else (*table, *name))[: len(key)] == key:
            return number
    return None


def _line(error: tomllib.TOMLDecodeError) -> int | None:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else None
