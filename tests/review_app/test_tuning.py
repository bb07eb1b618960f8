"""Changing a settings file: what is wished comes true, and everything else stays as it was written."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from checks import settings
from checks.errors import InputError
from checks.registry import chosen, codes, rules
from checks.settings import Settings
from review_app.tuning import Grade, Wish, grades, switched, tuned

CODES = sorted(codes())
SELECTORS = st.lists(st.sampled_from([*CODES, "TRM", "FMT", "FMT00", "FMT02", "DIG", "F"]), max_size=5, unique=True)
PLAIN = """\
# What we check
digests = "d"  # the weekly ones
ignore = [
    "FMT",  # later
    "trm005",
]

[style]  # choices
quotes = "corner"

[severity]
TRM = "info"  # for now
trm001 = "error"

[paths."d/2024/"]
ignore = ["DIG"]  # old
"""


def running(select: Sequence[str], ignore: Sequence[str]) -> set[str]:
    return {loaded.rule.code for loaded in chosen(select, ignore)}


def load(folder: Path, text: str, name: str = "yijiao.toml") -> Settings:
    (folder / name).write_bytes(text.encode())
    return settings.load(folder)


def changed(folder: Path, text: str, wish: Wish, name: str = "yijiao.toml") -> str:
    return tuned(text, load(folder, text, name), wish)[0]


@given(select=SELECTORS, ignore=SELECTORS, code=st.sampled_from(CODES), on=st.booleans())
def test_one_rule_is_switched_and_every_other_stays(select: list[str], ignore: list[str], code: str, on: bool) -> None:
    before = running(select, ignore)
    after = running(*switched(select, ignore, code, on=on))
    assert after - {code} == before - {code} or not before - {code}
    assert (code in after) == on or not after - {code}


WISHES = st.builds(
    Wish,
    profile=st.sampled_from([None, "digest", "gb"]),
    style=st.fixed_dictionaries(
        {},
        optional={
            "quotes": st.sampled_from([None, "curly", "corner"]),
            "range": st.sampled_from([None, "off", "tilde"]),
        },
    ),
    rules=st.dictionaries(
        st.sampled_from(CODES),
        st.builds(Grade, st.booleans(), st.sampled_from(["error", "warning", "info"])),
        max_size=4,
    ),
)
TEXTS = [
    ("yijiao.toml", ""),
    ("yijiao.toml", PLAIN),
    ("yijiao.toml", PLAIN.replace("\n", "\r\n")),
    ("yijiao.toml", "\ufeff" + PLAIN),
    ("yijiao.toml", 'select = ["TRM", "FMT001"] # these\nstyle.quotes = "corner"\nseverity = { FMT001 = "info" }'),
    ("pyproject.toml", '[project]\nname = "x"  # ours\n'),
    (
        "pyproject.toml",
        '[tool.yijiao.style]\nquotes = "corner"\n[tool.ruff]\nx = 1\n[tool.yijiao.severity]\nTRM = "info"\n',
    ),
]


@effort(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(case=st.sampled_from(TEXTS), wish=WISHES)
def test_a_wish_comes_true_and_what_was_not_wished_stays(tmp_path: Path, case: tuple[str, str], wish: Wish) -> None:
    name, text = case
    for path in tmp_path.iterdir():
        path.unlink()
    before = load(tmp_path, text, name)
    after, found = tuned(text, before, wish)
    assert load(tmp_path, after, name) == found
    old, new = grades(before), grades(found)
    for code in CODES:
        assert new[code] == wish.rules.get(code, old[code]) or (not new[code].on and not old[code].on)
    assert found.profile == (wish.profile or before.profile)
    wanted = {**before.style, **wish.style}
    assert dict(found.style) == {option: choice for option, choice in wanted.items() if choice is not None}
    assert found.paths == before.paths
    assert found.digests == before.digests
    # Comments stay, but for one beside a value that goes.
    for comment in ("# What we check", "# the weekly ones", "# choices", "# old", "# ours", "# these"):
        assert (comment in after) == (comment in text)
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert after.count("\r\n") in (0, after.count("\n"))


def test_what_changes_is_as_little_as_can_be(tmp_path: Path) -> None:
    wish = Wish("gb", {"range": "off"}, {"TRM001": Grade(True, "info"), "DIG005": Grade(False, "warning")})
    assert changed(tmp_path, PLAIN, wish) == PLAIN.replace('    "trm005",\n', '    "trm005",\n    "DIG005",\n').replace(
        "]\n\n[style]", ']\nprofile = "gb"\n\n[style]'
    ).replace('quotes = "corner"\n', 'quotes = "corner"\nrange = "off"\n').replace('trm001 = "error"\n', "")


def test_a_wish_for_nothing_leaves_the_file_byte_for_byte(tmp_path: Path) -> None:
    for name, text in TEXTS:
        if name == "yijiao.toml":
            assert changed(tmp_path, text, Wish()) == text


def test_a_grade_that_holds_already_is_not_written(tmp_path: Path) -> None:
    known = next(loaded.rule for loaded in rules() if loaded.rule.code == "FMT001")
    after = changed(tmp_path, "", Wish(rules={"FMT001": Grade(False, known.severity)}))
    assert tomllib.loads(after) == {"ignore": ["FMT001"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [('style = "x"', "style must be a table"), ("ignore = 3", "ignore must be a list"), ("= 3", "not valid TOML")],
)
def test_a_file_that_was_broken_meanwhile_is_refused(tmp_path: Path, text: str, said: str) -> None:
    before = load(tmp_path, PLAIN)
    with pytest.raises(InputError, match=r"yijiao\.toml"):
        tuned(text, before, Wish(style={"quotes": "curly"}, rules={"FMT001": Grade(False, "warning")}))
    with pytest.raises(InputError, match=said):
        load(tmp_path, text)


def test_no_rule_left_is_refused_where_it_is_tried(tmp_path: Path) -> None:
    from checks.gate import Gate

    text = 'select = ["FMT001"]\n'
    _, found = tuned(text, load(tmp_path, text), Wish(rules={"FMT001": Grade(False, "warning")}))
    with pytest.raises(InputError, match="leave no rule"):
        Gate(found)
