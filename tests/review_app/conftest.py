"""A project of its own for each test, and what opens it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from postgreskit import REQUIRED, Cluster, cluster, why_no_postgres
from reviewkit import RULES, WEEK, Opener

from checks import settings
from checks.gate import Gate
from review_app.access import Access
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

    def open_(*paths: str, read_only: bool = False, database: str | None = None) -> Service:
        found = settings.load(project)
        store = Store(database or f"sqlite:///{project / 'store.sqlite'}")
        names = [Path(path) for path in paths or ("data/digests",)]
        return Service(Gate(found), names, store, access=Access(found.review_dir), read_only=read_only)

    return open_


@pytest.fixture
def service(opener: Opener) -> Service:
    """The project, opened."""
    return opener()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL server; the test is skipped where there is none to be had."""
    lacking = why_no_postgres()
    if lacking is not None and not REQUIRED:
        pytest.skip(lacking)
    with cluster() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    running: Cluster = request.getfixturevalue("postgres")
    return running.new()
