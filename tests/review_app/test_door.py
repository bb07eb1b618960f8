"""The door: what it refuses, and how."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from review_app import server
from review_app.__main__ import main
from review_app.server import bind


@pytest.fixture(autouse=True)
def _no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(_bound: object) -> None:
        raise AssertionError("the app started")

    monkeypatch.setattr(server, "serve", serve)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1
    return said.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--nonsense"], "unrecognized arguments: --nonsense"),
        (["--port", "many"], "no port"),
        (["--port", "70000"], "no port"),
        (["--lang", "fr"], "invalid choice"),
        (["--editor", " "], "is empty"),
        (["missing.md"], "missing.md: no such file or folder"),
        (["empty"], "no Markdown file"),
        (["--glossary", "broken.csv"], "broken.csv"),
        (["--sources", "nowhere.jsonl"], "nowhere.jsonl: no such file"),
        (["--config", "nowhere.toml"], "no such settings file"),
        (["--database", "nonsense"], "the database cannot be opened"),
        (["--database", "nosuchdb://host/name"], "the database cannot be opened"),
        (["--database", "sqlite:////proc/nowhere/x.sqlite"], "the database cannot be opened"),
        (["--host", "203.0.113.7"], "cannot listen here"),
    ],
)
def test_bad_usage_is_told_in_one_line(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    (project / "empty").mkdir()
    (project / "broken.csv").write_text("source,preferred\nx,\n", encoding="utf-8")
    assert said in refused(capsys, *arguments)


def test_a_port_in_use_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with bind("127.0.0.1", 0) as bound:
        assert "--port 0" in refused(capsys, "--port", str(bound.getsockname()[1]))


def test_digests_outside_a_project_need_a_review_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "week.md").write_text("## A\n", encoding="utf-8")
    assert "--review-dir" in refused(capsys, "week.md")


def test_a_review_directory_that_cannot_be_made_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "taken").write_text("", encoding="utf-8")
    assert "cannot be written" in refused(capsys, "--review-dir", "taken")


def test_nothing_slow_is_imported_before_usage_is_checked() -> None:
    code = "import sys, review_app.__main__; sys.exit(any(name in sys.modules for name in ('streamlit', 'sqlalchemy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_installation_of_the_gate_alone_says_what_is_missing(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(("sqlalchemy", "review_app.s"))]:
        if name != "review_app.server":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    assert "pip install 'yijiao[app]'" in refused(capsys)
