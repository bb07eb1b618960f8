"""The readers of bilingual files: any edit of a target comes back as that text, and nothing else of the file moves."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from properties import TOKENS

from checks import Checker, Settings
from checks.bilingual import parse
from checks.bilingual.content import TAG, Content
from checks.bilingual.po import units as po
from checks.bilingual.tables import rows
from checks.bilingual.tables import units as table
from checks.bilingual.tmx import units as tmx
from checks.bilingual.unit import Unit
from checks.bilingual.xliff import units as xliff
from checks.errors import InputError
from checks.fixing import splice
from checks.model import Edit, Finding, Fix, Message, Span, Text

CHARACTERS = "中文训练𠮷é abGPU1,;.，。&<>\"'\\]\n\t"
TEXT = st.text(CHARACTERS, min_size=1, max_size=12)
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
Row = list[tuple[str, str]]
"""Pieces of a target, each with the way in which it is written."""
ROWS = st.lists(
    st.tuples(st.sampled_from(["plain", "cdata", "number", "tag", "comment"]), TEXT), min_size=1, max_size=6
)


def in_xml(row: Row) -> tuple[str, str]:
    """A target as XML writes it, and as it is read."""
    written, read = "", ""
    for kind, text in row:
        if kind == "cdata":
            written += f"<![CDATA[{text.replace(']', '')}]]>"
            read += text.replace("]", "")
        elif kind == "number":
            written += "".join(f"&#{ord(char)};" for char in text)
            read += text
        elif kind == "tag":
            written += f'<x:ph id="大型&lt;{len(text)}"\n/>' if "a" in text else "<ph >LLMs用<x:b>用LLMs</x:b></ph>"
            read += TAG
        elif kind == "comment":
            written += f"<!--{text.replace('-', '')}--><?用LLMs ?>"
        else:
            written += "".join(ESCAPES.get(char, char) for char in text)
            read += text
    return written, read


def xml_of(template: str, targets: Sequence[str]) -> str:
    body = "".join(
        template.format(number=number, target=target) + f"\n<!-- {number} -->" for number, target in enumerate(targets)
    )
    root = "tmx" if "<tuv" in template else "xliff"
    return f"<?xml version='1.0'?>\n<{root} version='1.4' xmlns:x='urn:x'>\r\n<file>{body}</file></{root}>\n"


def as_xliff(targets: Sequence[str]) -> str:
    return xml_of('<trans-unit  id="u{number}"><source>S</source><target >{target}</target></trans-unit>', targets)


def as_tmx(targets: Sequence[str]) -> str:
    pair = "<tuv xml:lang='en'><seg>S</seg></tuv><tuv xml:lang='zh'><seg>{target}</seg></tuv>"
    return xml_of(f"<tu tuid='u{{number}}'>{pair}</tu>", targets)


def edits_of(content: Content, cuts: Sequence[int], texts: Sequence[str]) -> list[Edit]:
    """Edits of a text, in order and apart."""
    ends = sorted(min(cut, len(content.text)) for cut in cuts)
    pairs = zip(ends[::2], ends[1::2], texts, strict=False)
    edits: list[Edit] = []
    for start, end, text in pairs:
        if not edits or start > edits[-1].end:
            edits.append(Edit(start, end, text))
    return edits


CUTS = st.lists(st.integers(0, 40), min_size=2, max_size=6)
TEXTS = st.lists(st.text(CHARACTERS, max_size=5), min_size=3, max_size=3)


def holds(read: Callable[[str], Sequence[Unit]], text: str, number: int, cuts: Sequence[int], texts: list[str]) -> None:
    """Edit one target: it reads as edited, all others as before, and what stands around it is as it was."""
    before = read(text)
    content = before[number].target
    edits = edits_of(content, cuts, texts)
    raw = content.edits(edits)
    if raw is None:
        assert any(TAG in content.text[edit.start : edit.end] for edit in edits)
        return
    place = content.whole.span if content.whole is not None else content.span
    after = splice(text, raw)
    wanted = splice(content.text, edits)
    assume(wanted)
    assert after.startswith(text[: place.start])
    assert after.endswith(text[place.end :])
    found = {unit.key: unit.target.text for unit in read(after)}
    expected = {unit.key: unit.target.text for unit in before} | {before[number].key: wanted}
    assert {key: target for key, target in expected.items() if target.replace(TAG, "")} == found


@given(st.sampled_from([(as_xliff, xliff), (as_tmx, tmx)]), st.lists(ROWS, min_size=1, max_size=3), CUTS, TEXTS)
def test_an_edit_of_xml_is_that_edit_and_no_other(
    form: tuple[Callable[[Sequence[str]], str], Callable[[str], Sequence[Unit]]],
    targets: list[Row],
    cuts: list[int],
    texts: list[str],
) -> None:
    write, read = form
    written, meant = zip(*map(in_xml, targets), strict=True)
    text = write(written)
    found = [unit.target.text for unit in read(text)]
    assert found == [target for target in meant if target.replace(TAG, "")]
    if found:
        holds(read, text, len(found) - 1, cuts, texts)


@given(st.lists(ROWS, min_size=1, max_size=3))
def test_xml_is_read_as_another_parser_reads_it(targets: list[Row]) -> None:
    text = as_xliff([in_xml(row)[0] for row in targets])
    root = etree.fromstring(text.encode())
    others = ["".join(each.xpath("text()")) for each in root.iter("target")]
    assert [unit.target.text.replace(TAG, "") for unit in xliff(text)] == [other for other in others if other]


@given(st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=3), CUTS, TEXTS)
def test_an_edit_of_a_message_is_that_edit_and_no_other(
    messages: list[list[str]], cuts: list[int], texts: list[str]
) -> None:
    escapes = {"\\": r"\\", '"': r"\"", "\n": r"\n"}
    text = 'msgid ""\nmsgstr "Language: zh\\n"\n'
    for number, strings in enumerate(messages):
        written = ("".join(escapes.get(char, char) for char in each) for each in strings)
        text += (
            f'\n# 用LLMs\nmsgctxt "{number}"\nmsgid "a"\nmsgstr' + "\n".join(f' "{each}"' for each in written) + "\n"
        )
    assert [unit.target.text for unit in po(text)] == ["".join(strings) for strings in messages]
    holds(po, text, 0, cuts, texts)


CELLS = st.lists(st.lists(st.text(CHARACTERS, max_size=6), min_size=3, max_size=3), min_size=1, max_size=4)


@given(CELLS, st.sampled_from(",;\t"), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), CUTS, TEXTS)
def test_an_edit_of_a_table_is_that_edit_and_no_other(
    cells: list[list[str]], separator: str, quoting: int, cuts: list[int], texts: list[str]
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, quoting=quoting)  # type: ignore[arg-type]  # an enumeration in the stubs
    body = [[f"u{number}", *row] for number, row in enumerate(cells)]
    writer.writerows([["id", "source", "note", "target"], *body])
    text = out.getvalue()
    assert [[cell.text for cell in row] for row in rows(text, separator)] == list(
        csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    )
    assert [(unit.key, unit.source, unit.target.text) for unit in table(text)] == [
        (key, source, target) for key, source, _, target in body if target
    ]
    if table(text):
        holds(table, text, 0, cuts, texts)


@given(st.text('ab",;\r\n\ufeff', max_size=12))
def test_a_table_is_read_as_the_standard_library_reads_it_or_refused(text: str) -> None:
    text = "source,target\n" + text
    try:
        found = [[cell.text for cell in row] for row in rows(text, ",")]
    except ValueError:
        return
    assert found == [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]


@given(st.sampled_from(["a.xlf", "a.tmx", "a.po", "a.csv"]), st.text('<>/&;"\\msgidtr xlf=\n%{}[]源!-', max_size=60))
def test_whatever_the_file_its_parts_make_it_again(path: str, text: str) -> None:
    heads = {"a.xlf": "<xliff version='1.2'>", "a.tmx": "<tmx>", "a.po": "", "a.csv": "source,target\n"}
    whole = heads[path] + text
    with suppress(InputError):
        assert parse(whole, path).render() == whole


MARKUP = ("<x id='大型'/>", "<![CDATA[，使用GPU & <b>,]]>", "<!--，,-->")
WORDS = st.lists(st.sampled_from([*MARKUP, *(in_xml([("plain", token)])[0] for token in TOKENS)]), max_size=14)
KEPT = re.compile(r"<[^<>]*>|<!\[CDATA\[|\]\]>")
TARGET = re.compile("(?<=<target >).*?(?=</target>)", re.DOTALL)


@settings(max_examples=40)
@given(st.lists(WORDS, min_size=1, max_size=3))
def test_fixes_touch_targets_alone_and_no_tag_in_them(targets: list[list[str]]) -> None:
    text = as_xliff(["".join(words) for words in targets])
    fixed = checker().fix_text(text, path="a.xlf", unsafe=True)
    assert TARGET.sub("", fixed.text) == TARGET.sub("", text)
    for before, after in zip(TARGET.findall(text), TARGET.findall(fixed.text), strict=True):
        assert KEPT.findall(after) == KEPT.findall(before)
    if not fixed.applied:
        assert fixed.text == text


@cache
def checker() -> Checker:
    return Checker(Settings())


def test_a_directive_is_code_only_where_a_flag_says_so() -> None:
    text = '#, {flag}\nmsgid "a"\nmsgstr "占 100% {{name}} %(x)d %s"\n'
    masked = {
        flag: po(text.format(flag=flag))[0].target.masked.count("\ufdd1")
        for flag in ("fuzzy", "python-format", "python-brace-format, no-c-format", "c-format, fuzzy")
    }
    assert masked == {"fuzzy": 0, "python-format": 7, "python-brace-format, no-c-format": 6, "c-format, fuzzy": 7}


def test_bytes_by_number_are_left_alone() -> None:
    (unit,) = po('msgid "a"\nmsgstr "用\\346\\226\\x87LLM\\q"\n')
    assert unit.target.text == f"用{TAG * 3}LLM{TAG}"
    assert unit.target.edits([Edit(1, 4, "")]) is None


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("<source>a<g id='1'>b</g>c</source>", "abc"),
        ("<source>a<x id='1'/>b</source>", "a b"),
        ("<source>a <ph id='1'>&lt;b&gt;</ph>&amp;<![CDATA[<c>]]></source>", "a  &<c>"),
    ],
)
def test_the_source_is_read_without_its_tags(text: str, english: str) -> None:
    (unit,) = xliff(f"<xliff version='1.2'><trans-unit>{text}<target>中</target></trans-unit></xliff>")
    assert unit.source == english
    assert unit.key.startswith("#")


def test_an_insertion_at_an_edge_stands_inside() -> None:
    (unit,) = xliff(
        "<xliff version='1.2'><trans-unit><source>a</source><target>中<![CDATA[&]]></target></trans-unit></xliff>"
    )
    start, end = unit.target.span
    assert unit.target.edits([Edit(0, 0, "<")]) == (Edit(start, start, "&lt;"),)
    assert unit.target.edits([Edit(2, 2, "<")]) == (Edit(end, end, "<"),)
    assert unit.target.place(Span(1, 2)) == Span(end - 1, end)


def test_what_is_not_to_be_translated_is_no_unit_unless_it_says_otherwise() -> None:
    unit = "<trans-unit id='{}'{}><source>a</source><target>中</target></trans-unit>"
    kept = "".join(unit.format(*each) for each in (("1", ""), ("2", " translate='yes'"), ("3", " translate='no'")))
    text = f"<xliff version='1.2'><group translate='no'><group>{kept}</group></group>{unit.format('4', '')}</xliff>"
    assert [found.key for found in xliff(text)] == ["2", "4"]


def test_what_is_said_of_more_than_a_target_stands_at_it() -> None:
    behind = parse('source,target\na,"中""文"\nb,下\n', "a.csv").behind
    assert behind is not None
    entry = behind.digest.entries[0]
    fix = Fix(Message(Text("x", "x")), "safe", (Edit(entry.span.end - 1, entry.span.end, ""),))
    finding = Finding(
        "X001", "x", "info", "x", "a.csv", "k", "body", entry.span, "", Message(Text("x", "x")), fixes=(fix,)
    )
    told = behind.finding(finding)
    assert told is not None
    assert (told.span, told.fixes) == (Span(17, 21), ())
    assert [behind.line(number) for number in (1, 3)] == [2, 3]
