"""Real corrections of form: lines of two documentation projects before and after a commit that set their form right.

What our safe fixes make of the line before is held against the line after. One project sets round brackets in half
width (profile `digest`), the other in full width (profile `gb`). The lines are not ours, so they are read from beside
the repository; see `corpus/README.md` there for where they come from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from support import core_glossary

from checks.digest import parse
from checks.engine import Engine
from checks.fixing import fix_text
from checks.model import Finding
from checks.profile import PROFILES
from checks.registry import rules
from checks.scene import Context

PAIRS: Final = Path(__file__).parents[2] / "shared/corpus/edit_pairs/format_fixes.jsonl"
PROFILE_OF: Final = {"vuejs-translations/docs-zh-cn": "digest", "reactjs/zh-hans.react.dev": "gb"}
ENGINE: Final = Engine([loaded for loaded in rules() if loaded.rule.code.startswith(("FMT", "CHR", "DIG"))])
HEAD: Final = "## A Study of Things\n[关于事物的研究](https://arxiv.org/abs/2504.00001)\n\n"

OTHERWISE: Final[Mapping[int, str]] = {
    0: "the wording was changed, not the form",
    4: "link: a space between a link and Han was taken out",
    6: "bracket: half-width brackets without a space outside",
    11: "link: a space between a link and Han was taken out",
    12: "bracket: one space was missed, and one put between two brackets",
    16: "bracket: half-width brackets without a space outside",
    18: "emphasis: the spaces round bold were taken out; Markdown may need them",
    19: "missed: a space behind a full stop was left",
    21: "bracket: half-width brackets without a space outside",
    23: "bracket: a space was left between a quote and a bracket",
    25: "link: a space between a link and Han was taken out",
    27: "quotes: a space was put before curly quotes",
    29: "link: a space between a link and Han was taken out",
    30: "quotes: a space was put round curly quotes, which the next commit (31) took out again, and one before bold",
    33: "code: a line of a program, whose strings have straight quotes",
    36: "emphasis: a space was put behind bold",
    38: "list: the second space behind a list mark was taken out",
    39: "link: a space between a link and Han was taken out",
    40: "quotes: a space was put round curly quotes, which the next commit (41) took out again",
    46: "emphasis: a space was put before bold",
    51: "missed: a half-width colon was left",
}
"""The corrections, by line of the file from 0, that our fixes do not give, and what they do otherwise."""


class Pair(NamedTuple):
    """A line before and after its correction, and the profile that its project follows."""

    before: str
    after: str
    profile: str


@cache
def pairs() -> tuple[Pair, ...]:
    if not PAIRS.exists():
        pytest.skip(f"the real corrections are not here: {PAIRS}")
    records = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").split("\n") if line]
    return tuple(Pair(record["before"], record["after"], PROFILE_OF[record["repo"]]) for record in records)


def fixed(text: str, profile: str) -> str:
    """What the safe fixes of form make of a line that stands as an abstract."""
    context = Context(core_glossary(), {}, PROFILES[profile])

    def check(whole: str) -> tuple[Finding, ...]:
        checked = ENGINE.check(parse(whole, "pairs.md"), context)
        assert not checked.crashes, checked.crashes
        return checked.findings

    outcome = fix_text(f"{HEAD}{text}\n", check)
    assert outcome.settled
    return outcome.text.removeprefix(HEAD).removesuffix("\n")


def test_lines_come_out_as_corrected() -> None:
    otherwise = {at for at, pair in enumerate(pairs()) if fixed(pair.before, pair.profile) != pair.after}
    assert otherwise == set(OTHERWISE)
    assert len(pairs()) - len(otherwise) == 34


def test_what_the_fixes_do_not_decide() -> None:
    """Of the rest, nine come out alike before and after: the project's style is another there, or it missed something.

    The others are changes on which the fixes are silent, for the house style leaves them to the writer.
    """
    apart = {
        at for at, pair in enumerate(pairs()) if fixed(pair.before, pair.profile) != fixed(pair.after, pair.profile)
    }
    silent = {
        at for at, why in OTHERWISE.items() if why.startswith(("the wording", "link", "emphasis", "list", "code"))
    }
    assert apart == silent | {30}
    assert len(OTHERWISE) - len(apart) == 9


def test_each_profile_fits_its_project() -> None:
    def reproduced(project: str, profile: str) -> int:
        return sum(fixed(pair.before, profile) == pair.after for pair in pairs() if pair.profile == project)

    assert {(own, tried): reproduced(own, tried) for own in PROFILES for tried in PROFILES} == {
        ("digest", "digest"): 14,
        ("digest", "gb"): 10,
        ("gb", "gb"): 20,
        ("gb", "digest"): 15,
    }
