"""Digests to check, and the gate's door, run in this process or in another."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from checks import gate, tasks
from checks.__main__ import main
from checks.registry import Entries, Loaded, chosen
from checks.scene import Hit
from glossary import Glossary, kept, load_layers

REPOSITORY: Final = Path(__file__).parents[1]
FORMATS: Final = ("full", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "rdjson", "html")
RULES: Final = ("--select", "TRM001,TRM006,FMT001,DIG001")
"""Rules that do not change: what other rules say of the same text is not the door's business."""


def entry(
    body: str = "本文研究事物。",
    *,
    heading: str = "A Study of Things",
    title: str = "关于事物的研究",
    number: str = "2504.00001",
) -> str:
    """One paper of a digest."""
    return f"## {heading}\n[{title}](https://arxiv.org/abs/{number})\n\n{body}\n"


CLEAN: Final = entry()
WARNED: Final = entry("本文训练多个大语言模型 (LLMs)。")
"""One TRM006: a warning with a safe fix."""
MENDED: Final = entry("本文训练多个大语言模型 (LLM)。")
"""WARNED after its fix."""
WRONG: Final = entry("本文训练大型语言模型。")
"""One TRM001: an error with a safe fix."""


@dataclass(frozen=True)
class Result:
    """What a run of the door gave."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode()

    @property
    def document(self) -> dict[str, Any]:
        """The document of ``--format json``."""
        document = json.loads(self.out)
        assert isinstance(document, dict)
        return document

    @property
    def findings(self) -> list[dict[str, Any]]:
        found = self.document["findings"]
        assert isinstance(found, list)
        return found

    @property
    def errors(self) -> list[tuple[str, int | None]]:
        """Path and line of each error of the summary."""
        return [(error["path"], error["line"]) for error in self.document["summary"]["errors"]]

    @property
    def codes(self) -> list[str]:
        return [finding["code"] for finding in self.findings]


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    """Run the door in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin))
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main([str(argument) for argument in arguments])
    finally:
        sys.stdin = before
    written: list[bytes] = []
    for stream in (out, err):
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        written.append(stream.buffer.getvalue())
    return Result(code, written[0], written[1].decode())


@cache
def _loaded(layers: tuple[tuple[Path, ...], ...]) -> Glossary:
    return load_layers(layers)


def remember_glossary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the shipped glossary once for many runs; tests that change a glossary between two runs cannot use it."""
    monkeypatch.setattr(kept, "load", lambda layers: _loaded(tuple(map(tuple, layers))))


def refuse_to_read(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Take away the right to read files of this name, which the user root always has."""
    opened = Path.open

    def refuse(file: Path, *args: Any, **more: Any) -> Any:
        if file.name == path.name:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(file, *args, **more)

    monkeypatch.setattr(Path, "open", refuse)


def crash_rule(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Make a rule raise at every entry."""

    def crash(*_: object) -> Iterable[Hit]:
        raise ZeroDivisionError("by zero\x1b[2J")

    def with_crash(select: Sequence[str], ignore: Sequence[str]) -> tuple[Loaded, ...]:
        rules = chosen(select, ignore)
        return tuple(
            rule._replace(rule=rule.rule._replace(wake=Entries()), check=crash) if rule.rule.code == code else rule
            for rule in rules
        )

    monkeypatch.setattr(gate, "chosen", with_crash)
    monkeypatch.setattr(tasks, "rules", lambda: with_crash((), ()))


def start(
    arguments: Sequence[str | Path],
    folder: Path,
    environment: dict[str, str] | None = None,
    program: Sequence[str] = ("-m", "checks"),
    **options: Any,
) -> subprocess.Popen[bytes]:
    """Start the door, or another program, as a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY), **(environment or {})}
    command = [sys.executable, *program, *map(str, arguments)]
    given: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=folder, env=env, **(given | options))


def spawn(*arguments: str | Path, folder: Path, **options: Any) -> Result:
    """Run the door, or another program, as a process of its own, to its end; the options are those of `start`."""
    process = start(arguments, folder, **options)
    out, err = process.communicate(timeout=120)
    return Result(process.returncode, out or b"", (err or b"").decode())


def write(folder: Path, name: str, text: str | bytes = CLEAN) -> Path:
    """Write a file, byte for byte."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
