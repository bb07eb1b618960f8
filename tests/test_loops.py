"""What stands again right behind itself, and the quick look that spares most texts the search."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.rules.fidelity import _loops
from checks.rules.fidelity._loops import loops
from checks.text import URL

PHRASES = st.text("折纸鹤，a b。\n" + URL, min_size=1, max_size=12)


@settings(max_examples=300, deadline=None)
@given(PHRASES, PHRASES, st.integers(1, 4), PHRASES)
def test_the_quick_look_misses_no_loop(before: str, phrase: str, times: int, behind: str) -> None:
    text = before + phrase * times + behind
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_loops, "_may_loop", lambda _: True)
        thorough = list(loops(text))
    assert list(loops(text)) == thorough


@pytest.mark.parametrize(
    "text",
    [
        "折纸，，折纸，，折纸",
        "他会折纸鹤他会折纸鹤他会折纸鹤",
        f"见{URL * 9}见{URL * 9}见{URL * 9}们",
        "折折折折折折折折折折折折",
    ],
)
def test_a_loop_is_seen(text: str) -> None:
    assert _loops._may_loop(text)


@pytest.mark.parametrize("text", ["", "我们训练了一个模型，它在三个数据集上有效。", f"代码见 {URL * 40}。"])
def test_most_texts_are_spared(text: str) -> None:
    assert not _loops._may_loop(text)
