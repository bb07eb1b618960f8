"""Compiled patterns that are kept between runs: the same patterns, whatever happens to the file."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path

import pytest
from gatekit import WARNED, spawn, write

import checks.patterns
from checks.patterns import Patterns
from glossary import cachedir

TRICKY: list[tuple[str | bytes, int, str | bytes]] = [
    (r"(?P<year>\d{4})-(?P<month>\d\d)", 0, "am 2025-04"),
    (r"(?<=[\u4e00-\u9fff])(?=[A-Za-z])|(?i:LLM)s?+", 0, "训练LLMs与llm"),
    (r"^\s*#{1,6}", re.MULTILINE, "a\n ## b\n### c"),
    (r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+", 0, "a𠀀中b"),
    (r"straße | ſ # a comment", re.IGNORECASE | re.VERBOSE, "STRAßE S"),
    (r"(a)|(b)|((?:c))", re.ASCII, "cab"),
    (rb"\xe4\xb8[\x80-\xff]", 0, "中文".encode()),
    ("", 0, "ab"),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The cache folder."""
    monkeypatch.setenv(cachedir.VARIABLE, str(tmp_path / "cache"))
    re.purge()
    yield tmp_path / "cache"
    re.purge()


def compiled() -> list[re.Pattern[str] | re.Pattern[bytes]]:
    re.purge()
    with Patterns():
        return [re.compile(pattern, flags) for pattern, flags, _ in TRICKY]


def kept(folder: Path) -> Path:
    (file,) = folder.glob("patterns-*")
    return file


def assert_right(patterns: list[re.Pattern[str] | re.Pattern[bytes]]) -> None:
    re.purge()
    for found, (pattern, flags, text) in zip(patterns, TRICKY, strict=True):
        plain = re.compile(pattern, flags)
        assert (found.pattern, found.flags, found.groups) == (plain.pattern, plain.flags, plain.groups)
        assert dict(found.groupindex) == dict(plain.groupindex)
        assert [(it.span(), it.groupdict(), it.lastgroup) for it in found.finditer(text)] == [  # type: ignore[arg-type]
            (it.span(), it.groupdict(), it.lastgroup)
            for it in plain.finditer(text)  # type: ignore[arg-type]
        ]


def test_what_was_kept_is_the_same_and_is_not_compiled_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_right(compiled())
    assert kept(folder).stat().st_size > 0
    monkeypatch.setattr("re._compiler._code", None)
    again = compiled()
    monkeypatch.undo()
    assert_right(again)


def test_what_is_new_comes_on_top(folder: Path) -> None:
    compiled()
    before = kept(folder).read_bytes()
    with Patterns():
        re.compile("something else")
    after = kept(folder).read_bytes()
    assert len(after) > len(before)
    compiled()
    assert kept(folder).read_bytes() == after


def test_what_is_searched_for_in_passing_is_not_kept(folder: Path) -> None:
    compiled()
    before = kept(folder).read_bytes()
    with Patterns():
        assert [re.search(rf"{word}\b", "some words") is not None for word in ("words", "wor")] == [True, False]
    assert kept(folder).read_bytes() == before


class Words(StrEnum):
    """What a rule from elsewhere may give for a pattern."""

    PAPER = "这篇(?:文章|论文)"


def test_what_is_only_like_a_string_is_compiled_and_not_kept(folder: Path) -> None:
    compiled()
    before = kept(folder).read_bytes()
    with Patterns():
        assert re.compile(Words.PAPER).search("这篇论文")
    assert kept(folder).read_bytes() == before


def test_runs_in_several_threads_leave_nothing_behind(folder: Path) -> None:
    patterns = Patterns()

    def run(number: int) -> bool:
        with patterns:
            return all(re.compile(f"{number}{each}").search(f"a{number}{each}") for each in range(50))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(run, range(64)))
    assert vars(re)["compile"] is vars(checks.patterns)["_COMPILE"]


def whole(value: object) -> bytes:
    """A file that tells of itself that it is whole."""
    cachedir.write("x", marshal.dumps(value))
    found = cachedir.folder()
    assert found is not None
    return (found / "x").read_bytes()


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "another value", "another shape", "wrong code"])
def test_a_damaged_file_is_passed_over(folder: Path, damage: str) -> None:
    compiled()
    file = kept(folder)
    data = file.read_bytes()
    file.write_bytes({
        "empty": b"",
        "cut": data[: len(data) // 2],
        "flipped": data[:-1] + bytes([data[-1] ^ 1]),
        "another value": whole([1, 2]),
        "another shape": whole({(pattern, int(flags)): (1,) for pattern, flags, _ in TRICKY}),
        "wrong code": whole({(it, int(flags)): (0, b"\1\2\3\4", 0, {}, (None,)) for it, flags, _ in TRICKY}),
    }[damage])  # fmt: skip
    assert_right(compiled())


def test_nothing_is_kept_where_that_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cachedir.VARIABLE, "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert_right(compiled())
    assert not folder.exists()
    assert not (tmp_path / "xdg").exists()


def test_a_folder_that_cannot_be_made_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(tmp_path, "file", "")
    monkeypatch.setenv(cachedir.VARIABLE, str(tmp_path / "file/cache"))
    assert_right(compiled())


def test_a_pattern_that_is_none_is_told_as_ever() -> None:
    with Patterns(), pytest.raises(re.error, match="unterminated character set"):
        re.compile("[a")


def test_afterwards_python_compiles_as_ever() -> None:
    plain = vars(checks.patterns)["_COMPILE"]
    patterns = Patterns()
    patterns.begin()
    with patterns:
        with patterns:
            assert vars(re)["compile"] != plain
        assert vars(re)["compile"] != plain
    assert vars(re)["compile"] == plain


def test_the_gate_says_the_same_at_its_second_run(folder: Path, tmp_path: Path) -> None:
    write(tmp_path, "week.md", WARNED)
    runs = [spawn("week.md", "--format", "json", folder=tmp_path) for _ in range(2)]
    assert runs[0] == runs[1]
    size = kept(folder).stat().st_size
    assert 100_000 < size < 4_000_000
    leftovers = [path.name for path in folder.iterdir() if path.name.startswith(".")]
    assert leftovers == []
