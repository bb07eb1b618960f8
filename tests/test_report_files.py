"""Reports in files, beside standard output."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from gatekit import CLEAN, RULES, WARNED, WRONG, remember_glossary, run, spawn, start, write
from reportkit import read, sarif_run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    remember_glossary(monkeypatch)
    for name, text in (("clean.md", CLEAN), ("warned.md", WARNED), ("wrong.md", WRONG)):
        write(tmp_path, name, text)
    return tmp_path


def contents(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_several_reports_of_one_run(folder: Path) -> None:
    result = run("wrong.md", *RULES, "--report", "sarif=a.sarif", "--report", "html=b.html", "--report=json=c=d.json")
    assert result.code == 1
    assert result.out == run("wrong.md", *RULES).out
    for form, name in (("sarif", "a.sarif"), ("html", "b.html"), ("json", "c=d.json")):
        assert read(form, (folder / name).read_text(encoding="utf-8")).findings == ["TRM001"]


def test_a_report_that_cannot_be_written_is_told_by_the_others(folder: Path) -> None:
    reports = ("--report", "sarif=a.sarif", "--report", "junit=nowhere/b.xml", "--report", "json=c.json")
    result = run("clean.md", *RULES, *reports, "--format", "json")
    assert result.code == 2
    assert result.err == "nowhere/b.xml: cannot be written (No such file or directory); nothing was changed\n"
    assert result.errors == [("nowhere/b.xml", None)]
    assert json.loads((folder / "c.json").read_text(encoding="utf-8")) == result.document
    (invocation,) = sarif_run((folder / "a.sarif").read_text(encoding="utf-8"))["invocations"]
    assert invocation["exitCode"] == 2
    assert not (folder / "nowhere").exists()


@pytest.mark.parametrize("target", ["folder", "pipe", "read-only"])
def test_what_is_no_file_to_write_stays_as_it_is(folder: Path, target: str) -> None:
    path = folder / target
    if target == "folder":
        path.mkdir()
    elif target == "pipe":
        os.mkfifo(path)
    else:
        path.write_text("kept", encoding="utf-8")
        path.chmod(0o444)
    kind = stat.S_IFMT(path.stat().st_mode)
    before = contents(folder)
    result = run("clean.md", *RULES, "--report", f"json={target}")
    assert result.code == 2
    assert result.err.startswith(f"{target}: cannot be written (")
    assert result.err.count("\n") == 1
    assert stat.S_IFMT(path.stat().st_mode) == kind
    assert contents(folder) == before


def test_a_digest_is_never_overwritten_by_its_report(folder: Path) -> None:
    (folder / "link.html").symlink_to("wrong.md")
    for name in ("wrong.md", "./x/../wrong.md", "link.html"):
        result = run("wrong.md", *RULES, "--report", f"html={name}")
        assert result.code == 2
        assert "is a digest, or called like one" in result.err
        assert (folder / "wrong.md").read_text(encoding="utf-8") == WRONG


@pytest.mark.parametrize(
    "line",
    [
        "week.md --report json=week.md",
        ". --report json=week.md",
        "week.txt --report json=link.json",
        "clean.md --config none.toml --report json=week.md",
        "week.md --force-exclude --allow-empty --report json=week.md",
    ],
)
def test_a_digest_that_was_not_judged_is_not_overwritten_either(folder: Path, line: str) -> None:
    (folder / "yijiao.toml").write_text('exclude = ["week.md"]\n' if "exclude" in line else "", encoding="utf-8")
    for name in ("week.md", "week.txt"):
        (folder / name).write_bytes("## 你好".encode("gbk"))
    (folder / "link.json").symlink_to("week.txt")
    result = run(*line.split(), *RULES)
    assert result.code == 2
    assert "is a digest, or called like one" in result.err
    assert {(folder / name).read_bytes() for name in ("week.md", "week.txt")} == {"## 你好".encode("gbk")}


def test_an_older_report_is_replaced_whole_or_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.json").write_text("older", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert run("clean.md", *RULES, "--report", "json=a.json").code == 2
    assert (folder / "a.json").read_text(encoding="utf-8") == "older"
    assert contents(folder) == {"a.json", "clean.md", "warned.md", "wrong.md"}
    assert run("clean.md", *RULES, "--report", "json=a.json").code == 0
    assert read("json", (folder / "a.json").read_text(encoding="utf-8")).findings == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("--report sarif", "'sarif' is not FORMAT=FILE"),
        ("--report sarif=", "'sarif=' is not FORMAT=FILE"),
        ("--report yaml=x", "'yaml=x' is not FORMAT=FILE"),
        ("--report json=x --report html=./x", "names x twice"),
        ("--rules --report json=x", "--rules checks nothing"),
        ("--explain TRM001 --report json=x", "--explain checks nothing"),
        ("--show-settings --report json=x", "--show-settings checks nothing"),
        ("--rules --format sarif", "nothing to show as sarif"),
    ],
)
def test_misuse_is_said_in_one_line_and_writes_nothing(folder: Path, line: str, says: str) -> None:
    result = run("clean.md", *line.split())
    assert result.code == 2
    assert says in result.err
    assert result.err.count("\n") == 1
    assert not (folder / "x").exists()


def test_reports_go_with_fix_with_diff_and_with_statistics(folder: Path) -> None:
    patch = run("wrong.md", *RULES, "--diff", "--report", "json=a.json")
    assert patch.out.startswith("--- a/wrong.md\n")
    assert read("json", (folder / "a.json").read_text(encoding="utf-8")).findings == ["TRM001"]
    counted = run("wrong.md", *RULES, "--statistics", "--report", "full=a.txt")
    assert "大型语言模型" not in counted.out
    assert "大型语言模型" in (folder / "a.txt").read_text(encoding="utf-8")
    assert run("wrong.md", *RULES, "--fix", "--report", "json=a.json").code == 0
    assert read("json", (folder / "a.json").read_text(encoding="utf-8")).findings == []


def test_text_that_was_mended_on_standard_input_stays_the_output(folder: Path) -> None:
    result = run("-", *RULES, "--fix", "--report", "sarif=a.sarif", stdin=WRONG.encode())
    assert result.raw.decode() == WRONG.replace("大型", "大")
    assert read("sarif", (folder / "a.sarif").read_text(encoding="utf-8")).findings == []


def test_a_report_holds_no_colours_and_the_language_asked_for(folder: Path) -> None:
    run("wrong.md", *RULES, "--lang", "zh", "--report", "full=a.txt")
    text = (folder / "a.txt").read_text(encoding="utf-8")
    assert "处问题" in text
    assert "\x1b" not in text


def test_a_reader_that_leaves_early_costs_no_report(folder: Path) -> None:
    many = write(folder, "many.md", "\n".join([WARNED] * 400))
    process = start([many, *RULES, "--report", "json=a.json"], folder)
    assert process.stdout is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.wait(timeout=120) == 1
    assert len(read("json", (folder / "a.json").read_text(encoding="utf-8")).findings) == 400


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_standard_output_costs_no_report(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        result = spawn("clean.md", *RULES, "--report", "json=a.json", folder=folder, stdout=full)
    assert result.code == 2
    assert read("json", (folder / "a.json").read_text(encoding="utf-8")).findings == []
