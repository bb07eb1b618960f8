"""Which rules a text wakes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.registry import Chars, Pairs, Segments, rules
from checks.wakes import Sleepers

WAKES = (
    Segments("a-c"),
    Chars("0-9a"),
    Pairs((("a-c", "0-9"), ("!", "?"))),
    Pairs((("0-9", "0-9"),)),
    Segments(r"\]\\-"),
)
TEMPLATE = rules()[0]
LOADED = [TEMPLATE._replace(rule=TEMPLATE.rule._replace(code=f"R{n}", wake=wake)) for n, wake in enumerate(WAKES)]
SLEEPERS = Sleepers(LOADED)


def expected(text: str) -> list[tuple[str, list[int]]]:
    """What each wake says by itself."""
    digits = [at for at, char in enumerate(text) if char in "0123456789a"]
    after = [
        at
        for at in range(1, len(text))
        if (text[at - 1] in "abc" and text[at].isdigit()) or text[at - 1 : at + 1] == "!?"
    ]
    doubled = [at for at in range(1, len(text)) if text[at - 1].isdigit() and text[at].isdigit()]
    places = [
        [0] if set(text) & set("abc") else [],
        digits,
        after,
        doubled,
        [0] if set(text) & set("]\\-") else [],
    ]
    return [(f"R{n}", at) for n, at in enumerate(places) if at]


@given(st.text("abcd0159!?-]\\中", max_size=12))
def test_a_text_wakes_the_rules_whose_characters_it_has(text: str) -> None:
    woken = [(loaded.rule.code, list(places)) for loaded, places in SLEEPERS.woken(text)]
    assert [(code, places) for code, places in woken if places] == expected(text)
