"""What quantities stand in English and in Chinese text, how they compare, and how one is written in another's place."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.fixing import splice
from checks.model import Edit
from checks.numbers import Quantity, Side, chinese, differences, english
from checks.numbers.likeness import is_alike
from checks.numbers.numerals import numeral
from checks.numbers.orders import reordered
from checks.numbers.pairs import chinese_pairs, english_pairs
from checks.numbers.signs import turned
from checks.numbers.spelt import START, starts
from checks.numbers.starts import MAY_HOLD
from checks.numbers.unitchanges import remeasured, without_percent
from checks.numbers.words import CARDINALS, HALVES, ORDINALS, PARTS, PLURALS, SCALES, WORTH
from checks.numbers.writing import rewritten

_ONES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ONES = _ONES.split()
TENS = _TENS.split()
THOUSANDS = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6), ("thousand", 10**3))
NUMERALS = "零一二三四五六七八九"
MYRIADS = (("亿", 10**8), ("万", 10**4))
COUNTS = st.integers(0, 10**13)
ALPHABET = (
    "0123456789.,%~-–/ ^{}$\\×xKMB()[]零一二两三十百千万亿数几上成半双翻第个百分点倍之至从 the and a half two hundred "
    "分别小时天"
)

SAME = """
We evaluate on 3 benchmarks for 2 hours.|我们在三个基准上评测两个小时。
It takes 1.5 hours.|耗时一个半小时。
It runs for half an hour.|运行 30 分钟。
A 5x speedup and a 3-fold study.|加速 5 倍，研究分三步。
Accuracy doubles, cost halves.|准确率提升一倍，成本降低 50%。
Twice as fast, three times as large.|快 1 倍，大两倍。
It improves by 200%.|提升 2 倍。
It is an order of magnitude faster.|快 10 倍。
By 2-3 orders of magnitude.|快两到三个数量级。
In the top 1% of 10,000 entrants.|在 1 万名参赛者中位列前 1%。
Ranked 2nd among 1,200 teams.|在 1200 支队伍中排名第二。
It won first place with 95.3 F1.|以 95.3 的 F1 分数获得第 1 名。
A 1024x1024 image and a 512 × 512 one.|1024×1024 与 512x512 的图像。
Released on May 13, 2024.|于 2024 年 5 月 13 日发布。
In the early 2000s.|在 21 世纪初。
One in five users, two out of three.|20% 的用户，三分之二。
More than 70% of the time.|七成以上的时间。
1.2K stars and 15k users.|1200 颗星、1.5 万名用户。
$12.5 million, about $0.01 a page.|1250 万美元，每页约 0.01 美元。
1 billion users and hundreds of billions of tokens.|十亿用户与数千亿个 token。
100M+ downloads.|下载量过亿。
Over 100 languages, two dozen tasks.|上百种语言、24 项任务。
0.5, 1.5 and 7 billion weights.|5 亿、15 亿和 70 亿权重。
A rate of 1e-4 over $2^{10}$ states.|学习率为 $10^{-4}$，共 1024 个状态。
From $O(n^2)$ to $O(n)$ in $L_1$.|复杂度从 O(n^2) 降至 O(n)，用 L1。
Top-5 accuracy of 93.2%, pass@1 of 48.1.|前 5 准确率为 93.2%，pass@1 达 48.1。
A 360-degree video at a 1:1 ratio, 24/7.|全景视频，比例为 1:1，全天候。
9 of 10 tasks, 3.5 out of 5.|10 项任务中的 9 项，3.5/5。
30-40% win, 70 to 80% play, 10–20% lose.|三到四成获胜，七八成队伍参赛，1 至 2 成队伍失利。
40% win, 60% lose, 45% tie.|四成队伍获胜，6 成队伍失利，四成五平局。
Cost is cut by a third.|成本降至三分之二。
Cost falls to a third.|成本减少三分之二。
A third fail, half of it at once.|约三成失败，其中一半立即失败。
A third, two thirds and a quarter of users.|33% 的用户、66.7% 的用户和 25% 的用户。
33%, 67%, 33.3% and 14% of users, 0.17 in all.|三分之一、三分之二、1/3 和七分之一的用户，总计六分之一。
50% of users, 75% of items.|半数用户，四分之三的条目。
One in six users, 1/3 of items.|17% 的用户，33% 的条目。
A billion steps for a million users.|数十亿步，上百万用户。
4-bit weights, W4A16, 0-shot and 5-shot.|4 比特权重，W4A16，零样本和 5 样本。
Stage 1 and Stage 2, Figure 2 and Section 4.1.|第一阶段和第二阶段。
24 GB on one A100, or eight GPUs.|单张 A100 上 24GB，或 8 块 GPU。
Fifteen hundred hours, two and a half years.|1500 小时，两年半。
A quarter of a million, half of it.|25 万，其中一半。
As little as one tenth, 1/10th of the cost.|仅 1/10，成本的十分之一。
It saves 75% of compute.|仅需 25% 的计算量。
It uses 20% of the data.|数据量减少 80%。
It cuts cost by 90%.|成本降至十分之一。
Better by 2.3%/1.1%, from 10 to 20%.|分别提升 2.3% 和 1.1%，从 10% 到 20%。
Llama-3-8B/70B, GPT-4 and GPT-3.5.|Llama-3 8B 与 70B，GPT-4 与 3.5。
ICLR 2025 and the 2024 AIME.|ICLR'25 与 AIME 2024。
A million-token context, 128k in all.|百万 token 上下文，共 128K。
"""


def in_words(count: int) -> str:
    """A number as English spells it."""
    if count < 20:
        return ONES[count]
    if count < 100:
        return TENS[count // 10 - 2] + (f"-{ONES[count % 10]}" if count % 10 else "")
    if count < 1000:
        rest = f" and {in_words(count % 100)}" if count % 100 else ""
        return f"{ONES[count // 100]} hundred{rest}"
    name, size = next((name, size) for name, size in THOUSANDS if count >= size)
    rest = f" {in_words(count % size)}" if count % size else ""
    return f"{in_words(count // size)} {name}{rest}"


def in_numerals(count: int) -> str:
    """A number as Chinese spells it."""
    if count < 10:
        return NUMERALS[count]
    for name, size in MYRIADS:
        if count >= size:
            rest = count % size
            zero = "零" if rest and rest < size // 10 else ""
            return in_numerals(count // size) + name + zero + (in_numerals(rest) if rest else "")
    name, size = next((name, size) for name, size in (("千", 1000), ("百", 100), ("十", 10)) if count >= size)
    rest = count % size
    zero = "零" if rest and rest < size // 10 else ""
    return NUMERALS[count // size] + name + zero + (in_numerals(rest) if rest else "")


def in_myriads(count: int) -> str:
    """A number in digits with a Chinese scale word, exactly."""
    name, size = next(((name, size) for name, size in MYRIADS if count >= size), ("", 1))
    whole, rest = divmod(count, size)
    decimals = f"{rest:0{len(str(size)) - 1}}".rstrip("0") if rest else ""
    return f"{whole}{'.' + decimals if decimals else ''} {name}".rstrip()


def only(found: tuple[Quantity, ...]) -> Quantity:
    assert len(found) == 1, found
    return found[0]


def side(text: str, found: tuple[Quantity, ...]) -> Side:
    return Side(text, found)


def apart(source: str, target: str) -> list[tuple[str | None, str | None]]:
    """What differs, as both sides write it."""
    return [
        (
            source[it.english.start : it.english.until] if it.english else None,
            target[it.chinese.start : it.chinese.until] if it.chinese else None,
        )
        for it in differences(side(source, english(source)), side(target, chinese(target)))
    ]


@pytest.mark.parametrize(
    ("text", "written", "value", "unit", "weight"),
    [
        ("a set of 3,000 clips", "3,000", 3000, "", "firm"),
        (r"1{,}000 runs", "1{,}000", 1000, "", "firm"),
        ("3 million clips", "3 million", 3 * 10**6, "", "firm"),
        ("a 12--billion-parameter model", "12--billion", 12 * 10**9, "", "firm"),
        ("one hundred and five clips", "one hundred and five", 105, "", "firm"),
        ("twenty-one clips", "twenty-one", 21, "", "firm"),
        ("seven clips", "seven", 7, "", "weak"),
        ("a dozen clips", "a dozen", 12, "", "weak"),
        ("half a million clips", "half a million", 500_000, "", "weak"),
        ("128K tokens", "128K", 128_000, "", "firm"),
        ("7B weights", "7B", 7 * 10**9, "", "firm"),
        (r"$\mathbf{73.6\%}$ of it", r"73.6\%", Fraction("73.6"), "percent", "firm"),
        ("eight percent", "eight percent", 8, "percent", "weak"),
        ("by 5.2 BLEU points", "5.2 BLEU points", Fraction("5.2"), "point", "firm"),
        ("by 3.1%p", "3.1%p", Fraction("3.1"), "point", "firm"),
        (r"$2\times$ faster", r"2\times", 2, "times", "firm"),
        ("a tenfold gain", "tenfold", 10, "times", "weak"),
        ("two orders of magnitude", "two orders of magnitude", 2, "magnitude", "weak"),
        ("at $10^{-3}$", "10^{-3}", Fraction(1, 1000), "", "firm"),
        (r"$5.1 \times 10^{6}$ samples", r"5.1 \times 10^{6}", 5_100_000, "", "firm"),
        ("2.3e21 steps", "2.3e21", 23 * 10**20, "", "firm"),
        ("1/3 of it", "1/3", Fraction(1, 3), "", "firm"),
        (r"$\frac{2}{3}n^2$", r"\frac{2}{3}", Fraction(2, 3), "", "name"),
        (r"a $\frac{0.5}{20000}$ share", r"\frac{0.5}{20000}", Fraction(1, 40_000), "", "firm"),
        (r"some $2\frac{1}{3}$ pages", "2", 2, "", "firm"),
        ("a share of 2⁄3n", "2⁄3", Fraction(2, 3), "", "name"),
        ("a billion clips", "a billion", 10**9, "", "weak"),
        ("two-thirds of it", "two-thirds", Fraction(2, 3), "", "weak"),
        ("{sim}11% faster", "11%", 11, "percent", "firm"),
        ("tens of thousands of clips", "tens of thousands", 10**4, "", "vague"),
        ("at 1080p", "1080p", 1080, "", "firm"),
        ("GPT-4 wins", "4", 4, "", "name"),
        ("as Llama 3 does", "3", 3, "", "aside"),
        ("see Table 3", "3", 3, "", "aside"),
        ("on MMLU 73.6", "73.6", Fraction("73.6"), "", "firm"),
        ("Nearly 20 clips", "20", 20, "", "firm"),
        ("in September 2023", "September", 9, "", "aside"),
    ],
)
def test_english(text: str, written: str, value: Fraction, unit: str, weight: str) -> None:
    first = english(text)[0]
    assert text[first.start : first.until] == written
    assert (first.value, first.unit, first.weight) == (value, unit, weight)


@pytest.mark.parametrize(
    ("text", "written", "value", "unit", "weight"),
    [
        ("共 12 万张", "12 万", 120_000, "", "firm"),
        ("共5.13亿张", "5.13亿", 513 * 10**6, "", "firm"),
        ("共 1.2 万亿个", "1.2 万亿", 12 * 10**11, "", "firm"),
        ("共 1 亿 2000 万个", "1 亿 2000 万", 12 * 10**7, "", "firm"),
        ("有 3 000 个", "3 000", 3000, "", "firm"),
        ("有３，０００个", "３，０００", 3000, "", "firm"),
        ("有 30 多万个", "30 多万", 300_000, "", "firm"),
        ("占百分之八", "百分之八", 8, "percent", "firm"),
        ("占 8％", "8％", 8, "percent", "firm"),
        ("占七成", "七成", 70, "percent", "weak"),
        ("四成五的用户", "四成五", 45, "percent", "weak"),
        ("四成学生", "四成", 40, "percent", "aside"),
        ("四成五学生", "四成五", 45, "percent", "aside"),
        ("4 成功能", "4 成", 40, "percent", "aside"),
        ("一成学生", "一成", 10, "percent", "aside"),
        ("三四成群", "三四", 3, "", "weak"),
        ("三四成学生", "三", 30, "percent", "aside"),
        ("这一成果", "一", 1, "", "aside"),
        ("统一成文本", "一", 1, "", "aside"),
        ("三成分模型", "三", 3, "", "aside"),
        ("有 2,3000 个", "2,3000", 23_000, "", "firm"),
        ("升 10 百分点", "10 百分点", 10, "point", "firm"),
        ("升 **7.2%**", "7.2%", Fraction("7.2"), "percent", "firm"),
        ("占三分之一", "三分之一", Fraction(1, 3), "", "weak"),
        ("快两倍", "两倍", 2, "times", "weak"),
        (r"快 $2\times$", r"2\times", 2, "times", "firm"),
        ("一个数量级", "一个数量级", 1, "magnitude", "weak"),
        ("数十亿个", "数十亿", 10**9, "", "vague"),
        ("上百个", "上百", 100, "", "vague"),
        ("百余名", "百", 100, "", "vague"),
        ("一百零五个", "一百零五", 105, "", "firm"),
        ("一万两千个", "一万两千", 12_000, "", "firm"),
        ("二〇二四年", "二〇二四", 2024, "", "firm"),
        ("三四种", "三四", 3, "", "weak"),
        ("三维场景", "三", 3, "", "aside"),
        ("十余个", "十", 10, "", "weak"),
        ("第 3 项", "3", 3, "ordinal", "weak"),
        ("重 2 千克", "2", 2, "", "firm"),
        ("与 Llama 3 相比", "3", 3, "", "aside"),
        ("与 GPT-4 相比", "4", 4, "", "name"),
        ("见[12]一文", "12", 12, "", "name"),
        ("MMLU 73.6 分", "73.6", Fraction("73.6"), "", "firm"),
        ("如下：1. 快速", "1", 1, "", "name"),
    ],
)
def test_chinese(text: str, written: str, value: Fraction, unit: str, weight: str) -> None:
    first = chinese(text)[0]
    assert text[first.start : first.until] == written
    assert (first.value, first.unit, first.weight) == (value, unit, weight)


@pytest.mark.parametrize(
    "text", ["十分重要", "百分比", "百科全书", "各有千秋", "网址 https://a.b/12", "`x = 3`", "版本 1.2.3"]
)
def test_chinese_that_counts_nothing(text: str) -> None:
    assert [it for it in chinese(text) if it.weight in ("firm", "weak", "vague")] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("gains of 10-20%", [(10, "percent"), (20, "percent")]),
        ("from 0.5 to 72 billion", [(5 * 10**8, ""), (72 * 10**9, "")]),
        ("sizes 7/13/70B", [(7 * 10**9, ""), (13 * 10**9, ""), (70 * 10**9, "")]),
        ("from 500 to 1 million", [(500, ""), (10**6, "")]),
        ("512x512 pixels", [(512, ""), (512, "")]),
        ("in 2023, 5% of it", [(2023, ""), (5, "percent")]),
    ],
)
def test_ranges_share_their_unit_and_scale(text: str, values: list[tuple[int, str]]) -> None:
    assert [(it.value, it.unit) for it in english(text)] == values


@given(COUNTS)
def test_a_number_in_words_is_read(count: int) -> None:
    assert only(english(f"we count {in_words(count)} sheep")).value == count


@given(COUNTS)
def test_a_number_in_numerals_is_read(count: int) -> None:
    assert numeral(in_numerals(count)) == count


@given(COUNTS)
def test_a_number_in_digits_is_read(count: int) -> None:
    for text in (f"we count {count} sheep", f"we count {count:,} sheep"):
        assert only(english(text)).value == count
    for text in (f"共 {count} 只羊", f"共 {count:,} 只羊", f"共{in_myriads(count)}只羊"):
        assert only(chinese(text)).value == count


@given(st.decimals("0.01", 999, places=2), st.sampled_from(("K", "M", "B", "T")))
def test_a_number_with_a_letter_is_the_same_on_both_sides(mantissa: object, letter: str) -> None:
    assert only(english(f"some {mantissa}{letter} tokens")).value == only(chinese(f"共 {mantissa}{letter} 个词")).value


@given(COUNTS)
def test_all_writings_of_a_number_agree(count: int) -> None:
    for source in (f"We count {count:,} sheep.", f"We count {in_words(count)} sheep."):
        for target in (
            f"我们数了 {count} 只羊。",
            f"我们数了 {in_myriads(count)}只羊。",
            f"我们数了{in_numerals(count)}只羊。",
        ):
            assert apart(source, target) == []


@given(st.integers(11, 10**9), st.integers(11, 10**9))
def test_another_number_is_seen_once_and_mended(meant: int, written: int) -> None:
    source = f"We count {meant:,} sheep."
    for form in (str(written), f"{written:,}", in_myriads(written)):
        target = f"我们数了 {form} 只羊。"
        found = differences(side(source, english(source)), side(target, chinese(target)))
        if meant == written:
            assert found == []
            continue
        assert 1 <= len(found) <= 2
        for it in found:
            if it.english and it.chinese:
                new = rewritten(target, it.chinese, source, it.english)
                assert new is not None
                mended = splice(target, [Edit(it.chinese.start, it.chinese.end, new)])
                assert apart(source, mended) == []


def test_what_is_missing_added_and_changed() -> None:
    assert apart("It is 2.5x faster.", "它更快。") == [("2.5x", None)]
    assert apart("It is fast.", "它快 2.5 倍。") == [(None, "2.5 倍")]
    assert apart("It costs 36 dollars.", "它要 63 美元。") == [("36", "63")]
    assert apart("It cuts cost by 90%.", "成本降低 10%。") == [("90%", "10%")]
    assert apart("It has thirteen parts.", "它有三十个部分。") == [("thirteen", "三十")]
    assert apart("A few of 48 and 48 sheep.", "48 只和 49 只羊。") == [("48", "49")]
    assert apart("Half a million sheep on 50 hills.", "50 座山上的五万只羊。") == [("Half a million", "五万")]
    assert apart("A million sheep on a hundred hills.", "一千万只羊，两百座山。") == [
        ("A million", "一千万"),
        ("a hundred", "两百"),
    ]
    assert apart("One half of a task, once.", "一项任务的五分之一。") == [("One half", "五分之一")]
    assert apart("Half of a hundred words, 2000 sheep.", "千言万语，200 只羊。") == [("2000", "200")]


def test_a_fraction_is_no_percentage_that_it_does_not_round_to() -> None:
    assert apart("It cuts cost by 30%.", "成本降低三分之一。") == [("30%", None)]
    assert apart("It cuts cost by a third.", "成本降低 30%。") == [(None, "30%")]
    assert apart("It cuts cost by 33.4%.", "成本降低三分之一。") == [("33.4%", None)]
    assert apart("It wins 67% of games.", "它赢下三分之一的比赛。") == [("67%", None)]
    assert apart("It wins 1/3 of games.", "它赢下 34% 的比赛。") == [("1/3", None), (None, "34%")]


def test_a_group_of_digits_too_short_is_one_slip() -> None:
    assert apart("We label 2,300 pairs.", "我们标注了 2,30 对样本。") == [("2,300", "2,30")]
    assert apart("We label 12,345,678 pairs.", "我们标注了 12,345,67 对样本。") == [("12,345,678", "12,345,67")]
    assert apart("We label 1,000 pairs of one kind.", "我们标注了 1,00 对样本。") == [("1,000", "1,00")]
    assert apart("We label 2,350 pairs.", "我们标注了 2,30 对样本。") == [("2,350", "2,30")]
    assert apart("We test sizes of 7, 13 and 70, in steps of 3 to 9.", "我们以 3,9 的步长测试 7,13,70 的规模。") == []


def test_figures_of_one_digit_are_alike_within_four_places() -> None:
    assert is_alike(Fraction(10), Fraction(10**5))
    assert not is_alike(Fraction(10), Fraction(10**8))
    assert is_alike(Fraction(36), Fraction(36 * 10**9))
    # The number that is nothing like it is said to be missing, not to be changed.
    assert apart("A billion steps in 10 days.", "一亿步。") == [("A billion", "一亿"), ("10", None)]
    assert apart("It plays 10 steps.", "它进行一亿步。") == [("10", None), (None, "一亿")]
    # Unless a scale word is all that differs.
    assert apart("It sees 8B images.", "它见过 8K 张图像。") == [("8B", "8K")]


@pytest.mark.parametrize("pair", SAME.strip().split("\n"))
def test_the_same_in_other_words(pair: str) -> None:
    source, _, target = pair.partition("|")
    assert apart(source, target) == []


def test_a_name_accounts_for_no_number_of_the_other_side() -> None:
    assert apart("GPT-4 solves 4 of them, 80% in all.", "GPT-4 解出其中一些，总计 80%。") == [("4", None)]
    assert apart("GPT-4 solves three of them.", "GPT-4 解出其中四个。") == [("three", "四")]


def test_pairs_go_from_one_value_to_another() -> None:
    text = "from 36.0% to 73.6%, to 9 from 5, 3 -> 4, 67%–89%, 12 and 13"
    assert [(int(a.value), int(b.value)) for a, b in english_pairs(text, english(text))] == [
        (36, 73),
        (5, 9),
        (3, 4),
        (67, 89),
    ]
    text = "从 36.0% 提升至 73.6%，由 5 个增加到 9 个，3 → 4，12 降为 10，20 和 30"
    assert [(int(a.value), int(b.value)) for a, b in chinese_pairs(text, chinese(text))] == [
        (36, 73),
        (5, 9),
        (3, 4),
        (12, 10),
    ]


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Recall changes (-4%).", "召回率变化（+4%）。", [("-4%", "+4%")]),
        ("Recall changes by $+4\\%$, twice.", "召回率变化 −4%，再变化 -4%。", [("+4\\%", "−4%"), ("+4\\%", "-4%")]),
        ("Recall changes (-4%).", "召回率变化（-4%）。", []),
        ("Recall changes (−4%).", "召回率变化（－4%）。", []),
        ("By +3 to -3 points.", "变化为 -3 至 +3 个百分点。", []),
        ("Recall falls (-4%).", "召回率下降 4%。", []),
        ("Recall changes (-4%), then +4%.", "召回率变化（+4%）。", []),
        ("From 2 -4% to GPT-4 (-5%).", "从 2% 到 +4%，GPT-4（-5%）。", []),
        ("A 16-4% gap.", "+4% 的差距。", []),
    ],
)
def test_a_sign_that_is_turned(source: str, target: str, found: list[tuple[str, str]]) -> None:
    signs = turned(source, english(source), target, chinese(target))
    assert [(source[one.start : one.until], target[other.start : other.until]) for one, other in signs] == found


@pytest.mark.parametrize(
    ("target", "source", "new"),
    [
        ("1.1 万亿个", "11 trillion", "11 万亿"),
        ("800亿个", "800 billion", "8000亿"),
        ("5 亿个", "5 million", "500 万"),
        ("128M 个", "128K", "128K"),
        ("37.0%", "73.0%", "73.0"),
        ("35,000 个", "3,500", "3,500"),
        ("35000 个", "3,500", "3500"),
        ("三个", "two", "两"),
        ("十一个", "twelve", "十二"),
        ("一亿步", "a billion", "十亿"),
        ("一千万步", "a hundred", "一百"),
        ("一亿步", "two million", "两百万"),
        ("三百步", "a trillion", "一万亿"),
        ("三百步", "210", None),
        ("五分之一", "a quarter", "四分之一"),
        ("三分之一", "two thirds", "三分之二"),
        ("300 个", "5 million", "5,000,000"),
    ],
)
def test_a_value_is_written_the_way_of_what_it_replaces(target: str, source: str, new: str | None) -> None:
    assert rewritten(target, chinese(target)[0], source, english(source)[0]) == new


PIECES = st.sampled_from([
    *(word.title() if number % 2 else word for number, word in enumerate((*CARDINALS, *ORDINALS, *PARTS, *WORTH))),
    *"aAsſK-– ’.,:中研个之倍増点\n", "an ", "orders of magnitude", "\\textbf{", "}", "**", "</b>", "２", "³", "數",
])  # fmt: skip


@given(st.lists(PIECES, max_size=6).map("".join))
def test_what_holds_a_quantity_may_hold_one(text: str) -> None:
    if english(text) or chinese(text):
        assert re.search(MAY_HOLD, text)


@pytest.mark.parametrize("text", ["A Study of Things", "Notes on Tonality, Mayhem, and Monotony", "关于事物的研究"])
def test_a_text_without_numbers_may_hold_none(text: str) -> None:
    assert not re.search(MAY_HOLD, text)


@given(st.one_of(st.text(), st.text(st.sampled_from(ALPHABET))))
def test_any_text_is_read(text: str) -> None:
    for found in (english(text), chinese(text)):
        for it in found:
            assert 0 <= it.start < it.end <= it.until <= len(text)
        assert [it.start for it in found] == sorted(it.start for it in found)


@given(st.text(st.sampled_from(ALPHABET)), st.text(st.sampled_from(ALPHABET)))
def test_any_two_texts_are_compared(source: str, target: str) -> None:
    for it in differences(side(source, english(source)), side(target, chinese(target))):
        if it.english and it.chinese:
            new = rewritten(target, it.chinese, source, it.english)
            assert new is None or chinese(new)
    list(english_pairs(source, english(source)))
    list(chinese_pairs(target, chinese(target)))
    list(turned(source, english(source), target, chinese(target)))
    sides = side(source, english(source)), side(target, chinese(target))
    for _, it in (*remeasured(*sides), *without_percent(*sides)):
        assert it in chinese(target)
    for written in (written for _, written in reordered(*sides)):
        assert set(written) <= set(chinese(target))


@pytest.mark.parametrize("text", ["3 mıllion things", "3 thouſand things", "half a mıllion", "half of a thouſand"])
def test_a_letter_that_is_another_but_for_case_makes_no_scale(text: str) -> None:
    assert all(it.scale == 1 for it in (*english(text), *chinese(text)))


@pytest.mark.parametrize(
    "unit",
    [
        "1 和 ",
        "1 A A GPU ",
        "1% 分别 2、",
        "9",
        "1,",
        "1.",
        "1/2/",
        "5%、",
        "三百",
        "一",
        "万亿",
        "从 1 到 ",
        "2^",
        "{$\\",
        "(1",
        "数百",
    ],
)
def test_hostile_text_is_read_to_its_end(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    source = "We gain 5% from 1 to 2 in three hundred runs."
    sides = side(source, english(source)), side(text, chinese(text))
    differences(*sides)
    list(without_percent(*sides))
    both = side(text + "respectively", english(text)), sides[1]
    list(reordered(*both))
    remeasured(*both)


WORDS = sorted(
    {*CARDINALS, *ORDINALS, *SCALES, *PLURALS, *WORTH, *PARTS, *HALVES, "order", "orders", "of", "magnitude"}
)


@given(st.lists(st.sampled_from(("a", "an", "fold", " ", "-", "7", "x", "é", "\ud800", *WORDS))))
def test_a_number_begins_only_where_one_may(pieces: list[str]) -> None:
    text = "".join(pieces)
    places = starts(text)
    assert places == sorted(places)
    assert {found.start() for found in START.finditer(text)} <= set(places)
