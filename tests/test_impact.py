"""What another glossary changes: found by checking again only the entries that it can matter to."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from checks.gate import Gate
from checks.impact import Touch, changed_terms, difference, foresee
from checks.settings import Settings
from checks.survey import survey
from checks.verdict import Report
from glossary import Glossary, Term, shipped
from glossary.rows import read_file

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def gate() -> Gate:
    """The gate on the sample digests."""
    return Gate(Settings(digests=ROOT / "data/digests", sources=(ROOT / "data/sources",)))


@pytest.fixture(scope="module")
def report(gate: Gate) -> Report:
    """What it says of them."""
    return gate.check([gate.settings.digests])


@pytest.mark.parametrize(
    ("source", "change"),
    [
        ("large language model", {"status": "deprecated"}),
        ("large language model", {"preferred": "大型语言模型", "admitted": (), "forbidden": ("大语言模型",)}),
        ("agent", {"suspect": (), "not_in": ()}),
        ("reinforcement learning", {"abbr": (), "first_mention": False}),
        ("token", {"policy": "translate"}),
        ("zero-shot", {"require": False}),
    ],
)
def test_the_entries_it_can_matter_to_are_enough(
    gate: Gate, report: Report, source: str, change: dict[str, object]
) -> None:
    path = next(path for path in shipped() if any(term.source == source for term in read_file(path)))
    terms = [term._replace(**change) if term.source == source else term for term in read_file(path)]  # type: ignore[arg-type]
    after = copy.copy(gate)
    after.reload_glossary({path: terms})
    around = gate.corpus([survey(file.digest) for file in report.files])
    steps = list(foresee(report.files, gate, after, around))
    for step in steps:
        assert step.after.findings == after.check_digest(step.before.digest, around).findings
    added, removed = difference(steps)
    # Only for these is it sure that the samples hold what changes.
    assert added or removed or source not in ("large language model", "agent")
    assert 0 < sum(step.entries for step in steps) <= sum(len(file.digest.entries) for file in report.files)


def test_a_note_changes_nothing_and_every_other_cell_does() -> None:
    term = Term("grid", "网格")
    one = Glossary.of([term])
    assert changed_terms(one, Glossary.of([term._replace(note="n", line=7)])) == []
    assert changed_terms(one, Glossary.of([term._replace(require=True)])) == [term, term._replace(require=True)]
    assert changed_terms(one, Glossary.empty()) == [term]


@pytest.mark.parametrize("text", ["LLMs", "fine-tuned", "网格", "multi grid", "MULTI-GRID", "reLU"])
def test_a_term_touches_whatever_could_be_one_of_its_forms(gate: Gate, text: str) -> None:
    term = Term("fine-tuning", "网格", abbr=("LLM", "RELU"), forbidden=("multi-grid",))
    found = gate.check_text(f"## T\n[题](https://arxiv.org/abs/2504.00001)\n\n甲 {text} 乙。\n", "a.md").digest
    assert Touch([term])(found, found.entries[0], {})
    assert not Touch([Term("other", "别的")])(found, found.entries[0], {})
