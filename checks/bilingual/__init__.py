"""Bilingual files: XLIFF 1.2 and 2, TMX, PO and CSV, a segment an entry.

The English stands in the file beside the Chinese. The targets of a file make up a text that the rules read like any
digest; what they find is carried back to the place in the file, and a fix is written in the escapes of that place, so
that nothing else of the file changes: see :mod:`checks.bilingual.content`. A reader finds the units of one format and
the pieces of which their targets consist.
"""

from __future__ import annotations

import os
from typing import Final

from checks.model import Digest
from glossary.remote import name_of

SUFFIXES: Final = (".xlf", ".xliff", ".tmx", ".po", ".csv")
"""By their suffix such files are known, in any case."""


def is_bilingual(path: str | os.PathLike[str]) -> bool:
    """Whether a path is that of a bilingual file, by its name; a URL may have a query behind it."""
    return name_of(os.fspath(path)).lower().endswith(SUFFIXES)


def parse(text: str, path: str) -> Digest:
    """Read a digest, or a bilingual file where the path says so.

    A digest never fails. A bilingual file raises :class:`InputError`, with the line where there is one, if it is
    damaged, too large, unsafe, or not from English into simplified Chinese.
    """
    if is_bilingual(path):
        from checks.bilingual.reading import read

        return read(text, path)
    from checks.digest import parse as parse_digest

    return parse_digest(text, path)
