"""Masks, lines and character classes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.text import (
    CLOSE,
    CODE,
    HAN,
    HTML,
    LETTER,
    MATH,
    OPEN,
    URL,
    WIDE_PUNCTUATION,
    LineIndex,
    count_han,
    has_han,
    is_han,
    mask,
    mask_protected,
    trim_url,
)

NAMES = {MATH: "M", CODE: "C", URL: "U", HTML: "H", OPEN: "O", CLOSE: "X"}

PIECES = (
    *("$", "$$", "\\(", "\\)", "\\[", "\\]", "\\begin{a}", "\\end{a}", "\\text{", "{", "}"),
    *("`", "``", "```", "~~~", "''"),
    *("*", "**", "***", "[", "](", "]", ")", "(", "<", ">", "<b>", "</b>", "<!--", "-->", "&", "&amp;", '"'),
    *("https://", "www.", "a@b.cn", "github.com/", "中", "文。", "a", "b", "1", ".", ","),
    *(" ", "\n", "\n\n", "\U00020bb7", "\ufdd0"),
)
MARKUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def shown(text: str) -> str:
    """The mask with letters for the placeholders, one for each run."""
    masked = mask(text)
    assert len(masked) == len(text)
    return re.sub("([\ufdd0-\ufdd5])\\1*", lambda run: f"‹{NAMES[run[1]]}›", masked)


@given(MARKUP | st.text())
def test_a_mask_keeps_the_length_and_only_hides(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    for old, new in zip(text, masked, strict=True):
        assert new == old or new in "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdef\u3400"


@given(st.text(st.sampled_from("中文，。 ab12.()（）-"), max_size=40))
def test_plain_text_is_not_masked(text: str) -> None:
    if "." not in text:
        assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令 $x+y$ 为输入", "令 ‹M› 为输入"),
        ("函数$V(s')$已知", "函数‹M›已知"),
        ("有 $100 和 $200 两种价格", "有 $100 和 $200 两种价格"),
        ("从 $5 到 $10。", "从 $5 到 $10。"),
        ("价格为 $5，而 $x$ 不是", "价格为 $5，而 ‹M› 不是"),
        ("$k$=1 与 $n$", "‹M›=1 与 ‹M›"),
        ("$\\text{若}x>0$ 时", "‹M› 时"),
        ("$如果$", "$如果$"),
        ("$$a\nb$$ 后", "‹M› 后"),
        ("$$a\n\nb$$ 后", "$$a\n\nb$$ 后"),
        ("令\\(x\\)与\\[y\\]为", "令‹M›与‹M›为"),
        ("\\begin{align}x\\end{align}。", "‹M›。"),
        ("只有一个 $ 号", "只有一个 $ 号"),
        ("\\$5 与 \\$6", "\\$5 与 \\$6"),
        ("$a\\$b$ 止", "‹M› 止"),
    ],
)
def test_math(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("调用`f(x)`函数", "调用‹C›函数"),
        ("用 ``a`b`` 表示", "用 ‹C› 表示"),
        ("```\n代码\n\n更多\n```\n后", "‹C›\n后"),
        ("~~~py\n代码\n~~~\n后", "‹C›\n后"),
        ("一个 ` 不成对", "一个 ` 不成对"),
        ("`前\n\n后`", "`前\n\n后`"),
        ("``涌现''与`x`", "``涌现''与‹C›"),
        ("``涌现'' 与 ``对齐''", "``涌现'' 与 ``对齐''"),
        ("`$x$`", "‹C›"),
    ],
)
def test_code(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("见https://a.b/c。另见", "见‹U›。另见"),
        ("见 https://a.b/c代码", "见 ‹U›代码"),
        ("见 https://a.b/c, 以及", "见 ‹U›, 以及"),
        ("（https://a.b/c）", "（‹U›）"),
        ("(https://a.b/c_(d))", "(‹U›)"),
        ("<https://a.b/c>", "‹U›"),
        ("见 github.com/a/b。", "见 ‹U›。"),
        ("见 www.a.org。", "见 ‹U›。"),
        ("文件 main.py/x", "文件 main.py/x"),
        ("写信至 a.b@c.edu。", "写信至 ‹U›。"),
        ("{a,b}@c.edu", "‹U›"),
        ("pass@1 与 nDCG@10", "pass@1 与 nDCG@10"),
        ("node.js 与 3.5", "node.js 与 3.5"),
    ],
)
def test_addresses(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("见[主页](http://a.b/c)。", "见‹O›主页‹X›。"),
        ('见[主页](<a b> "题")。', "见‹O›主页‹X›。"),
        ("见[主[页]](a(b)c)。", "见‹O›主[页]‹X›。"),
        ("引文 [2025] 与 [1]", "引文 [2025] 与 [1]"),
        ("[主页]（a）", "[主页]（a）"),
        ("[前\n\n后](a)", "[前\n\n后](a)"),
        ("a<br/>b</span>c", "a‹H›b‹H›c"),
        ("甲<!-- 注\n释 -->乙", "甲‹H›乙"),
        ("a&nbsp;b&#39;c & d", "a‹H›b‹H›c & d"),
        ("x < y 且 y > z", "x < y 且 y > z"),
        ("这是**重点**。", "这是‹O›重点‹X›。"),
        ("这是*重点*与***很重***。", "这是‹O›重点‹X›与‹O›很重‹X›。"),
        ("**注意：**该方法", "‹O›注意：‹X›该方法"),
        ("S*算法与 2*3", "S*算法与 2*3"),
        ("*前\n\n后*", "*前\n\n后*"),
        ("一颗 * 星", "一颗 * 星"),
    ],
)
def test_markup(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_astral_han_becomes_bmp_han_and_noncharacters_html() -> None:
    assert mask("\U00020bb7野家\ufdd0") == "\u3400野家\ufdef"


@given(MARKUP)
def test_masking_twice_hides_nothing_new_but_the_hidden(text: str) -> None:
    """What is hidden stays hidden, and what was plain before is not touched by the second pass' marks."""
    once = mask(text)
    twice = mask(once)
    assert len(twice) == len(once)
    for old, new in zip(once, twice, strict=True):
        if "\ufdd0" <= old <= "\ufdef":
            assert "\ufdd0" <= new <= "\ufdef"


@pytest.mark.parametrize("mark", ["`", "$", "[", "<!--", "**", "\\(", "``", "a@", "\\begin{a}", "https://"])
def test_hostile_repetition_is_masked(mark: str) -> None:
    text = mark * 20_000
    assert len(mask(text)) == len(text)


def test_trim_url() -> None:
    assert trim_url("http://a.b/c.") == trim_url("http://a.b/c)") == "http://a.b/c"
    assert trim_url("http://a.b/(c)") == "http://a.b/(c)"
    assert trim_url("...") == ""


def test_emphasis_may_stay() -> None:
    text = "**重要** 的 `*a*` 与 $a*b$"
    assert mask_protected(text) == f"**重要** 的 {CODE * 5} 与 {MATH * 5}"
    assert mask(text) == f"{OPEN * 2}重要{CLOSE * 2} 的 {CODE * 5} 与 {MATH * 5}"


def test_classes() -> None:
    assert all(is_han(char) for char in "中々〇㐀\U00020bb7\uf98a")
    assert not any(is_han(char) for char in "aＡ，あア한①")
    assert has_han("a中")
    assert not has_han("abc，。")
    assert count_han("中a文\U00020bb7。") == 3
    assert re.fullmatch(f"[{LETTER}]+", "aZéαΩñ")
    assert re.fullmatch(f"[{WIDE_PUNCTUATION}]+", "，。！？（）“”‘’—…《》、；：【】")
    assert not re.search(f"[{LETTER}]|[{WIDE_PUNCTUATION}]", "中文1,.()")
    assert not re.search(f"[{HAN}]", "，。aあ")


def test_lines_end_at_line_feeds_only() -> None:
    lines = LineIndex("a\r\nb\u2028c\n\nd")
    assert [lines.line(number) for number in (1, 2, 3, 4)] == ["a\r", "b\u2028c", "", "d"]
    expected = {0: (1, 1), 2: (1, 3), 3: (2, 1), 5: (2, 3), 7: (3, 1), 8: (4, 1), 9: (4, 2)}
    assert {offset: lines.place(offset) for offset in expected} == expected


@given(st.text(st.sampled_from("a中\n\r"), max_size=30))
def test_places_and_lines_agree(text: str) -> None:
    lines = LineIndex(text)
    split = text.split("\n")
    assert [lines.line(number) for number in range(1, len(split) + 1)] == split
    for offset in range(len(text) + 1):
        line, column = lines.place(offset)
        assert offset == sum(len(one) + 1 for one in split[: line - 1]) + column - 1
        assert 1 <= column <= len(split[line - 1]) + 1
