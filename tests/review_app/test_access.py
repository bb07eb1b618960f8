"""Roles: read from their file, and asked before every write."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from reviewkit import EDITOR, WEEK, Opener, shown
from storekit import event

from checks.errors import SettingsError
from glossary import Term
from review_app.access import FILE_NAME, Access
from review_app.desk import Desk
from review_app.service import Service
from review_app.store import Wanted
from review_app.termchange import Change
from review_app.tuning import Grade, Wish

OFF = Wish(rules={"FMT001": Grade(on=False, severity="warning")})
ROLES = """\
default = "reader"
editors = ["Lin@Example.org", "吴"]
term-managers = ["wang@example.org"]
managers = ["chief"]
"""


@pytest.fixture
def roles(project: Path) -> Path:
    """The file of the roles."""
    folder = project / "data/review"
    folder.mkdir()
    path = folder / FILE_NAME
    path.write_text(ROLES, encoding="utf-8")
    return path


def later(path: Path, text: str) -> None:
    """Write a file so that its stamp changes, however fast the clock of the disk is."""
    before = path.stat().st_mtime_ns
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_a_role_may_do_what_the_lesser_ones_may(roles: Path) -> None:
    access = Access(roles.parent)
    found = {name: access.role(name) for name in ("lin@example.org", "吴", "WANG@example.org", "guest", "")}
    assert list(found.values()) == ["editor", "editor", "term-manager", "reader", None]
    assert access.may("lin@example.org")
    assert access.may("wang@example.org")
    assert access.may("wang@example.org", "term-manager")
    assert not access.may("lin@example.org", "term-manager")
    assert not access.may("wang@example.org", "manager")
    assert access.may("chief", "term-manager")
    assert access.may("chief", "manager")
    assert access.may("guest", "reader")
    assert not access.may("guest")
    assert not access.may("", "reader")


def test_without_a_file_the_way_of_starting_decides(tmp_path: Path) -> None:
    assert Access(tmp_path).role("lin") == "editor"
    assert Access(tmp_path, "reader").role("lin") == "reader"
    assert Access(tmp_path, "editor", "manager").role("lin") == "manager"
    assert Access(None).role("lin") == "editor"
    assert Access(None).role("") is None


@pytest.mark.parametrize(
    ("default", "role"), [("", "editor"), ('default = "none"\n', None), ('default = "term-manager"\n', "term-manager")]
)
def test_who_is_not_named(tmp_path: Path, default: str, role: str | None) -> None:
    (tmp_path / FILE_NAME).write_text(default, encoding="utf-8")
    assert Access(tmp_path).role("lin") == role


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("editors = [", "is not TOML"),
        ("editor = []", "'editor' is no key of it; did you mean 'editors'?"),
        ("x = []", "known are: default, readers, editors, term-managers, managers"),
        ('editors = "lin"', "editors must be a list of names"),
        ("editors = [1]", "editors must be a list of names"),
        ('editors = [" "]', "editors must be a list of names"),
        ('editors = ["lin"]\nreaders = ["LIN"]', "LIN stands in two lists|lin stands in two lists"),
        ('default = "admin"', "default must be one of none, reader, editor, term-manager, manager"),
        ("default = 1", "default must be one of"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_name(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said) as caught:
        Access(tmp_path)
    assert FILE_NAME in str(caught.value)


def test_a_change_holds_at_once_and_a_broken_file_changes_nothing(roles: Path, opener: Opener) -> None:
    service = opener()
    assert not service.may("guest")
    later(roles, ROLES.replace('"吴"', '"guest"'))
    assert service.may("guest")
    assert not service.may("吴")
    assert service.errors == ()
    later(roles, "editors = [")
    assert service.may("guest")
    assert "is not TOML" in str(service.errors[0])
    roles.unlink()
    assert not service.may("吴")
    assert "is gone" in str(service.errors[0])
    roles.write_text(ROLES, encoding="utf-8")
    assert service.may("吴")
    assert service.errors == ()


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def proposal(service: Service) -> Change:
    """A new term, as an editor may propose it."""
    found = service.terms.change(None, Term("mesh", "网格", status="proposed"))
    assert found is not None
    return found


WRITES: dict[str, Callable[[Service, str], object]] = {
    "accept": lambda service, editor: service.accept(editor, shown(service, "用L")).kind,
    "edit": lambda service, editor: (
        service.edit(
            editor,
            shown(service, "用L"),
            service.drafts.open(editor, shown(service, "用L")),
            "别的",
        ).kind
    ),
    "dismiss": lambda service, editor: service.dismiss(editor, shown(service, "用L"), "quotation").kind,
    "accept_all": lambda service, editor: service.accept_all(editor, [shown(service, "用L")]).outcome.kind,
    "dismiss_all": lambda service, editor: (
        service.dismiss_all(editor, [shown(service, "用L")], "quotation").outcome.kind
    ),
    "undo": lambda service, editor: service.undo(editor).kind,
    "undo_event": lambda service, editor: service.undo_event(editor, 1).kind,
    "tune": lambda service, editor: service.tune(editor, service.trial(OFF)).kind,
    "undo_batch": lambda service, editor: service.undo_batch(editor, "b").kind,
    "terms.save": lambda service, editor: service.terms.save(editor, proposal(service)).kind,
    "comments.say": lambda service, editor: (
        service.comments.say(editor, "data/digests/week.md", "2504.00001", "为什么？").kind
    ),
    "comments.answer": lambda service, editor: service.comments.answer(editor, "x", "因为").kind,
    "comments.resolve": lambda service, editor: service.comments.resolve(editor, "x").kind,
    "comments.reopen": lambda service, editor: service.comments.reopen(editor, "x").kind,
    "comments.withdraw": lambda service, editor: service.comments.withdraw(editor, "x").kind,
    "comments.take_back": lambda service, editor: service.comments.take_back(editor, event(kind="comment")).kind,
    "terms.take_back": lambda service, editor: service.terms.take_back(editor, event(kind="term")).kind,
}
SILENT: dict[str, Callable[[Service, str], object]] = {
    "look": lambda service, editor: service.look(editor, "data/digests/week.md", "2504.00001"),
    "drafts.save": lambda service, editor: service.drafts.save(
        editor, shown(service, "用L").place, "body", "base", "text"
    ),
    "drafts.drop": lambda service, editor: service.drafts.drop(editor, shown(service, "用L").place, "body"),
    "comments.keep": lambda service, editor: service.comments.keep(editor, "2504.00001", "", "为什么？"),
}
READS = {
    "comments", "comments.refresh", "comments.error", "comments.open", "comments.threads", "comments.on",
    "comments.draft",
    "terms", "terms.base", "terms.usage", "terms.findings", "terms.suggest", "terms.files", "terms.change",
    "terms.last", "terms.withdrawal", "terms.faults", "terms.refusal", "terms.preview",
    "onlookers", "preferences", "tallies", "trial",
    "decided", "efforts", "errors", "files", "finding", "index", "may", "neighbours", "paths", "present",
    "present_in", "queue", "recalled", "recheck", "refresh", "refusal",
    "quality", "report", "stored_path", "verdict", "open", "reopen", "access", "drafts", "gate", "read_only", "started",
    "store",
}  # fmt: skip


def test_every_method_is_known_here_as_one_that_writes_or_one_that_reads(service: Service) -> None:
    public = {name for name in dir(service) if not name.startswith("_")}
    public |= {name if name in READS else f"drafts.{name}" for name in dir(service.drafts) if not name.startswith("_")}
    for held, name in ((service.terms, "terms"), (service.comments, "comments")):
        public |= {f"{name}.{each}" for each in dir(held) if not each.startswith("_")}
    assert public == READS | WRITES.keys() | SILENT.keys()


@pytest.mark.parametrize("method", [*WRITES, *SILENT])
@pytest.mark.parametrize("who", ["guest", ""])
def test_a_reader_cannot_write_by_any_method(roles: Path, opener: Opener, week: Path, method: str, who: str) -> None:
    service = opener()
    # Something of their own to undo, from when they were allowed more.
    mine = event(by=who, batch="b", path="../digests/week.md", entry="2504.00001", before="x", after=WEEK[:40])
    service.store.record([(mine, None)])
    service.drafts.save("吴", shown(service, "用L").place, "body", "base", "text")
    before, drafts = everything(week.parents[2] / "data"), _drafts(service)
    assert {**WRITES, **SILENT}[method](service, who) in ("not-allowed", None)
    assert everything(week.parents[2] / "data") == before
    assert len(list(service.store.each(Wanted()))) == 1
    assert _drafts(service) == drafts
    assert service.store.looking("") == []
    # The same request of somebody who may.
    able = "chief" if method == "tune" else "吴"
    assert {**WRITES, **SILENT}[method](service, able) != "not-allowed"


def _drafts(service: Service) -> list[str | None]:
    place = shown(service, "用L").place
    found = [service.store.draft(who, "../digests/week.md", f"{place.entry}+0", "body") for who in ("guest", "", "吴")]
    said = [service.comments.draft(who, "2504.00001") for who in ("guest", "")]
    return [*(draft.text if draft is not None else None for draft in found), *map(str, said)]


def test_the_desk_tells_a_reader_so_and_opens_no_editor(roles: Path, opener: Opener, week: Path) -> None:
    desk = Desk(opener(), "guest", params := {"edit": "1"}, {})
    assert desk.look().editing is None
    for action in ("edit", "accept", "dismiss", "undo"):
        desk.act({"action": action, "id": params.get("at"), "reason": "quotation"})
        view = desk.look()
        assert view.editing is None
        assert view.notice is not None
        assert view.notice.key == "notice.not-allowed"
    assert week.read_text(encoding="utf-8") == WEEK


def test_a_read_only_app_lets_nobody_write(opener: Opener) -> None:
    service = opener(read_only=True)
    assert not service.may(EDITOR)
    assert service.may(EDITOR, "reader")


def test_only_a_manager_changes_the_settings(roles: Path, opener: Opener, project: Path) -> None:
    service = opener()
    before = (project / "yijiao.toml").read_text(encoding="utf-8")
    for who in ("", "guest", "吴", "wang@example.org"):
        assert service.tune(who, service.trial(OFF)).kind == "not-allowed"
    assert (project / "yijiao.toml").read_text(encoding="utf-8") == before
    assert service.tune("chief", service.trial(OFF)).kind == "settings-saved"
