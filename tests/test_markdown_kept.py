"""A Markdown parser sees the same links, code and headings before and after the fixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from gatekit import REPOSITORY
from markdown_it import MarkdownIt
from markdown_it.token import Token

from checks.files import below, read_text
from checks.fixing import fix_text
from checks.gate import Gate
from checks.settings import Settings

REAL = REPOSITORY.parent / "shared/corpus/digests"
PARSER = MarkdownIt("commonmark")


def seen(text: str) -> tuple[Counter[str], Counter[str], list[str]]:
    """Addresses of links, contents of code, and the tags of headings."""
    links: Counter[str] = Counter()
    code: Counter[str] = Counter()
    headings: list[str] = []
    for token in _flat(PARSER.parse(text)):
        if token.type == "link_open":
            links[str(token.attrs["href"])] += 1
        elif token.type in ("code_inline", "code_block", "fence"):
            code[token.content] += 1
        elif token.type == "heading_open":
            headings.append(token.tag)
    return links, code, headings


def _flat(tokens: Iterable[Token]) -> Iterable[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or ())


@pytest.mark.parametrize("profile", ["digest", "gb"])
def test_fixes_of_typography_keep_the_structure(profile: str) -> None:
    files = sorted(below(REAL if REAL.is_dir() else REPOSITORY / "data/digests"))
    gate = Gate(Settings(select=("FMT", "CHR", "TRM"), profile=profile))
    for path in files:
        before = read_text(path)
        # As one paper does not look at another, the rest of the corpus does not matter here.
        after = fix_text(before, lambda text, path=path: gate.check_text(text, Path(path).name).findings)  # type: ignore[misc]
        links, code, headings = seen(before)
        links_after, code_after, headings_after = seen(after.text)
        assert after.settled
        # \url{…} becomes a link; none is lost, and no other comes of anything else.
        assert not links - links_after, path
        assert (links_after - links).total() <= before.count("\\url{") + before.count("\\href{"), path
        assert headings_after == headings, path
        # \texttt{x} becomes code; none is lost.
        assert not code - code_after, path
