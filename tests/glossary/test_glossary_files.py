"""Reading glossary files: every kind of mistake is named with its place and its remedy."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from glossary import Glossary, GlossaryError, Term, load_layers, shipped
from glossary.rows import COLUMNS

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: str | bytes, name: str = "terms.csv") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def load(*layers: Path) -> Glossary:
    return load_layers([[layer] for layer in layers])


def fails(path: Path, line: int | None, *words: str) -> GlossaryError:
    with pytest.raises(GlossaryError) as caught:
        load(path)
    error = caught.value
    assert (error.path, error.line) == (str(path), line)
    for word in words:
        assert word in error.message
    assert str(error) == f"{path}{'' if line is None else f':{line}'}: {error.message}"
    return error


def test_every_column_is_read(write: Write) -> None:
    path = write(
        ",".join(COLUMNS) + "\n"
        "agent,AG,agentic|agents system,智能体,智能主体,代理体,代理|智能代理,代理商,proxy,"
        "translate,yes,agents,yes,approved,why\n"
    )
    (term,) = load(path).terms
    assert term == Term(
        "agent", "智能体", ("AG",), ("agentic", "agents system"), ("智能主体",), ("代理体",), ("代理", "智能代理"),
        ("代理商",), ("proxy",), "translate", True, "agents", True, "approved", "why",
    )  # fmt: skip
    assert (term.path, term.line) == (str(path), 2)
    assert term.renderings == ("智能体", "智能主体")


def test_absent_columns_and_empty_cells_take_the_defaults(write: Write) -> None:
    plain = load(write("preferred,source\n令牌,token\n")).terms[0]
    full = load(write(",".join(COLUMNS) + "\ntoken,,,令牌,,,,,,,,,,,\n", "b.csv")).terms[0]
    assert plain == full
    assert (plain.policy, plain.require, plain.first_mention, plain.status) == ("translate", False, False, "approved")


@pytest.mark.parametrize("content", [
    b"\xef\xbb\xbfsource,preferred\ntoken,Token\n",
    b"source,preferred\r\ntoken,Token\r\n",
    b"source,preferred\ntoken,Token",
    b"source,preferred\ntoken,Token\n\n\n",
    b"source , preferred\n token , Token \n",
    b'"source","preferred"\n"token","Token"\n',
])  # fmt: skip
def test_what_spreadsheets_and_editors_write_is_read_alike(write: Write, content: bytes) -> None:
    assert load(write(content)).terms == (Term("token", "Token"),)


def test_empty_values_between_bars_are_dropped(write: Write) -> None:
    assert load(write("source,preferred,admitted\ntoken,Token,a || b|\n")).terms[0].admitted == ("a", "b")


def test_a_line_may_lack_its_last_empty_cells(write: Write) -> None:
    assert load(write("source,preferred,note\ntoken,Token\n")).terms == (Term("token", "Token"),)


@pytest.mark.parametrize(("content", "line", "words"), [
    ("", None, ("empty", "source")),
    ("source,prefered\na,b\n", 1, ("'prefered'", "did you mean 'preferred'?")),
    ("source,preferred,zzz\na,b,c\n", 1, ("unknown column 'zzz'", "not_source")),
    ("source;preferred\na;b\n", 1, ("semicolons", "commas")),
    ("source\tpreferred\na\tb\n", 1, ("tabs", "commas")),
    ("source,preferred,\na,b,\n", 1, ("column 3", "no name")),
    ("source,preferred,source\na,b,c\n", 1, ("'source' stands twice",)),
    ("source,note\na,b\n", 1, ("'preferred' is missing", "add it")),
    ("source,preferred\na,b\n,c\n", 3, ("'source' is empty", "fill it")),
    ("source,preferred\na,b\nc,\n", 3, ("'preferred' is empty", "fill it")),
    ("source,preferred,policy\na,b,Keep\n", 2, ("'Keep'", "translate or keep")),
    ("source,preferred,require\na,b,true\n", 2, ("require 'true'", "yes or no")),
    ("source,preferred,first_mention\na,b,1\n", 2, ("first_mention '1'", "yes or no")),
    ("source,preferred,status\na,b,draft\n", 2, ("'draft'", "proposed")),
    ("source,preferred\na,b\n\nc,d\n", 3, ("empty line", "delete")),
    ("source,preferred\n\n\na,b\n", 2, ("empty line", "delete")),
    ("source,preferred\na,b,c\n", 2, ("3 cells", "2 columns", "quotes")),
    ('source,preferred\na,"b\nc,d\n', 2, ("never closed", '""')),
    ('source,preferred\na,"b\nc",d\n', 2, ("runs on to line 3", "close")),
    ('source,preferred\na,b\nc,"d"e\n', 3, ("malformed", '""')),
    ("source,preferred\na,b\nA,c\n", 3, ("'A'", ":2", "merge")),
    ("source,preferred,forbidden\na,甲乙丙,甲乙丙\n", 2, ("'甲乙丙'", "both right", "delete")),
    ("source,preferred,suspect\na,KV 缓存,KV缓存\n", 2, ("'KV缓存'", "both right")),
    ("source,preferred,forbidden\na,甲乙丙,\nb,丁,甲乙丙\n", 3, ("'甲乙丙'", "'a'", ":2", "suspect")),
])  # fmt: skip
def test_a_mistake_is_named_with_its_place_and_remedy(
    write: Write, content: str, line: int | None, words: tuple[str, ...]
) -> None:
    fails(write(content), line, *words)


def test_a_line_is_physical_whatever_ends_it(write: Write) -> None:
    fails(write("source,preferred\r\na,b\r\n,c\r\n"), 3, "'source' is empty")
    fails(write("source,preferred\ra,b\r,c\r"), 3, "'source' is empty")


def test_a_huge_cell_is_an_error_not_a_crash(write: Write) -> None:
    fails(write("source,preferred\na," + "b" * 200_000 + "\n"), 2, "131,072")


@pytest.mark.parametrize(("content", "line", "word"), [
    (b"source,preferred\na,b\nc,\xff\n", 3, "0xFF"),
    (b"\xef\xbb\xbfsource,preferred\nc,\xe4\xb8\n", 2, "0xE4"),
    (b"source,preferred\na\0,b\n", 2, "NUL"),
    (b"\xff\xfes\0", None, "UTF-16"),
])  # fmt: skip
def test_what_is_no_text_is_named(write: Write, content: bytes, line: int | None, word: str) -> None:
    fails(write(content), line, word, "UTF-8")


def test_missing_files_and_folders_without_glossary(tmp_path: Path) -> None:
    fails(tmp_path / "no.csv", None, "cannot be read", "check")
    (tmp_path / "empty").mkdir()
    fails(tmp_path / "empty", None, "no .csv file")


def test_a_folder_is_read_file_by_file(write: Write, tmp_path: Path) -> None:
    write("source,preferred\nb,乙\n", "t/2.csv")
    write("source,preferred\na,甲\n", "t/1.csv")
    write("no glossary", "t/readme.txt")
    assert [term.source for term in load(tmp_path / "t").terms] == ["a", "b"]


def test_the_same_source_in_two_files_of_a_layer_is_an_error(write: Write) -> None:
    one, two = write("source,preferred\na,甲\n", "1.csv"), write("source,preferred\nA,乙\n", "2.csv")
    with pytest.raises(GlossaryError, match="merge") as caught:
        load_layers([[one, two]])
    assert (caught.value.path, caught.value.line) == (str(two), 2)
    assert f"{one}:2" in caught.value.message


def test_a_later_layer_overrides_by_case_folded_source(write: Write) -> None:
    lower = write("source,preferred\nalpha,甲\nbeta,乙\n", "1.csv")
    upper = write("source,preferred\nALPHA,丙\n", "2.csv")
    glossary = load(lower, upper)
    assert [(term.source, term.preferred) for term in glossary.terms] == [("ALPHA", "丙"), ("beta", "乙")]
    found = glossary.get("Alpha")
    assert found is not None
    assert found.path == str(upper)
    assert glossary.get("gamma") is None


def test_layers_may_contradict_each_other(write: Write) -> None:
    lower = write("source,preferred\na,甲乙丙\n", "1.csv")
    upper = write("source,preferred,forbidden\nb,丁,甲乙丙\n", "2.csv")
    assert len(load(lower, upper).terms) == 2


def test_what_a_later_layer_forbids_is_no_longer_admitted(write: Write) -> None:
    lower = write("source,preferred,admitted\na,甲乙丙,甲-LM|乙\nb,甲 LM,\n", "1.csv")
    upper = write("source,preferred,forbidden\nc,丁,甲LM\n", "2.csv")
    assert [term.admitted for term in load(lower, upper).terms] == [("乙",), (), ()]
    assert [term.preferred for term in load(lower, upper).terms] == ["甲乙丙", "甲 LM", "丁"]
    proposed = write("source,preferred,forbidden,status\nc,丁,乙,proposed\n", "3.csv")
    assert [term.admitted for term in load(upper, lower, proposed).terms] == [("甲-LM", "乙"), (), ()]


def test_status_decides_what_is_in_force(write: Write) -> None:
    lower = write("source,preferred,status\na,甲,\nb,乙,approved\nc,丙,proposed\n", "1.csv")
    upper = write("source,preferred,status\na,丁,proposed\nb,乙,deprecated\n", "2.csv")
    glossary = load(lower, upper)
    assert [term.preferred for term in glossary.terms] == ["甲"]
    assert [term.preferred for term in glossary.proposed] == ["丁", "丙"]
    approved = write("source,preferred\nc,戊\n", "3.csv")
    assert [term.preferred for term in load(lower, approved).proposed] == []


def test_only_terms_in_force_contradict(write: Write) -> None:
    assert load(write("source,preferred,forbidden,status\na,甲乙,,\nb,丁,甲乙,proposed\nc,戊,甲乙,deprecated\n")).terms


def test_hashes_follow_the_cells_but_not_the_note_or_the_place(write: Write) -> None:
    one = load(write("source,preferred,note\na,甲,x\n", "1.csv"))
    two = load(write("source,note,preferred\nA2,,乙\na,y,甲\n", "2.csv"))
    three = load(write("source,preferred,admitted\na,甲,乙\n", "3.csv"))
    first, second, third = one.terms[0], two.get("a"), three.terms[0]
    assert second is not None
    assert first.cells_hash() == second.cells_hash() != third.cells_hash()
    assert len(first.cells_hash()) == 16
    assert len({one.digest, two.digest, three.digest}) == 3


def test_a_glossary_travels_to_another_process(write: Write) -> None:
    glossary = load(write("source,preferred\nagent,智能体\n"))
    assert glossary.matcher.source("agents")
    copy = pickle.loads(pickle.dumps(glossary))
    assert copy == glossary
    assert copy.matcher.source("agents")


def test_the_empty_glossary_finds_nothing() -> None:
    empty = Glossary.empty()
    assert empty.terms == ()
    assert empty.matcher.source("LLM") == empty.matcher.target("大语言模型").matches == ()


def test_the_shipped_terms_load() -> None:
    glossary = load_layers([shipped()])
    model = glossary.get("Large Language Model")
    assert model is not None
    assert (model.preferred, model.require) == ("大语言模型", True)
    token = glossary.get("token")
    assert token is not None
    assert token.policy == "keep"
