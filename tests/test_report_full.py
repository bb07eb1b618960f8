"""The report for people: the caret stands under the fault, and nothing in a digest reaches the terminal raw."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from gatekit import RULES, WARNED, WRONG, entry, run, write
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from checks.gate import Gate
from checks.model import Edit, Language, Message, Related, Span, Text
from checks.report import full, writer
from checks.report.full import change, excerpt
from checks.settings import Settings
from checks.view import View, default_language, for_stream, one_line, visible

GATE = Gate(Settings(select=("TRM001", "TRM006", "FMT001", "DIG001")))


def columns(text: str) -> int:
    return sum(max(0, wcwidth(char)) for char in text)


@pytest.mark.parametrize(
    ("before", "marked", "after", "spaces", "carets"),
    [
        ("plain ", "LLMs", " text", 6, 4),
        ("本文", "大型语言模型", "。", 4, 12),
        ("🙂 ", "RL", "", 3, 2),
        ("cafe\u0301 ", "LLMs", "", 5, 4),
        ("a\tb", "LLMs", "", 3, 4),
        ("", "模", "型", 0, 2),
        ("行末", "", "", 4, 1),
    ],
)
def test_caret_under_the_right_column(before: str, marked: str, after: str, spaces: int, carets: int) -> None:
    text = f"上一行\n{before}{marked}{after}\n下一行"
    start = text.index("\n") + 1 + len(before)
    shown, caret = excerpt(text, Span(start, start + len(marked)), 80)
    assert shown == f"{before}{marked}{after}".replace("\t", " ")
    assert caret == " " * spaces + "^" * carets


@pytest.mark.parametrize(
    ("text", "span", "shown", "caret"),
    [
        ("甲\r\n乙\r\n", Span(0, 1), "甲", "^^"),
        ("甲\r\n乙\r\n", Span(1, 3), "甲<U+000D>", "  ^^^^^^^^"),
        ("甲乙\n丙丁", Span(1, 4), "甲乙", "  ^^"),
        ("a\u202eb\x1bc", Span(4, 5), "a<U+202E>b<U+001B>c", " " * 18 + "^"),
        ("", Span(0, 0), "", "^"),
    ],
)
def test_lines_and_characters_that_are_not_plain(text: str, span: Span, shown: str, caret: str) -> None:
    assert excerpt(text, span, 80) == (shown, caret)


@pytest.mark.parametrize("char", "a文")
def test_long_line_is_cropped_round_the_fault(char: str) -> None:
    text = char * 500 + "LLMs" + char * 500
    shown, caret = excerpt(text, Span(500, 504), 40)
    assert shown.startswith("…")
    assert columns(shown) in (39, 40)
    assert caret.count("^") == 4
    assert shown[shown.index("LLMs") - 1] == char
    assert columns(shown[: shown.index("LLMs")]) == caret.index("^")
    assert columns(excerpt(text, Span(0, 1000), 40)[0]) == 40


ODD = st.text(st.sampled_from("ab文🙂e\u0301\t\r\n\u202e\u200b\x1b<"), max_size=90)


@given(ODD, ODD, ODD, st.integers(20, 60))
def test_excerpt_fits_and_points_at_the_fault(before: str, marked: str, after: str, width: int) -> None:
    text = before + marked + after
    shown, caret = excerpt(text, Span(len(before), len(before) + len(marked)), width)
    assert visible(shown) == shown
    assert "\n" not in shown
    assert columns(shown) <= width
    spaces = caret.index("^")
    # Combining marks before the place take no column.
    pointed = [shown[at:] for at in range(len(shown) + 1) if columns(shown[:at]) == spaces]
    own = visible((marked or after)[:1]).replace("\t", " ").strip("\n")
    assert any(rest.startswith(own[:1]) for rest in pointed)


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("使用RL训练", (Edit(2, 2, " "),), ("使用RL训练", "使用 RL训练")),
        ("一二三四五六七八九十LLMs。", (Edit(13, 14, ""),), ("八九十LLMs。", "八九十LLM。")),
        ("甲\n乙\n丙", (Edit(2, 3, "丁"),), ("乙", "丁")),
        ("甲\n\n\n乙", (Edit(1, 4, "\n\n"),), ("甲⏎⏎⏎乙", "甲⏎⏎乙")),
        ("a\x1bb", (Edit(0, 1, "c"),), ("a<U+001B>b", "c<U+001B>b")),
    ],
)
def test_change_is_shown_with_its_surroundings(text: str, edits: tuple[Edit, ...], expected: tuple[str, str]) -> None:
    assert change(text, edits) == expected


def test_change_of_a_long_stretch_leaves_out_the_middle() -> None:
    before, after = change("（" + "长" * 200 + "）", (Edit(0, 1, "("), Edit(201, 202, ")")))
    assert (before[0], before[-1], after[0], after[-1]) == ("（", "）", "(", ")")
    assert " … " in before
    assert len(before) < 62


TRICKS = "\x1b]0;title\x07\x9b2J\u202e\u2066\u200b\u2028\r"


@pytest.mark.parametrize("form", ["full", "concise"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_trick_of_a_digest_reaches_the_terminal(form: str, lang: Language) -> None:
    said = Message(Text("it says {quote}", "它说 {quote}"), {"quote": TRICKS + "\n"})
    file = GATE.check_text(
        entry(f"训练{TRICKS}大型语言模型{TRICKS}和LLMs{TRICKS}", title=f"研究{TRICKS}LLMs"), f"{TRICKS}.md"
    )
    findings = tuple(
        finding._replace(
            message=said,
            related=(Related(finding.span, said),),
            fixes=tuple(fix._replace(title=said) for fix in finding.fixes),
        )
        for finding in file.findings
    )
    report = GATE.report([file._replace(findings=findings)], [])
    lines = list(writer(form)(report, View(lang)))
    assert len(findings) >= 3
    assert [visible(line) for line in lines] == lines
    assert not any("\n" in line for line in lines)
    assert sum("<U+001B>" in line for line in lines) >= len(findings)


def test_names_are_one_line() -> None:
    assert one_line("a\nb\x1b") == "a b<U+001B>"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("terminal", "environment", "colour"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, environment: dict[str, str], colour: bool
) -> None:
    monkeypatch.setenv("COLUMNS", "55")
    view = for_stream(Terminal() if terminal else io.StringIO(), "en", environment)
    assert view == View("en", colour, 55 if terminal else 100)
    text = "\n".join(full.lines(GATE.report([GATE.check_text(WRONG, "a.md")], []), view))
    assert ("\x1b[" in text) == colour


def test_colour_changes_nothing_else() -> None:
    report = GATE.report([GATE.check_text(WRONG + WARNED, "a.md")], [])
    plain, coloured = ("\n".join(full.lines(report, View(colour=colour))) for colour in (False, True))
    for style in ("31;1", "33;1", "1", "2", "31", "32", "0"):
        coloured = coloured.replace(f"\x1b[{style}m", "")
    assert coloured == plain


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_default_language(environment: dict[str, str], lang: str) -> None:
    assert default_language(environment) == lang


def test_whole_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "a.md", WRONG)
    lines = run("a.md", *RULES, "--lang", "zh").out.splitlines()
    assert lines[0].startswith("a.md:4:5: TRM001 error [*] ")
    assert lines[1:3] == ["    4 | 本文训练大型语言模型。", "      |         ^^^^^^^^^^^^"]
    assert lines[3].startswith("      = 可自动修复: ")
    assert lines[3].endswith("本文训练大型语言模型。 → 本文训练大语言模型。")
    assert lines[4:] == ["", "1 个文件，1 条：1 处问题（错误 1）", "其中 1 处可由 --fix 自动修复（标 [*]）。"]
    concise = run("a.md", *RULES, "--lang", "zh", "--format", "concise").out.splitlines()
    assert concise == [lines[0].replace(" error", ""), *lines[5:]]
