"""Changing rows of a glossary file without touching any other line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import GlossaryError, Term
from glossary.editing import RowsChanged, changed, from_record, record
from glossary.files import in_order, one_each, shipped
from glossary.formats import FORMATS
from glossary.rows import read_table, read_text

FILE = Path("terms.csv")
HEAD = "source,preferred,status,note\n"


def test_a_new_row_stands_where_the_order_of_sources_wants_it() -> None:
    text = HEAD + "alpha,甲,,\nGamma,丙,,\n"
    made = changed(FILE, text, [], [Term("Beta", "乙", note="a, b")])
    assert made.text == HEAD + 'alpha,甲,,\nBeta,乙,approved,"a, b"\nGamma,丙,,\n'
    assert [term.line for term in made.terms] == [2, 3, 4]


def test_bom_line_ends_quotes_and_columns_stay_as_they_are() -> None:
    text = '\ufeffnote,preferred,source\r\n"x",甲,alpha\r\n,乙,beta'
    (alpha, beta) = read_table("", text.removeprefix("\ufeff"))
    made = changed(FILE, text, [beta], [beta._replace(preferred="丁")])
    assert made.text == '\ufeffnote,preferred,source\r\n"x",甲,alpha\r\n,丁,beta\r\n'
    assert changed(FILE, text, [alpha], []).text == "\ufeffnote,preferred,source\r\n,乙,beta\r\n"


def test_a_column_that_a_row_needs_is_added_without_touching_the_other_lines() -> None:
    made = changed(
        FILE, "source,preferred\nalpha,甲\n", [], [Term("beta", "乙", forbidden=("二", "贰"), status="proposed")]
    )
    assert made.text == "source,preferred,forbidden,status\nalpha,甲\nbeta,乙,二|贰,proposed\n"
    assert made.terms[1].forbidden == ("二", "贰")


def test_an_empty_file_gets_all_columns() -> None:
    made = changed(FILE, "", [], [Term("alpha", "甲")])
    assert made.text.startswith("source,abbr,variants,preferred,")
    assert made.terms == [Term("alpha", "甲")]


def test_a_row_that_is_no_longer_what_was_seen_is_handed_back() -> None:
    text = HEAD + "alpha,甲,,别人写的\n"
    with pytest.raises(RowsChanged) as caught:
        changed(FILE, text, [Term("alpha", "甲")], [Term("alpha", "乙")])
    assert caught.value.found == (Term("alpha", "甲", note="别人写的"),)
    with pytest.raises(RowsChanged):
        changed(FILE, text, [], [Term("ALPHA", "乙")])
    with pytest.raises(RowsChanged):
        changed(FILE, text, [Term("beta", "乙")], [])


def test_a_row_keeps_its_place_in_a_file_that_is_not_sorted() -> None:
    text = HEAD + "gamma,丙,,\nalpha,甲,,\nbeta,乙,,\n"
    alpha = read_table("", text)[1]
    assert changed(FILE, text, [alpha], [alpha._replace(note="n")]).text == HEAD + (
        "gamma,丙,,\nalpha,甲,approved,n\nbeta,乙,,\n"
    )


def test_a_proposal_stands_beside_the_term_that_it_would_change() -> None:
    one, other = Term("alpha", "甲"), Term("Alpha", "乙", status="proposed")
    made = changed(FILE, changed(FILE, "", [], [one]).text, [one], [one, other])
    assert one_each(made.terms) == {("alpha", False): one, ("alpha", True): other}
    with pytest.raises(GlossaryError, match="already stands"):
        one_each([one, other, other._replace(preferred="丙")])


@pytest.mark.parametrize("text", ["nonsense\n", 'source,preferred\n"alpha,甲\n', "source,preferred\n\nalpha,甲\n"])
def test_a_file_that_is_no_glossary_is_left_alone(text: str) -> None:
    with pytest.raises(GlossaryError):
        changed(FILE, text, [], [Term("beta", "乙")])


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_a_change_and_its_reverse_give_the_file_back(path: Path) -> None:
    text = read_text(path)
    first = read_table(str(path), text)[0]
    there = changed(path, text, [first], [first._replace(source="zzz", note="=1+1")])
    assert read_table(str(path), there.text)[-1].note == "=1+1"
    assert read_table(str(path), changed(path, there.text, there.terms[-1:], [first]).text) == read_table(
        str(path), text
    )


WORDS = st.sampled_from(
    [
        "alpha",
        "ALPHA beta",
        "=1+1",
        '"q"',
        "'",
        "a,b",
        "<b>x</b>",
        "\u202e反",
        "甲",
        "-",
        "@x",
        " 乙 b".strip(),
        "ß",
        "ss",
    ]
)


@given(st.dictionaries(WORDS.map(str.casefold), WORDS, max_size=6), WORDS, WORDS, st.sampled_from(["\n", "\r\n"]))
def test_any_row_can_be_put_in_and_taken_out_again(rows: dict[str, str], source: str, preferred: str, end: str) -> None:
    rows.pop(source.casefold(), None)
    terms = in_order(Term(one, other) for one, other in rows.items())
    text = FORMATS["csv"].write(terms).text.replace("\n", end)
    new = Term(source, preferred, note="note")
    made = changed(FILE, text, [], [new])
    assert made.terms == in_order([*terms, new])
    assert changed(FILE, made.text, [new], []).text == text
    assert from_record(record([new]), "") == [new]
