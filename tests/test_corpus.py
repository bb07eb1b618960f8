"""Where else a paper stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from gatekit import CLEAN, entry, write

from checks.corpus import around
from checks.digest import heading_key, parse
from checks.files import read_text
from checks.scene import Occurrence
from checks.survey import survey

KEY = "2504.00001"
OTHER = entry(heading="Another Study", number="2504.00002")
CORPUS = Path("data/digests")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "data/digests/2024/a.md", OTHER + "\n" + CLEAN)
    write(tmp_path, "data/digests/2025/b.md", CLEAN)
    write(tmp_path, "data/digests/2025/c.md", OTHER)
    return tmp_path


def places(*paths: str | Path, corpus: Path = CORPUS) -> dict[str, list[tuple[str, int]]]:
    """Path and line of each occurrence, by key."""
    found = around([survey(parse(read_text(Path(path)), str(path))) for path in paths], corpus).occurrences
    return {key: [(place.path, place.line) for place in all_of_it] for key, all_of_it in found.items()}


def test_a_digest_of_the_corpus_is_held_against_all_of_it() -> None:
    assert places("data/digests/2025/b.md") == {KEY: [("data/digests/2024/a.md", 6), ("data/digests/2025/b.md", 1)]}


def test_a_digest_elsewhere_is_held_against_those_in_hand_only(folder: Path) -> None:
    write(folder, "x.md", CLEAN + "\n" + CLEAN)
    write(folder, "data/digests2/y.md")
    assert places("x.md") == {KEY: [("x.md", 1), ("x.md", 6)]}
    assert places("data/digests2/y.md", "x.md")[KEY][0] == ("data/digests2/y.md", 1)
    assert len(places("data/digests2/y.md", "x.md")[KEY]) == 3


def test_a_digest_in_hand_stands_in_for_its_stored_copy(folder: Path) -> None:
    edited = parse("前言\n\n" + OTHER, "data/digests/2025/b.md")
    found = around([survey(edited)], CORPUS).occurrences
    key = "2504.00002"
    assert dict(found) == {
        key: [
            Occurrence(key, "data/digests/2024/a.md", 1, 0),
            Occurrence(key, "data/digests/2025/b.md", 3, 4),
            Occurrence(key, "data/digests/2025/c.md", 1, 0),
        ]
    }


@pytest.mark.parametrize(
    ("working", "absolute"),
    [("data/digests/2025", True), ("data/digests", True), ("data/digests", False), ("data", False), (".", False)],
)
def test_places_are_spelt_alike_so_that_their_order_holds(
    folder: Path, monkeypatch: pytest.MonkeyPatch, working: str, absolute: bool
) -> None:
    target = folder / "data/digests/2025/b.md"
    monkeypatch.chdir(folder / working)
    given = target if absolute else target.relative_to(folder / working)
    found = around([survey(parse(CLEAN, str(given)))], folder / CORPUS).occurrences[KEY]
    spelt = [str(given.parent.parent / "2024/a.md"), str(given)]
    assert [place.path for place in found] == spelt


@pytest.mark.parametrize("name", ["b.md", "c.md"])
def test_a_bare_name_in_a_sub_folder_stands_where_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(folder / "data/digests/2025")
    write(folder, "data/digests/2025/c.md", CLEAN)
    write(folder, "data/digests/2026/d.md", CLEAN)
    for corpus in (folder / CORPUS, Path("..")):
        found = [Path(path).name for path, _ in places(name, corpus=corpus)[KEY]]
        assert found == ["a.md", "b.md", "c.md", "d.md"]


def test_links_are_seen_through(folder: Path) -> None:
    (folder / "link.md").symlink_to("data/digests/2025/b.md")
    found = places("link.md")[KEY]
    assert [Path(path).name for path, _ in found] == ["a.md", "link.md"]


def test_stored_files_that_cannot_be_read_are_passed_over(folder: Path) -> None:
    write(folder, "data/digests/2023.md", b"\xff " + KEY.encode())
    (folder / "data/digests/gone.md").symlink_to("nowhere.md")
    assert len(places("data/digests/2025/b.md")[KEY]) == 2


def test_papers_without_an_address_are_known_by_their_heading(folder: Path) -> None:
    text = "## A  Paper\n\n正文。\n"
    write(folder, "data/digests/d.md", text)
    write(folder, "data/digests/e.md", text.replace("A  Paper", "a paper"))
    assert [path for path, _ in places("data/digests/e.md")[heading_key("A Paper")]] == [
        "data/digests/d.md",
        "data/digests/e.md",
    ]
