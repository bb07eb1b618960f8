"""Every command of the README and of the documentation is run, as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
PAGES: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_BLOCK: Final = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_REMARK: Final = re.compile(r"\s+#\s.*$")
_SERVED: Final = re.compile(r"http://\S+")
NOT_HERE: Final = {
    r"pip install|make |git clone|\.ci/run": "sets a machine up; CI does it",
    r"python -m checks\.sources fetch": "asks arXiv; its tests ask a server of their own",
    r"checks '(?:s3|https|github|zip)://": "asks the network; tests/test_remote.py has a server of its own",
    r"checks --watch": "ends when somebody interrupts it; tests/test_watch.py does",
    r"--database postgresql": "wants a server named db; the tests of the store have one of their own",
}
ANSWERS: Final = {0, 1}
"""What a command of the documentation may answer: it was done, or it was done and there is something to say."""


class Command(NamedTuple):
    """One line of a block."""

    page: str
    text: str


def commands() -> Iterator[Command]:
    """All of them, in order, each once."""
    seen: set[str] = set()
    for page in PAGES:
        for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines():
                text = _REMARK.sub("", line).strip()
                if text and not text.startswith("#") and text not in seen:
                    seen.add(text)
                    yield Command(page.name, text)


COMMANDS: Final = list(commands())
RUN: Final = [command for command in COMMANDS if not any(re.match(f".*(?:{key})", command.text) for key in NOT_HERE)]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The samples as somebody's own project, with the files that the pages speak of."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data/sources", tmp_path / "data/sources")
    shutil.copytree(ROOT / "data/digests", tmp_path / "data/digests")
    for folder in ("old-model", "new-model", "draft", "other"):
        shutil.copytree(ROOT / "data/digests", tmp_path / folder)
    (tmp_path / "yijiao.toml").write_text("", encoding="utf-8")
    week = next((tmp_path / "data/digests").glob("*.md"))
    shutil.copy(week, tmp_path / "week.md")
    terms = "source,preferred\ngrid search,网格搜索\n"
    for name in ("terms.csv", "new.csv"):
        (tmp_path / name).write_text(terms, encoding="utf-8")
    pair = "<source>We use a GPU.</source><target>我们用GPU。</target>"
    unit = f'<trans-unit id="1">{pair}</trans-unit>'
    (tmp_path / "week.xlf").write_text(f'<xliff version="1.2"><file><body>{unit}</body></file></xliff>', "utf-8")
    (tmp_path / "metadata.csv").write_text("id,title,abstract\n2504.00001,A Study,We study.\n", encoding="utf-8")
    python(tmp_path, "-m", "glossary", "export", "terms.csv", "--format", "tbx", "--output", "terms.tbx")
    return tmp_path


def environment() -> dict[str, str]:
    # What `python` is in a page is what runs the tests.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PYTHONPATH": str(ROOT), "PATH": path}


def python(folder: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=folder, env=environment(), check=True, capture_output=True)


@pytest.mark.parametrize("command", RUN, ids=lambda command: f"{command.page}: {command.text}")
def test_a_command_of_the_documentation_does_what_it_is_there_for(command: Command, project: Path) -> None:
    if re.search(r"-m review_app(?!\.)", command.text) and "--print-completion" not in command.text:
        served(command.text, project)
        return
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.text],
        cwd=project, env=environment(), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode in ANSWERS, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "error:" not in ran.stderr.lower()


def served(text: str, project: Path) -> None:
    """Start the app until it says where it is."""
    line = text if "--port" in text else f"{text} --port 0"
    process = subprocess.Popen(
        ["bash", "-c", f"exec {line}"], cwd=project, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    patience = threading.Timer(180, process.kill)
    patience.start()
    try:
        assert process.stdout is not None
        assert _SERVED.search(process.stdout.readline())
    finally:
        patience.cancel()
        process.terminate()
        process.communicate(timeout=30)


def test_what_is_not_run_is_there_and_has_its_reason() -> None:
    left = [command.text for command in COMMANDS if command not in RUN]
    assert all(any(re.match(f".*(?:{key})", text) for text in left) for key in NOT_HERE)
    assert len(RUN) > 3 * len(left)
