"""Comments, and keys of one's own, in a real browser: typing, drafts, two windows at once."""

from __future__ import annotations

import json
from pathlib import Path

from browserkit import Reviewer, Someone, Starter
from reviewkit import WEEK

HOSTILE = "<b>粗</b>是 jkl 吗？"
QUIET = "2504.00003"


def said(reviewer: Reviewer, text: str) -> None:
    """Wait until something stands among the comments."""
    reviewer.page.locator(".comments .remark", has_text=text).first.wait_for()


def strike(reviewer: Reviewer, key: str, code: str) -> None:
    """A key press as an input method, or another layout, hands it over."""
    before = reviewer.bar.get_attribute("data-seq")
    press = "([key, code]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true}))"
    reviewer.page.evaluate(press, [key, code])
    reviewer.answered(before)


def test_a_comment_is_written_by_key_and_reaches_others_who_are_writing(
    project: Path, start: Starter, someone: Someone
) -> None:
    lin, wang = someone(), someone()
    lin.open(start().url)
    finding = lin.id
    lin.page.keyboard.press("p")
    box = lin.page.locator(".comments textarea")
    # An input method composes, and its Enter chooses a word.
    session = lin.page.context.new_cdp_session(lin.page)
    session.send("Input.imeSetComposition", {"text": "wei", "selectionStart": 3, "selectionEnd": 3})
    session.send(
        "Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", "windowsVirtualKeyCode": 229, "modifiers": 2}
    )
    session.send("Input.insertText", {"text": "为"})
    lin.page.keyboard.type(HOSTILE)
    assert box.input_value() == f"为{HOSTILE}"
    assert not (project / "data/review/comments.jsonl").exists()
    # Outside the box, keys are commands again, and the text stays.
    lin.page.keyboard.press("Escape")
    lin.page.keyboard.press("j")
    lin.until(finding)
    lin.ready()
    second = lin.id
    lin.page.keyboard.press("k")
    lin.until(second)
    lin.page.reload()
    lin.ready()
    box.wait_for()
    assert box.input_value() == f"为{HOSTILE}"
    lin.page.keyboard.press("p")
    lin.page.keyboard.press("Control+Enter")
    said(lin, f"为{HOSTILE}")
    box.wait_for(state="hidden")
    assert lin.page.locator(".comments .of").inner_text() == "FMT001 · 摘要 · 「用L」"
    assert lin.page.locator(".findings .row .remarks").all_inner_texts() == ["1", "1", "1"]
    lin.page.reload()
    lin.ready()
    said(lin, HOSTILE)
    assert box.is_hidden()
    # Somebody else, at another server, is writing when an answer comes.
    wang.open(start(editor="王").url)
    said(wang, HOSTILE)
    assert wang.page.locator('.comments [data-action="withdraw"]').count() == 0
    wang.page.keyboard.press("p")
    wang.page.keyboard.type("我也")
    lin.page.locator('.comments [data-action="answer"]').click()
    lin.page.keyboard.type("我自己答")
    lin.page.keyboard.press("Control+Enter")
    said(lin, "我自己答")
    said(wang, "我自己答")
    wang.page.keyboard.type("想问")
    assert wang.page.locator(".comments textarea").input_value() == "我也想问"
    wang.page.locator('.comments [data-action="drop"]').click()
    # The author withdraws at the second press.
    for _ in range(2):
        lin.page.locator('.comments [data-action="withdraw"]').last.click()
    said(wang, "(已撤回)")
    wang.page.locator('.comments [data-action="resolve"]').click()
    lin.page.locator(".findings .remarks").first.wait_for(state="detached")
    lin.page.locator(".comments details summary", has_text="已解决的批注 (1)").wait_for()
    records = [json.loads(line) for line in (project / "data/review/comments.jsonl").read_text("utf-8").splitlines()]
    assert [record["by"] for record in records] == ["lin", "lin", "lin", "王"]


def test_entries_with_comments_are_found_by_key_and_by_filter(week: Path, start: Starter, reviewer: Reviewer) -> None:
    quiet = f"\n## A Study of Rings\n[环的研究](https://arxiv.org/abs/{QUIET})\n\n环很常见。\n"
    week.write_text(WEEK + quiet, encoding="utf-8")
    page = reviewer.page
    reviewer.open(f"{(url := start().url)}/?entry={QUIET}")
    page.keyboard.press("p")
    page.keyboard.type("请看")
    page.keyboard.press("Meta+Enter")
    said(reviewer, "请看")
    reviewer.open(f"{url}/?code=FMT003")
    reviewer.press("o")
    page.locator(".yj-done", has_text=QUIET).wait_for()
    said(reviewer, "请看")
    reviewer.press("o")
    assert "只有这里有" in reviewer.notice()
    before = reviewer.bar.get_attribute("data-seq")
    page.get_by_text("清除筛选").click()
    reviewer.answered(before)
    before = reviewer.bar.get_attribute("data-seq")
    page.get_by_text("只看有未解决批注的").click()
    reviewer.answered(before)
    assert page.locator(".findings .row").all_inner_texts() == [f"环的研究\n1\nweek.md · {QUIET}"]
    page.locator(".findings .row.stop").click()
    said(reviewer, "请看")


def test_a_key_is_chosen_by_pressing_it_and_holds_with_any_input_method(
    week: Path, start: Starter, reviewer: Reviewer
) -> None:
    page, url = reviewer.page, start().url
    page.goto(f"{url}/settings")
    status = page.locator(".keys .said")

    def choose(name: str, key: str) -> None:
        page.locator(f'.keys [data-focus="change-{name}"]').click()
        status.filter(has_text="请按新键…").wait_for()
        page.keyboard.press(key)

    choose("accept", "q")
    page.get_by_text("已设：Q").wait_for()
    choose("edit", "j")
    # Below the row, as the end of the list may be out of sight.
    below = page.locator(".keys dt", has_text="修改所在的字段").locator("+ dd + dd.near")
    below.filter(has_text="J 已用于「下一条」").wait_for()
    choose("edit", "Control+e")
    status.filter(has_text="只能用单个字母或符号").wait_for()
    choose("edit", "Escape")
    page.get_by_role("link", name="校对").click()
    reviewer.ready()
    assert page.locator('.actions [data-action="accept"] kbd').inner_text() == "Q"
    assert page.locator(".yj-fixes kbd").inner_text() == "Q"
    page.keyboard.press("?")
    assert "Q" in page.locator(".actions .panel dt kbd").all_inner_texts()
    page.keyboard.press("Escape")
    # The key of before does nothing; the new one decides.
    page.keyboard.press("a")
    reviewer.press("j")
    reviewer.press("k")
    assert week.read_text(encoding="utf-8") == WEEK
    reviewer.press("q")
    assert "用 LLM" in week.read_text(encoding="utf-8")
    strike(reviewer, "Process", "KeyZ")
    assert week.read_text(encoding="utf-8") == WEEK
    strike(reviewer, "й", "KeyQ")
    assert "用 LLM" in week.read_text(encoding="utf-8")
    strike(reviewer, "ｚ", "KeyZ")
    assert week.read_text(encoding="utf-8") == WEEK
