"""Comments on 校对 without a browser: what is shown, the filter, the walk; and on 记录 and in the summary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from reviewkit import EDITOR, WEEK, Opener
from streamlit.testing.v1 import AppTest
from test_app import html, run, widget

from review_app import current, summary
from review_app.commentdesk import Subject
from review_app.desk import Desk
from review_app.keys import Keys
from review_app.locale import Words
from review_app.recorddesk import RecordDesk
from review_app.service import Service

FILE = "data/digests/week.md"
FIRST, SECOND, QUIET = "2504.00001", "2504.00002", "2504.00003"
HOSTILE = "<img src=x onerror=alert(1)>\u202e[x](javascript:1)"


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give ``__main__`` back, as in :mod:`test_app`."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def week(project: Path) -> Path:
    """The digest, with an entry more in which nothing is open."""
    path = project / FILE
    quiet = f"\n## A Study of Rings\n[环的研究](https://arxiv.org/abs/{QUIET})\n\n环很常见。\n"
    path.write_text(WEEK + quiet, encoding="utf-8")
    return path


class Seat:
    """A desk with an address and a session of its own."""

    def __init__(self, service: Service, editor: str = EDITOR, **params: str) -> None:
        self.params, self.memory = params, dict[str, Any]()
        self.desk = Desk(service, editor, self.params, self.memory)
        self.service = service
        self.desk.look()

    def here(self) -> str | None:
        subject = self.desk.subject()
        return subject.entry if subject is not None else None

    def walk(self) -> tuple[str | None, str | None]:
        """Where the key for the next comment leads, and what is said."""
        self.desk.act({"action": "commented"})
        notice = self.desk.look().notice
        return self.here(), notice.key if notice is not None else None

    def data(self) -> dict[str, Any]:
        subject = self.desk.subject()
        assert subject is not None
        return self.desk.comments.data(subject, Keys(), Words("zh"))

    def ask(self, action: str, **more: Any) -> bool:
        subject = self.desk.subject()
        assert subject is not None
        return self.desk.comments.heard(subject, {"action": action, "entry": subject.entry, "token": "1", **more})


def test_a_comment_is_about_the_finding_the_selection_or_the_entry(week: Path, service: Service) -> None:
    seat = Seat(service)
    assert seat.data()["about"] == "FMT001 · 摘要 · 「用L」"
    assert seat.ask("say", text="为什么？", attached=True)
    assert seat.ask("say", text="这个词呢？", attached=True, quote=" 网格 \n数据 ")
    assert seat.ask("say", text="整条都好", attached=False)
    assert [thread["about"] for thread in seat.data()["threads"]] == ["FMT001 · 摘要 · 「用L」", "「网格 数据」", ""]
    assert seat.data()["done"] == {"token": "1", "ok": True, "text": "批注已发出"}
    # What was on the screen a moment ago, and what is no action, writes nothing.
    assert not seat.ask("say", text="晚了", entry=SECOND)
    assert not seat.ask("shout", text="喂")
    assert len(service.comments.threads) == 3
    assert seat.ask("answer", thread="gone", text="喂")
    assert seat.data()["done"] == {"token": "1", "ok": False, "text": "这条批注已不在了"}


def test_a_draft_is_forgotten_once_it_is_sent(week: Path, service: Service) -> None:
    seat = Seat(service)
    assert not seat.ask("keep", thread="", text="为什")
    assert Seat(service).data()["draft"] == {"thread": "", "text": "为什"}
    assert seat.ask("say", text="为什么？")
    assert Seat(service).data()["draft"] is None


def test_rows_and_filter_tell_where_comments_wait(week: Path, service: Service) -> None:
    for entry in (SECOND, SECOND, QUIET):
        service.comments.say("王", FILE, entry, "请看")
    found = widget(run(service), "findings")
    assert [row["comments"] for row in found["rows"]] == [0, 0, 0, 2, 2, 2]
    assert (found["rows"][3]["commentsText"], found["stops"]) == ("2 条未解决的批注", [])
    found = widget(run(service, comments="1"), "findings")
    assert [row["comments"] for row in found["rows"]] == [2, 2, 2]
    assert [(stop["entry"], stop["title"], stop["comments"]) for stop in found["stops"]] == [(QUIET, "环的研究", 1)]
    # Resolved ones wait for nobody.
    for thread in service.comments.threads:
        service.comments.resolve(EDITOR, thread.id)
    found = widget(run(service, comments="1"), "findings")
    assert (found["rows"], found["stops"]) == ([], [])


def test_the_walk_goes_round_all_entries_with_comments_whatever_the_filters(week: Path, service: Service) -> None:
    seat = Seat(service)
    assert seat.walk() == (FIRST, "notice.no-comments")
    service.comments.say("王", FILE, FIRST, "请看")
    assert seat.walk() == (FIRST, "notice.only-comment")
    service.comments.say("王", FILE, QUIET, "请看")
    service.comments.say("王", FILE, SECOND, "请看")
    assert seat.walk() == (SECOND, None)
    assert seat.walk() == (QUIET, None)
    assert (seat.params, seat.desk.look().shown) == ({"entry": QUIET}, None)
    assert seat.walk() == (FIRST, None)
    assert "entry" not in seat.params
    filtered = Seat(service, code="CHR", comments="1")
    assert filtered.walk() == (FIRST, "notice.unfiltered")
    assert "code" not in filtered.params
    # From the list: the filter by comments stays.
    listed = Seat(service, comments="1")
    listed.desk.act({"action": "stop", "entry": QUIET})
    listed.desk.look()
    assert (listed.here(), listed.params) == (QUIET, {"entry": QUIET, "comments": "1"})


def test_an_entry_in_which_nothing_is_open_is_commented_on_too(week: Path, service: Service) -> None:
    seat = Seat(service, entry=QUIET)
    assert seat.desk.subject() == Subject(FILE, QUIET, None)
    assert seat.ask("say", text="为什么没有问题？", attached=True)
    assert service.comments.open == {QUIET: 1}
    assert "2504.00003 没有待处理的问题" in html(run(service, entry=QUIET))


def test_what_is_said_is_only_ever_text(week: Path, service: Service) -> None:
    service.comments.say(HOSTILE, FILE, FIRST, HOSTILE)
    (thread,) = Seat(service).data()["threads"]
    assert thread["said"][0]["text"] == "<img src=x onerror=alert(1)><U+202E>[x](javascript:1)"
    app = run(service)
    assert "<img" not in html(app)
    assert "\u202e" not in str(widget(app, "comments"))


def test_a_reader_reads_comments_and_is_given_nothing_to_write_with(week: Path, opener: Opener) -> None:
    opener().comments.say("王", FILE, FIRST, "请看")
    seat = Seat(opener(read_only=True))
    data = seat.data()
    assert (data["readOnly"], len(data["threads"])) == (True, 1)
    assert seat.ask("answer", thread=data["threads"][0]["id"], text="好")
    assert seat.data()["done"]["text"] == "当前以只读方式打开，没有写入"


def test_the_record_shows_what_was_said_and_leads_to_its_entry(week: Path, service: Service) -> None:
    service.comments.say("王", FILE, QUIET, HOSTILE)
    service.comments.resolve(EDITOR, service.comments.threads[0].id)
    current.configure(current.Current(service, EDITOR, "zh"))
    app = AppTest.from_string("from review_app.pages import record\nrecord.page()", default_timeout=60).run()
    assert not app.exception
    resolved, said = widget(app, "record")["rows"]
    assert [(row["kindText"], row["by"], row["standing"], row["undoable"]) for row in (resolved, said)] == [
        ("解决批注", EDITOR, True, True),
        ("批注", "王", True, False),
    ]
    assert "<img" not in said["html"] + resolved["html"]
    assert "&lt;img" in said["html"]
    assert said["href"] == f"./?entry={QUIET}"
    desk = RecordDesk(service, EDITOR, {"kind": "comment"}, {})
    desk.act({"action": "undo", "id": said["id"]})
    view = desk.look()
    assert ([event.kind for event in view.found.events], view.notice and view.notice.key) == (
        ["comment"],
        "notice.not-yours",
    )


def test_the_summary_lists_what_is_open_and_what_has_lost_its_entry(
    week: Path, service: Service, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.comments.say("王", FILE, FIRST, "请看\n|这里|")
    service.comments.answer(EDITOR, service.comments.threads[0].id, "好")
    service.comments.say("王", FILE, "2504.99999", "原来的条目")
    service.comments.say("王", FILE, SECOND, "不再要看")
    service.comments.resolve(EDITOR, service.comments.threads[-1].id)
    (project / "data/digests/other.md").write_text(WEEK.replace("2504.", "2505."), encoding="utf-8")
    service.comments.say("王", "data/digests/other.md", "2505.00001", "别的文件")
    assert summary.main(["--lang", "zh", FILE]) == 0
    told = [line.split(" | ") for line in capsys.readouterr().out.partition("未解决的批注")[2].splitlines()[4:6]]
    assert [[line[0], line[2], line[4], line[5]] for line in told] == [
        ["| 2504.00001", "王", "请看 \\|这里\\|", "1 |"],
        ["| 2504.99999", "王", "原来的条目", "0 |"],
    ]
    (project / "data/review/comments.jsonl").write_text("x\n", encoding="utf-8")
    assert summary.main([FILE]) == 2
    assert "comments.jsonl:1: is not JSON" in capsys.readouterr().err
