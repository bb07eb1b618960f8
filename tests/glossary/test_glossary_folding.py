"""Folding keeps every character where it can be found again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossary.folding import fold, lower, narrow
from glossary.forms import compile_form, form_key

TEXT = st.text(st.sampled_from("aA1-–—‐‑ \n\u3000ＡａＺ９－İΣß模型（，\ud800\ufdd0𠀀") | st.characters())


@given(TEXT)
def test_narrow_and_lower_keep_the_length(text: str) -> None:
    assert len(narrow(text)) == len(lower(text)) == len(text)


@given(TEXT)
def test_a_folded_text_knows_its_offsets(text: str) -> None:
    cased, hay, offsets = fold(text)
    assert len(cased) == len(hay)
    if offsets is None:
        assert len(hay) == len(text)
    else:
        assert len(offsets) == len(hay) < len(text)
        assert offsets == sorted(set(offsets))
        assert cased == "".join(narrow(text[offset]) for offset in offsets)


def test_what_is_folded() -> None:
    assert fold("Ｆｉｎｅ－Ｔｕｎｅ４").hay == "fine tune4"
    assert fold("a\u2011b\u2010c–d\u3000e\tf").hay == "a b c d e f"
    assert fold("fine-\n tuning  it").hay == "fine tuning it"
    assert fold("vision--language").hay == "vision language"
    assert fold("模型——方法").hay == "模型  方法"


def test_the_spellings_of_a_form() -> None:
    def patterns(form: str) -> set[str]:
        return {pattern for pattern, _ in compile_form(form)[1]}

    assert patterns("few-shot") == {"few shot", "fewshot"}
    assert patterns("智能体") == {"智能体"}
    assert patterns("AI 智能体") == patterns("AI智能体") == {"ai 智能体", "ai智能体"}
    assert patterns("视觉-语言") == {"视觉 语言"}
    assert len(patterns("one two three four five")) == 16
    assert patterns("one two three four five six") == {"one two three four five six", "onetwothreefourfivesix"}
    long = patterns("multimodal one two three four")
    assert {"multimodal one two three four", "multi modal one two three four", "multimodalonetwothreefour"} <= long
    assert len(long) == 4
    assert patterns(" - ") == set()


def test_forms_that_match_alike_share_a_key() -> None:
    assert form_key("AI 代理") == form_key("AI代理")
    assert form_key("fine-tune") == form_key("Fine tune") == form_key("finetune")
    assert form_key("视觉-语言") == form_key("视觉–语言") != form_key("视觉语言")
    assert form_key("LLM") != form_key("llm")
