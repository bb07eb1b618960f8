"""Suppression comments, through the gate's door."""

from __future__ import annotations

from pathlib import Path

import pytest
from gatekit import CLEAN, WRONG, entry, run, write
from hypothesis import given
from hypothesis import strategies as st

from checks.digest import parse
from checks.suppress import read

SELECT = ("--select", "TRM001,TRM006,SUP")
BEFORE = "<!-- yijiao: ignore[TRM001] 书名照录 -->\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_silenced_is_counted_and_passes(folder: Path) -> None:
    write(folder, "a.md", BEFORE + WRONG)
    result = run("a.md", *SELECT, "--format", "json")
    assert (result.code, result.findings) == (0, [])
    assert result.document["summary"]["suppressed"] == 1
    assert "1 more silenced by comments" in run("a.md", *SELECT, "--lang", "en").out
    assert "1 处由文中注释忽略" in run("a.md", *SELECT, "--lang", "zh").out


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- YIJIAO: ignore[TRM001] 书名照录 -->",
        "<!-- Yijiao：Ignore[trm001]：书名照录 -->",
        "<!--yijiao:ignore[TRM001]书名照录-->",
        "<!-- yijiao ignore [TRM001] 书名照录 -->",
        "<!-- yijiao-ignore[TRM001] 书名照录 -->",
        "<!--- yijiao : IGNORE-FILE[TRM001] 书名照录 --->",
    ],
)
def test_however_it_is_written_it_silences(folder: Path, comment: str) -> None:
    write(folder, "a.md", f"{comment}\n{WRONG}")
    result = run("a.md", *SELECT, "--format", "json")
    assert (result.codes, result.document["summary"]["suppressed"]) == ([], 1)


def test_a_reason_of_any_length_is_one(folder: Path) -> None:
    write(folder, "a.md", BEFORE.replace("照录", "照录" * 1000) + WRONG)
    assert run("a.md", *SELECT).code == 0


@pytest.mark.parametrize(
    ("comment", "remedy"),
    [
        ("<!-- YIJIAO: ignore TRM001 -->", "ignore[CODE]"),
        ("<!-- yijiao：忽略[TRM001] 书名照录 -->", "ignore[CODE]"),
        ("<!-- yijiao: ignore【TRM001】书名照录 -->", "ignore[CODE]"),
        ("<!-- yijiao: ignore file[TRM001] 书名照录 -->", "ignore[CODE]"),
        ("<!-- yijiao: ignore_file[TRM001] 书名照录 -->", "ignore-file[CODE]"),
        ("<!-- yijaio: ignore[TRM001] 书名照录 -->", "yijiao: ignore[CODE]"),
        ("<!-- ignore[TRM001] 书名照录 -->", "yijiao: ignore[CODE]"),
        ("<!--\nyijiao: ignore[TRM001] 书名照录\n-->", "-->"),
        ("<!-- yijiao: ignore[TRM001]\n书名照录 -->", "-->"),
        ("<!-- yijiao: ignore[TRM001] 书名照录 -- >", "-->"),
    ],
)
def test_what_does_not_silence_says_how_it_would(folder: Path, comment: str, remedy: str) -> None:
    write(folder, "a.md", f"{comment}\n{WRONG}")
    (found,) = (
        each for each in run("a.md", *SELECT, "--format", "json", "--lang", "en").findings if each["code"] == "SUP002"
    )
    assert remedy in found["message"]


@pytest.mark.parametrize(
    "comment", ["<!-- type: ignore[import] -->", "<!-- 译校 yijiao 是工具 -->", "<!-- prettier-ignore -->"]
)
def test_a_comment_for_others_is_theirs(folder: Path, comment: str) -> None:
    write(folder, "a.md", f"{comment}\n{CLEAN}")
    assert run("a.md", *SELECT, "--format", "json").codes == []


def test_fix_leaves_it_alone(folder: Path) -> None:
    path = write(folder, "a.md", BEFORE + WRONG)
    assert run("a.md", *SELECT, "--fix").code == 0
    assert path.read_text(encoding="utf-8") == BEFORE + WRONG


def test_it_speaks_for_its_entry_only(folder: Path) -> None:
    write(folder, "a.md", BEFORE + WRONG + "\n" + WRONG.replace("00001", "00002"))
    result = run("a.md", *SELECT, "--format", "json")
    assert [finding["entry"] for finding in result.findings] == ["2504.00002"]


def test_a_second_comment_speaks_for_the_second_entry(folder: Path) -> None:
    write(folder, "a.md", WRONG + "\n" + BEFORE + WRONG.replace("00001", "00002"))
    result = run("a.md", *SELECT, "--format", "json")
    assert [finding["entry"] for finding in result.findings] == ["2504.00001"]


def test_without_a_reason_it_silences_nothing_and_is_an_error(folder: Path) -> None:
    write(folder, "a.md", BEFORE.replace("书名照录", "") + WRONG)
    result = run("a.md", *SELECT, "--format", "json")
    assert sorted(result.codes) == ["SUP002", "TRM001"]


def test_what_it_silences_still_counts_among_equals(folder: Path) -> None:
    """A dismissal of the third of three equal places is not taken for the second's, once that is silenced."""
    sentence = "我们在此先训练大型语言模型，然后再作评测。"
    write(folder, "a.md", entry(f"{sentence}\n\n{sentence}\n\n{sentence}"))
    plain = [finding["fingerprint"] for finding in run("a.md", *SELECT, "--format", "json").findings]
    write(folder, "a.md", entry(f"{sentence}\n\n<!-- yijiao: ignore[TRM001] 引文 -->\n{sentence}\n\n{sentence}"))
    silenced = [finding["fingerprint"] for finding in run("a.md", *SELECT, "--format", "json").findings]
    assert silenced == [plain[0], plain[2]]


def test_a_finding_about_the_file_needs_a_comment_for_the_file(folder: Path) -> None:
    select = ("--select", "DIG012,SUP", "--format", "json")
    stray = "无主的文字。\n\n"
    write(folder, "a.md", "<!-- yijiao: ignore[DIG012] 编者的话 -->\n" + stray + CLEAN)
    assert "DIG012" in run("a.md", *select).codes
    write(folder, "a.md", "<!-- yijiao: ignore-file[DIG012] 编者的话 -->\n" + stray + CLEAN)
    assert run("a.md", *select).codes == []


def test_an_unused_one_is_not_said_where_the_english_is_unknown(folder: Path) -> None:
    write(folder, "a.md", BEFORE.replace("TRM001", "FID") + CLEAN)
    assert run("a.md", "--select", "FID,SUP", "--format", "json").codes.count("SUP001") == 0


INSTRUCTION = ["<!-- yijiao: ", "ignore", "ignore-file", "[", "]", "TRM001", ",", " 引文", " -->"]
MARKS = [*INSTRUCTION, "\n", "\n\n", "## A\n", "大型语言模型。", "`"]


@given(st.lists(st.sampled_from(MARKS), max_size=30).map("".join))
def test_reading_never_fails_and_stays_in_the_file(text: str) -> None:
    for comment in read(parse(text)):
        assert text[slice(*comment.span)].startswith("<!--")
        assert text[slice(*comment.span)].endswith("-->") or comment.problem is not None
        assert 0 <= comment.target.start <= comment.target.end <= len(text)
        assert all(text[slice(*each.span)].upper() == each.code for each in comment.selectors)
