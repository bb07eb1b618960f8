"""How things are shown in a terminal: language, colour, width, and characters made visible."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Final, TextIO

from checks.model import Language, Severity
from glossary.records import NamedTuple

_STYLES: Final = {
    "error": "31;1",
    "warning": "33;1",
    "info": "36",
    "bold": "1",
    "dim": "2",
    "removed": "31",
    "added": "32",
}
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


_WIDE_ONES: Final = "\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e"
_WIDE = re.compile(f"[{_WIDE_ONES}]")
_USUAL = re.compile(f"[ -~·—‘’“”…{_WIDE_ONES}]*")
"""Characters of one column, and of two."""


class View(NamedTuple):
    """How a report is shown; ``width`` in columns."""

    lang: Language = "en"
    colour: bool = False
    width: int = 100

    def paint(self, style: Severity | str, text: str) -> str:
        """A text in a colour, where there are colours."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colour else text


def visible(text: str) -> str:
    """A text with its control, bidirectional and zero-width characters, and what is no character, spelt out.

    A digest must not be able to move the cursor or to reorder what is read.
    """
    return _UNSHOWN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for a Han character, none for a combining mark."""
    if _USUAL.fullmatch(text):
        return len(text) + len(_WIDE.findall(text))
    # Late: it costs more to import than to check a digest, and digests are mostly of usual characters.
    from wcwidth import wcwidth

    return sum(max(0, wcwidth(char)) for char in text)


def one_line(text: str) -> str:
    """A message or a file's name as one line: nothing in it may begin another."""
    return visible(text).replace("\n", " ")


def for_stream(stream: TextIO, lang: Language, environment: Mapping[str, str] = os.environ) -> View:
    """The view that suits an output stream; ``NO_COLOR`` is honoured."""
    if not stream.isatty():
        return View(lang)
    from shutil import get_terminal_size

    colour = not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    return View(lang, colour, get_terminal_size((100, 24)).columns)


def default_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Chinese where the locale is, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
