"""Settings: where they are found, what they may be, and what holds without them."""

from __future__ import annotations

from pathlib import Path

import pytest
from gatekit import write

from checks.errors import SettingsError
from checks.inputs import inputs
from checks.settings import Settings, again, load


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("start", ["project", "project/data/digests", "project/data/digests/a.md", "project/none/x.md"])
def test_nearest_settings_file_upwards(folder: Path, start: str) -> None:
    write(folder, "yijiao.toml", 'fail-on = "info"')
    path = write(folder, "project/yijiao.toml", 'fail-on = "error"')
    write(folder, "project/data/digests/a.md")
    found = load(Path(start))
    assert (found.file, found.fail_on) == (path, "error")
    assert (found.digests, found.review_dir) == (Path("project/data/digests"), Path("project/data/review"))


def test_own_file_goes_before_pyproject(folder: Path) -> None:
    write(folder, "pyproject.toml", '[tool.yijiao]\nfail-on = "info"\n')
    assert load(Path()).fail_on == "info"
    write(folder, "yijiao.toml", 'fail-on = "error"\n')
    assert load(Path()).fail_on == "error"


def test_a_folder_beside_this_one_is_no_part_of_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "here/yijiao.toml", 'fail-on = "error"')
    write(folder, "there/a.md")
    monkeypatch.chdir(folder / "here")
    assert load(Path("../there/a.md")) == Settings()


def test_a_linked_digest_belongs_where_it_is_named(folder: Path) -> None:
    write(folder, "store/yijiao.toml", 'fail-on = "error"')
    write(folder, "store/a.md")
    write(folder, "project/yijiao.toml", 'fail-on = "info"')
    (folder / "project/a.md").symlink_to("../store/a.md")
    assert load(Path("project/a.md")).fail_on == "info"


@pytest.mark.parametrize("text", ["", "[tool.ruff]\nselect = ['E']\n", "[tool.yijiao]\n"])
def test_pyproject_makes_a_project_whatever_it_holds(folder: Path, text: str) -> None:
    path = write(folder, "pyproject.toml", text)
    assert load(Path()) == Settings(file=path, review_dir=Path("data/review"), digests=Path("data/digests"))


def test_without_a_project_no_decision_can_be_kept(folder: Path) -> None:
    assert load(folder / "a.md").review_dir is None


@pytest.mark.parametrize("project", [True, False])
def test_known_folders_are_used_where_they_exist(folder: Path, project: bool) -> None:
    if project:
        write(folder, "yijiao.toml", "")
    assert (load(Path()).sources, load(Path()).glossary) == ((), ())
    (folder / "data/sources").mkdir(parents=True)
    (folder / "data/glossary").mkdir()
    assert load(Path()).sources == (Path("data/sources"),)
    assert load(Path()).glossary == (Path("data/glossary"),)


def test_paths_are_relative_to_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = """\ufeff# 设置
digests = "texts"
glossary = "terms.csv"
sources = ["../all.jsonl", "/srv/more"]
review-dir = "decisions"
"""
    write(folder, "project/yijiao.toml", text)
    (folder / "project/data/sources").mkdir(parents=True)
    for working, root in (
        (folder, Path("project")),
        (folder / "project", Path()),
        (folder / "project/data", folder / "project"),
    ):
        monkeypatch.chdir(working)
        found = load(folder / "project")
        assert found.digests == root / "texts"
        assert found.glossary == (root / "terms.csv",)
        assert found.sources == (root / "../all.jsonl", Path("/srv/more"))
        assert found.review_dir == root / "decisions"


def test_named_file_goes_before_any_found(folder: Path) -> None:
    write(folder, "yijiao.toml", 'fail-on = "error"')
    other = write(folder, "sub/other.toml", 'fail-on = "info"')
    found = load(Path("a.md"), other)
    assert (found.fail_on, found.review_dir) == ("info", Path("sub/data/review"))


def test_severity_of_a_family_and_of_a_member(folder: Path) -> None:
    write(folder, "yijiao.toml", '[severity]\nTRM001 = "warning"\ntrm = "info"\n')
    severity = load(Path()).severity
    assert (severity["TRM001"], severity["TRM006"]) == ("warning", "info")
    assert "FMT001" not in severity


def test_codes_and_lists(folder: Path) -> None:
    write(folder, "yijiao.toml", 'select = ["TRM", "fmt001"]\nignore = ["TRM006"]\nknown-abbreviations = ["NLP"]\n')
    found = load(Path())
    assert (found.select, found.ignore, found.known_abbreviations) == (("TRM", "FMT001"), ("TRM006",), ("NLP",))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("digest = 'x'", "unknown setting 'digest'; did you mean 'digests'?"),
        ("zzz = 1", "unknown setting 'zzz'; known are: acceptable-penalty, baseline, bilingual, cache-dir,"),
        ("digests = 3", "digests must be a path, as a text"),
        ("digests = ''", "digests must be a path, as a text"),
        ("review-dir = ['x']", "review-dir must be a path, as a text"),
        ("glossary = 3", "glossary must be a path or a list of paths"),
        ("sources = [1]", "sources must be a path, as a text"),
        ("select = 'TRM'", "select must be a list of texts"),
        ("ignore = ['']", "ignore must be a list of texts"),
        ("select = ['TRM-001']", "select names no rule: 'TRM-001'; did you mean TRM001?"),
        ("fail-on = 'fatal'", "fail-on must be one of info, warning, error"),
        ("severity = 'info'", "severity must be a table of codes and severities"),
        ("severity = {TRM001 = 'fatal'}", "severity must be one of info, warning, error"),
        ("severity = {XYZ = 'info'}", "severity names no rule: 'XYZ'"),
        ("known-abbreviations = [1]", "known-abbreviations must be a list of texts"),
        ("digests", "is not valid TOML"),
    ],
)
@pytest.mark.parametrize("name", ["yijiao.toml", "pyproject.toml"])
def test_wrong_value_is_refused_with_its_line(folder: Path, name: str, line: str, says: str) -> None:
    # The tables of other tools have keys of the same names.
    before = "# 设置\n\n" if name == "yijiao.toml" else "[tool.ruff.lint]\nselect = ['E']\n\n[tool.yijiao]\n"
    path = write(folder, name, f"{before}{line}\n")
    with pytest.raises(SettingsError) as caught:
        load(Path())
    assert says in caught.value.message
    assert (caught.value.path, caught.value.line) == (str(path), before.count("\n") + 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[tool]\nyijiao = 3\n", 2),
        ("tool = 3\n", None),
        ("[tool.yijiao.severity]\nTRM001 = 'fatal'\n", 1),
        ("[tool]\nyijiao.zzz = 3\n", 2),
    ],
)
def test_other_ways_to_write_a_table(folder: Path, text: str, line: int | None) -> None:
    write(folder, "pyproject.toml", text)
    with pytest.raises(SettingsError) as caught:
        load(Path())
    assert caught.value.line == line


def test_options_that_say_nothing_change_nothing() -> None:
    base = Settings(select=("TRM",), fail_on="error")
    assert base.with_options(select=(), fail_on=None) == base
    assert base.with_options(select=("FMT",)).select == ("FMT",)


def test_the_command_line_stays_when_the_file_is_read_again(folder: Path) -> None:
    write(folder, "yijiao.toml", 'ignore = ["DIG001"]\n[paths."2024/"]\nignore = ["CHR001"]\n')
    given = load(folder).with_options(ignore=("FMT",), select=("FMT001", "DIG"), strict=True)
    assert given.ignore == ("DIG001", "FMT")
    assert given.with_tables(given.paths).ignore == ("DIG001", "FMT", "CHR001")
    write(folder, "yijiao.toml", 'ignore = ["DIG002"]\n')
    found = again(given)
    assert (found.ignore, found.select, found.strict) == (("DIG002", "FMT"), ("FMT001", "DIG"), True)
    assert again(found) == found


def test_a_usual_folder_that_comes_is_used_when_the_file_is_read_again(folder: Path) -> None:
    write(folder, "yijiao.toml", "")
    before = load(folder)
    seen = inputs(before)
    (folder / "data/sources").mkdir(parents=True)
    assert inputs(before) != seen
    assert (before.sources, again(before).sources) == ((), (Path("data/sources"),))
