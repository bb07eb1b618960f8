"""Which Chinese translates which English, and what is missing."""

from __future__ import annotations

import csv
import math
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import Case

from checks import lexicon
from checks.alignment import Alignment
from checks.anchors import Anchors, Chinese, Masked, anchors_of, number_key
from checks.digest import parse
from checks.lexicon import known, stem
from checks.model import Span
from checks.scene import EntryScene, FileScene
from checks.sentences import chinese_clauses, chinese_sentences, english_sentences
from checks.text import has_han, mask

ENGLISH = (
    "Robots stumble on gravel. We learn a gait from 900 videos of goats. It transfers to steep slopes without any "
    "tuning. Experiments on two real robots confirm the results."
)
CHINESE = (
    "机器人在碎石路上容易绊倒。",
    "我们从 900 段山羊视频中学习步态。",
    "它无需任何调优即可迁移到陡坡。",
    "在两台真实机器人上的实验证实了结果。",
)
PIECES = (
    *(
        "We train GPT-4.",
        " 3.5%",
        "\n\n",
        "模型，",
        "训练数据。",
        "$k$",
        " (LLM)",
        "https://a.io/b",
        "；",
        "!",
        "however ",
    ),
    *("。”", "```"),
)


def entry(body: str, source: str | None = ENGLISH) -> EntryScene:
    case = Case("FID003", 1, body, flagged=False, source=source)
    digest = parse(case.file(body))
    return FileScene(digest, case.context(digest)).entries[0]


def aligned(body: str, source: str = ENGLISH) -> Alignment:
    alignment = entry(body, source).alignment
    assert alignment is not None
    return alignment


def anchors(english: str, chinese: str) -> Anchors:
    """The anchors without a glossary."""
    masked, hidden = mask(english), mask(chinese)
    clauses = [clause for part in chinese_clauses(hidden, chinese_sentences(hidden)) for clause in part]
    target = Chinese(Masked(chinese, hidden), clauses, ())
    return anchors_of(Masked(english, masked), english_sentences(masked), (), target)


def test_each_sentence_has_its_own() -> None:
    alignment = aligned("".join(CHINESE))
    assert alignment.owners == [0, 1, 2, 3]
    body = "".join(CHINESE)
    assert [body[slice(*span)] for n in range(4) if (span := alignment.span(n))] == list(CHINESE)
    assert all(doubt.total < 0 for doubt in alignment.doubts)


@pytest.mark.parametrize("number", range(4))
def test_what_is_missing_is_doubted(number: int) -> None:
    alignment = aligned("".join(CHINESE[:number] + CHINESE[number + 1 :]))
    worst = max(range(4), key=lambda n: alignment.doubts[n].total)
    assert worst == number
    assert alignment.doubts[number].total > 0


def test_two_made_one_and_one_made_two() -> None:
    together = CHINESE[0] + CHINESE[1][:-1] + "，" + CHINESE[2] + CHINESE[3]
    assert aligned(together).owners == [0, 1, 2, 3]
    apart = CHINESE[0] + "我们收集了 900 段视频。我们从中学习山羊的步态。" + CHINESE[2] + CHINESE[3]
    assert aligned(apart).owners == [0, 1, 1, 2, 3]


def test_a_summary_in_front_goes_to_the_first() -> None:
    assert aligned("一句话总结：让机器人学走路。" + "".join(CHINESE)).owners[2:] == [0, 1, 2, 3]


def test_shortfall_tells_half_from_whole() -> None:
    whole = aligned("".join(CHINESE))
    half = aligned("".join(CHINESE[:3]) + "在两台")
    assert whole.shortfall(3) < 0.3 < half.shortfall(3)
    assert aligned("".join(CHINESE[:3])).span(7) is None


def test_nothing_to_align() -> None:
    assert entry("".join(CHINESE), None).alignment is None
    assert entry("".join(CHINESE), "").alignment is None
    assert entry("We learn a gait.").alignment is None


def test_what_is_far_too_long_is_given_up() -> None:
    body, source = "模型训练数据。", "We train models. "
    began = time.perf_counter()
    assert entry(body * 10_000, source).alignment is None
    assert entry(body, source * 10_000).alignment is None
    assert entry(body * 300, source).alignment is None
    assert entry(body, source * 100).alignment is None
    assert time.perf_counter() - began < 10


def test_the_longest_that_is_aligned_takes_no_longer_than_it_should() -> None:
    began = time.perf_counter()
    alignment = aligned("模型训练数据，" * 240, "We fly kites over 7 hills. " * 60)
    assert len(alignment.doubts) == 60
    assert time.perf_counter() - began < 10


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8)), st.lists(st.sampled_from(PIECES) | st.text(max_size=8)))
def test_any_two_texts(english: list[str], chinese: list[str]) -> None:
    source = " ".join("".join(english).split())
    alignment = entry("模型" + "".join(chinese).replace("#", ""), source).alignment
    if alignment is None:
        assert not source
        return
    assert list(alignment.owners) == sorted(alignment.owners)
    assert len(alignment.owners) == len(alignment.clauses)
    assert len(alignment.doubts) == len(alignment.sentences)
    assert all(math.isfinite(value) for doubt in alignment.doubts for value in doubt)
    for least in (-20.0, 0.0, 4.0):
        assert alignment.missing(least) == [n for n, doubt in enumerate(alignment.doubts) if doubt.total > least]


@pytest.mark.parametrize(
    ("english", "chinese", "key", "clauses"),
    [
        ("It has 1,024 parts.", "共有 1024 个，很多。", "1024", 0b01),
        ("It gains 12%.", "提升，即 12%。", "12%", 0b10),
        ("We use GPT.", "基于 GPT，且用 GPT。", "gpt", 0b11),
        ("It maps $a + b$ well.", "对 $a+b$ 有效。", "a+b", 0b1),
        ("See https://www.example.org/x.", "见，http://example.org/x/", "example.org/x", 0b10),
        ("We train it.", "我们使用数据，进行训练。", "word train", 0b10),
        ("Our datasets are here.", "见此，数据集。", "word dataset", 0b10),
        ("A lack of widgets.", "缺少部件 (widget)。", "widgets", 0b1),
        ("We use LLMs.", "用 LLM。", "llms", 0b1),
    ],
)
def test_anchors(english: str, chinese: str, key: str, clauses: int) -> None:
    found = anchors(english, chinese)
    assert found.anchors[key].clauses == clauses
    assert key in found.sentences[0]


def test_what_may_be_written_otherwise_is_not_demanded() -> None:
    found = anchors("It has 22M parts, and $k$ gizmos.", "共有 2200 万个部件。")
    assert not {"22", "k", "gizmos"} & set(found.anchors)


def test_a_term_stands_for_its_words() -> None:
    body = "我们研究大语言模型。"
    alignment = aligned(body, "We study large language models.")
    assert alignment.doubts[0].total < 0
    assert number_key("1,024%") == "1024%"


def test_stems() -> None:
    for family in (
        "integrate integrates integrated integrating",
        "study studies studied studying",
        "class classes",
        "plan plans planned planning",
        "analysis",
        "model's models",
    ):
        assert len({stem(word) for word in family.split()}) == 1, family
    assert known("Integrating") == known("integrates")
    assert known("gizmo") is None


def test_the_lexicon_is_in_order() -> None:
    with lexicon._FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    words = [row["english"] for row in rows]
    assert words == sorted(words)
    assert len({stem(word) for word in words}) == len(words)
    for row in rows:
        share, chance = float(row["share"]), float(row["chance"])
        assert 0 < chance < share <= 1, row
        assert all(has_han(form) for form in row["chinese"].split("|")), row


def test_offsets_are_the_texts() -> None:
    alignment = aligned("".join(CHINESE))
    assert alignment.sentences[0] == Span(0, ENGLISH.index("We"))
    assert alignment.clauses[-1].end == len("".join(CHINESE))


def test_the_order_of_hashes_changes_no_doubt() -> None:
    """Sums of floats depend on their order, and that of a set of texts on the process."""
    said = (
        "import sys; sys.path.insert(0, 'tests'); import test_alignment as it;"
        "print(it.aligned(''.join(it.CHINESE[:3])).doubts, it.aligned(''.join(it.CHINESE)).doubts)"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", said], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": ".", "PYTHONHASHSEED": str(seed)},
        ).stdout
        for seed in range(4)
    }  # fmt: skip
    assert len(runs) == 1
