"""How alike two versions of a text are: chrF, BLEU and TER of sacreBLEU, each with its signature.

The settings are those for Chinese: BLEU cuts with the tokenizer ``zh``, TER separates Han characters
(``asian_support``) after normalising. chrF counts characters and needs none. A segment is one abstract on one line, so
that sacreBLEU's own command gives the same figures for files with a line an abstract.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from checks.model import Entry

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric

NAMES: Final = ("chrF2", "BLEU", "TER")
FALLING: Final = frozenset({"TER"})
"""Measures that are better the lower they are."""
SAMPLES: Final = 1000
"""How often the paired bootstrap draws."""


class Measure(NamedTuple):
    """One figure; ``signature`` is all that somebody else needs to get it again."""

    name: str
    score: float
    signature: str


class Tested(NamedTuple):
    """A measure of two systems against one reference, and how sure it is that they differ."""

    name: str
    first: Measure
    second: Measure
    first_interval: float
    """Half of the 95 % interval, by bootstrap."""
    second_interval: float
    p: float | None
    """The chance that a difference as large comes of the choice of texts alone; None where the texts are the same."""


def chinese(entry: Entry) -> str:
    """The title and the abstract of an entry as one segment: white space is one space, and none at the ends."""
    texts = (segment.text for segment in (entry.title, entry.body) if segment is not None)
    return " ".join(" ".join(texts).split())


def metrics(names: Sequence[str] = NAMES) -> dict[str, Metric]:
    """The metrics of sacreBLEU by their names here."""
    # Late: sacreBLEU brings numpy, and nobody else here needs either.
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    makers: Mapping[str, Any] = {
        "chrF2": CHRF,
        "BLEU": lambda: BLEU(tokenize="zh"),
        "TER": lambda: TER(normalized=True, asian_support=True),
    }
    return {name: makers[name]() for name in names}


def measure(texts: Sequence[str], references: Sequence[str], names: Sequence[str] = NAMES) -> list[Measure]:
    """How alike texts are to their references, pair by pair, taken as one corpus; empty for no pairs."""
    if not texts:
        return []
    found = []
    for name, metric in metrics(names).items():
        score = metric.corpus_score(texts, [references]).score
        found.append(Measure(name, score, str(metric.get_signature())))
    return found


def one_by_one(texts: Sequence[str], references: Sequence[str]) -> list[float]:
    """The chrF of each pair by itself, of 100."""
    (chrf,) = metrics(["chrF2"]).values()
    return [float(chrf.sentence_score(text, [other]).score) for text, other in zip(texts, references, strict=True)]


def edits(texts: Sequence[str], references: Sequence[str]) -> int:
    """How many edits TER counts from texts to their references, all pairs together."""
    if not texts:
        return 0
    (ter,) = metrics(["TER"]).values()
    return int(ter.corpus_score(texts, [references]).num_edits)


def test(first: Sequence[str], second: Sequence[str], references: Sequence[str]) -> list[Tested]:
    """Two systems against one reference, by paired bootstrap (Koehn 2004, as sacreBLEU has it, with its seed)."""
    from sacrebleu.significance import PairedTest

    systems: list[tuple[str, Sequence[str]]] = [("first", list(first)), ("second", list(second))]
    paired: Any = PairedTest(systems, metrics(), [list(references)], test_type="bs", n_samples=SAMPLES)
    signatures, results = paired()
    # Of equal texts it says that they surely differ.
    same = list(first) == list(second)
    found = []
    for name in NAMES:
        one, other = results[name]
        pair = [Measure(name, float(result.score), str(signatures[name])) for result in (one, other)]
        chance = None if same or other.p_value is None else float(other.p_value)
        found.append(Tested(name, pair[0], pair[1], float(one.ci), float(other.ci), chance))
    return found
