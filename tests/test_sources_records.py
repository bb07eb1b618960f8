"""Records are added to a source file, and nothing in it is lost."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest
from gatekit import write

from checks.errors import InputError, SourceError
from checks.model import SourceText
from checks.sources import load
from checks.sources.identifiers import bare, canonical, may_exist
from checks.sources.records import Added, add


def line(number: str, title: str = "Title", abstract: str = "Abstract", **more: object) -> str:
    return json.dumps({"arxiv_id": number, "title_en": title, "abstract_en": abstract, **more}, ensure_ascii=False)


def text(number: str, title: str = "Title", abstract: str = "Abstract") -> SourceText:
    return SourceText(number, title, abstract)


def test_records_make_a_file_sorted_by_id(tmp_path: Path) -> None:
    path = tmp_path / "data/sources/arxiv.jsonl"
    records = [text("cs/0112017"), text("2504.00002", "标题 “é”"), text("0704.0001")]
    assert add(path, records, None, overwrite=False) == Added(3, ())
    assert path.read_text(encoding="utf-8") == "".join(
        f"{each}\n" for each in (line("0704.0001"), line("2504.00002", "标题 “é”"), line("cs/0112017"))
    )
    assert load([path.parent]) == {record.arxiv_id: record for record in records}


def test_other_lines_stay_as_they_are(tmp_path: Path) -> None:
    mine = '{"note": "by hand", "arxiv_id":"2504.00003v2","title_en":"Mine"}'
    path = write(tmp_path, "s.jsonl", f"\ufeff{mine}\r\n\n{line('2504.00001', authors=['x'])}")
    add(path, [text("2504.00002")], None, overwrite=True)
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines == [line("2504.00001", authors=["x"]), line("2504.00002"), mine, ""]


def test_a_file_that_gains_nothing_is_not_written(tmp_path: Path) -> None:
    path = write(tmp_path, "s.jsonl", f"{line('2504.00002')}\n\n{line('2504.00001', more=1)}")
    before = path.read_bytes(), path.stat().st_ino
    for overwrite in (False, True):
        assert add(path, [text("2504.00001")], None, overwrite=overwrite) == Added(0, ())
    assert add(path, [], None, overwrite=False) == Added(0, ())
    assert (path.read_bytes(), path.stat().st_ino) == before


@pytest.mark.parametrize(
    ("there", "new", "overwrite", "result", "kept"),
    [
        (("Old", "Old."), ("New", "New."), False, ("Old", "Old."), True),
        (("Old", "Old."), ("New", "New."), True, ("New", "New."), False),
        (("Old", ""), ("Old", "New."), False, ("Old", "New."), False),
        (("Old", ""), ("New", "New."), False, ("Old", "New."), True),
        (("Old", "Old."), ("New", ""), True, ("New", "Old."), False),
        (("Old", "Old."), ("Old", ""), True, ("Old", "Old."), False),
        (("Old", "Old."), ("Old", "Old."), False, ("Old", "Old."), False),
    ],
)
def test_a_record_that_is_there(
    tmp_path: Path, there: tuple[str, str], new: tuple[str, str], overwrite: bool, result: tuple[str, str], kept: bool
) -> None:
    path = write(tmp_path, "s.jsonl", line("2504.00001", *there))
    added = add(path, [text("2504.00001", *new)], None, overwrite=overwrite)
    assert added == Added(int(there != result), ("2504.00001",) if kept else ())
    assert load([path])["2504.00001"] == text("2504.00001", *result)


def test_a_record_elsewhere_counts_as_there(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    elsewhere = {"1": text("1"), "2": text("2", "Other"), "3": text("3", "Other", "")}
    added = add(path, [text("1"), text("2"), text("3")], None, overwrite=False, elsewhere=elsewhere)
    assert added == Added(1, ("2", "3"))
    assert load([path]) == {"3": text("3", "Other")}


def test_of_two_records_with_one_id_the_later_counts(tmp_path: Path) -> None:
    path = write(tmp_path, "s.jsonl", f"{line('1', 'First')}\n{line('1', 'Second', '')}\n{line('1', 'Third', '')}\n")
    assert load([path]) == {"1": text("1", "Third")}
    add(path, [text("2")], None, overwrite=False)
    assert path.read_text(encoding="utf-8") == f"{line('1', 'Third')}\n{line('2')}\n"


def test_a_file_without_an_abstract_hides_none(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", line("1", "First", "Abstract"))
    write(tmp_path, "b.jsonl", line("1", "Second", ""))
    assert load([tmp_path]) == {"1": text("1", "Second")}


@pytest.mark.parametrize("spoilt", ["{}", "nonsense", "<<<<<<< HEAD", b"\xff"])
def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path, spoilt: str | bytes) -> None:
    path = write(tmp_path, "s.jsonl", spoilt)
    with pytest.raises(InputError) as caught:
        add(path, [text("1")], None, overwrite=True)
    assert (caught.value.path, caught.value.line) == (str(path), 1)
    assert path.read_bytes() == (spoilt if isinstance(spoilt, bytes) else spoilt.encode())


def test_what_must_not_be_written_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "s.jsonl", line("1"))
    path.chmod(0o444)
    with pytest.raises(InputError, match="read-only"):
        add(path, [text("2")], None, overwrite=True)
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    with pytest.raises(InputError, match="read-only"):
        add(folder / "s.jsonl", [text("2")], None, overwrite=True)
    with pytest.raises(InputError, match="this folder cannot be made"):
        add(path / "below/s.jsonl", [text("2")], None, overwrite=True)
    (tmp_path / "dangling.jsonl").symlink_to(tmp_path / "nowhere")
    with pytest.raises(SourceError, match="no such file"):
        add(tmp_path / "dangling.jsonl", [text("2")], None, overwrite=True)


def _add_some(path: Path, review_dir: Path, first: int) -> None:
    for number in range(first, first + 15):
        add(path, [text(f"2504.{number:05}")], review_dir, overwrite=False)


def test_nothing_that_another_process_adds_is_lost(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    path = tmp_path / "s.jsonl"
    processes = [context.Process(target=_add_some, args=(path, tmp_path / "review", first)) for first in (100, 200)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert load([path]).keys() == {f"2504.{number:05}" for first in (100, 200) for number in range(first, first + 15)}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("2504.15120", "2504.15120"),
        (" 2504.15120v12 ", "2504.15120"),
        ("arXiv:0706.0001v1", "0706.0001"),
        ("arxiv: 2504.15120", "2504.15120"),
        ("http://arxiv.org/abs/2504.15120v2", "2504.15120"),
        ("https://www.arxiv.org/pdf/2504.15120v2.pdf", "2504.15120"),
        ("arxiv.org/abs/math.GT/0309136v1", "math.GT/0309136"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("2504.151200", None),
        ("2504.15120 and more", None),
        ("２５０４.15120", None),
        ("https://example.org/abs/2504.15120", None),
        ("9901001", None),
        ("", None),
    ],
)
def test_identifiers_are_read_in_all_forms(written: str, number: str | None) -> None:
    assert bare(written) == number


@pytest.mark.parametrize(
    ("number", "answer"),
    [("math.GT/0309136", "math/0309136"), ("CS/0112017", "cs/0112017"), ("2504.15120", "2504.15120")],
)
def test_identifiers_as_arxiv_answers(number: str, answer: str) -> None:
    assert canonical(number) == answer


@pytest.mark.parametrize(
    "number", ["0704.0001", "1412.9999", "1501.00001", "9912.12345", "cs/0112017", "hep-th/9108001"]
)
def test_identifiers_that_may_exist(number: str) -> None:
    assert may_exist(number)


@pytest.mark.parametrize(
    "number",
    ["0703.0001", "1412.00001", "1501.0001", "2513.00001", "2500.00001", "cs/0113017", "cs/0704001", "cs/5001001"],
)
def test_identifiers_that_cannot_exist(number: str) -> None:
    assert not may_exist(number)
