"""What is a name, which names an English text holds, and what a Chinese spelling may stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.nameindex import NameIndex, longer, tokens
from checks.namelist import LONGEST_TOKEN, casings, fold, is_camel, name_in, plain, recased
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
    assert list(casings(right)) == []


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


def index(*texts: str) -> NameIndex:
    return NameIndex(texts, frozenset({"LoRA"}))


def test_what_the_english_holds() -> None:
    known = index("A Study", "MiniLMs like Qwen2.5-VL-7B and DeepX3- 33B; see https://a.org/ToolX2 or `CodeY3`")
    for spelling in ("MiniLM", "MiniLMs", "Qwen2.5-VL", "VL-7B", "DeepX3-33B", "ToolX2", "CodeY3", "and DeepX3"):
        assert known.holds(spelling), spelling
    for spelling in ("Qwen2-VL", "MiniLN", "DeepX3 and"):
        assert not known.holds(spelling), spelling
    assert set(known.names) == {"MiniLMs", "Qwen2.5-VL-7B", "DeepX3"}


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Gemini-1.5-Pro", "Gemini 1.5 Pro"),
        ("gpt4", "GPT-4"),
        ("OpenAI-o4-mini", "OpenAI o4-mini"),
        ("Qwen2.5 VL", "Qwen2.5-VL"),
        ("Iterated Task", None),
        ("Stage-2", None),
    ],
)
def test_respelt(spelling: str, name: str | None) -> None:
    known = index("A Study", "Stage 2: Gemini 1.5 Pro, GPT-4, OpenAI o4-mini, Qwen2.5-VL-7B. ITerated Task.")
    assert known.respelt(spelling) == name


def test_math_tears_names() -> None:
    assert index(r"$\tau$-Bench3 and M$^2$Vision", r"x").names == {}


def test_long_forms() -> None:
    text = "MLLM as ReTriever (MART) and RefVNLI for large models (LLMs), LOGO (Long conText Model)"
    known = index(text)
    told = {name: known.is_spelt_out(at, at + len(name)) for name, at in known.names.items()}
    assert told == {"ReTriever": True, "RefVNLI": False, "conText": True}


@pytest.mark.parametrize(
    ("token", "written", "names"),
    [
        ("RefVNLl", {}, ("RefVNLI",)),
        ("RefVNL", {}, ("RefVNLI",)),
        ("ReVfNLI", {}, ("RefVNLI",)),
        ("RefVNLI-7B", {}, ()),
        ("SaulLM-62B", {}, ("SaulLM-54B", "SaulLM-141B")),
        ("SaulLM-62B", {"SaulLM-54B": 1}, ("SaulLM-141B",)),
        ("SaulLM-62B", {"SaulLM-54B": 1, "SaulLM-141B": 1}, ()),
        ("GPT-4", {}, ("GPT-3",)),
        ("GPT-4", {"GPT-3": 1}, ()),
        ("NeRE", {}, ("NeRF",)),
        ("NeRE", {"NeRF": 1}, ()),
        ("TTLR", {}, ("TTRL",)),
        ("TTRM", {}, ()),
    ],
)
def test_slips(token: str, written: dict[str, int], names: tuple[str, ...]) -> None:
    slips = Slips(dict.fromkeys(("RefVNLI", "SaulLM-54B", "SaulLM-141B", "GPT-3", "NeRF", "TTRL"), 1))
    assert slips.names(token, written, complete=True) == names


def test_a_heading_is_sure_of_long_names_only() -> None:
    slips = Slips({"DeepSeek-V3": 1, "RefVNLI": 1, "MedQA": 1, "Pegasus-v1": 1})
    assert slips.names("RefVNLl", {}, complete=False) == ("RefVNLI",)
    for token in ("DeepSeek-V2", "MedQB", "Pegasus-1"):
        assert slips.names(token, {}, complete=False) == ()


LETTERS = st.text("ABCDab1", min_size=6, max_size=12)


@given(LETTERS, st.integers(0, 11), st.sampled_from("xyz"))
def test_one_letter_is_always_found(rest: str, at: int, letter: str) -> None:
    name = "AbQ" + rest
    at = min(at, len(name) - 1)
    if not name[at].isdigit():
        for slip in (name[:at] + letter + name[at + 1 :], name[:at] + letter + name[at:]):
            assert Slips({name: 1}).names(slip, {}, complete=True) == (name,)


def test_sequences_need_one_space() -> None:
    text = "Llama 3.1  8B, GPT-4"
    found = tokens(text)
    assert [piece.text for piece in longer(text, found, 0)] == ["Llama 3.1"]
    assert [text[piece.start : piece.end] for piece in found] == ["Llama", "3.1", "8B", "GPT-4"]
