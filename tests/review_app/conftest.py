"""A project of its own for each test, and what opens it."""

from __future__ import annotations

from pathlib import Path

import pytest
from reviewkit import RULES, WEEK, Opener

from checks import settings
from checks.gate import Gate
from review_app.service import Service
from review_app.store import Store


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one digest, as the working folder."""
    codes = ", ".join(f'"{code}"' for code in RULES)
    (tmp_path / "yijiao.toml").write_text(f"select = [{codes}]\n", encoding="utf-8")
    (tmp_path / "data/digests").mkdir(parents=True)
    (tmp_path / "data/digests/week.md").write_text(WEEK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def week(project: Path) -> Path:
    """The digest."""
    return project / "data/digests/week.md"


@pytest.fixture
def opener(project: Path) -> Opener:
    """Opens the project: another process would do the same."""

    def open_(*paths: str, read_only: bool = False) -> Service:
        found = settings.load(project)
        store = Store.at(project / "store.sqlite")
        return Service(Gate(found), [Path(path) for path in paths or ("data/digests",)], store, read_only=read_only)

    return open_


@pytest.fixture
def service(opener: Opener) -> Service:
    """The project, opened."""
    return opener()
