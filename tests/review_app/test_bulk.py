"""Where an editor stands among what is alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reviewkit import EDITOR, WEEK, Opener, shown

from review_app.bulkdesk import BulkDesk, BulkView
from review_app.service import Service

TERMS = """\
## A Mixture of Experts
[网格研究](https://arxiv.org/abs/2504.00001)

大型语言模型很好，大型语言模型也很大，使用LLMs处理，专家混合很好。
"""


class At:
    """A desk with an address and a session of its own."""

    def __init__(self, service: Service, editor: str = EDITOR, **params: str) -> None:
        self.service = service
        self.params = dict(params)
        self.memory: dict[str, Any] = {}
        self.desk = BulkDesk(service, editor, self.params, self.memory)

    def look(self) -> BulkView:
        return self.desk.look()

    def act(self, action: str, ticks: dict[str, bool] | None = None, **more: Any) -> BulkView:
        self.desk.act({"action": action, "group": self.params.get("group"), "ticks": ticks or {}, **more})
        return self.look()


@pytest.fixture
def at(service: Service) -> At:
    found = At(service)
    found.look()
    return found


def quotes(view: BulkView) -> list[tuple[str, bool]]:
    return [(change.row.quote, change.ticked) for change in view.changes]


def test_the_largest_group_is_shown_first_with_every_safe_change_ticked(at: At) -> None:
    view = at.look()
    assert [(group.key, group.size) for group in view.groups] == [("FMT001", 4), ("FMT003", 1), ("FMT006", 1)]
    assert quotes(view) == [("用L", True), ("M处", True), ("在R", True), ("L中", True)]
    assert (view.accepting, view.dismissing, view.files) == (4, 4, 1)


def test_what_is_unticked_stays_and_the_rest_is_written_and_undone(at: At, week: Path) -> None:
    number = at.look().changes[1].row.id
    view = at.act("accept", {number: False})
    assert week.read_text(encoding="utf-8") == WEEK.replace("用LLM", "用 LLM").replace("在RL中", "在 RL 中")
    assert view.batch is not None
    assert (view.batch.outcome.count, view.batch.refused) == (3, ())
    # Its surroundings have changed, but nobody has ticked it since.
    assert quotes(view) == [("M处", False)]
    view = at.act("undo")
    assert week.read_text(encoding="utf-8") == WEEK
    assert view.batch is None
    assert quotes(view)[1] == ("M处", False)
    assert view.accepting == 3


def test_what_needs_judgement_is_not_ticked_and_all_can_be(project: Path, week: Path, opener: Opener) -> None:
    (project / "yijiao.toml").write_text('select = ["TRM001", "TRM006"]\n', encoding="utf-8")
    week.write_text(TERMS, encoding="utf-8")
    at = At(opener())
    view = at.look()
    whole, term = view.groups[:2]
    assert (whole.whole, whole.key, whole.size, whole.safe, whole.unsafe) == (True, "TRM001", 3, 2, 1)
    assert (term.whole, term.size) == (False, 2)
    assert quotes(view) == [("大型语言模型", True), ("大型语言模型", True), ("专家混合", False)]
    assert [ticked for _, ticked in quotes(at.act("all"))] == [True] * 3
    assert [ticked for _, ticked in quotes(at.act("all"))] == [False] * 3
    at.desk.choose({"safety": "unsafe"})
    assert quotes(at.look()) == [("专家混合", False)]
    at.desk.choose({"safety": "nonsense"})
    assert len(at.look().changes) == 3


def test_a_finding_leads_to_its_kind_and_back(service: Service) -> None:
    number = shown(service, "M处").id
    at = At(service, like=number)
    view = at.look()
    assert view.group is not None
    assert (view.group.key, at.params["like"]) == ("FMT001", number)
    assert at.act("accept").batch is not None
    assert at.act("back").leave == number
    assert at.look().leave is None
    gone = At(service, like="gone").look()
    assert gone.notice is not None
    assert gone.notice.key == "notice.vanished"
    assert gone.group is not None


def test_what_comes_in_after_the_group_was_opened_is_not_ticked(at: At, week: Path) -> None:
    week.write_text(WEEK + "\n新来的AI。\n", encoding="utf-8")
    assert quotes(at.look())[-1] == ("的A", False)
    assert at.act("accept").batch is not None
    assert "新来的AI" in week.read_text(encoding="utf-8")


def test_a_press_on_a_group_that_is_no_longer_shown_decides_nothing(at: At, week: Path) -> None:
    for action in ("accept", "dismiss", "all"):
        at.desk.act({"action": action, "group": "FMT003", "reason": "quotation"})
    for event in ({}, {"action": "x"}, {"action": "pick"}, {"action": "page", "page": "x"}, {"action": "dismiss"}):
        at.desk.act({"group": "FMT001", "ticks": 3, **event})
        at.params["group"] = "FMT001"
    assert at.act("dismiss", reason="other", note=" ").notice is not None
    assert week.read_text(encoding="utf-8") == WEEK
    assert at.service.decided() == 0


def test_dismissing_takes_what_is_ticked_with_one_reason(at: At) -> None:
    view = at.act("dismiss", {at.look().changes[0].row.id: False}, reason="quotation")
    assert quotes(view) == [("用L", True)] or quotes(view) == [("用L", False)]
    assert at.service.decided() == 3
    at.act("undo")
    assert at.service.decided() == 0


def test_groups_are_walked_in_order_and_a_cleared_one_gives_way(at: At) -> None:
    assert at.act("next").group == at.look().groups[1]
    at.act("accept")
    assert at.look().group is None
    view = at.act("next")
    assert view.group is not None
    assert view.group.key == "FMT006"
    last = at.act("next").notice
    assert last is not None
    assert last.key == "notice.end"


def test_a_group_has_pages_and_ticks_hold_across_them(week: Path, opener: Opener) -> None:
    week.write_text(f"## T\n[题](https://arxiv.org/abs/2504.00009)\n\n{'用A。' * 120}\n", encoding="utf-8")
    at = At(opener())
    first = at.look()
    assert (first.pages, len(first.changes), first.accepting) == (3, 50, 120)
    view = at.act("page", {first.changes[0].row.id: False}, page=2)
    assert (view.page, len(view.changes), view.accepting) == (2, 20, 119)
    batch = at.act("accept").batch
    assert batch is not None
    assert batch.outcome.count == 119
