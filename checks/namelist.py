"""Tokens that are names: how one is shaped, how two are compared, and the casing of those that everybody knows.

A token is a run of Latin letters and digits, with hyphens, points, ``_``, ``+`` and ``@`` inside. A name is a token
with capitals inside (RefVNLI) or with digits beside letters (GPT-4o); a plain word, an abbreviation in capitals, a
quantity (7B) and a compound (LLM-based) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from checks.text import LETTER

LONGEST_TOKEN: Final = 64
"""A longer run of letters is no name; keeps hostile text linear."""
TOKEN: Final = re.compile(rf"[{LETTER}0-9]+(?:[-\u2010\u2011._+@][{LETTER}0-9]+)*")
_JOINT = re.compile(r"[-\u2010\u2011._+@]")
_HYPHEN = re.compile(r"[\u2010\u2011]")
_COMMAND = re.compile(
    r"\\(?:text)?color\{[^{}]{1,40}\}|\\(?:(?:text|math)[a-z]{2}|emph|mbox|[a-z]{2}(?:shape|family))\b\*? ?"
    r"|\\[A-Za-z]+\*?\s?"
)
_TEX = re.compile(r"\\[,;!/]|[{}]")
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}|[A-Z]{2}[a-rt-z]|[A-Z]{2}s[A-Za-z]")
_RUN = re.compile(r"[A-Z]+|[^A-Z]+")
_MIXED = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])")
_QUANTITY = re.compile(r"[0-9]+(?:D[A-Z]{0,3}|[x×][A-Za-z0-9]*|[A-Za-z]{1,3}|times|[0-9]*)", re.ASCII)
_FORMAT = re.compile(
    r"(?:bf|fp|u?int|nf|mxfp|nvfp|tf|[wkvpaiu]|top|utf)[0-9]+|(?:BF|FP|INT|NF|MXFP|NVFP|TF|UTF)[0-9]+|W[0-9]+A[0-9]+|[LFU][0-9]|V?[0-9]s"
)
_CROSSING = re.compile(r"[A-Z]{1,2}[0-9][A-Z]{1,2}")
_VERSION = re.compile(r"[vV]?[0-9]+[a-ce-wyzA-CE-WYZ]?")
_GENERIC = """
acc appendix at best chapter class covid day figure grade hit layer level mid multi non order over part pass phase post
pre precision rank recall round section stage step sub system table task tier top track type under version year
"""
_COMPOUND = """
agnostic as assisted augmented aware based bit by centric class compatible conditioned derived distilled driven enabled
enhanced equipped family free generated gpu gpus guided hop induced inspired level like machine native node only
oriented parameter powered related scale series shot specific stage step style time to token trained tuned turn type way
"""
_NAMING = "arena bench coder eval flash gym lite max mini nano plus preview pro turbo verified"
"""What makes a name of an abbreviation: SWE-bench, MMLU-Pro."""
_TAILS = f"{_NAMING} base chat dev huge instruct large math medium next oss small super tiny ultra xl"
"""What may end a name in lower case: FLUX.1-dev."""
_WORDS: Final = frozenset({"PhD", "PhDs"})
_CASINGS = """
AdamW AgentBench AlexNet ALFWorld AlphaFold AlphaGo AlphaZero arXiv AtCoder AudioSet AutoGen BatchNorm BibTeX
bioRxiv BookCorpus CatBoost ChatGLM ChatGPT CIFAR Codeforces Colab ConceptNet ControlNet CUDA cuDNN CycleGAN
DataComp DBpedia DeepMind DeepSeek DeepSpeed DenseNet DirectX DistilBERT DocVQA DreamBooth EfficientNet Facebook
FFmpeg FineWeb FlashAttention GitHub GitLab GoogLeNet Gradio GraphQL HellaSwag HotpotQA HuggingGPT HumanEval
ImageNet Instagram InstructGPT InternLM InternVL iPad iPhone Java JavaScript jQuery Jupyter Kaggle Keras KITTI LAION
LangChain LangGraph LayerNorm LeetCode LibriSpeech LightGBM LinkedIn Linux LlamaIndex LLaVA macOS MathVista MATLAB
Matplotlib medRxiv MetaGPT MindSpore MiniCPM MiniGPT MiniGrid MMBench MMLU MNIST MobileNet ModelScope MongoDB MuJoCo
MuZero MySQL NeurIPS NoSQL nuScenes NumPy NVIDIA OlympiadBench ONNX OpenAI OpenCompass OpenCV OpenGL OpenReview
OpenStreetMap OpenWebText OSWorld PaddlePaddle PostgreSQL PowerPoint PubMed Python PyTorch QLoRA Quora RedPajama
ReLU ResNet RMSNorm ScanNet ScienceQA SciPy SGLang ShapeNet ShareGPT SlimPajama SQLite StarCoder StarCraft StyleGAN
SwiGLU TensorFlow TensorRT TextVQA TikTok ToolBench TriviaQA TruthfulQA TypeScript Ubuntu VGGNet vLLM VoxCeleb VQAv2
WebArena WebGL WeChat WhatsApp Wikidata Wikipedia WikiText WinoGrande WizardLM WordNet XGBoost YOLO YouTube
"""
_CANONICAL: Final = {name.lower(): name for name in _CASINGS.split()} | {"huggingface": "Hugging Face"}
_ADMITTED: Final = frozenset({"Nvidia", "ffmpeg", "VLLM"})
"""Other casings that are right, or another word: VLLM is also a vision model."""
_FAMILIES = "bert blip claude clip dit gemini gpt llama phi qwen vit"
WELL_KNOWN: Final = frozenset([*_CANONICAL, *_FAMILIES.split()])
_GENERIC_WORDS: Final = frozenset(_GENERIC.split())
_COMPOUND_WORDS: Final = frozenset(_COMPOUND.split())
_NAMING_WORDS: Final = frozenset(_NAMING.split())
_TAIL_WORDS: Final = frozenset(_TAILS.split())
_WORD = re.compile(r"[A-Za-z]+(?:v2)?")
_PACKAGE = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)+")


class Casing(NamedTuple):
    """A part of a token in a wrong casing, in offsets of the token, and the right one."""

    start: int
    end: int
    name: str


def casings(token: str) -> Iterator[Casing]:
    """The parts of a token that are well-known names in a wrong casing; none in a package name (pytorch-lightning)."""
    if len(token) > LONGEST_TOKEN or _PACKAGE.fullmatch(token) or "_" in token or "@" in token:
        return
    for word in _WORD.finditer(token):
        name = _CANONICAL.get(word[0].lower())
        if name is None or name == word[0] or word[0] in _ADMITTED:
            continue
        if word[0].islower() and "-" in token:
            continue  # SWE-bench-java writes itself so.
        before, after = token[word.start() - 1 : word.start()], token[word.end() : word.end() + 1]
        if before not in ("", "-") or (" " in name and word[0] != token) or after == ".":
            continue
        yield Casing(word.start(), word.end(), name)


def recased(token: str) -> str:
    """The token with the names in it in their own casing."""
    for start, end, name in reversed(list(casings(token))):
        token = token[:start] + name + token[end:]
    return token


def plain(text: str) -> str:
    """English without its LaTeX commands and braces, with plain hyphens: ``\\textsc{Qwen}`` → Qwen."""
    text = _HYPHEN.sub("-", text)
    if "\\" in text or "{" in text:
        text = _TEX.sub("", _COMMAND.sub("", text.replace("\\_", "_").replace("~", " ")))
    return text


@lru_cache(maxsize=8192)
def fold(token: str) -> str:
    """What is left of a spelling without hyphens, points, spaces and case."""
    return "".join(char for char in token.casefold() if char.isalnum())


def parts(token: str) -> list[str]:
    """A token at its hyphens and points."""
    return _JOINT.split(token)


@lru_cache(maxsize=8192)
def name_in(token: str) -> str | None:
    """The name that a token is, or that a compound begins with (GPT-4 of GPT-4-based); None where there is none."""
    if len(token) > LONGEST_TOKEN or "@" in token or "_" in token:
        return None
    words = token.split("-")
    while len(words) > 1 and _is_tail(words[-1]):
        words.pop()
    head = "-".join(words)
    return head if len(fold(head)) > 2 and _is_shaped(words) else None


def _is_tail(word: str) -> bool:
    return word.casefold() in _COMPOUND_WORDS or (word.isalpha() and word.islower() and word not in _TAIL_WORDS)


def _is_shaped(words: list[str]) -> bool:
    first, rest = words[0].casefold(), words[1:]
    if first in _GENERIC_WORDS and (len(rest) == 0 or rest[0].isdigit()):
        return False
    if any(_is_strong(word) for word in words):
        return True
    capital = first in WELL_KNOWN or any(word[:1].isalpha() and not word.islower() for word in words)
    if len(words) > 2 and capital and _CROSSING.fullmatch(words[-1]):
        return True
    versioned = any(_VERSION.fullmatch(word.replace(".", "")) for word in rest)
    return (capital and versioned) or (any(word.lower() in _NAMING_WORDS for word in rest) and words[0].isupper())


def _is_strong(word: str) -> bool:
    """Whether a part alone makes a name: RefVNLI, Qwen2.5, o1; no LLMs, 7B, FP16, T2I."""
    if (
        word in _WORDS
        or _QUANTITY.fullmatch(word.replace(".", ""))
        or _FORMAT.fullmatch(word)
        or _CROSSING.fullmatch(word)
    ):
        return False
    singular = word[:-1] if word.endswith("s") and not word[:-1].islower() else word
    return bool(_CAMEL.search(singular) or _MIXED.match(singular))


def is_camel(name: str) -> bool:
    """Whether the capitals of a name stand where its words begin: RefVNLI, no cOntext, ExtensivE, CLustering."""
    if any(char.isdigit() for char in name) or name.lower() in _CANONICAL:
        return True
    first, *rest = _RUN.findall(name)
    if first.islower():
        return len(first) < 3 and bool(rest) and len(rest[0]) > 1
    if name[-1].isupper() and len(rest) > 1 and len(rest[-1]) == 1 and len(rest[-2]) > 3:
        return False
    words = any(run.islower() and len(run) > 1 for run in rest)
    return (words and len(rest) > 1) or len(first) > 2


def is_capitals(token: str) -> bool:
    """Whether a token is four capitals or more: TTRL."""
    return len(token) > 3 and token.isalpha() and token.isupper()
