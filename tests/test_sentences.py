"""Where sentences and clauses end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.model import Span
from checks.sentences import chinese_clauses, chinese_sentences, english_sentences
from checks.text import mask

ALPHABET = "aA1 .,;:!?…\n\t\"'()[]{}$\\-中文的，。；：！？“”（）《》、`*\ufdd0é𠀀"


def texts(text: str, spans: list[Span]) -> list[str]:
    return [text[start:end].strip() for start, end in spans]


def english(text: str) -> list[str]:
    return texts(text, english_sentences(mask(text)))


def chinese(text: str) -> list[str]:
    return texts(text, chinese_sentences(mask(text)))


@pytest.mark.parametrize(
    "one",
    [
        "We follow Doe et al. (2021) and others.",
        "Doe et al. Smith agree.",
        "Some tasks, e.g. Parsing, are hard.",
        "The other one, i.e. The second, wins.",
        "Small vs. Large is the question.",
        "See Fig. 3 and Eq. (4) for details.",
        "It follows J. Doe and A. B. Smith in this.",
        "It scores 3.5 points at 1.2 GB.",
        "Code is at https://example.org/a.B?c=D. x and more.",
        "It needs approx. 40 hours.",
        "Wait ... what is this?",
        "Is it fast? and cheap, they ask.",
        "We use Llama 3.1 and version v1.2 here.",
        "We write $a. B$ for it.",
        "Dr. Doe read it.",
        "1. First we parse.",
    ],
)
def test_english_that_is_one_sentence(one: str) -> None:
    assert english(one) == [one]


@pytest.mark.parametrize(
    "parts",
    [
        ["We parse.", "They write."],
        ["Is it fast?", "It is!", "Good."],
        ["It gains 3.5.", "We stop."],
        ["It grows from 2B to 14B.", "Specifically, it learns."],
        ["They call it “slow.”", "We do not."],
        ['They call it "slow."', "We do not."],
        ["It works (mostly.)", "We show why."],
        ["It costs 5 USD, etc.", "We sell it."],
        ["It is new.", "o1 is old."],
        ["It is new.", "iParse is old."],
        ["It is new.", "$k$ is old."],
        ["It is new.", "“Old” is not."],
        ["It is plan B.", "We have it."],
        ["See https://example.org/x.", "We host it."],
        ["It has parts: i) one.", "ii) two."],
        ["It is new.", "\\textbf{Old} is not."],
    ],
    ids=lambda parts: parts[0],
)
def test_english_sentences(parts: list[str]) -> None:
    assert english(" ".join(parts)) == parts


def test_a_lost_space_is_an_end() -> None:
    assert english("We train one model.It is small.") == ["We train one model.", "It is small."]


@pytest.mark.parametrize(
    "one",
    [
        "他们问“为什么？”的时候，没有人回答。",
        "该任务（难吗？）并不难。",
        "《为什么？》是一本书。",
        "参照 Doe et al. 的工作。",
        "准确率为 3.5，大小为 1.2 GB。",
        "代码见 https://example.org/a?b=c! 处。",
        "包括：1. 首先解析。",
        "第一行\n和第二行是一句。",
    ],
)
def test_chinese_that_is_one_sentence(one: str) -> None:
    assert chinese(one) == [one]


@pytest.mark.parametrize(
    "parts",
    [
        ["我们解析。", "他们写作。"],
        ["快吗？", "快！", "好。"],
        ["他们说：“很慢。”", "我们不同意。"],
        ["（这是真的。）", "我们继续。"],
        ["效果更好!", "我们继续。"],
        ["效果更好.", "我们继续。"],
        ["优于 GPT-4.", "我们继续。"],
    ],
    ids=lambda parts: parts[0],
)
def test_chinese_sentences(parts: list[str]) -> None:
    assert chinese("".join(parts)) == parts
    assert chinese("\n\n".join(parts)) == parts


def test_list_items_are_sentences() -> None:
    assert chinese("我们公开：\n- 小模型\n- 大模型") == ["我们公开：", "- 小模型", "- 大模型"]


def test_clauses() -> None:
    text = "首先，我们解析（慢、准）；其次:写作——也快, 最后 1,000 次。结束。"
    parts = chinese_clauses(text, chinese_sentences(text))
    assert [texts(text, part) for part in parts] == [
        ["首先，", "我们解析（慢、准）；", "其次:", "写作——", "也快,", "最后 1,000 次。"],
        ["结束。"],
    ]


@given(st.text(st.sampled_from(ALPHABET)) | st.text())
def test_spans_cover_the_text(text: str) -> None:
    sentences = chinese_sentences(text)
    clauses = [clause for part in chinese_clauses(text, sentences) for clause in part]
    for spans in (english_sentences(text), sentences, clauses):
        assert "".join(text[start:end] for start, end in spans) == text
        assert all(start < end for start, end in spans)


@pytest.mark.parametrize(
    "unit", [". ", "A. ", "。", "\n", ". \"'(", "a.b ", "! ", "\n ", ".\t", "\n- ", "”", "，", "J."]
)
def test_hostile_text_takes_no_longer_than_it_should(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.perf_counter()
    english_sentences(text)
    chinese_clauses(text, chinese_sentences(text))
    assert time.perf_counter() - began < 10
