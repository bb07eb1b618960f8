"""What the arXiv API answers: an Atom feed with an entry a paper, or with one entry that is an error.

https://info.arxiv.org/help/api/user-manual.html#_details_of_atom_results_returned
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import TYPE_CHECKING, Final

from checks.model import SourceText
from checks.sources.identifiers import bare, canonical
from checks.sources.records import source

if TYPE_CHECKING:
    from lxml.etree import _Element

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_REFUSED: Final = re.compile(r"incorrect id format for (\S{1,100})")
_NOTICE: Final = re.compile(
    r"(?:(?:this|the|our) )?(?:\w{1,20} )?(?:paper|article|submission|manuscript|preprint|work|report|authors?)"
    r"(?: (?:has|have|had|is|was|been|being)){0,2}(?: \w{1,20})? (?:withdrawn|retracted)\b",
    re.IGNORECASE,
)


class BadAnswer(Exception):
    """Not what the API answers when all is well; another try may bring it."""


class ApiError(Exception):
    """The API says that the request is wrong; another try would be answered likewise."""


class RefusedId(Exception):
    """The API refuses the whole request because of this identifier."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


def papers(data: bytes, asked: Container[str]) -> dict[str, SourceText]:
    """The papers in an answer, by identifier in its canonical form, in which they were ``asked`` for.

    The abstract of a paper is empty where the answer has none, or only the notice that it was withdrawn. Raises
    :class:`BadAnswer`, :class:`ApiError` or :class:`RefusedId`.
    """
    found: dict[str, SourceText] = {}
    for entry in _feed(data).iterfind(f"{_ATOM}entry"):
        address = _text(entry, "id")
        if "/api/errors" in address:
            raise _refusal(_text(entry, "summary"), asked)
        number = canonical(bare(address) or "")
        if number not in asked:
            raise BadAnswer(f"sent a paper that was not asked for ({(address or 'no id')[:100]})")
        title, abstract = _text(entry, "title"), _text(entry, "summary")
        if not title:
            raise BadAnswer(f"sent {number} without its title")
        found[number] = source(number, title, "" if _NOTICE.match(abstract) else abstract)
    return found


def _feed(data: bytes) -> _Element:
    # No entity is expanded and nothing is opened on the answer's behalf.
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        if re.match(rb"\s*<(?:!doctype )?html", data[:200], re.IGNORECASE):
            raise BadAnswer("sent a web page instead of an Atom feed") from None
        raise BadAnswer("sent an answer that is broken or breaks off" if data.strip() else "sent nothing") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadAnswer("sent a document type, which no Atom feed has")
    if root.tag != f"{_ATOM}feed":
        raise BadAnswer("sent something else than an Atom feed")
    return root


def _text(entry: _Element, name: str) -> str:
    child = entry.find(f"{_ATOM}{name}")
    return " ".join("".join(map(str, child.itertext())).split()) if child is not None else ""


def _refusal(summary: str, asked: Container[str]) -> Exception:
    named = _REFUSED.search(summary)
    if named and canonical(named[1]) in asked:
        return RefusedId(canonical(named[1]))
    return ApiError(f"refused the request: {summary[:200] or 'it gave no reason'}")
