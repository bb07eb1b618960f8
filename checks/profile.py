"""The choices that two norms make differently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from glossary.records import NamedTuple


class Style(NamedTuple):
    """The choices of a profile, as in the table at the top of the house style; the defaults are those of `digest`."""

    profile: str = "digest"
    """Whose choice decides where a file follows two conventions equally often."""
    brackets: str = "half"
    """`half`, `full` or `consistent`."""
    spacing: str = "one"
    """`one`, `none` or `consistent`: between Han and Latin, a digit, math or code."""
    quotes: str = "curly"
    """`curly` or `corner`."""
    range: str = "off"
    """`off`, `tilde` or `endash`."""
    hyphen_space: str = "off"
    """`off` or `none`: round a hyphen between Han."""
    unit_space: str = "off"
    """`off` or `one`: between a number and its unit."""
    known_abbreviations: frozenset[str] = frozenset()
    """Abbreviations that everybody knows, beside the built-in ones."""


PROFILES: Final[Mapping[str, Style]] = {
    "digest": Style(),
    "gb": Style(profile="gb", brackets="full", range="tilde", hyphen_space="none", unit_space="one"),
}
"""The house style of the digests; and the choices of GB/T 15834-2011 (brackets), GB/T 15835-2011 (ranges) and
GB/T 3101-93 (a space before a unit)."""
