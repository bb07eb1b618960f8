"""The reader: nothing is lost, and every shape that occurs is understood."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.digest import arxiv_id, heading_key, normalise, parse
from checks.model import Digest, Entry

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "digests"
URL = "https://arxiv.org/abs/2504.00001"
ENTRY = f"## A Study\n[研究]({URL})\n\n本文研究事物。\n"

PIECES = ("[", "]", "(", ")", "（", "）", "](", "](a/b)", " ", "\t", "\r", "#", " #", "a", "文", "\ufeff", "\u3000")
LINES = (
    *("## A Study", "# 刊名", "### Deep", "##Tight", "## ", "#tag", "```", "~~~", "- 项", "---"),
    *(f"[研究]({URL})", f"[研究]（{URL}）", f"[研究] ( {URL} )", f"[研究]({URL})本文。", "[研究]", "[](x.y/z)"),
    "[研究]()",
    *(URL, f"<{URL}>", "arxiv.org/abs/2504.00002", "本文研究事物。", "We study [this](http://a.b/c)."),
    *("", "", "", "  ", "\t", "\ufeff", "\x0c", "\u3000", "<!-- c -->", "<!--", "-->"),
)


def only(text: str) -> Entry:
    digest = parse(text)
    check_invariants(digest)
    assert len(digest.entries) == 1
    return digest.entries[0]


def texts(entry: Entry) -> tuple[str | None, str | None, str | None]:
    """Title, link and body."""
    return tuple(part.text if part else None for part in (entry.title, entry.link, entry.body))  # type: ignore[return-value]


def check_invariants(digest: Digest) -> None:
    text = digest.text
    assert digest.render() == text
    done = digest.prelude.end
    assert digest.prelude.start == 0
    for index, entry in enumerate(digest.entries):
        assert entry.index == index
        assert entry.span.start == done
        assert entry.parts[0].start == entry.span.start
        assert entry.parts[-1].end == entry.span.end
        assert all(one.end == other.start for one, other in pairwise(entry.parts))
        assert all(part.start <= part.end for part in entry.parts)
        last = entry.span.start
        for segment in entry.segments():
            assert last <= segment.span.start <= segment.span.end <= entry.span.end
            assert text[segment.span.start : segment.span.end] == segment.text
            assert len(segment.masked) == len(segment.text)
            last = segment.span.end
        if entry.body is not None:
            assert entry.body.text.strip() == entry.body.text != ""
        assert 1 <= entry.level <= 6
        assert entry.key == (entry.arxiv_id or heading_key(entry.heading.text))
        done = entry.span.end
    assert done == len(text)
    assert all(text[start:end].strip() for start, end in digest.stray)


@given(st.text())
def test_any_text_is_a_digest(text: str) -> None:
    check_invariants(parse(text))


@given(st.lists(st.sampled_from(LINES), max_size=25), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_mixture_of_lines_is_a_digest(lines: list[str], feed: str, ends: bool) -> None:
    check_invariants(parse(feed.join(lines) + (feed if ends else "")))


@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_no_line_is_dropped(lines: list[str]) -> None:
    """Every filled line is in an entry's fields or link line, or stray, or a comment, or a heading's own."""
    text = "\n".join(lines)
    digest = parse(text)
    covered: set[int] = set()
    for entry in digest.entries:
        spans = [segment.span for segment in entry.segments()] + ([entry.link_line] if entry.link_line else [])
        for span in spans:
            covered.update(range(span.start, max(span.end, span.start + 1)))
        covered.update(range(entry.span.start, text.find("\n", entry.span.start) % (len(text) + 1)))
    for span in digest.stray:
        covered.update(range(*span))
    in_comment = False
    at = 0
    for line in lines:
        in_comment = in_comment or line.startswith("<!--")
        blank = not line.replace("\ufeff", "").strip()
        if not blank and not in_comment and line != "-->":
            assert covered & set(range(at, at + len(line))), line
        in_comment = in_comment and "-->" not in line
        at += len(line) + 1


def test_the_usual_shape() -> None:
    entry = only(ENTRY)
    assert entry.heading.text == "A Study"
    assert texts(entry) == ("研究", URL, "本文研究事物。")
    assert (entry.level, entry.key, entry.arxiv_id) == (2, "2504.00001", "2504.00001")
    assert entry.link_line is not None
    assert ENTRY[entry.link_line.start : entry.link_line.end] == f"[研究]({URL})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"## A\n\n[研究]({URL})\n\n本文。\n", ("研究", URL, "本文。")),
        (f"## A\n\n\n[研究]({URL})\n本文。", ("研究", URL, "本文。")),
        (f"## A\n[研究]({URL})本文。\n", ("研究", URL, "本文。")),
        (
            f"## A\n[研究]({URL}) 本文，见[此](http://a.b/c)。\n\n完。\n",
            ("研究", URL, "本文，见[此](http://a.b/c)。\n\n完。"),
        ),
        (f"## A\n[研究]（{URL}）\n\n本文。\n", ("研究", URL, "本文。")),
        (f"## A\n[研究] ( {URL} )\n\n本文。\n", ("研究", f" {URL} ", "本文。")),
        (f"## A\n{URL}\n\n本文。\n", (None, URL, "本文。")),
        (f"## A\n<{URL}>\n\n本文。\n", (None, URL, "本文。")),
        (f"## A\n[]({URL})\n\n本文。\n", (None, URL, "本文。")),
        ("## A\n[研究]\n\n本文。\n", ("研究", None, "本文。")),
        ("## A\n[研究]()\n\n本文。\n", ("研究", None, "本文。")),
        ("## A\n\n本文。\n", (None, None, "本文。")),
        ("## A\n本文。\n", (None, None, "本文。")),
        (f"## A\n[研究]({URL})\n", ("研究", URL, None)),
        ("## A", (None, None, None)),
        (f"## A\n[[短] 研究（一）]({URL})\n\n本文。\n", ("[短] 研究（一）", URL, "本文。")),
        ("## A\n[研究](https://github.com/a/b.pdf)\n\n本文。\n", ("研究", "https://github.com/a/b.pdf", "本文。")),
        (f"## A\n[研究]({URL}) <!-- 已核 -->\n\n本文。\n", ("研究", URL, "本文。")),
        (f"## A\n[研究]({URL})\n\n<!-- c -->\n本文。\n<!-- d -->\n\n", ("研究", URL, "本文。")),
        (f"## A\n[研究]({URL})\n\n一。\n\n二。\n", ("研究", URL, "一。\n\n二。")),
        (f"## A\r\n[研究]({URL})\r\n\r\n一。\r\n\r\n二。\r\n", ("研究", URL, "一。\r\n\r\n二。")),
        (f"\ufeff## A\n[研究]({URL})\n\n本文。\n", ("研究", URL, "本文。")),
        (f"###### A\n[研究]({URL})\n\n本文。\n", ("研究", URL, "本文。")),
        (f"##A\n[研究]({URL})\n\n本文。\n", ("研究", URL, "本文。")),
        (f"## A ##\n[研究]({URL})\n\n本文。\n", ("研究", URL, "本文。")),
        (f"## A\n[研究]({URL})\n\n本文。\n\n### 方法\n\n实验。\n", ("研究", URL, "本文。\n\n### 方法\n\n实验。")),
        (f"## A\n[研究]({URL})\n\n```\n# x\n## y\n```\n", ("研究", URL, "```\n# x\n## y\n```")),
        (
            f"## A\n[研究]({URL})\n\n一。\n\n<!--\n## Old\n-->\n\n二。\n",
            ("研究", URL, "一。\n\n<!--\n## Old\n-->\n\n二。"),
        ),
    ],
)
def test_shapes(text: str, expected: tuple[str | None, ...]) -> None:
    entry = only(text)
    assert entry.heading.text == "A"
    assert texts(entry) == expected


HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))?[ \t]*(?:[ \t]#+[ \t]*)?\r?$|(##{1,5})(?![#\s])(.*?)[ \t]*\r?$")
LINK_LINE = re.compile(r"[ \t]*\[(.*)\][ \t]*[(（](.*?)[)）][ \t]*(.*?)[ \t]*\r?$")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_shape_of_a_heading(rest: str) -> None:
    """As one pattern says it, which takes quadratic time where it fails late."""
    found = HEADING.match(line := "##" + rest)
    entries = parse(line).entries
    assert len(entries) == bool(found)
    if found:
        assert entries[0].level == len(found[1] or found[3])
        assert entries[0].heading.text == (found[2] or found[4] or "")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_shape_of_a_link_line(rest: str) -> None:
    found = LINK_LINE.match(line := "[" + rest)
    entry = parse(f"## A\n{line}\n").entries[0]
    if not found or (found[2].strip() and not set(found[2]) & set("/.")):
        assert entry.link is None
    # Of several the first address is the title's, if it looks like one; where there is nothing, it is no link line.
    elif line.count("](") < 2 and (found[1] + found[2]).strip():
        title, url, tail = (part if part.strip() else None for part in found.groups())
        assert texts(entry) == (title, url, tail and tail.strip())


def test_what_nothing_closes_is_text_each_time() -> None:
    """What was sought in vain once is known for the lines searched, not for those before them."""
    digest = parse(f"<!-- 甲\n<!-- 乙 -->\n<!--\n{ENTRY}\n<!--\n\n-->\n")
    check_invariants(digest)
    assert [digest.text[slice(*span)] for span in digest.stray] == ["<!--"]


def test_a_heading_in_chinese_or_empty() -> None:
    assert only("## 研究\n\n本文。\n").heading.text == "研究"
    assert only("## \n\n本文。\n").heading.text == ""
    assert only("##\n\n本文。\n").key == heading_key("")


def test_a_file_title_is_no_entry() -> None:
    digest = parse(f"# 本周论文\n\n{ENTRY}")
    check_invariants(digest)
    assert [entry.heading.text for entry in digest.entries] == ["A Study"]
    assert [digest.text[start:end] for start, end in digest.stray] == ["# 本周论文"]


def test_a_file_title_above_entries_without_links() -> None:
    digest = parse("# 本周论文\n\n## One\n\n一。\n\n## Two\n\n二。\n")
    assert [entry.heading.text for entry in digest.entries] == ["One", "Two"]
    assert [entry.key for entry in digest.entries] == [heading_key("one"), heading_key("T W O")]


def test_a_section_of_the_file_ends_an_abstract() -> None:
    digest = parse(f"{ENTRY}\n# 第二部分\n\n说明。\n\n## Two\n[二]({URL[:-1]}2)\n\n二。\n")
    check_invariants(digest)
    assert [entry.body.text for entry in digest.entries if entry.body] == ["本文研究事物。", "二。"]
    assert [digest.text[start:end] for start, end in digest.stray] == ["# 第二部分", "说明。"]


def test_an_entry_of_another_level_is_an_entry_if_it_has_a_link() -> None:
    others = f"# Two\n[二]({URL[:-1]}2)\n\n二。\n\n#### Three\n[三]({URL[:-1]}3)\n\n三。\n\n## Four\n\n四。\n"
    digest = parse(f"{ENTRY}\n{others}")
    check_invariants(digest)
    levels = {entry.heading.text: entry.level for entry in digest.entries}
    assert levels == {"A Study": 2, "Two": 1, "Three": 4, "Four": 2}


def test_an_unclosed_fence_or_comment_does_not_swallow_entries() -> None:
    for opening in ("```", "~~~", "<!--"):
        digest = parse(f"{ENTRY}\n{opening}\n\n## Two\n[二]({URL[:-1]}2)\n\n二。\n")
        check_invariants(digest)
        assert [entry.heading.text for entry in digest.entries] == ["A Study", "Two"]


def test_comments_between_entries_are_neither_body_nor_stray() -> None:
    digest = parse(f"<!-- 卷首 -->\n\n{ENTRY}\n<!-- 中 -->\n## Two\n[二]({URL[:-1]}2)\n\n二。\n")
    assert digest.stray == ()
    assert [entry.body.text for entry in digest.entries if entry.body] == ["本文研究事物。", "二。"]


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "文字\n", "```\n## A\n```\n", "<!-- ## A -->\n", "#话题\n"])
def test_files_without_an_entry(text: str) -> None:
    digest = parse(text)
    check_invariants(digest)
    assert digest.entries == ()


@pytest.mark.parametrize(
    ("url", "number"),
    [
        (URL, "2504.00001"),
        ("http://arxiv.org/abs/2504.00001v2", "2504.00001"),
        ("https://arxiv.org/pdf/2504.00001v2.pdf", "2504.00001"),
        ("https://www.alphaxiv.org/abs/2504.00001", None),
        ("https://export.arxiv.org/abs/1301.3781", "1301.3781"),
        ("arxiv.org/abs/cs/0112017", "cs/0112017"),
        ("https://arxiv.org/abs/math.GT/0309136", "math.GT/0309136"),
        (f"  {URL} ", "2504.00001"),
        ("https://arxiv.org/abs/2504.000012", None),
        ("https://arxiv.org/abs/cs/01120178", None),
        ("https://arxiv.org/abs/", None),
        ("https://github.com/a/2504.00001", None),
    ],
)
def test_arxiv_id(url: str, number: str | None) -> None:
    assert arxiv_id(url) == number


def test_the_key_is_the_id_without_its_version() -> None:
    assert only(ENTRY.replace("00001)", "00001v3)")).key == "2504.00001"


def test_normalise() -> None:
    assert normalise(" ＧＰＴ－４ \u3000 模型\n（Ａ）") == "gpt-4模型(a)"
    assert heading_key("A  Study") == heading_key("a study") != heading_key("a studies")
    assert len(heading_key("x")) == 13


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the digests of ../shared/corpus are not here")
def test_the_corpus_is_read_whole() -> None:
    paths = sorted(CORPUS.glob("*/*.md"))
    assert len(paths) == 70
    entries = 0
    for path in paths:
        data = path.read_bytes()
        digest = parse(data.decode("utf-8"), path.name)
        check_invariants(digest)
        assert digest.render().encode("utf-8") == data
        entries += len(digest.entries)
    assert entries == 1027
