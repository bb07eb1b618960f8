"""校对 in a real browser: checking as one types, inserting, what stands beside, who is here, filters, links."""

from __future__ import annotations

from pathlib import Path

import pytest
from browserkit import Reviewer, Someone, Starter
from reviewkit import WEEK

HEAVY = 1_000_000


def until_found(reviewer: Reviewer, text: str) -> None:
    """Wait until the editor says something of its text."""
    reviewer.page.locator(".editor .found", has_text=text).wait_for()


def caret(reviewer: Reviewer) -> list[int]:
    """What is selected in the editor."""
    return list(reviewer.area.evaluate("area => [area.selectionStart, area.selectionEnd]"))


def test_the_editor_tells_what_is_wrong_while_one_types(week: Path, start: Starter, someone: Someone) -> None:
    lin = someone()
    lin.open(start().url)
    lin.edit()
    until_found(lin, "这个问题还在")
    marks = lin.page.locator(".editor .mirror mark")
    assert marks.all_inner_texts() == ["用L", "M处", "（GPT-4）"]
    # The flagged place is selected: typing mends it.
    lin.page.keyboard.type("用 L")
    until_found(lin, "这个问题改好了")
    assert marks.all_inner_texts() == ["M处", "（GPT-4）"]
    lin.page.keyboard.type("LM和BERT以及L")
    until_found(lin, "和B")
    assert "用 LLM和BERT以及LLM处理" in lin.area.input_value()
    assert week.read_text(encoding="utf-8") == WEEK
    # What the browser takes back is the typing, and the marks follow.
    for _ in range(20):
        if "BERT" in lin.area.input_value():
            lin.page.keyboard.press("Control+z")
    assert "BERT" not in lin.area.input_value()
    assert "LM处理网格数据" in lin.area.input_value()
    # A press on a finding below selects its place.
    lin.page.locator(".editor .item", has_text="（GPT-4）").click()
    start_, end = caret(lin)
    assert lin.area.input_value()[start_:end] == "（GPT-4）"


def test_a_composition_is_left_alone(start: Starter, someone: Someone) -> None:
    lin = someone()
    lin.open(start().url)
    lin.edit()
    until_found(lin, "这个问题还在")
    sent: list[str] = []
    session = lin.page.context.new_cdp_session(lin.page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda event: sent.append(event["requestId"]))
    session.send("Input.imeSetComposition", {"text": "shi", "selectionStart": 3, "selectionEnd": 3})
    lin.page.wait_for_timeout(900)
    assert sent == []
    session.send("Input.insertText", {"text": "是"})
    lin.page.wait_for_timeout(900)
    assert sent != []
    assert "是" in lin.area.input_value()


def test_terms_and_pairs_are_inserted_by_key_and_taken_back(project: Path, start: Starter, someone: Someone) -> None:
    sources = '{"arxiv_id":"2504.00001","title_en":"A Study of Grids","abstract_en":"We use a large language model."}\n'
    (project / "data/sources").mkdir()
    (project / "data/sources/s.jsonl").write_text(sources, encoding="utf-8")
    lin = someone()
    lin.open(start().url)
    lin.edit()
    before = lin.area.input_value()
    lin.page.keyboard.press("Control+k")
    lin.page.locator(".editor .terms li").first.wait_for()
    lin.page.keyboard.press("1")
    assert "我们大语言模型LM处理" in lin.area.input_value()
    lin.page.keyboard.press("Control+z")
    assert lin.area.input_value() == before
    lin.page.keyboard.press("Alt+t")
    lin.page.keyboard.press("Escape")
    assert lin.page.locator(".editor .terms").is_hidden()
    for key, pair in (("q", "“”"), ("b", "《》"), ("p", "（）")):
        lin.area.evaluate("area => area.setSelectionRange(0, 2)")
        lin.page.keyboard.press(f"Alt+{key}")
        assert lin.area.input_value().startswith(f"{pair[0]}我们{pair[1]}")
        assert caret(lin) == [1, 3]
        lin.page.keyboard.press("Control+z")
        assert lin.area.input_value() == before


def test_the_english_stands_beside_the_editor_and_the_place_is_in_sight(
    project: Path, week: Path, start: Starter, someone: Someone
) -> None:
    sources = '{"arxiv_id":"2504.00001","title_en":"A Study of Grids","abstract_en":"We use a large language model."}\n'
    (project / "data/sources").mkdir()
    (project / "data/sources/s.jsonl").write_text(sources, encoding="utf-8")
    week.write_text(WEEK.replace("结果显示", "结果显示这里有很多很多文字。" * 120), encoding="utf-8")
    lin = someone()
    lin.open(start().url)
    lin.edit()
    english = lin.page.locator(".yj-source", has_text="large language model")
    english.wait_for()
    editor, beside = lin.page.locator(".editor").bounding_box(), english.bounding_box()
    assert editor is not None
    assert beside is not None
    assert editor["x"] + editor["width"] < beside["x"]
    assert lin.page.locator(".yj-en").count() == 1
    until_found(lin, "这个问题还在")
    assert lin.area.evaluate("area => area.scrollTop") == 0
    # The marks stand behind the text though what came later has made it narrower.
    assert lin.area.evaluate("area => area.previousSibling.clientWidth === area.clientWidth")
    lin.page.locator(".editor .item", has_text="（GPT-4）").click()
    assert lin.area.evaluate("area => area.scrollTop") > 0


def test_a_reload_keeps_text_selection_and_scroll(start: Starter, someone: Someone) -> None:
    lin = someone()
    lin.open(start().url)
    lin.edit()
    lin.page.keyboard.type("用 L")
    lin.area.evaluate("area => area.setSelectionRange(4, 9)")
    text = lin.area.input_value()
    lin.page.reload()
    lin.area.wait_for()
    lin.ready()
    assert lin.area.input_value() == text
    assert caret(lin) == [4, 9]


def test_who_is_here_is_seen_by_others(week: Path, start: Starter, someone: Someone) -> None:
    lin, wang = someone(), someone()
    lin.open(start().url)
    lin.edit()
    lin.page.keyboard.type("我")
    wang.open(start(editor="<b>王").url)
    here = lin.page.locator(".yj-onlookers .yj-at-entry")
    here.wait_for()
    assert here.inner_text() == "<b>王 在看这一条"
    # It came of itself, and the editor was not touched.
    assert "我们我LM处理" in lin.area.input_value()
    lin.page.keyboard.type("写")
    assert "我们我写LM处理" in lin.area.input_value()
    assert wang.page.locator(".yj-at-entry").inner_text() == "lin 在看这一条"
    for _ in range(3):
        wang.press("j")
    assert wang.page.locator(".yj-at-file").inner_text() == "lin 在这个文件里"
    lin.page.locator(".yj-onlookers .yj-at-file").wait_for()


def test_two_editors_of_one_entry_are_put_together_or_told_apart(week: Path, start: Starter, someone: Someone) -> None:
    lin, wang = someone(), someone()
    lin.open(start().url)
    wang.open(start(editor="王").url)
    lin.edit()
    lin.page.keyboard.type("用 L")
    # 王 mends another place of the same paragraph meanwhile: both hold.
    wang.press("j")
    wang.press("a")
    assert "LLM 处理" in week.read_text(encoding="utf-8")
    lin.page.keyboard.press("Control+Enter")
    lin.closed()
    assert week.read_text(encoding="utf-8") == WEEK.replace("用LLM处理", "用 LLM 处理")
    # The same place: nothing is written, both are shown, the text stays.
    lin.ready()
    lin.edit()
    lin.page.keyboard.type(" (GPT-4 Turbo) ")
    wang.press("k")
    while "GPT" not in wang.page.locator(".findings [aria-current=true]").inner_text():
        wang.press("j")
    wang.press("a")
    lin.page.keyboard.press("Control+Enter")
    lin.page.locator(".yj-conflict").wait_for()
    lin.page.locator(".actions .notice.error").wait_for()
    assert "GPT-4 Turbo" in lin.area.input_value()
    assert "基线 (GPT-4) 的表现" in week.read_text(encoding="utf-8")


def test_what_stands_beside_is_asked_for_and_stays_unfolded(project: Path, start: Starter, someone: Someone) -> None:
    lines = [
        f'{{"arxiv_id":"2504.0000{n}","title_en":"T","abstract_en":"We use a large language model."}}\n' for n in (1, 2)
    ]
    (project / "data/sources").mkdir()
    (project / "data/sources/s.jsonl").write_text("".join(lines), encoding="utf-8")
    # Earlier, and not in hand.
    (project / "data/digests/2024.md").write_text(WEEK.replace("网格数据", "<i>网格</i>数据"), encoding="utf-8")
    # So low that what a key unfolds would be below what is seen.
    lin = someone(viewport={"width": 1440, "height": 480})
    lin.open(start("data/digests/week.md").url)
    assert lin.page.locator(".aside .content").count() == 0
    lin.page.keyboard.press("l")
    terms = lin.page.locator(".aside .content.terms")
    terms.wait_for()
    for _ in range(20):
        box = terms.bounding_box()
        if box is not None and box["y"] + box["height"] < 480:
            break
        lin.page.wait_for_timeout(100)
    else:
        pytest.fail("the terms are below what is seen")
    assert "large language model" in terms.inner_text()
    assert "大语言模型" in terms.inner_text()
    lin.page.keyboard.press("n")
    lin.page.locator(".aside .content.neighbours").wait_for()
    lin.page.keyboard.press("m")
    recalled = lin.page.locator(".aside .content.memory")
    recalled.locator(".event").first.wait_for()
    assert recalled.locator("del").first.inner_text() == "<i>"
    assert "2024.md:4" in recalled.inner_text()
    lin.page.keyboard.press("m")
    recalled.wait_for(state="detached")
    lin.press("a")
    lin.page.keyboard.press("h")
    history = lin.page.locator(".aside .content.history")
    history.locator(".event").wait_for()
    assert "lin" in history.inner_text()
    assert history.locator("ins").all_inner_texts() == [" "]
    lin.page.reload()
    lin.ready()
    lin.page.locator(".aside .content.history").wait_for()
    assert lin.page.locator(".aside .content").count() == 3
    lin.page.keyboard.press("n")
    lin.page.locator(".aside .content.neighbours").wait_for(state="detached")


def test_filters_links_and_what_became_of_a_linked_finding(project: Path, start: Starter, someone: Someone) -> None:
    lin, wang = someone(), someone()
    url = start().url
    lin.open(f"{url}/?entry=2504.00002")
    assert lin.page.locator(".findings .row").count() == 3
    assert "2504.00002" in lin.page.locator(".findings .chip").inner_text()
    linked = f"{url}/?at={lin.id}"
    lin.press("a")
    wang.open(start(editor="王").url)
    wang.page.goto(linked.replace(url, wang.page.url.split("/?")[0]))
    wang.ready()
    assert "lin 接受修改" in wang.notice()
    # The search, by key: a letter typed there is no command.
    wang.page.keyboard.press("/")
    wang.page.keyboard.type("GPT")
    before = wang.bar.get_attribute("data-seq")
    wang.page.keyboard.press("Enter")
    wang.answered(before)
    assert wang.page.locator(".findings .row .quote").all_inner_texts() == ["用L", "M处", "（GPT-4）"]
    wang.page.wait_for_url("**text=GPT**")
    lin.page.goto(f"{url}/?entry=2599.99999")
    lin.ready()
    assert "没有条目 2599.99999" in lin.page.locator(".yj-done").inner_text()


def test_a_paragraph_of_a_megabyte_is_only_slow(week: Path, start: Starter, someone: Someone) -> None:
    long = "网格研究很有意思。" * (HEAVY // 27)
    week.write_text(WEEK.replace("结果显示", long + "结果显示"), encoding="utf-8")
    lin = someone()
    lin.open(start().url)
    lin.press("j")
    lin.edit()
    lin.page.locator(".editor .found", has_text="太长").wait_for()
    lin.page.keyboard.type("M 处")
    lin.page.keyboard.press("Control+Enter")
    lin.closed()
    assert "LLM 处理" in week.read_text(encoding="utf-8")


def test_fifty_findings_are_cleared_in_sixty_five_keys(
    project: Path, week: Path, start: Starter, someone: Someone
) -> None:
    (project / "yijiao.toml").write_text('select = ["FMT001"]\n', encoding="utf-8")
    bodies = ["".join(f"我们用X{entry}{place}。" for place in "ABCDE") for entry in range(10)]
    titles = [f"第{numeral}篇" for numeral in "零一二三四五六七八九"]
    entries = [
        f"## Paper {n}\n[{titles[n]}](https://arxiv.org/abs/2504.0000{n})\n\n{body}\n" for n, body in enumerate(bodies)
    ]
    week.write_text("\n".join(entries), encoding="utf-8")
    text = week.read_text(encoding="utf-8")
    lin = someone()
    lin.open(start().url)
    assert "待处理 50" in lin.page.locator(".yj-strip").inner_text()
    keys = 0

    def press(key: str) -> None:
        nonlocal keys
        keys += 1
        lin.page.keyboard.press(key)

    plan = ["edit"] * 7 + ["dismiss"] * 8 + ["accept"] * 35
    for what in plan:
        now = lin.id
        if what == "accept":
            press("a")
        elif what == "dismiss":
            press("d")
            press("2")
        else:
            lin.page.locator('.actions[data-waiting="no"][data-editing="no"]').wait_for(state="attached")
            press("e")
            lin.area.wait_for()
            lin.page.keyboard.type("使用 X")
            press("Control+Enter")
            lin.closed()
        lin.until(now)
        lin.ready()
    assert keys <= 65
    assert "退出码 0" in lin.page.locator(".yj-done").inner_text()
    edited = text.replace("我们用X", "我们使用 X", 7)
    # Of the other 43 places, eight stay as they were, and the rest got their space.
    first, *rest = edited.split("用X")
    expected = first + "".join(("用X" if place < 8 else "用 X") + part for place, part in enumerate(rest))
    assert len(rest) == 43
    assert week.read_text(encoding="utf-8") == expected
    records = (project / "data/review/dismissals.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(records) == 8
