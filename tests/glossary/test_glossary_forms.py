"""The short ways to what the long way gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossary import forms

WORD = st.one_of(
    st.sampled_from(["multi", "pretraining", "self", "crossover", "data", "dataset", "of", "experts", "policy"]),
    st.text("aeimst", min_size=1, max_size=8),
)
PHRASE = st.lists(WORD, min_size=1, max_size=5).flatmap(
    lambda words: st.lists(st.sampled_from(" -"), min_size=len(words) - 1, max_size=len(words) - 1).map(
        lambda joints: words[0] + "".join(joint + word for joint, word in zip(joints, words[1:], strict=True))
    )
)


@given(PHRASE)
def test_the_short_way_for_plain_phrases(form: str) -> None:
    assert forms.compile_form(form) == forms.compile_slowly(form)


@given(st.text("aAbS9", min_size=1, max_size=6))
def test_the_short_way_for_abbreviations(form: str) -> None:
    assert forms.compile_form(form, True) == forms.compile_slowly(form, True)


@given(st.lists(st.text("强化学习aA -１・", min_size=1, max_size=6), max_size=6))
def test_keys_of_many_are_the_keys_of_each(written: list[str]) -> None:
    keys = forms.keys_of(written)
    assert [keys.get(form, form) for form in written] == [forms.form_key(form) for form in written]
