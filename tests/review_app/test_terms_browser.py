"""The glossary in a real browser: search, form, draft, preview and save by keyboard, hostile cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browserkit import Reviewer, Starter
from reviewkit import WEEK

HOSTILE = """\
source,preferred,status,note
<script>window.ran = 1</script>,<img src=x onerror="window.ran = 2">,approved,<style>body{display:none}</style>
"""


@pytest.fixture
def folder(project: Path) -> Path:
    """A project with a term manager, a digest that says 格网, and a glossary that means ill."""
    (project / "yijiao.toml").write_text('select = ["TRM001"]\n', encoding="utf-8")
    (project / "data/digests/week.md").write_text(WEEK.replace("网格数据", "格网数据"), encoding="utf-8")
    for name in ("data/review", "data/glossary"):
        (project / name).mkdir()
    (project / "data/review/roles.toml").write_text('term-managers = ["wang"]\n', encoding="utf-8")
    (project / "data/glossary/terms.csv").write_text(HOSTILE, encoding="utf-8")
    return project


@pytest.fixture
def page(folder: Path, start: Starter, reviewer: Reviewer) -> Any:
    """The glossary, opened by the term manager."""
    reviewer.page.goto(f"{start(editor='wang').url}/terms")
    reviewer.page.locator('.termbar[data-waiting="no"]').wait_for(state="attached")
    return reviewer.page


def test_a_term_is_searched_proposed_previewed_and_saved_by_keyboard(folder: Path, page: Any) -> None:
    page.locator(".terms .row").first.wait_for()
    page.keyboard.press("/")
    page.keyboard.type("window.ran")
    page.locator(".terms .row").get_by_text("<script>window.ran = 1</script>").wait_for()
    page.locator(".yj-term h2").get_by_text("<script>window.ran = 1</script>").wait_for()
    page.wait_for_url("**/terms?q=window.ran*")
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    source = page.locator(".termform .field.source input")
    source.wait_for()
    source.fill("grid")
    page.locator(".termform .field.preferred input").fill("网格")
    forbidden = page.locator(".termform .field.forbidden textarea")
    # The page's own keys mean nothing while somebody types.
    forbidden.press_sequentially("jknx")
    forbidden.fill("网格")
    page.keyboard.press("Control+Enter")
    page.locator(".termform .field.forbidden .fault").get_by_text("网格").wait_for()
    forbidden.fill("格网")
    page.reload()
    page.locator(".termform .message").get_by_text("草稿").wait_for()
    assert forbidden.input_value() == "格网"
    page.keyboard.press("Alt+p")
    page.locator(".yj-seen .come").wait_for()
    assert page.locator(".yj-seen li").count() == 1
    assert forbidden.input_value() == "格网"
    forbidden.focus()
    page.keyboard.press("Control+Enter")
    page.locator(".termform").wait_for(state="detached")
    page.locator(".termbar .notice.ok").wait_for()
    text = (folder / "data/glossary/terms.csv").read_text(encoding="utf-8")
    assert text.startswith("source,preferred,status,note,forbidden\n<script>window.ran = 1</script>,")
    assert text.endswith("\ngrid,网格,approved,,格网\n")
    assert "待处理 1" in page.locator(".yj-count").inner_text()
    page.keyboard.press("z")
    page.locator(".termbar .notice").get_by_text("已撤销").wait_for()
    assert "grid" not in (folder / "data/glossary/terms.csv").read_text(encoding="utf-8")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
