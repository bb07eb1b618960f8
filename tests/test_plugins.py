"""Rules of other distributions, installed as pip would install them: found, used like our own, refused when bad."""

from __future__ import annotations

import json
import runpy
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from gatekit import CLEAN, entry, run, spawn, write

from checks import registry

RULE = '''\
"""We say 本文, not 这篇文章.

Flagged: 这篇文章研究事物. Clean: 本文研究事物.
"""

from checks import Rule, Segments, Text

RULE = Rule(
    code="HSE001",
    name="this-paper",
    severity="warning",
    mqm="style/organizational-style",
    summary=Text("The paper called an article", "称论文为文章"),
    wake=Segments("章"),
    fix="safe",
)
_FOUND = Text("Write “{right}”", "应写作“{right}”")


def check(scene, _at):
    start = scene.masked.find("这篇文章")
    if start >= 0:
        fix = scene.fix(_FOUND, "safe", (start, start + 4, "本文"), right="本文")
        yield scene.hit(start, start + 4, _FOUND, fixes=(fix,), right="本文")
'''
FLAGGED = entry("这篇文章研究事物。", number="2504.00002")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project, and beside it `site`, which is on the path and is installed into."""
    write(tmp_path, "flagged.md", FLAGGED)
    write(tmp_path, "clean.md", CLEAN)
    write(tmp_path, "yijiao.toml", 'ignore = ["FID011"]')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.syspath_prepend(tmp_path / "site")
    before = set(sys.modules)
    forget()
    yield tmp_path
    forget()
    for name in set(sys.modules) - before:
        if name.startswith(("yijiao_house", "zz_other")):
            del sys.modules[name]


def forget() -> None:
    """What has been discovered; a program asks once."""
    registry.rules.cache_clear()
    registry.codes.cache_clear()


def install(folder: Path, name: str = "yijiao-house", target: str | None = None, **modules: str) -> None:
    """Lay a distribution into `site`, which is on the path of the programs that `gate` starts."""
    package = name.replace("-", "_")
    for module, source in {"__init__": "", **modules}.items():
        write(folder, f"site/{package}/{module}.py", source)
    info = f"site/{package}-1.2.dist-info"
    write(folder, f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
    write(folder, f"{info}/entry_points.txt", f"[yijiao.rules]\nhouse = {target or package}\n")


def test_a_rule_runs_and_mends(folder: Path) -> None:
    install(folder, this_paper=RULE)
    result = run("flagged.md", "clean.md", "--format", "json")
    (finding,) = result.findings
    assert result.code == 1
    assert (finding["code"], finding["quote"], finding["message"]) == ("HSE001", "这篇文章", "Write “本文”")
    assert "HSE001" in result.document["summary"]["rules"]
    assert run("flagged.md", "--fix").code == 0
    assert (folder / "flagged.md").read_text() == FLAGGED.replace("这篇文章", "本文")


def test_a_module_may_be_named_as_well_as_a_package(folder: Path) -> None:
    install(folder, target="yijiao_house.this_paper", this_paper=RULE, _helper="raise RuntimeError", other="")
    assert run("flagged.md", "--format", "json").codes == ["HSE001"]


def test_modules_with_an_underscore_are_helpers(folder: Path) -> None:
    install(folder, this_paper=RULE, _helper="raise RuntimeError")
    assert run("flagged.md", "--format", "json").codes == ["HSE001"]


def test_it_is_listed_and_explained(folder: Path) -> None:
    install(folder, this_paper=RULE)
    listed = json.loads(run("--rules", "--format", "json").out)["rules"]
    assert {rule["code"]: rule["plugin"] for rule in listed if rule["plugin"]} == {"HSE001": "yijiao-house 1.2"}
    explained = run("--explain", "hse001", "--lang", "en").out
    assert "plug-in: yijiao-house 1.2\n" in explained
    assert "We say 本文, not 这篇文章." in explained


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ('ignore = ["HSE", "FID011"]', 0),
        ('select = ["HSE001"]', 1),
        ('select = ["TRM"]', 0),
        ('severity = {HSE = "info"}\nignore = ["FID011"]', 0),
        ('[paths."flagged.md"]\nignore = ["HSE001", "FID011"]', 0),
    ],
)
def test_settings_speak_of_it(folder: Path, settings: str, code: int) -> None:
    install(folder, this_paper=RULE)
    write(folder, "yijiao.toml", settings)
    assert run("flagged.md").code == code


def test_without_the_plugin_its_code_is_unknown(folder: Path) -> None:
    write(folder, "yijiao.toml", 'ignore = ["HSE001"]')
    result = run("flagged.md")
    assert (result.code, "yijiao.toml:1: ignore names no rule: 'HSE001'" in result.err) == (2, True)


def test_a_comment_silences_it_and_is_told_when_idle(folder: Path) -> None:
    install(folder, this_paper=RULE)
    write(folder, "flagged.md", "<!-- yijiao: ignore[HSE001] quoted -->\n" + FLAGGED)
    write(folder, "clean.md", "<!-- yijiao: ignore[HSE001] quoted -->\n" + CLEAN)
    assert run("flagged.md", "clean.md", "--format", "json").codes == ["SUP001"]


def test_its_findings_go_into_the_baseline(folder: Path) -> None:
    install(folder, this_paper=RULE)
    assert run("flagged.md", "--accept-new").code == 0
    assert run("flagged.md").code == 0


def test_a_crash_is_reported_to_its_authors(folder: Path) -> None:
    install(folder, this_paper=RULE.replace("start = ", "start = 1 / 0  # "))
    result = run("flagged.md")
    assert result.code == 2
    assert "rule HSE001 crashed here (ZeroDivisionError: division by zero); please report it to the authors of" in (
        result.err
    )


BAD = {
    "no docstring": ({"bad": RULE.partition('"""\n\n')[2]}, "no docstring"),
    "no declaration": ({"bad": '"""Words."""'}, "declares no RULE"),
    "an import that fails": ({"bad": '"""W."""\nimport nowhere'}, "ModuleNotFoundError: No module named 'nowhere'"),
    "a defect at import": ({"bad": '"""W."""\n1 / 0'}, "ZeroDivisionError: division by zero"),
    "an exit at import": ({"bad": '"""W."""\nraise SystemExit(0)'}, "SystemExit: 0"),
    "a syntax error": ({"bad": "def"}, "SyntaxError"),
    "the code of another": (
        {"bad": RULE, "worse": RULE.replace("this-paper", "x")},
        "the code HSE001 is that of HSE001",
    ),
    "the name of another": (
        {"bad": RULE, "worse": RULE.replace("HSE001", "HSE002")},
        "the name 'this-paper' is that of HSE001",
    ),
    "a name of ours": ({"bad": RULE.replace("this-paper", "missing-space")}, "is that of FMT001 of Yijiao"),
    "a prefix of ours": ({"bad": RULE.replace("HSE001", "FMT901")}, "FMT901 has the prefix of a family"),
    "a code of another form": ({"bad": RULE.replace("HSE001", "HSE1")}, "'HSE1' is not three capital letters"),
    "a severity that is none": ({"bad": RULE.replace('"warning"', '"fatal"')}, "severity is not one of info"),
    "a wake that is no class": ({"bad": RULE.replace("Segments(", "Segments('z-a' + ")}, "the wake is none"),
    "a wake whose condition is no pattern": (
        {"bad": RULE.replace('Segments("章")', 'Entries(where="(")').replace("Segments", "Entries")},
        "the wake is none",
    ),
    "a wake of another type": ({"bad": RULE.replace("Segments(", "str(")}, "the wake is none"),
    "a summary in one language": ({"bad": RULE.replace('"称论文为文章"', '""')}, "summary is not a Text"),
    "nothing": ({}, "holds no rule"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_plugin_is_one_line_with_its_name_and_the_remedy(folder: Path, case: str) -> None:
    modules, says = BAD[case]
    install(folder, **modules)
    result = run("clean.md")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert result.err.startswith("plug-in yijiao-house 1.2: ")
    assert says in result.err
    assert result.err.endswith("; mend it, or do without it: pip uninstall yijiao-house\n")


def test_an_entry_point_must_name_a_module(folder: Path) -> None:
    install(folder, target="yijiao_house.this_paper:check", this_paper=RULE)
    assert "it is neither a module nor a package" in run("clean.md").err


def test_a_package_inside_that_fails_to_import_is_not_passed_over(folder: Path) -> None:
    install(folder, this_paper=RULE)
    write(folder, "site/yijiao_house/more/__init__.py", "import nowhere")
    assert "No module named 'nowhere'" in run("clean.md").err


def test_two_plugins_are_told_apart(folder: Path) -> None:
    install(folder, this_paper=RULE)
    install(folder, name="zz-other", this_paper=RULE)
    err = run("clean.md").err
    assert err.startswith(
        "plug-in zz-other 1.2: zz_other.this_paper: the code HSE001 is that of HSE001 of yijiao-house"
    )


def test_a_distribution_in_an_archive_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(folder, this_paper=RULE)
    with zipfile.ZipFile(folder / "house.zip", "w") as made:
        for path in (folder / "site").rglob("*"):
            made.write(path, path.relative_to(folder / "site"))
    (folder / "site").rename(folder / "away")
    monkeypatch.syspath_prepend(folder / "house.zip")
    assert run("--explain", "HSE001").out.startswith("HSE001 this-paper\n")


def test_an_installed_program_finds_it_too(folder: Path) -> None:
    install(folder, this_paper=RULE)
    path = f"{Path(__file__).parents[1]}:{folder / 'site'}"
    result = spawn("flagged.md", "--format", "json", folder=folder, environment={"PYTHONPATH": path})
    assert (result.code, result.codes) == (1, ["HSE001"])


def test_the_example_of_the_documentation_works(folder: Path) -> None:
    guide = (Path(__file__).parents[1] / "docs/writing-rules.md").read_text()
    rule, tests = (block.partition("\n```")[0] for block in guide.split("```python\n")[1:])
    install(folder, target="yijiao_house.this_paper", this_paper=rule)
    found = runpy.run_path(str(write(folder, "tests.py", tests)))
    tried = [test() for name, test in found.items() if name.startswith("test_")]
    assert len(tried) == 2
    assert run("--explain", "HSE001", "--lang", "en").out.count("Norm: the house rule of 12 May.") == 1
