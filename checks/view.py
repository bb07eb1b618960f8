"""How things are shown in a terminal: language, colour, width, and characters made visible."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from typing import Final, NamedTuple, TextIO

from checks.model import Language, Severity

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


def one_line(text: str) -> str:
    """A message or a file's name as one line: nothing in it may begin another."""
    return visible(text).replace("\n", " ")


def for_stream(stream: TextIO, lang: Language, environment: Mapping[str, str] = os.environ) -> View:
    """The view that suits an output stream; ``NO_COLOR`` is honoured."""
    terminal = stream.isatty()
    colour = terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    return View(lang, colour, shutil.get_terminal_size((100, 24)).columns if terminal else 100)


def default_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Chinese where the locale is, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
