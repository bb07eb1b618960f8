"""All rules on the cases of each: their fixes do not fight, and leave nothing behind that would be fixed."""

from __future__ import annotations

import pytest
from support import Case, cases

from checks.digest import parse
from checks.engine import Engine
from checks.fixing import fix_text
from checks.model import Finding, Safety
from checks.registry import rules

SAFE: tuple[Safety, ...] = ("safe",)
UNSAFE: tuple[Safety, ...] = ("safe", "unsafe")
FORM = ("FMT", "CHR", "DIG")
EVERY = Engine(rules())
ENGINE = Engine([loaded for loaded in rules() if loaded.rule.code.startswith(FORM)])
"""The rules of form: those of terms and of fidelity touch other things."""
FORMAL = [case for case in cases() if case.code.startswith(FORM)]


@pytest.mark.parametrize("case", FORMAL, ids=lambda case: case.id)
def test_fixes_settle(case: Case) -> None:
    def check(whole: str) -> tuple[Finding, ...]:
        digest = parse(whole, case.path)
        checked = ENGINE.check(digest, case.context(digest))
        assert not checked.crashes
        return checked.findings

    for safeties in (SAFE, UNSAFE):
        fixed = fix_text(case.file(case.text), check, safeties)
        assert fixed.settled
        assert fix_text(fixed.text, check, safeties) == (fixed.text, (), True)


@pytest.mark.parametrize(
    "unit", ["<!-- ", "<!-- TODO -->", "\\begin{a}", "\\[ ", "$$ ", "```\n", "<think>", "<a b='", "[TODO", "[a](", "\n"]
)
def test_what_never_closes_keeps_no_rule_from_the_rest(unit: str) -> None:
    case = Case("CHR001", 1, "我們研究。" + unit * 10_000, flagged=True)
    digest = parse(case.file(case.text), case.path)
    checked = EVERY.check(digest, case.context(digest))
    assert not checked.crashes
    assert any(finding.code == "CHR001" and finding.quote == "們" for finding in checked.findings)
