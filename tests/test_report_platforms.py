"""JUnit, GitHub, GitLab and reviewdog: what each platform reads, in its own units and within its limits."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from gatekit import CLEAN, RULES, WARNED, WRONG, Result, crash_rule, entry, remember_glossary, run, write
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from reportkit import Command, commands, read

from checks.fixing import splice
from checks.gate import Gate
from checks.report import writer
from checks.report.stepsummary import LIMIT
from checks.settings import Settings
from checks.view import View

GATE = Gate(Settings(select=("TRM001", "TRM006", "FMT", "DIG", "CHR")))
MANY = "".join(entry("训练大型语言模型与多个 LLMs 的。", number=f"2504.{number:05}") for number in range(1, 31))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    remember_glossary(monkeypatch)
    return tmp_path


# JUnit


def suites(*arguments: str) -> JUnitXml:
    found = JUnitXml.fromstring(run(*arguments, *RULES, "--format", "junit").raw)
    assert isinstance(found, JUnitXml)
    return found


def cases(*arguments: str) -> dict[str, list[tuple[str, list[str]]]]:
    """Suite → its cases, each with what befell it."""
    return {
        str(suite.name): [(str(case.name), [type(result).__name__ for result in case.result]) for case in suite]
        for suite in suites(*arguments)
    }


def test_a_digest_is_a_suite_and_an_entry_a_case(folder: Path) -> None:
    write(folder, "a.md", CLEAN + "\n" + WRONG.replace("00001", "00002"))
    write(folder, "b.md", CLEAN)
    assert cases("a.md", "b.md", "missing.md") == {
        "a.md": [("2504.00001 A Study of Things", []), ("2504.00002 A Study of Things", ["Failure"])],
        "b.md": [("2504.00001 A Study of Things", [])],
        "missing.md": [("not judged", ["Error"])],
    }


def test_a_case_has_a_name_of_its_own_and_one_failure_that_says_all(folder: Path) -> None:
    write(folder, "a.md", WRONG + "\n" + WRONG.replace("大型语言模型", "大型语言模型与多个 LLMs "))
    (suite,) = suites("a.md")
    first, second = suite
    assert (first.name, second.name) == ("2504.00001 A Study of Things", "2504.00001 A Study of Things (2)")
    (failure,) = second.result
    assert failure.type == "TRM001, TRM006"
    assert failure.message.endswith(" (+1)")
    assert [re.sub(r"(a\.md:\d+).*(TRM\d+).*", r"\1 \2", line) for line in failure.text.splitlines()] == [
        "a.md:9 TRM001",
        "a.md:9 TRM006",
    ]


def test_what_is_milder_or_answered_passes_and_is_said(folder: Path) -> None:
    quiet = "<!-- yijiao: ignore[TRM001] 引文 -->\n训练大型语言模型。\n\n多个 LLMs 的。"
    write(folder, "a.md", entry(quiet))
    (suite,) = suites("a.md", "--fail-on", "error")
    (case,) = suite
    assert case.result == []
    said = str(case.system_out).splitlines()
    assert ["TRM006 warning" in said[0], said[1].endswith("[引文]")] == [True, True]


def test_a_rule_that_crashes_is_an_error_beside_the_cases_of_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "a.md", WRONG)
    crash_rule(monkeypatch, "DIG001")
    assert cases("a.md") == {"a.md": [("not judged, line 1", ["Error"]), ("2504.00001 A Study of Things", ["Failure"])]}


def test_a_decision_that_matches_nothing_fails_a_strict_run(folder: Path) -> None:
    write(folder, "yijiao.toml", "")
    write(folder, "a.md", WRONG)
    assert run("a.md", *RULES, "--accept-new").code == 0
    write(folder, "a.md", CLEAN)
    assert run("a.md", *RULES, "--strict").code == 1
    (name, results), *_ = cases("a.md", "--strict")["decisions"]
    assert name.startswith("TRM001 2504.00001 ")
    assert results == ["Failure"]
    assert "decisions" not in cases("a.md")


@given(st.text(max_size=30))
@settings(deadline=None)
def test_any_text_gives_xml(text: str) -> None:
    body = text.replace("\0", "").encode("utf-8", "replace").decode()
    file = GATE.check_text(entry("训练大型语言模型" + body), "a.md")
    document = "\n".join(writer("junit")(GATE.report([file], []), View()))
    assert JUnitXml.fromstring(document.encode()).tests >= 1


# GitHub


def annotations(result: Result) -> list[Command]:
    return [command for command in commands(result.out)[0] if not command.name.endswith("group")]


def test_an_annotation_says_where_and_what(folder: Path) -> None:
    write(folder, "周报,1:a%.md", WRONG)
    (command,) = annotations(run("./周报,1:a%.md", *RULES, "--format", "github", "--lang", "zh"))
    assert command.name == "error"
    assert command.properties == {
        "file": "周报,1:a%.md",
        "line": "4",
        "endLine": "4",
        "col": "5",
        "endColumn": "10",
        "title": "TRM001 forbidden-term",
    }
    assert command.data.startswith("large language model 不译作")


def test_a_hint_is_a_notice_and_comes_last(folder: Path) -> None:
    write(folder, "mild.toml", 'severity = {TRM001 = "info"}\n')
    write(folder, "a.md", WRONG + "\n" + WARNED.replace("00001", "00002"))
    found = annotations(run("a.md", *RULES, "--config", "mild.toml", "--format", "github"))
    assert [command.name for command in found] == ["warning", "notice"]


def test_columns_are_left_out_where_a_finding_spans_lines(folder: Path) -> None:
    write(folder, "a.md", CLEAN + "\n\n\n")
    (command,) = annotations(run("a.md", "--select", "DIG011", "--format", "github"))
    assert command.properties.keys() == {"file", "line", "endLine", "title"}


def test_the_worst_are_annotated_and_the_others_stand_in_the_log(folder: Path) -> None:
    write(folder, "a.md", MANY)
    result = run("a.md", "missing.md", *RULES, "--format", "github")
    found, rest = commands(result.out)
    assert [command.name for command in found] == ["error"] * 10 + ["warning"] * 10 + ["group", "endgroup"]
    assert found[0].properties == {"file": "missing.md", "title": "Not judged"}
    assert [command.data for command in found[20:]] == ["41 more", ""]
    told = read("github", result.out)
    assert sorted(told.findings) == sorted(run("a.md", *RULES, "--format", "json").codes)
    assert len([line for line in rest if line.startswith("error a.md:")]) == 21


def test_text_of_a_digest_gives_no_command(folder: Path) -> None:
    write(folder, "a.md", MANY.replace("模型与", "模型\r::stop-commands::x\r##[add-mask]y 模型与"))
    name = "##[group]::error::.md"
    (folder / "a.md").rename(name)
    found, rest = commands(run(name, *RULES, "--format", "github").out)
    assert {command.name for command in found} == {"error", "warning", "group", "endgroup"}
    assert len([command for command in found if command.name == "group"]) == 1
    assert any("# #[group]" in line for line in rest)


def summary(folder: Path, *arguments: str, before: bytes = b"") -> tuple[Result, bytes]:
    (folder / "summary").write_bytes(before)
    result = run(*arguments, *RULES, "--format", "github")
    return result, (folder / "summary").read_bytes()


def test_the_step_summary_lists_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary")
    write(folder, "a.md", MANY)
    result, written = summary(folder, "a.md", before=b"# Before\n")
    assert result.code == 1
    rows = [line for line in written.decode().splitlines() if line.startswith(("| error", "| warning"))]
    assert [row.split(" | ")[1][:6] for row in rows] == ["TRM001"] * 30 + ["TRM006"] * 30
    assert rows[0].split(" | ")[2] == "a&#46;md&#58;4&#58;3"
    assert written.startswith(b"# Before\n### Yijiao\n")
    assert "60 findings" in written.decode()


def test_the_step_summary_keeps_to_the_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary")
    write(folder, "a.md", MANY)
    _, written = summary(folder, "a.md", before=b"x" * (LIMIT - 5_000))
    assert LIMIT - 5_000 < len(written) <= LIMIT
    assert re.search(r"\n\d+ more do not fit here; the log lists them\.\n$", written.decode())
    result, written = summary(folder, "a.md", before=b"x" * LIMIT)
    assert (result.code, len(written)) == (1, LIMIT)


def test_markup_in_a_digest_is_text_in_the_summary(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary")
    write(folder, "a|b<b>*x*.md", WRONG)
    _, written = summary(folder, "a|b<b>*x*.md")
    (row,) = [line for line in written.decode().splitlines() if line.startswith("| error")]
    assert row.count("|") == 5
    assert not set(row) & set("<>*`[]")


def test_a_summary_that_cannot_be_written_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder))
    write(folder, "a.md", CLEAN)
    result = run("a.md", *RULES, "--format", "github")
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert "step summary cannot be written (Is a directory)" in result.err
    assert read("github", result.out).errors == ["Not judged"]


# GitLab


def test_equal_findings_in_two_copies_have_fingerprints_of_their_own(folder: Path) -> None:
    text = entry("先训练大型语言模型，再评测大型语言模型。")
    for name in ("a.md", "copy/a.md"):
        write(folder, name, text)
    items = json.loads(run(".", *RULES, "--format", "gitlab").out)
    assert len({item["fingerprint"] for item in items}) == len(items) == 4
    assert {item["location"]["path"] for item in items} == {"a.md", "copy/a.md"}
    write(folder, "a.md", "# 周报\n\n" + text)
    moved = json.loads(run(".", "--select", "TRM001", "--format", "gitlab").out)
    assert [item["fingerprint"] for item in moved] == [item["fingerprint"] for item in items]


def test_severities_and_lines_for_gitlab(folder: Path) -> None:
    write(folder, "a.md", WRONG + "\n" + WARNED.replace("00001", "00002"))
    items = json.loads(run("./a.md", "missing.md", *RULES, "--format", "gitlab").out)
    assert [(item["severity"], item["location"]) for item in items] == [
        ("blocker", {"path": "missing.md", "lines": {"begin": 1, "end": 1}}),
        ("major", {"path": "a.md", "lines": {"begin": 4, "end": 4}}),
        ("minor", {"path": "a.md", "lines": {"begin": 9, "end": 9}}),
    ]
    assert items[1]["check_name"] == "TRM001 forbidden-term"


# reviewdog


def offset(data: bytes, position: dict[str, int]) -> int:
    """The byte that a position of rdjson names in a file."""
    lines = data.split(b"\n")
    assert position["line"] <= len(lines)
    assert 1 <= position["column"] <= len(lines[position["line"] - 1]) + 1
    return sum(len(line) + 1 for line in lines[: position["line"] - 1]) + position["column"] - 1


ODD = st.text(st.sampled_from("\ufeff\r\u2028\x85\t 🙂𐐀e\u0301文A（）\n"), max_size=12)


@given(ODD, ODD, st.sampled_from(["\ufeff", ""]), st.sampled_from(["\n", "\r\n"]))
@settings(deadline=None)
def test_bytes_and_suggestions_are_those_of_the_file(before: str, after: str, bom: str, newline: str) -> None:
    text = bom + entry(f"{before}训练大型语言模型（LLMs）{after}").replace("\n", newline) + after
    data, file = text.encode(), GATE.check_text(text, "a.md")
    document: dict[str, Any] = json.loads("".join(writer("rdjson")(GATE.report([file], []), View())))
    assert len(document["diagnostics"]) == len(file.findings)
    for said, finding in zip(document["diagnostics"], file.findings, strict=True):
        place = said["location"]["range"]
        covered = data[offset(data, place["start"]) : offset(data, place["end"])]
        assert covered.decode() == text[slice(*finding.span)]
        fixes = [fix for fix in finding.fixes if fix.safety != "manual"]
        for suggestion, fix in zip(said["suggestions"], fixes, strict=True):
            start, end = (offset(data, suggestion["range"][side]) for side in ("start", "end"))
            assert data[:start] + suggestion["text"].encode() + data[end:] == splice(text, fix.edits).encode()


def test_a_fix_in_two_places_is_one_suggestion(folder: Path) -> None:
    write(folder, "a.md", entry("大语言模型（LLM）的推理"))
    (said,) = json.loads(run("a.md", "--select", "FMT003", "--format", "rdjson").out)["diagnostics"]
    (suggestion,) = said["suggestions"]
    assert suggestion["text"] == " (LLM) "


def test_a_long_line_with_many_findings_has_its_columns(folder: Path) -> None:
    write(folder, "a.md", entry("训练LLM。" * 3000))
    found = json.loads(run("a.md", "--select", "FMT001", "--format", "rdjson").out)["diagnostics"]
    columns = [said["location"]["range"]["start"]["column"] for said in found]
    assert columns == [4 + 12 * number for number in range(3000)]
