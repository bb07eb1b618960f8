"""The score of a digest after MQM: penalty points for confirmed errors, held against the length of the text.

An automatic finding is an *issue*. It becomes an *error* when an editor confirms it, by accepting its fix or by
editing it away; only errors count in a score. Issues have a density: the penalty they would cost, to a thousand words.

The formulas are those of MQM 2.0 (Lommel et al. 2024, The Multi-Range Theory of Translation Quality Measurement,
arXiv:2405.16969; themqm.org, The MQM Scoring Models):

- absolute penalty total: APT = Σ errors × multiplier of their severity
- normed penalty total: NPT = APT × RWC / EWC, with the words evaluated (EWC) and a reference of 1,000 (RWC)
- raw score: 100 × (1 - APT / EWC)
- calibrated score: 100 - NPT × SF, with SF = (100 - PT) / the NPT that is just acceptable, PT being the passing score

A score is of a whole digest, never of one abstract; below 500 words the analytic model says little, and is said to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from checks.model import Severity
from checks.registry import rules
from glossary.records import NamedTuple

Grade = Literal["neutral", "minor", "major", "critical"]

MULTIPLIERS: Final[Mapping[Grade, int]] = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}
"""Penalty points to one error."""
REFERENCE: Final = 1000
"""The words of the reference sample."""
SMALL: Final = 500
"""Fewer words than this are too few for a score to mean much."""
_GRADES: Final[Mapping[Severity, Grade]] = {"info": "neutral", "warning": "minor", "error": "major"}


class Model(NamedTuple):
    """What a project holds its translations to."""

    grades: Mapping[str, Grade] = {}
    """Severities of MQM by rule code, over those that follow from the rules' own."""
    passing: float = 90.0
    """The calibrated score with which a digest passes."""
    acceptable: float = 10.0
    """The penalty points to a thousand words at which it just does."""

    def grade(self, code: str) -> Grade:
        """What an error found by a rule weighs; a code that no rule has any more is minor."""
        known = self.grades.get(code)
        return known if known is not None else _GRADES.get(_severities().get(code, "warning"), "minor")

    @property
    def factor(self) -> float:
        """Score points to one penalty point in a thousand words."""
        return (100 - self.passing) / self.acceptable


class Score(NamedTuple):
    """A digest, or several taken as one text."""

    words: int
    errors: Mapping[Grade, int]
    penalty: int
    """The absolute penalty total."""
    density: float
    """Penalty points to a thousand words."""
    raw: float
    calibrated: float
    passes: bool
    small: bool
    """Whether the text is too short for the score to mean much."""


def score(codes: Iterable[str], words: int, model: Model) -> Score:
    """The score of a text of so many words, in which each of these codes was one error.

    Scores do not fall below 0. A text without words has no faults to hold against anything: 100, and small.
    """
    counts = Counter(model.grade(code) for code in codes)
    errors: dict[Grade, int] = {grade: counts.get(grade, 0) for grade in MULTIPLIERS}
    penalty = sum(count * MULTIPLIERS[grade] for grade, count in errors.items())
    share = penalty / words if words else 0.0
    density = share * REFERENCE
    calibrated = max(0.0, 100 - density * model.factor)
    # Not the score, which rounding may put on the wrong side of the line it stands on.
    passes = density <= model.acceptable
    return Score(words, errors, penalty, density, max(0.0, 100 * (1 - share)), calibrated, passes, words < SMALL)


def _severities() -> Mapping[str, Severity]:
    return {loaded.rule.code: loaded.rule.severity for loaded in rules()}
