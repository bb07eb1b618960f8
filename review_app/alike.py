"""What makes findings alike: one rule, one term, and a fix that does the same.

Pure, and worked out once for each finding as its file is checked.
"""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from checks.digest import normalise
from checks.fixing import hunk
from checks.model import Finding, Fix
from review_app import units


class Likeness(NamedTuple):
    """What findings share that can be decided at one stroke."""

    code: str
    term: str | None
    swaps: tuple[tuple[str, str], ...]
    """What the fix replaces by what; empty where there is none to accept."""
    quote: str
    """Normalised: what a finding without a fix is about; empty where there is one."""

    @property
    def key(self) -> str:
        """A short name for addresses."""
        array = json.dumps(self, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(array, digest_size=6).hexdigest()


def usual_fix(finding: Finding) -> Fix | None:
    """The fix that accepting makes where no other is asked for: the first that an editor can accept."""
    return finding.fix("safe", "unsafe")


def likeness(finding: Finding, text: str) -> Likeness:
    """What a finding of a file's text has in common with others."""
    fix = usual_fix(finding)
    if fix is None:
        return Likeness(finding.code, finding.term, (), normalise(finding.quote))
    swaps = (_swap(old, new) for old, new in units.effect(text, fix))
    return Likeness(finding.code, finding.term, tuple(dict.fromkeys(swaps)), "")


def _swap(old: str, new: str) -> tuple[str, str]:
    """What is replaced by what, without the spaces round it, which differ with the neighbours."""
    if old.strip() != new.strip():
        return old.strip(), new.strip()
    edit = hunk(old, new)
    return old[edit.start : edit.end], edit.text
