"""校对 without a browser: filters, links, what is said of a text while it is typed, what stands beside an entry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reviewkit import EDITOR, WEEK, Opener, shown

from checks.files import read_text
from checks.markedtext import changes, pieces
from review_app import address, aside, queue_data
from review_app.components import panel
from review_app.components.onlookers import onlookers
from review_app.components.summary import summary
from review_app.desk import Desk
from review_app.fate import fate_of, last_fate
from review_app.keys import Keys
from review_app.listing import Index
from review_app.locale import Words
from review_app.outcome import Filters, Shown
from review_app.service import Service
from review_app.typed import Typed

SOURCE = (
    '{{"arxiv_id":"2504.0000{n}","title_en":"A Study of Large Language Models",'
    '"abstract_en":"We fine-tune a large language model (LLM)."}}\n'
)
TERMS = """\
## A Study of Large Language Models
[大语言模型研究](https://arxiv.org/abs/2504.00001)

我们训练大型语言模型 (LLM)。

## A Study of Large Language Models
[大语言模型再研究](https://arxiv.org/abs/2504.00002)

我们微调大语言模型 (LLM)，😀它用LLM。
"""


@pytest.fixture
def terms(project: Path, week: Path, opener: Opener) -> Service:
    """Two entries with their English."""
    (project / "yijiao.toml").write_text('select = ["TRM001", "TRM002", "FMT001"]\n', encoding="utf-8")
    (project / "data/sources").mkdir()
    lines = "".join(SOURCE.format(n=n) for n in (1, 2))
    (project / "data/sources/s.jsonl").write_text(lines, encoding="utf-8")
    week.write_text(TERMS, encoding="utf-8")
    return opener()


def quotes_of(service: Service, filters: Filters) -> list[str]:
    return [row.quote for row in service.queue(filters)]


def test_a_family_several_codes_an_entry_and_a_text_are_filters(service: Service) -> None:
    everything = quotes_of(service, Filters())
    assert quotes_of(service, Filters(frozenset({"FMT"}))) == everything
    assert quotes_of(service, Filters(frozenset({"FMT003", "FMT006"}))) == ["（GPT-4）", "式,速"]
    assert quotes_of(service, Filters(entry="2504.00002")) == ["在R", "L中", "式,速"]
    # The quote, or anything else in the entry, in any case.
    assert quotes_of(service, Filters(text="gpt")) == ["用L", "M处", "（GPT-4）"]
    assert quotes_of(service, Filters(frozenset({"FMT003"}), text="三个任务")) == ["（GPT-4）"]
    assert quotes_of(service, Filters(text="没有这样的话")) == []
    assert quotes_of(service, Filters(safe=True)) == [
        row.quote
        for row in service.queue()
        if service.finding(row.id).finding.fix("safe")  # type: ignore[union-attr]
    ]


def test_the_address_holds_all_filters_and_survives_nonsense() -> None:
    params = {"code": "TRM, FMT001,", "severity": "error", "file": "a.md", "entry": "1", "text": " x ", "safe": "1"}
    found = address.filters(params)
    assert found.codes == {"TRM", "FMT001"}
    assert (found.severities, found.paths) == ({"error"}, {"a.md"})
    assert (found.entry, found.text, found.safe) == ("1", "x", True)
    assert address.filters({"code": ",", "severity": "<b>", "safe": "yes", "at": "x"}) == Filters()
    address.put(params, {"code": "TRM", "text": 3, "file": " "})
    assert params == {"code": "TRM"}


def test_the_index_is_made_anew_only_after_a_change(service: Service) -> None:
    first = service.index
    service.refresh()
    assert service.index is first
    assert first.of(Filters(frozenset({"FMT003"}))) is first.of(Filters(frozenset({"FMT003"})))
    service.accept(EDITOR, shown(service, "用L"))
    assert service.index is not first
    assert service.index.codes["FMT001"] == first.codes["FMT001"] - 1


def test_the_nearest_finding_is_the_one_after_the_place_or_the_first(service: Service) -> None:
    listing = service.index.all
    rows = listing.rows
    for row in rows:
        assert listing.nearest((0, row.order)) == row
        assert rows[listing.index(row.id)] == row
    end = rows[-1].order
    assert listing.nearest((0, (end[0] + 1, 0, ""))) == rows[0]
    assert listing.index("none") == -1
    assert Index({}, {}).all.nearest((0, (0, 0, ""))) is None


def test_coming_back_by_the_navigation_comes_back_to_the_place(service: Service) -> None:
    memory: dict[str, Any] = {}
    desk = Desk(service, EDITOR, params := {"code": "FMT001"}, memory)
    desk.look()
    desk.act({"action": "next"})
    desk.look()
    before = dict(params)
    again: dict[str, str] = {}
    assert Desk(service, EDITOR, again, memory).look().shown is not None
    assert again == before
    # Who clears the filters has cleared them.
    desk = Desk(service, EDITOR, again, memory)
    desk.standing.choose({})
    desk.look()
    assert "code" not in again


def test_what_became_of_a_linked_finding_is_said(service: Service, opener: Opener) -> None:
    accepted, dismissed = shown(service, "用L"), shown(service, "在R")
    service.accept("王", accepted)
    service.dismiss("<李>", dismissed, "quotation")
    for number, kind, by in ((accepted.id, "accept", "王"), (dismissed.id, "dismiss", "<李>")):
        fate = fate_of(service, number)
        assert fate is not None
        assert (fate.kind, fate.by) == (kind, by)
        notice = Desk(opener(), EDITOR, {"at": number}, {}).look().notice
        assert notice is not None
        assert notice.key == f"notice.fate-{kind}"
    notice = Desk(service, EDITOR, {"at": "0123"}, {}).look().notice
    assert notice is not None
    assert notice.key == "notice.fate-none"
    last = last_fate(service, "2504.00001")
    assert last is not None
    assert last.by == "王"
    assert last_fate(service, "2599.00001") is None


def recheck(desk: Desk, old: str, new: str) -> Typed:
    opened = desk.look().editing
    assert opened is not None
    found = desk.recheck(opened.base.replace(old, new))
    assert found is not None
    return found


def editing(service: Service, quote: str) -> Desk:
    desk = Desk(service, EDITOR, {"at": shown(service, quote).id}, {})
    desk.look()
    desk.act({"action": "edit", "id": shown(service, quote).id})
    return desk


def test_a_text_that_is_typed_is_judged_in_its_place_and_nothing_is_written(service: Service, week: Path) -> None:
    desk = editing(service, "用L")
    still = recheck(desk, "", "")
    assert not still.gone
    assert [place.finding.quote for place in still.places] == ["用L", "M处", "（GPT-4）"]
    mended = recheck(desk, "用LLM处理", "用 LLM 处理")
    assert mended.gone
    assert [place.finding.quote for place in mended.places] == ["（GPT-4）"]
    assert week.read_text(encoding="utf-8") == WEEK
    assert service.decided() == 0


def test_its_places_are_counted_as_the_browser_counts(terms: Service) -> None:
    desk = editing(terms, "用L")
    opened = desk.look().editing
    assert opened is not None
    place = next(place for place in recheck(desk, "", "").places if place.finding.quote == "用L")
    units = opened.base.encode("utf-16-le")
    assert place.start is not None
    assert place.end is not None
    assert units[place.start * 2 : place.end * 2].decode("utf-16-le") == "用L"
    assert place.start == opened.base.index("用L") + 1


def test_crlf_moves_no_place(week: Path, opener: Opener) -> None:
    week.write_bytes(WEEK.replace("。结果", "。\n\n结果").replace("\n", "\r\n").encode())
    desk = editing(opener(), "（GPT-4）")
    found = recheck(desk, "", "")
    text = WEEK.replace("。结果", "。\n\n结果").split("\n\n", 1)[1].split("\n\n## ")[0]
    place = next(place for place in found.places if place.finding.quote == "（GPT-4）")
    assert text[place.start : place.end] == "（GPT-4）"


def test_a_dismissed_finding_is_not_said_again_while_typing(service: Service) -> None:
    service.dismiss(EDITOR, shown(service, "M处"), "quotation")
    desk = editing(service, "用L")
    assert [place.finding.quote for place in recheck(desk, "", "").places] == ["用L", "（GPT-4）"]


def test_an_entry_that_went_away_cannot_be_judged(service: Service, week: Path) -> None:
    desk = editing(service, "用L")
    week.write_text(WEEK.split("\n\n## ")[1], encoding="utf-8")
    service.refresh()
    assert desk.recheck("x") is None
    assert Desk(service, EDITOR, {}, {}).recheck("x") is None


def test_the_glossary_lines_tell_what_is_found_wrong_and_missing(terms: Service) -> None:
    words = Words("en")
    first = shown(terms, "大型语言模型")
    sections = aside.sections(terms, first, ["terms"], Keys(), words)["sections"]
    lines = {line["source"]: line for line in sections[0]["lines"]}
    assert lines["large language model"]["state"] == "wrong"
    assert lines["large language model"]["current"]
    stands = [form["text"] for form in lines["large language model"]["forms"] if form["stands"]]
    assert "大型语言模型" in stands
    assert lines["fine-tuning"]["state"] == "missing"
    assert [section["lines"] for section in sections[1:]] == [None, None, None]
    second = aside.sections(terms, shown(terms, "用L"), ["terms"], Keys(), words)["sections"][0]["lines"]
    assert {line["source"]: line["state"] for line in second}["fine-tuning"] == "right"


def test_neighbours_render_a_term_elsewhere(terms: Service) -> None:
    (lines,) = aside.sections(terms, shown(terms, "大型语言模型"), ["neighbours"], Keys(), Words("zh"))["sections"][1][
        "lines"
    ]
    assert lines["source"] == "large language model"
    assert lines["known"] == "已查 2/2 个条目"
    customs = {custom["text"]: custom for custom in lines["customs"]}
    assert customs["大语言模型"]["count"] == 1
    assert customs["大语言模型"]["examples"][0]["entry"] == "2504.00002"
    assert "大型语言模型" not in customs
    # What changes is seen at once.
    terms.accept(EDITOR, shown(terms, "用L"))
    term = terms.gate.glossary.get("large language model")
    assert term is not None
    found = terms.neighbours(term, ("", ""), 5.0).found
    assert {custom.form: custom.entries for custom in found}["大型语言模型"] == 1


def test_the_history_of_an_entry_tells_who_did_what_and_what_was_taken_back(service: Service) -> None:
    service.accept("王", shown(service, "用L"))
    service.accept("李", shown(service, "M处"))
    service.undo("李")
    service.accept("王", shown(service, "在R"))
    lines = aside.sections(service, shown(service, "M处"), ["history"], Keys(), Words("en"))["sections"][2]["lines"]
    assert [(line["by"], line["what"], bool(line["undone"])) for line in lines] == [
        ("李", "took back", False),
        ("李", "accepted a fix", True),
        ("王", "accepted a fix", False),
    ]
    assert [piece for piece in lines[-1]["diff"] if piece[0] == "+"] == [("+", " ")]


EARLIER = """\
## A Study of Agents
[智能体研究](https://arxiv.org/abs/2503.00001)

我们训练大语言模型 <b>(LLM)</b>。
"""


def test_earlier_digests_say_how_a_sentence_was_translated_before(
    project: Path, terms: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "_PATIENCE", 60.0)
    (project / "data/digests/2024-w01.md").write_text(EARLIER, encoding="utf-8")
    (project / "data/digests/zz.md").write_text(EARLIER.replace("2503", "2502"), encoding="utf-8")
    found = shown(terms, "大型语言模型")
    known, line = _recalled(terms, found)
    assert known == {"known": "已查 1/1 期更早的译稿"}
    assert (line["where"], line["entry"], line["linked"], line["current"]) == (
        "2024-w01.md:4",
        "2503.00001",
        False,
        True,
    )
    assert "".join(text for sign, text in line["chinese"] if sign != "+") == "我们训练大语言模型 <b>(LLM)</b>。"
    assert "".join(text for sign, text in line["chinese"] if sign != "-") == "我们训练大型语言模型 (LLM)。"
    assert line["english"] == []
    assert line["terms"] == ["large language model: 大语言模型 → 大型语言模型"]
    # A file on disk and one in hand are remembered as they are now.
    (project / "data/digests/2024-w01.md").write_text(EARLIER.replace("我们训练", "本文中训练"), encoding="utf-8")
    assert _recalled(terms, found)[1]["chinese"][0] == ("-", "本文中")
    terms.refresh()
    assert _recalled(terms, found)[1]["linked"]
    (project / "data/digests/2024-w01.md").write_text("## Nothing\n", encoding="utf-8")
    terms.refresh()
    assert _recalled(terms, found) == [known]


def _recalled(service: Service, found: Shown) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = aside.sections(service, found, ["memory"], Keys(), Words("zh"))["sections"][3][
        "lines"
    ]
    return lines


def test_the_editor_offers_the_terms_of_the_entry_that_of_the_finding_first(terms: Service) -> None:
    offered = aside.insertable(terms, shown(terms, "大型语言模型"))
    assert offered[0] == {"source": "large language model", "text": "大语言模型", "admitted": False}
    assert {"source": "fine-tuning", "text": "微调", "admitted": False} in offered


@pytest.mark.parametrize("pages", [(), ("bulk",), ("bulk", "terms")])
def test_other_pages_are_offered_only_where_they_are(service: Service, pages: tuple[str, ...]) -> None:
    desk = Desk(service, EDITOR, {}, {})
    bar = queue_data.bar(desk, desk.look(), 1, pages, Words("zh"))
    assert bar["leads"] == [action for action, page in (("alike", "bulk"), ("term", "terms")) if page in pages]
    keys = [key for keys, _ in bar["help"] for key in keys]
    assert ("G" in keys, "T" in keys) == ("bulk" in pages, "terms" in pages)


def test_what_a_finding_does_not_allow_is_said_beforehand(project: Path, opener: Opener) -> None:
    (project / "yijiao.toml").write_text('select = ["FID011", "FMT001"]\n', encoding="utf-8")
    service, words = opener(), Words("zh", Keys().labels())
    desk = Desk(service, EDITOR, {}, {})
    about_file = desk.look()
    assert about_file.shown is not None
    assert about_file.shown.finding.field == "file"
    assert set(queue_data.bar(desk, about_file, 1, (), words)["refused"]) == {"accept", "dismiss"}
    assert "不能忽略" in panel.card(about_file.shown, service, desk.keys, words)
    desk.act({"action": "next"})
    assert queue_data.bar(desk, desk.look(), 2, (), words)["refused"] == {}


def test_rules_are_offered_by_what_they_are_about(service: Service) -> None:
    desk = Desk(service, EDITOR, {}, {})
    data = queue_data.findings(desk, desk.look(), {}, words := Words("zh"))
    codes = dict(data["options"]["code"])
    assert codes["FMT"].startswith("FMT 排版 (")
    assert codes["FMT001"] == f"FMT001 {summary('FMT001', words)} (4)"
    assert data["rows"][0]["where"] == f"week.md · 2504.00001 · {summary('FMT001', words)}"


def test_the_ways_to_other_pages_carry_what_they_need(service: Service) -> None:
    memory: dict[str, Any] = {}
    desk = Desk(service, EDITOR, params := {}, memory)
    desk.look()
    desk.act({"action": "alike", "id": params["at"]})
    assert memory["leave"] == ("bulk", {"like": params["at"]})
    desk.act({"action": "term", "id": params["at"], "source": " Grid\n Search " + "x" * 500, "n": 1})
    page, query = memory["leave"]
    assert page == "terms"
    assert query["new"] == "1"
    assert query["source"].startswith("Grid Search x")
    assert len(query["source"]) == 200


def test_names_of_onlookers_are_only_text(service: Service) -> None:
    place = shown(service, "用L").place
    for name in ("<img src=x>", "李"):
        service.look(name, place.path, place.entry)
    service.look("赵", place.path, "2504.00002")
    service.look(EDITOR, place.path, place.entry)
    said = onlookers(service, EDITOR, place, Words("zh"))
    assert "&lt;img src=x&gt;、李 在看这一条" in said
    assert "赵 在这个文件里" in said
    assert EDITOR not in said


@pytest.mark.parametrize(
    ("old", "new"), [("", ""), ("a", "a"), ("我们用LLM", "我们用 LLM"), ("x" * 9000, "y" * 9000), ("甲乙", "乙甲丙")]
)
def test_the_pieces_of_a_difference_make_both_texts(old: str, new: str) -> None:
    found = list(pieces(old, new))
    assert "".join(text for sign, text in found if sign in "=-") == old
    assert "".join(text for sign, text in found if sign in "=+") == new
    assert changes("a<b", "a<c") == "a&lt;<del>b</del><ins>c</ins>"


def test_every_sample_entry_can_stand_beside(terms: Service, project: Path, opener: Opener) -> None:
    sample = Path(__file__).parents[2] / "data/digests/2025-w30.md"
    (project / "data/digests/week.md").write_text(read_text(sample), encoding="utf-8")
    service = opener()
    for row in service.queue():
        found = service.finding(row.id)
        assert found is not None
        aside.sections(service, found, aside.SECTIONS, Keys(), Words("zh"))
        assert queue_data.editor(service, found, service.drafts.open(EDITOR, found), Words("zh"))["terms"] is not None
