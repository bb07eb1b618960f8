"""How alike two versions of a text are: chrF, BLEU and TER of sacreBLEU, each with its signature.

The settings are those for Chinese: BLEU cuts with the tokenizer ``zh``, TER separates Han characters
(``asian_support``) after normalising. chrF counts characters and needs none. A segment is one abstract on one line, so
that sacreBLEU's own command gives the same figures for files with a line an abstract.

What a pair of texts adds to the figures of a corpus is counted once, however many corpora it belongs to: TER takes
tens of milliseconds for an abstract.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from checks.fixing import hunk
from checks.model import Entry
from glossary.records import NamedTuple

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric

NAMES: Final = ("chrF2", "BLEU", "TER")
FALLING: Final = frozenset({"TER"})
"""Measures that are better the lower they are."""
SAMPLES: Final = 1000
"""How often the paired bootstrap draws."""
Counts = Mapping[str, list[float]]
"""What one pair of texts adds to each measure, in sacreBLEU's own terms; sums of them are scored."""
_KEPT: Final = 1 << 15
"""How many pairs are remembered."""
_CUT: Final = re.compile(r"[\s\u3400-\u9fff\uf900-\ufaff]")
"""What TER takes for a word of its own, or for none: it may be cut off without changing the words beside it."""


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


@lru_cache(_KEPT)
def counted(text: str, reference: str, names: tuple[str, ...] = NAMES) -> Counts:
    """What a pair adds to the measures of the corpora that it belongs to."""
    found = {}
    for name, metric in metrics(names).items():
        if name == "TER" and text == reference:
            # Nothing to edit: how long it is, it tells of an empty text just as well, and at once.
            found[name] = [0.0, float(metric.sentence_score("", [reference]).ref_length)]
        else:
            # What its own corpus_score and its paired test add up, which no public function tells.
            (found[name],) = metric._extract_corpus_statistics([text], [[reference]])
    return found


def summed(counts: Sequence[Counts]) -> list[Measure]:
    """The measures of a corpus of such pairs; empty for no pairs."""
    if not counts:
        return []
    scored = (
        (name, metric._aggregate_and_compute([count[name] for count in counts]).score)
        for name, metric in metrics(list(counts[0])).items()
    )
    return [Measure(name, float(score), signatures()[name]) for name, score in scored]


@lru_cache
def signatures() -> Mapping[str, str]:
    """The signature of each measure."""
    made = metrics()
    for metric in made.values():
        # It knows how many references there are only once it has seen some.
        metric.corpus_score(["甲"], [["甲"]])
    return {name: str(metric.get_signature()) for name, metric in made.items()}


def one_by_one(counts: Sequence[Counts]) -> list[float]:
    """The chrF of each pair by itself, of 100."""
    (chrf,) = metrics(["chrF2"]).values()
    return [float(chrf._aggregate_and_compute([count["chrF2"]]).score) for count in counts]


@lru_cache(_KEPT)
def edited(text: str, reference: str) -> int:
    """How many edits TER counts from one text to another.

    What both begin and end with is left out, as nothing is edited there: a decision changes a word of an abstract.
    """
    (ter,) = metrics(["TER"]).values()
    one, other = _apart(text, reference)
    return int(ter.sentence_score(one, [other]).num_edits)


def test(first: Sequence[Counts], second: Sequence[Counts], *, same: bool) -> list[Tested]:
    """Two systems against one reference, by paired bootstrap (Koehn 2004, as sacreBLEU has it, with its seed).

    The counts are those of each text with its reference; ``same`` says that the systems' texts are the same.
    """
    from sacrebleu.significance import PairedTest

    known = {f"{name} {number}": count for name, counts in (("first", first), ("second", second))
             for number, count in enumerate(counts)}  # fmt: skip
    systems: list[tuple[str, Sequence[str]]] = [
        (name, [text for text in known if text.startswith(name)]) for name in ("first", "second")
    ]
    made = metrics()
    for name, metric in made.items():
        # It knows how many references there are only once it has seen some.
        metric.corpus_score(["甲"], [["甲"]])
        # In place of the texts, what was counted of them.
        vars(metric)["_extract_corpus_statistics"] = partial(_known, known, name)
    paired: Any = PairedTest(systems, made, [systems[0][1]], test_type="bs", n_samples=SAMPLES)
    signatures, results = paired()
    found = []
    for name in NAMES:
        one, other = results[name]
        pair = [Measure(name, float(result.score), str(signatures[name])) for result in (one, other)]
        # Of equal texts it says that they surely differ.
        chance = None if same or other.p_value is None else float(other.p_value)
        found.append(Tested(name, pair[0], pair[1], float(one.ci), float(other.ci), chance))
    return found


def _known(known: Mapping[str, Counts], name: str, texts: Sequence[str], _: object) -> list[list[float]]:
    return [known[text][name] for text in texts]


def _apart(text: str, reference: str) -> tuple[str, str]:
    """Two texts without what they have in common at either end, cut where TER cuts too."""
    edit = hunk(text, reference)
    start = max((found.end() for found in _CUT.finditer(text, 0, edit.start)), default=0)
    cut = _CUT.search(text, edit.end)
    end = cut.start() if cut is not None else len(text)
    return text[start:end], reference[start : len(reference) - (len(text) - end)]
