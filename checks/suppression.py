"""What a comment in a digest silences. Imported where a digest holds one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from checks.model import Finding, Message, Span
from glossary.records import NamedTuple

NEVER_SILENCED: Final = "SUP"
"""The family that no comment silences: it speaks of the comments."""
_NOWHERE: Final = Span(0, 0)


class Selector(NamedTuple):
    """A code or prefix in the brackets; its span is the file's."""

    code: str
    span: Span


@dataclass(slots=True)
class Suppression:
    """A comment that silences rules. What is wrong with it, if anything, is told; then it silences nothing."""

    span: Span
    """From ``<!--`` to ``-->``, or to the end of the line where that is absent; in offsets of the file."""
    selectors: tuple[Selector, ...] = ()
    reason: str = ""
    target: Span = _NOWHERE
    """The region whose findings it silences."""
    whole_file: bool = False
    problem: Message | None = None
    used: set[str] = field(default_factory=set)
    """The codes in its brackets that have silenced something."""
    idle: tuple[Selector, ...] = ()
    """Those that could have and did not; known once every rule has run."""

    def silences(self, finding: Finding) -> bool:
        """Whether it speaks of this finding; remembers which of its codes did."""
        inside = self.target.start <= finding.span.start and finding.span.end <= self.target.end
        if self.problem is not None or not inside or finding.code.startswith(NEVER_SILENCED):
            return False
        if finding.entry is None and not self.whole_file:
            return False
        matching = [selector.code for selector in self.selectors if finding.code.startswith(selector.code)]
        self.used.update(matching)
        return bool(matching)
