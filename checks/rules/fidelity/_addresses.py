"""The addresses in a text, English with its LaTeX or Chinese with its Markdown, and when two are the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final
from urllib.parse import unquote

from checks.text import HAN, WIDE_PUNCTUATION, trim_url
from glossary.records import NamedTuple

MOST: Final = 50
"""Addresses of a text that are looked at; keeps hostile text linear."""
_ESCAPED: Final = r"\\(?:[_%#&$/.-]|~(?:\{\})?|textasciitilde(?:\{\})?|textunderscore(?:\{\})?)"
_CHARACTER: Final = rf"(?:{_ESCAPED}|[^\s<>\"`|{{}}\\^{HAN}{WIDE_PUNCTUATION}])"
_DOMAINS: Final = (
    "com|org|net|io|ai|cn|co|edu|gov|dev|me|uk|de|fr|jp|kr|ch|app|site|xyz|info|tech|cloud|page|ly|us|eu|top|be|gl|id"
)
_ADDRESS = re.compile(
    rf"(?:https?://|(?<![A-Za-z0-9])www\.)(?={_CHARACTER}){_CHARACTER}{{1,2000}}"
    rf"|(?<![\w./@-])(?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:{_DOMAINS})/[\w@~.-]{_CHARACTER}{{0,2000}}",
    re.IGNORECASE,
)
# One class of characters first, which a regex looks for many times faster than for any of several choices.
_SIGN = re.compile(r"[:.wW](?:(?<=:)//|(?<=[wW])[wW]{2}\.|(?<=\.)[^\W\d_]{2,5}/)")
"""What every address holds: behind its scheme, at its beginning, or before its path."""
_LONGEST_HOST: Final = 4 * 64
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_LATEX = re.compile(_ESCAPED)
_LATEX_SIGNS: Final = {"textasciitilde": "~", "textunderscore": "_"}
_WIDE = re.compile("[\uff01-\uff5e。]")
_LONGEST: Final = 300
_FOLLOWING: Final = 3
"""Words behind an address of the English that a line break may have torn from it."""
_NEAR: Final = 0.7


class Address(NamedTuple):
    """An address in ``[start, end)`` of its text."""

    start: int
    end: int
    text: str
    """As a browser takes it, without LaTeX's escapes."""
    key: str
    """What addresses of one page have in common: no scheme, no www., no percent-encoding, no slash at the end."""


def addresses(text: str) -> list[Address]:
    """The addresses of a text, in order; what only ends the sentence round one is no part of it."""
    found: list[Address] = []
    if "/" not in text and "www." not in text.lower():
        return found
    at = 0
    # What is still to be found has its sign still to come, and no space before it.
    while len(found) < MOST and (sign := _SIGN.search(text, at)):
        space = text.rfind(" ", at, sign.start())
        match = _ADDRESS.search(text, max(at, space + 1, sign.start() - _LONGEST_HOST))
        if match is None:
            break
        raw = trim_url(match[0])
        at = match.start() + max(len(raw), 1)
        address = _LATEX.sub(_sign, raw)
        key = _key(address)
        if "." in key:
            found.append(Address(match.start(), match.start() + len(raw), address, key))
    return found


def torn(text: str, address: Address) -> Iterator[str]:
    """The keys of an address with the words behind it: arXiv breaks long addresses at the end of a line."""
    words = text[address.end : address.end + 300].split(maxsplit=_FOLLOWING)[:_FOLLOWING]
    whole = text[address.start : address.end]
    if text[address.end : address.end + 1].isspace() or text[address.end : address.end + 2] == "/ ":
        for word in words:
            whole = f"{whole.rstrip('/')}/{word}" if whole.endswith("/") or word == "/" else whole + word
            yield _key(_LATEX.sub(_sign, trim_url(whole)))


def broken(text: str, address: Address) -> Iterator[tuple[int, int]]:
    """Where an address stands with spaces or full-width signs inside, so that no browser takes it whole."""
    narrow = _WIDE.sub(_narrow, text)
    key = address.key[:_LONGEST].casefold()
    is_torn = "".join(narrow.split()).casefold().count(key) > text.casefold().count(key)
    if not is_torn and "p：" not in text and "s：" not in text and "／" not in text:
        return
    gap = r"\s{0,2}"
    letters = gap.join(re.escape(char) for char in address.key[:_LONGEST])
    pattern = rf"(?<![\w./-])(?:https?{gap}:{gap}/{gap}/{gap})?(?:www{gap}\.{gap})?{letters}(?![\w-])"
    for match in islice(re.finditer(pattern, narrow, re.IGNORECASE), MOST):
        whole = text[match.start() : match.end()]
        if any(char.isspace() for char in whole) or not whole.isascii():
            yield match.span()


def nearest(key: str, others: Collection[str], least: float = _NEAR) -> str | None:
    """The key that resembles this one most, where one does."""
    from difflib import SequenceMatcher

    alike = {other: SequenceMatcher(None, key, other, autojunk=False).ratio() for other in others}
    best = max(alike, key=alike.__getitem__, default=None)
    return best if best is not None and alike[best] >= least else None


def _narrow(wide: re.Match[str]) -> str:
    return "." if wide[0] == "。" else chr(ord(wide[0]) - 0xFEE0)


def has_scheme(text: str) -> bool:
    """Whether an address begins with http:// or https://."""
    return _SCHEME.match(text) is not None


def _key(address: str) -> str:
    host, slash, path = unquote(_SCHEME.sub("", address)).partition("/")
    return trim_url((host.casefold().removeprefix("www.") + slash + path).rstrip("/#")).rstrip("/")


def _sign(escape: re.Match[str]) -> str:
    name = escape[0][1:].removesuffix("{}")
    return _LATEX_SIGNS.get(name, name)
