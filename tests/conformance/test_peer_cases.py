"""The cases of three other formatters come out as they expect, or as differences.yml says, and for its reasons.

The cases are not ours, so they are read from beside the repository; see `corpus/README.md` there for where they
come from.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import peers
import pytest
from peers import KINDS, Case, Difference, actual, fixed, listed

needs_cases = pytest.mark.skipif(not peers.CASES.exists(), reason=f"the cases are not here: {peers.CASES}")
every_kind = pytest.mark.parametrize("kind", KINDS)


@cache
def outcomes(kind: str) -> tuple[tuple[Case, str, tuple[Difference, ...]], ...]:
    """The cases of a formatter; one that crashes a rule, or does not settle, is an error."""
    return tuple(actual(kind))


@needs_cases
def test_all_cases_run() -> None:
    ids = [case.id for kind in KINDS for case, _, _ in outcomes(kind)]
    assert len(set(ids)) == len(ids) == 468


@needs_cases
@every_kind
def test_fixes_are_idempotent(kind: str) -> None:
    assert [case.id for case, ours, _ in outcomes(kind) if fixed(ours) != ours] == []


@needs_cases
@every_kind
def test_differences_are_listed_as_they_are(kind: str) -> None:
    """Both ways: nothing differs that is not listed, and what no longer differs is not listed any more."""
    known = {name: case.places for name, case in listed()[1].items() if name.startswith(kind)}
    assert {case.id: places for case, _, places in outcomes(kind) if places} == known


@needs_cases
def test_counts() -> None:
    known = listed()[1]
    alike = Counter(kind for kind in KINDS for _, _, places in outcomes(kind) if not places)
    decided = Counter(name.partition("-")[0] for name, case in known.items() if case.because)
    other = Counter(name.partition("-")[0] for name, case in known.items() if not case.because)
    assert alike == {"autocorrect": 83, "zhlint": 38, "pangu": 154}
    assert decided == {"autocorrect": 38, "zhlint": 13, "pangu": 128}
    assert other == {"autocorrect": 10, "pangu": 4}
    assert other.total() * 20 <= 468


def test_reasons_are_defined_and_used() -> None:
    reasons, known = listed()
    assert {key for case in known.values() for key in case.because} == set(reasons)


def test_each_case_has_one_kind_of_reason() -> None:
    assert [name for name, case in listed()[1].items() if bool(case.because) == bool(case.why)] == []


def test_only_places_are_listed() -> None:
    """A few characters of each: the cases themselves are not ours to copy."""
    longest = max(len(side) for case in listed()[1].values() for place in case.places for side in place)
    assert longest <= 16
