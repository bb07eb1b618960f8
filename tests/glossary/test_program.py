"""Which program this is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from glossary import cachedir, program


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of our own, and an empty cache."""
    monkeypatch.setenv(cachedir.VARIABLE, str(tmp_path / "cache"))
    made = tmp_path / "here/own"
    (made / "inner").mkdir(parents=True)
    (made / "__init__.py").write_text("one\n", encoding="utf-8")
    (made / "inner/data.csv").write_text("a,b\n", encoding="utf-8")
    return made


def content(package: Path, monkeypatch: pytest.MonkeyPatch) -> bytes | None:
    """As another process would work it out."""
    program.content.cache_clear()
    program._stamped.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(program, "_ROOT", str(package.parent))
        try:
            return program.content(package.name)
        finally:
            program.content.cache_clear()
            program._stamped.cache_clear()


def test_the_content_of_a_program_is_that_of_its_files(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = content(package, monkeypatch)
    assert first is not None
    os.utime(package / "__init__.py", (1, 1))
    assert content(package, monkeypatch) == first
    there = tmp_path / "there/own"
    shutil.copytree(package, there)
    (there / "inner/__pycache__").mkdir()
    (there / "inner/__pycache__/x.pyc").write_bytes(b"x")
    assert content(there, monkeypatch) == first
    (there / "inner/data.csv").write_text("a,c\n", encoding="utf-8")
    assert content(there, monkeypatch) != first
    (package / "inner/data.csv").rename(package / "data.csv")
    assert content(package, monkeypatch) != first


def test_files_that_have_not_changed_are_not_read_again(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = content(package, monkeypatch)

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(program, "open", refuse, raising=False)
    assert content(package, monkeypatch) == first
    (package / "__init__.py").write_text("two\n", encoding="utf-8")
    assert content(package, monkeypatch) is None


def test_a_program_without_files_has_no_content(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(package)
    assert content(package, monkeypatch) is None
