"""Scores are those of sacreBLEU's own command."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from checks.digest import parse
from checks.quality import likeness
from checks.quality.likeness import Counts, chinese, counted, edited, metrics, one_by_one, summed

MACHINE = [
    "我们用 LLM 处理网格数据，并在三个任务上做了比较。",
    "树结构在强化学习中很常见，我们提出一种新的遍历方式。",
    "该方法把准确率提高了 12.5%，而且速度更快。",
    "实验表明，模型在长文本上仍会出错。",
] * 5
PUBLISHED = [
    "我们用大语言模型处理网格数据，并在三个任务上作了比较。",
    "树结构在强化学习中很常见，本文提出一种新的遍历方法。",
    "该方法将准确率提高了 12.5 个百分点，速度也更快。",
    "实验表明，模型在长文本上仍会出错。",
] * 5


OTHER = [text.replace("LLM", "大语言模型") for text in MACHINE]


def counts(texts: list[str], references: list[str]) -> list[Counts]:
    return [counted(*pair) for pair in zip(texts, references, strict=True)]


def paired(first: list[str], second: list[str]) -> list[likeness.Tested]:
    return likeness.test(counts(first, PUBLISHED), counts(second, PUBLISHED), same=first == second)


def command(folder: Path, systems: list[str], *options: str) -> str:
    """What ``sacrebleu`` prints for texts against the published one, one segment a line."""
    for name, texts in (("machine", MACHINE), ("other", OTHER), ("published", PUBLISHED)):
        (folder / name).write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "sacrebleu", "published", "-i", *systems, "--width", "8", *options],
        capture_output=True, text=True, check=False, encoding="utf-8", cwd=folder,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_scores_are_those_of_the_command(tmp_path: Path) -> None:
    options = ["-m", "chrf", "bleu", "ter", "--tokenize", "zh", "--ter-asian-support", "--ter-normalized"]
    printed = json.loads(command(tmp_path, ["machine"], *options, "--format", "json"))
    theirs = {found["name"]: found for found in printed}
    ours = summed(counts(MACHINE, PUBLISHED))
    assert {found.name for found in ours} == theirs.keys()
    for found in ours:
        assert theirs[found.name]["score"] == pytest.approx(found.score)
        assert found.signature == theirs[found.name]["signature"]


def test_the_test_is_that_of_the_command(tmp_path: Path) -> None:
    # Not as JSON, which the command cannot write for a test.
    printed = command(tmp_path, ["machine", "other"], "-m", "chrf", "--paired-bs", "--format", "text")
    (ours,) = [found for found in paired(MACHINE, OTHER) if found.name == "chrF2"]
    scores = re.findall(r"([0-9.]+) \([0-9.]+ ± ([0-9.]+)\)", printed)
    assert [float(score) for score, _ in scores] == [pytest.approx(ours.first.score), pytest.approx(ours.second.score)]
    intervals = [float(interval) for _, interval in scores]
    assert intervals == [pytest.approx(ours.first_interval, abs=1e-6), pytest.approx(ours.second_interval, abs=1e-6)]
    assert re.findall(r"p = ([0-9.]+)", printed)[0] == f"{ours.p:.4f}"
    assert ours.first.signature in printed


def test_equal_texts_are_not_said_to_differ() -> None:
    assert {found.p for found in paired(MACHINE, list(MACHINE))} == {None}


def test_edits_are_counted_in_han_characters() -> None:
    assert edited("我们提出新方法。", "我们提出新办法。") == 1
    assert edited("一样", "一样") == 0
    assert edited("", "甲乙") == 2


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        *zip(MACHINE, PUBLISHED, strict=True),
        ("训练了 GPT-4 模型，效果好。", "训练了 GPT-4o 模型，效果好。"),
        ("得到 12.5 分，排第 3.", "得到 12.05 分，排第 3."),
        ("先甲后乙，再丙", "再丙，先甲后乙"),
        ("the same model", "the some model"),
    ],
)
def test_what_two_texts_have_in_common_at_their_ends_changes_no_count(text: str, reference: str) -> None:
    (ter,) = metrics(["TER"]).values()
    assert edited(text, reference) == ter.corpus_score([text], [[reference]]).num_edits


def test_each_pair_has_a_figure_of_its_own() -> None:
    same, apart = one_by_one(counts(["一样的句子", "甲乙丙丁"], ["一样的句子", "子丑寅卯"]))
    assert (same, apart) == (100, 0)


def test_an_entry_is_one_line_of_title_and_abstract() -> None:
    (entry,) = parse("## A\n[甲](https://arxiv.org/abs/2504.00001)\n\n第一行\n第二行\n\n第三行 \n").entries
    assert chinese(entry) == "甲 第一行 第二行 第三行"


def test_nothing_has_no_measure() -> None:
    assert summed([]) == []
