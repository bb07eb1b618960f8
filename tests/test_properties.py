"""Random mixtures of everything that stands in digests keep what every text must keep."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from properties import HEAD, STYLES, TOKENS, broken, broken_by_one

texts = st.lists(st.sampled_from(TOKENS), max_size=24).map("".join)
styles = st.sampled_from(STYLES)


@given(texts, texts, styles)
@settings(max_examples=200, deadline=None)
def test_a_digest_keeps_its_properties(title: str, body: str, style: object) -> None:
    text = HEAD.format(title.replace("\n", " "), body)
    assert list(broken(text, style)) == []  # type: ignore[arg-type]


@given(texts, styles)
@settings(max_examples=80, deadline=None)
def test_any_text_keeps_its_properties(text: str, style: object) -> None:
    assert list(broken(text, style)) == []  # type: ignore[arg-type]


@given(texts, styles, st.integers(0, 20))
@settings(max_examples=100, deadline=None)
def test_fixes_can_be_taken_in_any_order(body: str, style: object, first: int) -> None:
    assert list(broken_by_one(HEAD.format("关于模型", body), style, first)) == []  # type: ignore[arg-type]
