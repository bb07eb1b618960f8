"""The gate as a library: what other programs import and what they may rely on.

``PYTHONPATH=. python tests/test_api.py > tests/public_api.txt`` takes the public interface down anew.
"""

from __future__ import annotations

import dataclasses
import doctest
import importlib
import inspect
import json
import sys
import typing
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import pytest
from gatekit import CLEAN, MENDED, WARNED, WRONG, entry, run, spawn, write

import checks
from checks.api import Checker

SNAPSHOT = Path(__file__).with_name("public_api.txt")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder outside any project."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def described() -> str:
    """Every public name with what a caller can see of it: signatures, methods, fields, bases."""
    lines = (line for name in checks.__all__ for line in lines_of(name, getattr(checks, name)))
    return "".join(line.replace("'", "") + "\n" for line in lines)


def lines_of(name: str, value: object) -> list[str]:
    if not isinstance(value, type):
        assert callable(value)
        return [f"def {name}{inspect.signature(value)}"]
    # What is private between a record and its methods is nobody's business.
    shown = (base.__bases__ if base.__name__.startswith("_") else (base,) for base in value.__bases__)
    bases = ", ".join(base.__name__ for some in shown for base in some if base is not object)
    found = [f"class {name}({bases})" if bases else f"class {name}"]
    if dataclasses.is_dataclass(value):
        found += [f"    {field.name}: {field.type}" for field in dataclasses.fields(value)]
    elif hasattr(value, "_fields"):
        record = next(base for base in value.__mro__ if "_fields" in vars(base))
        found += [f"    {name}: {kind}" for name, kind in inspect.get_annotations(record).items()]
    else:
        found += [f"    __init__{inspect.signature(value)}"]
    for member, owned in sorted(vars(value).items()):
        if inspect.isfunction(owned) and not member.startswith("_"):
            found.append(f"    def {member}{inspect.signature(owned)}")
        elif isinstance(owned, property):
            assert owned.fget is not None
            found.append(f"    {member}: {inspect.signature(owned.fget).return_annotation}  # read only")
        elif isinstance(owned, cached_property):
            found.append(f"    {member}: {inspect.signature(owned.func).return_annotation}  # read only")
    return found


def test_the_public_interface_is_what_it_was() -> None:
    """A change here is a change of the contract: write it into the changelog, then into the file."""
    now = described()
    assert now == SNAPSHOT.read_text()


def test_each_public_name_is_told_where_it_lives_and_explained() -> None:
    assert checks.__all__ == sorted(checks.__all__, key=lambda name: (name.islower(), name))
    assert set(checks.__all__) <= set(dir(checks))
    for name in checks.__all__:
        value = getattr(checks, name)
        assert inspect.getdoc(value), name
        assert value.__module__.partition(".")[0] in ("checks", "glossary")


def test_type_checkers_see_the_same_names() -> None:
    source = Path(inspect.getfile(checks)).read_text()
    seen = source.partition("if TYPE_CHECKING:")[2].partition("\nelse:")[0]
    told = {word.strip(",") for line in seen.splitlines() for word in line.split(" import ")[-1].split()}
    assert set(checks.__all__) <= told


def test_the_types_of_public_records_are_public() -> None:
    public = {name: getattr(checks, name) for name in checks.__all__}
    known = set(public.values())
    for record in (checks.FileReport, checks.Report, checks.Finding, checks.Fix, checks.Fixed, checks.Related):
        for hint in typing.get_type_hints(record, localns=public).values():
            for part in walked(hint):
                if isinstance(part, type) and part.__module__.startswith("checks."):
                    assert part in known, (record, part)


def walked(hint: object) -> typing.Iterator[object]:
    yield hint
    for part in typing.get_args(hint):
        yield from walked(part)


@pytest.mark.parametrize("name", ["checks", "checks.api"])
def test_the_examples_in_docstrings_are_true(name: str) -> None:
    tried = doctest.testmod(importlib.import_module(name))
    assert (tried.failed, tried.attempted > 0) == (0, True)


def test_importing_the_package_imports_nothing_else(folder: Path) -> None:
    program = "import sys, checks; print([name for name in sys.modules if name.startswith(('checks.', 'glossary'))])"
    assert spawn(program, folder=folder, program=("-c",)).out == "[]\n"


def test_there_is_no_other_name() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'check_txt'"):
        _ = checks.check_txt  # type: ignore[attr-defined]


def test_a_program_and_the_command_find_the_same(folder: Path) -> None:
    write(folder, "project/yijiao.toml", 'digests = "weeks"\nignore = ["FID011"]\nseverity = {TRM006 = "error"}\n')
    for name, text in (("a", WARNED), ("b", WRONG), ("c", CLEAN)):
        write(folder, f"project/weeks/{name}.md", text)
    report = checks.check_files("project/weeks")
    command = run("project/weeks", "--format", "json")
    assert [finding.fingerprint for finding in report.findings] == [it["fingerprint"] for it in command.findings]
    assert json.dumps(report.summary()) == json.dumps(command.document["summary"])
    assert (report.exit_code, command.code) == (1, 1)


def test_a_text_is_checked_by_the_settings_above_its_path(folder: Path) -> None:
    write(folder, "project/yijiao.toml", 'ignore = ["TRM006"]')
    inside = checks.check_text(WARNED, path=folder / "project/weeks/new.md")
    assert "TRM006" not in {finding.code for finding in inside.findings}
    assert "TRM006" in {finding.code for finding in checks.check_text(WARNED).findings}
    assert checks.check_text(WARNED, settings="project/yijiao.toml").findings == checks.check_text(
        WARNED, settings=checks.load_settings(folder / "project")
    ).findings  # fmt: skip


def test_the_defaults_hold_wherever_the_program_runs(folder: Path) -> None:
    write(folder, "yijiao.toml", 'select = ["DIG"]')
    assert checks.check_text(WRONG).findings == ()
    assert "TRM001" in {finding.code for finding in checks.check_text(WRONG, settings=checks.Settings()).findings}


def test_fixing_a_text_writes_nothing_and_says_what_was_mended(folder: Path) -> None:
    path = write(folder, "week.md", WARNED)
    fixed = checks.fix_text(WARNED, path=path)
    assert (fixed.text, [finding.code for finding in fixed.applied], fixed.settled) == (MENDED, ["TRM006"], True)
    assert path.read_text() == WARNED
    clumsy = entry("本文研究事物")
    assert checks.fix_text(clumsy).text == clumsy
    assert checks.fix_text(clumsy, unsafe=True).text == entry("本文研究事物。")


@pytest.mark.parametrize(
    ("text", "says"),
    [("a\nb\0", "<text>:2: holds a NUL"), ("a\ud800", "<text>:1: byte 0xed")],
)
def test_what_is_no_text_is_an_error(text: str, says: str) -> None:
    for function in (checks.check_text, checks.fix_text):
        with pytest.raises(checks.InputError) as raised:
            function(text)
        assert str(raised.value).startswith(says)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (checks.Settings(select=("TRX001",)), "settings: select names no rule: 'TRX001'; did you mean TRM001?"),
        (checks.Settings(severity={"FMT": "fatal"}), "settings: severity must be one of info, warning, error"),  # type: ignore[dict-item]
        (checks.Settings(profile="none"), "settings: profile must be one of digest, gb"),
        ("missing.toml", "missing.toml: no such settings file"),
    ],
)
def test_settings_that_cannot_be_used_are_an_error(settings: checks.Settings | str, says: str) -> None:
    with pytest.raises(checks.SettingsError) as raised:
        Checker(settings)
    assert str(raised.value).startswith(says)


def test_a_prefix_of_codes_serves_in_settings_made_by_hand() -> None:
    report = checks.check_text(WARNED, settings=checks.Settings(select=("trm",), severity={"TRM": "error"}))
    assert [(finding.code, finding.severity) for finding in report.findings] == [("TRM006", "error")]


def test_what_is_wrong_with_one_file_does_not_hide_the_others(folder: Path) -> None:
    write(folder, "good.md", WARNED)
    write(folder, "bad.md", b"\xff")
    report = checks.check_files([folder / "bad.md", folder / "good.md", "none.md"])
    assert [file.digest.path for file in report.files] == [str(folder / "good.md")]
    assert [Path(error.path).name for error in report.errors] == ["bad.md", "none.md"]
    assert report.exit_code == 2


def test_every_error_is_an_input_error() -> None:
    errors = [getattr(checks, name) for name in checks.__all__]
    tree = {it for it in errors if isinstance(it, type) and issubclass(it, Exception)}
    assert len(tree) == 8
    assert all(issubclass(error, checks.InputError) for error in tree)


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    checks.check_files("none.md")
    checks.fix_text(WRONG)
    assert tuple(capfd.readouterr()) == ("", "")


def test_threads_share_a_checker() -> None:
    # 组成 and 数据 make the segmenter cut, whose dictionary is shared as well.
    texts = [entry(f"本文训练大型语言模型，第{number}轮数据组成代理商LLMs。") for number in range(24)]
    checker, alone = Checker(checks.Settings()), Checker(checks.Settings())
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(checker.check_text, texts))
    assert [file.findings for file in together] == [alone.check_text(text).findings for text in texts]


if __name__ == "__main__":
    sys.stdout.write(described())
