"""TBX in two editions: what their elements are called, and which word stands for which column.

| column | TBX |
|---|---|
| source | the first English term, `termType` fullForm, preferredTerm-admn-sts |
| abbr, variants | English terms, `termType` abbreviation or variant, admittedTerm-admn-sts |
| preferred | Chinese term, preferredTerm-admn-sts |
| admitted | Chinese term, admittedTerm-admn-sts |
| forbidden | Chinese term, deprecatedTerm-admn-sts |
| suspect | Chinese term, supersededTerm-admn-sts (the nearest of the four that TBX-Basic knows) |
| domain | `subjectField` |
| note | `note` |
| policy, require, first_mention, status, not_in, not_source | `note` of the form "yijiao: column = value" |

TBX-Basic has no `processStatus`, so a status is such a note too; on reading, a `processStatus` is understood.
"""

from __future__ import annotations

from typing import Final

from glossary.records import NamedTuple


class Edition(NamedTuple):
    """The names that an edition gives its elements."""

    namespace: str | None
    root: str
    header: str
    concept: str
    language: str
    term: str
    attributes: dict[str, str]
    doctype: str | None


EDITION_2019: Final = Edition(
    "urn:iso:std:iso:30042:ed-2", "tbx", "tbxHeader", "conceptEntry", "langSec", "termSec",
    {"type": "TBX-Basic", "style": "dca"}, None,
)  # fmt: skip
EDITION_2008: Final = Edition(
    None, "martif", "martifHeader", "termEntry", "langSet", "tig",
    {"type": "TBX-Basic"}, '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">',
)  # fmt: skip

ENGLISH: Final = "en"
CHINESE: Final = "zh-Hans"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

STATUS: Final = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
    "suspect": "supersededTerm-admn-sts",
}
"""The administrative status of a Chinese form, by its column."""

OWN_NOTE: Final = "yijiao: "
"""How a note begins that holds a column for which TBX-Basic has no place."""

OWN_COLUMNS: Final = ("policy", "require", "first_mention", "status", "not_in", "not_source")
