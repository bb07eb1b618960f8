"""The record: its filters and pages, what can be taken back from it, and its export."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from reviewkit import EDITOR, Opener, shown
from storekit import event

from review_app import export
from review_app.recorddesk import PAGE, RecordDesk
from review_app.service import Service
from review_app.store import Wanted


class At:
    """A desk with an address and a session of its own."""

    def __init__(self, service: Service, editor: str = EDITOR, **params: str) -> None:
        self.params = dict(params)
        self.memory: dict[str, Any] = {}
        self.desk = RecordDesk(service, editor, self.params, self.memory)

    def quotes(self) -> list[str]:
        return [found.quote for found in self.desk.look().found.events]

    def said(self) -> str:
        notice = self.desk.look().notice
        return notice.key if notice is not None else ""


@pytest.fixture
def many(service: Service) -> Service:
    """A store with more than a page, over days, editors and files."""
    made = [
        event(
            at=f"2025-07-{1 + number // 10:02}T12:00:00.000000+00:00",
            by="wu" if number % 2 else "lin",
            kind="dismiss" if number % 5 == 0 else "accept",
            path=f"../digests/{number % 3}.md",
            quote=str(number),
        )
        for number in range(70)
    ]
    service.store.record([(each, None) for each in made])
    return service


def test_pages_go_from_the_latest_to_the_first(many: Service) -> None:
    at = At(many)
    assert at.quotes()[:2] == ["69", "68"]
    assert len(at.quotes()) == PAGE
    at.desk.act({"action": "page", "page": 2})
    view = at.desk.look()
    assert [found.quote for found in view.found.events][-1] == "0"
    assert (view.page, view.pages, view.found.total) == (2, 3, 70)
    # Of a page that is no more, the last one is shown.
    assert At(many, page="99").desk.look().page == 2
    assert At(many, page="x").desk.look().page == 0


def test_filters_stand_in_the_address_and_hold_together(many: Service) -> None:
    at = At(many)
    at.desk.act({"action": "page", "page": 1})
    at.desk.act({"action": "filter", "by": "wu", "kind": "dismiss", "file": "../digests/2.md"})
    assert at.params == {"by": "wu", "kind": "dismiss", "file": "../digests/2.md"}
    assert at.quotes() == ["65", "35", "5"]
    # A day of somebody at UTC+8: the 3rd, from the 2nd at 16:00 to the 3rd at 16:00.
    days = At(many, since="2025-07-02T16:00:00.000Z", until="2025-07-04T00:00+08:00")
    assert days.quotes() == [str(number) for number in range(29, 19, -1)]
    assert len(At(many, since="<b>", until="", kind="x").quotes()) == PAGE
    view = at.desk.look()
    assert (list(view.editors), len(view.paths)) == (["lin", "wu"], 3)


def test_one_decision_or_its_whole_batch_is_taken_back_from_here(service: Service) -> None:
    chosen = [shown(service, "用L"), shown(service, "M处"), shown(service, "在R")]
    batch = service.accept_all(EDITOR, chosen).name
    at = At(service, "wu")
    latest = at.desk.look()
    assert latest.batches == {batch: 3}
    at.desk.act({"action": "undo", "id": latest.found.events[-1].id})
    assert at.said() == "notice.undo-refused"
    at.desk.act({"action": "undo", "id": latest.found.events[0].id})
    assert at.said() == "notice.undone"
    view = at.desk.look()
    undone = next(found for found in view.found.events if found.undone_by is not None)
    assert view.reversals[undone.undone_by or 0].by == "wu"
    at.desk.act({"action": "undo-batch", "batch": batch})
    assert at.said() == "notice.undone-all"
    assert len(service.queue()) == 6
    at.desk.act({"action": "undo-batch", "batch": batch})
    assert at.said() == "notice.nothing-to-undo"


def test_a_reader_may_look_and_take_nothing_back(opener: Opener, service: Service) -> None:
    service.accept(EDITOR, shown(service, "用L"))
    at = At(opener(read_only=True))
    at.desk.act({"action": "undo", "id": at.desk.look().found.events[0].id})
    assert at.said() == "notice.app-read-only"


def test_a_row_leads_to_its_entry_or_else_to_its_file(service: Service) -> None:
    path, other = "../digests/week.md", service.queue()[3]
    desk = At(service).desk
    assert desk.place(path, "2504.00002") == {"file": "data/digests/week.md", "at": other.id}
    assert desk.place(path, "2504.09999") == {"file": "data/digests/week.md"}
    assert desk.place("../digests/gone.md", "2504.00001") == {}
    desk.act({"action": "open", "path": path, "entry": None})
    assert desk.look().leave == {"file": "data/digests/week.md"}
    assert desk.look().leave is None


def test_a_store_that_cannot_be_read_is_said(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    from review_app.store import StoreError

    def broken(*_: object) -> None:
        raise StoreError("disk I/O error")

    monkeypatch.setattr(service.store, "events", broken)
    view = At(service).desk.look()
    assert (view.trouble, view.found.total) == ("disk I/O error", 0)


FORMULAS = (
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
)


def test_no_cell_of_a_spreadsheet_is_a_formula(service: Service) -> None:
    for text in FORMULAS:
        service.store.record([(event(quote=text, before="甲", after=f"甲{text}", by=text), None)])
    data = b"".join(export.table(service.store.each(Wanted())))
    assert data.startswith(b"\xef\xbb\xbfid,at,by")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["quote"] for row in rows] == [f"'{text}" for text in FORMULAS]
    assert all(not cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for row in rows for cell in row.values())
    assert [row["added"] for row in rows] == [f"'{text}" for text in FORMULAS]


def test_lines_hold_what_happened_as_it_was_in_utc(service: Service) -> None:
    service.accept_all(EDITOR, [shown(service, "（GPT-4）")])
    service.undo(EDITOR)
    first, second = (json.loads(line) for line in export.lines(service.store.each(Wanted())))
    assert tuple(first) == export.COLUMNS
    assert (first["removed"], first["added"]) == ("（GPT-4）", " (GPT-4) ")
    assert (second["kind"], second["removed"], first["undone_by"]) == ("undo", " (GPT-4) ", second["id"])
    assert first["at"].endswith("+00:00")
    assert first["batch"]
