"""Settings: where they stand, what they may be, and what holds where nothing is said.

A project is a folder with a ``yijiao.toml``, or a ``pyproject.toml`` (its ``[tool.yijiao]`` table,
if any). Paths in a settings file are relative to it. Options of the command line go before.

    profile = "gb"                      # the national standard's choices
    ignore = ["FMT012"]

    [style]                             # single choices, over the profile's
    quotes = "corner"

    [paths."digests/2024/"]             # what is different for some digests
    ignore = ["FMT003"]
"""

from __future__ import annotations

from checks.settings.model import Different, Origin, Settings
from checks.settings.reading import FILE_NAMES, USUAL_FOLDERS, again, governing, load

__all__ = ["FILE_NAMES", "USUAL_FOLDERS", "Different", "Origin", "Settings", "again", "governing", "load"]
