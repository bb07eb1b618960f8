"""Which rules a text wakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from support import cases

from checks.digest import parse
from checks.engine import Engine
from checks.model import SourceText
from checks.registry import Chars, Entries, Pairs, Segments, rules
from checks.scene import Context, EntryScene, FileScene, Hit
from checks.wakes import Conditions, Sleepers
from glossary import Glossary

WAKES = (
    Segments("a-c"),
    Chars("0-9a"),
    Pairs((("a-c", "0-9"), ("!", "?"))),
    Pairs((("0-9", "0-9"),)),
    Segments(r"\]\\-"),
    Segments("!?", where="[!?]{2}"),
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
        [0] if any(text[at] in "!?" and text[at - 1] in "!?" for at in range(1, len(text))) else [],
    ]
    return [(f"R{n}", at) for n, at in enumerate(places) if at]


@given(st.text("abcd0159!?-]\\中", max_size=12))
def test_a_text_wakes_the_rules_whose_characters_it_has(text: str) -> None:
    woken = [(loaded.rule.code, list(places)) for loaded, places in SLEEPERS.woken(text)]
    assert [(code, places) for code, places in woken if places] == expected(text)


CONDITIONED = [each for each in rules() if isinstance(each.rule.wake, Entries) and each.rule.wake != Entries()]


def test_a_rule_finds_nothing_in_an_entry_that_does_not_wake_it() -> None:
    """On the cases of all rules, so on texts that are wrong in every way there is."""
    passed_over = Counter[str]()
    for case in cases():
        digest = parse(case.file(case.text), case.path)
        scenes = FileScene(digest, case.context(digest)).entries
        for loaded in CONDITIONED:
            wake = loaded.rule.wake
            assert isinstance(wake, Entries)
            for scene in scenes:
                if not Conditions(wake).are_met(scene):
                    passed_over[loaded.rule.code] += 1
                    assert list(loaded.check(scene)) == [], (loaded.rule.code, case.id)
    assert set(passed_over) == {loaded.rule.code for loaded in CONDITIONED}


LOOKED_FOR = [each for each in rules() if isinstance(each.rule.wake, Segments) and each.rule.wake.where is not None]


def test_a_rule_finds_nothing_in_a_field_that_does_not_wake_it() -> None:
    passed_over = Counter[str]()
    for case in cases():
        digest = parse(case.file(case.text), case.path)
        scenes = [
            scene for entry in FileScene(digest, case.context(digest)).entries for scene in entry.segments.values()
        ]
        for loaded in LOOKED_FOR:
            wake = loaded.rule.wake
            assert isinstance(wake, Segments)
            for scene in scenes:
                if scene.field in loaded.rule.fields and not wake.pattern().search(scene.masked):
                    passed_over[loaded.rule.code] += 1
                    assert list(loaded.check(scene, 0)) == [], (loaded.rule.code, case.id)
    assert set(passed_over) == {loaded.rule.code for loaded in LOOKED_FOR}


def test_the_engine_asks_a_rule_only_of_entries_that_wake_it() -> None:
    asked: list[str] = []

    def note(scene: EntryScene) -> Iterator[Hit]:
        asked.append(scene.entry.key)
        yield from ()

    def keys(wake: Entries) -> list[str]:
        asked.clear()
        rule = TEMPLATE.rule._replace(wake=wake)
        Engine([TEMPLATE._replace(rule=rule, check=note)]).check(digest, context)
        return list(asked)

    text = "".join(
        f"## A Study\n[研究](https://arxiv.org/abs/2504.0000{number})\n\n本文{word}。\n\n"
        for number, word in enumerate(("研究甲", "研究乙"), 1)
    )
    digest = parse(text, "a.md")
    context = Context(Glossary.empty(), {"2504.00002": SourceText("2504.00002", "A Study", "We study.")})
    first, second = "2504.00001", "2504.00002"
    assert keys(Entries()) == [first, second]
    assert keys(Entries(where="甲")) == [first]
    assert keys(Entries(where=r"乙。\n\n\Z")) == [second]
    assert keys(Entries(where="乙.*##")) == []
    assert keys(Entries(english=True)) == [second]
    assert keys(Entries(where="甲", english=True)) == []
    assert keys(Entries(heading="Study")) == keys(Entries(title="研究")) == [first, second]
    assert keys(Entries(heading="本文", title="研究")) == [first, second]
    assert keys(Entries(heading="研究", title="Study|abs|本文")) == [second]
    assert keys(Entries(where="甲", heading="本文")) == []
