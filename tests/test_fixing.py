"""Edits → text: what can be made together, and that passes come to an end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.fixing import MOST_PASSES, choose, compatible, fix_text, splice
from checks.model import Edit, Finding, Fix, Message, Safety, Span, Text

TEXT = "零一二三四五六七八九"
NOTHING = Message(Text("", ""))


def finding(*edits: Edit, code: str = "DIG001", safety: Safety = "safe") -> Finding:
    fixes = (Fix(NOTHING, safety, edits),) if edits else ()
    start = edits[0].start if edits else 0
    return Finding(code, "rule", "error", "m", "p.md", None, "body", Span(start, start), "", NOTHING, fixes=fixes)


def pair(*edits: Edit, code: str = "DIG001") -> tuple[Finding, Fix]:
    one = finding(*edits, code=code)
    return one, one.fixes[0]


@st.composite
def edits(draw: st.DrawFn, size: int = len(TEXT)) -> Edit:
    start = draw(st.integers(0, size))
    end = draw(st.integers(start, min(size, start + 3)))
    return Edit(start, end, draw(st.sampled_from(["", "x", "yy"])))


@st.composite
def fixes(draw: st.DrawFn) -> tuple[Finding, Fix]:
    taken: list[Edit] = []
    for edit in sorted(draw(st.lists(edits(), min_size=1, max_size=3))):
        if all(compatible(edit, other) and edit != other for other in taken):
            taken.append(edit)
    return pair(*taken, code=draw(st.sampled_from(["AAA001", "BBB001", "CCC001"])))


def test_splice() -> None:
    assert splice(TEXT, []) == TEXT
    assert splice(TEXT, [Edit(9, 10, "玖"), Edit(0, 1, ""), Edit(5, 5, "+")]) == "一二三四+五六七八玖"
    assert splice(TEXT, [Edit(1, 2, "壹"), Edit(1, 2, "壹")]) == "零壹二三四五六七八九"


@pytest.mark.parametrize(
    "bad", [[Edit(0, 3, ""), Edit(2, 4, "")], [Edit(8, 11, "")], [Edit(3, 2, "")], [Edit(-1, 1, "")]]
)
def test_splice_refuses_what_cannot_be_made(bad: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        splice(TEXT, bad)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (Edit(0, 2, "a"), Edit(2, 3, "b"), True),
        (Edit(0, 2, "a"), Edit(1, 3, "b"), False),
        (Edit(0, 2, "a"), Edit(0, 2, "a"), True),
        (Edit(0, 2, "a"), Edit(0, 2, "b"), False),
        (Edit(2, 2, "a"), Edit(2, 2, "a"), True),
        (Edit(2, 2, "a"), Edit(2, 2, "b"), False),
        (Edit(2, 2, "a"), Edit(0, 2, "b"), False),
        (Edit(2, 2, "a"), Edit(2, 4, "b"), False),
        (Edit(2, 2, "a"), Edit(1, 4, "b"), False),
        (Edit(2, 2, "a"), Edit(3, 4, "b"), True),
        (Edit(2, 2, "a"), Edit(3, 3, "b"), True),
    ],
)
def test_compatible(one: Edit, other: Edit, together: bool) -> None:
    assert compatible(one, other) is together
    assert compatible(other, one) is together


def test_the_earlier_fix_goes_first_then_the_code() -> None:
    early, late = pair(Edit(1, 3, "x")), pair(Edit(2, 4, "y"))
    assert choose([late, early]) == [early]
    one, other = pair(Edit(1, 3, "x"), code="AAA001"), pair(Edit(1, 3, "y"), code="BBB001")
    assert choose([other, one]) == [one]


def test_equal_edits_serve_both_fixes() -> None:
    one, other = pair(Edit(1, 2, "x"), code="AAA001"), pair(Edit(1, 2, "x"), Edit(5, 6, "y"), code="BBB001")
    chosen = choose([one, other])
    assert chosen == [one, other]
    assert splice(TEXT, (edit for _, fix in chosen for edit in fix.edits)) == "零x二三四y六七八九"


def test_a_fix_is_made_whole_or_not_at_all() -> None:
    first, both = pair(Edit(2, 5, "x")), pair(Edit(4, 6, "y"), Edit(8, 9, "z"))
    assert choose([first, both]) == [first]


@given(st.lists(fixes(), max_size=8))
def test_chosen_fixes_can_be_made_together(wanted: list[tuple[Finding, Fix]]) -> None:
    chosen = choose(wanted)
    made = [edit for _, fix in chosen for edit in fix.edits]
    assert all(compatible(one, other) for one in made for other in made)
    splice(TEXT, made)
    # Nothing is left out that would have fitted, and the first always fits.
    for one in wanted:
        if one not in chosen:
            assert any(not compatible(edit, other) for edit in one[1].edits for other in made)
    assert bool(chosen) == bool(wanted)


@given(st.lists(edits(), max_size=6))
def test_splice_is_as_long_as_its_edits_say(wanted: list[Edit]) -> None:
    made: set[Edit] = set()
    for edit in wanted:
        if all(compatible(edit, other) for other in made):
            made.add(edit)
    grown = sum(len(edit.text) - (edit.end - edit.start) for edit in made)
    assert len(splice(TEXT, made)) == len(TEXT) + grown


def spaces(text: str) -> Sequence[Finding]:
    """A toy rule: no two spaces in a row; takes one away at a time."""
    return [finding(Edit(at, at + 1, "")) for at in range(len(text) - 1) if text[at : at + 2] == "  "]


@given(st.text("a ", max_size=60))
def test_fix_text_reaches_the_fixed_point(text: str) -> None:
    fixed = fix_text(text, spaces)
    assert fixed.settled
    assert "  " not in fixed.text
    assert len(fixed.applied) == len(text) - len(fixed.text)
    assert fix_text(fixed.text, spaces) == (fixed.text, (), True)


def test_only_the_wanted_safeties_are_applied() -> None:
    def check(text: str) -> list[Finding]:
        found = []
        if "a" in text:
            found.append(finding(Edit(text.index("a"), text.index("a") + 1, "A")))
        if "b" in text:
            found.append(finding(Edit(text.index("b"), text.index("b") + 1, "B"), safety="unsafe"))
        if "c" in text:
            found.append(finding(Edit(text.index("c"), text.index("c") + 1, "C"), safety="manual"))
        return found

    assert fix_text("abc", check).text == "Abc"
    assert fix_text("abc", check, ("safe", "unsafe")).text == "ABc"
    assert [one.fixes[0].safety for one in fix_text("abc", check, ("unsafe",)).applied] == ["unsafe"]


def test_findings_without_a_fix_leave_the_text_alone() -> None:
    assert fix_text("abc", lambda text: [finding()]) == ("abc", (), True)


def test_rules_that_undo_each_other_are_stopped() -> None:
    def flip(text: str) -> list[Finding]:
        return [finding(Edit(0, 1, "b" if text == "a" else "a"))]

    fixed = fix_text("a", flip)
    assert not fixed.settled
    assert len(fixed.applied) == MOST_PASSES


def test_a_fix_that_changes_nothing_is_stopped() -> None:
    calls: list[str] = []

    def check(text: str) -> list[Finding]:
        calls.append(text)
        return [finding(Edit(0, 1, text[0]))]

    assert fix_text("a", check) == ("a", (), False)
    assert calls == ["a"]
