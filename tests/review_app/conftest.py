"""A project of its own for each test, and what opens it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import browserkit
import pytest
from browserkit import CHROMIUM, FLAGS, WIDE, Reviewer, Server, Someone, why_no_browser
from postgreskit import REQUIRED, Cluster, cluster, why_no_postgres
from reviewkit import RULES, WEEK, Opener
from worker import Starter, digest

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


@pytest.fixture
def shared(project: Path, week: Path) -> Path:
    """The project, with an entry for each editor of :mod:`worker`."""
    week.write_text(digest(), encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; the test is skipped where there is none to be had."""
    lacking = why_no_browser()
    if lacking is not None and not browserkit.REQUIRED:
        pytest.skip(lacking)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def start(project: Path) -> Iterator[browserkit.Starter]:
    """Starts the app in the project."""
    running: list[Server] = []

    def start_(*arguments: str, editor: str | None = "lin") -> Server:
        running.append(Server(project, *arguments, editor=editor))
        return running[-1]

    yield start_
    for server in running:
        server.stop()


@pytest.fixture
def someone(browser: Any) -> Iterator[Someone]:
    """Opens windows."""
    contexts: list[Any] = []

    def open_(**options: Any) -> Reviewer:
        contexts.append(browser.new_context(**{"viewport": WIDE, **options}))
        return Reviewer(contexts[-1].new_page())

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def reviewer(someone: Someone) -> Reviewer:
    """Who needs no more than one window."""
    return someone()


@pytest.fixture
def process() -> Iterator[Starter]:
    """Starts editors in processes of their own: the arguments are those of :mod:`worker`."""
    here = Path(__file__).parent
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: str, by: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        found = subprocess.Popen(
            [*by, sys.executable, str(here / "worker.py"), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(here.parents[1])},
        )
        running.append(found)
        return found

    yield start
    for each in running:
        each.kill()
        each.communicate()
