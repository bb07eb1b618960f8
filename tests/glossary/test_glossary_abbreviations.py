"""Abbreviations that a text explains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import expansions


@pytest.mark.parametrize(("text", "abbr", "long_form"), [
    ("We train a Large Language Model (LLM) here.", "LLM", "Large Language Model"),
    ("We train large language models (LLMs).", "LLM", "large language models"),
    ("Use Proximal Policy Optimization (PPO).", "PPO", "Proximal Policy Optimization"),
    ("our self-supervised learning (SSL) loss", "SSL", "self-supervised learning"),
    ("multi-modal LLMs (MLLMs)", "MLLM", "multi-modal LLMs"),
    ("reinforcement learning with verifiable rewards (RLVR)", "RLVR", "reinforcement learning with verifiable rewards"),
    ("a text-to-image/video (T2I/V) model", "T2I/V", "text-to-image/video"),
    ("RM (Rote Memorization) is bad", "RM", "Rote Memorization"),
    ("Low-Rank Adaptation (LoRA; ours)", "LoRA", "Low-Rank Adaptation"),
    ("world models~(WMs)", "WM", "world models"),
    ("采用低秩适配 (Low-Rank Adaptation, LoRA) 方法", "LoRA", "Low-Rank Adaptation"),
    ("采用 Low-Rank Adaptation（LoRA）方法", "LoRA", "Low-Rank Adaptation"),
    ("大语言模型（Large Language Models，LLMs）", "LLM", "Large Language Models"),
])  # fmt: skip
def test_explained(text: str, abbr: str, long_form: str) -> None:
    (found,) = expansions(text)
    assert (found.abbr, found.long_form) == (abbr, long_form)
    assert text[found.start : found.end].rstrip("s") == abbr
    assert text[found.long_start : found.long_end] == long_form


@pytest.mark.parametrize(
    "text",
    [
        "a model (the best one) wins",
        "we use it (LLM) often",
        "accuracy rises (50%)",
        "A sentence ends. Long things (XYZ) follow",
        "大语言模型 (LLM)",
        "the LLM model (LLM)",
        "()",
        "(((((",
        "(A",
    ],
)
def test_not_explained(text: str) -> None:
    assert expansions(text) == ()


@given(st.text(st.sampled_from("ABab (（)）,.-s模\n\ufdd0~")))
def test_offsets_lie_in_the_text(text: str) -> None:
    for found in expansions(text):
        assert text[found.long_start : found.long_end] == found.long_form
        assert text[found.start : found.end] in (found.abbr, found.abbr + "s")
