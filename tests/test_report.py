"""The record that other programs build on: its fields, its offsets, its edits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gatekit import CLEAN, RULES, WARNED, WRONG, entry, run, write
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.fixing import splice
from checks.gate import Gate
from checks.model import Edit
from checks.report import machine
from checks.settings import Settings
from checks.verdict import VERSION
from checks.view import View

FIELDS = [
    "code",
    "name",
    "severity",
    "path",
    "entry",
    "field",
    "line",
    "column",
    "end_line",
    "end_column",
    "start",
    "end",
    "quote",
    "message",
    "term",
    "mqm",
    "fixes",
    "related",
    "fingerprint",
]
SUMMARY = [
    "files",
    "entries",
    "findings",
    "suppressed",
    "dismissed",
    "baselined",
    "by_code",
    "by_severity",
    "errors",
    "glossary",
    "rules",
    "version",
]
GATE = Gate(Settings(select=("TRM001", "TRM006", "FMT001", "DIG001")))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


def test_fields_of_the_record(folder: Path) -> None:
    write(folder, "a.md", WRONG)
    (finding,) = run("a.md", *RULES, "--format", "json").findings
    start = WRONG.index("大型语言模型")
    fingerprint = finding.pop("fingerprint")
    assert list(finding) == FIELDS[:-1]
    message, (fix,) = finding.pop("message"), finding.pop("fixes")
    assert message
    assert fix.pop("title")
    assert fix == {"safety": "safe", "edits": [{"start": start, "end": start + 6, "text": "大语言模型"}]}
    assert finding == {
        "code": "TRM001",
        "name": "forbidden-term",
        "severity": "error",
        "path": "a.md",
        "entry": "2504.00001",
        "field": "body",
        "line": 4,
        "column": 5,
        "end_line": 4,
        "end_column": 11,
        "start": start,
        "end": start + 6,
        "quote": "大型语言模型",
        "term": "large language model",
        "mqm": finding["mqm"],
        "related": [],
    }
    assert finding["mqm"].startswith("terminology/")
    assert len(fingerprint) == 32
    assert set(fingerprint) <= set("0123456789abcdef")


def test_summary_of_the_run(folder: Path) -> None:
    write(folder, "a.md", WRONG + "\n" + WARNED.replace("00001", "00002"))
    write(folder, "bad.md", b"\xff")
    summary = run("a.md", "bad.md", *RULES, "--format", "json").document["summary"]
    assert list(summary) == SUMMARY
    (error,) = summary.pop("errors")
    assert error.keys() == {"path", "line", "message"}
    assert (error["path"], error["line"]) == ("bad.md", 1)
    assert len(summary.pop("glossary")) == 32
    assert summary == {
        "files": 1,
        "entries": 2,
        "findings": 2,
        "suppressed": 0,
        "dismissed": 0,
        "baselined": 0,
        "by_code": {"TRM001": 1, "TRM006": 1},
        "by_severity": {"error": 1, "warning": 1, "info": 0},
        "rules": ["DIG001", "FMT001", "TRM001", "TRM006"],
        "version": VERSION,
    }


def test_a_line_of_jsonl_is_a_finding_of_json(folder: Path) -> None:
    write(folder, "a.md", WRONG.replace("。", "，多个\u2028VLMs。"))
    write(folder, "b.md", WARNED)
    lines = run("a.md", "b.md", *RULES, "--format", "jsonl").out.split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == run("a.md", "b.md", *RULES, "--format", "json").findings
    assert len(lines) >= 3


def test_nothing_found_is_a_document_too(folder: Path) -> None:
    write(folder, "a.md", CLEAN)
    assert run("a.md", *RULES, "--format", "jsonl").raw == b""
    assert run("a.md", *RULES, "--format", "json").findings == []


ODD = st.text(st.sampled_from("\ufeff\r\u2028\x0b\x85\t 🙂e\u0301文A\n"), max_size=12)


@settings(deadline=None)
@given(ODD, ODD)
def test_offsets_are_code_points_and_lines_end_at_line_feeds_only(before: str, after: str) -> None:
    text = f"\ufeff前言{before}\n\n" + entry(f"训练{before}大型语言模型{after}，多个 LLMs 的")
    file = GATE.check_text(text, "a.md")
    report = GATE.report([file], [])
    records = [json.loads(line) for line in machine.records(report, View())]
    assert "大型语言模型" in {record["quote"] for record in records}
    for record in records:
        start, end = record["start"], record["end"]
        assert record["quote"] == text[start:end]
        for offset, line, column in ((start, "line", "column"), (end, "end_line", "end_column")):
            head = text[:offset].split("\n")
            assert (record[line], record[column]) == (len(head), len(head[-1]) + 1)
    prints = [record["fingerprint"] for record in records]
    assert len(set(prints)) == len(prints)


@pytest.mark.parametrize(
    "text",
    [
        WRONG + "\n" + WARNED.replace("00001", "00002"),
        ("\ufeff" + entry("训练大型语言模型，🙂 大型语言模型。")).replace("\n", "\r\n"),
        "#" + entry("使用RL训练多个VLMs，训练LLMs。"),
    ],
)
def test_edits_of_the_record_give_what_fix_writes(folder: Path, text: str) -> None:
    path = write(folder, "a.md", text)
    findings = run("a.md", *RULES, "--format", "json").findings
    fixes = [fix for finding in findings for fix in finding["fixes"] if fix["safety"] == "safe"]
    assert fixes
    assert run("--fix", "a.md", *RULES).code == 0
    assert path.read_bytes().decode() == splice(text, (Edit(**edit) for fix in fixes for edit in fix["edits"]))


def test_what_is_absent_is_quoted_from_the_source(folder: Path) -> None:
    source = {
        "arxiv_id": "2504.00001",
        "title_en": "A Study of Things",
        "abstract_en": "We use reinforcement learning.",
    }
    write(folder, "sources.jsonl", json.dumps(source))
    text = entry("本文使用某种方法。")
    write(folder, "a.md", text)
    options = ("--sources", "sources.jsonl", "--select", "TRM002", "--format", "json")
    (finding,) = run("a.md", *options).findings
    assert (finding["quote"], finding["term"]) == ("reinforcement learning", "reinforcement learning")
    assert finding["field"] == "body"
    assert text[finding["start"] : finding["end"]] == "本文使用某种方法。"


def test_a_finding_about_the_file_has_no_entry(folder: Path) -> None:
    write(folder, "a.md", "没有条目。\n")
    (finding,) = run("a.md", "--select", "DIG013", "--format", "json").findings
    assert (finding["entry"], finding["field"], finding["line"], finding["column"]) == (None, "file", 1, 1)


def test_an_entry_without_an_address_is_known_by_its_heading(folder: Path) -> None:
    text = "## A  Study\n\n训练大型语言模型。\n"
    write(folder, "a.md", text)
    write(folder, "b.md", text.replace("A  Study", "a study"))
    keys = {finding["entry"] for finding in run(".", *RULES, "--format", "json").findings}
    assert len(keys) == 1
    key = keys.pop()
    assert key.startswith("#")
    assert len(key) == 13


def test_fingerprints_stay_when_lines_move(folder: Path) -> None:
    write(folder, "a.md", WRONG)
    write(folder, "b.md", "# 周报\n\n" + CLEAN.replace("00001", "00002") + "\n" + WRONG)
    first, second = (run(name, "--select", "TRM001", "--format", "json").findings[0] for name in ("a.md", "b.md"))
    assert first["fingerprint"] == second["fingerprint"]
    assert first["line"] != second["line"]
