r"""LaTeX commands that were left outside math, and what they say in plain text.

The tables hold what occurs in abstracts. A parser of LaTeX (pylatexenc) was tried and left aside: it drops what it does
not know (`\ours`, the folders of a path), and takes a quarter of a second to start.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from glossary.records import NamedTuple

_ARGUMENT: Final = r"\{(?P<arg>[^{}\n]{0,400}(?:\{[^{}\n]{0,200}\}[^{}\n]{0,400}){0,4})\}"
_COMMAND = re.compile(rf"\\(?P<name>[A-Za-z]+)\*?(?P<braces>{_ARGUMENT})?")
_LINK = re.compile(
    r"\\url\{(?P<address>https?://[^\s{}<>]{1,1000}) ?\}"
    r"|\\href\{(?P<target>https?://[^\s{}()<>]{1,1000}) ?\}\{(?P<label>[^{}\[\]\n]{1,400})\}"
)
_SWITCH = re.compile(r"\{\\(?P<name>bf|bfseries|it|itshape|em|sl|tt|sc|rm|sf) (?P<arg>[^{}\\\n]{1,400})\}")

MARKUP: Final = {
    **dict.fromkeys(("textit", "emph", "textsl", "it", "itshape", "em", "sl"), "*"),
    **dict.fromkeys(("textbf", "bf", "bfseries"), "**"),
    **dict.fromkeys(("texttt", "tt"), "`"),
    **dict.fromkeys(("textsc", "textrm", "textsf", "textnormal", "text", "mbox", "sc", "rm", "sf"), ""),
}
"""What stands round the argument instead of the command."""
WORDS: Final = {
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "deg": "°",
    "textdegree": "°",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textemdash": "——",
    "textellipsis": "……",
    "textregistered": "®",
    "texttrademark": "™",
    "textcopyright": "©",
    "textmu": "μ",
    "textpm": "±",
    "texttimes": "×",
}
"""Text commands and what they print."""
_GREEK: Final = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega"
    " Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
)
SYMBOLS: Final = {
    "times": "×",
    "pm": "±",
    "cdot": "·",
    "sim": "~",
    "approx": "≈",
    "leq": "≤",
    "geq": "≥",
    "le": "≤",
    "ge": "≥",
    "neq": "≠",
    "infty": "∞",
    "rightarrow": "→",
    "leftarrow": "←",
    "to": "→",
    "ldots": "……",
    "dots": "……",
    **dict(zip(_GREEK.split(), "αβγδεζηθικλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ", strict=True)),
}
"""Commands of math, whose formula may have lost its dollar signs."""
_RAISED: Final = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED: Final = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_ORDINALS: Final = frozenset({"st", "nd", "rd", "th"})

_COMBINING: Final = {
    **dict(zip("\"'`^~=.", "\u0308\u0301\u0300\u0302\u0303\u0304\u0307", strict=True)),
    **dict(zip("cvHukrd", "\u0327\u030c\u030b\u0306\u0328\u030a\u0323", strict=True)),
}
_ACCENT = re.compile(
    r"\{\\(?P<a>[\"'`^~=.]|[cvHukrd] )(?P<la>[A-Za-z])\}|\\(?P<b>[\"'`^~=.cvHukrd])\{\\?(?P<lb>[A-Za-z])\}"
    r"|(?<=[A-Za-z])\\(?P<c>[\"'`^~])(?P<lc>[A-Za-z])"
)
"""In braces anywhere; without them only inside a word, for `\\"` may be an escaped quote."""


class Command(NamedTuple):
    """A command with its argument, where it has one in braces (``arg`` is then its span)."""

    name: str
    start: int
    end: int
    arg: tuple[int, int] | None


def command_at(masked: str, at: int) -> Command | None:
    """The command that begins at a backslash; one that switches the font (`{\\bf …}`) begins at its brace."""
    switch = _SWITCH.match(masked, at - 1) if at else None
    if switch is not None:
        return Command(switch["name"], at - 1, switch.end(), switch.span("arg"))
    found = _COMMAND.match(masked, at)
    if found is None:
        return None
    return Command(found["name"], at, found.end(), found.span("arg") if found["braces"] else None)


def commands(masked: str) -> Iterator[Command]:
    """The commands of a text, outer before inner."""
    at = masked.find("\\")
    while at >= 0:
        command = command_at(masked, at)
        if command is not None:
            yield command
        at = masked.find("\\", at + 1)


class Writing(NamedTuple):
    """A piece of LaTeX `[start, end)` and what it says."""

    start: int
    end: int
    text: str


def accent_at(masked: str, at: int) -> Writing | None:
    """The accented letter that a backslash begins, with the braces round it."""
    found = _ACCENT.match(masked, at - 1) if at else None
    found = found or _ACCENT.match(masked, at)
    if found is None:
        return None
    mark, letter = next((found[mark].strip(), found["l" + mark]) for mark in "abc" if found[mark])
    composed = unicodedata.normalize("NFC", letter + _COMBINING[mark])
    return Writing(found.start(), found.end(), composed) if len(composed) == 1 else None


def link_at(text: str, at: int) -> Writing | None:
    """The address that a `\\url` or `\\href` at a backslash holds, as Markdown writes it."""
    found = _LINK.match(text, at)
    if found is None:
        return None
    address, target, label = found["address"], found["target"], found["label"]
    linked = f"<{address or target}>" if address or label == target else f"[{label}]({target})"
    return Writing(found.start(), found.end(), linked)


def raised(name: str, argument: str) -> str:
    """The argument of `\\textsuperscript` or `\\textsubscript` in characters; empty where there are none."""
    if name == "textsuperscript" and argument in _ORDINALS:
        return argument
    table = {"textsuperscript": _RAISED, "textsubscript": _LOWERED}.get(name)
    return argument.translate(table) if table and argument and all(ord(char) in table for char in argument) else ""
