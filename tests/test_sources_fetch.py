"""`python -m checks.sources fetch` and `status`, in this process, against an API on the loopback."""

from __future__ import annotations

import builtins
import functools
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from arxivkit import Api, Paper, body, error, feed, known, serving
from gatekit import entry, write

from checks.model import SourceText
from checks.sources import client, load
from checks.sources.__main__ import main
from checks.sources.commands import status

KEPT = Path("data/sources/arxiv.jsonl")
WEEK = Path("data/digests/week.md")
FIRST, SECOND, OLD = "2504.00001", "2504.00002", "math/0309136"
PAPERS = {
    FIRST: Paper("The First", "It is first.", 2),
    SECOND: Paper("The Second", "It is second."),
    OLD: Paper("The Old", "It is old."),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with three papers, one of them of old."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "yijiao.toml", "")
    numbers = (FIRST, f"{SECOND}v3", "math.GT/0309136v1")
    write(tmp_path, str(WEEK), "\n".join(entry(number=number, heading=number) for number in numbers))
    KEPT.parent.mkdir(parents=True)
    return tmp_path


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Api]:
    """A server that knows the three, and a client that does not wait for it."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(client, "Client", functools.partial(client.Client, sleep=lambda _: None))
    with serving() as served:
        served.papers.update(PAPERS)
        yield served


def fetch(api: Api, *arguments: str | Path) -> int:
    return main(["fetch", "--api", api.address, *map(str, arguments)])


def test_what_is_missing_is_fetched_under_the_keys_of_the_digests(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(api) == 0
    assert load([KEPT]) == {
        FIRST: SourceText(FIRST, "The First", "It is first."),
        SECOND: SourceText(SECOND, "The Second", "It is second."),
        "math.GT/0309136": SourceText("math.GT/0309136", "The Old", "It is old."),
    }
    assert api.numbers == [[FIRST, SECOND, OLD]]
    said = capsys.readouterr()
    assert (said.out, said.err) == (f"3 of 3 papers fetched; kept in {KEPT}\n", "")
    assert fetch(api) == 0
    assert capsys.readouterr().out == "nothing to fetch: the English of all 3 papers is there\n"
    assert len(api.asked) == 1


def test_the_folder_of_the_sources_is_made(folder: Path, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    KEPT.parent.rmdir()
    assert main(["status"]) == 1
    assert fetch(api) == 0
    assert len(load([KEPT])) == 3
    write(folder, "yijiao.toml", 'sources = ["english"]\n')
    assert fetch(api) == 0
    assert len(load([Path("english/arxiv.jsonl")])) == 3
    assert capsys.readouterr().err == ""


def test_digests_and_limit(folder: Path, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "data/digests/other.md", entry(number="2504.00077"))
    assert fetch(api, WEEK, "--limit", "2") == 0
    assert api.numbers == [[FIRST, SECOND]]
    assert "1 more are left out by --limit" in capsys.readouterr().out
    assert fetch(api, WEEK) == 0
    assert api.numbers[1:] == [[OLD]]


def test_a_record_without_an_abstract_is_completed(folder: Path, api: Api) -> None:
    write(folder, "data/sources/a.jsonl", f'{{"arxiv_id": "{FIRST}", "title_en": "Mine"}}\n')
    write(folder, "data/sources/b.jsonl", f'{{"arxiv_id": "{SECOND}", "title_en": "M", "abstract_en": "Mine."}}\n')
    assert fetch(api) == 0
    assert api.numbers == [[FIRST, OLD]]
    assert load([KEPT.parent])[FIRST] == SourceText(FIRST, "The First", "It is first.")
    assert load([KEPT.parent])[SECOND].abstract == "Mine."


def test_refresh_brings_later_versions(folder: Path, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "data/sources/mine.jsonl", f'{{"arxiv_id": "{SECOND}", "title_en": "M", "abstract_en": "Mine."}}\n')
    fetch(api)
    api.papers[FIRST] = Paper("The First, Revised", "It is better.", 3)
    api.papers[OLD] = Paper("The Old", "This paper has been withdrawn.", 2)
    capsys.readouterr()
    assert fetch(api, "--refresh") == 1
    there = load([KEPT])
    assert there[FIRST] == SourceText(FIRST, "The First, Revised", "It is better.")
    # The notice does not take the abstract away.
    assert there["math.GT/0309136"].abstract == "It is old."
    said = capsys.readouterr()
    assert said.out.splitlines()[1:] == [f"{WEEK}:12: arXiv gives no abstract of {OLD}, which may have been withdrawn"]
    assert said.err.startswith(f"{KEPT}: the gate does not read 1 of these records ({SECOND})")


def test_what_arxiv_does_not_know_is_told_with_its_places(
    folder: Path, api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = ("2504.99999", "bad/0112017", "2504.1234", "2504.99999v2", FIRST)
    write(folder, "data/digests/x.md", "\n".join(entry(number=number, heading=number) for number in numbers))
    assert fetch(api, "data/digests/x.md") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"1 of 3 papers fetched; kept in {KEPT}",
        "data/digests/x.md:2: arXiv knows no paper 2504.99999; check the link",
        "data/digests/x.md:17: arXiv knows no paper 2504.99999; check the link",
        "data/digests/x.md:7: arXiv knows no paper bad/0112017; check the link",
        "data/digests/x.md:12: arXiv knows no paper 2504.1234; check the link",
    ]
    assert load([KEPT]).keys() == {FIRST}


def test_dry_run(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(api, "--dry-run", "--limit", "2") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{WEEK}:2: {FIRST}",
        f"{WEEK}:7: {SECOND}",
        "1 more are left out by --limit",
    ]
    assert (api.asked, KEPT.exists()) == ([], False)


def many(folder: Path, api: Api, count: int) -> list[str]:
    numbers = [f"2504.{number:05}" for number in range(1, count + 1)]
    write(folder, str(WEEK), "\n".join(entry(number=number, heading=number) for number in numbers))
    api.papers.update({number: Paper(f"Paper {number}", "An abstract.") for number in numbers})
    return numbers


def test_batches_are_kept_as_they_come(folder: Path, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = many(folder, api, 250)
    seen: list[int] = []

    def watching(handler: Any) -> None:
        seen.append(len(load([KEPT])) if KEPT.exists() else 0)
        known(handler)

    api.script.extend([watching] * 3)
    assert fetch(api) == 0
    assert api.numbers == [numbers[:100], numbers[100:200], numbers[200:]]
    assert seen == [0, 100, 200]
    assert "250 of 250 papers fetched" in capsys.readouterr().out


@pytest.mark.parametrize("failure", [body("", 404), body(feed([error("max_results must be an integer")]), 400)])
def test_what_had_come_before_a_failure_is_kept(
    folder: Path, api: Api, failure: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = many(folder, api, 150)
    api.script.extend([known, failure])
    assert fetch(api) == 2
    said = capsys.readouterr()
    assert said.out == f"100 of 150 papers fetched; kept in {KEPT}\n"
    assert said.err.startswith("127.0.0.1: ")
    assert said.err.count("\n") == 1
    assert load([KEPT]).keys() == set(numbers[:100])
    assert fetch(api) == 0
    assert api.numbers[2:] == [numbers[100:]]
    assert load([KEPT]).keys() == set(numbers)


def test_a_wait_is_told(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    api.script.append(body("", 503, Retry_After="42"))
    assert fetch(api) == 0
    said = capsys.readouterr()
    assert said.out == f"3 of 3 papers fetched; kept in {KEPT}\n"
    assert said.err.endswith("answered 503 Service Unavailable; attempt 2 of 5 in 42 s\n")


def test_an_interrupt_keeps_what_had_come(folder: Path, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = many(folder, api, 150)
    monkeypatch.setattr(client, "Client", functools.partial(_Interrupted, sleep=lambda _: None))
    assert fetch(api) == 130
    assert load([KEPT]).keys() == set(numbers[:100])


class _Interrupted(client.Client):
    def papers(self, numbers: Any) -> Any:
        if len(numbers) < 100:
            raise KeyboardInterrupt
        return super().papers(numbers)


def test_a_record_that_another_process_wrote_meanwhile_is_kept(
    folder: Path, api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = f'{{"arxiv_id": "{FIRST}", "title_en": "Mine", "abstract_en": "Mine."}}\n'

    def meanwhile(handler: Any) -> None:
        write(folder, str(KEPT), mine)
        known(handler)

    api.script.append(meanwhile)
    assert fetch(api) == 0
    assert load([KEPT])[FIRST].title == "Mine"
    assert len(load([KEPT])) == 3
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--limit", "0"], "'0' is no number of papers"),
        (["--delay", "soon"], "'soon' is no number of seconds"),
        (["--delay", "nan"], "'nan' is no number of seconds"),
        (["--delay", "2.9", "--api", "http://export.arxiv.org/api/query"], "--delay: must be at least 3"),
        (["--delay", "0", "--api", "https://arxiv.org/api/query"], "--delay: must be at least 3"),
        (["--delay", "0", "--api", "https://EXPORT.arxiv.org.:443/api/query"], "--delay: must be at least 3"),
        (["--api", "export.arxiv.org"], "is no address"),
        (["--api", "ftp://export.arxiv.org"], "is no address"),
        (["--api", "http://[::1"], "is no address"),
        (["nowhere.md"], "nowhere.md: no such file"),
        (["--config", "nowhere.toml"], "no such settings file"),
        (["--sources", "nowhere"], "no such file or folder of English sources"),
        (["--nonsense"], "unrecognized arguments"),
    ],
)
def test_bad_usage_is_told_before_anything_is_asked(
    api: Api, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetch(api, *arguments) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n"), api.asked) == ("", 1, [])
    assert says in said.err


def test_nothing_is_asked_where_nothing_can_be_kept(folder: Path, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "data/sources/broken.jsonl", "{")
    assert fetch(api) == 2
    (folder / "data/sources/broken.jsonl").unlink()
    write(folder, str(KEPT), "")
    KEPT.chmod(0o444)
    assert fetch(api) == 2
    assert fetch(api, "--output", "data") == 2
    said = capsys.readouterr()
    assert [message.split(" ")[0] for message in said.err.splitlines()] == [
        "data/sources/broken.jsonl:1:",
        f"{KEPT}:",
        "data:",
    ]
    assert api.asked == []
    assert said.out == ""


def test_another_output(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(api, "--output", "mine.jsonl") == 0
    assert len(load([Path("mine.jsonl")])) == 3
    assert "mine.jsonl: the gate does not read 3 of these records" in capsys.readouterr().err
    # What the file holds is not fetched again.
    assert fetch(api, "--output", "mine.jsonl") == 0
    assert len(api.asked) == 1


def test_the_output_may_be_the_source_that_is_to_come(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(api, "--output", "mine.jsonl", "--sources", "mine.jsonl") == 0
    assert len(load([Path("mine.jsonl")])) == 3
    assert capsys.readouterr().err == ""


def test_a_defect_does_not_look_like_an_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def defect(_: object) -> int:
        raise ZeroDivisionError("one\ntwo")

    monkeypatch.setattr(status, "run", defect)
    assert main(["status"]) == 2
    assert capsys.readouterr().err.startswith("python -m checks.sources: stopped by a defect of its own (Zero")


def test_the_extra_that_is_missing_is_named(
    api: Api, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import_, gone = builtins.__import__, "checks.sources.client"

    def without(name: str, *rest: Any) -> Any:
        if name == gone:
            raise ModuleNotFoundError("No module named 'requests'", name="requests")
        return import_(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert fetch(api) == 2
    said = "python -m checks.sources: requests is not installed; pip install 'yijiao[fetch]' adds it\n"
    assert capsys.readouterr() == ("", said)
    assert fetch(api, "--dry-run") == 0


def test_status(folder: Path, api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "data/digests/bare.md", "## No link\n\n没有链接。\n")
    write(folder, "data/sources/a.jsonl", f'{{"arxiv_id": "{FIRST}", "title_en": "Mine"}}\n')
    assert main(["status"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{WEEK}:2: {FIRST}: no abstract",
        f"{WEEK}:7: {SECOND}: no record",
        f"{WEEK}:12: {OLD}: no record",
        "4 entries, 1 of them without an arXiv link; 3 papers, 0 of them with their English, 3 without",
    ]
    fetch(api)
    capsys.readouterr()
    assert main(["status", str(WEEK)]) == 0
    assert capsys.readouterr().out == (
        "3 entries, 0 of them without an arXiv link; 3 papers, 3 of them with their English, 0 without\n"
    )


@pytest.mark.parametrize("arguments", [["--help"], ["fetch", "--help"], ["import", "--help"], ["status", "--help"]])
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert "usage: python -m checks.sources" in capsys.readouterr().out


def test_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "--help shows the options" in capsys.readouterr().err
