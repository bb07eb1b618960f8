"""The baseline: debt that passes, new findings that do not, and lines that are dropped when they are paid."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from gatekit import CLEAN, RULES, WARNED, WRONG, entry, run, start, write

FILE = "data/review/baseline.jsonl"
CRLF = CLEAN.replace("\n", "\r\n")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "yijiao.toml", "")
    return tmp_path


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / FILE).read_text(encoding="utf-8").splitlines()]


def accept(folder: Path, text: str = WRONG) -> None:
    write(folder, "a.md", text)
    assert run("a.md", *RULES).code == 1
    assert run("a.md", *RULES, "--accept-new").code == 0


def test_accepted_findings_pass_and_are_counted(folder: Path) -> None:
    accept(folder)
    again = run("a.md", *RULES, "--format", "json")
    assert (again.code, again.findings) == (0, [])
    assert again.document["summary"]["baselined"] == 1
    assert "1 more in the baseline" in run("a.md", *RULES, "--lang", "en").out
    assert "1 处在基线中" in run("a.md", *RULES, "--lang", "zh").out


def test_a_line_has_neither_reason_nor_author(folder: Path) -> None:
    accept(folder)
    (line,) = lines(folder)
    assert line["v"] == 1
    assert (line["entry"], line["code"], line["field"]) == ("2504.00001", "TRM001", "body")
    assert line.keys().isdisjoint({"reason", "by", "path"})


def test_what_is_new_fails(folder: Path) -> None:
    accept(folder)
    write(folder, "a.md", WRONG.replace("模型。", "模型，再训练多个模型 (LLMs)。"))
    result = run("a.md", *RULES, "--format", "json")
    assert (result.code, result.codes) == (1, ["TRM006"])


def test_debt_follows_its_entry_to_another_file(folder: Path) -> None:
    accept(folder)
    (folder / "a.md").unlink()
    write(folder, "b.md", CLEAN.replace("00001", "00009") + "\n" + WRONG.replace("本文", "我们"))
    assert run("b.md", *RULES).code == 0


def test_only_accept_new_makes_it_grow_and_only_prune_makes_it_shrink(folder: Path) -> None:
    accept(folder, WRONG)
    before = (folder / FILE).read_bytes()
    write(folder, "a.md", WARNED)
    paid = run("a.md", *RULES, "--lang", "en")
    assert paid.code == 1
    assert "Baseline lines that match nothing any more (--prune drops them): TRM001 2504.00001" in paid.out
    assert "1 处已不存在" in run("a.md", *RULES, "--lang", "zh").out
    assert (folder / FILE).read_bytes() == before
    assert run("a.md", *RULES, "--accept-new").code == 0
    assert [line["code"] for line in lines(folder)] == ["TRM001", "TRM006"]
    assert run("a.md", *RULES, "--prune").code == 0
    assert [line["code"] for line in lines(folder)] == ["TRM006"]


def test_prune_speaks_of_checked_papers_and_of_rules_that_ran(folder: Path) -> None:
    accept(folder)
    write(folder, "a.md", CLEAN)
    write(folder, "other.md", CLEAN.replace("00001", "00002"))
    run("other.md", *RULES, "--prune")
    run("a.md", "--select", "TRM006", "--prune")
    assert len(lines(folder)) == 1
    run("a.md", "--select", "TRM001", "--prune")
    assert lines(folder) == []


def test_strict_fails_on_what_is_paid(folder: Path) -> None:
    accept(folder)
    assert run("a.md", *RULES, "--strict").code == 0
    write(folder, "a.md", CLEAN)
    assert run("a.md", *RULES).code == 0
    assert run("a.md", *RULES, "--strict").code == 1
    run("a.md", *RULES, "--prune")
    assert run("a.md", *RULES, "--strict").code == 0


def test_what_is_about_a_whole_file_is_not_accepted(folder: Path) -> None:
    write(folder, "a.md", "只有一段文字。\n")
    result = run("a.md", "--select", "DIG013", "--accept-new")
    assert result.code == 1
    assert "a.md: DIG013: a finding about a whole file cannot stand in a baseline" in result.err


def test_with_an_error_nothing_is_accepted(folder: Path) -> None:
    write(folder, "a.md", WRONG)
    result = run("a.md", "missing.md", *RULES, "--accept-new")
    assert result.code == 2
    assert "--accept-new: nothing was written" in result.err
    assert not (folder / FILE).exists()


def test_another_place_by_option_and_by_setting(folder: Path) -> None:
    write(folder, "a.md", WRONG)
    assert run("a.md", *RULES, "--accept-new", "--baseline", "debt/known.jsonl").code == 0
    assert (folder / "debt/known.jsonl").exists()
    assert run("a.md", *RULES).code == 1
    write(folder, "yijiao.toml", 'baseline = "debt/known.jsonl"')
    assert run("a.md", *RULES).code == 0


def test_without_a_project_there_is_no_place(folder: Path) -> None:
    (folder / "yijiao.toml").unlink()
    write(folder, "a.md", WRONG)
    result = run("a.md", *RULES, "--accept-new")
    assert result.code == 2
    assert "name one with --baseline" in result.err


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nonsense", "is not JSON"),
        ("<<<<<<< HEAD", "is left from a merge conflict"),
        ('{"v":2}', "is not a record of version 1"),
        ('{"v":1,"id":"x"}', "lacks field, code, quote"),
    ],
)
def test_a_broken_line_is_refused(folder: Path, line: str, says: str) -> None:
    write(folder, "a.md")
    write(folder, FILE, f"\n{line}\n")
    result = run("a.md", "--format", "json")
    assert result.code == 2
    assert result.errors == [(FILE, 2)]
    assert says in result.err


@pytest.mark.parametrize("option", ["--accept-new", "--prune"])
@pytest.mark.parametrize("other", ["-", "--diff"])
def test_it_changes_files_only(folder: Path, option: str, other: str) -> None:
    write(folder, "a.md")
    assert run(*(["-"] if other == "-" else ["a.md", "--diff"]), option).code == 2


def test_fix_comes_before_accepting(folder: Path) -> None:
    write(folder, "a.md", entry("本文训练多个 LLMs 与 PRM。"))
    assert run("a.md", "--select", "TRM006,TRM007", "--fix", "--accept-new").code == 0
    assert [line["code"] for line in lines(folder)] == ["TRM007"] * 2


def test_two_at_once_lose_nothing(folder: Path) -> None:
    for number in range(6):
        write(folder, f"{number}.md", WRONG.replace("00001", f"0001{number}"))
    runs = [
        start([f"{number}.md", *RULES, "--accept-new"], folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for number in range(6)
    ]
    assert [process.wait(timeout=120) for process in runs] == [0] * 6
    assert sorted(str(line["entry"]) for line in lines(folder)) == [f"2504.0001{number}" for number in range(6)]
