"""The paper's own name at the beginning of a title, and what sets it off."""

from __future__ import annotations

import re
from typing import Final

from checks.scene import SegmentScene
from checks.text import HAN, WIDE_PUNCTUATION

_LONGEST_NAME: Final = 80
_MOST_WORDS: Final = 6
_SEPARATED = re.compile(
    rf"(?P<name>[^\s{HAN}{WIDE_PUNCTUATION}:][^{HAN}{WIDE_PUNCTUATION}:\n]{{0,{_LONGEST_NAME}}}?)"
    rf"(?P<mark>[ \t]*(?::(?![\d/])|—{{1,4}}|–|-{{2,4}})[ \t]*|[ \t]+[-|][ \t]+)(?P<rest>[^\n]*[{HAN}])"
)
_NAME_END = re.compile(r"\s*(?:[:：|—–]|--|- |$)")
"""What follows the name in the English heading."""


def name_separator(scene: SegmentScene) -> re.Match[str] | None:
    """The paper's name, the mark that is no full-width colon behind it (group ``mark``), and the rest.

    The name is Latin. In front of a hyphen, which also joins words, it must be the one that begins
    the English heading.
    """
    if scene.field != "title":
        return None
    found = _SEPARATED.match(scene.masked)
    if found is None or len(found["name"].split()) > _MOST_WORDS:
        return None
    name = scene.text[: found.end("name")].strip()
    if found["mark"].strip() not in ("-", "|", "–"):
        return found
    heading = scene.entry.entry.heading.text.casefold()
    named = heading.startswith(name.casefold()) and _NAME_END.match(heading, len(name))
    return found if named else None
