"""Offsets and positions: there and back, in each encoding, as an independent count has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lspkit import CODECS, applied, lines, position
from lsprotocol import types

from checks.fixing import splice
from checks.lsp.positions import Positions
from checks.model import Edit, Span

CHARS = "a 中，\n\r\té\u0301\U0001f600\U00020000\u2028\x85\x0b\ufeff\u200d"
texts = st.text(st.sampled_from(CHARS), max_size=60)
encodings = st.sampled_from(sorted(CODECS))


def parted(text: str, offset: int) -> bool:
    """Whether an offset lies between the two halves of a line's end."""
    return text[offset - 1 : offset + 1] == "\r\n"


@given(texts, encodings, st.data())
def test_an_offset_is_the_position_that_bytes_tell_and_comes_back(
    text: str, encoding: str, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)).filter(lambda at: at == 0 or not parted(text, at)))
    positions = Positions(text, encoding)
    found = positions.position(offset)
    assert found == position(text, offset, encoding)
    assert positions.offset(found) == offset


@given(texts, encodings, st.integers(0, 70), st.integers(0, 300))
def test_any_position_is_an_offset_of_its_line_at_or_before_it(text: str, encoding: str, line: int, unit: int) -> None:
    positions = Positions(text, encoding)
    offset = positions.offset(types.Position(line, unit))
    rows = lines(text)
    if line >= len([row for row in rows if row.endswith(("\r", "\n"))]) + 1:
        assert offset == len(text)
    else:
        back = positions.position(offset)
        assert back.line == line
        assert back.character <= unit


@given(texts, encodings, st.data())
def test_an_edit_of_the_protocol_is_the_edit_of_the_text(text: str, encoding: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    edit = Edit(start, data.draw(st.integers(start, len(text))), data.draw(texts))
    made = Positions(text, encoding).edit(edit)
    assert applied(text, [made], encoding) == splice(text, [edit])


@pytest.mark.parametrize(("encoding", "columns"), [("utf-8", (4, 8, 11)), ("utf-16", (2, 4, 5)), ("utf-32", (1, 2, 3))])
def test_emoji_and_rare_characters_count_as_the_encoding_has_them(encoding: str, columns: tuple[int, ...]) -> None:
    positions = Positions("x\n\U0001f600\U00020000中", encoding)
    assert tuple(positions.position(at).character for at in (3, 4, 5)) == columns
    assert {positions.position(at).line for at in (3, 4, 5)} == {1}


def test_a_column_inside_a_character_is_its_beginning_and_one_behind_the_line_its_end() -> None:
    positions = Positions("\U0001f600b\r\nc")
    assert positions.offset(types.Position(0, 1)) == 0
    assert positions.offset(types.Position(0, 99)) == 2
    assert positions.offset(types.Position(9, 0)) == 5


def test_a_range_that_ends_before_it_starts_is_empty() -> None:
    backwards = types.Range(types.Position(0, 2), types.Position(0, 0))
    assert Positions("abc").span(backwards) == Span(2, 2)
