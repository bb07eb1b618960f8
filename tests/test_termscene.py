"""What the glossary finds in an entry."""

from __future__ import annotations

from typing import Any

import pytest
from support import Case, core_glossary, glossary_of

from checks.digest import parse
from checks.names import gloss
from checks.rules.terms._abbreviations import defined, glossed
from checks.rules.terms._facts import facts_of
from checks.rules.terms._wording import place, preferred_like
from checks.scene import EntryScene, FileScene
from checks.termscene import EntryTerms


def entry(body: str = "本文研究事物。", **parts: Any) -> EntryScene:
    case = Case("TRM001", 1, body, flagged=False, **parts)
    digest = parse(case.file(body))
    return FileScene(digest, case.context(digest)).entries[0]


def terms(body: str = "本文研究事物。", **parts: Any) -> EntryTerms:
    return entry(body, **parts).terms


def rendered(body: str, source: str) -> frozenset[str]:
    scene = terms(body, source=source)
    return scene.rendered(scene.entry.segments["body"], scene.abstract_held)


@pytest.mark.parametrize(
    ("source", "body", "expected"),
    [
        ("zero-shot", "零样本迁移", {"zero-shot"}),
        ("zero-shot", "迁移", set()),
        ("LLMs", "LLM 会写作", {"large language model"}),
        ("large language models", "大型语言模型会写作", {"large language model"}),
        ("large language models", "我们研究 large language models", {"large language model"}),
        ("large language models", "我们研究文本模型 (large language models)", set()),
    ],
    ids=["preferred", "absent", "abbreviation", "wrong", "english", "gloss"],
)
def test_presence(source: str, body: str, expected: set[str]) -> None:
    assert rendered(body, source) == expected


def test_nested_rendering_counts_only_where_the_longer_term_is_not_held() -> None:
    body = "基于人类反馈的强化学习"
    longer = "reinforcement learning from human feedback"
    assert rendered(body, "reinforcement learning") >= {"reinforcement learning"}
    assert rendered(body, f"{longer} and reinforcement learning") == {longer}


def test_held_counts_each_side_by_its_own_field() -> None:
    scene = terms(heading="World Models", source="We study hallucination.")
    assert scene.heading_held == {"world model"}
    assert scene.abstract_held == {"hallucination"}
    assert scene.held == {"world model", "hallucination"}


def test_glosses_are_the_source_where_no_abstract_is_known() -> None:
    scene = terms("幻觉 (hallucination)，如 (见下文)")
    assert scene.glosses == ("hallucination",)
    assert scene.held == {"hallucination"}
    assert scene.abstract_held == frozenset()


def test_a_field_left_in_english_is_no_translation() -> None:
    assert [field.field for field in terms(title="A Study of Things").fields] == ["body"]


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("Mobile-Agent-v2 acts.", "Mobile-Agent-v2 会行动"),
        ("Agent Laboratory acts.", "Agent Laboratory 会行动"),
        ("A Stable Diffusion model.", "一个 Stable Diffusion 模型"),
    ],
)
def test_part_of_a_kept_name_is_no_term(source: str, body: str) -> None:
    assert terms(body, source=source).abstract_held == frozenset()
    assert terms("一个系统", source=source).abstract_held != frozenset()


def test_a_name_in_a_gloss_is_not_kept() -> None:
    assert terms("智能体实验室 (Agent Laboratory)", source="Agent Laboratory acts.").abstract_held == {"agent"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A real-world model.", set()),
        ("A world model.", {"world model"}),
        ("A world-model.", {"world model"}),
        ("An LLM-based agent.", {"large language model", "agent"}),
    ],
)
def test_torn_compounds(source: str, expected: set[str]) -> None:
    assert terms(source=source).abstract_held == expected


def test_a_long_form_is_excused_where_its_abbreviation_is_kept() -> None:
    source = "A Vision Transformer (ViT) sees."
    (held,) = terms("ViT 能看", source=source).abstract_uses
    assert held.abbreviated
    (held,) = terms("该模型能看", source=source).abstract_uses
    assert not held.abbreviated
    (held,) = terms("视觉变换网络 (ViT) 能看", source=source).abstract_uses
    assert not held.abbreviated
    (held,) = terms("LLM 能写", source="A large language model (LLM) writes.").abstract_uses[:1]
    assert not held.abbreviated


def test_excused_words() -> None:
    scene = terms(source="We use Proxies for agents.")
    agent = core_glossary().get("agent")
    token = core_glossary().get("token")
    assert agent is not None
    assert token is not None
    assert scene.excused(agent)
    assert not scene.excused(token)
    assert not terms(source="Proximal agents.").excused(agent)


def test_math_and_code_are_hidden_on_both_sides() -> None:
    scene = terms("`幻觉` 与 $x$", source=r"$\text{hallucination}$", heading="Is `hallucination` code?")
    assert scene.held == frozenset()
    assert scene.found == ()


def test_preferred_is_the_first_place_of_the_preferred_rendering() -> None:
    scene = terms("文生图，文本到图像，文本到图像")
    assert scene.preferred["text-to-image"].match.start == 4


@pytest.mark.parametrize(
    ("text", "word", "inside"),
    [
        ("甲 (a, 词)", "词", "a, 词"),
        ("甲（词）", "词", "词"),
        ("甲 (a) 词 (b)", "词", None),
        ("词", "词", None),
        ("甲 (词", "词", None),
        ("甲 (词 (b) c)", "词", None),
    ],
)
def test_gloss(text: str, word: str, inside: str | None) -> None:
    at = text.index(word)
    assert gloss(text, at, at + len(word)) == inside


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("大视觉-语言模型", True),
        ("大 视觉语言模型", True),
        ("大型 VLM", True),
        ("大型VLMs", True),
        ("大型的视觉语言模型", True),
        ("大型 LLM", False),
        ("视觉语言模型", False),
        ("大型 VLMX", False),
    ],
)
def test_loose_renderings(text: str, found: bool) -> None:
    term = core_glossary().get("large vision-language model")
    assert term is not None
    assert any(facts_of(core_glossary()).loose(term, text)) == found


def test_facts_are_worked_out_once_a_glossary() -> None:
    one, other = (glossary_of(f"source,preferred\n{word},词\n") for word in ("a", "b"))
    assert facts_of(one) is facts_of(one)
    assert facts_of(one) is not facts_of(other)


def test_a_term_without_han_renderings_has_no_loose_ones() -> None:
    known = glossary_of("source,preferred,policy\nSlot,Slot,keep\n")
    assert not any(facts_of(known).loose(known.terms[0], "Slot"))


def test_defined_abbreviations() -> None:
    scene = entry(
        "多层感知器 (MLPs)，图像集 (CC-3M, LAION-Aesthetics)，键值 (key-value pairs, KVPs)",
        source="Sparse autoencoders (SAEs).",
    )
    found = defined(scene)
    assert {"MLP", "KVP", "SAE"} <= found
    assert "LAION-Aesthetic" not in found


def test_glossed_abbreviations() -> None:
    text = "模型 (LLM)，PRM (打分的模型)，算法 (GRPO 和 PPO)，键值 (KV 层)，Vision Transformer (ViT)，RAG"
    found = glossed(terms(text))
    assert {"LLM", "PRM", "KV", "ViT"} <= found
    assert found.isdisjoint({"GRPO", "PPO", "RAG"})


def test_the_tail_of_a_form_is_kept() -> None:
    term = core_glossary().get("mixture of experts")
    assert term is not None
    assert preferred_like(term, "专家混合模型") == "混合专家模型"
    assert preferred_like(term, "专家混合") == "混合专家"


def test_place_names_the_line_and_a_short_note_alone() -> None:
    term = glossary_of("source,preferred,note\na,词,Short.\n").terms[0]
    assert place(term) == "terms.csv:2"
    assert place(term, note=True) == "terms.csv:2: Short"
    long = glossary_of(f"source,preferred,note\na,词,{'Long ' * 20}\n").terms[0]
    assert place(long, note=True) == "terms.csv:2"
