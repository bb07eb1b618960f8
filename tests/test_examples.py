"""The examples for pipelines: valid where they are meant to stand, and their commands do what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from gatekit import CLEAN, REPOSITORY, WRONG, write
from installkit import Installed

from checks.report import FORMATS

EXAMPLES = REPOSITORY / "docs/examples"
SCHEMAS = {"github-workflow.yml": "vendor.github-workflows", "gitlab-ci.yml": "vendor.gitlab-ci"}


def document(name: str) -> Any:
    return yaml.safe_load((EXAMPLES / name).read_text())


def commands(name: str) -> list[str]:
    """The command lines of an example, in order."""
    jobs = document(name).get("jobs", document(name))
    steps = (step["run"] for job in jobs.values() for step in job.get("steps", ()) if "run" in step)
    return [*steps, *(line for job in jobs.values() for line in job.get("script", ()))]


def named_files(value: object) -> Iterator[str]:
    """The report files that what follows the gate reads."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("sarif_file", "path", "codequality", "junit"):
                yield from inner.split()
            else:
                yield from named_files(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from named_files(inner)


def told(report: Path) -> str:
    """What a report says, read as its reader would: not what it says of the rules in general."""
    if report.suffix == ".xml":
        return ElementTree.tostring(ElementTree.parse(report).getroot(), encoding="unicode")
    content = json.loads(report.read_text())
    return json.dumps([run["results"] for run in content["runs"]] if report.suffix == ".sarif" else content)


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_example_keeps_the_published_schema(name: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[name], str(EXAMPLES / name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif("sarif" not in FORMATS, reason="the formats of the platforms are not there")
@pytest.mark.parametrize(("text", "code"), [(CLEAN, 0), (WRONG, 1)], ids=["clean", "wrong"])
@pytest.mark.parametrize("name", SCHEMAS)
def test_the_commands_of_an_example_run(installed: Installed, tmp_path: Path, name: str, text: str, code: int) -> None:
    write(tmp_path, "data/digests/week.md", text)
    install, check = commands(name)
    assert install == "pip install yijiao"
    done = installed.run("sh", "-c", check, folder=tmp_path)
    assert (done.returncode, done.stderr) == (code, "")
    written = list(named_files(document(name)))
    assert written
    for file in written:
        assert ("TRM001" in told(tmp_path / file)) == bool(code)


def test_the_hooks_of_the_example_are_those_that_we_have() -> None:
    manifest = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text())
    (repo,) = document("pre-commit-config.yaml")["repos"]
    assert {hook["id"] for hook in repo["hooks"]} == {hook["id"] for hook in manifest}
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(EXAMPLES / "pre-commit-config.yaml")]
    subprocess.run(command, check=True, timeout=60)
