"""Import and export: what goes out comes back, and what cannot is refused or said."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import glossary

from glossary.__main__ import main
from glossary.formats import FORMATS
from glossary.model import Term
from glossary.rows import read_file

FULL = (
    "source,abbr,variants,preferred,admitted,forbidden,suspect,not_in,not_source,"
    "policy,require,domain,first_mention,status,note\n"
    "agent,AG|AGT,agentic|agents system,智能体,智能主体|主体,代理体|行为体,代理|智能代理,代理商,proxy,"
    'translate,yes,agents,yes,approved,"why, and ""how"""\n'
    "token,,,词符,,,,,,keep,no,,,proposed,yijiao: a note that looks like ours\n"
    "old,,,旧,,,,,,translate,no,,,deprecated,a < b & c > d\n"
)

WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters="|\ufeff"),
    min_size=1, max_size=8,
).map(str.strip).filter(bool)  # fmt: skip
MANY = st.lists(WORDS, max_size=3).map(tuple)
TERMS = st.lists(
    st.builds(
        Term, WORDS, WORDS, MANY, MANY, MANY, MANY, MANY, MANY, MANY,
        st.sampled_from(["translate", "keep"]), st.booleans(), st.one_of(st.just(""), WORDS), st.booleans(),
        st.sampled_from(["approved", "proposed", "deprecated"]), st.one_of(st.just(""), WORDS),
    ),
    max_size=4, unique_by=lambda term: term.source,
)  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(terms=TERMS)
def test_whatever_goes_out_comes_back(tmp_path: Path, name: str, terms: list[Term]) -> None:
    path = tmp_path / "file"
    path.write_bytes(FORMATS[name].write(terms).text.encode())
    read = FORMATS[name].read(path)
    assert read.terms == terms
    assert read.lost == []


@pytest.mark.parametrize("name", FORMATS)
def test_export_and_import_give_the_same_file(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    start = glossary(tmp_path, FULL)
    there, back = tmp_path / "there", tmp_path / "back.csv"
    assert main(["export", "--format", name, str(start), "-o", str(there)]) == 0
    assert main(["import", "--format", name, str(there), "-o", str(back)]) == 0
    assert sorted(read_file(back), key=lambda term: term.source) == sorted(
        read_file(start), key=lambda term: term.source
    )
    assert [term.source for term in read_file(back)] == ["agent", "old", "token"]
    assert bool(capsys.readouterr().err) == (name == "weblate")


def test_export_writes_to_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "tsv", str(glossary(tmp_path, "source,preferred\nb,乙\nA,甲\n"))]) == 0
    printed = capsys.readouterr().out
    assert [line.split("\t")[0] for line in printed.splitlines()] == ["source", "A", "b"]


def test_import_can_give_a_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = glossary(tmp_path, "source,preferred\na,甲\n")
    assert main(["import", "--format", "csv", str(path), "--status", "proposed"]) == 0
    assert ",proposed," in capsys.readouterr().out


def test_a_file_is_replaced_only_when_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out.csv"
    output.write_text("before", encoding="utf-8")
    path = glossary(tmp_path, "source,preferred\na,甲\na,乙\n")
    assert main(["import", "--format", "csv", str(path), "-o", str(output)]) == 2
    assert output.read_text(encoding="utf-8") == "before"
    assert main(["export", "--format", "csv", "-o", str(tmp_path / "no" / "out.csv")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_tbx_says_what_each_form_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "tbx", str(glossary(tmp_path, FULL))]) == 0
    tbx = capsys.readouterr().out
    assert tbx.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<tbx xmlns="urn:iso:std:iso:30042:ed-2" ')
    assert 'type="TBX-Basic" style="dca"' in tbx
    flat = "".join(line.strip() for line in tbx.splitlines())
    for form, status in (
        ("智能体", "preferred"),
        ("主体", "admitted"),
        ("代理体", "deprecated"),
        ("代理", "superseded"),
    ):
        assert f'<term>{form}</term><termNote type="administrativeStatus">{status}Term-admn-sts</termNote>' in flat
    assert "<term>AG</term>" in flat
    assert '<termNote type="termType">abbreviation</termNote>' in flat
    assert '<descrip type="subjectField">agents</descrip>' in flat


def test_tbx_refuses_what_xml_cannot_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = glossary(tmp_path, "source,preferred\na,甲\x07乙\n")
    assert main(["export", "--format", "tbx", str(path)]) == 2
    assert f"{path}:2: 'a' holds a control character" in capsys.readouterr().err


def test_weblate_reads_what_is_written(tmp_path: Path) -> None:
    csvl10n = pytest.importorskip("translate.storage.csvl10n")
    path = tmp_path / "weblate.csv"
    assert main(["export", "--format", "weblate", "-o", str(path), str(glossary(tmp_path, FULL))]) == 0
    store = csvl10n.csvfile(io.BytesIO(path.read_bytes()), encoding="utf-8")
    units = [(unit.source, unit.target, unit.context, unit.isfuzzy()) for unit in store.units]
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(r["source"], r["target"], r["context"], r["fuzzy"] == "True") for r in csv.DictReader(file)]
    assert units == rows
    assert ("agent", "行为体", "forbidden 2", False) in units
    assert ("AG", "智能体", "abbr of agent", False) in units
    assert ("token", "词符", "", True) in units
    assert len({(source, context) for source, _, context, _ in units}) == len(units)


def test_weblate_reads_tbx_of_2008(tmp_path: Path) -> None:
    tbx = pytest.importorskip("translate.storage.tbx")
    path = tmp_path / "terms.tbx"
    assert main(["export", "--format", "tbx-2008", "-o", str(path), str(glossary(tmp_path, FULL))]) == 0
    store = tbx.tbxfile.parsestring(path.read_bytes(), sourcelanguage="en", targetlanguage="zh-Hans")
    unit = store.units[0]
    assert unit.source == "agent"
    terms = {term.text: term.deprecated for term in unit.get_target_terms()}
    assert terms["智能体"] is False
    assert terms["行为体"] is True


@pytest.mark.parametrize(("content", "line", "words"), [
    ("target\na\n", 1, "'source' is missing"),
    ('source,target,developer_comments\na,甲,{broken\n', 2, "broken JSON"),
    ("source,target\na|b,甲\n", 2, "holds |"),
    ("source,target,context\nAB,甲,abbr of a\n", 2, "no line"),
])  # fmt: skip
def test_weblate_mistakes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, line: int, words: str
) -> None:
    path = glossary(tmp_path, content)
    assert main(["import", "--format", "weblate", str(path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"{path}:{line}: ")
    assert words in error


def test_weblate_lines_of_strangers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = "source,target,context,translator_comments,fuzzy\na,甲,menu,why,\na,乙,button,,\nb,,,,\nc,丙,,,True\n"
    path = glossary(tmp_path, content)
    assert main(["import", "--format", "weblate", str(path), "-o", str(tmp_path / "out.csv")]) == 0
    first, second = read_file(tmp_path / "out.csv")
    assert (first.preferred, first.admitted, first.note) == ("甲", ("乙",), "why")
    assert second.status == "proposed"
    assert f"{path}:4: left out, as it has no target" in capsys.readouterr().err
