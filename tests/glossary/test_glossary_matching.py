"""The matching that the design lays down, sentence by sentence, on the shipped terms and on small glossaries."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary import Match, Matcher, Term, load_layers, shipped

CORE = [path for path in shipped() if path.name == "core.csv"]
SHIPPED = load_layers([CORE]).matcher
Found = list[tuple[str, str, str]]


def uses(text: str, matches: tuple[Match, ...]) -> Found:
    return [(text[match.start : match.end], use.term.source, use.role) for match in matches for use in match.uses]


def source(text: str, context: str | None = None, matcher: Matcher = SHIPPED) -> Found:
    return uses(text, matcher.source(text, context))


def target(text: str, matcher: Matcher = SHIPPED) -> Found:
    return uses(text, matcher.target(text).matches)


def nested(text: str) -> Found:
    return uses(text, SHIPPED.target(text).nested)


@pytest.mark.parametrize("text", [
    "fine-tuning", "fine tuning", "finetuning", "Fine-Tuning", "FINE-TUNING", "fine\u2010tuning", "fine\u2011tuning",
    "fine–tuning", "fine\ntuning", "fine-\ntuning", "fine\n  tuning", "fine--tuning", "ｆｉｎｅ－ｔｕｎｉｎｇ",
    "fine-tune", "fine-tuned", "finetuned", "fine-tunes",
])  # fmt: skip
def test_case_hyphen_space_and_nothing_are_equal_and_ing_takes_e_and_ed(text: str) -> None:
    padded = f"We ({text}), too."
    assert source(padded) == [(text, "fine-tuning", "english")]


@pytest.mark.parametrize(("text", "term"), [
    ("parameter-efficient finetuning", "parameter-efficient fine-tuning"),
    ("agents", "agent"),
    ("benchmarks", "benchmark"),
    ("emergent abilities", "emergent ability"),
    ("mixtures of experts", "mixture of experts"),
    ("mixture-of-expert", "mixture of experts"),
    ("chains-of-thought", "chain-of-thought"),
    ("chain of thoughts", "chain-of-thought"),
    ("KV caches", "KV cache"),
    ("multi-modal large language models", "multimodal large language model"),
    ("data sets", "dataset"),
    ("auto-regressive", "autoregressive"),
])  # fmt: skip
def test_plurals_and_prefixes(text: str, term: str) -> None:
    assert source(f"two {text}.") == [(text, term, "english")]


@pytest.mark.parametrize(("form", "texts"), [
    ("loss", ["loss", "losses"]),
    ("query", ["query", "queries"]),
    ("survey", ["survey", "surveys"]),
    ("index", ["index", "indexes", "indices"]),
    ("hypothesis", ["hypothesis", "hypotheses"]),
    ("robotics", ["robotics"]),
    ("parsing", ["parsing", "parse", "parsed", "parsings"]),
])  # fmt: skip
def test_english_plurals(form: str, texts: list[str]) -> None:
    matcher = Matcher([Term(form, "甲")])
    for text in texts:
        assert source(text, matcher=matcher) == [(text, form, "english")]
    assert source(form + "x robotic king losss", matcher=matcher) == []


@pytest.mark.parametrize(("text", "term"), [
    ("LLMs", "large language model"),
    ("LLM", "large language model"),
    ("LoRA", "low-rank adaptation"),
    ("DiTs", "diffusion Transformer"),
    ("KV Cache", "KV cache"),
    ("KVCache", "KV cache"),
    ("Multimodal LLMs", "multimodal large language model"),
    ("Ai agents", None),
    ("kv cache", None),
    ("rl", None),
    ("llms", None),
    ("LLMS", None),
    ("LORA", None),
    ("L-L-M", None),
])  # fmt: skip
def test_a_word_with_two_capitals_is_case_exact_with_an_optional_s(text: str, term: str | None) -> None:
    found = [found for found in source(f"the {text} here") if found[1] != "agent"]
    assert [(spelled, name) for spelled, name, _ in found] == ([(text, term)] if term else [])


def test_word_boundaries() -> None:
    assert source("reagent LLMx 2LLM tokenizer prompting éagent agenté") == []
    assert source("an agent-based, (agent)") == [("agent", "agent", "english")] * 2
    assert source("DLC-RAG-7B") == [("RAG", "retrieval-augmented generation", "abbr")]


def test_leftmost_longest_over_all_terms_consumed_once() -> None:
    assert source("RLVR") == [("RLVR", "reinforcement learning with verifiable rewards", "abbr")]
    assert source("multimodal LLM") == [("multimodal LLM", "multimodal large language model", "english")]
    assert source("MLLM") == [("MLLM", "multimodal large language model", "abbr")]
    assert [term for _, term, _ in source("process reward model and reward model")] == [
        "process reward model", "reward model",
    ]  # fmt: skip
    assert source("large-scale test-time scaling")[0][0] == "test-time scaling"


def test_where_the_longer_form_fails_the_shorter_inside_it_counts() -> None:
    assert source("KV cached") == []
    assert source("text-to-speech recognition, world modelling") == [("text-to-speech", "text-to-speech", "english")]
    matcher = Matcher([Term("agent", "智能体"), Term("agent Foo BAR", "甲")])
    assert source("agent foo bar", matcher=matcher) == [("agent", "agent", "english")]


def test_a_shared_abbreviation_stands_for_the_term_that_is_there_in_full() -> None:
    assert source("TTS helps.") == []
    assert source("TTS helps.", "Test-time scaling\nTTS helps.") == [("TTS", "test-time scaling", "abbr")]
    assert source("TTS helps.", "Inference-time scaling: TTS helps.") == [("TTS", "test-time scaling", "abbr")]
    assert source("TTS helps.", "A text-to-speech system. TTS helps.") == [("TTS", "text-to-speech", "abbr")]
    both = "Text-to-speech with test-time scaling. TTS helps."
    assert {term for _, term, _ in source("TTS", both)} == {"test-time scaling", "text-to-speech"}


def test_what_the_source_says_decides_between_sharers() -> None:
    context = "Text-to-speech gains from test-time scaling (TTS)."
    assert source("TTS helps.", context) == [("TTS", "test-time scaling", "abbr")]


def test_an_abbreviation_that_is_explained_otherwise_stands_for_nothing() -> None:
    assert source("RM grows.") == [("RM", "reward model", "abbr")]
    assert source("RM grows.", "Rote Memorization (RM) is bad. RM grows.") == []
    assert source("RM grows.", "Rote Memorization (RM) against a reward model.") == [("RM", "reward model", "abbr")]
    assert source("Reward Models (RMs) grow")[-1] == ("RMs", "reward model", "abbr")


def test_an_abbreviation_behind_another_term_in_full_is_that_term() -> None:
    assert source("LMMs see.", "We study large language models (LMMs), which read.") == []
    assert source("LMMs see.", "Large multimodal models and language models (LMMs).")[0][1] == "large multimodal model"
    # What only lacks a word of it is no other term.
    assert source("LLMs read.", "We study language models (LLMs), which read.") == [
        ("LLMs", "large language model", "abbr")
    ]


def test_an_explanation_with_more_words_says_the_same() -> None:
    text = "Large pre-trained language models (LLMs) with parameter-efficient finetuning (PEFT)."
    assert ("LLMs", "large language model", "abbr") in source(text)
    assert ("PEFT", "parameter-efficient fine-tuning", "abbr") in source(text)


def test_target_is_leftmost_longest_consumed_once() -> None:
    text = "基于可验证奖励的强化学习"
    assert target(text) == [(text, "reinforcement learning with verifiable rewards", "preferred")]
    assert ("强化学习", "reinforcement learning", "preferred") in nested(text)
    assert target("多模态大语言模型") == [("多模态大语言模型", "multimodal large language model", "preferred")]
    assert nested("多模态大语言模型") == [("大语言模型", "large language model", "preferred")]
    assert target("强化学习，可验证奖励的强化学习") == [
        ("强化学习", "reinforcement learning", "preferred"),
        ("可验证奖励的强化学习", "reinforcement learning with verifiable rewards", "forbidden"),
    ]


@pytest.mark.parametrize("text", ["AI 智能体", "AI智能体", "ＡＩ智能体", "AI\u3000智能体"])
def test_the_inner_space_between_han_and_latin_is_optional(text: str) -> None:
    assert target(f"用{text}做") == [(text, "AI agent", "preferred")]


@pytest.mark.parametrize(("text", "found"), [
    ("用RLVR训练", "RLVR"),
    ("用 LLMs 训练", "LLMs"),
    ("用ＬＬＭ训练", "ＬＬＭ"),
    ("KV缓存", "KV缓存"),
    ("kv缓存", None),
    ("用tokens表示", "tokens"),
    ("一个 on policy 方法", "on policy"),
    ("用 Scaling  Law 说明", "Scaling  Law"),
    ("用llm训练", None),
    ("用LLMx训练", None),
    ("用xLLM训练", None),
    ("用3LLM训练", None),
])  # fmt: skip
def test_latin_forms_in_chinese_text(text: str, found: str | None) -> None:
    spelled = [form for form, _, _ in target(text) if form.isascii() or not form.isalpha() or form != "训练"]
    assert spelled == ([found] if found else [])


@pytest.mark.parametrize("hyphen", ["-", "–", "\u2010", "\u2011", "－"])
def test_a_hyphen_between_han_may_be_any_but_not_a_space(hyphen: str) -> None:
    assert target(f"视觉{hyphen}语言模型") == [(f"视觉{hyphen}语言模型", "vision-language model", "admitted")]
    assert target("视觉 语言模型") == []


def test_a_short_wrong_form_stands_on_word_boundaries() -> None:
    matcher = Matcher(
        [
            Term("a", "甲甲甲", suspect=("据组",), forbidden=("练过",)),
            Term("agent", "智能体", suspect=("代理",)),
        ]
    )
    assert target("数据组成与训练过程", matcher) == []
    assert target("代理商很多", matcher) == []
    assert target("一个代理完成任务", matcher) == [("代理", "agent", "suspect")]
    assert target("古代理学与现代理念", matcher) == []


def test_what_the_source_holds_backs_a_torn_form() -> None:
    matcher = Matcher([Term("multimodal", "多模态", suspect=("多模式",))])
    text = "我们扩展至多模式设置"
    assert target(text, matcher) == []
    assert uses(text, matcher.target(text, lambda term: True).matches) == [("多模式", "multimodal", "suspect")]


def test_a_suspect_form_of_what_the_source_does_not_hold_consumes_nothing() -> None:
    matcher = Matcher(
        [Term("visual token", "视觉 Token", suspect=("视觉标记",)), Term("tokenization", "分词", suspect=("标记化",))]
    )
    assert target("视觉标记化", matcher) == [("视觉标记", "visual token", "suspect")]
    held = matcher.target("视觉标记化", lambda term: term.source == "tokenization")
    assert uses("视觉标记化", held.matches) == [("标记化", "tokenization", "suspect")]


def test_a_right_form_needs_no_word_boundary() -> None:
    assert target("对齐度", Matcher([Term("alignment", "齐度")])) == [("齐度", "alignment", "preferred")]


def test_renderings_are_words() -> None:
    matcher = Matcher([Term("reinforcement learning", "强化学习"), Term("learning rate", "学习率")])
    assert not matcher.bounded("调整强化学习学习率", 4, 6)
    assert matcher.bounded("调整强化学习学习率", 2, 6)
    assert matcher.bounded("机器学习学习方法", 4, 6)


def test_an_innocent_word_consumes_the_form_in_it() -> None:
    assert target("代理服务器") == [("代理服务器", "agent", "innocent")]
    assert ("代理", "agent", "suspect") not in target("代理服务器")
    assert ("代理", "agent", "suspect") in target("多个代理相互协作")


def test_two_terms_may_share_a_rendering() -> None:
    assert {use[1:] for use in target("推理")} == {("reasoning", "preferred"), ("inference", "preferred")}
    assert {use[1:] for use in target("多模态大模型")} == {
        ("multimodal large language model", "admitted"), ("large multimodal model", "admitted"),
    }  # fmt: skip
    assert {use[1:] for use in target("基座模型")} == {("foundation model", "admitted"), ("base model", "admitted")}


def test_one_role_a_term_the_strongest() -> None:
    assert target("LLM") == [("LLM", "large language model", "admitted")]
    assert target("token") == [("token", "token", "preferred")]
    assert target("agentic") == [("agentic", "agent", "english")]
    assert target("令牌") == [("令牌", "token", "suspect")]
    matcher = Matcher([Term("a", "乙乙", suspect=("丙丙",), not_in=("丙丙",)), Term("b", "丙丙")])
    assert target("丙丙", matcher) == [("丙丙", "a", "innocent"), ("丙丙", "b", "preferred")]


def test_a_form_right_for_one_term_and_wrong_for_another_keeps_both_uses() -> None:
    matcher = Matcher([Term("a", "推断"), Term("b", "甲乙", suspect=("推断",))])
    assert target("推断", matcher) == [("推断", "a", "preferred"), ("推断", "b", "suspect")]


def test_masked_characters_match_nothing_and_are_boundaries() -> None:
    masked = "\ufdd0" * 3
    assert target(f"{masked}LLM{masked}大语{masked}言模型") == [("LLM", "large language model", "admitted")]
    assert target(masked) == []


def test_offsets_are_code_points_of_the_text_given() -> None:
    text = "𠀀😀  İ 大语言模型   LLM"
    assert [form for form, _, _ in target(text)] == ["大语言模型", "LLM"]


def test_the_form_is_as_the_glossary_writes_it() -> None:
    (match,) = SHIPPED.source("Finetuned")
    assert {use.form for use in match.uses} <= {"fine-tuning", "fine-tune"}


PIECES = st.sampled_from([
    "LLM", "s", "RL", "VR", "TTS", "(", ")", "-", " ", "  ", "\n", "fine", "tuning", "agent", "代理", "服务器", "强化",
    "学习", "大", "语言", "模型", "多模态", "\ufdd0", "\ud800", "İ", "Ｋ", "V 缓存", "test-time scaling", "😀",
])  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES | st.characters(), max_size=30).map("".join))
def test_any_text_gives_sorted_spans_inside_it(text: str) -> None:
    scan = SHIPPED.target(text)
    for matches in (scan.matches, SHIPPED.source(text)):
        end = 0
        for match in matches:
            assert end <= match.start < match.end <= len(text)
            assert match.uses
            end = match.end
    for inner in scan.nested:
        assert any(outer.start <= inner.start and inner.end <= outer.end for outer in scan.matches)
        assert (inner.start, inner.end) not in {(outer.start, outer.end) for outer in scan.matches}
