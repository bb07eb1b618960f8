"""Dismissals: kept as lines, taken back by lines, and open again when what they judged has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from gatekit import CLEAN, RULES, WARNED, WRONG, entry, run, write

from checks import dismissals
from checks.dismissals import Dismissal
from checks.errors import ReviewFileError
from checks.gate import Gate
from checks.model import Finding
from checks.settings import Settings
from checks.verdict import FileReport

TODAY = date(2025, 8, 1)


@pytest.fixture
def review(tmp_path: Path) -> Path:
    return tmp_path / "data/review"


def gate(review: Path, today: date = TODAY, **more: object) -> Gate:
    return Gate(Settings(review_dir=review, select=("TRM001", "TRM006", "FMT001"), **more), today)  # type: ignore[arg-type]


def dismiss(finding: Finding, opened: Gate, **more: object) -> Dismissal:
    record = Dismissal.of(
        finding,
        revision=opened.revisions[finding.code],
        term_hash=opened.term_hash(finding),
        reason="other",
        note=" 原文如此 ",
        by="编辑",
    )
    return replace(record, **more)  # type: ignore[arg-type]


def keep(review: Path, text: str = WRONG, **more: object) -> Dismissal:
    """Dismiss the first finding of a text."""
    opened = gate(review)
    record = dismiss(opened.check_text(text, "a.md").findings[0], opened, **more)
    dismissals.add(review, [record])
    return record


def check(review: Path, text: str = WRONG, **more: object) -> FileReport:
    return gate(review, **more).check_text(text, "b.md")  # type: ignore[arg-type]


def test_round_trip(review: Path) -> None:
    kept = [keep(review), keep(review, WARNED, expires=date(2026, 1, 1))]
    assert list(dismissals.load(review)) == kept
    assert kept[0].reason_text == "原文如此"
    dismissals.revoke(review, [kept[0].id], "编辑")
    assert list(dismissals.load(review)) == kept[1:]
    lines = (review / dismissals.FILE_NAME).read_text(encoding="utf-8").split("\n")
    assert len(lines) == 4
    assert lines[-1] == ""


def test_no_file_is_no_dismissal(review: Path) -> None:
    assert dismissals.load(review) == ()
    assert dismissals.load(None) == ()


def test_two_branches_join_their_lines_in_any_order(review: Path) -> None:
    first, second = keep(review), keep(review, WARNED)
    dismissals.revoke(review, [first.id], "编辑")
    path = review / dismissals.FILE_NAME
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("\n".join(reversed([*lines, *lines])).rstrip("\n"), encoding="utf-8")
    assert dismissals.load(review) == (second,)
    # A file that lost its last line feed takes another record all the same.
    third = keep(review, CLEAN.replace("事物。", "用RL。"))
    assert set(dismissals.load(review)) == {second, third}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda text: "前言。\n\n" + text.replace("[关于", "\n[关于") + "\n" + CLEAN.replace("00001", "7"), "moved"),
        (lambda text: text.replace("## A Study of Things", "## Another Title"), "heading changed"),
        (lambda text: text.replace("abs/2504.00001", "pdf/2504.00001v2"), "another version"),
        (lambda text: text.replace("本文训练", "因此，我们在此训练"), "context before"),
        (lambda text: text.replace("训练大型", "训练 大型"), "white space"),
    ],
)
def test_a_dismissal_follows_its_finding(review: Path, change: object, what: str) -> None:
    keep(review)
    assert callable(change)
    report = check(review, change(WRONG))
    assert [finding.code for finding, _ in report.dismissed] == ["TRM001"], what
    assert (report.findings, report.unmatched) == ((), ())


def test_a_dismissal_speaks_of_its_own_paper_only(review: Path) -> None:
    keep(review)
    report = check(review, WRONG.replace("2504.00001", "2504.00002"))
    assert [finding.code for finding in report.findings] == ["TRM001"]
    assert report.unmatched == ()


def test_only_the_first_of_two_equal_places_is_dismissed(review: Path) -> None:
    keep(review)
    report = check(review, entry("本文训练大型语言模型。我们也训练大型语言模型，不是吗？"))
    assert len(report.findings) == 1
    assert len(report.dismissed) == 1
    assert report.dismissed[0][0].span.start < report.findings[0].span.start


@pytest.mark.parametrize(("today", "holds"), [(date(2025, 8, 31), True), (date(2025, 9, 1), False)])
def test_expiry_opens_on_its_day(review: Path, today: date, holds: bool) -> None:
    keep(review, expires=date(2025, 9, 1))
    assert bool(check(review, today=today).dismissed) == holds


def test_a_new_revision_of_the_rule_opens(review: Path) -> None:
    record = keep(review)
    path = review / dismissals.FILE_NAME
    path.unlink()
    dismissals.add(review, [replace(record, rule_revision=record.rule_revision + 1)])
    assert check(review).dismissed == ()


@pytest.mark.parametrize(("column", "holds"), [("note", True), ("domain", False)])
def test_a_change_of_the_term_opens_but_not_of_its_note(review: Path, column: str, holds: bool) -> None:
    def terms(cell: str) -> Path:
        header = f"source,abbr,preferred,forbidden,{column}\n"
        return write(review, "terms.csv", f"{header}large language model,LLM,大语言模型,大型语言模型,{cell}\n")

    glossary = (terms("one"),)
    opened = gate(review, extra_glossary=glossary)
    dismissals.add(review, [dismiss(opened.check_text(WRONG, "a.md").findings[0], opened)])
    assert check(review, extra_glossary=glossary).dismissed
    terms("two")
    assert bool(check(review, extra_glossary=glossary).dismissed) == holds


def test_unmatched_dismissals_are_said(tmp_path: Path, review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "yijiao.toml", "")
    write(tmp_path, "gone.md", CLEAN)
    write(tmp_path, "other.md", CLEAN.replace("00001", "00002"))
    keep(review)
    for lang, says in (("en", "Dismissals that match nothing any more: TRM001 2504.00001"), ("zh", "1 条忽略记录")):
        assert says in run("gone.md", "other.md", *RULES, "--lang", lang).out
    # It says so of papers that were checked, by rules that ran.
    assert "match nothing" not in run("other.md", *RULES).out
    assert "match nothing" not in run("gone.md", "--select", "FMT001").out
    # Needed in one of two files that hold the paper, it is not idle.
    write(tmp_path, "still.md", WRONG)
    assert "match nothing" not in run("gone.md", "still.md", *RULES, "--lang", "en").out


def test_dismissed_findings_are_counted_and_pass(tmp_path: Path, review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "a.md", WRONG)
    keep(review)
    assert run("a.md", *RULES).code == 1
    result = run("a.md", *RULES, "--review-dir", review, "--format", "json")
    assert (result.code, result.findings, result.document["summary"]["dismissed"]) == (0, [], 1)
    assert "1 more dismissed by editors." in run("a.md", *RULES, "--review-dir", review, "--lang", "en").out
    assert "另有 1 处已由编辑忽略。" in run("a.md", *RULES, "--review-dir", review, "--lang", "zh").out


@pytest.mark.parametrize(
    ("change", "reason", "note", "says"),
    [
        ({}, "because", "x", "unknown reason"),
        ({}, "other", " ", "needs a text"),
        ({"entry": None, "field": "file", "quote": ""}, "quotation", "", "about a whole file"),
    ],
)
def test_what_cannot_be_dismissed(review: Path, change: dict[str, object], reason: str, note: str, says: str) -> None:
    finding = gate(review).check_text(WRONG, "a.md").findings[0]._replace(**change)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=says):
        Dismissal.of(finding, revision=1, term_hash=None, reason=reason, note=note, by="编辑")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"v":1', '"v":2', "is not a record of version 1"),
        ('"by":"编辑",', "", "lacks by"),
        ('"quote":"', '"quote":{},"x":"', "lacks quote, or has another type"),
        ('"reason":{', '"reason":3,"x":{', "lacks reason"),
        ('"reason":{"code"', '"reason":{"kind"', "lacks reason"),
        ('"expires":null', '"expires":"soon"', "holds a wrong value"),
        ('"expires":null', '"expires":3', "holds a wrong value"),
        ('"nth":0', '"nth":"x"', "holds a wrong value"),
        ('"entry":"2504.00001"', '"entry":3', "holds a wrong value"),
        ("{", "<<<<<<< HEAD\n{", "is left from a merge conflict"),
        ("{", "=======\n{", "is left from a merge conflict"),
        ("{", "||||||| base\n{", "is left from a merge conflict"),
        ("{", "[", "is not JSON"),
        ("{", '"x"\n{', "is not a record"),
    ],
)
def test_malformed_line_is_named(review: Path, old: str, new: str, says: str) -> None:
    keep(review)
    path = review / dismissals.FILE_NAME
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text("\n" + text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReviewFileError) as caught:
        dismissals.load(review)
    assert (caught.value.path, caught.value.line) == (str(path), 2)
    assert caught.value.message.startswith(says)


def test_what_was_read_before_holds_where_the_file_cannot_be_read(review: Path) -> None:
    """A program that lives long reads again while somebody else merges two branches."""
    keep(review)
    living = gate(review)
    path = review / dismissals.FILE_NAME
    path.write_text(path.read_text() + "<<<<<<< HEAD\n")
    with pytest.raises(ReviewFileError):
        living.reload_decisions()
    assert len(living.check_text(WRONG, "a.md").dismissed) == 1
