"""The rows of the house style's tables: all rules together make of the left column exactly the right one.

Each rule has the rows that are its own as cases in `tests/rules`; here their interplay is tried, in both profiles.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import pytest
from support import BODY, LINK, TITLE, core_glossary

from checks.digest import parse
from checks.engine import Engine
from checks.fixing import Fixed, fix_text
from checks.model import Finding
from checks.profile import PROFILES, Style
from checks.registry import rules
from checks.scene import Context

ENGINE: Final = Engine(rules())


class Row(NamedTuple):
    """A row of a table; ``gb`` is the right column in that profile, None where both have the same."""

    text: str
    becomes: str
    gb: str | None = None
    unsafe: tuple[str, ...] = ()
    """The codes whose unsafe fixes the row speaks of."""
    place: str = "body"


SPACING: Final = (
    Row("通过RL训练优化LLM的方法", "通过 RL 训练优化 LLM 的方法"),
    Row("提升约159%，共3,000个视频", "提升约 159%，共 3,000 个视频"),
    Row("气温升至35°以上，得分A+的模型", "气温升至 35° 以上，得分 A+ 的模型"),
    Row("状态函数$V(s')$已知", "状态函数 $V(s')$ 已知"),
    Row("调用`pipeline()`函数", "调用 `pipeline()` 函数"),
    Row("模型 ，例如 GPT-4 。", "模型，例如 GPT-4。"),
    Row("大 语言 模型", "大语言模型"),
    Row("Hennara等人[2025]提出", "Hennara 等人 [2025] 提出"),
    Row("支持C++、C#和Python语言", "支持 C++、C# 和 Python 语言"),
    Row("文本/图像对齐、视频-文本检索、A/B 测试", "文本/图像对齐、视频-文本检索、A/B 测试"),
    Row(r"令\(x+y\)为输入", r"令 \(x+y\) 为输入"),
    Row("提升了 15 %", "提升了 15%"),
    Row("有 $100 和 $200 两种价格", "有 $100 和 $200 两种价格"),
)
NEVER_TOUCHED: Final = (
    "见 https://example.org/a,b?c=d 与 a.b@example.org 一节。",
    "见 [项目主页](https://example.org/a_(b),c) 的说明。",
    "运行 `a,b(c)` 与 $f(x),y$ 两式。",
    "第一段：\n\n```\nprint('模型',x)\n```\n\n第二段。",
    '上标 <sup title="a,b">2</sup> 与注释 <!-- 模型,RL --> 一处。',
    "采用 Qwen2.5-VL-72B 与 GPT-4o 两个模型。",
    "读取 config.v1.json 与 data.csv 文件。",
    "报告 pass@1 与 nDCG@10 两项指标，版本为 v1.2.3。",
    "第一行到此换行  \n第二行接着写完。",
)
BRACKETS: Final = (
    Row("大语言模型（LLM）的推理", "大语言模型 (LLM) 的推理", "大语言模型（LLM）的推理"),
    Row("大语言模型(LLM)的推理", "大语言模型 (LLM) 的推理", "大语言模型（LLM）的推理"),
    Row("监督微调 ( SFT ) 数据上", "监督微调 (SFT) 数据上", "监督微调（SFT）数据上"),
    Row("大型推理模型（LRM），以及", "大型推理模型 (LRM)，以及", "大型推理模型（LRM），以及"),
    Row("（1）首先", "(1) 首先", "（1）首先"),
    Row("人工智能（AI）、机器学习（ML）", "人工智能 (AI)、机器学习 (ML)", "人工智能（AI）、机器学习（ML）"),
    Row("值（如 $k$=1) 下", "值 (如 $k$=1) 下", "值（如 $k$=1）下"),
    Row(
        "最先进(state-of-the-art)水平、SOTA(state-of-the-art)",
        "最先进 (state-of-the-art) 水平、SOTA (state-of-the-art)",
        "最先进（state-of-the-art）水平、SOTA（state-of-the-art）",
    ),
    Row("复杂度 O(n)、函数 f(x)", "复杂度 O(n)、函数 f(x)"),
    Row(
        "混合偏好优化（Mixed Preference Optimization，MPO）方法",
        "混合偏好优化 (Mixed Preference Optimization, MPO) 方法",
        "混合偏好优化（Mixed Preference Optimization, MPO）方法",
    ),
    Row("指标 pass@k(n) 与 `g(x,y)`", "指标 pass@k(n) 与 `g(x,y)`"),
    Row("模型（LLM的推理", "模型（LLM 的推理"),
    Row("“涌现”（1）《红楼梦》（2）", "“涌现”(1)《红楼梦》(2)", "“涌现”（1）《红楼梦》（2）"),
)
PUNCTUATION: Final = (
    Row("达到 72.4%,优于 GPT-4o.", "达到 72.4%，优于 GPT-4o。"),
    Row("TTRL: 测试时强化学习", "TTRL：测试时强化学习"),
    Row("TTRL: 测试时强化学习", "TTRL：测试时强化学习", place="title"),
    Row("TTRL - 测试时强化学习", "TTRL：测试时强化学习", place="title"),
    Row("TTRL——测试时强化学习", "TTRL：测试时强化学习", place="title"),
    Row("测试时强化学习。", "测试时强化学习", place="title"),
    Row("比例为1:1，见 3.2 节，12:30", "比例为 1:1，见 3.2 节，12:30"),
    Row("MATH500：73.6%", "MATH500：73.6%"),
    Row("“Stay hungry, stay foolish.”", "“Stay hungry, stay foolish.”"),
    Row("如 Google, Meta, 阿里等", "如 Google、Meta、阿里等", unsafe=("FMT023",)),
    Row("显著!!", "显著！"),
    Row("……而后——为何？！", "……而后——为何？！"),
    Row("新方法。。效果", "新方法。效果"),
    Row("视频...", "视频……"),
    Row("视频。。。", "视频……"),
    Row("PaperCoder -- 一个", "PaperCoder——一个"),
    Row("PaperCoder — 一个", "PaperCoder——一个"),
    Row('"后饱和泛化" 现象', "“后饱和泛化”现象"),
    Row("``涌现''", "“涌现”"),
    Row("Wei et al.提出", "Wei et al. 提出"),
    Row(
        "多种模型 (e.g., GPT-4, i.e. LLM) vs. 人类",
        "多种模型 (e.g., GPT-4, i.e. LLM) vs. 人类",
        "多种模型（e.g., GPT-4, i.e. LLM）vs. 人类",
    ),
    Row("使用ＧＰＴ－４", "使用 GPT-4"),
    Row("使用LLM进行推理，效果好，。", "使用 LLM 进行推理，效果好。", unsafe=("FMT010",)),
    Row("**注意：**该方法", "**注意**：该方法"),
    Row("代码见 https://example.org/R1V2-38B。", "代码见 <https://example.org/R1V2-38B>。", unsafe=("FMT022",)),
)
LATEX: Final = (
    Row(r"参数 \textit{k} 很大", "参数 *k* 很大"),
    Row(r"参数 \textbf{x} 很大", "参数 **x** 很大"),
    Row(r"参数 \emph{x} 很大", "参数 *x* 很大"),
    Row(r"参数 \texttt{x} 很大", "参数 `x` 很大"),
    Row(r"提升 5\% 与 Q\&A 两项", "提升 5% 与 Q&A 两项"),
    Row(
        "使用 Mamba~2 模型，2~3 倍，~128 个",
        "使用 Mamba 2 模型，2~3 倍，~128 个",
        "使用 Mamba 2 模型，2～3 倍，~128 个",
    ),
    Row(r"见 \cite{a} 与 \ref{b} 和 \ours 方法", r"见 \cite{a} 与 \ref{b} 和 \ours 方法"),
    Row(r"令 $k$ 为整数，\textit{k} 很大", "令 $k$ 为整数，$k$ 很大", unsafe=("FMT018",)),
    Row("大\u200b语言\u00a0模型\u3000很强", "大语言模型很强"),
    Row("大語言模型的軟體", "大语言模型的软件", unsafe=("CHR002",)),
    Row("效果显著的程序", "效果显著的程序"),
)
TERMS: Final = (
    Row("大语言模型 (LLMs) 的推理", "大语言模型 (LLM) 的推理", "大语言模型（LLM）的推理"),
    Row("大型语言模型的推理", "大语言模型的推理"),
    Row("AI 代理的推理", "AI 智能体的推理"),
    Row("零次学习的推理", "零样本的推理"),
    Row("模型以 Transformer 处理每个 Token", "模型以 Transformer 处理每个 Token"),
)
OPTIONS: Final = (
    Row("视频 - 文本检索", "视频 - 文本检索", "视频-文本检索"),
    Row("占 67%-89% 左右", "占 67%-89% 左右", "占 67%～89% 左右"),
    Row("显存为 80GB 左右", "显存为 80GB 左右", "显存为 80 GB 左右"),
)
ROWS: Final = (
    *SPACING,
    *(Row(text, text) for text in NEVER_TOUCHED),
    *BRACKETS,
    *PUNCTUATION,
    *LATEX,
    *TERMS,
    *OPTIONS,
)


def file(row: Row, text: str) -> str:
    """A digest of one entry, with a text in the row's place."""
    title, body = (text, BODY) if row.place == "title" else (TITLE, text)
    return f"## TTRL: A Study of Things\n[{title}]({LINK})\n\n{body}\n"


def mended(row: Row, style: Style) -> Fixed:
    """The row after every safe fix and the unsafe ones of which it speaks."""

    def wanted(whole: str) -> list[Finding]:
        checked = ENGINE.check(parse(whole, "a.md"), Context(core_glossary(), {}, style))
        assert not checked.crashes, checked.crashes
        return [found for found in checked.findings if found.fix("safe") or found.code in row.unsafe]

    return fix_text(file(row, row.text), wanted, ("safe", "unsafe"))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("row", ROWS, ids=[row.text for row in ROWS])
def test_row(row: Row, profile: str) -> None:
    fixed = mended(row, PROFILES[profile])
    assert fixed.text == file(row, row.gb if profile == "gb" and row.gb is not None else row.becomes)
    assert fixed.settled
