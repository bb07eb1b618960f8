"""Traditional to Simplified: the guard's data, and what may be believed of a conversion."""

from __future__ import annotations

import subprocess
import sys

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.conversion import GUARD, TELLING, UNCERTAIN, regional_changes, simplified, traditional_changes
from checks.traditional import TRADITIONAL

HAN_PLANES = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00))


def test_the_data_is_what_the_installed_opencc_changes() -> None:
    convert = opencc.OpenCC("t2s").convert
    assert "".join(char for char in map(chr, HAN_PLANES) if convert(char) != char) == TRADITIONAL


def test_the_guard_is_the_data_without_the_uncertain() -> None:
    assert set(TRADITIONAL) >= UNCERTAIN
    assert set(GUARD) == (set(TRADITIONAL) - UNCERTAIN) | set(TELLING)


def test_opencc_is_not_imported_for_simplified_text() -> None:
    program = (
        "import sys\n"
        "from checks.conversion import traditional_changes, regional_changes\n"
        "assert traditional_changes('提示覆盖模型，乾坤与昇腾') == regional_changes('智慧程式') == ()\n"
        "assert 'opencc' not in sys.modules\n"
        "assert traditional_changes('模型變大')\n"
        "assert 'opencc' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("text", ["乾燥", "拚命", "昇腾", "提示覆盖", "答覆", "沈默", "慰藉着瞭望", "显著", "穿著"])
def test_what_alone_proves_nothing(text: str) -> None:
    assert traditional_changes(text) == ()


@pytest.mark.parametrize(
    ("text", "new"),
    [("乾燥氣候", ["干", "气"]), ("答覆問題", ["复问题"]), ("藉由", ["借"]), ("一目瞭然", ["了"]), ("象徵", ["征"])],
)
def test_what_the_company_proves(text: str, new: list[str]) -> None:
    assert [change.text for change in traditional_changes(text)] == new


def test_a_very_long_run_is_taken_in_pieces() -> None:
    run = "模型" * 3000 + "變" + "模型" * 3000
    assert [(change.span.start, change.text) for change in traditional_changes(run)] == [(6000, "变")]


han = st.text(st.sampled_from("我們軟體資訊程式模型變著顯显乾坤瞭藉望解覆昇騰于潛，。 a𠮷\uf98a"), max_size=40)


@given(han | st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=20))
def test_conversion_keeps_the_length(text: str) -> None:
    assert len(simplified(text)) == len(text)


@given(han)
def test_changes_are_apart_in_order_and_real(text: str) -> None:
    for changes in (traditional_changes(text), regional_changes(text)):
        done = 0
        for change in changes:
            assert done <= change.span.start < change.span.end <= len(text)
            assert text[change.span.start : change.span.end] != change.text
            done = change.span.end


@given(han)
def test_the_wording_of_the_mainland_is_simplified(text: str) -> None:
    for change in regional_changes(text):
        assert simplified(change.text) == change.text


@given(han)
def test_converted_text_has_nothing_left(text: str) -> None:
    result = text
    for change in reversed(traditional_changes(text)):
        result = result[: change.span.start] + change.text + result[change.span.end :]
    assert traditional_changes(result) == ()
    assert len(result) == len(text)
