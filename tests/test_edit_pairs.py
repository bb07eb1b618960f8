"""Real corrections: lines that translators changed by a rule that their commit states, before and after.

The rule, [old, new], becomes a glossary of one term with a made-up source; TRM001 must then speak of the line before
and be silent on the line after. The lines are not ours, so they are read from beside the repository; see
`corpus/README.md` there for where they come from.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import pytest

from checks.digest import parse
from checks.engine import Engine
from checks.registry import rules
from checks.scene import Context
from glossary import Glossary, Term, segmenter

PAIRS: Final = Path(__file__).parents[2] / "shared/corpus/edit_pairs/term_fixes.jsonl"
SOURCE: Final = "zorblike quux"
"""No English of this world, so that nothing but the rule at hand is matched."""

MEANT: Final[Mapping[str, tuple[str, str]]] = {
    "Fix 亦或": ("亦或", "异或"),
    "Fix 及": ("及", "即"),
    "fix typo 的": ("的", "地"),
    "md 修改称": ("修改称", "修改成"),
    '"登陆"': ("登陆", "登录"),
    "对 state 的翻译 由“声明”": ("声明", "状态"),
    "深入响应式原理": ("深入响应式原理", "深入响应式系统"),
    "template ref": ("模板 ref", "模板引用"),
}
"""What a message meant where the rule cut out of it is not the words of the lines."""

Kind = Literal["flagged, then silent", "flagged, still flagged", "silent, no old form", "silent, old form there"]


class Pair(NamedTuple):
    """A line before and after its correction, and the rule of the correction."""

    before: str
    after: str
    old: str
    new: str


@pytest.fixture(autouse=True)
def _one_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read jieba's dictionary once, not once a glossary."""
    read = cache(segmenter._tokenizer)

    def copied() -> Any:
        tokenizer = copy(read())
        tokenizer.FREQ = dict(tokenizer.FREQ)
        return tokenizer

    monkeypatch.setattr(segmenter, "_tokenizer", copied)


@cache
def pairs() -> tuple[Pair, ...]:
    if not PAIRS.exists():
        pytest.skip(f"the real corrections are not here: {PAIRS}")
    records = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").split("\n") if line]
    return tuple(Pair(record["before"], record["after"], *record["rule"]) for record in records)


@cache
def engine() -> Engine:
    return Engine([loaded for loaded in rules() if loaded.rule.code == "TRM001"])


@cache
def glossary_of(old: str, new: str) -> Glossary:
    # As suspect forms under a heading that has the term, they give the same counts.
    return Glossary.of([Term(SOURCE, new, forbidden=(old,))])


def is_flagged(line: str, glossary: Glossary) -> bool:
    """Whether TRM001 speaks of a line, as the abstract of an entry."""
    # A line that is a heading would begin an entry of its own.
    body = re.sub(r"^#+ ", "", line)
    digest = parse(f"## A Study of Things\n[题目](https://arxiv.org/abs/2504.00001)\n\n{body}\n", "corrections.md")
    checked = engine().check(digest, Context(glossary, {}))
    assert not checked.crashes, checked.crashes
    return any(finding.field == "body" for finding in checked.findings)


def kind_of(pair: Pair) -> Kind:
    glossary = glossary_of(pair.old, pair.new)
    if is_flagged(pair.before, glossary):
        return "flagged, still flagged" if is_flagged(pair.after, glossary) else "flagged, then silent"
    assert not is_flagged(pair.after, glossary), pair
    return "silent, old form there" if pair.old.casefold() in pair.before.casefold() else "silent, no old form"


def test_the_rule_as_it_was_cut_out_of_the_message() -> None:
    kinds = Counter(kind_of(pair) for pair in pairs())
    assert kinds == {
        "flagged, then silent": 175,
        # Two have the English word in the id of a Markdown heading, {#…-properties}, which the correction rightly
        # kept and no digest has; one keeps it as a gloss in brackets: 按元素 (elementwise).
        "flagged, still flagged": 3,
        # The commit changed more than its message says, or the message's words are not the lines':
        # 102 of the rule elementwise → 按元素 (the lines said 逐元素, or something else was changed), 12 template ref
        # (the lines say 模板 ref), 8 举个例子, 2 让我们, 2 property, 1 便宜, 1 把所有东西放在一起 (the line has a 的 in
        # it), and 6 rules that hold the message's own words or quotes ("Fix 亦或"). No line that holds the old form as
        # the rule writes it goes unflagged.
        "silent, no old form": 134,
    }


def test_the_rule_as_it_was_meant() -> None:
    meant = [Pair(pair.before, pair.after, *MEANT[pair.old]) for pair in pairs() if pair.old in MEANT]
    kinds = Counter((pair.old, kind_of(pair)) for pair in meant)
    assert kinds == {
        ("模板 ref", "flagged, then silent"): 12,
        ("深入响应式原理", "flagged, then silent"): 1,
        ("修改称", "flagged, then silent"): 1,
        ("登陆", "flagged, then silent"): 1,
        ("声明", "flagged, then silent"): 1,
        ("亦或", "flagged, then silent"): 1,
        ("及", "flagged, then silent"): 1,
        # One 的 of several became 地: a rule of grammar, not of terms.
        ("的", "flagged, still flagged"): 1,
    }
