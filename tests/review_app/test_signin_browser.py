"""Signing in, in a real browser: by a provider of OpenID Connect, and by the header of a proxy."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from browserkit import Reviewer, Someone, Starter
from idkit import Provider
from reviewkit import WEEK

from review_app.server import bind

HEADER = "X-Forwarded-User"
ROLES = 'default = "none"\neditors = ["lin@example.org"]\nreaders = ["guest@example.org"]\n'


@pytest.fixture(autouse=True)
def roles(project: Path) -> None:
    """Who may do what."""
    (project / "data/review").mkdir()
    (project / "data/review/roles.toml").write_text(ROLES, encoding="utf-8")


@pytest.fixture
def provider() -> Iterator[Provider]:
    running = Provider(sub="7", email="lin@example.org", email_verified=True, name="林")
    yield running
    running.stop()


def deciders(project: Path) -> list[str]:
    with closing(sqlite3.connect(project / "data/review/.state/store.sqlite")) as store:
        return [by for (by,) in store.execute('select "by" from events')]


def test_who_signs_in_decides_under_their_name_and_signs_out(
    project: Path, week: Path, start: Starter, someone: Someone, provider: Provider
) -> None:
    with bind("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    (project / "auth.toml").write_text(provider.settings(f"http://127.0.0.1:{port}"), encoding="utf-8")
    server = start("--auth", "auth.toml", "--port", str(port), editor=None)
    reviewer = someone()
    said: list[str] = []
    reviewer.page.on("console", lambda message: said.append(message.text))
    reviewer.page.goto(server.url)
    reviewer.page.get_by_role("button", name="登录").click()
    reviewer.ready()
    assert "lin@example.org" in reviewer.page.locator(".yj-strip").inner_text()
    reviewer.press("a")
    assert deciders(project) == ["lin@example.org"]
    assert week.read_text(encoding="utf-8") == WEEK.replace("用LLM", "用 LLM")
    # A new tab of the same browser is signed in; another browser is not.
    tab = Reviewer(reviewer.page.context.new_page())
    tab.open(server.url)
    stranger = someone()
    stranger.page.goto(server.url)
    stranger.page.get_by_role("button", name="登录").wait_for()
    for path in ("/queue", "/sign_in", "/sign-out"):
        # Nor by an address of their own making.
        stranger.page.goto(server.url + path)
        stranger.page.get_by_role("button", name="登录").wait_for()
        assert stranger.page.locator(".actions, .yj-entry, [data-testid=stSidebarNav]").count() == 0
    reviewer.page.get_by_text("退出登录").click()
    reviewer.page.get_by_role("button", name="登录").wait_for()
    assert [text for text in said if "Content Security Policy" in text] == []


def test_a_user_without_a_role_sees_nothing(
    project: Path, start: Starter, someone: Someone, provider: Provider
) -> None:
    provider.claims = {"sub": "8", "email": "lin@example.org", "email_verified": False}
    with bind("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    (project / "auth.toml").write_text(provider.settings(f"http://127.0.0.1:{port}"), encoding="utf-8")
    server = start("--auth", "auth.toml", "--port", str(port), "--lang", "en", editor=None)
    page = someone().page
    page.goto(server.url)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text(re.compile("default:8 may not see these digests")).wait_for()
    assert page.locator(".actions, .yj-entry").count() == 0


def test_a_proxy_names_the_user(project: Path, week: Path, start: Starter, someone: Someone) -> None:
    server = start("--proxy-header", HEADER, editor=None)

    def come(name: str | None) -> Reviewer:
        headers = {HEADER: name} if name is not None else {}
        reviewer = someone(extra_http_headers=headers)
        reviewer.page.goto(server.url)
        return reviewer

    editor = come("lin@example.org")
    editor.ready()
    editor.press("a")
    assert deciders(project) == ["lin@example.org"]
    changed = week.read_text(encoding="utf-8")
    reader = come("guest@example.org")
    reader.ready()
    assert "只读" in reader.page.locator(".yj-strip").inner_text()
    for action in ("accept", "edit", "dismiss", "undo"):
        assert not reader.page.locator(f'.actions [data-action="{action}"]').is_enabled()
    come("someone@example.org").page.get_by_text("没有查看这些稿件的权限").wait_for()
    come(None).page.get_by_text("没有收到您的身份").wait_for()
    assert week.read_text(encoding="utf-8") == changed
