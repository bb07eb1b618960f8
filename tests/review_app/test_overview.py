"""The numbers of the overview, held against cases that can be counted by hand, and the page that shows them."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from reviewkit import EDITOR, WEEK, Opener, shown
from storekit import event
from streamlit.testing.v1 import AppTest
from test_app import html, run, widget

from checks.__main__ import main as gate
from checks.model import Language
from review_app import current, weeks
from review_app.overview import Day, Decided, command, overview
from review_app.service import Service
from review_app.store import Wanted
from review_app.tables import Cell, Table, queue

CLEAN = """\
## A Study of Grids
[网格研究](https://arxiv.org/abs/2504.00003)

我们用 LLM 处理网格数据。
"""


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give ``__main__`` back, as in :mod:`test_app`."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


def draw(service: Service, lang: Language = "zh") -> AppTest:
    """The page alone: navigation is beyond what can be tested without a browser."""
    current.configure(current.Current(service, EDITOR, lang))
    app = AppTest.from_string("from review_app.pages import overview\noverview.page()", default_timeout=60).run()
    assert not app.exception
    return app


@pytest.fixture
def weekly(project: Path, week: Path) -> Path:
    """The digests of two weeks: one with six findings in two entries, one clean."""
    week.rename(week.with_name("2025-w17.md"))
    (week.parent / "2025-w18.md").write_text(CLEAN, encoding="utf-8")
    return week.parent


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("data/digests/2025-w17.md", "2025-W17"),
        ("2025W7.md", "2025-W07"),
        ("digests/2025/0421-0425.md", "2025-W17"),
        ("digests/2024/1230-0103.md", "2025-W01"),
        ("2025-04-21.md", "2025-W17"),
        ("ai_20250421_v2.md", "2025-W17"),
        ("2024-01-01/2025-w18.md", "2025-W18"),
        ("2024-01-01/week.md", None),
        ("2025-w60.md", None),
        ("2025/9999.md", None),
        ("week.md", None),
    ],
)
def test_a_name_tells_its_week(path: str, label: str | None) -> None:
    found = weeks.day(path)
    assert (weeks.label(found) if found is not None else None) == label


def test_every_digest_has_its_line_the_latest_first(weekly: Path, opener: Opener) -> None:
    seen = overview(opener())
    assert [(line.label, line.exit_code, line.entries, line.failing) for line in seen.lines] == [
        ("2025-W18", 0, 1, 0),
        ("2025-W17", 1, 2, 6),
    ]
    assert (seen.exit_code, seen.failing, seen.errors) == (1, 6, ())
    assert dict(seen.lines[1].open) == {"warning": 6}
    assert {code: dict(counts) for code, counts in seen.by_rule.items()} == {
        "FMT001": {"warning": 4},
        "FMT003": {"warning": 1},
        "FMT006": {"warning": 1},
    }
    assert [(point.label, point.family, point.findings, point.rate) for point in seen.trend] == [
        ("2025-W17", "FMT", 6, 300.0),
        ("2025-W18", "FMT", 0, 0.0),
    ]


def test_the_verdicts_are_those_of_the_command(weekly: Path, opener: Opener) -> None:
    (weekly / "broken.md").write_bytes(b"\xff")
    seen = overview(opener())
    for line in seen.lines:
        assert gate([line.path]) == line.exit_code
    assert gate(["data/digests"]) == seen.exit_code == 2
    assert [line.label for line in seen.lines] == ["2025-W18", "2025-W17", "broken.md"]
    assert "not valid UTF-8" in str(seen.lines[2].errors[0])
    (weekly / "broken.md").unlink()
    # What keeps one file from being judged for all of them keeps each.
    review = weekly.parent / "review"
    review.mkdir(exist_ok=True)
    (review / "dismissals.jsonl").write_text("{\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"dismissals\.jsonl"):
        opener()


def test_decisions_broken_while_the_app_runs_leave_nothing_judged(weekly: Path, opener: Opener) -> None:
    service = opener()
    service.dismiss(EDITOR, shown(service, "用L"), "quotation")
    (weekly.parent / "review/dismissals.jsonl").write_text("{\n", encoding="utf-8")
    service.refresh()
    seen = overview(service)
    assert [line.exit_code for line in seen.lines] == [2, 2]
    assert gate(["data/digests/2025-w18.md"]) == 2


def test_no_digest_left_is_no_pass(weekly: Path, opener: Opener) -> None:
    service = opener()
    for path in weekly.iterdir():
        path.unlink()
    service.refresh()
    assert overview(service).exit_code == gate(["data/digests"]) == 2


def test_decisions_are_counted_by_digest_and_by_day_of_the_visitors_clock(weekly: Path, opener: Opener) -> None:
    service = opener()
    path = service.stored_path("data/digests/2025-w17.md")
    for at, kind in (
        ("2025-07-14T15:59:00.000000+00:00", "accept"),
        ("2025-07-14T16:01:00.000000+00:00", "accept"),
        ("2025-07-14T16:09:00.000000+00:00", "dismiss"),
    ):
        service.store.record([(event(at=at, kind=kind, path=path), None)])
    service.store.record([(event(path="../elsewhere.md"), None), (event(kind="settings", path=path), None)])
    utc, china = overview(service), overview(service, timedelta(hours=8))
    assert utc.days == [Day(date(2025, 7, 14), "accept", 2), Day(date(2025, 7, 14), "dismiss", 1)]
    assert china.days == [
        Day(date(2025, 7, 14), "accept", 1),
        Day(date(2025, 7, 15), "accept", 1),
        Day(date(2025, 7, 15), "dismiss", 1),
    ]
    assert [line.decided for line in china.lines] == [None, Decided(3, date(2025, 7, 14))]
    # What was taken back does not count.
    number = next(service.store.each(Wanted())).id
    service.store.record([(event(kind="undo", path=path), number)])
    assert sum(day.number for day in overview(service).days) == 2


def test_what_is_let_pass_and_who_is_there_is_said(weekly: Path, opener: Opener) -> None:
    service = opener()
    found = shown(service, "用L")
    service.dismiss(EDITOR, found, "quotation")
    service.look("wu", found.place.path, found.place.entry)
    service.look("an", found.place.path, None)
    line = overview(service).lines[1]
    assert (line.dismissed, line.failing, list(line.onlookers)) == (1, 5, ["an", "wu"])
    assert line.decided is not None
    assert line.decided.number == 1


def test_two_digests_of_a_week_are_told_apart(weekly: Path, opener: Opener) -> None:
    (weekly / "2025-04-22.md").write_text(CLEAN.replace("00003", "00004"), encoding="utf-8")
    labels = {line.label for line in overview(opener()).lines}
    assert labels == {"2025-W18", "data/digests/2025-04-22.md", "data/digests/2025-w17.md"}


def test_the_command_says_what_the_app_was_started_with(weekly: Path, opener: Opener) -> None:
    service = opener()
    assert command(service) == "python -m checks data/digests"
    service.gate.settings = service.gate.settings.with_options(
        extra_glossary=(Path("my terms.csv"),), review_dir=Path("r")
    )
    assert command(service) == "python -m checks --glossary 'my terms.csv' --review-dir r data/digests"


def test_a_table_is_taken_away_as_a_spreadsheet_reads_it() -> None:
    table = Table("t", ["期", "数"], [[Cell("a,b", "/?x"), Cell(3)]])
    assert table.csv().decode("utf-8-sig") == '期,数\r\n"a,b",3\r\n'


def test_the_page_says_whether_to_publish_and_leads_to_what_is_left(weekly: Path, opener: Opener) -> None:
    service = opener()
    app = draw(service)
    text = html(app)
    assert "还有 6 个须处理的问题" in text
    assert "python -m checks data/digests" in text
    link = queue(severity="warning", file="data/digests/2025-w17.md").replace("&", "&amp;")
    assert f'<a href="{link}"' in text
    assert 'href="/?severity=warning&amp;code=FMT001"' in text
    # One family, and how much what is open weighs.
    assert len(app.get("vega_lite_chart")) == 2
    assert "还没有人作过决定" in text
    assert len(app.get("download_button")) == 4
    for row in service.queue():
        if (found := service.finding(row.id)) is not None:
            service.accept(EDITOR, found)
    app = draw(service)
    assert "可以发布" in html(app)
    assert "没有未处理的问题" in html(app)
    # The two again, and the score, the months and the decisions.
    assert len(app.get("vega_lite_chart")) == 4


def test_a_file_that_cannot_be_judged_is_named_and_nothing_of_it_is_markup(weekly: Path, opener: Opener) -> None:
    (weekly / "<b>.md").write_bytes(b"\xff")
    text = html(draw(opener(), "en"))
    assert "It cannot be judged" in text
    assert "&lt;b&gt;.md" in text
    assert "<b>.md" not in text


def test_the_end_of_the_queue_leads_here(week: Path, service: Service) -> None:
    week.write_text(WEEK.replace("用LLM处", "用 LLM 处"), encoding="utf-8")
    for row in service.queue():
        if (found := service.finding(row.id)) is not None:
            service.accept(EDITOR, found)
    assert 'href="/overview"' in html(run(service))


def test_a_family_in_the_address_filters_the_queue(service: Service) -> None:
    assert "FMT" in {row.code[:3] for row in service.queue()}
    data = widget(run(service, code="FMT"), "findings")
    assert len(data["rows"]) == 6
    assert ["FMT", "FMT 排版 (6)"] in data["options"]["code"]
