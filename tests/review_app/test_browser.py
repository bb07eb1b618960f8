"""The app in a real browser: keys, focus, drafts, input methods, hostile text."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from browserkit import NARROW, PATIENCE, ROOT, Reviewer, Someone, Starter
from reviewkit import WEEK

HOSTILE = """\
## <script>window.ran = 1</script> A :red[Study] of $x$
[<img src=x onerror="window.ran = 2">用LLM](https://arxiv.org/abs/2504.00001)

用LLM<script>window.ran = 3</script> :red[x] $x$ **粗** <img src="https://example.org/x.png" onerror="window.ran = 4">
<style>body { display: none }</style><form action="/x"><input name="q"></form> \u202e反\u202c \u200b了。
"""


def gate(folder: Path) -> int:
    command = [sys.executable, "-m", "checks", "data/digests"]
    return subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False).returncode


def until_kept(folder: Path, text: str) -> None:
    """Wait until the server has a draft."""
    end = time.monotonic() + PATIENCE / 1000
    with closing(sqlite3.connect(folder / "data/review/.state/store.sqlite")) as store:
        while (text,) not in store.execute("select text from drafts").fetchall():
            assert time.monotonic() < end
            time.sleep(0.05)


def test_a_queue_is_cleared_by_keyboard_alone(project: Path, week: Path, start: Starter, reviewer: Reviewer) -> None:
    shutil.copy(ROOT / "data/digests/2025-w30.md", week)
    assert gate(project) == 1
    reviewer.open(start().url)
    done = {"accept": 0, "dismiss": 0, "other": 0, "edit": 0}
    while number := reviewer.id:
        turn = sum(done.values())
        assert turn < 300
        if turn % 5 == 2 and reviewer.code == "FMT001":
            quote = reviewer.page.locator(".findings [aria-current=true] .quote").inner_text()
            reviewer.edit()
            reviewer.page.keyboard.type(f"{quote[0]} {quote[1]}")
            reviewer.page.keyboard.press("Control+Enter")
            reviewer.closed()
            done["edit"] += 1
        elif turn % 9 == 4:
            reviewer.page.keyboard.press("d")
            reviewer.page.keyboard.press("4")
            reviewer.page.locator(".note input").wait_for()
            reviewer.page.keyboard.type("产品名 as is")
            reviewer.page.keyboard.press("Enter")
            done["other"] += 1
        elif turn % 5 == 3 or not reviewer.page.locator('.actions [data-action="accept"]').is_enabled():
            reviewer.page.keyboard.press("d")
            reviewer.page.keyboard.press("2")
            done["dismiss"] += 1
        else:
            reviewer.page.keyboard.press("a")
            done["accept"] += 1
        reviewer.until(number)
    assert sum(done.values()) >= 20
    assert min(done.values()) >= 2
    assert "退出码 0" in reviewer.page.locator(".yj-done").inner_text()
    assert gate(project) == 0


def test_a_reload_in_the_middle_of_an_edit_loses_nothing(week: Path, start: Starter, reviewer: Reviewer) -> None:
    reviewer.open(start().url)
    reviewer.press("j")
    number = reviewer.id
    reviewer.edit()
    reviewer.page.keyboard.type("某些文字")
    text = reviewer.area.input_value()
    reviewer.page.reload()
    reviewer.area.wait_for()
    assert reviewer.area.input_value() == text
    assert "某些文字" in text
    reviewer.ready()
    assert reviewer.id == number
    assert week.read_text(encoding="utf-8") == WEEK
    # And again once the server has it too, with the browser's own copy gone.
    reviewer.page.keyboard.type("更多")
    text = reviewer.area.input_value()
    until_kept(week.parents[2], text)
    reviewer.page.evaluate("localStorage.clear()")
    reviewer.page.reload()
    reviewer.area.wait_for()
    assert reviewer.area.input_value() == text


def test_escape_asks_only_where_there_is_something_to_lose(week: Path, start: Starter, reviewer: Reviewer) -> None:
    reviewer.open(start().url)
    reviewer.edit()
    reviewer.page.keyboard.press("Escape")
    reviewer.closed()
    reviewer.edit()
    reviewer.page.keyboard.type("x")
    reviewer.page.keyboard.press("Escape")
    assert reviewer.area.input_value() != ""
    assert "Esc" in reviewer.page.locator(".editor .message").inner_text()
    reviewer.page.keyboard.press("Escape")
    reviewer.closed()
    reviewer.edit()
    assert "x" not in reviewer.area.input_value()
    assert week.read_text(encoding="utf-8") == WEEK


def test_an_input_method_keeps_its_keys(week: Path, start: Starter, reviewer: Reviewer) -> None:
    reviewer.open(start().url)
    reviewer.edit()
    reviewer.page.evaluate(
        """() => {
            const find = (root) => {
                for (const node of root.querySelectorAll("*")) {
                    if (node.matches("textarea")) return node;
                    const inner = node.shadowRoot && find(node.shadowRoot);
                    if (inner) return inner;
                }
            };
            const area = find(document);
            const send = (made) => area.dispatchEvent(made);
            const key = (name, more) => send(new KeyboardEvent("keydown",
                { key: name, bubbles: true, composed: true, cancelable: true, isComposing: true, ...more }));
            send(new CompositionEvent("compositionstart", { bubbles: true, composed: true }));
            key("Enter", { ctrlKey: true });
            key("Escape", {});
            key("a", {});
            send(new CompositionEvent("compositionend", { data: "好", bubbles: true, composed: true }));
            key("Enter", { ctrlKey: true, isComposing: false, keyCode: 229 });
            key("Escape", { isComposing: false, keyCode: 229 });
        }"""
    )
    reviewer.page.wait_for_timeout(500)
    assert reviewer.area.is_visible()
    assert week.read_text(encoding="utf-8") == WEEK
    reviewer.page.keyboard.type("asdzjk?1")
    assert "asdzjk?1" in reviewer.area.input_value()
    assert week.read_text(encoding="utf-8") == WEEK


def test_hostile_text_is_only_text(week: Path, start: Starter, reviewer: Reviewer) -> None:
    week.write_text(HOSTILE, encoding="utf-8")
    asked: list[str] = []
    reviewer.page.on("request", lambda request: asked.append(request.url))
    server = start()
    reviewer.open(server.url)
    entry = reviewer.page.locator(".yj-entry")
    assert "<script>window.ran = 3</script> :red[x] $x$ **粗** <img" in entry.inner_text()
    assert "U+202E反U+202C U+200B了" in entry.inner_text()
    assert entry.locator("script, img, form, input, style").count() == 0
    for _ in range(3):
        reviewer.press("j")
    reviewer.edit()
    assert "window.ran" in reviewer.area.input_value()
    reviewer.page.wait_for_timeout(300)
    assert reviewer.page.evaluate("window.ran") is None
    assert reviewer.page.evaluate("getComputedStyle(document.body).display") != "none"
    assert [url for url in asked if not url.startswith((server.url, "blob:", "data:"))] == []


def test_presses_in_a_hurry_decide_one_finding_each(week: Path, start: Starter, reviewer: Reviewer) -> None:
    reviewer.open(start().url)
    first = reviewer.id
    for _ in range(5):
        reviewer.page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true, composed: true }))"
        )
    reviewer.until(first)
    reviewer.ready()
    reviewer.page.wait_for_timeout(500)
    assert week.read_text(encoding="utf-8") == WEEK.replace("用LLM", "用 LLM")
    reviewer.press("z")
    assert week.read_text(encoding="utf-8") == WEEK
    assert reviewer.id == first


def test_a_conflict_shows_both_and_saving_again_decides(week: Path, start: Starter, reviewer: Reviewer) -> None:
    reviewer.open(start().url)
    reviewer.edit()
    reviewer.page.keyboard.type("改用 L")
    week.write_text(WEEK.replace("我们用LLM处理", "我们采用LLM处理"), encoding="utf-8")
    reviewer.page.keyboard.press("Control+Enter")
    reviewer.page.locator(".actions .notice.error").wait_for()
    reviewer.page.locator(".editor textarea:focus:not([readonly])").wait_for()
    reviewer.page.locator(".yj-conflict").wait_for()
    # Until the page is drawn, the editor of before stands beside the new one.
    reviewer.ready()
    reviewer.page.locator(".editor textarea:focus:not([readonly])").wait_for()
    assert "我们采用LLM处理" in week.read_text(encoding="utf-8")
    assert "我们改用 LLM处理" in reviewer.area.input_value()
    assert "采" in reviewer.page.locator(".yj-conflict").inner_text()
    reviewer.page.keyboard.press("Control+Enter")
    reviewer.closed()
    assert "我们改用 LLM处理" in week.read_text(encoding="utf-8")


def test_a_file_that_goes_away_is_said(week: Path, start: Starter, reviewer: Reviewer) -> None:
    reviewer.open(start().url)
    reviewer.edit()
    reviewer.page.keyboard.type("我的话")
    week.unlink()
    reviewer.page.keyboard.press("Control+Enter")
    reviewer.page.locator(".actions .notice.error").wait_for()
    assert "文件已不存在" in reviewer.notice()
    assert "我的话" in reviewer.area.input_value()
    assert not week.exists()


def test_filters_and_the_finding_are_in_the_address(start: Starter, reviewer: Reviewer) -> None:
    reviewer.open(start().url)
    before = reviewer.bar.get_attribute("data-seq")
    reviewer.page.locator("details.code summary").click()
    reviewer.page.locator('details.code input[value="FMT003"]').check()
    reviewer.answered(before)
    reviewer.page.wait_for_url("**code=FMT003**")
    assert reviewer.code == "FMT003"
    reviewer.page.reload()
    reviewer.ready()
    assert reviewer.code == "FMT003"
    # What is left by Escape is not searched for.
    reviewer.page.keyboard.press("/")
    reviewer.page.keyboard.type("nothing")
    reviewer.page.keyboard.press("Escape")
    assert reviewer.page.locator(".findings .text").input_value() == ""
    assert reviewer.page.locator(".findings .row").count() == 1
    reviewer.press("a")
    assert reviewer.page.locator('.yj-done a[href="/"]').is_visible()
    # The next letter is a command, though a list was used last.
    reviewer.press("z")
    assert reviewer.code == "FMT003"


def test_read_only_offers_nothing_that_writes(week: Path, start: Starter, reviewer: Reviewer) -> None:
    reviewer.open(start("--read-only", "--lang", "en").url)
    for action in ("accept", "edit", "dismiss", "undo"):
        assert not reviewer.page.locator(f'.actions [data-action="{action}"]').is_enabled()
    number = reviewer.id
    for key in ("a", "e", "d", "1", "z"):
        reviewer.page.keyboard.press(key)
    reviewer.press("j")
    assert reviewer.id != number
    assert week.read_text(encoding="utf-8") == WEEK
    assert "read-only" in reviewer.page.locator(".yj-strip").inner_text()


def test_help_lists_the_keys_and_a_key_that_does_nothing_says_why(
    project: Path, start: Starter, reviewer: Reviewer
) -> None:
    # About the whole file, and nothing is proposed.
    (project / "yijiao.toml").write_text('select = ["FID011"]\n', encoding="utf-8")
    reviewer.open(start().url)
    for key, why in (("a", "没有可直接接受的修改建议"), ("d", "针对整个文件的问题不能忽略")):
        reviewer.page.keyboard.press(key)
        assert why in reviewer.notice()
    reviewer.page.keyboard.press("?")
    panel = reviewer.page.locator(".actions .panel")
    panel.wait_for()
    assert "Ctrl+Enter" in panel.inner_text()
    reviewer.page.keyboard.press("Escape")
    panel.wait_for(state="detached")


def test_the_page_fits_a_narrow_screen(someone: Someone, start: Starter) -> None:
    reviewer = someone(viewport=NARROW)
    reviewer.open(start().url)
    assert reviewer.page.evaluate("document.documentElement.scrollWidth") <= 390
    box = reviewer.page.locator('.actions [data-action="accept"]').bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844
