"""Folding text for the search without losing where anything stood.

A haystack has widths, case, white space and hyphens folded, so that one pattern finds every spelling; `Folded` keeps
beside it the same text with its case, and the offsets of the original wherever folding made the text shorter.
"""

from __future__ import annotations

import re
from functools import cache

from glossary.records import NamedTuple

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The Han characters, as the inside of a regular expression class."""

_HYPHENS = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\ufe63\uff0d"
_SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)
_WIDE = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"

_NARROW = {
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_SPACES, " "),
    **{chr(code): chr(code - 0xFEE0) for low, high in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
       for code in range(low, high + 1)},
}  # fmt: skip
_ASCII_SPACES = str.maketrans({space: " " for space in _SPACES if space.isascii()})
# Most text needs no folding but that of case: one search tells, and only what it stops on pays for more.
_RARE = f"[{_HYPHENS}{_SPACES}{_WIDE}\ud800-\udfff]"
# Runs of white space; a hyphen at the end of a line; the "--" that LaTeX sources write for an en dash.
# The class that all begin with comes first: a search skims a text for it.
_RUN = r"[ -](?:(?<= ) +|(?<=\w-) +(?=\w)|(?<=[A-Za-z0-9]-)-(?=[A-Za-z0-9]))"


class Folded(NamedTuple):
    """A text made ready for the search.

    `cased` and `hay` are equally long. `cased` has full-width letters, digits, hyphens and white space folded to ASCII;
    `hay` is also lower case, with each hyphen as a space. `offsets` gives for each of their characters the offset of
    the original one, in code points; None where it is the same.
    """

    cased: str
    hay: str
    offsets: list[int] | None


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression, compiled when first needed: a class with the Han ranges costs a millisecond at import."""
    return re.compile(pattern)


def is_latin(char: str) -> bool:
    """Whether a letter or digit of an alphabetic script, next to a Latin form, makes it part of a longer word."""
    return char < "\u2e80" and char.isalnum()


def narrow(text: str) -> str:
    """Full-width letters and digits, hyphens and white space as ASCII ones; as long as the text given."""
    if text.isascii():
        return text.translate(_ASCII_SPACES)
    for char in set(compiled(_RARE).findall(text)):
        # A lone surrogate (from a JSON escape) is no text the automaton takes.
        text = text.replace(char, _NARROW.get(char, "\ufffd"))
    return text


def lower(text: str) -> str:
    """Lower case, as long as the text given: a letter whose lower case is longer stays as it is."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def fold(text: str) -> Folded:
    """The text as a haystack."""
    cased = narrow(text)
    offsets: list[int] | None = None
    if "  " in cased or "- " in cased or "--" in cased:
        cased, offsets = _without_runs(cased)
    return Folded(cased, lower(cased).replace("-", " "), offsets)


def _without_runs(text: str) -> tuple[str, list[int] | None]:
    """The text with each run of separators as one, and the offset of each character left."""
    parts: list[str] = []
    offsets: list[int] = []
    last = 0
    for run in compiled(_RUN).finditer(text):
        keep = run.start() + 1
        parts.append(text[last:keep])
        offsets.extend(range(last, keep))
        last = run.end()
    if not last:
        return text, None
    parts.append(text[last:])
    offsets.extend(range(last, len(text)))
    return "".join(parts), offsets
