"""The keys of 校对: a table, what somebody wants in its place, and where that shows."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from reviewkit import EDITOR, WEEK, Opener
from streamlit.testing.v1 import AppTest
from test_app import html, run, widget

from review_app import current
from review_app.keydesk import KeyDesk
from review_app.keys import ACTIONS, Keys
from review_app.locale import TEXTS, Words
from review_app.service import Service
from review_app.store import Preference, StoreError

ROOT = Path(__file__).resolve().parents[2]
ZH = Words("zh")


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give ``__main__`` back, as in :mod:`test_app`."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


def press(service: Service, name: str, key: str, editor: str = EDITOR) -> str:
    """Ask for a key on 设置; what is said."""
    desk = KeyDesk(service, editor, {})
    desk.act({"action": "give", "name": name, "key": key})
    notice = desk.data(ZH)["notice"]
    return notice["text"] if notice is not None else ""


def test_the_table_is_one_that_could_be_chosen() -> None:
    keys = [action.key for action in ACTIONS]
    assert len(set(keys)) == len(keys)
    for name, key, _ in ACTIONS:
        assert Keys().problem(name, key) is None
        assert f"help.{name}" in TEXTS


@pytest.mark.parametrize(
    "key", ["", "Enter", "Escape", "Tab", " ", "ArrowDown", "F5", "Process", "Dead", "\0", "\u0301", "AB"]
)
def test_a_key_that_is_no_letter_and_no_sign_is_refused(service: Service, key: str) -> None:
    assert "只能用单个字母或符号" in press(service, "accept", key)
    assert service.preferences.keys(EDITOR).own == {}


def test_keys_that_have_another_use_are_refused_with_what_that_is(service: Service) -> None:
    assert press(service, "accept", "j") == "J 已用于「下一条」，没有更改"
    assert press(service, "accept", "7").startswith("数字用来选建议和理由")
    assert press(service, "accept", "r") == "R 由页面框架占用，没有更改"
    assert press(service, "accept", "q") == "已设：Q · 接受第一项建议"
    assert press(service, "edit", "q") == "Q 已用于「接受第一项建议」，没有更改"
    # What was given up is free, and goes back only as long as it is.
    assert press(service, "edit", "a") == "已设：A · 修改所在的字段"
    desk = KeyDesk(service, EDITOR, {})
    desk.act({"action": "reset", "name": "accept"})
    assert desk.data(ZH)["notice"]["text"] == "A 已用于「修改所在的字段」，没有更改"
    assert service.preferences.keys(EDITOR).own == {"accept": "q", "edit": "a"}
    desk.act({"action": "reset", "name": "edit"})
    assert service.preferences.keys(EDITOR).own == {"accept": "q"}
    desk.act({"action": "reset-all"})
    assert service.preferences.keys(EDITOR).own == {}
    assert press(service, "no-action", "x") == ""


def test_each_editor_has_keys_of_their_own_in_every_process(opener: Opener, database: str) -> None:
    press(opener(database=database), "accept", "q", "王")
    theirs = opener(database=database)
    assert theirs.preferences.keys("王").label("accept") == "Q"
    assert [theirs.preferences.keys(name).own for name in (EDITOR, "")] == [{}, {}]


@pytest.mark.parametrize(
    "kept", ["", "x", "[]", '{"accept": 1}', '{"dance": "x"}', '{"accept": "1"}', '{"accept": "ab"}', "null"]
)
def test_what_is_kept_and_makes_no_sense_is_passed_over(service: Service, kept: str) -> None:
    service.store.prefer(Preference(EDITOR, "keys", kept, "2025"))
    assert service.preferences.keys(EDITOR).label("accept") == "A"


def test_a_new_action_takes_no_key_from_anybody() -> None:
    keys = Keys({"alike": "o"})
    assert (keys.key("alike"), keys.key("commented"), keys.label("commented")) == ("o", "", "–")
    assert keys.problem("commented", "g") is None
    # Of two for one key, the first has it.
    assert Keys({"accept": "x", "edit": "x"}).own == {"accept": "x"}


def test_a_store_that_fails_is_said(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StoreError("database is locked")

    monkeypatch.setattr(service.store, "prefer", fail)
    assert press(service, "accept", "q") == "键位存不进数据库，没有更改"


def test_everything_that_shows_a_key_shows_the_own_one(service: Service, project: Path) -> None:
    for name, key in (("accept", "q"), ("edit", "w"), ("dismiss", "x"), ("terms", "y"), ("filter", ";")):
        press(service, name, key)
    app = run(service)
    bar = widget(app, "actions")
    assert bar["actions"]["accept"] == {"key": "Q", "event": ""}
    assert {key: bar["keys"].get(key) for key in "qay;/"} == {
        "q": "accept",
        "a": None,
        "y": "terms",
        ";": "filter",
        "/": None,
    }
    assert [["Q"], "接受第一项建议"] in bar["help"]
    assert "<kbd>Q</kbd>" in html(app)
    assert widget(app, "findings")["key"] == ";"
    assert [section["key"] for section in widget(app, "aside")["sections"]] == ["Y", "N", "H", "M"]
    assert widget(app, "comments")["key"] == "P"
    (project / "data/digests/week.md").write_text(WEEK.replace("网格研究", "网格研究（"), encoding="utf-8")
    (project / "yijiao.toml").write_text('select = ["FMT005"]\n', encoding="utf-8")
    assert "按 W 修改，或按 X 忽略" in html(run(service))


def test_the_settings_page_tells_keys_and_what_became_of_a_press(service: Service) -> None:
    press(service, "accept", "q")
    current.configure(current.Current(service, EDITOR, "en"))
    app = AppTest.from_string("from review_app.pages import settings\nsettings.page()", default_timeout=60).run()
    assert not app.exception
    rows = {row["name"]: row for row in widget(app, "keys")["rows"]}
    assert list(rows) == [action.name for action in ACTIONS]
    assert (rows["accept"]["key"], rows["accept"]["usual"], rows["accept"]["own"]) == ("Q", "A", True)
    assert (rows["edit"]["text"], rows["edit"]["own"]) == ("edit the field", False)


def test_the_manual_has_the_usual_keys() -> None:
    manual = (ROOT / "docs/review.md").read_text(encoding="utf-8").partition("| key | does |")[2].partition("\n\n")[0]
    told = {key.lower() for key in re.findall(r"<kbd>(.)</kbd>", manual)}
    assert told - set("123456789") == {action.key for action in ACTIONS}
