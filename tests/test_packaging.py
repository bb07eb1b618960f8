"""What `pip install` brings: every file, working commands, and no more requirements than the gate has."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from gatekit import CLEAN, REPOSITORY, WARNED, write
from installkit import Installed, tracked

from checks.verdict import VERSION

PACKAGES = ("checks", "glossary", "review_app")
IMPORTED_AS = {"python-ulid": "ulid", "psycopg[binary]": "psycopg"}
"""By distribution, where the name that is imported is another."""


def test_every_file_of_the_packages_is_installed(installed: Installed) -> None:
    wanted = {name for name in tracked() if name.partition("/")[0] in PACKAGES}
    found = {
        path.relative_to(installed.site).as_posix()
        for package in PACKAGES
        for path in (installed.site / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert found == wanted


def test_nothing_else_is_installed(installed: Installed) -> None:
    assert {path.name for path in installed.site.iterdir()} == {*PACKAGES, "bin", f"yijiao-{VERSION}.dist-info"}


def test_the_installed_gate_checks_and_mends(installed: Installed, tmp_path: Path) -> None:
    write(tmp_path, "week.md", WARNED)
    found = installed.run("yijiao-check", "week.md", "--format", "concise", folder=tmp_path)
    assert (found.returncode, "TRM006" in found.stdout) == (1, True), found.stderr
    assert installed.run("yijiao-check", "week.md", "--fix", folder=tmp_path).returncode == 0
    where = installed.run(sys.executable, "-c", "import checks.gate as it; print(it.__file__)", folder=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(installed.site)


@pytest.mark.parametrize("command", ["yijiao-check --rules", "yijiao-glossary stats", "yijiao-review --help"])
def test_each_command_answers(installed: Installed, tmp_path: Path, command: str) -> None:
    done = installed.run(*command.split(), folder=tmp_path)
    assert (done.returncode, done.stderr, bool(done.stdout)) == (0, "", True)


def test_the_gate_works_where_no_extra_is_installed(installed: Installed, tmp_path: Path) -> None:
    write(tmp_path, "week.md", CLEAN)
    absent = sorted(name for extra in required().values() for name in extra - required()[""])
    assert {"streamlit", "sqlalchemy", "requests"} <= set(absent)
    program = f"import sys; sys.modules |= dict.fromkeys({absent}); from checks.__main__ import main; sys.exit(main())"
    done = installed.run(sys.executable, "-c", program, "week.md", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def required() -> dict[str, set[str]]:
    """What is imported of each extra's requirements, the distribution's own under the empty name."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    named = {"": project["dependencies"], **project["optional-dependencies"]}
    return {extra: {_imported(line) for line in lines} - {"yijiao"} for extra, lines in named.items()}


def _imported(requirement: str) -> str:
    name = re.split(r"[<>=;! ]", requirement)[0]
    return IMPORTED_AS.get(name, name.partition("[")[0].replace("-", "_"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module


def test_what_is_imported_is_required_and_what_is_required_imported() -> None:
    paths = [path for package in ("checks", "glossary") for path in (REPOSITORY / package).rglob("*.py")]
    names = {name.partition(".")[0] for path in paths for name in _imports(path)}
    foreign = names - set(sys.stdlib_module_names) - set(PACKAGES)
    # The smaller doors ask for an extra; the gate itself runs without any, says the test above.
    assert required()[""] <= foreign <= set().union(*required().values())
