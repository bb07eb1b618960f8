"""Checking a file again gives what checking it anew gives, and asks the rules of changed entries only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks import engine
from checks.digest import parse
from checks.files import read_text
from checks.gate import Gate
from checks.model import Finding
from checks.recall import Recall
from checks.scene import EntryScene
from checks.settings import Settings
from checks.survey import survey
from glossary import Glossary

SAMPLES = sorted((Path(__file__).parents[1] / "data/digests").glob("*.md"))
GATE = Gate(Settings(digests=Path("nowhere")))
WHOLE = parse(read_text(SAMPLES[0]), "week.md")
TEXT = WHOLE.text[: WHOLE.entries[2].span.end]
"""Three entries."""
ADDED = ("", "用LLM", "（", "\n\n", "## X\n", " ", "大型语言模型")


def anew(text: str, path: str = "week.md") -> tuple[Finding, ...]:
    digest = parse(text, path)
    return GATE.check_digest(digest, GATE.corpus([survey(digest)])).findings


def again(recall: Recall, text: str, *, keep: bool = True, path: str = "week.md") -> tuple[Finding, ...]:
    digest = parse(text, path)
    return GATE.check_digest(digest, GATE.corpus([survey(digest)]), recall, keep=keep).findings


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the entries that the rules were asked about."""
    keys: list[str] = []
    check = engine.Engine._check_entry

    def listening(self: engine.Engine, file: object, entry: EntryScene, crashes: object) -> Iterator[Finding]:
        keys.append(entry.entry.key)
        return check(self, file, entry, crashes)  # type: ignore[arg-type]

    monkeypatch.setattr(engine.Engine, "_check_entry", listening)
    return keys


EDITS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 12), st.sampled_from(ADDED))


@settings(max_examples=20, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=2))
def test_after_any_edits_the_same_is_said(edits: list[tuple[int, int, str]]) -> None:
    recall, text = Recall(), TEXT
    again(recall, text)
    for at, removed, added in edits:
        text = text[:at] + added + text[at + removed :]
        assert again(recall, text) == anew(text)


def test_only_the_changed_entry_is_asked_about(asked: list[str]) -> None:
    recall = Recall()
    first = parse(TEXT, "week.md").entries
    assert len(first) > 2
    again(recall, TEXT)
    asked.clear()
    body = first[1].body
    assert body is not None
    changed = TEXT[: body.span.start] + "其实" + TEXT[body.span.start :]
    assert again(recall, changed) == anew(changed)
    # The second check of the two is the one anew.
    assert asked == [first[1].key, *(entry.key for entry in first)]


def test_what_is_only_tried_is_not_remembered(asked: list[str]) -> None:
    recall = Recall()
    again(recall, TEXT)
    again(recall, TEXT.replace("，", ",", 1), keep=False)
    asked.clear()
    again(recall, TEXT)
    assert asked == []


def test_the_same_entry_twice_is_told_where_it_stands_second() -> None:
    recall = Recall()
    again(recall, TEXT)
    twice = TEXT + "\n" + TEXT
    assert [finding.span for finding in again(recall, twice) if finding.code == "DIG009"]
    assert again(recall, twice) == anew(twice)
    assert again(recall, TEXT) == anew(TEXT)


def test_what_was_said_by_another_glossary_is_not_said_again() -> None:
    recall = Recall()
    again(recall, TEXT)
    other = Gate(Settings(digests=Path("nowhere")), glossary=Glossary.empty())
    digest = parse(TEXT, "week.md")
    around = other.corpus([survey(digest)])
    found = other.check_digest(digest, around, recall).findings
    assert found == other.check_digest(digest, around).findings
    assert found != anew(TEXT)


def test_where_a_rule_comes_from_elsewhere_every_entry_is_asked_about(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = GATE.bench("week.md")
    foreign = tuple(loaded._replace(plugin="other") for loaded in bench.rules)
    monkeypatch.setattr(GATE, "bench", lambda _path: bench._replace(rules=foreign))
    recall = Recall()
    again(recall, TEXT)
    once = list(asked)
    again(recall, TEXT)
    assert asked == once * 2
