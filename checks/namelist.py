"""Latin tokens: how two are compared, and the casing of the names that everybody knows.

A token is a run of Latin letters and digits, with hyphens, points, ``_``, ``+`` and ``@`` inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from checks.text import LETTER
from glossary.records import NamedTuple

LONGEST_TOKEN: Final = 64
"""A longer run of letters is no name; keeps hostile text linear."""
TOKEN: Final = re.compile(rf"[{LETTER}0-9]+(?:[-\u2010\u2011._+@][{LETTER}0-9]+)*")
_SHAPED = re.compile(
    rf"(?:[a-z]++(?:[ ,()'\":;]|\. )[^{LETTER}0-9]*+)*+(?:([{LETTER}0-9]+(?:[-\u2010\u2011._+@][{LETTER}0-9]+)*)|\Z)"
)
_HEAD = re.compile(rf"(?<![{LETTER}0-9])(?<![{LETTER}0-9][-\u2010\u2011._+@])(?=[{LETTER}0-9])")
_JOINT = re.compile(r"[-\u2010\u2011_+@]|\.(?![0-9])|(?<![0-9])\.")
_HYPHEN = re.compile(r"[\u2010\u2011]")
_GREEK_NAMES = """
alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi
omega
"""
_GREEK: Final = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK_NAMES.split(), strict=True))
_LONE_GREEK = re.compile(rf"(?<![{LETTER}])[α-ω](?![{LETTER}])")
_COMMAND = re.compile(
    r"\\(?:text)?color\{[^{}]{1,40}\}|\\(?:(?:text|math)[a-z]{2}|emph|mbox|[a-z]{2}(?:shape|family))\b\*? ?"
    r"|\\[A-Za-z]+\*?\s?"
)
_TEX = re.compile(r"\\[,;!/]|[{}]")
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
LONGEST_SEQUENCE: Final = 4
"""Words of a name with spaces: Gemini 1.5 Pro."""
_WORD = re.compile(r"[A-Za-z]+(?:v2)?")
_PACKAGE = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)+")

FIRST: Final = 4
"""Places of a word that are looked at before all words of a text are listed."""
LONG: Final = 10_000
"""A longer text is not searched for each word; keeps hostile text linear."""


class Piece(NamedTuple):
    """A token, or several with a space between, in offsets of the text; ``text`` has plain hyphens."""

    start: int
    end: int
    text: str


def hyphened(text: str) -> str:
    """A text with plain hyphens, as long as it was."""
    return text if text.isascii() else _HYPHEN.sub("-", text)


@lru_cache(maxsize=8)
def tokens(text: str) -> Sequence[Piece]:
    """The tokens of a text that are not too long for a name; those of the last fields are kept for the next rule."""
    found = TOKEN.finditer(hyphened(text))
    return tuple(Piece(token.start(), token.end(), token[0]) for token in found if len(token[0]) <= LONGEST_TOKEN)


def shaped_tokens(text: str) -> Iterator[Piece]:
    """Those of the :func:`tokens` of a text with plain hyphens that are no plain words in lower case."""
    # Plain words, most of an English text, are passed over inside the regular expression.
    for token in _SHAPED.finditer(text):
        word = token[1]
        if word and len(word) <= LONGEST_TOKEN and not (word.isalpha() and word.islower()):
            yield Piece(token.start(1), token.end(1), word)


def tokens_at(text: str, beginning: str) -> Iterator[Piece]:
    """The tokens of a text with plain hyphens that stand where these letters, or several words, begin."""
    at = text.find(beginning)
    while at >= 0:
        token = TOKEN.match(text, at) if _HEAD.match(text, at) else None
        if token is not None and len(token[0]) <= LONGEST_TOKEN:
            yield Piece(at, token.end(), token[0])
        at = text.find(beginning, at + 1)


def longer(text: str, token: Piece) -> Iterator[Piece]:
    """The sequences of two tokens and more that begin with one of a text, shortest first."""
    start, end, name = token
    for _ in range(LONGEST_SEQUENCE - 1):
        after = TOKEN.match(text, end + 1) if text[end : end + 1] == " " else None
        if after is None or len(after[0]) > LONGEST_TOKEN:
            return
        end, name = after.end(), f"{name} {hyphened(after[0])}"
        yield Piece(start, end, name)


class Casing(NamedTuple):
    """A part of a token in a wrong casing, in offsets of the token, and the right one."""

    start: int
    end: int
    name: str


@lru_cache(maxsize=8192)
def casings(token: str) -> tuple[Casing, ...]:
    """The parts of a token that are well-known names in a wrong casing; none in a package name (pytorch-lightning)."""
    if len(token) > LONGEST_TOKEN or _PACKAGE.fullmatch(token) or "_" in token or "@" in token:
        return ()
    return tuple(_casings(token))


def _casings(token: str) -> Iterator[Casing]:
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
    for start, end, name in reversed(casings(token)):
        token = token[:start] + name + token[end:]
    return token


def plain(text: str) -> str:
    """English without its LaTeX commands and braces, with plain hyphens: ``\\textsc{Qwen}`` → Qwen."""
    text = hyphened(text)
    if "\\" in text or "{" in text:
        text = _TEX.sub("", _COMMAND.sub("", text.replace("\\_", "_").replace("~", " ")))
    return text


@lru_cache(maxsize=8192)
def fold(token: str) -> str:
    """What is left of a spelling without hyphens, points, spaces and case; a Greek letter by itself has its name."""
    token = token.casefold()
    if not token.isascii():
        token = _LONE_GREEK.sub(lambda letter: _GREEK.get(letter[0], letter[0]), token)
    return token if token.isalnum() else "".join(filter(str.isalnum, token))


def parts(token: str) -> list[str]:
    """A token at its hyphens and points; the point of a number parts nothing, for Qwen2 is not Qwen2.5."""
    return _JOINT.split(token)


def first_places(text: str, word: str) -> Iterator[int]:
    """Where a word stands in a text, as letters alone: the first :data:`FIRST` places, which tell nearly always."""
    at = text.find(word)
    for _ in range(FIRST):
        if at < 0:
            return
        yield at
        at = text.find(word, at + 1)
