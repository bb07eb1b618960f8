"""English sources: JSON Lines by arXiv id."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gatekit import write

from checks.errors import InputError, SourceError
from checks.model import SourceText
from checks.sources import load


def line(number: str, title: str = "A Title", **more: object) -> str:
    return json.dumps({"arxiv_id": number, "title_en": title, **more}, ensure_ascii=False) + "\n"


def test_records_of_files_and_folders_the_later_overrides(tmp_path: Path) -> None:
    write(tmp_path, "all/b.jsonl", line("1", "second"))
    write(tmp_path, "all/a.jsonl", line("1", "first") + line("2", "two"))
    write(tmp_path, "all/notes.txt", "no record")
    extra = write(tmp_path, "extra.jsonl", line("2", "override"))
    titles = {number: source.title for number, source in load([tmp_path / "all", extra]).items()}
    assert titles == {"1": "second", "2": "override"}


@pytest.mark.parametrize(
    ("text", "record"),
    [
        (line(" 2504.00001 ", " A\n  B ", abstract_en="c\n d"), SourceText("2504.00001", "A B", "c d")),
        (line("2504.00001v3"), SourceText("2504.00001", "A Title", "")),
        (line("cs/9901001v1", abstract_en=None), SourceText("cs/9901001", "A Title", "")),
        ("\ufeff\n" + line("1", authors=["x"]) + "\r\n", SourceText("1", "A Title", "")),
        (line("1", "分\u2028行"), SourceText("1", "分 行", "")),
    ],
)
def test_shapes_of_a_record(tmp_path: Path, text: str, record: SourceText) -> None:
    assert load([write(tmp_path, "s.jsonl", text)]) == {record.arxiv_id: record}


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("{", "is not JSON"),
        ('"text"', "is not a JSON object"),
        ('{"title_en":"A"}', "arxiv_id is missing or not a text"),
        ('{"arxiv_id":"1","title_en":" "}', "title_en is missing or not a text"),
        ('{"arxiv_id":1,"title_en":"A"}', "arxiv_id is missing or not a text"),
        ('{"arxiv_id":"1","title_en":"A","abstract_en":1}', "abstract_en is not a text"),
    ],
)
def test_malformed_line_is_named(tmp_path: Path, bad: str, says: str) -> None:
    path = write(tmp_path, "s.jsonl", line("1") + "\n" + bad + "\n")
    with pytest.raises(SourceError) as caught:
        load([path])
    assert (caught.value.path, caught.value.line) == (str(path), 3)
    assert caught.value.message.startswith(says)


def test_missing_file_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="check --sources"):
        load([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="UTF-8"):
        load([write(tmp_path, "s.jsonl", b"\n\xff")])
