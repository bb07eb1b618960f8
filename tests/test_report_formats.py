"""Every format and every way a run can end: one whole document, one exit code, wherever it goes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from gatekit import (
    CLEAN,
    FORMATS,
    RULES,
    WARNED,
    WRONG,
    crash_rule,
    entry,
    refuse_to_read,
    remember_glossary,
    run,
    spawn,
    write,
)
from reportkit import read

from checks.report import FORMATS as KNOWN

Setting = Callable[[Path, pytest.MonkeyPatch], None]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    remember_glossary(monkeypatch)
    for name, text in (("clean.md", CLEAN), ("warned.md", WARNED), ("wrong.md", WRONG)):
        write(tmp_path, name, text)
    return tmp_path


def undecodable(folder: Path, _: pytest.MonkeyPatch) -> None:
    write(folder, "bad.md", CLEAN.encode() + b"\xff")


def unreadable(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_read(monkeypatch, write(folder, "bad.md"))


def empty_folder(folder: Path, _: pytest.MonkeyPatch) -> None:
    (folder / "empty").mkdir()


def crashing(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crash_rule(monkeypatch, "DIG001")


def nothing_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the command line is wrong."""


TRAPS: list[tuple[str, Setting, int, list[str]]] = [
    ("clean.md", nothing_else, 0, []),
    ("warned.md --fail-on error", nothing_else, 0, ["TRM006"]),
    ("wrong.md --exit-zero", nothing_else, 0, ["TRM001"]),
    ("empty --allow-empty", empty_folder, 0, []),
    ("wrong.md warned.md", nothing_else, 1, ["TRM001", "TRM006"]),
    ("missing.md wrong.md", nothing_else, 2, ["TRM001"]),
    ("missing.md --exit-zero", nothing_else, 2, []),
    ("none*.md warned.md", nothing_else, 2, ["TRM006"]),
    ("empty warned.md", empty_folder, 2, ["TRM006"]),
    ("bad.md warned.md", undecodable, 2, ["TRM006"]),
    ("bad.md warned.md", unreadable, 2, ["TRM006"]),
    ("warned.md", crashing, 2, ["TRM006"]),
    ("wrong.md --glossary missing.csv", nothing_else, 2, []),
    ("wrong.md --select TRM001 --ignore TRM001", nothing_else, 2, []),
]


def test_the_formats_are_those_that_are_tested() -> None:
    assert KNOWN == FORMATS


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("line", "setting", "code", "codes"), TRAPS)
def test_a_document_is_whole_however_the_run_ends(
    folder: Path, monkeypatch: pytest.MonkeyPatch, line: str, setting: Setting, code: int, codes: list[str], form: str
) -> None:
    setting(folder, monkeypatch)
    rules = () if "--ignore" in line else RULES
    result = run(*line.split(), *rules, "--format", form, "--report", f"{form}=out/report.txt")
    assert result.code == 2, "a folder that is not there"
    (folder / "out").mkdir()
    result = run(*line.split(), *rules, "--format", form, "--report", f"{form}=out/report.txt")
    assert result.code == code
    assert (folder / "out/report.txt").read_bytes() == result.raw
    assert len(result.err.splitlines()) == int(code == 2)
    assert "Traceback" not in result.err
    assert "\x1b" not in result.out
    told = read(form, result.out)
    if form == "junit" and code == 0:
        # What does not fail the gate fails no case.
        assert "--exit-zero" in line or told.findings == []
    else:
        assert told.findings == (sorted(codes) if form == "github" else codes)
    if form != "jsonl":
        assert len(told.errors) == int(code == 2)


@pytest.mark.parametrize("form", ["sarif", "junit", "gitlab", "rdjson", "html"])
def test_an_option_that_is_wrong_is_an_error_of_no_file(form: str) -> None:
    (said,) = read(form, run("wrong.md", "--select", "TRM-001", "--format", form).out).errors
    assert "did you mean TRM001?" in said


@pytest.mark.parametrize("form", FORMATS)
def test_what_cannot_be_shown_is_spelt_out_and_what_is_markup_is_text(folder: Path, form: str) -> None:
    write(folder, "odd.md", entry("训练\u202e大型语言模型\u2028<b>&\ufffe]]>\x0c多个 LLMs%0A::error::x。"))
    result = run("odd.md", *RULES, "--format", form)
    assert result.code == 1
    assert {"TRM001", "TRM006"} <= set(read(form, result.out).findings)
    if form not in ("json", "jsonl", "sarif", "rdjson", "gitlab"):
        assert not set(result.out) & set("\u202e\u2028\ufffe\x0c")


@pytest.mark.parametrize("name", ["a,b: 100%.md", "a\nb.md", "\x1b[2J.md", os.fsdecode(b"caf\xe9.md"), "##[error]x.md"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_file_may_have_any_name(folder: Path, name: str, form: str) -> None:
    write(folder, "plain.md", WARNED).rename(name)
    result = run(name, *RULES, "--format", form, "--report", f"{form}=report")
    assert result.code == 1
    assert read(form, result.out).findings == ["TRM006"]
    assert read(form, (folder / "report").read_text(encoding="utf-8")).findings == ["TRM006"]


@pytest.mark.parametrize("form", FORMATS)
def test_findings_speak_the_language_asked_for(form: str) -> None:
    chinese, english = (run("wrong.md", *RULES, "--lang", lang, "--format", form).out for lang in ("zh", "en"))
    assert "应译为" in chinese
    assert "应译为" not in english
    assert "is not rendered" in english


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("full", "concise")])
def test_statistics_are_for_people_and_change_no_document(form: str) -> None:
    plain, counted = (run("wrong.md", *RULES, "--format", form, *more).out for more in ((), ("--statistics",)))
    assert plain == counted


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("full", "concise")])
def test_a_patch_takes_no_format(form: str) -> None:
    result = run("wrong.md", "--diff", "--format", form)
    assert result.code == 2
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("form", FORMATS)
def test_standard_input_is_reported_under_its_name(form: str) -> None:
    result = run("-", "--stdin-filename", "week.md", *RULES, "--format", form, stdin=WRONG.encode())
    assert result.code == 1
    assert read(form, result.out).findings == ["TRM001"]
    assert "week.md" in result.out


def test_a_format_is_imported_only_when_asked_for(folder: Path) -> None:
    program = (
        "import sys; from checks.__main__ import main; main(['clean.md', '--format', 'concise']); print(*sys.modules)"
    )
    loaded = set(spawn(folder=folder, program=("-c", program)).out.splitlines()[-1].split())
    assert "checks.report.concise" in loaded
    formats = {f"checks.report.{form}" for form in FORMATS} - {"checks.report.concise"}
    assert loaded & {*formats, "checks.report.stepsummary", "checks.markedtext", "xml.etree.ElementTree"} == set()


def test_the_same_findings_in_every_format_of_one_run(folder: Path) -> None:
    reports = [option for form in FORMATS for option in ("--report", f"{form}={form}.out")]
    result = run(".", *RULES, "--format", "json", *reports)
    assert result.code == 1
    assert json.loads(result.out) == json.loads((folder / "json.out").read_text(encoding="utf-8"))
    for form in FORMATS:
        told = read(form, (folder / f"{form}.out").read_text(encoding="utf-8"))
        assert sorted(told.findings) == sorted(result.codes)
