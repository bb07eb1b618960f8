"""PO files (GNU gettext): a ``msgstr`` that is filled is a unit.

An id is that of its ``msgctxt`` and ``msgid``, which are what gettext knows a message by: ``#`` and twelve hex digits
of their normalised hash, with the number of a plural form in brackets. What is obsolete (``#~``) is passed over; what
is ``fuzzy`` is checked. Where a flag says that the text is a format (``c-format``), its directives are code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from checks.bilingual.content import TAG, Content, Piece, joined
from checks.bilingual.unit import Damaged, Unit, refuse_languages
from checks.digest import heading_key
from checks.model import Span

_STRING: Final = r'"(?P<text>(?:[^"\\]|\\.)*)"[ \t]*\r?$'
_LINE: Final = re.compile(
    r"[ \t]*(?:(?P<word>msgctxt|msgid_plural|msgid|msgstr)(?:\[(?P<form>\d{1,2})\])?[ \t]*)?" + _STRING
)
_PIECE: Final = re.compile(r'[^\\]+|\\(?:[abfnrtv"\\]|[0-7]{1,3}|x[0-9A-Fa-f]{1,2}|.)')
_ESCAPES: Final = {
    r"\a": "\a", r"\b": "\b", r"\f": "\f", r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\v": "\v", r"\"": '"', r"\\": "\\"
}  # fmt: skip
_ESCAPED: Final = str.maketrans({char: escape for escape, char in _ESCAPES.items()})
_DIRECTIVES: Final = {
    "brace": re.compile(r"\{[^{}\n]{0,80}\}"),
    "other": re.compile(
        r"%(?:\d+\$|\([^()\n]{1,80}\))?[-+ #0']{0,5}(?:\d+|\*)?(?:\.(?:\d+|\*))?[hlLqjzt]{0,2}[a-zA-Z%]"
    ),
}
_CHARSET: Final = re.compile(r"charset=([\w-]+)", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"^Language:[ \t]*([\w@.-]+)", re.MULTILINE | re.IGNORECASE)


def written(text: str) -> str:
    """A text as a PO string writes it."""
    return text.translate(_ESCAPED)


@dataclass(slots=True)
class _Message:
    """A message on the way: the pieces of its strings by keyword and plural form."""

    start: int
    flags: str = ""
    strings: dict[str, list[Piece]] = field(default_factory=dict)
    """A string that is there has at least the place of its first quotation mark."""
    places: dict[str, Span] = field(default_factory=dict)

    def text(self, word: str) -> str:
        return "".join(piece.text for piece in self.strings.get(word, ()))

    @property
    def ended(self) -> bool:
        """Whether what begins next begins another one."""
        return any(word.startswith("msgstr") for word in self.strings)


def units(text: str) -> Sequence[Unit]:
    """The translated messages of a file; raises :class:`Damaged`."""
    return [unit for message in _messages(text) for unit in _units(message)]


def _messages(text: str) -> Iterator[_Message]:
    message, word, at = _Message(0), "", 1 if text.startswith("\ufeff") else 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        stripped = line.strip()
        opens = stripped.startswith(("#", "msgctxt", "msgid ", 'msgid"', "msgid\t"))
        if message.ended and opens and not stripped.startswith("#~"):
            yield message
            message, word = _Message(at), ""
        if stripped.startswith("#,"):
            message.flags += stripped
        elif stripped and not stripped.startswith("#"):
            word = _string(message, word, line, at)
        at = end + 1
    if message.ended:
        yield message


def _string(message: _Message, word: str, line: str, at: int) -> str:
    """Take a line with a string; returns the keyword that it belongs to."""
    found = _LINE.match(line)
    if found is None or not (found["word"] or word):
        raise Damaged(at, 'is no PO: a line is a comment, or a keyword with a text in "…"; msgfmt -c says more')
    if found["word"]:
        word = found["word"] + (f"[{found['form']}]" if found["form"] else "")
        if word in message.strings or (word.startswith("msgstr") and "msgid" not in message.strings):
            raise Damaged(at, f"has {word} where another keyword should stand; msgfmt -c says more")
        message.strings[word] = []
    start, end = (at + each for each in found.span("text"))
    message.places[word] = Span(message.places.get(word, Span(start, end)).start, end)
    message.strings[word] += _pieces(found["text"], start)
    return word


def _pieces(text: str, at: int) -> Iterator[Piece]:
    for found in _PIECE.finditer(text):
        start, end = (at + each for each in found.span())
        if found[0][0] != "\\":
            yield Piece(start, end, found[0], written)
        elif found[0] in _ESCAPES:
            yield Piece(start, end, _ESCAPES[found[0]], written)
        else:
            # Bytes by number, of which only several may make a character.
            yield Piece(start, end, TAG, written, tag=True)


def _units(message: _Message) -> Iterator[Unit]:
    name = message.text("msgid")
    if not name and "msgctxt" not in message.strings:
        _judge_header(message)
        return
    context = message.text("msgctxt")
    key = heading_key(f"{context}\x04{name}" if context else name)
    for word, strings in message.strings.items():
        pieces = joined(strings)
        if not word.startswith("msgstr") or not any(not piece.tag for piece in pieces):
            continue
        plural = "" if word in ("msgstr", "msgstr[0]") and "msgid_plural" not in message.strings else word[6:]
        english = message.text("msgid_plural") if plural else name
        target = "".join(piece.text for piece in pieces)
        yield Unit(
            key + plural, message.start, message.places["msgid"], english, Content(pieces, _code(target, message.flags))
        )


def _code(text: str, flags: str) -> Sequence[Span]:
    """The directives of a format."""
    # no-c-format says that it is none.
    kinds = [flag for flag in re.findall(r"[\w-]+-format", flags) if not flag.startswith(("no-", "impossible-"))]
    found: list[Span] = []
    for name, pattern in _DIRECTIVES.items():
        if any(("brace" in kind or kind.startswith("csharp")) == (name == "brace") for kind in kinds):
            found += (Span(*each.span()) for each in pattern.finditer(text))
    return found


def _judge_header(message: _Message) -> None:
    header = message.text("msgstr")
    charset = _CHARSET.search(header)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "ascii", "us-ascii", "charset"):
        raise Damaged(
            message.start, f"says that it is {charset[1]}, but only UTF-8 is read; msgconv -t UTF-8 converts it"
        )
    language = _LANGUAGE.search(header)
    if language:
        refuse_languages(message.start, "", language[1])
