"""The same finding after an edit."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.digest import normalise, parse
from checks.identity import Key, fingerprint, identified, key_of, match, quoted
from checks.model import Field, Finding, Message, Span, Text

NOTHING = Message(Text("", ""))
BODY = "本文提出一种旧方法。实验表明旧方法很快。我们还讨论了旧方法的局限，以及今后的工作。"


def digest_of(body: str, heading: str = "A Study", title: str = "研究", before: str = "") -> str:
    return f"{before}## {heading}\n[{title}](https://arxiv.org/abs/2504.00001)\n\n{body}\n"


def found(text: str, quote: str = "旧方法", path: str = "a.md", field: Field = "body") -> tuple[Finding, ...]:
    """A finding at each place of the quote in the abstracts."""
    digest = parse(text, path)
    bare = []
    for entry in digest.entries:
        if entry.body is not None:
            for place in re.finditer(re.escape(quote), entry.body.text):
                start = entry.body.span.start + place.start()
                span = Span(start, start + len(quote))
                one = Finding("TRM001", "rule", "error", "m", path, entry.key, field, span, quote, NOTHING, term="t")
                bare.append(one)
    return identified(bare, digest)


@dataclass(frozen=True)
class Record:
    """A stored decision."""

    key: Key
    before: str
    after: str
    nth: int


def record(finding: Finding) -> Record:
    return Record(key_of(finding), finding.before, finding.after, finding.nth)


def decided(old: str, new: str, which: int = 0, quote: str = "旧方法") -> list[int]:
    """The findings of the new text that a decision about one of the old text settles."""
    settled, rest = match([record(found(old, quote)[which])], found(new, quote))
    assert len(settled) + len(rest) == 1
    return sorted(settled)


def test_context_is_normalised_and_within_the_field() -> None:
    first, second, third = found(digest_of(BODY))
    assert (first.before, first.after) == ("本文提出一种", "。实验表明旧方法")
    assert (second.before, second.after) == ("旧方法。实验表明", "很快。我们还讨论")
    assert third.before == "快。我们还讨论了"
    assert [finding.nth for finding in (first, second, third)] == [0, 0, 0]


PIECES = st.sampled_from(
    ["本", "文", "a", "Ａ", "（", "é", "e\u0301", "\u0301", "\uac00\u11a8", "\u1100\u1161", "ß", "ﬁ", " ", "-"]
)


@given(st.lists(PIECES, max_size=60).map("".join), st.lists(PIECES, max_size=60).map("".join))
def test_context_is_that_of_the_wide_neighbourhood(before: str, after: str) -> None:
    if "##" not in before and (body := f"{before}旧方法{after}".strip()).count("旧方法") == 1:
        (finding,) = found(digest_of(body))
        left, _, right = body.partition("旧方法")
        assert finding.before == normalise(left[-64:])[-8:]
        assert finding.after == normalise(right[:64])[:8]


@given(st.one_of(st.none(), st.text(), st.text(st.sampled_from('"\\/\b\t\n\f\r\x00\x1f\x7f a中'))))
def test_strings_are_quoted_as_json_quotes_them(text: str | None) -> None:
    assert quoted(text) == json.dumps(text, ensure_ascii=False)


def test_white_space_width_and_case_do_not_count() -> None:
    plain, spaced = found(digest_of("使用LLM旧方法,好。")), found(digest_of("使用 ＬＬＭ 旧方法， 好。"))
    assert plain[0].before == spaced[0].before == "使用llm"
    assert plain[0].after == spaced[0].after == ",好。"
    assert plain[0].fingerprint == spaced[0].fingerprint


def test_fingerprints_are_32_hex_digits_and_differ() -> None:
    prints = [finding.fingerprint for finding in found(digest_of(BODY))]
    assert all(re.fullmatch(r"[0-9a-f]{32}", value) for value in prints)
    assert len(set(prints)) == 3


def test_a_fingerprint_is_for_ever() -> None:
    """Stored decisions hold fingerprints: this value must never change."""
    only = found(digest_of("本文提出旧方法。"))[0]
    document = '["2504.00001","body","trm001","t","旧方法","本文提出","。",0]'
    assert only.fingerprint == hashlib.blake2b(document.encode()).hexdigest()[:32]
    assert fingerprint(only) == only.fingerprint


def test_each_part_of_the_identity_counts() -> None:
    only = found(digest_of("本文提出旧方法。"))[0]
    others = [
        only._replace(entry="2504.00002"),
        only._replace(field="title"),
        only._replace(code="TRM002"),
        only._replace(term=None),
        only._replace(quote="新方法"),
        only._replace(before="x"),
        only._replace(after="x"),
        only._replace(nth=1),
    ]
    assert len({fingerprint(finding) for finding in (only, *others)}) == 9
    same = [only._replace(path="b.md"), only._replace(span=Span(0, 3)), only._replace(severity="info")]
    assert {fingerprint(finding) for finding in same} == {only.fingerprint}


def test_nth_counts_what_agrees_in_everything_else() -> None:
    findings = found(digest_of("旧方法" * 8))
    like_the_fifth = [one.nth for one in findings if (one.before, one.after) == (findings[4].before, findings[4].after)]
    assert like_the_fifth == [0, 1]
    assert len({finding.fingerprint for finding in findings}) == 8


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize(
    "edited",
    [
        digest_of(BODY, before="## Other\n[别的](https://arxiv.org/abs/2504.00009)\n\n旧方法。\n\n"),
        digest_of(BODY, heading="A Study, Revised", title="研究（修订）"),
        digest_of(BODY + "\n\n新增一段，没有那个词。"),
        digest_of("新增一句，没有那个词。" + BODY),
        digest_of(BODY.replace("局限，以及今后的工作", "局限，以及将来")),
        digest_of(BODY).replace("\n", "\r\n"),
    ],
    ids=["entry above", "heading", "paragraph added", "sentence in front", "end edited", "CRLF"],
)
def test_a_decision_outlives_edits_elsewhere(which: int, edited: str) -> None:
    own = [index for index, finding in enumerate(found(edited)) if finding.entry == "2504.00001"]
    assert decided(digest_of(BODY), edited, which) == [own[which]]


def test_a_decision_outlives_a_move_to_another_file() -> None:
    old = found(digest_of(BODY), path="2024/a.md")
    new = found(digest_of(BODY, before="# 新刊\n\n"), path="2025/b.md")
    settled, rest = match([record(finding) for finding in old], new)
    assert settled == dict(enumerate(record(finding) for finding in old))
    assert rest == ()


def test_a_decision_outlives_the_mending_of_its_neighbour() -> None:
    mended = digest_of(BODY.replace("提出一种旧方法", "提出一种新办法"))
    assert decided(digest_of(BODY), mended, which=1) == [0]
    assert decided(digest_of(BODY), mended, which=2) == [1]
    assert decided(digest_of(BODY), mended, which=0) == []


def test_the_second_tier_asks_for_one_side_and_one_candidate() -> None:
    old = digest_of("甲乙丙丁旧方法戊己庚辛。")
    assert decided(old, digest_of("甲乙丙丁旧方法，改了后文。")) == [0]
    assert decided(old, digest_of("改了前文的旧方法戊己庚辛。")) == [0]
    assert decided(old, digest_of("前后都改了的旧方法，全不同。")) == []

    old = digest_of("甲乙丙丁旧方法戊己庚辛壬癸子丑。")
    assert decided(old, digest_of("改动旧方法戊己庚辛壬癸子丑。")) == [0]
    assert decided(old, digest_of("改动旧方法戊己庚辛壬癸子丑。更改旧方法戊己庚辛壬癸子丑。")) == []


def test_the_first_tier_goes_before_the_second() -> None:
    """The record that fits on both sides gets the finding, whatever the order of the records."""
    new = found(digest_of("甲乙丙丁旧方法戊己庚辛。"))
    exact = record(new[0])
    half = replace(exact, after="别的后文")
    for records in ([exact, half], [half, exact]):
        settled, rest = match(records, new)
        assert settled == {0: exact}
        assert rest == (half,)


def test_nth_tells_equals_apart() -> None:
    findings = found(digest_of("旧方法" * 8))
    for index, finding in enumerate(findings):
        settled, rest = match([record(finding)], findings)
        assert (settled, rest) == ({index: record(finding)}, ())


def test_a_finding_is_decided_once() -> None:
    findings = found(digest_of("甲旧方法乙。"))
    settled, rest = match([record(findings[0])] * 2, findings)
    assert list(settled) == [0]
    assert len(rest) == 1


def test_another_entry_code_or_quote_is_another_finding() -> None:
    finding = found(digest_of("甲旧方法乙。"))[0]
    changes: tuple[dict[str, str], ...] = ({"entry": "2504.00002"}, {"code": "TRM002"}, {"quote": "旧方"})
    for change in changes:
        other = finding._replace(**change)  # type: ignore[arg-type]
        assert match([record(finding)], [other]) == ({}, (record(finding),))


def test_findings_come_in_the_order_of_the_file() -> None:
    digest = parse(digest_of(BODY))
    ordered = found(digest_of(BODY))
    backwards = [finding._replace(before="", after="", fingerprint="") for finding in reversed(ordered)]
    assert identified(backwards, digest) == ordered
