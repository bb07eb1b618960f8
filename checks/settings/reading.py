"""Finding a settings file and reading it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from checks.errors import SettingsError
from checks.settings.model import Settings

FILE_NAMES: Final = ("yijiao.toml", "pyproject.toml")
USUAL_FOLDERS: Final = {"sources": "data/sources", "glossary": "data/glossary"}
"""By setting: below a project, these are used where they exist and nothing else is said."""


def load(start: Path, config: Path | None = None) -> Settings:
    """The settings that hold for digests at ``start``.

    Reads ``config`` where given, else the nearest settings file at or above ``start``. Raises
    :class:`SettingsError` with the file, and the line where it can be told.
    """
    if config is not None:
        if not config.is_file():
            raise SettingsError(str(config), None, "no such settings file; check --config")
        return _read(config)
    found = governing(start)
    settings = _read(found) if found is not None else _defaults(Path(), Settings())
    return settings._replace(searched=True)


def again(settings: Settings, text: str | None = None) -> Settings:
    """The settings of the same project as its file is now, or as if a text stood in it; the command line's stay.

    Raises :class:`SettingsError` as :func:`load` does.
    """
    file = settings.file
    if file is None:
        return settings
    if settings.searched:
        # Beside a pyproject.toml, a yijiao.toml may have come or gone.
        file = governing(file.parent) or file
    found = _read(file, text)._replace(searched=settings.searched)
    return found.with_options(**settings.options)


def governing(start: Path) -> Path | None:
    """The nearest settings file at or above a place."""
    # Not Path.absolute(), which keeps "..": the parents of ../other would be those of this folder. Not
    # Path.resolve(): a digest belongs to the project in which it is named, wherever a link leads.
    path = Path(os.path.normpath(start.absolute()))
    for folder in (path, *path.parents):
        for name in FILE_NAMES:
            # Not Path.is_file(), which raises where a name is too long.
            if os.path.isfile(f"{folder}/{name}"):  # noqa: PTH113
                return folder / name
    return None


def _read(path: Path, text: str | None = None) -> Settings:
    # Late: where there is no such file, nobody needs the keys.
    from checks.settings.file import Reader

    reader = Reader(path, text)
    return _defaults(reader.root, reader.read())


def _defaults(root: Path, settings: Settings) -> Settings:
    """Folders of the usual names are used where they exist."""
    places = {name: root / folder for name, folder in USUAL_FOLDERS.items() if not getattr(settings, name)}
    found: dict[str, Any] = {name: (place,) for name, place in places.items() if place.is_dir()}
    return settings._replace(**found) if found else settings
