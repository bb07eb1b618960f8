"""A compiled glossary, kept between runs."""

from __future__ import annotations

import marshal
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from glossary import Glossary, GlossaryError, automaton, cachedir, kept, load_layers, program, shipped
from glossary.matcher import Matcher

HEADER = "source,preferred,forbidden,abbr\n"
TEXTS = (
    "大型语言模型 (LLM) 与 LLMs，以及 fine-tuning、Fine tuned 和微调",
    "强化学习，基于可验证奖励的强化学习，代理服务器，Transformer",
    "A large language model (LLM) is fine-tuned with RLVR; multi-agent systems",
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(cachedir.VARIABLE, str(folder))
    return folder


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    path = tmp_path / "terms.csv"
    path.write_text(HEADER + "large language model,大语言模型,大型语言模型,LLM\n", encoding="utf-8")
    return path


def compiled(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[object]]:
    """What is compiled from now on."""
    made: list[Sequence[object]] = []
    real = kept.tables
    monkeypatch.setattr(kept, "tables", lambda terms: (made.append(terms), real(terms))[1])
    return made


def same(one: Glossary, other: Glossary) -> bool:
    places = [[(term.path, term.line) for term in (*each.terms, *each.proposed)] for each in (one, other)]
    found = [
        [(each.matcher.source(text), each.matcher.target(text), each.matcher.words("大语言模型")) for text in TEXTS]
        for each in (one, other)
    ]
    return one == other and one.digest == other.digest and places[0] == places[1] and found[0] == found[1]


def test_the_shipped_glossary_comes_back_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    made = compiled(monkeypatch)
    fresh = load_layers([shipped()])
    assert same(kept.load([shipped()]), fresh)
    assert len(made) == 1
    assert same(kept.load([shipped()]), fresh)
    assert len(made) == 1


def test_layers_and_proposals_come_back(terms: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text("source,preferred,status\ngrid,网格,proposed\nlarge language model,语言大模型,approved\n")
    layers = [[terms], [more]]
    kept.load(layers)
    assert same(kept.load(layers), load_layers(layers))
    assert [term.source for term in kept.load(layers).proposed] == ["grid"]
    assert kept.load([[more], [terms]]) != kept.load(layers)


def test_a_file_that_changes_is_compiled_again(terms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where neither its size nor its date tells."""
    kept.load([[terms]])
    made, stat = compiled(monkeypatch), terms.stat()
    text = terms.read_text(encoding="utf-8")
    terms.write_text(text.replace("大语言模型", "大语言模形"), encoding="utf-8")
    os.utime(terms, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert kept.load([[terms]]).terms[0].preferred == "大语言模形"
    assert len(made) == 1


def test_a_folder_that_gains_a_file_is_another_glossary(tmp_path: Path) -> None:
    folder = tmp_path / "layer"
    folder.mkdir()
    (folder / "a.csv").write_text("source,preferred\ngrid,网格\n")
    assert len(kept.load([[folder]]).terms) == 1
    (folder / "b.csv").write_text("source,preferred\nmesh,网格\n")
    assert len(kept.load([[folder]]).terms) == 2


@pytest.mark.parametrize("damage", ["emptied", "cut", "another program", "another library", "no automaton"])
def test_what_cannot_be_used_is_made_again(
    terms: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    kept.load([[terms]])
    (file,) = cache.glob("glossary-*")
    if damage == "emptied":
        file.write_bytes(b"")
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:-9])
    elif damage == "another program":
        monkeypatch.setattr(program, "state", lambda *_: "of tomorrow")
    elif damage == "another library":
        monkeypatch.setattr(automaton, "_maker", lambda: "of tomorrow")
    else:
        row = list(marshal.loads(file.read_bytes()[4:]))
        row[-1] = (b"no automaton", row[-1][1])
        cachedir.write(file.name, marshal.dumps(tuple(row)))
    made = compiled(monkeypatch)
    assert same(kept.load([[terms]]), load_layers([[terms]]))
    assert len(made) == 1


def test_without_the_library_that_makes_bytes_nothing_is_kept(
    terms: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(automaton, "build_daachorse", automaton.build_ahocorasick_rs)
    assert same(kept.load([[terms]]), load_layers([[terms]]))
    assert not list(cache.glob("glossary-*"))


def test_without_a_folder_the_terms_are_read(terms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cachedir.VARIABLE, "")
    assert same(kept.load([[terms]]), load_layers([[terms]]))


def test_what_is_wrong_with_a_file_is_told_as_ever(terms: Path, tmp_path: Path) -> None:
    for paths in ([tmp_path / "absent.csv"], [tmp_path]):
        (tmp_path / "wrong.csv").write_text("source,preferred\nx,\n")
        with pytest.raises(GlossaryError) as told:
            kept.load([paths])
        with pytest.raises(GlossaryError) as expected:
            load_layers([paths])
        assert str(told.value) == str(expected.value)


def test_only_the_newest_stay(tmp_path: Path, cache: Path) -> None:
    for number in range(7):
        path = tmp_path / f"{number}.csv"
        path.write_text("source,preferred\ngrid,网格\n")
        kept.load([[path]])
    assert len(list(cache.glob("glossary-*"))) == 4


def test_a_matcher_made_of_tables_is_one_made_of_terms() -> None:
    terms = load_layers([shipped()]).terms
    one, other = Matcher(terms), Matcher(terms, kept.tables(terms))
    assert [one.target(text) for text in TEXTS] == [other.target(text) for text in TEXTS]
