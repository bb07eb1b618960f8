"""XML with the place of everything that is read: no entity is expanded, no file and no address is opened.

The parser is expat, which says at which byte each event begins; where it ends, the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final
from xml.parsers import expat
from xml.parsers.expat import XMLParserType

from checks.bilingual.content import Piece
from checks.bilingual.unit import Damaged
from glossary.records import NamedTuple

XML_LANG: Final = "http://www.w3.org/XML/1998/namespace lang"
_DECLARED: Final = re.compile(r"""\ufeff?<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']""")
_UTF_8: Final = frozenset({"utf-8", "utf8", "ascii", "us-ascii"})
_ESCAPED: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


class Token(NamedTuple):
    """``name`` of what begins (``<``) or ends (``>``), or ``text`` (no kind of tag); offsets are code points.

    What is neither, a comment, a declaration or the edge of a CDATA section, has kind ``-``.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    """With its namespace and a space before it, where it has one."""
    attributes: Mapping[str, str] = {}
    text: str = ""
    in_cdata: bool = False

    @property
    def piece(self) -> Piece:
        """Text as a piece of a target."""
        write = written_in_cdata if self.in_cdata else written
        plain = len(self.text) == self.end - self.start
        # What is neither itself nor one escape is left alone.
        return Piece(self.start, self.end, self.text, write, tag=not plain and len(self.text) != 1)


def written(text: str) -> str:
    """A text as XML writes it between tags."""
    return text.translate(_ESCAPED)


def written_in_cdata(text: str) -> str:
    """A text as a CDATA section writes it: as it is, but for what could end the section."""
    return text.replace(">", "]]>&gt;<![CDATA[")


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(" ")[2]


def tokens(text: str, take: Callable[[Token], None]) -> None:
    """Hand over the tokens of an XML file, in order and without gaps.

    Raises :class:`Damaged` where it is not well-formed, says that it is not UTF-8, or declares or uses an entity of
    its own, which may grow without bound or name files of this machine.
    """
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in _UTF_8:
        raise Damaged(0, f"says that it is {declared[1]}, but only UTF-8 is read; save it as UTF-8")
    _Walk(text, take).run()


class _Walk:
    def __init__(self, text: str, take: Callable[[Token], None]) -> None:
        self._data = text.encode()
        self._take = take
        self._waiting: Token | None = None
        self._byte = self._char = 0
        self._cdata = False
        self._parser: XMLParserType = expat.ParserCreate("utf-8", " ")

    def run(self) -> None:
        parser = self._parser
        parser.buffer_text = False
        parser.StartElementHandler = lambda name, attributes: self._event("<", name, attributes)
        parser.EndElementHandler = lambda name: self._event(">", name)
        parser.CharacterDataHandler = lambda text: self._event("", text=text)
        parser.StartCdataSectionHandler = lambda: self._edge(inside=True)
        parser.EndCdataSectionHandler = lambda: self._edge(inside=False)
        parser.EntityDeclHandler = self._refuse
        parser.SkippedEntityHandler = self._refuse
        parser.DefaultHandler = self._other
        try:
            parser.Parse(self._data, True)
        except expat.ExpatError as error:
            at = len(self._data[: parser.ErrorByteIndex].decode("utf-8", "ignore"))
            reason = expat.ErrorString(error.code)
            raise Damaged(at, f"is not well-formed XML ({reason}); correct it there") from None
        self._advance(len(self._data))

    def _event(self, kind: str, name: str = "", attributes: Mapping[str, str] | None = None, text: str = "") -> None:
        at = self._advance(self._parser.CurrentByteIndex)
        self._waiting = Token(kind, at, at, name, attributes or {}, text, self._cdata)

    def _edge(self, *, inside: bool) -> None:
        self._event("-")
        self._cdata = inside

    def _other(self, data: str) -> None:
        # An entity that only the unread part of a document type could declare comes here as it stands.
        if data.startswith("&"):
            self._refuse()
        self._event("-")

    def _refuse(self, *_: object) -> None:
        at = self._advance(self._parser.CurrentByteIndex)
        raise Damaged(at, "has an entity of its own, which is refused as unsafe; write the text itself instead")

    def _advance(self, byte: int) -> int:
        """The offset of a byte; what was waiting for its end is handed over."""
        self._char += len(self._data[self._byte : byte].decode())
        self._byte = byte
        if self._waiting is not None:
            token, self._waiting = self._waiting, None
            self._take(token._replace(end=self._char))
        return self._char
