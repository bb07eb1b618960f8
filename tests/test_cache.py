"""The cache of unchanged digests: never another result, whatever becomes of its files."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from gatekit import CLEAN, REPOSITORY, WARNED, WRONG, entry, run, write
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from support import glossary_of

from checks import baseline, cache, dismissals
from checks.cache import FILE_NAME, Cache
from checks.decisions import Decision
from checks.dismissals import Dismissal
from checks.engine import Checked, Engine
from checks.gate import Gate
from checks.model import SourceText
from checks.registry import chosen
from checks.settings import Settings
from checks.verdict import Report

MLP = "本文研究多层感知机 (multilayer perceptron)。"
TEXTS = (
    CLEAN,
    WARNED,
    WRONG,
    "\n" + CLEAN + "\n" + WRONG.replace("00001", "00002"),
    "".join(entry(MLP, number=f"2504.0001{number}") for number in range(3)),
    entry(MLP.replace("感知机", "感知器"), number="2504.00009"),
    entry("<!-- yijiao: ignore[TRM001] 原文如此 -->\n本文训练大型语言模型，准确率为 15%。", number="2504.00003"),
    "<!-- yijiao: ignore-file[FMT] 原文如此 -->\n\n" + WRONG + "\n" + entry("模型LLM的（注）与(注)，约15%。"),
    "## A Paper\n\n正文,没有链接。\n",
    "",
    "前言\n",
)
ABSTRACTS = ("", "We train large language models, and accuracy is 15%.", "We train many models.")
TERMS = (
    "source,preferred,forbidden,require\nlarge language model,大语言模型,大型语言模型,yes\n",
    "source,preferred,forbidden,require,note\nagent,智能体,,no,a\nlarge language model,大语言模型,大型语言模型,yes,b\n",
    "source,preferred,forbidden,require\nlarge language model,大型语言模型,大语言模型,no\n",
    "source,preferred,forbidden,require\nmultilayer perceptron,多层感知机,,no\n",
)
STYLES = ({}, {"brackets": "full"}, {"brackets": "consistent"})
CHANGES = st.one_of(
    st.tuples(st.just("text"), st.sampled_from(["a.md", "b.md", "c.md", "sub/a.md"]), st.sampled_from(TEXTS)),
    st.tuples(st.just("insert"), st.sampled_from(["a.md", "b.md"]), st.sampled_from(["\n", "前言\n\n", " ", "模型"])),
    st.tuples(st.just("remove"), st.sampled_from(["a.md", "b.md", "c.md"])),
    st.tuples(st.just("source"), st.sampled_from(["2504.00001", "2504.00003"]), st.sampled_from(ABSTRACTS)),
    st.tuples(st.just("terms"), st.sampled_from(TERMS)),
    st.tuples(st.just("settings"), st.just("style"), st.sampled_from(STYLES)),
    st.tuples(st.just("settings"), st.just("severity"), st.sampled_from([{}, {"TRM001": "info"}])),
    st.tuples(st.just("settings"), st.just("ignore"), st.sampled_from([(), ("FMT",), ("TRM001",), ("DIG009",)])),
    st.tuples(st.just("settings"), st.just("known_abbreviations"), st.sampled_from([(), ("LLM",)])),
    st.tuples(st.just("dismiss"), st.integers(0, 40)),
    st.tuples(st.just("accept"), st.integers(0, 40)),
)  # fmt: skip


class Project:
    """A folder of digests that changes, and what is checked with it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.digests = root / "digests"
        self.digests.mkdir()
        self.settings = Settings(digests=self.digests, review_dir=root / "review")
        self.terms = TERMS[0]
        self.sources: dict[str, SourceText] = {}
        self.text("a.md", WRONG)

    def text(self, name: str, text: str) -> None:
        write(self.digests, name, text)

    def insert(self, name: str, text: str) -> None:
        path = self.digests / name
        if path.exists():
            path.write_text(text + path.read_text("utf-8"), "utf-8")

    def remove(self, name: str) -> None:
        (self.digests / name).unlink(missing_ok=True)

    def source(self, number: str, abstract: str) -> None:
        self.sources.pop(number, None)
        if abstract:
            self.sources[number] = SourceText(number, "A Study of Things", abstract)

    def change(self, what: str, *arguments: Any) -> None:
        if what == "terms":
            (self.terms,) = arguments
        elif what == "settings":
            self.settings = self.settings._replace(**dict([arguments]))
        elif what in ("dismiss", "accept"):
            self._decide(what, *arguments)
        else:
            getattr(self, what)(*arguments)

    def _decide(self, what: str, number: int) -> None:
        gate = self.gate(None)
        findings = [each for each in gate.check([self.digests], allow_empty=True).findings if each.quote or each.entry]
        if not findings:
            return
        finding = findings[number % len(findings)]
        revision, term_hash = gate.revisions[finding.code], gate.term_hash(finding)
        assert self.settings.review_dir is not None
        self.settings.review_dir.mkdir(exist_ok=True)
        if what == "dismiss":
            record = Dismissal.of(
                finding, revision=revision, term_hash=term_hash, reason="other", note="原文如此", by="甲"
            )
            dismissals.add(self.settings.review_dir, [record])
        else:
            path = self.settings.baseline_file
            assert path is not None
            baseline.change(path, self.settings.review_dir, [Decision.about(finding, revision, term_hash)], ())

    def gate(self, kept: Cache | None, jobs: int = 1) -> Gate:
        gate = Gate(self.settings, glossary=glossary_of(self.terms), cache=kept, jobs=jobs)
        gate.sources.update(self.sources)
        return gate

    def check(self, kept: Cache | None, paths: Sequence[Path] = (), jobs: int = 1) -> Report:
        return self.gate(kept, jobs).check(paths or [self.digests], allow_empty=True)


def everything(report: Report) -> object:
    """All that a report says."""
    return list(report.files), report.tallies, report.summary(), report.exit_code, report.unmatched, report.paid


@given(st.lists(CHANGES, min_size=1, max_size=7), st.booleans())
@limits(deadline=None, max_examples=60)
def test_a_cached_result_is_the_fresh_one_whatever_changed(changes: list[tuple[Any, ...]], one_by_one: bool) -> None:
    with tempfile.TemporaryDirectory() as root:
        project = Project(Path(root))
        for change in changes:
            project.change(*change)
            kept = Cache(Path(root, "cache"))
            for paths in [[path] for path in sorted(project.digests.rglob("*.md"))] if one_by_one else [()]:
                assert everything(project.check(kept, paths)) == everything(project.check(None, paths))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    found = Project(tmp_path)
    for number, text in enumerate(TEXTS):
        found.text(f"{number}.md", text)
    return found


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the digests that the engine checks from now on."""
    checked: list[str] = []
    real = Engine.check

    def check(self: Engine, digest: Any, context: Any) -> Checked:
        checked.append(Path(digest.path).name)
        return real(self, digest, context)

    monkeypatch.setattr(Engine, "check", check)
    return checked


def test_only_what_changed_is_checked_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Cache(project.root / "cache")
    project.check(kept)
    checked = counted(monkeypatch)
    project.check(kept)
    assert checked == []
    project.text("0.md", CLEAN.replace("本文", "这里"))
    project.check(Cache(project.root / "cache"))
    assert checked == ["0.md"]


def test_another_file_that_matters_has_it_checked_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Cache(project.root / "cache")
    project.check(kept)
    checked = counted(monkeypatch)
    # The paper of 6.md now stands in another file as well.
    project.text("0.md", entry(number="2504.00003"))
    report = project.check(kept)
    assert "6.md" in checked
    assert [finding.path for finding in report.findings if finding.code == "DIG009"].count(
        str(project.digests / "6.md")
    ) == 1
    assert "8.md" not in checked


def test_a_rule_that_crashes_is_asked_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Cache(project.root / "cache")

    def crash(*_: object) -> None:
        raise ZeroDivisionError

    def broken(*rules: Any) -> tuple[Any, ...]:
        return tuple(each._replace(check=crash) if each.rule.code == "DIG003" else each for each in chosen(*rules))

    with monkeypatch.context() as patch:
        patch.setattr("checks.gate.chosen", broken)
        assert project.check(kept).exit_code == 2
    assert everything(project.check(kept)) == everything(project.check(None))


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000] + b"\0" * 3000)


def forget(path: Path) -> None:
    path.write_bytes(b"no database at all, but a text of some length\n" * 40)


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as store:
        store.execute("CREATE TABLE kept (key TEXT, mine INTEGER)")


def newer(path: Path) -> None:
    with sqlite3.connect(path) as store:
        store.execute("PRAGMA application_id = 77")


def altered(path: Path) -> None:
    """A row whose bytes are not those that were written."""
    with sqlite3.connect(path) as store:
        store.execute("UPDATE kept SET row = CAST(substr(row, 1, length(row) - 9) || 'xxxxxxxxx' AS BLOB)")


def swapped(path: Path) -> None:
    """Another type in the place of a row."""
    with sqlite3.connect(path) as store:
        store.execute("UPDATE kept SET row = 7")


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def no_table(path: Path) -> None:
    with sqlite3.connect(path) as store:
        store.execute("DROP TABLE kept")


@pytest.mark.parametrize("harm", [damage, forget, foreign, newer, altered, swapped, emptied, a_folder, no_table])
def test_a_file_that_is_of_no_use_changes_nothing(project: Project, harm: Callable[[Path], None]) -> None:
    folder = project.root / "cache"
    project.check(Cache(folder))
    harm(folder / FILE_NAME)
    said: list[str] = []
    for _ in range(2):
        kept = Cache(folder, said.append)
        assert everything(project.check(kept)) == everything(project.check(None))
    # One line a run.
    assert len(said) in (0, 2)
    assert all("delete the file" in line and "\n" not in line for line in said)


def test_a_locked_file_is_not_waited_for_long(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_WAIT_SECONDS", 0.05)
    folder = project.root / "cache"
    project.check(Cache(folder))
    other = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        said: list[str] = []
        assert everything(project.check(Cache(folder, said.append))) == everything(project.check(None))
        assert said == []
    finally:
        other.close()


def test_a_folder_that_cannot_be_made_changes_nothing(project: Project) -> None:
    (project.root / "taken").write_text("a file")
    kept = Cache(project.root / "taken/cache")
    assert everything(project.check(kept)) == everything(project.check(None))


def test_two_at_once(project: Project) -> None:
    one, two = (Cache(project.root / "cache") for _ in range(2))
    expected = everything(project.check(None))
    for _ in range(3):
        assert everything(project.check(one)) == expected
        project.text("0.md", project.digests.joinpath("0.md").read_text("utf-8") + "\n")
        expected = everything(project.check(None))
        assert everything(project.check(two)) == expected


def test_old_rows_go_and_the_file_stays_small(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 100_000)
    kept = Cache(project.root / "cache")
    for number in range(60):
        project.text("7.md", f"{TEXTS[7]}\n{entry(f'本文研究第{number}种模型LLM的(注)。' * 20, number='2504.00077')}")
        project.check(kept)
        assert kept.path.stat().st_size < 300_000
    assert everything(project.check(kept)) == everything(project.check(None))
    kept._today += 1000
    project.text("7.md", CLEAN)
    project.check(kept)
    with sqlite3.connect(kept.path) as store:
        assert {day for (day,) in store.execute("SELECT day FROM kept")} == {kept._today}


def test_it_stands_beside_the_settings_and_hides_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "data/digests/a.md", WRONG)
    run("data/digests")
    assert [path.name for path in tmp_path.iterdir()] == ["data"], "without a project nothing is kept"
    write(tmp_path, "yijiao.toml", "")
    fresh = run("--no-cache", "--format", "json")
    assert not (tmp_path / ".yijiao_cache").exists()
    for _ in range(2):
        assert run("--format", "json").document == fresh.document
    folder = tmp_path / ".yijiao_cache"
    assert {path.name for path in folder.iterdir()} == {".gitignore", "CACHEDIR.TAG", FILE_NAME}
    assert (folder / ".gitignore").read_text() == "*\n"
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    shutil.rmtree(folder)
    assert run("--format", "json", "--cache-dir", "kept").document == fresh.document
    assert (tmp_path / "kept" / FILE_NAME).exists()
    assert not folder.exists()
    write(tmp_path, "yijiao.toml", 'cache-dir = "elsewhere"\n')
    run("--format", "json")
    assert (tmp_path / "elsewhere" / FILE_NAME).exists()


def test_mending_with_it_and_without_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "yijiao.toml", "")
    results = []
    for options in ([], [], ["--no-cache"]):
        write(tmp_path, "data/digests/a.md", WARNED)
        write(tmp_path, "data/digests/b.md", WRONG)
        result = run("--fix", "--format", "json", *options)
        results.append((result.document, [path.read_bytes() for path in sorted(Path("data/digests").iterdir())]))
    assert results[0] == results[1] == results[2]


def test_the_program_itself_is_part_of_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    from checks import provenance

    gate = Gate(Settings())
    before = gate._bench(()).shared
    assert before == gate._bench(()).shared
    monkeypatch.setattr(provenance, "_program", lambda: b"another")
    assert before != gate._bench(()).shared
    assert any(path.name == "lexicon.csv" for path in (REPOSITORY / "checks").iterdir())
