"""Completion scripts, asked by the shells themselves."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from gatekit import CLEAN, FORMATS, run, spawn, write

DOORS = {"yijiao-check": "checks", "yijiao-glossary": "glossary", "yijiao-review": "review_app"}
ASK = """\
source /dev/stdin
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_shtab_${1//-/_}
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The scripts for bash by the command that they complete."""
    folder = tmp_path_factory.mktemp("scripts")
    ask = ("--print-completion", "bash")
    return {name: spawn(*ask, folder=folder, program=("-m", door)).out for name, door in DOORS.items()}


def completed(scripts: dict[str, str], line: str, folder: Path) -> list[str]:
    """What bash offers for the last word of a line."""
    words = line.split(" ")
    command = ["bash", "-c", ASK, "bash", *words]
    done = subprocess.run(command, input=scripts[words[0]], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("yijiao-check --sel", ["--select"]),
        ("yijiao-check --select SU", ["SUP", "SUP001", "SUP002"]),
        ("yijiao-check --ignore TRM001,SUP0", ["TRM001,SUP001", "TRM001,SUP002"]),
        ("yijiao-check --explain CHR00", [f"CHR00{number}" for number in range(1, 7)]),
        ("yijiao-check --fail-on w", ["warning"]),
        ("yijiao-check --fix we", ["week.md"]),
        ("yijiao-check --glossary te", ["terms.csv"]),
        ("yijiao-check --print-completion ", ["bash", "zsh", "fish"]),
        ("yijiao-glossary li", ["lint"]),
        ("yijiao-glossary export --format t", ["tsv", "tbx", "tbx-2008"]),
        ("yijiao-glossary lint te", ["terms.csv"]),
        ("yijiao-review --read", ["--read-only"]),
        ("yijiao-review --lang ", ["zh", "en"]),
    ],
)
def test_bash_offers(scripts: dict[str, str], tmp_path: Path, line: str, offered: list[str]) -> None:
    write(tmp_path, "week.md", CLEAN)
    write(tmp_path, "terms.csv", "source,preferred\n")
    assert completed(scripts, line, tmp_path) == offered


def test_bash_offers_every_format(scripts: dict[str, str], tmp_path: Path) -> None:
    assert set(FORMATS) <= set(completed(scripts, "yijiao-check --format ", tmp_path))


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize("door", DOORS.values())
def test_other_shells_read_their_script(tmp_path: Path, shell: str, door: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = spawn("--print-completion", shell, folder=tmp_path, program=("-m", door)).raw
    subprocess.run([shell, "-n", write(tmp_path, "script", script)], check=True)


def test_fish_offers_codes_after_a_comma(tmp_path: Path) -> None:
    if shutil.which("fish") is None:
        pytest.skip("fish is not installed")
    write(tmp_path, "script", run("--print-completion", "fish").raw)
    asked = "source script; complete -C 'yijiao-check --select TRM001,SUP0'"
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        ["fish", "-c", asked], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert [line.partition("\t")[0] for line in done.stdout.splitlines()] == ["TRM001,SUP001", "TRM001,SUP002"]


def test_another_shell_is_bad_usage(tmp_path: Path) -> None:
    result = run("--print-completion", "tcsh")
    assert (result.code, "--print-completion" in result.err) == (2, True)
