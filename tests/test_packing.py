"""Findings as bytes: what comes back is equal, or nothing is given."""

from __future__ import annotations

from functools import cache

import pytest
from gatekit import WRONG, entry
from hypothesis import given, settings
from hypothesis import strategies as st
from properties import HEAD, TOKENS
from support import core_glossary

from checks.digest import parse
from checks.engine import Checked, Engine
from checks.errors import RuleCrashed
from checks.model import Message, SourceText, Text
from checks.packing import Unpackable, pack, summed, unpack
from checks.registry import rules
from checks.scene import Context
from checks.verdict import counts_of

SOURCE = SourceText("2504.00001", "A Study of LLMs", "We study LLM agents. GPT-4o scores 3.5 (15%). See $k$.")
COMMENT = "<!-- yijiao: ignore[FMT,TRM001] as printed -->\n"
IDLE = "<!-- yijiao: ignore-file[DIG001] as printed -->\n\n<!-- yijiao: ignore[TRM999] -->\n"


@cache
def engine() -> Engine:
    return Engine(rules())


def said(text: str) -> Checked:
    return engine().check(parse(text, "a.md"), Context(core_glossary(), {SOURCE.arxiv_id: SOURCE}))


@given(st.lists(st.sampled_from(TOKENS), max_size=12).map("".join), st.sampled_from(["", COMMENT, IDLE]))
@settings(deadline=None)
def test_whatever_the_rules_say_comes_back_equal(body: str, comment: str) -> None:
    checked = said(comment + HEAD.format("关于大语言模型的研究", body))
    packed = pack(checked)
    assert unpack(packed, "a.md") == checked
    assert summed(packed) == (counts_of(checked.findings), len(checked.suppressed), len(checked.crashes))


def test_what_one_comment_silences_shares_it_again() -> None:
    checked = unpack(pack(said(COMMENT + entry("本文LLM和LLM的。"))), "a.md")
    assert len({id(comment) for _, comment in checked.suppressed}) == 1 < len(checked.suppressed)


def test_the_path_is_told_by_whoever_reads() -> None:
    checked = unpack(pack(said(WRONG)), "elsewhere/b.md")
    assert {finding.path for finding in checked.findings} == {"elsewhere/b.md"}


def test_crashes_come_back() -> None:
    checked = Checked((), (RuleCrashed("a.md", 3, "rule X crashed"),))
    (crash,) = unpack(pack(checked), "a.md").crashes
    assert (crash.path, crash.line, crash.message) == ("a.md", 3, "rule X crashed")


@pytest.mark.parametrize(
    "value", [(1, 2), ["a"], {"a": 1}, 2**70, float("nan"), float("inf"), "\ud800", b"a", Text("a", "b")]
)
def test_what_would_not_come_back_equal_is_refused(value: object) -> None:
    checked = said(WRONG)
    odd = checked.findings[0]._replace(message=Message(Text("{a}", "{a}"), {"a": value}))
    with pytest.raises(Unpackable):
        pack(Checked((odd,), ()))


@pytest.mark.parametrize("value", [0, -1, True, None, 1.5, "", "甲", Message(Text("{b}", "{b}"), {"b": 2})])
def test_what_messages_usually_hold_is_kept_with_its_type(value: object) -> None:
    odd = said(WRONG).findings[0]._replace(message=Message(Text("{a}", "{a}"), {"a": value}))
    back = unpack(pack(Checked((odd,), ())), "a.md").findings[0].message.args["a"]
    assert (back, type(back)) == (value, type(value))
