"""A well-known name in the wrong casing.

**What.** A name in Chinese text keeps the capitals that its owner gives it: PyTorch, GitHub, arXiv, Hugging Face. The
rule knows some 150 names whose casing is beyond doubt.

**Flagged.** 基于 Pytorch 实现 · 代码在 Github 上 · Deepseek-R1 (only the part before the hyphen is at fault) ·
Huggingface 社区 · 用 Latex 编译论文

**Clean.** 代码见 github.com/a/b · `pytorch` in code · package names (pytorch-lightning, deepseek-r1) and paths
(deepseek-ai/DeepSeek-V3) · file names · what the English of the entry writes in the same way, for the source wins ·
names that are also words, where nothing tells (Latex, Bert) · Llama and LLaMA, which are both right

**Fix.** Safe: the letters of the name.

**Norm.** House style, *Terms*: names of models, data sets, companies and people stay as the source writes them; MQM
*spelling*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.namelist import casings, plain, tokens
from checks.registry import Rule, Segments
from checks.scene import Hit, SegmentScene
from checks.text import has_han, mask

RULE = Rule(
    code="TRM010",
    name="name-casing",
    severity="warning",
    mqm="linguistic-conventions/spelling",
    summary=Text("A well-known name in the wrong casing", "知名名称的大小写有误"),
    wake=Segments("A-Za-z"),
    fix="safe",
)
_WRONG: Final = Text("The name is written {name}, not {found}", "该名称应写作 {name}，而非 {found}")
_TITLE: Final = Text("Write {name}", "改为 {name}")
_TOUCHING: Final = frozenset("/\\@_#$=.:")
_TOUCHING_BEFORE: Final = _TOUCHING - {":"}
_NEAR: Final = 12
_TELLING: Final = {
    "latex": (
        "LaTeX",
        re.compile(r"代码|公式|文档|源码|源文件|编译|排版|格式|语法|表格|模板|论文|渲染|命令"),
        re.compile(r"乳胶|手套|橡胶|材料"),
    ),
    "bert": ("BERT", re.compile(r"模型|编码器|微调|预训练|嵌入"), re.compile(r"先生|作者|等人")),
}
"""Names that are words too: the name, what tells it, what tells the word."""


def check(scene: SegmentScene, _: int) -> Iterator[Hit]:
    """Look at every Latin word of a Chinese field."""
    text = scene.masked
    if not has_han(text):
        return
    english: str | None = None
    for start, end, name in _candidates(text):
        found = text[start:end]
        english = _english(scene) if english is None else english
        if re.search(rf"(?<![A-Za-z]){found}(?![a-z])", english) is None:
            fix = scene.fix(_TITLE, "safe", (start, end, name), name=name)
            yield scene.hit(start, end, _WRONG, fixes=(fix,), name=name, found=found)


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    for start, end, _ in tokens(text):
        word = text[start:end]
        wrong = casings(word)
        if not wrong and word.lower() not in _TELLING:
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        if before in _TOUCHING_BEFORE or _continues(text, end, after):
            continue
        yield from ((start + part.start, start + part.end, part.name) for part in wrong)
        if word.lower() in _TELLING:
            name, telling, warning = _TELLING[word.lower()]
            around = text[max(0, start - _NEAR) : start] + text[end : end + _NEAR]
            if word != name and telling.search(around) and not warning.search(around):
                yield start, end, name


def _continues(text: str, end: int, after: str) -> bool:
    """Whether a path, a file name or an assignment goes on behind the word."""
    if after not in _TOUCHING:
        return False
    following = text[end + 1 : end + 2]
    return after in "\\@_=" or (following.isascii() and following.isalnum())


def _english(scene: SegmentScene) -> str:
    """The English of the entry without addresses and code."""
    source = scene.entry.source
    texts = (scene.entry.entry.heading.text, *((source.title, source.abstract) if source else ()))
    return "\n".join(plain(mask(text)) for text in texts)
