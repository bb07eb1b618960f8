"""Whichever library finds the patterns, they are the same hits."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import Matcher, Term
from glossary.automaton import build, build_ahocorasick_rs, build_daachorse

LETTERS = "ab 模型𠀀\ufdd0"


@given(st.sets(st.text(LETTERS, min_size=1, max_size=4), min_size=1), st.text(LETTERS, max_size=40))
def test_both_libraries_find_every_occurrence_in_code_points(patterns: set[str], text: str) -> None:
    wanted = sorted(patterns)
    expected = sorted(
        (start, start + len(pattern), index)
        for index, pattern in enumerate(wanted)
        for start in range(len(text))
        if text.startswith(pattern, start)
    )
    assert sorted(build_daachorse(wanted)(text)) == expected
    assert sorted(build_ahocorasick_rs(wanted)(text)) == expected


def test_an_empty_pattern_is_refused_and_no_pattern_finds_nothing() -> None:
    with pytest.raises(ValueError, match="empty pattern"):
        build(["a", ""])
    assert list(build([])("a")) == []


def test_the_matcher_does_without_daachorse(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = [Term("large language model", "大语言模型", abbr=("LLM",))]
    here = Matcher(terms).target("𠀀大语言模型 (LLM)")
    monkeypatch.setitem(sys.modules, "daachorse", None)
    assert Matcher(terms).target("𠀀大语言模型 (LLM)") == here
    assert [(match.start, match.end) for match in here.matches] == [(1, 6), (8, 11)]
