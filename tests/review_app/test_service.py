"""What an editor can do, on real files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from reviewkit import EDITOR, WEEK, Opener, quotes, shown

import checks.gate
from checks.__main__ import main as gate_main
from checks.model import Edit, Fix, Message, Text
from checks.registry import Files, Loaded, Rule
from checks.scene import FileScene, Hit
from review_app.outcome import Filters
from review_app.service import Service

COMMA = "式,速"


def records(project: Path) -> list[dict[str, object]]:
    path = project / "data/review/dismissals.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_the_queue_is_that_of_the_gate_in_order(service: Service) -> None:
    assert quotes(service) == ["用L", "M处", "（GPT-4）", "在R", "L中", COMMA]
    assert [row.order for row in service.queue()] == sorted(row.order for row in service.queue())
    assert service.verdict("data/digests/week.md") == 1 == gate_main(["data/digests"])


def test_filters(service: Service) -> None:
    assert [row.quote for row in service.queue(Filters(codes=frozenset({"FMT003"})))] == ["（GPT-4）"]
    assert service.queue(Filters(severities=frozenset({"error"}))) == []
    assert len(service.queue(Filters(paths=frozenset({"data/digests/week.md"})))) == 6
    assert service.queue(Filters(paths=frozenset({"elsewhere.md"}))) == []


def test_english_that_comes_or_changes_is_taken_up_and_a_broken_file_changes_nothing(
    project: Path, opener: Opener
) -> None:
    english = project / "data/sources/arxiv.jsonl"
    (project / "yijiao.toml").write_text('select = ["FID001"]\n', encoding="utf-8")
    service = opener()
    assert quotes(service) == []
    # As `checks.sources fetch` makes it.
    english.parent.mkdir()

    def bring(abstract: str) -> None:
        record = {"arxiv_id": "2504.00001", "title_en": "A Study of Grids", "abstract_en": abstract}
        english.write_text(json.dumps(record) + "\n", encoding="utf-8")
        service.refresh()
        assert quotes(service) == quotes(opener())

    bring("We win 73 of them.")
    assert quotes(service) == ["73"]
    english.write_text("nonsense\n", encoding="utf-8")
    service.refresh()
    assert quotes(service) == ["73"]
    assert "is not JSON" in str(service.errors[0])
    bring("We win some of them.")
    assert quotes(service) == []
    assert service.errors == ()


def test_accept_changes_only_its_place_and_undo_gives_the_file_back(service: Service, week: Path) -> None:
    outcome = service.accept(EDITOR, shown(service, "用L"))
    assert (outcome.kind, outcome.changed) == ("accepted", True)
    assert week.read_text(encoding="utf-8") == WEEK.replace("用LLM", "用 LLM")
    assert "用L" not in quotes(service)
    undone = service.undo(EDITOR)
    assert undone.kind == "undone"
    assert undone.stay_on is not None
    assert service.finding(undone.stay_on) is not None
    assert week.read_text(encoding="utf-8") == WEEK
    assert service.undo(EDITOR).kind == "nothing-to-undo"


def test_accepting_twice_writes_once(service: Service, week: Path) -> None:
    seen = shown(service, "用L")
    service.accept(EDITOR, seen)
    after = week.read_text(encoding="utf-8")
    assert service.accept(EDITOR, seen).kind == "already"
    assert week.read_text(encoding="utf-8") == after
    assert service.decided() == 1


def test_accept_keeps_crlf_and_bom(project: Path, week: Path, opener: Opener) -> None:
    week.write_bytes(("\ufeff" + WEEK).replace("\n", "\r\n").encode())
    service = opener()
    assert service.accept(EDITOR, shown(service, "在R")).kind == "accepted"
    assert week.read_bytes() == ("\ufeff" + WEEK.replace("在RL", "在 RL")).replace("\n", "\r\n").encode()


def test_edit_writes_the_field_and_nothing_else(service: Service, week: Path) -> None:
    seen = shown(service, COMMA)
    opened = service.drafts.open(EDITOR, seen)
    assert opened.field == "body"
    start, end = opened.selection
    assert opened.base[start:end] == COMMA
    text = opened.base.replace("方式,速度更快", "方式，速度更快")
    assert service.edit(EDITOR, seen, opened, text).kind == "edited"
    assert week.read_text(encoding="utf-8") == WEEK.replace("方式,速度", "方式，速度")
    service.undo(EDITOR)
    assert week.read_text(encoding="utf-8") == WEEK


def test_an_edit_of_a_crlf_file_keeps_its_line_breaks(week: Path, opener: Opener) -> None:
    text = WEEK.replace("更快。\n", "更快。\n\n它也更省。\n").replace("\n", "\r\n")
    week.write_bytes(text.encode())
    service = opener()
    seen = shown(service, COMMA)
    opened = service.drafts.open(EDITOR, seen)
    from_browser = opened.base.replace("\r\n", "\n").replace(",", "，") + "\n\n又一段。"
    assert service.edit(EDITOR, seen, opened, from_browser).kind == "edited"
    expected = text.replace(",", "，").replace("更省。\r\n", "更省。\r\n\r\n又一段。\r\n")
    assert week.read_bytes() == expected.encode()


def test_an_edit_that_brings_a_finding_stays_there(service: Service) -> None:
    seen = shown(service, "（GPT-4）")
    opened = service.drafts.open(EDITOR, seen)
    outcome = service.edit(EDITOR, seen, opened, opened.base.replace("（GPT-4）", " (GPT-4) ") + "而BERT不是。")
    assert outcome.kind == "edited"
    assert outcome.brought == 2
    assert outcome.stay_on is not None
    found = service.finding(outcome.stay_on)
    assert found is not None
    assert found.finding.quote == "而B"


@pytest.mark.parametrize("text", ["", "a\0b", "\ud800"])
def test_text_that_cannot_stand_in_a_file_is_refused(service: Service, week: Path, text: str) -> None:
    seen = shown(service, COMMA)
    opened = service.drafts.open(EDITOR, seen)
    if text:
        assert service.edit(EDITOR, seen, opened, text).kind == "bad-text"
        assert week.read_text(encoding="utf-8") == WEEK


def test_dismiss_is_honoured_by_the_gate_and_can_be_undone(service: Service, project: Path) -> None:
    for quote in ("用L", "M处", "（GPT-4）", "在R", "L中"):
        assert service.dismiss(EDITOR, shown(service, quote), "accepted-here").kind == "dismissed"
    assert service.accept(EDITOR, shown(service, COMMA)).kind == "accepted"
    assert service.queue() == []
    assert service.report().exit_code == 0 == gate_main(["data/digests"])
    assert [record["reason"] for record in records(project)] == [{"code": "accepted-here", "text": ""}] * 5
    service.undo(EDITOR)
    service.undo(EDITOR)
    assert quotes(service) == ["L中", COMMA]
    assert records(project)[-1]["revokes"] == records(project)[4]["id"]
    assert gate_main(["data/digests"]) == 1


def test_other_needs_a_text_and_unknown_reasons_are_refused(service: Service, project: Path) -> None:
    seen = shown(service, "用L")
    for reason, note in (("other", "  "), ("because", "x")):
        with pytest.raises(ValueError, match="reason"):
            service.dismiss(EDITOR, seen, reason, note)
    assert records(project) == []
    service.dismiss(EDITOR, seen, "other", "产品名")
    assert records(project)[0]["reason"] == {"code": "other", "text": "产品名"}
    assert records(project)[0]["by"] == EDITOR


def test_a_change_elsewhere_in_the_entry_is_kept(service: Service, week: Path) -> None:
    seen = shown(service, "用L")
    week.write_text(WEEK.replace("三个任务", "四个任务"), encoding="utf-8")
    assert service.accept(EDITOR, seen).kind == "accepted"
    assert week.read_text(encoding="utf-8") == WEEK.replace("三个任务", "四个任务").replace("用LLM", "用 LLM")


def test_an_edit_is_put_together_with_a_change_elsewhere_in_its_field(service: Service, week: Path) -> None:
    seen = shown(service, "（GPT-4）")
    opened = service.drafts.open(EDITOR, seen)
    theirs = WEEK.replace("我们用LLM", "本文用LLM").replace("## A Study of Grids", "## A Study of Large Grids")
    week.write_text(theirs, encoding="utf-8")
    assert service.edit(EDITOR, seen, opened, opened.base.replace("（GPT-4）", " (GPT-4) ")).kind == "edited"
    assert week.read_text(encoding="utf-8") == theirs.replace("（GPT-4）", " (GPT-4) ")


def test_a_change_of_the_same_place_is_a_conflict_and_the_text_is_kept(
    service: Service, week: Path, opener: Opener
) -> None:
    seen = shown(service, "（GPT-4）")
    opened = service.drafts.open(EDITOR, seen)
    theirs = WEEK.replace("（GPT-4）的表现", "（GPT-4o）的表现")
    week.write_text(theirs, encoding="utf-8")
    mine = opened.base.replace("（GPT-4）", " (GPT-4 Turbo) ")
    outcome = service.edit(EDITOR, seen, opened, mine)
    assert outcome.kind == "conflict"
    assert outcome.conflict is not None
    assert outcome.conflict.base == opened.base
    assert outcome.conflict.mine == mine
    assert "（GPT-4o）" in outcome.conflict.theirs
    assert week.read_text(encoding="utf-8") == theirs
    # After a restart the text is still there, and still known to be begun from another one.
    later = opener()
    again = later.drafts.open(EDITOR, shown(later, "（GPT-4o）"))
    assert again.text == mine
    assert again.conflict is not None
    # Saving it now is the editor's decision.
    assert later.edit(EDITOR, shown(later, "（GPT-4o）"), again, mine).kind == "edited"
    assert " (GPT-4 Turbo) " in week.read_text(encoding="utf-8")


def test_accepting_where_the_span_was_changed_is_a_conflict(service: Service, week: Path) -> None:
    seen = shown(service, "（GPT-4）")
    theirs = WEEK.replace("（GPT-4）", "（Claude）")
    week.write_text(theirs, encoding="utf-8")
    outcome = service.accept(EDITOR, seen)
    assert outcome.kind == "conflict"
    assert outcome.conflict is not None
    assert " (GPT-4) " in outcome.conflict.mine
    assert week.read_text(encoding="utf-8") == theirs


def test_undo_is_refused_after_a_later_edit(service: Service, week: Path) -> None:
    service.accept(EDITOR, shown(service, "用L"))
    later = week.read_text(encoding="utf-8").replace("三个", "五个")
    week.write_text(later, encoding="utf-8")
    assert service.undo(EDITOR).kind == "undo-refused"
    assert week.read_text(encoding="utf-8") == later


def test_undo_is_each_editors_own(service: Service, week: Path) -> None:
    service.accept(EDITOR, shown(service, "用L"))
    assert service.undo("somebody").kind == "nothing-to-undo"
    assert service.undo(EDITOR).kind == "undone"
    assert week.read_text(encoding="utf-8") == WEEK


def test_a_file_that_went_away_is_said_and_nothing_is_written(service: Service, week: Path) -> None:
    seen, opened = shown(service, COMMA), service.drafts.open(EDITOR, shown(service, COMMA))
    week.unlink()
    assert service.accept(EDITOR, seen).kind == "gone"
    assert service.edit(EDITOR, seen, opened, opened.base + "好。").kind == "gone"
    assert not week.exists()
    assert service.queue() == []


@pytest.mark.parametrize(
    ("content", "kind"), [(b"\xff\xfe\x00", "unreadable"), (b"", "conflict"), (b"## A Stu", "conflict")]
)
def test_a_file_that_was_spoilt_is_left_as_it_is(service: Service, week: Path, content: bytes, kind: str) -> None:
    seen = shown(service, COMMA)
    opened = service.drafts.open(EDITOR, seen)
    week.write_bytes(content)
    assert service.accept(EDITOR, seen).kind == kind
    assert service.edit(EDITOR, seen, opened, opened.base.replace(",", "，")).kind == kind
    assert week.read_bytes() == content


def test_a_read_only_file_is_left_as_it_is(service: Service, week: Path) -> None:
    week.chmod(0o444)
    assert service.accept(EDITOR, shown(service, "用L")).kind == "file-read-only"
    assert week.read_text(encoding="utf-8") == WEEK


def test_a_read_only_app_writes_nothing_at_all(project: Path, opener: Opener) -> None:
    service = opener(read_only=True)
    before = sorted(project.rglob("*"))
    seen = shown(service, "用L")
    opened = service.drafts.open(EDITOR, seen)
    assert service.accept(EDITOR, seen).kind == "app-read-only"
    assert service.edit(EDITOR, seen, opened, "x").kind == "app-read-only"
    assert service.dismiss(EDITOR, seen, "quotation").kind == "app-read-only"
    assert service.undo(EDITOR).kind == "app-read-only"
    assert sorted(project.rglob("*")) == before


def test_losing_the_database_loses_no_decision(service: Service, project: Path, opener: Opener) -> None:
    service.accept(EDITOR, shown(service, "用L"))
    service.dismiss(EDITOR, shown(service, "在R"), "false-positive")
    for path in project.glob("store.sqlite*"):
        path.unlink()
    # While it runs …
    assert service.undo(EDITOR).kind == "nothing-to-undo"
    assert service.accept(EDITOR, shown(service, "M处")).unrecorded is False
    # … and after a start without it.
    for path in project.glob("store.sqlite*"):
        path.unlink()
    assert quotes(opener()) == ["（GPT-4）", "L中", COMMA]


def test_two_services_on_one_directory_see_each_others_work(service: Service, opener: Opener, week: Path) -> None:
    other = opener()
    mine, theirs = shown(service, "用L"), shown(other, "用L")
    second = shown(other, "M处")
    assert service.accept(EDITOR, mine).kind == "accepted"
    assert other.accept("wu", theirs).kind == "already"
    assert other.accept("wu", second).kind == "accepted"
    assert other.dismiss("wu", shown(other, "在R"), "quotation").kind == "dismissed"
    service.refresh()
    assert quotes(service) == ["（GPT-4）", "L中", COMMA] == quotes(other)
    assert "用 LLM 处理" in week.read_text(encoding="utf-8")
    assert service.dismiss(EDITOR, shown(service, "L中"), "quotation").kind == "dismissed"


def test_the_same_paper_in_two_files_has_findings_of_its_own(project: Path, opener: Opener) -> None:
    (project / "data/digests/again.md").write_text(WEEK, encoding="utf-8")
    service = opener()
    assert len({row.id for row in service.queue()}) == len(service.queue()) == 12
    service.accept(EDITOR, shown(service, "用L"))
    assert "用 LLM" in (project / "data/digests/again.md").read_text(encoding="utf-8")
    assert (project / "data/digests/week.md").read_text(encoding="utf-8") == WEEK


def test_broken_decisions_are_said_and_the_known_ones_hold(service: Service, project: Path) -> None:
    service.dismiss(EDITOR, shown(service, "用L"), "quotation")
    path = project / "data/review/dismissals.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "<<<<<<< ours\n", encoding="utf-8")
    service.refresh()
    assert "用L" not in quotes(service)
    assert service.report().exit_code == 2
    assert "merge conflict" in str(service.errors[0])
    assert service.dismiss(EDITOR, shown(service, "M处"), "quotation").kind in ("dismissed", "failed")


def test_effort_compares_with_the_text_before_the_first_decision(service: Service) -> None:
    assert service.efforts() == {}
    service.accept(EDITOR, shown(service, "用L"))
    service.accept(EDITOR, shown(service, "M处"))
    ((path, effort),) = service.efforts().items()
    assert path == "data/digests/week.md"
    assert (effort.entries, effort.changed) == (2, 1)
    scores = {measure.name: measure.score for measure in effort.measures}
    assert 90 < scores["chrF2"] <= 100
    assert 0 <= scores["TER"] < 20
    service.undo(EDITOR)
    service.undo(EDITOR)
    assert service.efforts() == {}


def test_a_finding_about_the_file_is_fixed_and_undone(
    week: Path, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(scene: FileScene) -> Iterator[Hit]:
        end = len(scene.text)
        if not scene.text.endswith("\n"):
            fix = Fix(Message(Text("end the line", "补换行")), "safe", (Edit(end, end, "\n"),))
            yield scene.hit(end, end, Text("no line feed", "缺换行"), fixes=(fix,))

    rule = Rule("DIG011", "file-form", "warning", "design", Text("file form", "文件格式"), Files())
    monkeypatch.setattr(checks.gate, "chosen", lambda *_: (Loaded(rule, check, "", ""),))
    week.write_text(WEEK.rstrip("\n"), encoding="utf-8")
    service = opener()
    row = next(row for row in service.queue() if row.code == "DIG011")
    found = service.finding(row.id)
    assert found is not None
    assert service.accept(EDITOR, found).kind == "accepted"
    assert week.read_text(encoding="utf-8") == WEEK
    assert service.undo(EDITOR).kind == "undone"
    assert week.read_text(encoding="utf-8") == WEEK.rstrip("\n")
