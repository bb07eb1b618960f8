"""The translation memory: which sentences are recalled, from where, and what is said to differ."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from gatekit import entry, remember_glossary
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.fuzz import ratio

from checks.digest import parse
from checks.memory.__main__ import main
from checks.memory.difference import difference
from checks.memory.index import Memory
from checks.memory.search import earlier_than
from checks.memory.sentence import Sentence, Side, sentences_of
from checks.memory.terms import Apart, terms_apart
from checks.model import SourceText, Span
from checks.text import mask
from glossary import Glossary, load_layers, shipped

FIRST = "We train a small agent with reinforcement learning. It beats the larger one on nine tasks. The code is at https://a.io/x."
AGAIN = "We train a large agent with reinforcement learning. Nothing like this was said before by anyone."
THEN = "我们用强化学习训练一个小型智能体。它在九项任务上胜过更大的那个。代码发布在 https://a.io/x。"
NOW = "我们以增强学习训练大型智能体。此前没有人说过这样的话。"


def write(folder: Path, name: str, body: str, number: str, english: str | None = None) -> Path:
    """A digest of one paper, and its English."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(entry(body, number=number), encoding="utf-8")
    if english is not None:
        record = {"arxiv_id": number, "title_en": "A Study of Things", "abstract_en": english}
        (folder / "sources").mkdir(exist_ok=True)
        with (folder / "sources/all.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    remember_glossary(monkeypatch)
    (tmp_path / "yijiao.toml").write_text('digests = "digests"\nsources = ["sources"]\n', encoding="utf-8")
    write(tmp_path, "digests/2025-w01.md", THEN, "2501.00001", FIRST)
    write(tmp_path, "digests/2025-w02.md", NOW, "2501.00002", AGAIN)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_a_sentence_is_recalled_with_its_translation_and_what_differs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(capsys)
    assert (found["sentences"], found["memory"], found["recalled"], found["pairs_apart_in_a_term"]) == (5, 5, 1, 1)
    (recalled,) = found["found"]  # type: ignore[misc]
    assert (recalled["path"], recalled["line"], recalled["entry"]) == ("digests/2025-w02.md", 4, "2501.00002")
    assert (recalled["english"], recalled["chinese"]) == (
        AGAIN.split(". ", maxsplit=1)[0] + ".",
        "我们以增强学习训练大型智能体。",
    )
    (before,) = recalled["before"]
    assert (before["path"], before["line"], before["entry"]) == ("digests/2025-w01.md", 4, "2501.00001")
    assert before["chinese"] == "我们用强化学习训练一个小型智能体。"
    assert before["likeness"] == pytest.approx(92.2, abs=0.1)
    assert [piece for piece in before["english_difference"] if piece[0] != "="] == [["-", "small"], ["+", "large"]]
    assert before["terms"] == [{"source": "reinforcement learning", "before": "强化学习", "now": "增强学习"}]


def test_people_see_the_words_that_differ_marked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digests/2025-w02.md"]) == 0
    out = capsys.readouterr().out
    assert "digests/2025-w02.md:4  2501.00002\n  92%  digests/2025-w01.md:4  2501.00001\n" in out
    assert "    en  We train a [-small-]{+large+} agent with reinforcement learning.\n" in out
    assert "    zh  我们[-用-]{+以增+}强[-化-]学习训练[-一个小-]{+大+}型智能体。\n" in out
    assert "    term  reinforcement learning: 强化学习 → 增强学习\n" in out
    assert "1 of 2 sentences have been translated before in much the same words; 1 of 1 pairs differ in a term" in out


def test_only_what_is_earlier_is_remembered(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "digests/2025-w01.md")["recalled"] == 0
    # The same file under another name is not its own past.
    assert told(capsys, str(folder / "digests/2025-w01.md"))["recalled"] == 0
    write(folder, "draft.md", THEN, "2501.00003")
    assert told(capsys, "draft.md")["recalled"] == 3
    assert told(capsys, "draft.md", "--memory", "digests/2025-w02.md")["recalled"] == 1


def test_the_cutoff_comes_from_the_command_line_else_the_settings(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "--cutoff", "95")["recalled"] == 0
    (folder / "yijiao.toml").write_text(
        'digests = "digests"\nsources = ["sources"]\nmemory-cutoff = 95\n', encoding="utf-8"
    )
    assert told(capsys)["recalled"] == 0
    assert told(capsys, "--cutoff", "90")["recalled"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cutoff", "20"], "must be a number from 50 to 100"),
        (["--cutoff", "x"], "'x'"),
        (["none.md"], "no such file"),
        (["digests", "--memory", "none"], "none"),
    ],
)
def test_what_cannot_be_done_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_without_its_library_it_says_what_to_install(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz.fuzz", None)
    assert main([]) == 2
    assert "pip install 'yijiao[memory]'" in capsys.readouterr().err


def sentences(body: str, english: str | None, path: str = "a.md") -> list[Sentence]:
    sources = {} if english is None else {"2501.00001": SourceText("2501.00001", "", english)}
    return sentences_of(parse(entry(body, number="2501.00001"), path), sources)


def test_english_is_given_only_where_it_is_sure() -> None:
    assert [each.english.text if each.english else None for each in sentences(THEN, FIRST)] == [
        "We train a small agent with reinforcement learning.",
        "It beats the larger one on nine tasks.",
        "The code is at https://a.io/x.",
    ]
    # One sentence more, and one that is far too long for its translation.
    assert {each.english for each in sentences(THEN, FIRST + " One more is here.")} == {None}
    assert {each.english for each in sentences(THEN, FIRST.replace("nine tasks", "nine tasks " * 30))} == {None}
    assert {each.english for each in sentences(THEN, None)} == {None}


def test_a_sentence_knows_its_place_and_a_short_one_is_none() -> None:
    text = entry("不。" + THEN, number="2501.00001")
    found = sentences_of(parse(text, "a.md"), {})
    assert [text[each.span.start : each.span.end].strip() for each in found] == [each.chinese.text for each in found]
    assert found[0].chinese.text == "我们用强化学习训练一个小型智能体。"


def test_an_address_is_compared_as_one_and_marked_as_one() -> None:
    one, other = (side(f"代码已发布在 {address}。") for address in ("https://a.io/x", "https://example.org/a/longer"))
    assert one.folded == other.folded
    assert difference(one, other) == [
        ("=", "代码已发布在 "), ("-", "https://a.io/x"), ("+", "https://example.org/a/longer"), ("=", "。")
    ]  # fmt: skip


def side(text: str) -> Side:
    return Side(text, mask(text))


@given(st.text("中文 abAB.https://$x$\n", max_size=20), st.text("中文 abAB.https://$x$\n", max_size=20))
def test_a_difference_holds_both_texts(before: str, now: str) -> None:
    found = difference(side(before), side(now))
    assert "".join(text for sign, text in found if sign != "+") == before
    assert "".join(text for sign, text in found if sign != "-") == now


TOKENS = ("我们", "提出", "新的", "方法", "模型", "训练", "数据", "LLM", "和", "在")
WORDS = st.lists(st.sampled_from(TOKENS), min_size=4, max_size=9)


def plain(path: str, text: str) -> Sentence:
    return Sentence(path, "k", Span(0, len(text)), side(text), None)


@given(st.lists(WORDS, max_size=8), WORDS)
def test_what_is_recalled_is_what_comparing_with_each_would_find(known: list[list[str]], asked: list[str]) -> None:
    memory = Memory()
    others = [plain(f"{number}.md", "".join(words)) for number, words in enumerate(known)]
    for other in others:
        memory.add(other.path, [other])
    one = plain("x.md", "".join(asked))
    wanted = [ratio(one.chinese.folded, other.chinese.folded) for other in others]
    found = memory.like(one, 75, lambda path: True, most=100)
    assert [each.likeness for each in found] == sorted((each for each in wanted if each >= 75), reverse=True)


def test_a_file_that_changes_is_remembered_as_it_is() -> None:
    memory = Memory()
    for number in range(3000):
        memory.add("a.md", [plain("a.md", f"我们提出第{number}种新的方法")])
    memory.add("b.md", [plain("b.md", "完全不同的另外一句话")])
    (found,) = memory.like(plain("x.md", "我们提出第2999种新的方法"), 75, lambda path: True)
    assert (found.likeness, found.sentence.chinese.text) == (100, "我们提出第2999种新的方法")
    assert len(memory) == 2
    assert not memory.like(plain("x.md", "我们提出第2999种新的方法"), 75, lambda path: path == "b.md")


def test_of_equals_the_latest_goes_first() -> None:
    memory = Memory()
    for path in ("b.md", "c.md", "a.md"):
        memory.add(path, [plain(path, "我们提出一种新的方法")])
    found = memory.like(plain("x.md", "我们提出一种新的方法"), 75, lambda path: True, most=2)
    assert [each.sentence.path for each in found] == ["c.md", "b.md"]


def test_earlier_is_what_sorts_before(tmp_path: Path) -> None:
    stored = [str(tmp_path / name) for name in ("2025-w02.md", "2024-w50.md", "2025-w01.md")]
    of = earlier_than(stored)
    assert [path for path in stored if of(stored[2])(path)] == [stored[1]]
    assert all(of("elsewhere.md")(path) for path in stored)
    assert not of("elsewhere.md")("elsewhere.md")


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_layers([shipped()])


@pytest.mark.parametrize(
    ("before", "now", "apart"),
    [
        ("使用强化学习", "使用增强学习", [Apart("reinforcement learning", "强化学习", "增强学习")]),
        ("使用强化学习", "使用强化学习方法", []),
        ("使用强化学习", "使用学习", []),
        ("使用强化学习 (RL)", "使用 RL", []),
    ],
)
def test_a_term_differs_where_both_render_it_and_otherwise(
    glossary: Glossary, before: str, now: str, apart: list[Apart]
) -> None:
    english = side("It uses reinforcement learning (RL).")
    one, other = (Sentence("a.md", "k", Span(0, 1), side(text), english) for text in (before, now))
    assert terms_apart(glossary.matcher, one, other) == apart
    without = Sentence("a.md", "k", Span(0, 1), side(now), side("It uses something."))
    assert terms_apart(glossary.matcher, one, without) == []
