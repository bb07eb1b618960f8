"""The pages' script, run without a browser."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from reviewkit import EDITOR, Opener
from streamlit.testing.v1 import AppTest

from checks.model import Language
from review_app import current
from review_app.desk import Desk
from review_app.service import Service


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give ``__main__`` back: AppTest leaves its script there, and a process spawned later would run it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


def run(service: Service, lang: Language = "zh", **params: str) -> AppTest:
    current.configure(current.Current(service, EDITOR, lang))
    app = AppTest.from_file(str(Path(current.__file__).with_name("app.py")), default_timeout=30)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def widget(app: AppTest, name: str) -> dict[str, Any]:
    found = [element.proto for element in app.get("bidi_component") if element.proto.component_name == f"yijiao.{name}"]
    assert len(found) == 1
    data: dict[str, Any] = json.loads(found[0].json)
    return data


def test_the_first_finding_is_shown_with_its_fix_and_marks(service: Service) -> None:
    app = run(service)
    shown = html(app)
    assert "待处理 6" in shown
    assert "门禁未通过 (1)" in shown
    assert "用<ins>␣</ins>LLM" in shown
    assert shown.count("yj-cur") >= 1
    assert 'lang="zh-Hans"' in shown
    assert [row["quote"] for row in widget(app, "findings")["rows"]][:2] == ["用L", "M处"]
    bar = widget(app, "actions")
    assert bar["fixes"] == [0]
    assert bar["id"] == service.queue()[0].id
    assert [reason["code"] for reason in bar["reasons"]] == ["false-positive", "accepted-here", "quotation", "other"]


def test_the_interface_speaks_english_too(service: Service) -> None:
    shown = html(run(service, "en"))
    assert "6 open" in shown
    assert "gate fails (1)" in shown
    assert "待处理" not in shown


def test_the_address_chooses_filter_and_finding(service: Service) -> None:
    row = service.queue()[4]
    app = run(service, code="FMT001", at=row.id)
    assert widget(app, "actions")["id"] == row.id
    assert len(widget(app, "findings")["rows"]) == 4
    # What is no code, severity or finding does no harm.
    assert widget(run(service, code="NONE001"), "findings")["rows"] == []
    assert len(widget(run(service, severity="<b>", at="gone"), "findings")["rows"]) == 6


def test_an_empty_queue_says_so_with_the_verdict_and_the_effort(service: Service) -> None:
    for row in service.queue():
        found = service.finding(row.id)
        if found is not None:
            service.accept(EDITOR, found)
    assert service.queue() == []
    shown = html(run(service))
    assert "全部处理完毕" in shown
    assert "退出码 0" in shown
    assert "python -m checks data/digests" in shown
    assert "TER" in shown
    assert "asian:yes" in shown


def test_a_list_has_pages(project: Path, opener: Opener) -> None:
    body = "用A。" * 60
    text = f"## T\n[题](https://arxiv.org/abs/2504.00009)\n\n{body}\n"
    (project / "data/digests/week.md").write_text(text, encoding="utf-8")
    service = opener()
    app = run(service, at=service.queue()[30].id)
    data = widget(app, "findings")
    assert (data["page"], data["pages"], len(data["rows"])) == (1, 3, 25)
    assert data["current"] in [row["id"] for row in data["rows"]]


def test_a_file_that_cannot_be_read_is_said_beside_the_others(project: Path, service: Service) -> None:
    (project / "data/digests/bad.md").write_bytes(b"\xff")
    shown = html(run(service))
    assert "bad.md:1: byte 0xff" in shown
    assert "待处理 6" in shown


class At:
    """A desk with an address and a session of its own."""

    def __init__(self, service: Service) -> None:
        self.params: dict[str, str] = {}
        self.memory: dict[str, Any] = {}
        self.desk = Desk(service, EDITOR, self.params, self.memory)
        self.service = service

    def quote(self) -> str | None:
        shown = self.desk.look().shown
        return shown.finding.quote if shown is not None else None

    def act(self, action: str, **more: Any) -> str | None:
        self.desk.act({"action": action, "id": self.params.get("at"), **more})
        return self.quote()


@pytest.fixture
def at(service: Service) -> At:
    found = At(service)
    assert found.quote() == "用L"
    return found


def test_moving_and_deciding(at: At) -> None:
    assert at.act("next") == "M处"
    assert at.act("previous") == "用L"
    assert at.act("previous") == "用L"
    assert at.act("accept") == "M处"
    assert at.act("skip") == "（GPT-4）"
    assert at.act("dismiss", reason="quotation") == "在R"
    assert at.act("undo") == "（GPT-4）"
    for _ in range(4):
        at.act("skip")
    assert at.quote() == "M处"  # round the end, to what was skipped


def test_a_stale_press_decides_nothing(at: At) -> None:
    first = at.params["at"]
    at.act("accept")
    at.desk.act({"action": "accept", "id": first})
    assert at.quote() == "M处"
    assert at.service.decided() == 1


def test_nonsense_from_the_browser_decides_nothing(at: At) -> None:
    for event in (
        {},
        {"action": "x"},
        {"action": "pick", "id": 3},
        {"action": "accept", "n": "x"},
        {"action": "dismiss"},
    ):
        at.desk.act({"id": at.params["at"], **event})
    at.act("dismiss", reason="other", note=" ")
    at.act("accept", n=7)
    assert at.quote() == "用L"
    assert at.service.decided() == 0


def test_an_edit_is_opened_kept_saved_and_discarded(at: At) -> None:
    at.act("edit")
    opened = at.desk.look().editing
    assert opened is not None
    # Nothing else happens while it is open.
    for action in ("accept", "next", "undo", "pick"):
        at.act(action)
    at.desk.keep(opened.base + "草稿")
    assert at.params["edit"] == "1"
    # A reload loses the session, not the draft.
    again = Desk(at.service, EDITOR, at.params, {}).look().editing
    assert again is not None
    assert again.text == opened.base + "草稿"
    at.desk.discard()
    assert at.desk.look().editing is None
    assert "edit" not in at.params
    at.act("edit")
    at.desk.save(opened.base.replace("用LLM", "用 LLM "))
    assert at.quote() == "（GPT-4）"
    assert at.service.decided() == 1


def test_a_finding_that_somebody_else_decided_gives_way_to_the_next(at: At, opener: Opener) -> None:
    other = opener()
    found = other.finding(at.params["at"])
    assert found is not None
    other.accept("wu", found)
    view = at.desk.look()
    assert view.shown is not None
    assert view.shown.finding.quote == "M处"
    assert view.notice is not None
    assert view.notice.key == "notice.fate-accept"
    assert view.notice.args is not None
    assert view.notice.args["name"] == "wu"


def test_filters_keep_the_finding_where_they_can(at: At) -> None:
    at.act("next")
    at.desk.standing.choose({"code": "FMT001"})
    assert at.quote() == "M处"
    at.desk.standing.choose({"code": "FMT003"})
    assert at.quote() == "（GPT-4）"
    at.desk.standing.choose({})
    assert at.params.keys() == {"at"}
    at.desk.standing.turn(99)
    assert at.quote() == "用L"


def terms(service: Service, **params: str) -> AppTest:
    """The glossary page alone: AppTest knows no address of a page that is made by navigation."""
    current.configure(current.Current(service, EDITOR, "zh"))

    def script() -> None:
        from review_app.pages import terms

        terms.page()

    app = AppTest.from_function(script, default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


HOSTILE_TERMS = """\
source,preferred,admitted,forbidden,status,note
<script>window.ran = 1</script>,<img src=x onerror=alert(1)>,=1+1|@SUM(A1),\u202e反\u202c,approved,<style>p</style>
"""


def test_the_glossary_shows_hostile_cells_as_text(project: Path, opener: Opener) -> None:
    (project / "data/glossary").mkdir()
    (project / "data/glossary/terms.csv").write_text(HOSTILE_TERMS, encoding="utf-8")
    app = terms(opener(), q="<script>", term="<script>window.ran = 1</script>")
    shown = html(app)
    assert "&lt;script&gt;window.ran = 1&lt;/script&gt;" in shown
    assert "=1+1" in shown
    for raw in ("<script", "<img", "<style>", "\u202e"):
        assert raw not in shown
    (row,) = widget(app, "terms")["rows"]
    assert row["source"] == "<script>window.ran = 1</script>"
    assert "\u202e" not in json.dumps(widget(app, "termbar"), ensure_ascii=False)


def test_a_glossary_that_breaks_before_it_was_looked_at_is_told_and_the_rest_shown(
    project: Path, service: Service
) -> None:
    (project / "data/glossary").mkdir()
    file = project / "data/glossary/terms.csv"
    file.write_text('source,preferred\ngrid,"网\n', encoding="utf-8")
    app = terms(service, q="agent")
    assert "terms.csv:2" in html(app)
    assert widget(app, "terms")["rows"][0]["source"] == "agent"
    # Once it is mended, its terms are there.
    file.write_text("source,preferred\ngrid,网格\n", encoding="utf-8")
    assert [row["source"] for row in widget(terms(service, q="grid"), "terms")["rows"]] == ["grid"]


def test_the_glossary_offers_an_editor_proposals_and_fills_the_form_from_the_address(service: Service) -> None:
    bar = widget(terms(service, q="agent"), "termbar")
    assert (bar["id"], bar["manages"], bar["words"]["edit"]) == ("agent", False, "提议改动")
    assert "approve" not in bar["actions"]
    form = widget(terms(service, new="1", source="grid", target="网格"), "termform")
    assert (form["values"]["source"], form["values"]["preferred"], form["values"]["status"]) == (
        "grid",
        "网格",
        "proposed",
    )
    assert "status" not in [field["name"] for field in form["fields"]]
