"""批量 and 记录 as pages: their script without a browser, and their keys in one."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from browserkit import NARROW, Someone, Starter
from reviewkit import EDITOR, WEEK, Opener, shown
from streamlit.testing.v1 import AppTest

from glossary import Term
from review_app import current, history
from review_app.components.summary import summary
from review_app.locale import Words
from review_app.service import Service

HOSTILE = "<svg onload=ran=2>"


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give ``__main__`` back: AppTest leaves its script there, and a process spawned later would run it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


def run(service: Service, page: str, **params: str) -> AppTest:
    current.configure(current.Current(service, EDITOR, "zh"))
    app = AppTest.from_string(f"from review_app.pages import {page}\n{page}.page()", default_timeout=30)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def widget(app: AppTest, name: str) -> dict[str, Any]:
    found = [element.proto for element in app.get("bidi_component") if element.proto.component_name == f"yijiao.{name}"]
    assert len(found) == 1
    data: dict[str, Any] = json.loads(found[0].json)
    return data


def test_the_bulk_page_shows_every_change_by_file_and_entry(service: Service) -> None:
    app = run(service, "bulk")
    groups = widget(app, "groups")
    first = groups["rows"][0]
    assert (first["code"], first["what"], first["size"]) == ("FMT001", summary("FMT001", Words("zh")), 4)
    data = widget(app, "changes")
    (file,) = data["files"]
    assert file["name"] == "data/digests/week.md"
    assert [(entry["name"], entry["title"], len(entry["rows"])) for entry in file["entries"]] == [
        ("2504.00001", "网格研究", 2),
        ("2504.00002", "树的研究", 2),
    ]
    assert "用<ins>␣</ins>LLM" in file["entries"][0]["rows"][0]["html"]
    assert data["head"]["facts"][0]["text"] == "共 4 处，1 个文件"
    assert (data["accepting"], data["readOnly"], data["back"]) == (4, False, False)
    assert widget(run(service, "bulk", like=shown(service, "M处").id), "changes")["back"] is True


def test_what_a_finding_without_a_fix_says_is_shown_beside_its_place(project: Path, week: Path, opener: Opener) -> None:
    (project / "yijiao.toml").write_text('select = ["FMT005"]\n', encoding="utf-8")
    week.write_text(WEEK.replace("（GPT-4）", "（GPT-4"), encoding="utf-8")
    (file,) = widget(run(opener(), "bulk"), "changes")["files"]
    row = file["entries"][0]["rows"][0]
    assert (row["fixable"], row["ticked"]) == (False, False)
    assert re.search(r"<mark[^>]*>（</mark>GPT-4的表现。 — \S", row["html"])


def test_the_record_page_shows_who_did_what_and_what_stands(service: Service) -> None:
    batch = service.accept_all(EDITOR, [shown(service, "用L"), shown(service, "（GPT-4）")])
    service.dismiss("wu", shown(service, "在R"), "quotation")
    service.undo("wu")
    data = widget(run(service, "record"), "record")
    undo, dismissed, bracket, space = data["rows"]
    assert (undo["kindText"], undo["standing"], undo["by"]) == ("撤销", False, "wu")
    assert (dismissed["state"], dismissed["html"]) == ("由 wu 撤销", '<mark class="yj-m">在R</mark>')
    assert (space["state"], space["batch"], space["batchText"]) == ("仍有效", batch.name, "撤销整批 2 处")
    assert "用<ins>␣</ins>LLM" in space["html"]
    assert bracket["href"].startswith("./?file=data%2Fdigests%2Fweek.md")
    assert len(widget(run(service, "record", kind="accept", by=EDITOR), "record")["rows"]) == 2


def test_the_record_says_why_and_shows_what_is_no_decision_on_a_finding(service: Service) -> None:
    service.dismiss("wu", shown(service, "在R"), "other", "a name <b>")
    change = service.terms.change(None, Term("grid search", "网格搜索", status="proposed"))
    assert change is not None
    assert service.terms.save(EDITOR, change).changed
    service.store.record([(history.settings(EDITOR, "../../yijiao.toml", "select = []\n", "ignore = []\n"), None)])
    settings, term, dismissed = widget(run(service, "record"), "record")["rows"]
    assert dismissed["reason"] == "其他：a name <b>"
    assert (term["kindText"], term["name"], term["standing"]) == ("术语", "grid search", True)
    assert "网格搜索" in term["html"]
    assert (settings["kindText"], settings["standing"], settings["state"], settings["reason"]) == (
        "设置",
        False,
        "",
        "",
    )
    assert len(widget(run(service, "record", kind="settings"), "record")["rows"]) == 1
    service.undo("wu")
    # Its word went with it.
    assert all(row["reason"] == "" for row in widget(run(service, "record"), "record")["rows"])


def test_a_reader_is_offered_nothing_that_writes(opener: Opener) -> None:
    service = opener(read_only=True)
    assert widget(run(service, "bulk"), "changes")["readOnly"] is True
    assert widget(run(service, "record"), "record")["readOnly"] is True


def ready(page: Any, name: str) -> Any:
    found = page.locator(f'.{name}[data-waiting="no"]')
    found.wait_for(state="attached")
    return found


def test_a_batch_by_keyboard_from_the_preview_to_its_undo_in_the_record(
    start: Starter, someone: Someone, week: Path
) -> None:
    week.write_text(WEEK.replace("我们用LLM", f"{HOSTILE}我们用LLM"), encoding="utf-8")
    url, at = start().url, someone(viewport=NARROW).page
    before = week.read_text(encoding="utf-8")
    at.goto(f"{url}/bulk?group=FMT001")
    changes = ready(at, "changes")
    assert at.evaluate("document.documentElement.scrollWidth") <= 390
    assert HOSTILE in changes.inner_text()
    # The second is unticked by keyboard, and applied at once what is left.
    at.keyboard.press("ArrowDown")
    at.keyboard.press("ArrowDown")
    at.keyboard.press("Space")
    at.locator('[data-action="accept"]', has_text="3").wait_for()
    at.keyboard.press("a")
    at.locator(".result").wait_for()
    text = week.read_text(encoding="utf-8")
    assert text == before.replace("用LLM", "用 LLM").replace("在RL中", "在 RL 中")
    at.keyboard.press("z")
    at.locator(".result").wait_for(state="detached")
    assert week.read_text(encoding="utf-8") == before
    ready(at, "changes")
    at.keyboard.press("a")
    at.locator(".result").wait_for()
    at.goto(f"{url}/record?kind=accept")
    record = ready(at, "record")
    assert record.locator(".event").count() == 6
    assert at.evaluate("document.documentElement.scrollWidth") <= 390
    with at.expect_download() as download:
        at.locator(".st-key-export-csv button").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbfid,at")
    at.keyboard.press("b")
    record.locator(".notice.ok").wait_for()
    assert week.read_text(encoding="utf-8") == before
    assert at.evaluate("window.ran") is None
    at.keyboard.press("g")
    at.locator('.actions[data-waiting="no"]').wait_for(state="attached")
    assert "file=" in at.url
