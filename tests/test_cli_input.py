"""What the gate says of input that it cannot use: where it is, what is wrong, and exit code 2."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from gatekit import CLEAN, RULES, WARNED, WRONG, crash_rule, entry, refuse_to_read, run, write


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    write(tmp_path, "warned.md", WARNED)
    return tmp_path


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (CLEAN.encode() + "\n## 标题".encode("gbk"), 6, "byte 0xb1 is not valid UTF-8"),
        (b"\xff\xfe" + CLEAN.encode("utf-16-le"), 1, "byte 0xff is not valid UTF-8"),
        (b"## A\r\n\r\n\xed\xa0\x80\n", 3, "byte 0xed is not valid UTF-8"),
        (CLEAN.encode() + b"\0", 5, "holds a NUL character"),
    ],
)
def test_bytes_that_are_no_text(folder: Path, data: bytes, line: int, says: str) -> None:
    write(folder, "bad.md", data)
    result = run("bad.md", "warned.md", *RULES, "--format", "json")
    assert result.code == 2
    assert result.errors == [("bad.md", line)]
    assert result.err.startswith(f"bad.md:{line}: {says}")
    assert result.codes == ["TRM006"]


@pytest.mark.parametrize("name", ["missing.md", "missing/", "x" * 300 + ".md", "loop.md", "warned.md/inside.md"])
def test_path_that_cannot_be_read(folder: Path, name: str) -> None:
    (folder / "loop.md").symlink_to("loop.md")
    result = run(name, "warned.md", *RULES, "--format", "json")
    assert result.code == 2
    assert result.errors == [(name.rstrip("/"), None)]
    assert result.codes == ["TRM006"]


def test_file_without_the_right_to_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_read(monkeypatch, write(folder, "secret.md"))
    result = run(".", *RULES, "--format", "json")
    assert result.errors == [("secret.md", None)]
    assert result.codes == ["TRM006"]
    assert result.err == "secret.md: cannot be read (Permission denied); check its permissions\n"


def test_folder_that_cannot_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "digests/2025/a.md", WARNED)
    write(folder, "digests/secret/b.md", WRONG)
    scandir = os.scandir

    def refuse(path: str) -> object:
        if os.fspath(path).endswith("secret"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    result = run("digests", *RULES, "--allow-empty", "--format", "json")
    assert result.code == 2
    assert result.errors == [("digests/secret", None)]
    assert result.codes == ["TRM006"]


@pytest.mark.parametrize("content", [None, "notes.txt", ".hidden.md", ".git/a.md"])
def test_folder_without_markdown(folder: Path, content: str | None) -> None:
    (folder / "empty").mkdir()
    if content:
        write(folder / "empty", content)
    assert run("empty", "--format", "json").errors == [("empty", None)]
    allowed = run("empty", "--allow-empty", "--format", "json")
    assert (allowed.code, allowed.err) == (0, "")
    assert allowed.document["summary"]["files"] == 0


def test_no_path_means_the_corpus(folder: Path) -> None:
    assert run("--format", "json").errors == [("data/digests", None)]
    write(folder, "data/digests/a.md", WARNED)
    assert [finding["path"] for finding in run(*RULES, "--format", "json").findings] == ["data/digests/a.md"]


def test_a_missing_path_is_wrong_even_where_emptiness_is_allowed() -> None:
    assert run("missing", "--allow-empty").code == 2


def test_folders_hold_digests_by_suffix_and_files_are_taken_as_named(folder: Path) -> None:
    for name in ("b.md", "a.MARKDOWN", "c.txt", ".d.md", "sub/e.md", "f.md~"):
        write(folder / "set", name)
    write(folder, "named.txt")
    (folder / "set/again.md").symlink_to("b.md")
    result = run("set", "named.txt", "set/b.md", *RULES, "--format", "json")
    assert result.document["summary"]["files"] == 4


HEADER = "source,preferred\n"


@pytest.mark.parametrize(
    ("option", "name", "text", "line"),
    [
        ("glossary", "terms.csv", HEADER + "agent,智能体\nagent,代理\n", 3),
        ("glossary", "terms.csv", HEADER + "\nagent,智能体\n", 2),
        ("glossary", "terms.csv", HEADER + "agent\n", 2),
        ("glossary", "terms.csv", "source,prefered\n", 1),
        ("glossary", "terms.csv", "", None),
        ("sources", "sources.jsonl", '{"arxiv_id":"1","title_en":"A"}\n{"arxiv_id":"2"}\n', 2),
        ("sources", "sources.jsonl", "\n{broken\n", 2),
        ("sources", "sources.jsonl", "[]\n", 1),
        ("sources", "sources.jsonl", '{"arxiv_id":"1","title_en":"A","abstract_en":["x"]}\n', 1),
        ("sources", "sources.jsonl", b'{"arxiv_id":"1","title_en":"\xff"}\n', 1),
        ("config", "yijiao.toml", "# settings\nfail_on = 'error'\n", 2),
        ("config", "yijiao.toml", "fail-on = \n", 1),
        ("review-dir", "dismissals.jsonl", '\n{"v":1,"revokes":"x"}\n<<<<<<< HEAD\n', 3),
        ("review-dir", "dismissals.jsonl", "nonsense\n", 1),
    ],
)
def test_configuration_that_cannot_be_used(
    folder: Path, option: str, name: str, text: str | bytes, line: int | None
) -> None:
    path = write(folder, f"given/{name}", text)
    value = path.parent if option == "review-dir" else path
    result = run("warned.md", f"--{option}", value.relative_to(folder), "--format", "json")
    assert result.code == 2
    assert result.findings == []
    assert result.errors == [(f"given/{name}", line)]
    place = f"given/{name}:{line}: " if line else f"given/{name}: "
    assert result.err.startswith(place)
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("option", ["glossary", "sources"])
def test_configuration_that_is_missing(option: str) -> None:
    result = run("warned.md", f"--{option}", "nowhere", "--format", "json")
    assert (result.code, result.errors) == (2, [("nowhere", None)])


def test_rule_that_crashes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crash_rule(monkeypatch, "DIG001")
    text = WARNED + "\n" + entry(number="2504.00002")
    path = write(folder, "two.md", text)
    result = run("two.md", "warned.md", *RULES, "--format", "json")
    assert result.code == 2
    assert result.codes == ["TRM006", "TRM006"]
    # Once a file, though it crashes at each entry.
    assert result.errors == [("two.md", 1), ("warned.md", 1)]
    assert "DIG001 crashed" in result.err
    assert "Traceback" not in result.err
    assert "\x1b" not in result.err
    fixed = run("--fix", "two.md", *RULES)
    assert fixed.code == 2
    assert "nothing was written" in fixed.err
    assert path.read_text(encoding="utf-8") == text
    assert run("--diff", "two.md", *RULES).code == 2


@pytest.mark.parametrize("name", ["a\nb.md", "\x1b[2J.md", "\u202egpj.md", os.fsdecode(b"caf\xe9.md")])
@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_names_of_files_are_shown_without_their_tricks(folder: Path, name: str, form: str) -> None:
    write(folder, "plain.md", WARNED).rename(name)
    write(folder, "bad.md", b"\xff").rename("bad " + name)
    result = run(name, "bad " + name, *RULES, "--format", form)
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert not any(char in result.out + result.err for char in "\x1b\u202e") or form == "json"
    assert "\x1b" not in result.out
    if form == "json":
        assert result.codes == ["TRM006"]
    if form == "concise":
        assert len(result.out.splitlines()) == 4
