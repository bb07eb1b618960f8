"""Overview and settings in a real browser: what is drawn under the content security policy, and where it leads."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from browserkit import Reviewer, Server, Starter
from reviewkit import WEEK


@pytest.fixture
def server(project: Path, start: Starter) -> Server:
    week = project / "data/digests/week.md"
    week.rename(week.with_name("2025-w17.md"))
    week.with_name("2025-w18.md").write_text(WEEK.replace("2504.0000", "2504.0100"), encoding="utf-8")
    return start()


def test_the_overview_is_drawn_and_each_part_leads_to_its_findings(server: Server, reviewer: Reviewer) -> None:
    page, refused = reviewer.page, list[str]()
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    # The first address that anybody asks for is that of no file of ours.
    page.goto(f"{server.url}/overview")
    page.get_by_text("还有 12 个须处理的问题").wait_for()
    with page.expect_download() as taken:
        page.get_by_text("下载 CSV").first.click()
    with Path(taken.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["期"], row["退出码"], row["警告"]) for row in rows] == [("2025-W18", "1", "6"), ("2025-W17", "1", "6")]
    with page.expect_download() as taken:
        page.locator(".st-key-csv-quality button").click()
    with Path(taken.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["期"], row["MQM 得分"], float(row["每千词罚分"]) > 0) for row in rows] == [
        ("2025-W17", "", True),
        ("2025-W18", "", True),
    ]
    point = page.locator(".vega-embed .mark-symbol path").first
    point.click()
    reviewer.ready()
    assert page.locator(".findings .row").count() == 6
    assert "code=FMT&file=data%2Fdigests%2F2025-w17.md" in page.url
    page.goto(f"{server.url}/overview")
    page.locator(".yj-rules a").filter(has_text="FMT003").click()
    reviewer.ready()
    assert reviewer.code == "FMT003"
    assert refused == []


def test_a_rule_is_switched_off_after_a_look_at_what_that_does(
    server: Server, reviewer: Reviewer, project: Path
) -> None:
    page = reviewer.page
    page.goto(f"{server.url}/settings")
    search = page.get_by_label("按代码、名称或说明查找")
    search.fill("fmt001")
    # A letter typed into a field is no command.
    search.press("x")
    assert page.locator(".rules .rule:visible").count() == 0
    search.fill("missing SPACE")
    assert page.locator(".rules .rule:visible .code").all_inner_texts() == ["FMT001"]
    page.get_by_label("手册 FMT001").click()
    page.get_by_text("A space is missing between Chinese and Latin").wait_for()
    page.get_by_label("启用 FMT001").uncheck()
    page.get_by_text("FMT001：警告 → 关").wait_for()
    page.locator(".st-key-settings-preview button:enabled").wait_for()
    page.keyboard.press("p")
    page.get_by_text("未处理的问题 12 → 4").wait_for()
    page.locator(".st-key-settings-save button:enabled").wait_for()
    page.keyboard.press("s")
    page.get_by_text("设置已保存").wait_for()
    assert "FMT001" not in (project / "yijiao.toml").read_text(encoding="utf-8")
    page.get_by_text("English", exact=True).click()
    page.get_by_text("Everything in force").wait_for()
    page.reload()
    page.get_by_text("4 open").wait_for()
