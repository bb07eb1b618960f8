"""XML from strangers: no entity is expanded, no file and no address is opened on its behalf."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from glossary.errors import GlossaryError
from glossary.rows import read_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTITY = re.compile(r"<!ENTITY\b")
_ENCODING = re.compile(r"""\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']""")
_UTF_8 = frozenset({"utf-8", "utf8", "ascii", "us-ascii"})


def root_of(path: Path) -> _Element:
    """The root element of an XML file.

    Raises:
        GlossaryError: the file cannot be read, is no well-formed XML in UTF-8, or declares entities, which may grow
            without bound or name files of this machine.
    """
    name = str(path)
    text = read_text(path)
    declared = _ENCODING.match(text)
    if declared and declared[1].lower() not in _UTF_8:
        raise GlossaryError(name, 1, f"says that it is {declared[1]}, but only UTF-8 is read; save it as UTF-8")
    entity = _ENTITY.search(text)
    if entity:
        line = text.count("\n", 0, entity.start()) + 1
        raise GlossaryError(name, line, "declares an entity, which is refused as unsafe; write the text itself instead")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "not XML").split(", line ")[0]
        raise GlossaryError(name, error.lineno or 1, f"is not well-formed XML ({reason}); correct it there") from error
