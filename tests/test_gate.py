"""What is checked against what, and the verdict."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from gatekit import CLEAN, REPOSITORY, RULES, WARNED, WRONG, Result, entry, run, spawn, write

from checks.digest import parse
from checks.expansion import expand
from checks.gate import Gate
from checks.model import SEVERITIES
from checks.settings import Settings, load

REAL = REPOSITORY.parent / "shared/corpus/digests"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


def test_each_file_once_in_the_order_given(folder: Path) -> None:
    for name in ("b.md", "a.md", "sub/c.md"):
        write(folder, name)
    (folder / "link.md").symlink_to("a.md")
    paths = [Path("sub"), Path("b.md"), Path("./b.md"), folder / "a.md", Path()]
    assert expand(paths) == ([Path("sub/c.md"), Path("b.md"), folder / "a.md"], [])


def test_the_severity_of_the_settings_counts_for_the_verdict(folder: Path) -> None:
    write(folder, "a.md", WRONG)
    for severity in SEVERITIES:
        report = Gate(Settings(select=("TRM001",), severity={"TRM001": severity}, fail_on="warning")).check(
            [Path("a.md")]
        )
        assert [finding.severity for finding in report.findings] == [severity]
        assert report.exit_code == (0 if severity == "info" else 1)


def test_glossary_layers_of_project_and_command_line(folder: Path) -> None:
    write(folder, "yijiao.toml", "")
    write(folder, "data/glossary/own.csv", "source,preferred,forbidden\nwidget,小部件,小零件\n")
    over = write(folder, "over.csv", "source,preferred,forbidden\nwidget,小零件,小部件\n")
    write(folder, "a.md", entry("本文研究小零件与小部件。"))
    assert [f["quote"] for f in run("a.md", *RULES, "--format", "json").findings] == ["小零件"]
    assert [f["quote"] for f in run("a.md", *RULES, "--glossary", over, "--format", "json").findings] == ["小部件"]


def test_sources_of_the_command_line_stand_for_those_of_the_project(folder: Path) -> None:
    own = write(folder, "own.jsonl", '{"arxiv_id":"2504.00001","title_en":"Own"}\n')
    given = write(folder, "given.jsonl", '{"arxiv_id":"2504.00001","title_en":"Given"}\n')
    write(folder, "yijiao.toml", 'sources = "own.jsonl"\n')
    base = load(Path())
    titles = [
        Gate(base.with_options(sources=more)).sources["2504.00001"].title for more in ((), (given,), (given, own))
    ]
    assert titles == ["Own", "Given", "Own"]


def test_known_abbreviations_reach_the_rules() -> None:
    opened = Gate(Settings(known_abbreviations=("NLP",)))
    assert opened.context.style.known_abbreviations == {"NLP"}


def test_a_text_is_judged_like_the_file_that_holds_it(folder: Path) -> None:
    opened = Gate(Settings())
    write(folder, "a.md", WRONG)
    (judged,) = opened.check([Path("a.md")]).files
    assert opened.check_text(WRONG, "a.md") == judged


def test_progress_sees_every_digest(folder: Path) -> None:
    for name in ("a.md", "b.md"):
        write(folder, name)
    seen: list[str] = []

    def watch(done: Iterable[str], count: int) -> Iterator[str]:
        assert count == 2
        for path in done:
            seen.append(path)
            yield path

    report = Gate(Settings()).check([Path()], progress=watch)
    assert seen == ["a.md", "b.md"] == [file.path for file in report.files]


def test_papers_of_the_files_in_hand_and_of_the_corpus_are_one_context(folder: Path) -> None:
    for name in ("data/digests/a.md", "data/digests/b.md", "other.md"):
        write(folder, name)
    only = ("--select", "DIG009", "--format", "json")
    assert [f["path"] for f in run("data/digests/b.md", *only).findings] == ["data/digests/b.md"]
    assert run("data/digests/a.md", *only).findings == []
    assert [f["path"] for f in run("data/digests", *only).findings] == ["data/digests/b.md"]
    assert [f["path"] for f in run(folder / "data/digests", *only).findings] == [str(folder / "data/digests/b.md")]
    assert run("other.md", *only).findings == []


def test_nothing_to_segment_and_nothing_traditional_loads_no_dictionary(folder: Path) -> None:
    """The heavy libraries wait for what needs them, and then they come."""
    write(folder, "plain.md", entry("本文训练大型语言模型 (LLMs)。", title="关于大语言模型的研究"))
    write(folder, "contested.md", entry("本文研究代理。", heading="An Agent"))
    write(folder, "traditional.md", entry("本文研究語言。"))

    def loaded(name: str) -> set[str]:
        program = (
            f"import sys; from checks.__main__ import main; main(['{name}', '--format', 'json']); print(*sys.modules)"
        )
        result: Result = spawn(folder=folder, program=("-c", program))
        return set(result.out.splitlines()[-1].split()) & {"jieba", "opencc"}

    assert loaded("plain.md") == set()
    assert loaded("contested.md") == {"jieba"}
    assert loaded("traditional.md") == {"opencc"}


def sample() -> list[Path]:
    if not REAL.is_dir():
        pytest.skip(f"the real digests are not at hand ({REAL})")
    return random.Random(17).sample(sorted(REAL.rglob("*.md")), 8)


def test_real_digests_give_a_whole_contract() -> None:
    report = Gate(Settings(sources=(REAL.parent / "sources.jsonl",) if REAL.is_dir() else ())).check(sample())
    assert report.errors == ()
    assert len({file.digest.path for file in report.files}) == 8
    for file in report.files:
        prints = [finding.fingerprint for finding in file.findings]
        assert len(set(prints)) == len(prints)
        assert all(len(text) == 32 and set(text) <= set("0123456789abcdef") for text in prints)
        assert all(one.span.start <= two.span.start for one, two in pairwise(file.findings))


def test_real_digests_reach_a_fixed_point() -> None:
    opened = Gate(Settings())
    for path in sample()[:3]:
        digest = parse(path.read_bytes().decode(), str(path))
        fixed = opened.fix(digest, ("safe",))
        assert fixed.settled
        again = opened.check_text(fixed.text, str(path))
        assert [finding for finding in again.findings if finding.fix("safe")] == []


@pytest.mark.parametrize(("text", "code"), [(CLEAN, 0), (WARNED, 1), (WRONG, 1)])
def test_one_long_line_is_only_slow(folder: Path, text: str, code: int) -> None:
    write(folder, "long.md", text.rstrip("\n") + "事物" * 100_000 + text.rstrip("\n").rpartition("\n")[2] + "\n")
    result = run("long.md", *RULES, "--format", "json")
    assert (result.code, len(result.findings)) == (code, 2 * code)
