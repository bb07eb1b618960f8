"""How alike pairs of texts are, counted here or by whoever shares the work: TER takes tens of milliseconds a pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from checks.crew import Killed, Skill, shared
from checks.errors import InputError
from checks.quality.likeness import Counts, counted
from checks.verdict import VERSION
from glossary.records import NamedTuple

if TYPE_CHECKING:
    from checks.gate import Gate

_SLOW: Final = 10
"""How much longer TER takes than the other measures."""


class Pair(NamedTuple):
    """A text, another one to hold it against, and by which measures."""

    text: str
    reference: str
    names: tuple[str, ...]


class Counting(Skill[Pair, Counts]):
    """To count what a pair adds to its measures."""

    def ready(self) -> Callable[[Pair], Counts]:
        """What counts a pair."""
        return lambda pair: counted(*pair)

    def program(self) -> str:
        """The version, and sacreBLEU's."""
        from sacrebleu import __version__

        return f"{VERSION} with sacreBLEU {__version__}"

    def size(self, task: Pair) -> int:
        """About how long it takes, in characters."""
        return (len(task.text) + len(task.reference)) * (_SLOW if "TER" in task.names else 1)


def counts(pairs: Iterable[Pair], gate: Gate) -> Mapping[Pair, Counts]:
    """The counts of each pair, by those who share the gate's work. Raises :class:`InputError` if one kills them."""
    found: dict[Pair, Counts] = {}
    for pair, done in shared(list(dict.fromkeys(pairs)), Counting(), gate.jobs, gate.cluster):
        if isinstance(done, Killed):
            reason = "comparing it killed a process twice; see whether there is memory enough, and try it with -j 1"
            raise InputError(f"{pair.text[:40]}…", None, reason)
        found[pair] = done
    return found
