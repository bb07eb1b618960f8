"""How much was changed: TER and chrF between a file's Chinese before the first decision and now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from checks.digest import parse
from checks.model import Digest, Entry
from review_app.store import Event


class Effort(NamedTuple):
    """One file: edits per hundred characters, likeness up to 100, and how sacreBLEU signs the two."""

    path: str
    entries: int
    """How many entries were changed."""
    ter: float
    chrf: float
    signature: str


def efforts(events: Iterable[Event], digests: Mapping[str, tuple[str, Digest]]) -> list[Effort]:
    """The effort on each file that these events changed, given their digests now by stored path."""
    first: dict[str, dict[str, str]] = {}
    for event in events:
        if event.path in digests and event.kind in ("accept", "edit"):
            before = first.setdefault(event.path, {})
            for entry in parse(event.before).entries:
                before.setdefault(entry.key, _chinese(entry))
    result: list[Effort] = []
    for stored, before in first.items():
        path, digest = digests[stored]
        pairs = [(before.get(entry.key, _chinese(entry)), _chinese(entry)) for entry in digest.entries]
        if pairs:
            result.append(_measured(path, pairs))
    return result


def _chinese(entry: Entry) -> str:
    return "\n".join(segment.text for segment in (entry.title, entry.body) if segment is not None)


def _measured(path: str, pairs: list[tuple[str, str]]) -> Effort:
    # Late: importing it takes longer than a page.
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    ter, chrf = TER(asian_support=True, normalized=True), CHRF()
    old, new = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    rate, likeness = ter.corpus_score(old, [new]).score, chrf.corpus_score(old, [new]).score
    signature = f"TER {ter.get_signature()} · chrF {chrf.get_signature()}"
    return Effort(path, sum(a != b for a, b in pairs), rate, likeness, signature)
