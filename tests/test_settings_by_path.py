"""What is different for some digests, whose settings hold, and what --show-settings says of it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from gatekit import CLEAN, REPOSITORY, WARNED, WRONG, entry, run, spawn, write

from checks.errors import SettingsError
from checks.gate import Gate
from checks.profile import PROFILES
from checks.settings import load
from checks.settings.schema import schema

FULL = entry("本文研究大语言模型（LLM）的推理。")
TERMS = "source,preferred,forbidden\nthing,东西,事物\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(*arguments: str | Path) -> dict[str, set[str]]:
    """The codes found, by file."""
    found: dict[str, set[str]] = {}
    for finding in run(*arguments, "--format", "json").findings:
        found.setdefault(finding["path"], set()).add(finding["code"])
    return found


def test_a_table_speaks_for_its_folder(folder: Path) -> None:
    write(folder, "yijiao.toml", '[paths."old/"]\nselect = ["TRM"]\nignore = ["TRM006"]\n')
    for name in ("old/a.md", "new/a.md"):
        write(folder, name, WARNED.replace("模型 (", "模型("))
    found = codes("old", "new")
    assert "old/a.md" not in found
    assert {"TRM006", "FMT004"} <= found["new/a.md"]


def test_ignores_add_up_and_later_tables_go_before(folder: Path) -> None:
    text = """ignore = ["FMT"]
[severity]
TRM = "info"
[paths."d/"]
ignore = ["DIG"]
severity = {TRM001 = "error"}
[paths."d/x.md"]
severity = {TRM001 = "warning"}
"""
    write(folder, "yijiao.toml", text)
    gate = Gate(load(Path()))
    chosen = {loaded.rule.code[:3] for loaded in gate.bench("d/y.md").rules}
    assert chosen.isdisjoint({"FMT", "DIG"})
    severities = [gate.bench(path).engine.severities for path in ("y.md", "d/y.md", "d/x.md")]
    assert [each["TRM001"] for each in severities] == ["info", "error", "warning"]
    assert [each["TRM006"] for each in severities] == ["info"] * 3


def test_the_command_line_goes_before_any_table(folder: Path) -> None:
    write(folder, "yijiao.toml", '[paths."d/"]\nselect = ["FMT"]\nignore = ["FMT001"]\n')
    write(folder, "d/a.md", WRONG)
    assert codes("d") == {}
    assert codes("d", "--select", "TRM") == {"d/a.md": {"TRM001"}}


def test_options_to_ignore_come_on_top(folder: Path) -> None:
    write(folder, "yijiao.toml", 'ignore = ["TRM001"]\n')
    write(folder, "a.md", WARNED + "\n" + WRONG.replace("00001", "00002"))
    assert codes("a.md", "--select", "TRM") == {"a.md": {"TRM006"}}
    assert codes("a.md", "--select", "TRM", "--ignore", "TRM006") == {}


def test_a_profile_for_some_files(folder: Path) -> None:
    write(folder, "yijiao.toml", '[paths."gb/"]\nprofile = "gb"\n')
    for name in ("gb/a.md", "a.md"):
        write(folder, name, FULL)
    assert codes(".", "--select", "FMT003") == {"a.md": {"FMT003"}}


def test_another_profile_brings_its_own_choices(folder: Path) -> None:
    write(folder, "yijiao.toml", '[style]\nbrackets = "half"\nquotes = "corner"\n[paths."gb/"]\nprofile = "gb"\n')
    gate = Gate(load(Path()))
    assert gate.bench("a.md").context.style.quotes == "corner"
    assert gate.bench("gb/a.md").context.style == PROFILES["gb"]


def test_terms_for_some_files_lie_over_the_projects(folder: Path) -> None:
    write(folder, "terms.csv", TERMS.replace("东西", "物件"))
    write(folder, "old.csv", TERMS)
    write(folder, "yijiao.toml", 'glossary = "terms.csv"\n[paths."old/"]\nglossary = "old.csv"\n')
    for name in ("old/a.md", "new/a.md"):
        write(folder, name)
    found = run("old", "new", "--select", "TRM001", "--lang", "en", "--format", "json").findings
    wanted = {finding["path"]: finding["fixes"][0]["edits"][0]["text"] for finding in found}
    assert wanted == {"old/a.md": "东西", "new/a.md": "物件"}


def test_excluded_files_are_passed_over_unless_named(folder: Path) -> None:
    write(folder, "yijiao.toml", 'exclude = ["README.md", "drafts/"]\n')
    for name in ("d/a.md", "d/README.md", "d/drafts/b.md"):
        write(folder, name, WRONG)
    assert codes("d", "--select", "TRM") == {"d/a.md": {"TRM001"}}
    assert codes("d/README.md", "--select", "TRM") == {"d/README.md": {"TRM001"}}
    result = run("d/drafts", "--select", "TRM")
    assert result.code == 2
    assert "no Markdown file" in result.err


def test_excluded_files_are_passed_over_though_named_where_that_is_asked(folder: Path) -> None:
    write(folder, "yijiao.toml", 'exclude = ["drafts/"]\n')
    for name in ("d/a.md", "d/drafts/b.md"):
        write(folder, name, WRONG)
    asked = ("--force-exclude", "--select", "TRM")
    assert codes("d/a.md", "d/drafts/b.md", *asked) == {"d/a.md": {"TRM001"}}
    assert run("d/drafts/b.md", *asked).code == 0
    piped = run("-", "--stdin-filename", "d/drafts/b.md", "--fix", *asked, stdin=WRONG.encode())
    assert (piped.code, piped.out) == (0, WRONG)
    assert run("d/drafts/none.md", *asked).code == 0
    assert run("d/none.md", *asked).code == 2


def test_files_of_another_project_are_refused(folder: Path) -> None:
    write(folder, "yijiao.toml", "")
    inner = write(folder, "inner/pyproject.toml", "")
    write(folder, "a.md")
    write(folder, "inner/b.md")
    result = run("a.md", "inner/b.md", "--format", "json")
    assert (result.code, result.errors) == (2, [("inner/b.md", None)])
    assert f"the settings of {inner} hold here, and this run has read those of {folder / 'yijiao.toml'}" in result.err
    assert run("a.md", "inner/b.md", "--config", "yijiao.toml", "--select", "TRM").code == 0
    assert run("inner/b.md", "--select", "TRM").code == 0


def test_files_outside_any_project_are_refused_beside_one(folder: Path) -> None:
    write(folder, "inner/yijiao.toml", "")
    write(folder, "inner/b.md")
    write(folder, "a.md")
    assert "no settings hold here" in run("inner/b.md", "a.md").err
    assert "and this run has read none" in run("a.md", "inner/b.md").err


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("profile = 'big5'", 1, "profile must be one of digest, gb"),
        ("\n[style]\nbracket = 'half'", 2, "style has no option 'bracket'; did you mean 'brackets'?"),
        ("style = {quotes = 'round'}", 1, "style quotes must be one of curly, corner"),
        ("exclude = ['!']", 1, "exclude Invalid git pattern"),
        ("paths = 3", 1, "paths must hold tables"),
        ("[paths.'d/']\nselect = ['TRX']", 2, "select names no rule: 'TRX'"),
        ("[paths.'d/']\n\nfail-on = 'error'", 3, "fail-on holds for the whole project, not for some paths"),
        ("[paths.'d/']\nprofil = 'gb'", 2, "unknown setting 'profil'; did you mean 'profile'?"),
        ("[paths.'!']\nprofile = 'gb'", 1, "paths: Invalid git pattern"),
        ("path = 1", 1, "unknown setting 'path'; did you mean 'paths'?"),
    ],
)
def test_wrong_values_are_refused_with_their_line(folder: Path, text: str, line: int, says: str) -> None:
    write(folder, "yijiao.toml", text + "\n")
    with pytest.raises(SettingsError) as caught:
        load(Path())
    assert says in caught.value.message
    assert caught.value.line == line


GOOD = """digests = "texts"
exclude = ["README.md"]
glossary = ["terms.csv"]
ignore = ["FMT013"]
fail-on = "error"
profile = "gb"
known-abbreviations = ["NLP"]

[style]
quotes = "corner"

[severity]
TRM005 = "warning"

[paths."2024/"]
ignore = ["FMT003"]
"""


def test_show_settings_says_what_holds_and_where_it_comes_from(folder: Path) -> None:
    path = write(folder, "yijiao.toml", GOOD)
    result = run("2024/a.md", "--show-settings", "--select", "FMT", "--ignore", "FMT001", "--format", "json")
    assert result.code == 0
    shown = json.loads(result.out)
    rows = {name: (row["value"], row["from"]) for name, row in shown["settings"].items()}
    assert shown["file"] == str(path)
    assert rows["digests"] == ("texts", f"{path}:1")
    assert rows["select"] == (["FMT"], "--select")
    assert rows["ignore"] == (["FMT013", "FMT001", "FMT003"], f"{path}:16")
    assert rows["style.quotes"] == ("corner", f"{path}:9")
    assert rows["style.brackets"] == ("full", "profile gb")
    assert rows["review-dir"] == ("data/review", "default")
    text = run("2024/a.md", "--show-settings").out
    assert text.startswith(f"# settings for 2024/a.md, from {path}\n")
    assert 'fail-on = "error"' in text


def test_schema_accepts_what_the_reader_accepts(folder: Path) -> None:
    check = jsonschema.Draft202012Validator(schema())
    check.check_schema(schema())
    check.validate(tomllib.loads(GOOD))
    for wrong in ("digest = 'x'", "profile = 'big5'", "style = {quotes = 'round'}", "[paths.'d']\nfail-on = 'info'"):
        with pytest.raises(jsonschema.ValidationError):
            check.validate(tomllib.loads(wrong))


def test_published_schema_is_that_of_the_code() -> None:
    printed = spawn(folder=REPOSITORY, program=("-m", "checks.settings")).raw
    assert printed == (REPOSITORY / "docs/yijiao.schema.json").read_bytes()


def test_clean_text_needs_no_pattern_library(folder: Path) -> None:
    write(folder, "a.md", CLEAN)
    program = "import sys; from checks.__main__ import main; main(['a.md']); print('pathspec' in sys.modules)"
    assert spawn(folder=folder, program=("-c", program)).out.splitlines()[-1] == "False"
