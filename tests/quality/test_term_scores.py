"""Term success and consistency on small texts whose answers are known."""

from __future__ import annotations

import pytest

from checks.digest import parse
from checks.model import SourceText
from checks.quality.terms import Tally, tally
from checks.scene import Context, FileScene
from glossary import Glossary, Term

LLM = Term("large language model", "大语言模型", abbr=("LLM",), forbidden=("大型语言模型",))
RL = Term("reinforcement learning", "强化学习", abbr=("RL",))
RLVR = Term("reinforcement learning with verifiable rewards", "基于可验证奖励的强化学习", abbr=("RLVR",))
MOE = Term("mixture of experts", "混合专家", admitted=("专家混合",), abbr=("MoE",))
TOKEN = Term("token", "Token", suspect=("令牌",), policy="keep")


def counted(*pairs: tuple[str, str], title: str = "标题") -> Tally:
    """English abstracts and their translations, an entry each."""
    blocks, sources = [], {}
    for number, (english, chinese) in enumerate(pairs):
        key = f"2504.{number:05}"
        sources[key] = SourceText(key, "Heading", english)
        blocks.append(f"## Heading\n[{title}](https://arxiv.org/abs/{key})\n\n{chinese}\n")
    glossary = Glossary.of([LLM, RL, RLVR, MOE, TOKEN])
    return tally(FileScene(parse("\n".join(blocks)), Context(glossary, sources)).entries)


def test_success_is_the_share_of_places_rendered_right() -> None:
    found = counted(
        ("Large language models help. A large language model is large.", "大语言模型有用。大型语言模型很大。"),
        ("We train LLMs.", "我们训练大语言模型。"),
    )
    assert (found.said.total(), found.kept.total()) == (3, 2)
    assert found.success == pytest.approx(2 / 3)
    assert found.presence == 1


def test_more_in_the_chinese_than_in_the_english_is_not_credited() -> None:
    found = counted(("One LLM.", "大语言模型、大语言模型、大语言模型。"), ("Two LLMs, three LLMs.", "两个。"))
    assert (found.said.total(), found.kept.total()) == (3, 1)
    assert found.presence == 0.5


def test_a_nested_term_is_counted_where_the_english_says_it_alone() -> None:
    within = counted(("We use RLVR.", "我们用基于可验证奖励的强化学习。"))
    assert (within.said, within.kept) == ({RLVR.source: 1}, {RLVR.source: 1})
    both = counted(("RL and RLVR differ.", "强化学习与基于可验证奖励的强化学习不同。"))
    assert both.kept == {RL.source: 1, RLVR.source: 1}
    lost = counted(("RL and RLVR differ.", "两者不同于基于可验证奖励的强化学习。"))
    assert lost.kept == {RL.source: 0, RLVR.source: 1}
    inside = counted(("RL with a checker.", "基于可验证奖励的强化学习。"))
    assert inside.kept == {RL.source: 1}


def test_an_abbreviation_in_brackets_says_the_term_no_second_time() -> None:
    found = counted(("LLMs and more LLMs.", "大语言模型 (LLM) 等。"))
    assert (found.said.total(), found.kept.total()) == (2, 1)


def test_consistency_is_the_share_of_the_most_frequent_rendering() -> None:
    found = counted(
        ("A mixture of experts.", "混合专家。"),
        ("A mixture of experts.", "混合专家模型。"),
        ("A mixture of experts.", "专家混合。"),
        ("LLM, LLM.", "大语言模型、大型语言模型。"),
        ("RL.", "强化学习。"),
    )
    assert found.micro == pytest.approx(3 / 5)
    assert found.macro == pytest.approx((2 / 3 + 1 / 2) / 2)
    shares = {term.source: term.consistency for term in found.terms()}
    assert shares[RL.source] is None


def test_the_english_left_standing_is_a_rendering_only_where_the_glossary_prefers_it() -> None:
    found = counted(("Tokens and LLMs.", "Token 与 LLM。"), ("Tokens.", "令牌。"))
    forms = {term.source: dict(term.forms) for term in found.terms()}
    assert forms == {TOKEN.source: {"Token": 1, "令牌": 1}, LLM.source: {}}
    assert found.kept == {TOKEN.source: 1, LLM.source: 1}


def test_nothing_to_count_is_no_share() -> None:
    found = counted(("Nothing here.", "没有。"))
    assert (found.success, found.presence, found.micro, found.macro) == (None, None, None, None)
