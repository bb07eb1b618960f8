"""Terms as TBX. Nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from glossary.errors import GlossaryError
from glossary.formats import Written
from glossary.formats.tbx import CHINESE, ENGLISH, OWN_COLUMNS, OWN_NOTE, STATUS, XML_LANG, Edition
from glossary.model import Term
from glossary.rows import COLUMNS, cells_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEFAULTS = {"policy": "translate", "require": "no", "first_mention": "no", "status": "approved"}


def write(terms: Sequence[Term], edition: Edition) -> Written:
    """The file of these terms; GlossaryError where a cell holds a character that XML cannot."""
    namespaces = {None: edition.namespace} if edition.namespace else None
    root = etree.Element(_tag(edition, edition.root), edition.attributes, nsmap=namespaces)  # type: ignore[arg-type]  # a default namespace
    root.set(XML_LANG, ENGLISH)
    header = _child(_child(_child(root, edition, edition.header), edition, "fileDesc"), edition, "sourceDesc")
    _child(header, edition, "p").text = "A glossary of Yijiao."
    body = _child(_child(root, edition, "text"), edition, "body")
    for number, term in enumerate(terms, 1):
        try:
            _concept(body, edition, term, number)
        except ValueError as error:
            message = f"{term.source!r} holds a control character, which no XML file can; delete it from the cell"
            raise GlossaryError(term.path, term.line or None, message) from error
    etree.indent(root)
    text = etree.tostring(root, encoding="unicode")
    return Written("\n".join(part for part in (_DECLARATION, edition.doctype, text, "") if part is not None), [])


_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def _tag(edition: Edition, name: str) -> str:
    return f"{{{edition.namespace}}}{name}" if edition.namespace else name


def _child(
    parent: _Element, edition: Edition, name: str, type_: str | None = None, text: str | None = None
) -> _Element:
    element = etree.SubElement(parent, _tag(edition, name))
    if type_ is not None:
        element.set("type", type_)
    if text is not None:
        element.text = text
    return element


def _concept(body: _Element, edition: Edition, term: Term, number: int) -> None:
    concept = _child(body, edition, edition.concept)
    concept.set("id", f"c{number}")
    if term.domain:
        _child(concept, edition, "descrip", "subjectField", term.domain)
    for note in _notes(term):
        _child(concept, edition, "note", text=note)
    english = _child(concept, edition, edition.language)
    english.set(XML_LANG, ENGLISH)
    _term(english, edition, term.source, STATUS["preferred"], "fullForm")
    for kind, forms in (("abbreviation", term.abbr), ("variant", term.variants)):
        for form in forms:
            _term(english, edition, form, STATUS["admitted"], kind)
    chinese = _child(concept, edition, edition.language)
    chinese.set(XML_LANG, CHINESE)
    for column, forms in (
        ("preferred", (term.preferred,)), ("admitted", term.admitted),
        ("forbidden", term.forbidden), ("suspect", term.suspect),
    ):  # fmt: skip
        for form in forms:
            _term(chinese, edition, form, STATUS[column])


def _term(language: _Element, edition: Edition, form: str, status: str, kind: str | None = None) -> None:
    section = _child(language, edition, edition.term)
    _child(section, edition, "term", text=form)
    _child(section, edition, "termNote", "administrativeStatus", status)
    if kind is not None:
        _child(section, edition, "termNote", "termType", kind)


def _notes(term: Term) -> Iterator[str]:
    cells = dict(zip(COLUMNS, cells_of(term), strict=True))
    if term.note:
        yield f"{OWN_NOTE}note = {term.note}" if term.note.startswith(OWN_NOTE) else term.note
    for column in OWN_COLUMNS:
        if cells[column] and cells[column] != _DEFAULTS.get(column):
            yield f"{OWN_NOTE}{column} = {cells[column]}"
