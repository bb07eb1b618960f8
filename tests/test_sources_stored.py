"""Large source files: their records are read when they are asked for, and say what held ones say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from gatekit import write
from hypothesis import given
from hypothesis import strategies as st

from checks.__main__ import main
from checks.errors import SourceError
from checks.model import SourceText
from checks.sources import load, records
from checks.sources.stored import Layered, Stored


def line(number: str, title: str = "A Title", abstract: str = "It is so.") -> str:
    return json.dumps({"arxiv_id": number, "title_en": title, "abstract_en": abstract}, ensure_ascii=False)


def stored(paths: Sequence[Path]) -> Layered:
    with patch.object(records, "LARGE", 0):
        found = load(paths)
    assert isinstance(found, Layered)
    return found


NUMBERS = [f"2504.0000{digit}" for digit in range(5)]
LINES = st.builds(
    line,
    st.sampled_from(NUMBERS).flatmap(lambda number: st.sampled_from([number, f"{number}v2"])),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip),
    st.sampled_from(["", "It is so.", "这样。", "It\nis 🙂 so."]),
)
FILES = st.lists(st.tuples(st.sampled_from(["", "\ufeff"]), st.lists(LINES | st.just(" "))), max_size=4)


@given(FILES, st.data())
def test_they_say_what_held_ones_say(files: Sequence[tuple[str, Sequence[str]]], data: st.DataObject) -> None:
    """Of several files, each large or not: overriding, completing, in the same order of precedence."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.jsonl" for number in range(len(files))]
        for path, (mark, lines) in zip(paths, files, strict=True):
            path.write_text(mark + data.draw(st.sampled_from(["\n", "\r\n"])).join(lines), encoding="utf-8")
        held = load(paths)
        large = data.draw(st.sets(st.sampled_from(paths))) if paths else set()
        with patch.object(records, "_large", large.__contains__):
            found = load(paths)
        assert isinstance(found, Layered) == bool(large)
        assert (dict(found), len(found)) == (held, len(held))
        for number in (*NUMBERS, "9901.00001", None):
            assert (found.get(number), number in found) == (held.get(number), number in held)  # type: ignore[call-overload]


@pytest.mark.parametrize(("bad", "says"), [("{", "is not JSON"), ('{"arxiv_id": "1"}', "title_en is missing")])
def test_a_malformed_line_is_named_at_once(tmp_path: Path, bad: str, says: str) -> None:
    path = write(tmp_path, "s.jsonl", f"{line('1')}\n\n{bad}\n")
    with pytest.raises(SourceError, match=says) as caught:
        stored([path])
    assert (caught.value.path, caught.value.line) == (str(path), 3)


def test_a_file_that_is_replaced_is_still_what_was_opened(tmp_path: Path) -> None:
    path = write(tmp_path, "s.jsonl", line("1", "Old"))
    found = stored([path])
    write(tmp_path, "new", line("1", "New")).replace(path)
    assert found["1"].title == "Old"
    assert stored([path])["1"].title == "New"


@pytest.mark.parametrize("now", ["", "{" * 200, line("2") * 2, "\0" * 200])
def test_a_file_that_is_written_into_is_refused(tmp_path: Path, now: str) -> None:
    path = write(tmp_path, "s.jsonl", line("1"))
    found = stored([path])
    write(tmp_path, "s.jsonl", now)
    with pytest.raises(SourceError, match="run the command again"):
        found["1"]


def test_the_gate_ends_with_an_error_not_with_a_rule_that_crashed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "d.md", "## A\n[甲](https://arxiv.org/abs/2504.00001)\n\n如此。\n")
    source = write(tmp_path, "s.jsonl", line("2504.00001"))
    monkeypatch.setattr(records, "LARGE", 0)

    class Spoilt(Stored):
        def __init__(self, path: Path) -> None:
            super().__init__(path)
            write(tmp_path, "s.jsonl", "")

    monkeypatch.setattr("checks.sources.stored.Stored", Spoilt)
    assert main(["d.md", "--sources", str(source), "-j", "1", "--no-cache"]) == 2
    assert capsys.readouterr().err == f"{source}: was written into while it was being used; run the command again\n"


def test_many_threads_ask_at_once(tmp_path: Path) -> None:
    """As the app does."""
    path = write(tmp_path, "s.jsonl", "".join(f"{line(str(number), f'Title {number}')}\n" for number in range(500)))
    found = stored([path])
    with ThreadPoolExecutor(8) as pool:
        records_found = pool.map(found.get, (str(number) for number in range(500)), chunksize=7)
        assert [record and record.title for record in records_found] == [f"Title {number}" for number in range(500)]


def test_what_is_small_is_held(tmp_path: Path) -> None:
    assert load([write(tmp_path, "s.jsonl", line("1"))]) == {"1": SourceText("1", "A Title", "It is so.")}
