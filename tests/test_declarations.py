"""What rules declare, kept between runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from gatekit import REPOSITORY

from checks import declarations
from checks.registry import discovered
from glossary import cachedir, program

LISTING = "from checks.registry import rules; print([(r.rule, r.module) for r in rules()])"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(cachedir.VARIABLE, str(folder))
    return folder


def test_what_was_kept_is_what_the_modules_say() -> None:
    assert declarations.read() is None
    own = discovered()
    declarations.keep(own.values())
    kept = declarations.read()
    assert kept is not None
    assert [(each.rule, each.module, each.manual) for each in kept.values()] == [
        (each.rule, each.module, each.manual) for each in own.values()
    ]
    assert [type(each.rule.wake) for each in kept.values()] == [type(each.rule.wake) for each in own.values()]


@pytest.mark.parametrize("data", [b"", b"x", b"N.", b"[\x00\x00\x00\x00"])
def test_a_file_that_is_of_no_use_is_none(data: bytes) -> None:
    cachedir.write("rules", data)
    assert declarations.read() is None


def test_of_a_program_in_an_archive_nothing_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    archive = tmp_path / "program.pyz"
    archive.write_bytes(b"PK")
    monkeypatch.setattr(program, "_ROOT", str(archive))
    program._stamped.cache_clear()
    try:
        assert program.state("checks") is None
        declarations.keep(discovered().values())
        assert cachedir.read("rules") is None
        assert declarations.read() is None
    finally:
        program._stamped.cache_clear()


def run(home: Path, code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program, somewhere else."""
    home = tmp_path / "program"
    for package in ("checks", "glossary"):
        shutil.copytree(REPOSITORY / package, home / package, ignore=shutil.ignore_patterns("__pycache__"))
    return home


def test_a_rule_that_changes_is_read_again(copy: Path) -> None:
    module = copy / "checks/rules/typography/dash.py"
    before = run(copy, LISTING)
    assert run(copy, LISTING) == before
    module.write_text(module.read_text().replace('"warning"', '"info"', 1))
    assert "name='dash', severity='warning'" in before
    assert "name='dash', severity='info'" in run(copy, LISTING)


def test_a_rule_that_comes_or_goes_is_noticed(copy: Path) -> None:
    before = run(copy, LISTING)
    (copy / "checks/rules/typography/dash.py").unlink()
    after = run(copy, LISTING)
    assert "typography.dash'" in before
    assert "typography.dash'" not in after


def test_a_module_is_imported_when_its_rule_is_asked(copy: Path) -> None:
    """The second run knows what the rules declare; a rule's function still is the module's."""
    asked = (
        "import sys; from checks.registry import rules; found = {r.rule.code: r for r in rules()};"
        "print(sum(name.startswith('checks.rules.') for name in sys.modules));"
        "from checks.digest import parse; from checks.scene import *; from glossary import Glossary;"
        "scene = FileScene(parse('# x\\n[研究](https://arxiv.org/abs/2504.00001)\\n'), Context(Glossary.empty(), {}));"
        "print(len(list(found['DIG001'].check(scene.entries[0]))), found['DIG001'].module in sys.modules)"
    )
    first, second = run(copy, asked).split(), run(copy, asked).split()
    assert int(first[0]) > 60
    assert second == ["0", "1", "True"]
    assert run(copy, asked, YIJIAO_CACHE_DIR="").split() == first


def test_the_state_of_the_program_is_that_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.py").write_text("1")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/a.pyc").write_text("1")
    one = list(program.stamps(str(tmp_path)))
    assert [Path(path).name for path, *_ in one] == ["a.py"]
    # An archive unpacked over the program gives a file the date of then.
    module = tmp_path / "in/a.py"
    stat = module.stat()
    module.write_text("2")
    os.utime(module, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert list(program.stamps(str(tmp_path))) != one
