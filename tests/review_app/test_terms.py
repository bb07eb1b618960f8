"""Terms of the project: proposed, changed, approved, taken back; and the gate that takes them up."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from reviewkit import EDITOR, WEEK, Opener
from worker import Starter

from glossary import Term
from review_app.access import FILE_NAME
from review_app.service import Service
from review_app.store import Event, Wanted
from review_app.termchange import Answer
from review_app.termdesk import TermDesk
from review_app.termfaults import values_of
from review_app.termwork import Preview

BOSS = "wang"
GRID = Term("grid", "网格", forbidden=("格网",))
HEAD = "source,preferred,forbidden,status,note\n"


@pytest.fixture
def file(project: Path) -> Path:
    """The project's glossary."""
    (project / "yijiao.toml").write_text('select = ["FMT001", "TRM001", "TRM002"]\n', encoding="utf-8")
    text = WEEK.replace("处理网格数据", "处理格网数据")
    (project / "data/digests/week.md").write_text(text, encoding="utf-8")
    (project / "data/review").mkdir()
    (project / "data/review" / FILE_NAME).write_text(f'term-managers = ["{BOSS}"]\n', encoding="utf-8")
    return project / "data/glossary/terms.csv"


def put(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    before = file.stat().st_mtime_ns if file.exists() else 0
    file.write_text(text, encoding="utf-8")
    # However fast the clock of the disk is.
    os.utime(file, ns=(before + 10**9, before + 10**9))


def save(service: Service, term: Term, editor: str = BOSS, at: str = "") -> Answer:
    change = service.terms.change(service.terms.base().get(at or term.source), term)
    assert change is not None
    return service.terms.save(editor, change)


def codes(service: Service) -> list[str]:
    return [row.code for row in service.queue()]


def events(service: Service) -> list[Event]:
    return list(service.store.each(Wanted(kinds=frozenset({"term"}))))


def test_the_first_term_makes_the_file_and_is_in_force_at_once_everywhere(file: Path, opener: Opener) -> None:
    service, other = opener(), opener()
    assert "TRM001" not in codes(service)
    assert not file.parent.exists()
    assert save(service, GRID) == Answer("term-saved", changed=True)
    assert file.read_text(encoding="utf-8").splitlines()[1] == "grid,,,网格,,格网,,,,translate,no,,,approved,"
    assert "TRM001" in codes(service)
    again = opener()
    assert codes(again) == codes(service)
    # A server that was started without the folder finds it when its settings are read again.
    assert "TRM001" not in codes(other)
    (made,) = events(service)
    assert (made.by, made.quote, made.entry, made.before) == (BOSS, "grid", None, "")
    assert made.path == "../glossary/terms.csv"


def test_a_change_on_disk_is_taken_up_and_a_broken_file_changes_nothing(file: Path, opener: Opener) -> None:
    put(file, HEAD + "tree,树,,,\n")
    service = opener()
    put(file, HEAD + "grid,网格,格网,,\ntree,树,,,\n")
    service.refresh()
    assert "TRM001" in codes(service)
    assert service.terms.base().get("GRID") is not None
    put(file, "nonsense\n")
    service.refresh()
    assert "TRM001" in codes(service)
    assert "unknown column" in str(service.errors[0])
    assert service.terms.base().get("grid") is not None
    put(file, HEAD + "tree,树,,,\n")
    service.refresh()
    assert "TRM001" not in codes(service)
    assert service.errors == ()


def test_only_what_a_term_can_matter_to_is_checked_again_and_all_is_as_if_everything_were(
    file: Path, opener: Opener
) -> None:
    put(file, HEAD + "grid,网格,格网,,\n")
    service = opener()
    for term in (
        GRID._replace(forbidden=()),
        GRID,
        GRID._replace(status="deprecated"),
        Term("tree", "数", forbidden=("树",)),
    ):
        save(service, term)
        assert service.queue() == opener().queue()


def test_an_editor_proposes_and_a_term_manager_decides(file: Path, opener: Opener) -> None:
    service = opener()
    assert save(service, GRID, EDITOR).kind == "not-allowed"
    assert not file.exists()
    assert save(service, GRID._replace(status="proposed"), EDITOR).changed
    assert "TRM001" not in codes(service)
    concept = service.terms.base().get("grid")
    assert concept is not None
    assert (concept.status, concept.active) == ("proposed", None)
    assert save(service, GRID, EDITOR).kind == "not-allowed"
    assert save(service, GRID).changed
    assert "TRM001" in codes(service)
    assert file.read_text(encoding="utf-8").count("grid") == 1


def test_a_change_of_a_term_in_force_is_proposed_beside_it(file: Path, opener: Opener) -> None:
    put(file, HEAD + "grid,网格,格网,,\n")
    service = opener()
    proposed = GRID._replace(preferred="格网", forbidden=(), status="proposed")
    assert save(service, proposed, EDITOR).changed
    concept = service.terms.base().get("grid")
    assert concept is not None
    assert concept.active is not None
    assert (concept.active.term, concept.proposal and concept.proposal.term) == (GRID, proposed)
    assert "TRM001" in codes(service)
    assert save(service, proposed._replace(status="approved")).changed
    assert service.gate.glossary.get("grid") == proposed._replace(status="approved")
    assert "TRM001" not in codes(service)


def test_a_shipped_term_is_overridden_and_never_edited(file: Path, opener: Opener) -> None:
    service = opener()
    concept = service.terms.base().get("large language model")
    assert concept is not None
    assert save(service, concept.shown._replace(note="ours")).changed
    again = service.terms.base().get("large language model")
    assert again is not None
    assert [line.layer for line in again.lines] == ["shipped", "project"]
    assert again.active is again.lines[1]
    withdrawal = service.terms.withdrawal(again)
    assert withdrawal is not None
    assert withdrawal.path == file.relative_to(Path.cwd()) or withdrawal.path == file
    assert service.terms.save(EDITOR, withdrawal).kind == "not-allowed"
    assert service.terms.save(BOSS, withdrawal).changed
    back = service.terms.base().get("large language model")
    assert back is not None
    assert back.lines == concept.lines


def test_others_rows_are_taken_in_silently_and_the_same_row_shows_both(file: Path, opener: Opener) -> None:
    put(file, "\ufeffnote,source,preferred\r\n,grid,网格\r\n")
    service = opener()
    base = service.terms.base().get("grid")
    change = service.terms.change(base, GRID._replace(note="mine"))
    assert change is not None
    put(file, "\ufeffnote,source,preferred\r\n,grid,网格\r\n,tree,树\r\n")
    assert service.terms.save(BOSS, change).changed
    text = file.read_bytes().decode()
    assert text == "\ufeffnote,source,preferred,forbidden\r\nmine,grid,网格,格网\r\n,tree,树\r\n"
    answer = service.terms.save(BOSS, replace(change, new=(GRID._replace(note="again"),)))
    assert (answer.kind, answer.theirs) == ("term-conflict", (GRID._replace(note="mine"),))
    assert file.read_bytes().decode() == text


@pytest.mark.parametrize(
    ("term", "fields"),
    [
        (Term("", "网格"), ["source"]),
        (Term("grid", ""), ["preferred"]),
        (Term("grid", "网|格"), ["preferred"]),
        (Term("grid", "网格", forbidden=("甲|乙",)), ["forbidden"]),
        (Term("grid", "网格", admitted=("格网",), suspect=("格网",)), ["suspect"]),
        (Term("grid", "网格", note="\ud800"), ["note"]),
        (Term("tree", "树"), ["source"]),
        (Term("grid", "网格", forbidden=("树",)), ["forbidden"]),
        (Term("grid", "书"), ["preferred"]),
    ],
)
def test_what_the_gate_could_not_use_is_said_at_its_field(
    file: Path, opener: Opener, term: Term, fields: list[str]
) -> None:
    put(file, HEAD + "tree,树,书,,\n")
    service = opener()
    before = file.read_bytes()
    change = service.terms.change(None, term)
    assert change is not None
    answer = service.terms.save(BOSS, change)
    assert (answer.kind, [fault.field for fault in answer.faults]) == ("term-faulty", fields)
    assert file.read_bytes() == before
    assert events(service) == []


def test_what_only_another_layer_contradicts_is_told_and_saved(file: Path, opener: Opener) -> None:
    service = opener()
    change = service.terms.change(None, Term("huge model", "大模型", forbidden=("大语言模型",)))
    assert change is not None
    found = service.terms.faults(change)
    assert [(fault.field, fault.mild) for fault in found] == [("forbidden", True)]
    assert service.terms.save(BOSS, change).changed


def test_undo_puts_the_rows_back_or_says_why_not(file: Path, opener: Opener) -> None:
    put(file, HEAD + "grid,网格,格网,,\ntree,树,,,\n")
    service = opener()
    text = file.read_text(encoding="utf-8")
    save(service, GRID._replace(source="mesh"), at="grid")
    assert "mesh,网格,格网,approved,\n" in file.read_text(encoding="utf-8")
    number = service.terms.last(BOSS)
    assert number is not None
    assert service.undo_event(EDITOR, number).kind == "not-allowed"
    assert service.undo_event(BOSS, number).kind == "undone"
    assert file.read_text(encoding="utf-8") == text.replace("grid,网格,格网,,", "grid,网格,格网,approved,")
    assert service.undo_event(BOSS, number).kind == "already"
    assert service.terms.last(BOSS) is None
    save(service, GRID._replace(note="one"))
    first = service.terms.last(BOSS)
    save(service, GRID._replace(note="two"))
    assert first is not None
    assert service.undo_event(BOSS, first).kind == "undo-refused"
    assert "two" in file.read_text(encoding="utf-8")


def test_the_preview_is_what_saving_does_and_writes_nothing(file: Path, opener: Opener) -> None:
    service = opener()
    change = service.terms.change(None, GRID._replace(status="proposed"))
    assert change is not None
    *_, seen = service.terms.preview(change)
    assert isinstance(seen, Preview)
    assert [(placed.finding.code, placed.finding.quote, str(placed)) for placed in seen.added] == [
        ("TRM001", "格网", "data/digests/week.md:4:9")
    ]
    assert (seen.removed, seen.entries) == ([], 1)
    assert not file.exists()
    save(service, GRID)
    assert seen.added[0].finding.fingerprint in {
        found.fingerprint for checked in service.files.values() for found in checked.report.findings
    }


def test_a_dismissal_is_open_again_when_its_term_changes(file: Path, opener: Opener) -> None:
    put(file, HEAD + "grid,网格,格网,,\n")
    service = opener()
    row = next(row for row in service.queue() if row.code == "TRM001")
    shown = service.finding(row.id)
    assert shown is not None
    assert service.dismiss(EDITOR, shown, "accepted-here").changed
    assert "TRM001" not in codes(service)
    save(service, GRID._replace(note="only a note"))
    assert "TRM001" not in codes(service)
    save(service, GRID._replace(admitted=("栅格",)))
    assert "TRM001" in codes(service)


def test_two_term_managers_in_two_processes_lose_nothing(file: Path, opener: Opener, process: Starter) -> None:
    names = ("wang-a", "wang-b")
    put(file, HEAD + "grid,网格,,,\n")
    (file.parents[1] / "review" / FILE_NAME).write_text(f"term-managers = {json.dumps(names)}\n", encoding="utf-8")
    url = f"sqlite:///{file.parents[2] / 'store.sqlite'}"
    for each in [process("terms", url, name, "5") for name in names]:
        _, err = each.communicate(timeout=300)
        assert (each.returncode, err) == (0, "")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [
        "grid,网格,,approved,10",
        *(f"{name} {number},网格{number},,approved," for name in names for number in range(5)),
    ]


def test_usage_counts_papers_and_shows_places(file: Path, opener: Opener) -> None:
    put(file, HEAD + "grid,网格,格网,,\ntree,树,,,\n")
    used = opener().terms.usage(Term("grid", "网格", forbidden=("格网",)))
    assert (used.papers, used.forms) == (1, {("preferred", "网格"): 1, ("forbidden", "格网"): 1})
    (example,) = used.examples["forbidden", "格网"]
    assert (example.line, example.entry, example.text[example.start : example.end]) == (4, "2504.00001", "格网")


def test_the_other_side_of_a_selection_comes_from_the_brackets_of_the_digests(file: Path, opener: Opener) -> None:
    week = file.parents[1] / "digests/week.md"
    week.write_text(WEEK.replace("树结构在", "跨度树 (spanning tree) 在"), encoding="utf-8")
    terms = opener().terms
    assert terms.suggest("spanning trees", "") == ["跨度树"]
    assert terms.suggest("", "跨度树") == ["spanning tree"]
    assert terms.suggest("nothing of the kind", "") == []


def test_the_search_finds_any_form_the_closest_first(file: Path, opener: Opener) -> None:
    base = opener().terms.base()
    assert base.search("RL", {})[0].shown.source == "reinforcement learning"
    assert base.search("大型语言模型", {})[0].shown.source == "large language model"
    assert base.search("Zero  shot", {}) == base.search("zero shot", {})
    assert base.search("no such thing", {}) == []
    assert base.search("", {"domain": "agents", "policy": "keep", "status": "", "layer": "project"}) == []
    assert len(base.search("", {})) == len(base.concepts) > 1000


class At:
    """A desk with an address and a session of its own."""

    def __init__(self, service: Service, editor: str = BOSS, **params: str) -> None:
        self.params: dict[str, str] = params
        self.memory: dict[str, object] = {}
        self.desk = TermDesk(service, editor, self.params, self.memory)

    def act(self, action: str) -> None:
        concept = self.desk.look().concept
        self.desk.act({"action": action, "id": concept.shown.source if concept is not None else ""})

    def told(self) -> str:
        notice = self.desk.look().notice
        return notice.key if notice is not None else ""


def test_the_desk_proposes_approves_and_takes_back(file: Path, opener: Opener) -> None:
    service = opener()
    mine = At(service, EDITOR, new="1", source="grid", target="网格")
    form = mine.desk.look().form
    assert form is not None
    assert (form.term.source, form.term.preferred, form.term.status) == ("grid", "网格", "proposed")
    # Whatever the browser says, an editor proposes.
    mine.desk.save({**values_of(GRID._replace(status="approved"))})
    assert mine.told() == "notice.term-proposed"
    assert mine.params == {"term": "grid"}
    mine.act("approve")
    assert service.gate.glossary.get("grid") is None
    boss = At(service, term="grid")
    assert {"approve", "withdraw", "preview", "edit"} <= boss.desk.look().actions
    boss.act("approve")
    assert boss.told() == "notice.term-approve"
    assert service.gate.glossary.get("grid") == GRID
    boss.act("undo")
    assert boss.told() == "notice.undone"
    assert service.gate.glossary.get("grid") is None
    mine.act("withdraw")
    assert mine.told() == "notice.term-withdraw"
    assert mine.desk.terms.base().get("grid") is None


def test_a_conflict_shows_both_and_the_next_save_decides(file: Path, opener: Opener) -> None:
    put(file, HEAD + "grid,网格,格网,,\n")
    service = opener()
    boss = At(service, term="grid")
    boss.act("edit")
    assert boss.desk.look().form is not None
    put(file, HEAD + "grid,栅格,格网,,\n")
    mine = values_of(GRID._replace(note="mine"))
    boss.desk.save(mine)
    view = boss.desk.look()
    assert view.form is not None
    assert (view.form.term.note, view.form.theirs) == ("mine", (GRID._replace(preferred="栅格"),))
    boss.desk.save(mine)
    assert boss.told() == "notice.term-saved"
    assert file.read_text(encoding="utf-8") == HEAD + "grid,网格,格网,approved,mine\n"


def test_a_reader_is_offered_nothing(file: Path, opener: Opener) -> None:
    roles = file.parents[1] / "review" / FILE_NAME
    roles.write_text('default = "reader"\n', encoding="utf-8")
    guest = At(opener(), "guest", term="agent", edit="1")
    view = guest.desk.look()
    assert (view.form, view.actions) == (None, frozenset())
    guest.act("new")
    guest.act("edit")
    assert guest.desk.look().form is None


def test_nonsense_from_the_browser_changes_nothing(file: Path, opener: Opener) -> None:
    service = opener()
    boss = At(service, term="agent", new="1")
    boss.desk.look()
    boss.desk.save({"source": 3, "preferred": None, "policy": [], "file": "/etc/passwd"})
    boss.desk.save({"source": "x", "preferred": "y", "file": "/tmp/other.csv"})
    assert boss.told() == "notice.term-failed"
    boss.desk.ask({})
    boss.desk.discard()
    for event in ({}, {"action": "approve"}, {"action": "edit", "id": "gone"}, {"action": []}):
        boss.desk.act(event)  # type: ignore[arg-type]
    boss.desk.search({"q": 1, "status": ["x"]})
    boss.desk.pick("no such term")
    assert boss.desk.look().concept is None
    assert not file.exists()
