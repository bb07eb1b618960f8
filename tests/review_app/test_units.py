"""Merging, line breaks, and marked text: pure functions."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.fixing import hunk, splice
from checks.markedtext import Mark, changes, difference, escaped, marked, one_line, raw
from checks.model import Edit, Fix, Message, Span, Text
from review_app import locale, units
from review_app.server import address, bind

TEXTS = st.text(alphabet="ab中，\n\r ", max_size=12)


@given(TEXTS, TEXTS)
def test_a_hunk_makes_the_new_text(base: str, new: str) -> None:
    assert splice(base, [hunk(base, new)]) == new


@given(TEXTS, TEXTS, TEXTS)
def test_a_merge_keeps_both_sides_or_is_none(base: str, mine: str, theirs: str) -> None:
    merged = units.merge(base, mine, theirs)
    if theirs == base:
        assert merged == mine
    elif mine == base:
        assert merged == theirs
    elif merged is not None and mine != theirs:
        changes_ = [hunk(base, mine), units.hunk(base, theirs)]
        assert merged == splice(base, changes_)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("一二三四五", "一2三四五", "一二三4五", "一2三4五"),
        ("一二三四五", "一2三四五", "一2三四五", "一2三四五"),
        ("一二三四五", "一2三四五", "一贰三四五", None),
        ("一二三", "一A二三", "一B二三", None),
        ("一二三", "一二", "二三", "二"),
    ],
)
def test_merge(base: str, mine: str, theirs: str, merged: str | None) -> None:
    assert units.merge(base, mine, theirs) == merged


@given(TEXTS)
def test_an_untouched_text_comes_back_from_the_browser_unchanged(base: str) -> None:
    assert units.from_browser(base, units.browser_text(base)) == base


@given(TEXTS, TEXTS)
def test_the_browsers_edits_arrive(base: str, edited: str) -> None:
    edited = units.browser_text(edited)
    assert units.browser_text(units.from_browser(base, edited)) == edited


def test_line_breaks_outside_the_edit_stay_as_they_are() -> None:
    assert units.from_browser("a\r\nb\nc\r\n", "a\nB\nnew\nc\n") == "a\r\nB\nnew\nc\r\n".replace("B\nnew", "B\r\nnew")


def test_marks_are_nested_into_pieces_and_the_current_one_stays_whole() -> None:
    made = marked("甲乙丙丁", 10, [Mark(10, 12, "a", "warning", "A"), Mark(11, 13, "b", "error", "B", True)])
    assert made.count("<mark") == 2
    assert '>甲</mark><mark class="yj-m yj-error yj-cur"' in made
    assert ">乙丙</mark>丁" in made


def test_a_mark_over_a_line_break_loses_no_character() -> None:
    shown = raw("a)\n静b \n", 0, [Mark(1, 4, "x", "warning", "X", True)])
    assert shown.count("静") == 1
    assert shown.count("<mark") == 2
    assert '<span class="yj-ws">·</span>' in shown


def test_an_insertion_is_shown_as_a_caret() -> None:
    assert "yj-caret" in marked("甲乙", 0, [Mark(1, 1, "x", "info", "X", True)])


@given(st.text(max_size=30))
def test_no_text_becomes_markup(text: str) -> None:
    for made in (escaped(text), marked(text, 0, []), changes("", text)):
        stripped = (
            made.replace('<span class="yj-ctl">', "").replace("</span>", "").replace("<ins>", "").replace("</ins>", "")
        )
        assert "<" not in stripped
        assert ">" not in stripped


def test_what_cannot_be_seen_is_spelt_out() -> None:
    assert escaped("a\u202eb\u200b") == 'a<span class="yj-ctl">U+202E</span>b<span class="yj-ctl">U+200B</span>'
    assert one_line(" a\r\nb\u3000") == "␣a⏎b␣"
    assert len(one_line("长" * 500)) < 100


def test_a_difference_shows_only_what_changes_within_its_field() -> None:
    text = "标题甲（乙）丙\n正文很长很长"
    fix = Fix(Message(Text("x", "x")), "safe", (Edit(2, 6, "甲 (乙)"), Edit(11, 12, "短")))
    shown = difference(text, fix, [Span(0, 7), Span(8, len(text)), Span(0, len(text))])
    assert shown.startswith("标题甲<del>（乙）</del><ins>␣(乙)</ins>丙<span")
    assert "⏎" not in shown
    assert shown.endswith("<ins>短</ins>很长")


def test_the_two_languages_take_the_same_arguments() -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [key for key, (zh, en) in locale.TEXTS.items() if names(zh) != names(en)] == []
    assert [key for key, pair in locale.TEXTS.items() if not all(text.strip() for text in pair)] == []


def test_a_port_of_0_is_any_free_one() -> None:
    with bind("127.0.0.1", 0) as bound:
        assert address(bound).startswith("http://127.0.0.1:")
        assert bound.getsockname()[1] > 0
