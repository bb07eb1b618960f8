"""What is a name, which names an English text holds, and what a Chinese spelling may stand for."""

from __future__ import annotations

from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.namecount import Names
from checks.nameindex import Known, NameIndex
from checks.namelist import (
    LONGEST_TOKEN,
    casings,
    fold,
    longer,
    plain,
    recased,
    shaped_tokens,
    tokens,
    tokens_at,
)
from checks.nameshape import is_camel, is_whole, lesser_in, name_in
from checks.namespelling import is_spelt_out
from checks.slips import Slips

_NAMES = """
Qwen2.5-Math-7B GPT-4o RefVNLI CameraBench MMLU-Pro LLaVA-1.5 DeepSeek-R1 ImageNet SWE-bench GPT-4 MATH-500 GSM8K
FLUX.1-dev o3-mini phi-4 Phi-3.5-Mini Table-R1 A100-80GB 3DGraphLLM word2vec Step-Video-T2V
"""
_PLAIN = """
LLM LLMs RL LLM-based GPT-based Zero-Shot RL-trained 3D-aware 2-bit 7B 0.5B 4x 448x448 pass@1 nDCG@10 snake_case
FP16 bf16 INT8 W4A4 top-5 Stage-2 System-2 COVID-19 T2I Text-to-3D End-to-End PhD Transformer zero-shot LLM-Agent
2024 o1
"""


@pytest.mark.parametrize("token", _NAMES.split())
def test_names(token: str) -> None:
    assert name_in(token) == token


@pytest.mark.parametrize("token", _PLAIN.split())
def test_no_names(token: str) -> None:
    assert name_in(token) is None


@pytest.mark.parametrize(
    ("token", "name"),
    [("GPT-4-based", "GPT-4"), ("LLaVA-style", "LLaVA"), ("A800-GPU", "A800"), ("GSM8K-like", "GSM8K")],
)
def test_the_name_that_a_compound_begins_with(token: str, name: str) -> None:
    assert name_in(token) == name


@pytest.mark.parametrize(
    ("token", "name"),
    [
        ("MMLQ", "MMLQ"),
        ("MMLQ-based", "MMLQ"),
        ("Kimo-VX", "Kimo-VX"),
        ("S2V", "S2V"),
        ("LLM-Microscope", "LLM-Microscope"),
        ("LLM-based", None),
        ("LLMs", None),
        ("LLM", None),
        ("7B", None),
        ("W4A16", None),
        ("Zero-Shot", None),
        ("KV", None),
    ],
)
def test_lesser_names(token: str, name: str | None) -> None:
    assert lesser_in(token, frozenset({"LLM"})) == name


def test_whole_names() -> None:
    assert is_whole("MaskForm-long")
    assert not is_whole("GPT-4-based")


@pytest.mark.parametrize("name", ["RefVNLI", "ImageNet", "MMSearch", "LLaVA", "mPLUG", "T5x"])
def test_camel(name: str) -> None:
    assert is_camel(name)


@pytest.mark.parametrize("name", ["cOntext", "ExtensivE", "CLustering", "EXpert", "WOrLd"])
def test_capitals_that_make_an_abbreviation(name: str) -> None:
    assert not is_camel(name)


@pytest.mark.parametrize(
    ("token", "right"),
    [
        ("Pytorch", "PyTorch"),
        ("Deepseek-R1", "DeepSeek-R1"),
        ("Pytorch-Github", "PyTorch-GitHub"),
        ("Huggingface", "Hugging Face"),
        ("Huggingface-Hub", "Huggingface-Hub"),
        ("deepseek-r1", "deepseek-r1"),
        ("Nvidia", "Nvidia"),
        ("Pytorch" * LONGEST_TOKEN, "Pytorch" * LONGEST_TOKEN),
    ],
)
def test_casings(token: str, right: str) -> None:
    assert recased(token) == right
    assert casings(right) == ()


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\textsc{Ref}VNLI", "RefVNLI"),
        (r"{\it Qwen}2", "Qwen2"),
        (r"\color{teal}Tool", "Tool"),
        (r"a\_b~c", "a_b c"),
        ("GPT\u20114", "GPT-4"),
    ],
)
def test_plain(latex: str, text: str) -> None:
    assert plain(latex) == text


def test_fold() -> None:
    assert fold("Llama 3.1-8B") == fold("LLAMA-3.18B") == "llama318b"


def index(heading: str, abstract: str) -> NameIndex:
    return NameIndex((heading,), abstract, frozenset({"LoRA"}))


def test_what_the_english_holds() -> None:
    known = index("A Study", "MiniLMs like Qwen2.5-VL-7B and DeepX3- 33B; see https://a.org/ToolX2 or `CodeY3`")
    for spelling in ("MiniLM", "MiniLMs", "Qwen2.5-VL", "VL-7B", "DeepX3-33B", "ToolX2", "CodeY3", "and DeepX3"):
        assert known.holds(spelling), spelling
    for spelling in ("Qwen2-VL", "Qwen2", "MiniLN", "DeepX3 and"):
        assert not known.holds(spelling), spelling
    assert set(known.names) == {"MiniLMs", "Qwen2.5-VL-7B", "DeepX3"}


@pytest.mark.parametrize(
    ("spelling", "name", "lesser"),
    [
        ("Gemini-1.5-Pro", "Gemini 1.5 Pro", False),
        ("gpt4", "GPT-4", False),
        ("OpenAI-o4-mini", "OpenAI o4-mini", False),
        ("Qwen2.5 VL", "Qwen2.5-VL", False),
        ("Kimo VX", "Kimo-VX", True),
        ("Tarq", "TARQ", True),
        ("MoAx", "MOAX", True),
    ],
)
def test_respelt(spelling: str, name: str, lesser: bool) -> None:
    known = index("A Study", "Gemini 1.5 Pro, GPT-4, OpenAI o4-mini, Qwen2.5-VL-7B, Kimo-VX, TARQ and MOAX.")
    assert known.respelt(spelling) == (name, lesser)


@pytest.mark.parametrize("spelling", ["Iterated Task", "Stage-2", "tarq", "Text-to-form", "text-to-Form"])
def test_not_respelt(spelling: str) -> None:
    assert index("A Study", "Stage 2: ITerated Task, TARQ, LLM-Text, Text-to-Form.").respelt(spelling) is None


def test_capitalised_words_inside_sentences() -> None:
    known = index("Small Titans", "Giants such as Claude win. Titans lose, says Vicuna; giants, or (Gemini).")
    assert set(known.lesser) == {"Claude", "Vicuna", "Gemini"}


def test_math_tears_names() -> None:
    assert index(r"$\tau$-Bench3 and M$^2$Vision", r"x").names == {}


def test_how_often_the_english_writes_a_name() -> None:
    known = NameIndex(("LoomNet 2: LoomNet", "LoomNet"), "LoomNets and LoomNet-based GPT-4.", frozenset())
    assert known.written(title=True)["LoomNet"] == 2
    assert known.written(title=False)["LoomNet"] == 2
    assert known.written(title=False)["GPT-4"] == 1
    assert NameIndex(("LoomNet",), "", frozenset()).written(title=False)["LoomNet"] == 1


def test_names_with_spaces_are_counted() -> None:
    names = Names(("用 Gemini 1.5 Pro 与 Gemini 1.5 Pro，及 GPT-4",), frozenset())
    assert (names["Gemini 1.5 Pro"], names["Gemini 1.5"], names["GPT-4"], names["GPT-3"]) == (2, 2, 1, 0)


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("MLLM as ReTriever (MART)", "ReTriever", True),
        ("large language models (MiniLM as Judge)", "MiniLM", True),
        ("models (GPT-4, MiniLM and others)", "MiniLM", False),
        ("direct ImpliCit rewards (DICE)", "ImpliCit", True),
        ("the Real-world daTa UnleaRNing set", "UnleaRNing", True),
        ("WarpNet reweighs clips (RWC)", "WarpNet", False),
        ("BERT (RefVNLI)", "RefVNLI", False),
    ],
)
def test_long_forms(text: str, name: str, told: bool) -> None:
    assert is_spelt_out(text, name, text.index(name)) is told


SLIPS = Slips(
    ("RefVNLI", "SaulLM-54B", "SaulLM-141B", "GPT-3", "NeRF", "TTRL", "Claude", "Gemini 1.5 Pro", "S2V"),
    lesser={"TTRL", "Claude", "S2V"},
)


@pytest.mark.parametrize(
    ("token", "names"),
    [
        ("RefVNLl", {"RefVNLI": True}),
        ("RefVNL", {"RefVNLI": True}),
        ("ReVfNLI", {"RefVNLI": True}),
        ("RefVNLI2", {"RefVNLI": False}),
        ("RefVNLI-7B", {}),
        ("SaulLM-62B", {"SaulLM-54B": False, "SaulLM-141B": False}),
        ("GPT-4", {"GPT-3": False}),
        ("NeRE", {"NeRF": False}),
        ("TTLR", {"TTRL": True}),
        ("TTRM", {"TTRL": False}),
        ("Ttrm", {}),
        ("Clauda", {"Claude": False}),
        ("clauda", {}),
        ("S3V", {"S2V": False}),
        ("Gemini 1.6 Pro", {"Gemini 1.5 Pro": False}),
        ("Gemimi 1.5 Pro", {"Gemini 1.5 Pro": False}),
        ("Gemini-1.6-Pro", {}),
    ],
)
def test_slips(token: str, names: dict[str, bool]) -> None:
    assert {near.name: near.plain for near in SLIPS.near(token)} == names


def test_a_heading_is_sure_of_long_names_only() -> None:
    slips = Slips(("DeepSeek-V3", "RefVNLI", "MedQA", "Pegasus-v1"))
    assert [near.sure for near in slips.near("RefVNLl")] == [True]
    for token in ("DeepSeek-V2", "MedQB", "Pegasus-1"):
        assert [near.sure for near in slips.near(token)] == [False]


LETTERS = st.text("ABCDab1", min_size=6, max_size=12)


@given(LETTERS, st.integers(0, 11), st.sampled_from("xyz"))
def test_one_letter_is_always_found(rest: str, at: int, letter: str) -> None:
    name = "AbQ" + rest
    at = min(at, len(name) - 1)
    if not name[at].isdigit():
        for slip in (name[:at] + letter + name[at + 1 :], name[:at] + letter + name[at:]):
            assert [near.name for near in Slips((name,)).near(slip)] == [name]


def test_sequences_need_one_space() -> None:
    text = "Llama 3.1  8B, GPT-4"
    found = tokens(text)
    assert [piece.text for piece in longer(text, found[0])] == ["Llama 3.1"]
    assert [text[piece.start : piece.end] for piece in found] == ["Llama", "3.1", "8B", "GPT-4"]


WRITTEN = st.text("abAB2é-._ ,(\n", max_size=30)
"""Tokens of all shapes, close together."""


@given(WRITTEN)
def test_shaped_tokens_are_all_but_plain_words(text: str) -> None:
    shaped = [token for token in tokens(text) if not (token.text.isalpha() and token.text.islower())]
    assert list(shaped_tokens(text)) == shaped


@given(WRITTEN, st.text("abAB2-. ", min_size=1, max_size=3))
def test_tokens_found_by_how_they_begin(text: str, beginning: str) -> None:
    starts = [token for token in tokens(text) if text.startswith(beginning, token.start)]
    assert list(tokens_at(text, beginning)) == starts


@given(WRITTEN, st.integers(1, 3))
def test_what_a_text_is_soon_seen_to_hold(text: str, size: int) -> None:
    known = Known(text)
    words = {text[at : at + size] for at in range(len(text))}
    assert {word for word in words if word in known} == words & known.every


@given(st.lists(st.text("abAB1", min_size=4, max_size=6), max_size=8, unique=True), st.text("abAB1", min_size=4))
def test_a_slip_is_the_same_among_few_names_and_many(names: list[str], token: str) -> None:
    others = ["".join(letters) for letters in islice(product("xyz", repeat=len(token)), 9)]
    assert Slips([*names, *others]).near(token) == Slips(names).near(token)


def test_names_that_the_chinese_adds() -> None:
    known = index("A Study", "Qwen2.5-7B, 14B and RefVNLI")
    assert known.is_added("MapMind2")
    for token in ("Qwen2.5-14B", "RefVNLI", "RefVNLl", "refvnli2", "Word", "7B"):
        assert not known.is_added(token), token
