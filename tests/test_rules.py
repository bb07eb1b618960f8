"""Every rule does what its cases say, and has cases and a manual to speak of."""

from __future__ import annotations

import importlib
import re
from collections import Counter

import pytest
from support import CASES, Case, cases, check, loaded_rule, repair, run

from checks.digest import parse
from checks.fixing import splice
from checks.model import Finding, Safety, Span, Text
from checks.registry import Loaded, rules
from checks.text import has_han

ALL = cases()
FLAGGED = [case for case in ALL if case.flagged]
FIXED = [case for case in ALL if case.fix is not None or case.unsafe_fix is not None]
SAFE: tuple[Safety, ...] = ("safe",)
UNSAFE: tuple[Safety, ...] = ("safe", "unsafe")
FIELD = re.compile(r"\{(\w+)\}")
NORM = re.compile(r"house (?:style|rule)|norm\b|GB/T|clreq|CommonMark|GFM|Unicode|arXiv|ISO|MQM", re.IGNORECASE)


def by_id(values: list[Case] | tuple[Case, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", values, ids=[case.id for case in values])


every_rule = pytest.mark.parametrize("loaded", rules(), ids=[loaded.rule.code for loaded in rules()])


@by_id(ALL)
def test_case(case: Case) -> None:
    findings = run(case)
    assert tuple(finding.quote for finding in findings) == case.quotes
    if case.severity is not None:
        assert {finding.severity for finding in findings} == {case.severity}


@by_id(FIXED)
def test_fix(case: Case) -> None:
    for expected, safeties in ((case.fix, SAFE), (case.unsafe_fix, UNSAFE)):
        if expected is None:
            continue
        fixed = repair(case, *safeties)
        assert fixed.text == case.file(expected)
        assert fixed.settled


@by_id(FLAGGED)
def test_fixes_keep_to_their_place(case: Case) -> None:
    whole = case.file(case.text)
    digest = parse(whole, case.path)
    for finding in run(case):
        # The same paper may stand twice in a file: the entry meant is the one round the finding.
        own = [entry.span for entry in digest.entries if entry.key == finding.entry]
        around = [span for span in own if span.start <= finding.span.start <= span.end]
        start, end = around[0] if finding.entry is not None else Span(0, len(whole))
        for fix in finding.fixes:
            assert fix.edits
            assert all(start <= edit.start <= edit.end <= end for edit in fix.edits)
            assert splice(whole, fix.edits) != whole, "a fix that changes nothing"


@by_id(FLAGGED)
def test_fixes_are_idempotent(case: Case) -> None:
    for safeties in (SAFE, UNSAFE):
        fixed = repair(case, *safeties)
        assert fixed.settled
        assert [finding for finding in check(case, fixed.text) if finding.fix(*safeties)] == []


@by_id(FLAGGED)
def test_messages(case: Case) -> None:
    def said(finding: Finding) -> list[tuple[str, str]]:
        messages = [finding.message, *(fix.title for fix in finding.fixes), *(it.message for it in finding.related)]
        return [(message.render("en"), message.render("zh")) for message in messages]

    for finding in run(case):
        for english, chinese in said(finding):
            assert english.strip()
            assert has_han(chinese)
            assert english != chinese


@every_rule
def test_rule_has_cases(loaded: Loaded) -> None:
    code = loaded.rule.code
    own = [case for case in ALL if case.code == code]
    kinds = Counter(case.flagged for case in own)
    assert kinds[True] >= 3, f"{code}.yml needs 3 flag cases"
    assert kinds[False] >= 3, f"{code}.yml needs 3 pass cases"
    if loaded.rule.fix in ("safe", "unsafe"):
        key = "fix" if loaded.rule.fix == "safe" else "unsafe_fix"
        assert any(getattr(case, key) is not None for case in own), f"{code}.yml needs a case with {key}"


@every_rule
def test_rule_has_a_manual(loaded: Loaded) -> None:
    summary, *rest = re.split(r"\n\s*\n", loaded.manual)
    assert summary.strip().endswith("."), "the manual begins with a sentence that sums the rule up"
    assert "\n" not in summary.strip(), "the summary is one line"
    assert len(rest) >= 2, "the manual has at least three paragraphs"
    assert NORM.search(loaded.manual), "the manual names the norm it rests on"
    assert has_han(loaded.manual) or loaded.rule.code.startswith(("DIG", "SUP")), "the manual shows Chinese examples"
    assert loaded.rule.summary.en.strip()
    assert has_han(loaded.rule.summary.zh)


def test_every_case_file_belongs_to_a_rule() -> None:
    codes = {loaded.rule.code for loaded in rules()}
    strays = [path.name for path in CASES.iterdir() if path.stem not in codes or path.suffix != ".yml"]
    assert strays == []


@by_id([case for case in ALL if case.fix is not None])
def test_rule_that_fixes_safely_says_so(case: Case) -> None:
    assert loaded_rule(case.code).rule.fix is not None


def test_case_ids_are_unique() -> None:
    ids = Counter(case.id for case in ALL)
    assert [name for name, count in ids.items() if count > 1] == []


@every_rule
def test_wordings_are_alike(loaded: Loaded) -> None:
    """Every wording begins like a sentence, names its arguments in both languages, and has no full stop."""
    module = importlib.import_module(loaded.module)
    wordings = [value for value in vars(module).values() if isinstance(value, Text)] + [loaded.rule.summary]
    for wording in wordings:
        assert not wording.en[:1].islower(), wording.en
        assert not wording.en.endswith("."), wording.en
        assert not wording.zh.endswith("。"), wording.zh
        assert sorted(set(FIELD.findall(wording.en))) == sorted(set(FIELD.findall(wording.zh))), wording
