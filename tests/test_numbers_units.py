"""What numbers measure: which unit is read behind them, which conversions hold, and what is told where it changes."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import permutations

import pytest

from checks.numbers import Side, chinese, differences, english
from checks.numbers.measures import MEASURES, Measure, are_convertible
from checks.numbers.orders import reordered
from checks.numbers.unitchanges import remeasured, renamed, with_measure, without_percent

BY_WORD = {word: measure for measure in MEASURES for word in measure.chinese.split()}


def sides(source: str, target: str) -> tuple[Side, Side]:
    return Side(source, english(source)), Side(target, chinese(target))


def changed(source: str, target: str) -> list[tuple[str, str]]:
    """The units that change, as both sides write them."""
    one, other = sides(source, target)
    found: list[tuple[str, str]] = []
    for meant, written in remeasured(one, other):
        wanted = with_measure(source, meant)
        place = with_measure(target, written, han=True)
        found.append((source[wanted.start : wanted.until], target[place.start : place.until]))
    return found


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.writing("x"))
def test_a_measure_is_read_under_each_of_its_names(measure: Measure) -> None:
    words = [measure.english] if measure.dimension == "temperature" else measure.english.split()
    for name in [*words, *measure.symbols.split()]:
        assert english(f"about 47 {name}, at least")[0].measure == measure, name
    for name in [*measure.chinese.split(), *measure.symbols.split()]:
        assert chinese(f"约 47 {name}，至少")[0].measure == measure, name


def test_no_name_is_that_of_two_measures() -> None:
    for names in (
        [name for measure in MEASURES for name in measure.symbols.split()],
        [name for measure in MEASURES for name in measure.chinese.split()],
        [name for measure in MEASURES if measure.dimension != "temperature" for name in measure.english.split()],
    ):
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "text",
    [
        "on 256 GPUs. Then",
        "on 8 H800 GPUs",
        "9 day-to-day apps",
        "47 minor edits",
        "47 hourly visits",
        "47M pages",
        "47% of days",
        "Llama 47-small",
    ],
)
def test_english_that_measures_nothing(text: str) -> None:
    assert [one.measure for one in english(text) if one.measure] == []


@pytest.mark.parametrize("text", ["三元模型", "4 元组", "3 周期", "5 天线", "6 年级", "7 米粒", "47% 天", "47W 用户"])
def test_chinese_that_measures_nothing(text: str) -> None:
    assert [one.measure for one in chinese(text) if one.measure] == []


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("小时", "分钟", 60),
        ("秒", "毫秒", 1000),
        ("天", "小时", 24),
        ("年", "个月", 12),
        ("吉字节", "兆字节", 1000),
        ("吉字节", "兆字节", 1024),
        ("字节", "比特", 8),
        ("英尺", "英寸", 12),
    ],
)
def test_one_of_a_measure_is_so_many_of_another(one: str, other: str, ratio: int) -> None:
    assert are_convertible(BY_WORD[one], BY_WORD[other], Fraction(ratio))
    assert are_convertible(BY_WORD[other], BY_WORD[one], Fraction(1, ratio))
    assert not are_convertible(BY_WORD[one], BY_WORD[other], Fraction(ratio + 1))


def test_what_has_no_common_scale_is_not_convertible() -> None:
    for one, other in permutations(("美元", "元", "个月", "天"), 2):
        assert not are_convertible(BY_WORD[one], BY_WORD[other], Fraction(1))


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("It takes 48 hours.", "耗时 48 天。", [("48 hours", "48 天")]),
        ("It takes $48$ hours.", "耗时 48 个小时。", []),
        ("It takes two days.", "耗时两小时。", [("two days", "两小时")]),
        ("A 14-second clip.", "14 分钟的片段。", [("14-second", "14 分钟")]),
        ("It costs $120 a page.", "每页 120 元。", [("$120", "120 元")]),
        ("It costs \\$0.34 a page.", "每页 0.34 美元。", []),
        ("In 642 H100 days.", "642 个 H100 小时。", [("642 H100 days", "642 个 H100 小时")]),
        ("It lasts 5-10 minutes.", "持续 5-10 小时。", [("10 minutes", "10 小时")]),
        ("80 GB here, 80 GB there.", "此处 80 MB，彼处亦然。", [("80 GB", "80 MB")]),
        # What is not sure is not told.
        ("8 hours here, 8 days there.", "此处与彼处均为 8 天。", []),
        ("8 hours here.", "此处 8 天，彼处 8 天。", []),
        ("8 hours here.", "此处 8 小时，彼处 8 天。", []),
        ("8 hours here.", "此处 480 分钟，8 天之后。", []),
        ("192 hours here, 8 seconds there.", "此处 8 天。", []),
        ("8 hours on 8 chips.", "8 块芯片上 8 个周期。", []),
        ("8 hours and 30 GB.", "8 GB 与 30 小时。", []),
    ],
)
def test_a_unit_that_changes(source: str, target: str, found: list[tuple[str, str]]) -> None:
    assert changed(source, target) == found


def test_the_title_accounts_for_a_unit() -> None:
    one, other = sides("It takes 8 hours.", "耗时 8 天。")
    assert remeasured(one, other)
    assert not remeasured(one._replace(more=english("8 days")), other)


@pytest.mark.parametrize(
    ("source", "target", "new"),
    [
        ("48 hours", "48 天", "48 小时"),
        ("15 months", "15 个小时", "15 个月"),
        ("15 days", "15 个月", "15 天"),
        ("226 ms", "226s", "226ms"),
        ("226 days", "226 h", "226 天"),
        ("48 hours", "$48", None),
    ],
)
def test_a_unit_is_written_the_way_of_what_it_replaces(source: str, target: str, new: str | None) -> None:
    (right,), (wrong,) = english(source), chinese(target)
    edit = renamed(target, wrong, right)
    assert (edit and target[: edit[0]] + edit[2] + target[edit[1] :]) == new


@pytest.mark.parametrize(
    "pair",
    [
        "It takes 1,000 ms.|耗时 1 秒。",
        "It takes 48 hours.|耗时 2 天。",
        "It takes 24-48 months.|耗时 2 至 4 年。",
        "It needs 512 MB, 2048 KB more.|需 0.5 GB，另加 2 MB。",
        "It takes 90 minutes.|耗时 1.5 小时。",
        "It needs 47 KB and 12 TFLOPs.|需 47 千字节和 12 万亿次浮点运算。",
    ],
)
def test_a_conversion_is_the_same_quantity(pair: str) -> None:
    one, other = sides(*pair.split("|"))
    assert differences(one, other) == []


def test_a_wrong_conversion_is_another_quantity() -> None:
    assert differences(*sides("It takes 48 hours.", "耗时 3 天。"))


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("It gains 50% on maps.", "在地图上提升 50。", ["50"]),
        ("From 40% to 50%.", "从 40% 升至 50。", ["50"]),
        ("It gains 50% (5 points).", "提升 50（5 个百分点）。", ["50"]),
        ("50% and 60%.", "为 50，为 60。", ["50", "60"]),
        ("From 40% to 50%.", "从 40 升至 50%。", []),
        ("50% here, 60% there.", "此处 50、彼处 60%。", []),
        ("50% of 50 users.", "50 名用户中的一半。", []),
        ("Half of them, 50%.", "其中 50。", []),
        ("50% here.", "50 percent。", []),
        ("50% here.", "准确率（%）：50。", []),
        ("50% here, 50% there.", "此处 50%，彼处 50。", []),
        ("A score of 75.1.", "得分 75.1%。", []),
        ("5% of them.", "其中五个。", []),
    ],
)
def test_a_percent_sign_that_is_lost(source: str, target: str, found: list[str]) -> None:
    one, other = sides(source, target)
    assert [target[place.start : place.until] for _, place in without_percent(one, other)] == found


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Recall and precision are 3% and 5%, respectively.", "召回率和精确率分别为 5% 和 3%。", ["5% 和 3%"]),
        ("They have 4B and 8B weights, respectively.", "它们分别有 8B 与 4B 权重。", ["8B 与 4B"]),
        ("40 and 642 H100 days respectively.", "分别耗时约 642 和 40 个 H100 天。", ["642 和 40"]),
        ("Gains of 1%, 2%, and 3% respectively.", "增益依次为 1%、3%和2%。", ["1%、3%和2%"]),
        ("Gains of 1%, 2%, and 3% respectively.", "增益依次为 1%、2%和3%。", []),
        ("Gains of 3% and 5%.", "增益分别为 5% 和 3%。", []),
        ("Gains of 3% and 5%, respectively.", "增益为 5% 和 3%。", []),
        ("Gains of 3% and 5%, respectively.", "增益分别为 5% 和 3%，即 3% 和 5%，分别如此。", []),
        ("Gains of 3% and 5% on Maps and Roads, respectively.", "在 Roads 和 Maps 上分别提升 5% 和 3%。", []),
        ("Gains of 3% and 5%. A and B stay, respectively.", "分别提升 5% 和 3%。", []),
    ],
)
def test_an_order_that_changes(source: str, target: str, found: list[str]) -> None:
    one, other = sides(source, target)
    lists = [written for _, written in reordered(one, other)]
    assert [target[places[0].start : places[-1].until] for places in lists] == found


def test_the_table_knows_no_name_that_a_pattern_would_read_otherwise() -> None:
    assert all(re.fullmatch(r"[A-Za-zµμ°℃℉]+", name) for measure in MEASURES for name in measure.symbols.split())
