"""Which model translated which entry, where the digest names it.

A comment on a line of its own, ``<!-- translator: NAME -->``, speaks for all entries behind it, up to the next one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Final

from checks.model import Digest

_COMMENT: Final = re.compile(r"^[ \t]*<!--[ \t]*translator[ \t]*[:：][ \t]*([^\r\n]*?)[ \t]*-->[ \t]*\r?$", re.M | re.I)


def translators(digest: Digest) -> Mapping[int, str]:
    """The names by the index of the entry; entries that no comment speaks for are left out."""
    found = [(comment.end(), comment[1]) for comment in _COMMENT.finditer(digest.text)]
    ends = [end for end, _ in found]
    named: dict[int, str] = {}
    for entry in digest.entries:
        before = bisect_right(ends, entry.heading.span.start)
        name = found[before - 1][1] if before else ""
        if name:
            named[entry.index] = name
    return named
