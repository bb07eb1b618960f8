"""Many findings decided at one stroke."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from reviewkit import EDITOR, RULES, WEEK, Opener, shown

from checks import settings
from checks.digest import parse
from checks.files import replace
from checks.fixing import choose, splice
from checks.gate import Gate
from review_app import batches, rewriting
from review_app.alike import usual_fix
from review_app.groups import groups
from review_app.outcome import Batch, Shown
from review_app.reports import finding_id
from review_app.service import Service
from review_app.store import Event, StoreError, Wanted
from review_app.together import plan
from review_app.undoing import _restored
from review_app.units import place_of_finding

MENDED = (
    WEEK.replace("用LLM处", "用 LLM 处")
    .replace("（GPT-4）", " (GPT-4) ")
    .replace("在RL中", "在 RL 中")
    .replace(",速", "，速")
)
FILES = 3


@pytest.fixture
def weeks(project: Path) -> list[Path]:
    """Digests with the same faults in different papers."""
    paths = [project / f"data/digests/week{number}.md" for number in range(FILES)]
    for number, path in enumerate(paths):
        path.write_text(WEEK.replace("2504.0000", f"2504.{number}000"), encoding="utf-8")
    (project / "data/digests/week.md").unlink()
    return paths


def everything(service: Service) -> list[Shown]:
    found = [service.finding(row.id) for row in service.queue()]
    assert None not in found
    return found  # type: ignore[return-value]


def texts(paths: list[Path]) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in paths]


def events(service: Service, **wanted: Any) -> list[Event]:
    return list(service.store.each(Wanted(**wanted)))


def why(batch: Batch) -> Counter[str]:
    return Counter(outcome.kind for _, outcome in batch.refused)


def test_a_batch_is_one_write_a_file_and_is_taken_back_at_one_stroke(
    weeks: list[Path], opener: Opener, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = opener(database=database)
    before, chosen = texts(weeks), everything(service)
    written: list[Path] = []

    def counting(path: Path, text: str) -> None:
        written.append(path)
        replace(path, text)

    monkeypatch.setattr("checks.files.replace", counting)
    batch = service.accept_all(EDITOR, chosen)
    assert (batch.outcome.kind, batch.outcome.changed, batch.outcome.unrecorded) == ("accepted-all", True, False)
    assert (batch.outcome.count, batch.files, batch.refused) == (18, FILES, ())
    assert [path.name for path in written] == [path.name for path in weeks]
    assert texts(weeks) == [MENDED.replace("2504.0000", f"2504.{number}000") for number in range(FILES)]
    assert service.queue() == []
    noted = events(service)
    assert {event.batch for event in noted} == {batch.name}
    assert Counter((event.code, event.by, event.kind) for event in noted)["FMT001", EDITOR, "accept"] == 4 * FILES
    # Each event is one step of its entry, from the text before the batch to the text after it.
    for number, path in enumerate(weeks):
        for entry in parse(before[number]).entries:
            steps = [event for event in noted if event.entry == entry.key and event.path.endswith(path.name)]
            assert steps[0].before == before[number][entry.span.start : entry.span.end]
            assert all(later.before == earlier.after for earlier, later in pairwise(steps))
            assert steps[-1].after in texts(weeks)[number]
    assert service.undo_batch("wu", batch.name or "").count == 18
    assert texts(weeks) == before
    assert len(service.queue()) == 18


def test_the_last_of_a_batch_can_be_taken_back_alone(weeks: list[Path], opener: Opener) -> None:
    service = opener()
    service.accept_all(EDITOR, everything(service))
    last = events(service)[-1]
    assert service.undo_event(EDITOR, last.id).kind == "undone"
    assert ",速" in weeks[-1].read_text(encoding="utf-8")
    assert service.undo_event(EDITOR, events(service)[0].id).kind == "undo-refused"
    assert service.undo(EDITOR).count == 17
    assert texts(weeks) == [WEEK.replace("2504.0000", f"2504.{number}000") for number in range(FILES)]


def test_what_others_did_meanwhile_is_told_and_the_rest_is_written(weeks: list[Path], opener: Opener) -> None:
    service, other = opener(), opener()
    chosen = everything(service)
    other.accept("wu", shown(other, "（GPT-4）", path="week0"))
    other.dismiss("wu", shown(other, "在R", path="week0"), "quotation")
    weeks[1].write_text(weeks[1].read_text(encoding="utf-8").replace("我们用LLM处", "采用 LLM 处"), encoding="utf-8")
    weeks[2].unlink()
    batch = service.accept_all(EDITOR, chosen)
    assert (batch.outcome.kind, batch.outcome.count, batch.files) == ("accepted-all", 8, 2)
    assert why(batch) == {"already": 2, "conflict": 2, "gone": 6}
    assert "在RL 中" in weeks[0].read_text(encoding="utf-8")
    assert "采用 LLM 处理网格数据" in weeks[1].read_text(encoding="utf-8")
    assert "基线 (GPT-4) 的" in weeks[1].read_text(encoding="utf-8")


def test_a_finding_whose_surroundings_changed_is_found_again(weeks: list[Path], opener: Opener) -> None:
    service = opener()
    chosen = [found for found in everything(service) if found.finding.quote == "用L"]
    for path in weeks:
        path.write_text(
            "<!-- 前言 -->\n\n" + path.read_text(encoding="utf-8").replace("我们用", "大家都用"), encoding="utf-8"
        )
    batch = service.accept_all(EDITOR, chosen)
    assert (batch.outcome.count, batch.refused) == (FILES, ())
    assert all("大家都用 LLM处理" in text for text in texts(weeks))


def test_fixes_that_meet_wait_and_a_second_press_makes_them(week: Path, opener: Opener, project: Path) -> None:
    (project / "yijiao.toml").write_text('select = ["FMT001", "TRM001", "TRM006"]\n', encoding="utf-8")
    week.write_text("## A Study\n[研究](https://arxiv.org/abs/2504.00001)\n\n用LLMs处理。\n", encoding="utf-8")
    service = opener()
    first = service.accept_all(EDITOR, everything(service))
    assert why(first) == {"clash": 1}
    second = service.accept_all(EDITOR, everything(service))
    assert (second.outcome.kind, second.refused) == ("accepted-all", ())
    assert "用 LLM 处理。" in week.read_text(encoding="utf-8")
    assert service.undo(EDITOR).kind == "undone"
    assert service.undo(EDITOR).kind == "undone-all"
    assert "用LLMs处理。" in week.read_text(encoding="utf-8")


def test_a_file_that_must_not_be_written_keeps_its_findings(weeks: list[Path], opener: Opener) -> None:
    service = opener()
    weeks[1].chmod(0o444)
    batch = service.accept_all(EDITOR, everything(service))
    assert (batch.outcome.count, batch.files, why(batch)) == (12, 2, {"file-read-only": 6})
    assert len(service.queue()) == 6
    weeks[1].chmod(0o644)
    assert service.undo_batch(EDITOR, batch.name or "").kind == "undone-all"


def test_nothing_chosen_or_nothing_left_writes_nothing(weeks: list[Path], service: Service) -> None:
    assert service.accept_all(EDITOR, []).outcome.kind == "nothing-done"
    chosen = everything(service)
    service.accept_all(EDITOR, chosen)
    again = service.accept_all(EDITOR, chosen)
    assert (again.outcome.kind, again.name) == ("nothing-done", None)
    # Where both sides of a place have changed, nobody can tell who did it.
    assert (why(again).total(), set(why(again))) == (18, {"already", "conflict"})
    assert len(events(service)) == 18


def test_dismissing_all_is_honoured_by_the_gate_and_taken_back(
    weeks: list[Path], opener: Opener, project: Path, database: str
) -> None:
    service = opener(database=database)
    chosen = [found for found in everything(service) if found.finding.code == "FMT001"]
    other = opener()
    other.dismiss("wu", chosen[0], "quotation")
    batch = service.dismiss_all(EDITOR, chosen, "other", "产品名")
    assert (batch.outcome.kind, batch.outcome.count, batch.files) == ("dismissed-all", 11, FILES)
    assert why(batch) == {"already": 1}
    assert {row.code for row in opener().queue()} == {"FMT003", "FMT006"}
    lines = (project / "data/review/dismissals.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["reason"]["text"] for line in lines[1:]] == ["产品名"] * 11
    assert service.undo(EDITOR).count == 11
    assert len(service.queue()) == 17
    with pytest.raises(ValueError, match="needs a text"):
        service.dismiss_all(EDITOR, chosen, "other")
    assert len(service.queue()) == 17


def test_what_the_store_could_not_take_is_noted_with_the_next_batch(
    weeks: list[Path], service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_made: object) -> None:
        raise StoreError("database or disk is full")

    before = texts(weeks)
    spaces = [found for found in everything(service) if found.finding.code == "FMT001"]
    with monkeypatch.context() as patch:
        patch.setattr(service.store, "record", full)
        batch = service.accept_all(EDITOR, spaces)
    assert (batch.outcome.count, batch.outcome.unrecorded) == (12, True)
    assert events(service) == []
    service.accept_all(EDITOR, everything(service))
    assert Counter(event.code for event in events(service)) == {"FMT001": 12, "FMT003": 3, "FMT006": 3}
    assert service.undo(EDITOR).count == 6
    assert service.undo(EDITOR).count == 12
    assert texts(weeks) == before


class Killed(BaseException):
    """What a process that is killed does not live to see."""


@pytest.mark.parametrize("moment", ["before the second file", "before the store"])
def test_whoever_comes_after_a_batch_that_was_cut_off_can_take_it_back(
    weeks: list[Path], opener: Opener, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    service, before = opener(), texts(weeks)
    tried = rewriting.rewritten

    def killed(*_: object) -> bool:
        raise Killed

    def rewritten(path: str, *rest: Any) -> object:
        if path.endswith("week1.md"):
            raise Killed
        return tried(path, *rest)

    with monkeypatch.context() as patch:
        if moment == "before the store":
            patch.setattr(service.store, "record", killed)
        else:
            patch.setattr(batches, "rewritten", rewritten)
        with pytest.raises(Killed):
            service.accept_all(EDITOR, everything(service))
    written = [path for path, text in zip(weeks, before, strict=True) if path.read_text(encoding="utf-8") != text]
    assert len(written) == (FILES if moment == "before the store" else 1)
    again = opener()
    assert {event.path for event in events(again)} == {f"../digests/{path.name}" for path in written}
    assert len(events(again)) == 6 * len(written)
    assert again.undo(EDITOR).kind == "undone-all"
    assert texts(weeks) == before
    opener()
    assert len(events(again)) == 12 * len(written)


def test_an_undo_that_was_cut_off_is_noted_too(
    weeks: list[Path], opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, before = opener(), texts(weeks)
    batch = service.accept_all(EDITOR, everything(service))

    def killed(*_: object) -> bool:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(service.store, "record", killed)
        with pytest.raises(Killed):
            service.undo(EDITOR)
    assert texts(weeks) == before
    again = opener()
    assert events(again, batch=batch.name, standing=True) == []
    assert again.undo(EDITOR).kind == "nothing-to-undo"


def test_alike_is_what_one_fix_does_and_a_rule_holds_all_of_its_own(service: Service) -> None:
    found = [
        (group.key if group.whole else service.finding(group.first.id), group.size) for group in groups(service.queue())
    ]
    assert found == [("FMT001", 4), ("FMT003", 1), ("FMT006", 1)]


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    folder = tmp_path_factory.mktemp("gate")
    codes = ", ".join(f'"{code}"' for code in (*RULES, "DIG005", "DIG011", "FMT004", "FMT010", "TRM001"))
    (folder / "yijiao.toml").write_text(f"select = [{codes}]\n", encoding="utf-8")
    return Gate(settings.load(folder))


_PIECES = (
    "我们",
    "LLM",
    "LLMs",
    "（",
    "）",
    "(",
    ")",
    ",",
    "，",
    "。。",
    "大型语言模型",
    " ",
    "图",
    "\n\n",
    "\r\n",
    "3",
    "說",
)


@limits(deadline=None)
@given(st.data())
def test_any_choice_is_the_splice_of_its_fixes_and_its_steps_lead_back(gate: Gate, data: st.DataObject) -> None:
    bodies = data.draw(st.lists(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join), min_size=1, max_size=3))
    text = "\n".join(
        f"## T {n}\n[题{n}](https://arxiv.org/abs/2504.0000{n})\n\n甲{b}乙\n" for n, b in enumerate(bodies)
    )
    report = gate.check_text(text, "week.md")
    some = [finding for finding in report.findings if usual_fix(finding) is not None and data.draw(st.booleans())]
    chosen = [
        Shown(finding_id("week.md", f.fingerprint), f, report.digest, place_of_finding(report.digest, f)) for f in some
    ]
    found = plan(chosen, text, report)
    wanted = choose((finding, fix) for finding in some if (fix := usual_fix(finding)) is not None)
    assert found.text == splice(text, (edit for _, fix in wanted for edit in fix.edits))
    assert len(found.steps) + len(found.refused) == len(chosen)
    noted = [
        Event("", "", "accept", "", s.change.entry, "", "", s.shown.id, s.before, s.change.text) for s in found.steps
    ]
    assert _restored(noted[::-1], found.text) == text
