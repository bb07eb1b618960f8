"""How rules are found and chosen."""

from __future__ import annotations

import re

import pytest

from checks.model import SEVERITIES
from checks.registry import Chars, Pairs, Segments, chosen, codes, matches, rules

FOLDERS = {
    "terms": {"TRM"},
    "fidelity": {"FID"},
    "structure": {"DIG"},
    "typography": {"FMT"},
    "characters": {"CHR"},
    "suppressions": {"SUP"},
}


def picked(select: list[str], ignore: list[str]) -> set[str]:
    return {loaded.rule.code for loaded in chosen(select, ignore)}


def family(prefix: str) -> set[str]:
    return {code for code in codes() if code.startswith(prefix)}


def test_codes_have_the_form_of_the_design() -> None:
    assert all(re.fullmatch(r"(?:TRM|FID|DIG|FMT|CHR|SUP)\d{3}", code) for code in codes())


def test_codes_and_names_are_unique_and_in_order() -> None:
    found = [loaded.rule.code for loaded in rules()]
    assert found == sorted(set(found))
    names = [loaded.rule.name for loaded in rules()]
    assert len(set(names)) == len(names)


def test_discovery_is_stable_and_complete() -> None:
    assert rules() is rules()
    assert codes() == {loaded.rule.code for loaded in rules()}
    assert {"DIG001", "DIG013", "CHR001", "CHR002"} <= codes()


def test_a_rule_stands_in_the_folder_of_its_family() -> None:
    for loaded in rules():
        folder = loaded.module.split(".")[2]
        assert loaded.rule.code[:3] in FOLDERS[folder], loaded.module


def test_a_module_is_named_after_its_rule() -> None:
    for loaded in rules():
        assert loaded.module.rpartition(".")[2] == loaded.rule.name.replace("-", "_"), loaded.module


def test_helpers_are_no_rules() -> None:
    assert not [loaded.module for loaded in rules() if "._" in loaded.module]


def test_declarations_are_sound() -> None:
    for loaded in rules():
        rule = loaded.rule
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.name)
        assert rule.severity in SEVERITIES
        assert re.fullmatch(r"[a-z-]+/[a-z-]+", rule.mqm), rule.mqm
        assert rule.revision >= 1
        assert rule.fields


def test_wakes_compile_and_find_nothing_in_nothing() -> None:
    for loaded in rules():
        wake = loaded.rule.wake
        if isinstance(wake, Pairs | Chars | Segments):
            assert wake.pattern().search("") is None


def test_pairs_wake_between_two_characters() -> None:
    pattern = Pairs((("a-c", "0-9"), ("!", "?"))).pattern()
    assert [found.start() for found in pattern.finditer("xa1b2c!?")] == [2, 4, 7]


@pytest.mark.parametrize(
    ("code", "selectors", "expected"),
    [
        ("DIG001", ["DIG001"], True),
        ("DIG001", ["DIG"], True),
        ("DIG001", ["D"], True),
        ("DIG001", ["FMT", "DIG00"], True),
        ("DIG001", ["DIG0012"], False),
        ("DIG001", ["IG001"], False),
        ("DIG001", [], False),
    ],
)
def test_matches(code: str, selectors: list[str], expected: bool) -> None:
    assert matches(code, selectors) is expected


def test_nothing_selected_is_everything() -> None:
    assert picked([], []) == codes()


def test_select() -> None:
    assert picked(["DIG"], []) == family("DIG")
    assert picked(["DIG", "CHR001"], []) == family("DIG") | {"CHR001"}
    assert picked(["NONE"], []) == set()


def test_ignore() -> None:
    assert picked([], ["DIG"]) == codes() - family("DIG")
    assert picked([], ["DIG001"]) == codes() - {"DIG001"}


def test_the_longer_selector_wins() -> None:
    assert picked(["DIG"], ["DIG001"]) == family("DIG") - {"DIG001"}
    assert picked(["DIG001"], ["DIG"]) == {"DIG001"}
    assert picked(["DIG001", "CHR"], ["DIG", "CHR002"]) == {"DIG001"} | (family("CHR") - {"CHR002"})


def test_ignoring_wins_between_equals() -> None:
    assert picked(["DIG001"], ["DIG001"]) == set()
    assert picked(["DIG"], ["DIG"]) == set()
