"""One span, one story: which rule speaks where several could."""

from __future__ import annotations

import pytest
from support import core_glossary

from checks.digest import parse
from checks.engine import Engine
from checks.model import SourceText
from checks.registry import rules
from checks.scene import Context

NUMBER = "2504.00001"


def told(title: str, body: str, abstract: str, heading: str = "A Study of Things") -> list[tuple[str, str, str]]:
    """Code, field and quote of each finding of all rules, typographic spaces left out."""
    digest = parse(f"## {heading}\n[{title}](https://arxiv.org/abs/{NUMBER})\n\n{body}\n")
    context = Context(core_glossary(), {NUMBER: SourceText(NUMBER, heading, abstract)})
    found = Engine(rules()).check(digest, context)
    assert not found.crashes
    return [(finding.code, finding.field, finding.quote) for finding in found.findings if finding.code != "FMT001"]


def test_a_term_that_is_wrong_in_the_title_may_be_missing_in_the_abstract() -> None:
    found = told("零次学习研究", "本文研究分类。", "We study zero-shot classification.", "Zero-Shot Learning: A Study")
    assert found == [("TRM001", "title", "零次学习"), ("TRM002", "body", "zero-shot")]


def test_a_term_that_is_wrong_in_a_field_is_not_missing_there_too() -> None:
    found = told("事物研究", "本文研究零次学习。", "We study zero-shot learning.")
    assert found == [("TRM001", "body", "零次学习")]


@pytest.mark.parametrize(
    ("title", "body", "spoken"),
    [
        ("事物研究", r"大 $k$ 值下的 \textit{k} 值。", {"FMT018"}),
        ("事物研究", r"大 \textit{k} 值。", {"FMT017"}),
        ("Things: 事物研究", "本文研究事物。", {"FMT013"}),
        ("事物研究", "如 Google, Meta, 阿里等公司。", {"FMT023"}),
        ("事物研究", "我们开发的軟體很好。", {"CHR002"}),
        ("事物研究", "我们研究學習。", {"CHR001"}),
    ],
)
def test_one_span_one_story(title: str, body: str, spoken: set[str]) -> None:
    heading = "Things: A Study" if title.startswith("Things") else "A Study of Things"
    assert {code for code, _, _ in told(title, body, "We study things.", heading)} == spoken


def test_a_name_lost_from_title_and_abstract_is_told_once() -> None:
    found = told("自我修补的地图", "地图会过时，我们加以修补。", "Maps age. We mend them.", "MapTinker: Maps That Mend")
    assert [(code, quote) for code, _, quote in found] == [("TRM009", "MapTinker")]
    only_title = told("自我修补的地图", "MapTinker 修补地图。", "MapTinker mends maps.", "MapTinker: Maps That Mend")
    assert [(code, quote) for code, _, quote in only_title] == [("FID010", "MapTinker")]


def test_what_is_absent_silences_nothing_that_is_there() -> None:
    """A lost name is reported at the whole field; the plural in it is another matter."""
    found = told(
        "关于事物的研究", "本文在多个 LLMs 上做了剪枝。", "We prune LLMs on ImageNet. Gains on ImageNet are large."
    )
    codes = [code for code, _, _ in found]
    assert {"TRM009", "TRM006"} <= set(codes)
