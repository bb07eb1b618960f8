"""The door: what it refuses, and how."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from review_app import server
from review_app.__main__ import main
from review_app.server import bind


@pytest.fixture(autouse=True)
def _no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(*_: object) -> None:
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
        (["--host", "203.0.113.7", "--insecure"], "cannot listen here"),
        (["--host", "no.such.host.invalid"], "check --host"),
        (["--host", "0.0.0.0"], "0.0.0.0 is reached from other machines, and nobody signs in"),
        (["--host", "::"], "say --insecure"),
        (["--host", "203.0.113.7"], "is reached from other machines"),
        (["--host", "0.0.0.0", "--proxy-header", "X-User"], "goes only with a --host of this machine"),
        (["--host", "0.0.0.0", "--proxy-header", "X-User", "--insecure"], "goes only with a --host of this machine"),
        (["--proxy-header", "X User"], "no name of a header"),
        (["--proxy-header", "X-User", "--auth", "auth.toml"], "not allowed with"),
        (["--proxy-header", "X-User", "--editor", "lin"], "goes without sign-in"),
        (["--auth", "nowhere.toml"], "nowhere.toml: no such file"),
        (["--auth", "yijiao.toml"], "has no [auth] table"),
        (["--database", "postgresql://u:geheim@127.0.0.1:9/d"], "postgresql://u:***@127.0.0.1:9/d"),
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


@pytest.mark.parametrize(("folder", "says"), [("taken", "is no folder"), ("taken/below", "cannot be written")])
def test_a_review_directory_that_cannot_be_made_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], folder: str, says: str
) -> None:
    (project / "taken").write_text("", encoding="utf-8")
    assert says in refused(capsys, "--review-dir", folder)


def test_nothing_slow_is_imported_before_usage_is_checked() -> None:
    slow = "('alembic', 'authlib', 'sqlalchemy', 'streamlit')"
    code = f"import sys, review_app.__main__; sys.exit(any(name in sys.modules for name in {slow}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_installation_of_the_gate_alone_says_what_is_missing(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(("sqlalchemy", "review_app.s"))]:
        if name != "review_app.server":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    assert "pip install 'yijiao[app]'" in refused(capsys)


def test_a_driver_that_is_missing_is_named_with_what_brings_it(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'yijiao[postgres]'" in refused(capsys, "--database", "postgresql+psycopg://127.0.0.1:9/d")


def test_roles_that_cannot_be_used_are_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data/review").mkdir()
    (project / "data/review/roles.toml").write_text("editor = []\n", encoding="utf-8")
    assert "did you mean 'editors'?" in refused(capsys)


def test_a_database_of_a_newer_version_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = project / "newer.sqlite"
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('0999')")
        connection.commit()
    assert "a newer version of yijiao made it" in refused(capsys, "--database", f"sqlite:///{store}")


def test_without_sign_in_it_takes_a_word_to_let_in_others(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    # Nothing need really be open to the world for that.
    monkeypatch.setattr(server, "bind", lambda _host, port: bind("127.0.0.1", port))
    monkeypatch.setattr(server, "serve", lambda _bound, service, sign_in, hosts: asked.append((sign_in, hosts)))
    assert main(["--port", "0", "--host", "0.0.0.0", "--insecure", "--editor", "lin"]) == 0
    assert "whoever comes decides as lin" in capsys.readouterr().err
    for host in ("127.0.0.1", "localhost", "127.3.2.1"):
        assert main(["--port", "0", "--host", host]) == 0
    assert capsys.readouterr().err == ""
    assert asked[0] == (None, [])
    assert all(sign_in is None and "localhost" in hosts for sign_in, hosts in asked[1:])  # type: ignore[misc]
