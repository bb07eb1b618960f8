"""The penalty score, held against an example worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import settings
from checks.digest import parse
from checks.errors import SettingsError
from checks.model import SourceText
from checks.quality.mqm import MULTIPLIERS, Model, score
from checks.quality.volume import UNITS_PER_WORD, words
from checks.registry import rules

CODES = st.lists(st.sampled_from([loaded.rule.code for loaded in rules()]), max_size=40)


def test_a_worked_example() -> None:
    """2,500 words; 1 critical, 2 major, 6 minor, 3 neutral.

    APT = 25 + 2·5 + 6·1 + 3·0 = 41; NPT = 41·1000/2500 = 16.4; raw = 100·(1 - 41/2500) = 98.36;
    SF = (100 - 85)/20 = 0.75; calibrated = 100 - 16.4·0.75 = 87.7, which passes, as 16.4 is below 20.
    """
    model = Model({"FID008": "critical"}, passing=85, acceptable=20)
    codes = ["FID008", "TRM001", "FID001", *["FMT001"] * 6, *["TRM012"] * 3]
    found = score(codes, 2500, model)
    assert found.errors == {"neutral": 3, "minor": 6, "major": 2, "critical": 1}
    assert found.penalty == 41
    assert found.density == pytest.approx(16.4)
    assert found.raw == pytest.approx(98.36)
    assert found.calibrated == pytest.approx(87.7)
    assert found.passes
    assert not found.small


def test_a_digest_that_is_just_acceptable_has_the_passing_score_and_passes() -> None:
    found = score(["FMT001"] * 7, 700, Model(passing=90, acceptable=10))
    assert found.calibrated == pytest.approx(90)
    assert found.passes
    assert not score(["FMT001"] * 8, 700, Model(passing=90, acceptable=10)).passes


def test_a_short_text_is_said_to_be_small_and_none_at_all_is_without_fault() -> None:
    assert score([], 499, Model()).small
    assert not score([], 500, Model()).small
    assert score([], 0, Model()).calibrated == 100


def test_a_rule_that_is_gone_still_counts() -> None:
    assert score(["ZZZ999"], 1000, Model()).penalty == MULTIPLIERS["minor"]


@given(CODES, CODES, st.integers(1, 10_000))
def test_more_errors_never_make_a_better_score(some: list[str], more: list[str], length: int) -> None:
    fewer, all_of_them = score(some, length, Model()), score([*some, *more], length, Model())
    assert 0 <= all_of_them.calibrated <= fewer.calibrated <= 100
    assert all_of_them.penalty >= fewer.penalty


def test_words_are_those_of_the_english_and_else_estimated_from_the_chinese() -> None:
    body = "汉" * 90 + " one"
    digest = parse(f"## A\n[甲](https://arxiv.org/abs/2504.00001)\n\n{body}\n")
    known = {"2504.00001": SourceText("2504.00001", "A title here", "and six words in the abstract")}
    assert words(digest.entries, known) == 9
    assert words(digest.entries, {}) == round(92 / UNITS_PER_WORD)


def test_the_settings_say_what_an_error_weighs(tmp_path: Path) -> None:
    (tmp_path / "yijiao.toml").write_text(
        'passing-score = 85\nacceptable-penalty = 20\n[mqm-severity]\nFID = "major"\nFID008 = "critical"\n'
    )
    model = settings.load(tmp_path).mqm
    assert (model.grade("FID008"), model.grade("FID003"), model.grade("FMT001")) == ("critical", "major", "minor")
    assert (model.passing, model.acceptable, model.factor) == (85, 20, 0.75)


@pytest.mark.parametrize(
    "text",
    ["passing-score = 100", 'passing-score = "90"', "acceptable-penalty = 0", "mqm-severity = 3",
     'mqm-severity = {FID008 = "bad"}', 'mqm-severity = {XXX = "minor"}', "passing-score = true"],
)  # fmt: skip
def test_nonsense_in_the_settings_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "yijiao.toml").write_text(text + "\n")
    with pytest.raises(SettingsError, match=r"yijiao\.toml:1"):
        settings.load(tmp_path)
