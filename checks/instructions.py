"""Comments in digests that speak to this program: where they stand.

What they say is read by :mod:`checks.suppress`, which is imported where there is one.
"""

from __future__ import annotations

import re
from typing import Final

SUPPRESSION: Final = re.compile(
    r"<!---?\s{0,9}(?i:yijiao(?:[ \t]{0,9}[:：]|[ \t-]{1,9}(?=ignore))"
    r"|(?P<other>[\w ]{0,20}[:：]?[ \t]{0,9})(?=ignore(?:-file)?[ \t]?\[))"
    r"[ \t]{0,9}(?P<told>[^\n]*?)(?P<close>-->|(?=\n)|\Z)"
)
"""A comment that silences rules, or was meant to.

``told`` is its instruction, ``close`` is empty where it does not end on its line, and ``other`` is what stands where
our name should.
"""
LONGEST_SUPPRESSION: Final = 1100
"""So many characters beside a place are searched for such comments."""


def has_suppression(text: str) -> bool:
    """Whether a text may hold a comment that silences rules."""
    return "<!--" in text and SUPPRESSION.search(text) is not None
