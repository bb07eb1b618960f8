"""Effort by digest, translator, rule and term."""

from __future__ import annotations

import pytest

from checks.digest import parse
from checks.quality.effort import Cost, Step, Version, costs, effort, efforts
from checks.quality.translators import translators


def test_effort_is_the_edits_to_a_hundred_words_of_the_published_text() -> None:
    found = effort([Version("a.md", "1", "我们提出新方法", "我们提出新办法"), Version("a.md", "2", "不动", "不动")])
    scores = {measure.name: measure.score for measure in found.measures}
    assert (found.entries, found.changed) == (2, 1)
    assert scores["TER"] == pytest.approx(100 * 1 / 9)


def test_effort_is_told_by_whatever_a_key_says() -> None:
    versions = [
        Version("a.md", "1", "甲乙", "甲乙", "one"),
        Version("a.md", "2", "甲乙", "甲丙", "two"),
        Version("b.md", "3", "甲乙", "甲丁", None),
    ]
    by_model = efforts(versions, lambda version: version.translator)
    assert {name: (found.entries, found.changed) for name, found in by_model.items()} == {"one": (1, 0), "two": (1, 1)}
    assert efforts(versions, lambda version: version.path)["b.md"].changed == 1


def test_costs_add_up_the_edits_of_each_rule_the_dearest_first() -> None:
    steps = [
        Step("FMT001", None, "用LLM处理", "用 LLM 处理"),
        Step("TRM001", "agent", "代理会学习", "智能体会学习"),
        Step("TRM001", "agent", "多个代理", "多个智能体"),
    ]
    by_rule = costs(steps, lambda step: step.code)
    assert [(cost.name, cost.decisions) for cost in by_rule] == [("TRM001", 2), ("FMT001", 1)]
    assert by_rule[0].edits > by_rule[1].edits
    assert [cost.name for cost in costs(steps, lambda step: step.term)] == ["agent"]
    assert costs([], lambda step: step.code) == list[Cost]()


def test_a_comment_names_the_translator_of_what_stands_behind_it() -> None:
    entry = "## {0}\n[{0}](https://arxiv.org/abs/2504.0000{1})\n\n正文。\n"
    digest = parse(
        entry.format("A", 1)
        + "\n<!-- translator: model-one 2025 -->\n"
        + entry.format("B", 2)
        + entry.format("C", 3)
        + "\n<!--Translator：two-->\n"
        + entry.format("D", 4)
        + "\n<!-- translator: -->\n"
        + entry.format("E", 5)
    )
    assert translators(digest) == {1: "model-one 2025", 2: "model-one 2025", 3: "two"}
