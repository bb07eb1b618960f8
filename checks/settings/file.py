"""What a settings file says. Imported where there is one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from checks.errors import SettingsError
from checks.files import read_text
from checks.settings.keys import KEYS, Key, patterns, suggestion
from checks.settings.model import Different, Origin, Settings

_PATHS: Final = "paths"


class Reader:
    """Reads one file. Its methods raise :class:`SettingsError`."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        self.path = path
        self.text = (read_text(path) if text is None else text).removeprefix("\ufeff")
        self.root = _relative(path.parent)
        """What paths in the file are relative to."""
        self.prefix = ("tool", "yijiao") if path.name == "pyproject.toml" else ()

    def read(self) -> Settings:
        """The settings that the file holds."""
        table = self._table()
        tables = table.pop(_PATHS, {})
        values, origins = self._values(table, self.prefix, KEYS)
        return Settings(
            **{"review_dir": self.root / "data/review", "digests": self.root / "data/digests", **values},
            paths=tuple(self._different(tables)),
            file=self.path,
            origins=origins,
        )

    def _refuse(self, problem: str, *key: str) -> SettingsError:
        return SettingsError(str(self.path), _line_of(self.text, key) if key else None, problem)

    def _table(self) -> dict[str, Any]:
        try:
            table: object = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            line = int(found[1]) if found else None
            raise SettingsError(str(self.path), line, f"is not valid TOML: {error}") from None
        for name in self.prefix:
            table = table.get(name, {}) if isinstance(table, dict) else table
        if not isinstance(table, dict):
            raise self._refuse("tool.yijiao must be a table", *self.prefix)
        return table

    def _different(self, tables: object) -> Sequence[Different]:
        where = (*self.prefix, _PATHS)
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            raise self._refuse('paths must hold tables: [paths."digests/2024/"]', *where)
        found = []
        allowed = {name: key for name, key in KEYS.items() if key.by_path}
        for pattern, table in tables.items():
            try:
                patterns([pattern], self.root)
            except ValueError as error:
                raise self._refuse(f"paths: {error}", *where, pattern) from None
            found.append(Different(pattern, *self._values(table, (*where, pattern), allowed)))
        return found

    def _values(
        self, table: Mapping[str, object], prefix: tuple[str, ...], known: Mapping[str, Key]
    ) -> tuple[dict[str, Any], dict[str, Origin]]:
        """The values of a table by the fields of :class:`Settings`, and where they stand."""
        values: dict[str, Any] = {}
        origins: dict[str, Origin] = {}
        for name, value in table.items():
            key = known.get(name)
            if key is None and name in KEYS:
                raise self._refuse(f"{name} holds for the whole project, not for some paths", *prefix, name)
            if key is None:
                names = known if prefix != self.prefix else {**known, _PATHS: None}
                raise self._refuse(f"unknown setting {name!r}; {suggestion(name, names)}", *prefix, name)
            try:
                values[name.replace("-", "_")] = key.read(value, self.root)
            except ValueError as error:
                raise self._refuse(f"{name} {error}", *prefix, name) from None
            origins[name.replace("-", "_")] = Origin(str(self.path), _line_of(self.text, (*prefix, name)))
        return values, origins


_HEADER = re.compile(r"\s*\[([^\[\]]*)\]")
_NAME = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^.\s\"']+)")


def _line_of(text: str, key: tuple[str, ...]) -> int | None:
    """The line where a key is set: ``key = …`` in its table, a dotted key, or the table of its name."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        header = _HEADER.match(line)
        written = header[1] if header else line.partition("=")[0]
        name = tuple("".join(parts) for parts in _NAME.findall(written))
        table = name if header else table
        if (name if header else (*table, *name))[: len(key)] == key:
            return number
    return None


def _relative(folder: Path) -> Path:
    """Relative to the working folder where that is shorter to read."""
    try:
        return folder.absolute().relative_to(Path.cwd())
    except ValueError:
        return folder.absolute()
