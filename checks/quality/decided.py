"""What editors decided, as far as quality needs it; the review app's store keeps it."""

from __future__ import annotations

from collections.abc import Sequence

from checks.quality.effort import Step, Version
from glossary.records import NamedTuple


class Confirmed(NamedTuple):
    """A finding that an editor confirmed, by accepting its fix or by editing it away: an error of MQM."""

    path: str
    entry: str | None
    code: str


class Decided(NamedTuple):
    """The decisions on some digests that still stand."""

    versions: Sequence[Version]
    """Every entry of every digest that anybody decided in, those that nobody touched among them."""
    steps: Sequence[Step]
    confirmed: Sequence[Confirmed]
