"""What can go wrong with what the user hands in; every door turns these into exit code 2.

:class:`InputError` is defined in the lowest layer, so that one ``except`` in a door covers the
glossary, the digests, the sources, the settings and the review files alike.
"""

from __future__ import annotations

from glossary.errors import GlossaryError, InputError

__all__ = [
    "FileChanged",
    "GlossaryError",
    "InputError",
    "PluginError",
    "ReviewFileError",
    "RuleCrashed",
    "SettingsError",
    "SourceError",
]


class SettingsError(InputError):
    """A setting, or a command-line value, that cannot be used."""


class SourceError(InputError):
    """A file of English sources that cannot be read."""


class ReviewFileError(InputError):
    """A file of decisions or comments that cannot be read."""


class FileChanged(InputError):
    """A file is no longer what was read: nothing has been written."""


class PluginError(InputError):
    """An installed plug-in whose rules cannot be used; ``path`` names its distribution."""


class RuleCrashed(InputError):
    """A rule failed on an entry: our fault, reported with the place so that it can be told."""
