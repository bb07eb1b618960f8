"""The rules about Markdown against a CommonMark parser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from support import Case, cases, repair, run

from checks.rules.typography._emphasis import rendered, runs
from checks.text import MATH, mask, mask_protected

MARKDOWN = MarkdownIt("commonmark")
MARKS = ("**", "`", "](")
PIECES = ("*", "**", "***", "中", "文", "a", " ", "。", "“", "”", "(", "）", "：", "+", "1", "`c`", "\n")
STARS = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)
SIGNS = ("**kwargs", "2**3", "0.53**", "**表示", "''", "it`s", "\\", "：**该")
"""What shows marks and is no fault of FMT020's: signs, LaTeX quotes, an apostrophe, escapes, FMT021's business."""
SWALLOWED = "%EF%BC%89"
"""A full-width bracket in an address."""


def texts(tokens: list[Token]) -> Iterator[str]:
    """The text of a page, code left out."""
    for token in tokens:
        if token.children:
            yield from texts(token.children)
        elif token.type == "text":
            yield token.content


def literal(markdown: str) -> str:
    """What a reader sees of a text, its math hidden."""
    plain = "".join("x" if hidden == MATH else char for char, hidden in zip(markdown, mask(markdown), strict=True))
    return "\n".join(texts(MARKDOWN.parse(plain)))


@given(STARS)
def test_the_same_stars_are_emphasis(text: str) -> None:
    text = "文" + text.replace("\n", "文\n文") + "文"
    stars = runs(text, mask_protected(text), 0, len(text))
    shown = "".join(token.content for token in MARKDOWN.parseInline(text)[0].children or () if token.type == "text")
    assert len(rendered(stars)) == text.count("*") - shown.count("*")


EMPHASIS = [case for case in cases() if case.code == "FMT021"]
BROKEN = [case for case in cases() if case.code == "FMT020"]


@pytest.mark.parametrize("case", [case for case in EMPHASIS if case.flagged], ids=lambda case: case.id)
def test_emphasis_is_seen_after_the_fix(case: Case) -> None:
    fixed = repair(case, "safe").text
    assert "*" not in literal(fixed)
    assert run(case)


@pytest.mark.parametrize("case", [case for case in BROKEN if case.flagged], ids=lambda case: case.id)
def test_what_is_reported_is_seen(case: Case) -> None:
    whole = case.file(case.text)
    shown, page = literal(whole), MARKDOWN.render(whole)
    for finding in run(case):
        mark = finding.quote[:1]
        assert mark in shown or SWALLOWED in page or "<pre>" in page


@pytest.mark.parametrize("case", [case for case in BROKEN if not case.flagged], ids=lambda case: case.id)
def test_what_is_not_reported_is_not_seen(case: Case) -> None:
    shown = literal(case.file(case.text))
    assert not any(mark in shown for mark in MARKS) or any(sign in case.text for sign in SIGNS)
