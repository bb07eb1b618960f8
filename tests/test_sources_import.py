"""`python -m checks.sources import`: records out of CSV, TSV and JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gatekit import entry, spawn, start, write

from checks.model import SourceText
from checks.sources import load, tables
from checks.sources.__main__ import main

KEPT = Path("data/sources/arxiv.jsonl")
CSV = 'arxiv_id,title_en,abstract_en\n2504.00001,A Title,"One, two\nand three ""quoted"""\ncs/0112017,Old,\n'
SNAPSHOT = {
    "id": "0704.0001", "submitter": "A. Submitter", "authors": "A. Author and B. Author",
    "title": "A study of\n  things",
    "comments": "12 pages", "journal-ref": None, "doi": "10.1000/1", "report-no": None, "categories": "cs.CL",
    "license": None, "abstract": "  We study things,\nand more.\n",
    "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}], "update_date": "2008-11-26",
    "authors_parsed": [["Author", "A.", ""], ["Author", "B.", ""]],
}  # fmt: skip
"""A line of the metadata snapshot on Kaggle, with all its keys."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two papers."""
    monkeypatch.chdir(tmp_path)
    KEPT.parent.mkdir(parents=True)
    write(tmp_path, "yijiao.toml", "")
    digest = entry(number="2504.00001v2") + "\n" + entry(number="math.GT/0309136", heading="Another")
    write(tmp_path, "data/digests/week.md", digest)
    return tmp_path


def run(*arguments: str | Path) -> int:
    return main(["import", *map(str, arguments)])


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """What is said of a file that cannot be used; nothing may be written."""
    before = KEPT.read_bytes() if KEPT.exists() else None
    assert run(*arguments) == 2
    assert (KEPT.read_bytes() if KEPT.exists() else None) == before
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    return said.err.strip()


FULL = SourceText("2504.00001", "A Title", 'One, two and three "quoted"')
OLD = SourceText("cs/0112017", "Old", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", CSV),
        ("a.CSV", "\ufeff" + CSV.replace("\n", "\r\n")),
        ("a.csv", CSV.replace("arxiv_id,title_en,abstract_en", " ID ,Title,Summary") + "\n\n"),
        ("a.tsv", 'id\ttitle\tabstract\n2504.00001\tA Title\t"One, two and three ""quoted"""\ncs/0112017\tOld\t\n'),
        (
            "a.jsonl",
            json.dumps({"arxiv_id": "arXiv:2504.00001v3", "id": 7, "title": "A Title", "abstract": FULL.abstract})
            + "\n\n"
            + json.dumps({"Entry_ID": "http://arxiv.org/abs/cs/0112017v1", "title": "Old", "abstract": None}),
        ),
    ],
)
def test_all_formats_and_names(folder: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write(folder, name, text)) == 0
    assert load([KEPT]) == {"2504.00001": FULL, "cs/0112017": OLD}
    said = capsys.readouterr()
    assert said.out == f"2 records read, 2 of them new or changed; kept in {KEPT}\n"
    assert said.err == ""


def test_a_name_that_says_nothing_needs_a_format(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(folder, "papers.txt", CSV)
    assert "name its format with --format" in refused(capsys, path)
    assert run(path, "--format", "csv", "--output", "mine.jsonl") == 0
    assert load([Path("mine.jsonl")]).keys() == {"2504.00001", "cs/0112017"}
    assert "mine.jsonl: the gate does not read 2 of these records (2504.00001, cs/0112017)" in capsys.readouterr().err


def test_the_snapshot_is_imported_as_it_is(folder: Path) -> None:
    papers = [SNAPSHOT, {**SNAPSHOT, "id": "math/0309136"}, {**SNAPSHOT, "id": "2504.00001"}]
    path = write(folder, "arxiv-metadata-oai-snapshot.json", "".join(json.dumps(each) + "\n" for each in papers))
    assert run(path) == 0
    assert load([KEPT])["0704.0001"] == SourceText("0704.0001", "A study of things", "We study things, and more.")
    assert load([KEPT]).keys() == {"0704.0001", "math/0309136", "2504.00001"}


def test_of_the_snapshot_only_what_the_digests_hold(folder: Path) -> None:
    papers = [{**SNAPSHOT, "id": number} for number in ("0704.0001", "math/0309136", "2504.00001", "2504.00002")]
    # What is not wanted may be as it likes.
    papers[0]["title"] = None
    path = write(folder, "snapshot.json", "".join(json.dumps(each) + "\n" for each in papers))
    assert run(path, "--only-digests") == 0
    # The key is the one that the digest has.
    assert load([KEPT]).keys() == {"math.GT/0309136", "2504.00001"}
    assert main(["status"]) == 0


def test_an_id_twice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "id,title\n2504.00001,First\n2504.00001,First\n2504.00001v2,Second\n"
    assert run(write(folder, "a.csv", rows), write(folder, "b.csv", "id,title\n2504.00001,Third\n")) == 0
    assert load([KEPT])["2504.00001"].title == "Third"
    a, b = folder / "a.csv", folder / "b.csv"
    assert capsys.readouterr().out.splitlines()[:-1] == [
        f"{a}:4: 2504.00001 stands at {a}:3 with different English; this later one was taken",
        f"{b}:2: 2504.00001 stands at {a}:4 with different English; this later one was taken",
    ]


def test_a_known_record_is_kept_unless_it_is_to_be_replaced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "data/sources/mine.jsonl", '{"arxiv_id": "2504.00002", "title_en": "Mine", "abstract_en": "Mine."}\n')
    write(folder, str(KEPT), '{"arxiv_id": "2504.00001", "title_en": "A Title", "abstract_en": "Old."}\n')
    path = write(folder, "a.csv", "id,title,abstract\n2504.00001,A Title,New.\n2504.00002,Other,New.\n")
    assert run(path) == 1
    assert capsys.readouterr().out.splitlines() == [
        "2504.00001: differs from the known record, which was kept; --replace overwrites it",
        "2504.00002: differs from the known record, which was kept; --replace overwrites it",
        f"2 records read, 0 of them new or changed; kept in {KEPT}",
    ]
    assert run(path, "--replace") == 0
    assert load([KEPT])["2504.00001"].abstract == "New."
    said = capsys.readouterr()
    assert "2 records read, 2 of them new or changed" in said.out
    # The file that goes before is the user's.
    assert f"{KEPT}: the gate does not read 1 of these records (2504.00002)" in said.err
    assert run(path, "--replace") == 0
    assert "0 of them new or changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("a.csv", "", None, "is empty; its first line must name columns"),
        ("a.csv", "\n\n", None, "is empty"),
        ("a.csv", "title,abstract\nA,B\n", 1, "names no column arxiv_id or arxiv or entry_id or id"),
        ("a.csv", "id;title\n2504.00001;A\n", 1, "names no column"),
        ("a.csv", "id,title,Title\n2504.00001,A,B\n", 1, "names the column title twice"),
        ("a.csv", "id,title\n2504.00001,A, and B\n", 2, "has 3 cells, but the first line names 2 columns"),
        ("a.csv", 'id,title\n2504.00001,"A\n\n2504.00002,B\n', 2, "is no proper row"),
        ("a.csv", 'id,title\n2504.00002,A\n2504.00001,"A"b\n', 3, "is no proper row"),
        ("a.csv", "id,title\n2504.0001,A\n", 2, "'2504.0001' is no arXiv id; write it as"),
        ("a.csv", "id,title\n\n,A\n", 3, "has no arXiv id, as a text"),
        ("a.csv", 'id,title\n2504.00002,"A\nB"\n2504.00001, \n', 4, "2504.00001 has no title, as a text"),
        ("a.csv", b"id,title\n2504.00002,A\n2504.00001,\xb1\xea\xcc\xe2\n", 3, "byte 0xb1 is not valid UTF-8"),
        ("a.csv", b"id,title\n2504.00001,A\0\n", 2, "NUL"),
        ("a.jsonl", '[{"id": "2504.00001"}]', 1, "is not a JSON object; write one record a line (jq"),
        ("a.jsonl", '[\n{"id": "2504.00001"}\n]', 1, "is not JSON"),
        ("a.jsonl", '{"id": "2504.00001", "title": "A"}\n{"id": "2504', 2, "is not JSON"),
        ("a.jsonl", '{"id": 2504.00001, "title": "A"}', 1, "has no arXiv id, as a text"),
        ("a.jsonl", '{"id": "2504.00001", "title": ["A"]}', 1, "2504.00001 has no title, as a text"),
        ("a.jsonl", '{"id": "2504.00001", "title": "A", "abstract": {}}', 1, "the abstract of 2504.00001 is not a"),
        ("a.jsonl", '{"id": "2504.00001", "title": "\\ud800"}', 1, "is not JSON"),
    ],
)
def test_a_file_that_is_wrong_anywhere_changes_nothing(
    folder: Path, name: str, text: str | bytes, line: int | None, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = write(folder, "good.csv", CSV)
    said = refused(capsys, good, write(folder, name, text))
    assert said.startswith(f"{folder / name}: " if line is None else f"{folder / name}:{line}: ")
    assert says in said


def test_a_line_without_an_end(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "LONGEST_LINE", 1000)
    assert "a.jsonl:2: the line does not end" in refused(capsys, write(folder, "a.jsonl", "\n" + "x" * 2000))


def test_files_that_cannot_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nowhere.csv: no such file" in refused(capsys, "nowhere.csv")
    (folder / "folder.csv").mkdir()
    assert "folder.csv: cannot be read (Is a directory)" in refused(capsys, "folder.csv")
    path = write(folder, "a.csv", CSV)
    assert "no such settings file" in refused(capsys, path, "--config", "no.toml")
    assert "no such file or folder of English" in refused(capsys, path, "--sources", "no.jsonl", "--output", "x.jsonl")
    assert "name a file with --output" in refused(capsys, path, "--sources", write(folder, "s.jsonl", ""))
    assert "is a folder" in refused(capsys, path, "--output", folder / "data")
    write(folder, "data/sources/broken.jsonl", "{")
    assert "broken.jsonl:1: is not JSON" in refused(capsys, path)


def test_an_interrupt_leaves_all_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tables, "_row", interrupted)
    assert run(write(folder, "a.csv", CSV)) == 130
    assert not KEPT.exists()


def test_a_reader_that_has_gone_is_no_error(folder: Path) -> None:
    write(folder, "a.csv", CSV)
    process = start(["import", "a.csv"], folder, program=("-m", "checks.sources"))
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_output_that_is_full_is_told(folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        result = spawn("status", folder=folder, program=("-m", "checks.sources"), stdout=full)
    assert (result.code, result.err) == (2, "output: cannot be written (No space left on device)\n")


def test_the_whole_program(folder: Path) -> None:
    write(folder, "标题\n.csv", CSV)
    result = spawn("import", "标题\n.csv", "-o", "\x1b[31m.jsonl", folder=folder, program=("-m", "checks.sources"))
    assert result.code == 0
    assert "\x1b" not in result.out + result.err
