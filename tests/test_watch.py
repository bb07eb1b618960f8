"""``--watch``: real files change, and what changed is said."""

from __future__ import annotations

import queue
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from gatekit import CLEAN, MENDED, RULES, WARNED, WRONG, run, spawn, start

from checks.files import replace

_VERDICT = re.compile(r"\[\d\d:\d\d:\d\d\] (\d+) files, (\d+) findings in all, exit code (\d)")
PATIENCE = 60.0


def write(folder: Path, name: str, text: str) -> None:
    """Put a file in its place in one step: half of one would be a round of its own."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, text)


class Watching:
    """The gate at work beside a project."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = start(
            ["--watch", "--format", "concise", "--lang", "en", *arguments], folder, stderr=subprocess.STDOUT
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.decode().rstrip("\n"))

    def round(self) -> tuple[list[str], tuple[int, int, int]]:
        """What is said up to the next verdict; and its files, findings and exit code."""
        said: list[str] = []
        while True:
            line = self._lines.get(timeout=PATIENCE)
            found = _VERDICT.match(line)
            if found:
                return said, (int(found[1]), int(found[2]), int(found[3]))
            said.append(line)

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, "yijiao.toml", 'select = ["TRM001", "TRM006", "DIG001"]\nglossary = "terms.csv"\n')
    write(tmp_path, "terms.csv", "source,preferred\nwidget theory,部件论\n")
    write(tmp_path, "data/digests/one.md", WARNED)
    write(tmp_path, "data/digests/two.md", CLEAN.replace("00001", "00002"))
    return tmp_path


@pytest.fixture
def watching(project: Path) -> Iterator[Watching]:
    found = Watching(project)
    yield found
    found.process.kill()
    found.process.wait()


def test_what_changes_is_checked_and_alone_is_told(project: Path, watching: Watching) -> None:
    said, verdict = watching.round()
    assert verdict == (2, 1, 1)
    assert "one.md:4" in said[0]
    write(project, "data/digests/two.md", WRONG.replace("00001", "00002"))
    said, verdict = watching.round()
    assert verdict == (2, 2, 1)
    assert [line.split(":")[0] for line in said if "TRM" in line] == ["data/digests/two.md"]
    write(project, "data/digests/sub/three.md", WARNED.replace("00001", "00003"))
    said, verdict = watching.round()
    assert verdict == (3, 3, 1)
    assert [line.split(":")[0] for line in said if "TRM" in line] == ["data/digests/sub/three.md"]
    # The new folder is watched as well.
    write(project, "data/digests/sub/three.md", MENDED.replace("00001", "00003"))
    assert watching.round()[1] == (3, 2, 1)
    (project / "data/digests/sub/three.md").unlink()
    said, verdict = watching.round()
    assert (said, verdict) == ([], (2, 2, 1))


def test_a_bilingual_file_that_the_settings_name_is_one_of_them(project: Path) -> None:
    write(project, "yijiao.toml", 'select = ["TRM001"]\nbilingual = ["*.csv", "!terms.csv"]\n')
    write(project, "data/digests/a.csv", "source,target\nx,好\n")
    watching = Watching(project)
    try:
        assert watching.round()[1] == (3, 0, 0)
        write(project, "data/digests/a.csv", "source,target\nx,大型语言模型\n")
        assert watching.round()[1] == (3, 1, 1)
    finally:
        watching.interrupt()


def test_terms_settings_and_decisions_are_taken_up(project: Path, watching: Watching) -> None:
    assert watching.round()[1] == (2, 1, 1)
    write(project, "terms.csv", "source,preferred,forbidden\nthing,物事,事物\n")
    said, verdict = watching.round()
    assert verdict == (2, 4, 1)
    write(project, "yijiao.toml", 'select = ["TRM006"]\nselekt = 1\n')
    said, verdict = watching.round()
    assert verdict[2] == 2
    assert "yijiao.toml:2" in said[0]
    write(project, "yijiao.toml", 'select = ["TRM006"]\nfail-on = "error"\n')
    assert watching.round()[1] == (2, 1, 0)
    assert watching.interrupt() == 0


def test_an_interrupt_ends_with_the_verdict_of_the_last_round(project: Path, watching: Watching) -> None:
    assert watching.round()[1][2] == 1
    assert watching.interrupt() == 1


def test_settings_that_are_broken_from_the_beginning_are_waited_out(tmp_path: Path) -> None:
    write(tmp_path, "yijiao.toml", "select = 3\n")
    write(tmp_path, "data/digests/one.md", WARNED)
    watching = Watching(tmp_path)
    try:
        assert watching.round()[1] == (0, 0, 2)
        write(tmp_path, "yijiao.toml", 'select = ["TRM006"]\n')
        assert watching.round()[1] == (1, 1, 1)
    finally:
        watching.process.kill()
        watching.process.wait()


@pytest.mark.parametrize(
    "option",
    [["--fix"], ["--diff"], ["--accept-new"], ["--prune"], ["--format", "json"], ["--rules"], ["-"]],
    ids=" ".join,
)
def test_what_writes_or_is_one_document_goes_without(option: list[str]) -> None:
    done = run("--watch", *RULES, *option)
    assert (done.code, done.out) == (2, "")
    assert "--watch" in done.err


def test_without_its_library_it_names_what_brings_it(project: Path) -> None:
    program = "import sys; sys.modules['watchfiles'] = None; from checks.__main__ import main; sys.exit(main())"
    done = spawn("-c", program, "--watch", folder=project, program=())
    assert (done.code, done.out) == (2, "")
    assert "pip install 'yijiao[watch]'" in done.err
