"""TBX of either edition and either style, as terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.errors import GlossaryError
from glossary.formats import Read
from glossary.formats.tbx import ENGLISH, OWN_COLUMNS, OWN_NOTE, XML_LANG
from glossary.formats.xml import root_of
from glossary.model import Term
from glossary.records import NamedTuple
from glossary.rows import COLUMNS, term_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOTS = frozenset({"tbx", "martif"})
_CONCEPTS = frozenset({"conceptEntry", "termEntry"})
_LANGUAGES = frozenset({"langSec", "langSet"})
_TERMS = frozenset({"termSec", "tig", "ntig"})
_GROUPS = frozenset({"descripGrp", "adminGrp", "termNoteGrp", "termGrp", "transacGrp"})
_SHORT = frozenset({"abbreviation", "acronym", "initialism", "shortForm"})
_PROPOSED = frozenset({"provisionallyProcessed", "unprocessed", "proposed"})
_CHINESE = frozenset({"zh", "cmn"})
# The digests are in Simplified characters.
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
# Pretty-printing breaks lines inside a text; other white space is the author's.
_FOLD = re.compile(r"[ \t\r]*\n\s*")


class _Form(NamedTuple):
    text: str
    status: str
    kind: str
    proposed: bool


def read(path: Path) -> Read:
    """The terms of a file; GlossaryError where it is no TBX that can be trusted."""
    root = root_of(path)
    reader = _Reader(str(path))
    if _local(root) not in _ROOTS:
        raise GlossaryError(str(path), 1, f"its root is <{_local(root)}>, not <tbx> or <martif>, so it is no TBX file")
    terms = [
        term
        for element in root.iter("{*}*")
        if _local(element) in _CONCEPTS and (term := reader.concept(element)) is not None
    ]
    return Read(terms, reader.lost())


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _line(element: _Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 1


def _category(element: _Element) -> str:
    """The data category: the type in DCA style, the element's own name in DCT style."""
    return element.get("type") or _local(element)


def _text(element: _Element) -> str:
    return _FOLD.sub(" ", "".join(map(str, element.itertext()))).strip()


def _first(status: str, forms: list[_Form]) -> _Form | None:
    return next((form for form in forms if form.status == status), None)


class _Reader:
    """One pass over a file; remembers what had no place in a glossary."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._unused: Counter[str] = Counter()
        self._skipped: list[str] = []

    def lost(self) -> list[str]:
        """What was lost, a sentence each."""
        unused = ", ".join(f"{category} ({count})" for category, count in sorted(self._unused.items()))
        return [*self._skipped, *([f"{self._name}: no column holds: {unused}"] if unused else [])]

    def concept(self, concept: _Element) -> Term | None:
        """The term of a concept; None where it lacks an English or a Chinese form."""
        line = _line(concept)
        forms: dict[str, list[_Form]] = {ENGLISH: [], "zh": []}
        cells = dict.fromkeys(COLUMNS, "")
        notes: list[str] = []
        for element in self._below(concept):
            if _local(element) in _LANGUAGES:
                self._language(element, forms, notes)
            elif _category(element) == "subjectField":
                cells["domain"] = "; ".join(filter(None, (cells["domain"], _text(element))))
            elif _category(element) == "processStatus":
                cells["status"] = "proposed" if _text(element) in _PROPOSED else ""
            else:
                self._note(element, notes)
        cells["note"] = "; ".join(self._own(notes, cells))
        if not self._english(forms[ENGLISH], cells) or not self._chinese(forms["zh"], cells):
            missing = "English term" if not cells["source"] else "Chinese term that is right"
            self._skipped.append(f"{self._name}:{line}: the concept is left out, as it has no {missing}")
            return None
        if any(form.proposed for form in forms["zh"]):
            cells["status"] = cells["status"] or "proposed"
        return term_of(cells.values(), self._name, line)

    def _below(self, parent: _Element) -> Iterator[_Element]:
        """The children, those of groups among them."""
        for child in parent.iterchildren("{*}*"):
            if _local(child) in _GROUPS:
                yield from self._below(child)
            else:
                yield child

    def _language(self, element: _Element, forms: dict[str, list[_Form]], notes: list[str]) -> None:
        tag = element.get(XML_LANG) or element.get("lang") or ""
        parts = tag.replace("_", "-").lower().split("-")
        language = "zh" if parts[0] in _CHINESE else parts[0]
        if language not in forms or not _TRADITIONAL.isdisjoint(parts):
            self._unused[f"language {tag or 'without a name'}"] += 1
            return
        for child in self._below(element):
            if _local(child) in _TERMS:
                forms[language].append(self._form(child, notes))
            else:
                self._note(child, notes)

    def _form(self, section: _Element, notes: list[str]) -> _Form:
        found = {"term": "", "administrativeStatus": "", "termType": "", "processStatus": ""}
        for element in self._below(section):
            category = _category(element)
            if category in found:
                found[category] = _text(element)
            else:
                self._note(element, notes)
        text = found["term"]
        if "|" in text:
            message = f"the term {text!r} holds |, which separates forms in a glossary; write it otherwise"
            raise GlossaryError(self._name, _line(section), message)
        # preferredTerm-admn-sts, preferredTerm, preferred
        status = found["administrativeStatus"].partition("Term")[0].partition("-")[0]
        return _Form(text, status, found["termType"], found["processStatus"] in _PROPOSED)

    def _note(self, element: _Element, notes: list[str]) -> None:
        if _category(element) == "note":
            notes.append(_text(element))
        else:
            self._unused[_category(element)] += 1

    @staticmethod
    def _own(notes: list[str], cells: dict[str, str]) -> Iterator[str]:
        """The notes for people; those of ours go to their cells."""
        for note in notes:
            column, _, value = note.removeprefix(OWN_NOTE).partition(" = ")
            if not note.startswith(OWN_NOTE):
                yield note
            elif column == "note":
                yield value
            elif column in OWN_COLUMNS:
                cells[column] = value
            else:
                yield note

    def _english(self, forms: list[_Form], cells: dict[str, str]) -> bool:
        right = [form for form in forms if form.text and form.status not in ("deprecated", "superseded")]
        self._unused["English terms that are deprecated"] += len([form for form in forms if form.text]) - len(right)
        self._unused += Counter()
        long = [form for form in right if form.kind not in _SHORT] or right
        if not long:
            return False
        head = _first("preferred", long) or long[0]
        rest = [form for form in right if form is not head]
        cells["source"] = head.text
        cells["abbr"] = "|".join(form.text for form in rest if form.kind in _SHORT)
        cells["variants"] = "|".join(form.text for form in rest if form.kind not in _SHORT)
        return True

    @staticmethod
    def _chinese(forms: list[_Form], cells: dict[str, str]) -> bool:
        filled = [form for form in forms if form.text]
        right = [form for form in filled if form.status not in ("deprecated", "superseded")]
        if not right:
            return False
        head = _first("preferred", right) or right[0]
        cells["preferred"] = head.text
        cells["admitted"] = "|".join(form.text for form in right if form is not head)
        cells["forbidden"] = "|".join(form.text for form in filled if form.status == "deprecated")
        cells["suspect"] = "|".join(form.text for form in filled if form.status == "superseded")
        return True
