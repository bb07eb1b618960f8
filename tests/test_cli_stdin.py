"""Standard input: checked as if it stood at ``--stdin-filename``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from gatekit import CLEAN, FORMATS, MENDED, RULES, WARNED, entry, run, spawn, write

from checks import dismissals, settings
from checks.dismissals import Dismissal
from checks.gate import Gate


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose corpus holds one digest."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    write(tmp_path, "yijiao.toml", "")
    write(tmp_path, "data/digests/a.md", CLEAN)
    return tmp_path


@pytest.mark.parametrize("form", FORMATS)
def test_same_report_as_for_the_file(folder: Path, form: str) -> None:
    write(folder, "x.md", WARNED)
    piped = spawn("-", "--stdin-filename", "x.md", *RULES, "--format", form, folder=folder, stdin=_pipe(WARNED))
    assert piped == spawn("x.md", *RULES, "--format", form, folder=folder)
    assert piped.code == 1


def _pipe(text: str) -> int:
    reader, writer = os.pipe()
    os.write(writer, text.encode())
    os.close(writer)
    return reader


def test_without_a_name() -> None:
    result = run("-", *RULES, "--format", "json", stdin=WARNED.encode())
    assert [finding["path"] for finding in result.findings] == ["<stdin>"]


def test_fixed_text_on_standard_output_and_the_rest_beside_it() -> None:
    text = WARNED + "\n" + entry(title="", number="2504.00002")
    result = run("-", "--fix", "--select", "TRM006,DIG003", "--format", "concise", stdin=text.encode())
    assert result.raw == (MENDED + "\n" + entry(title="", number="2504.00002")).encode()
    assert "DIG003" in result.err
    assert "TRM006" not in result.err
    assert result.code == 1


@pytest.mark.parametrize("data", [b"## \xff\n", b"a\0b", CLEAN.encode()])
def test_text_that_is_not_mended_passes_unchanged(data: bytes) -> None:
    result = run("-", "--fix", *RULES, stdin=data)
    assert result.raw == data
    assert result.code == (0 if data == CLEAN.encode() else 2)


def test_bad_settings_do_not_swallow_the_text() -> None:
    result = run("-", "--fix", "--glossary", "nowhere", stdin=WARNED.encode())
    assert (result.code, result.raw) == (2, WARNED.encode())


def test_bytes_that_are_no_text_are_an_error_of_the_document() -> None:
    result = run("-", "--stdin-filename", "x.md", "--format", "json", stdin=b"\n\xff")
    assert (result.code, result.errors, result.findings) == (2, [("x.md", 2)], [])


def test_diff_is_a_patch_of_the_named_file(folder: Path) -> None:
    piped = run("-", "--stdin-filename", "x.md", "--diff", *RULES, stdin=WARNED.encode())
    write(folder, "x.md", WARNED)
    assert piped == run("x.md", "--diff", *RULES)
    assert piped.out.startswith("--- a/x.md\n")


@pytest.mark.parametrize("absolute", [False, True])
def test_it_stands_in_for_its_stored_copy(folder: Path, absolute: bool) -> None:
    """A paper of another stored digest is a duplicate; the one in its own stored copy is not."""
    write(folder, "data/digests/b.md", CLEAN)
    name = Path("data/digests/b.md")
    given = folder / name if absolute else name
    options = ("--select", "DIG009", "--format", "json", "--stdin-filename", given)
    twice = run("-", *options, stdin=CLEAN.encode())
    assert twice.codes == ["DIG009"]
    first = (folder if absolute else Path()) / "data/digests/a.md"
    assert f"{first}:1" in twice.findings[0]["message"]
    other = entry(number="2504.00002").replace("A Study", "Another Study")
    assert run("-", *options, stdin=other.encode()).codes == []


def test_a_copy_outside_the_corpus_has_no_corpus(folder: Path) -> None:
    options = ("--select", "DIG009", "--format", "json", "--stdin-filename", "elsewhere/b.md")
    assert run("-", *options, stdin=CLEAN.encode()).codes == []


def test_dismissals_of_the_project_apply(folder: Path) -> None:
    finding = Gate(settings.load(folder).with_options(select=("TRM006",))).check_text(WARNED, "x.md").findings[0]
    record = Dismissal.of(finding, revision=1, term_hash=None, reason="quotation", note="", by="editor")
    dismissals.add(folder / "data/review", [record])
    result = run("-", "--stdin-filename", "data/digests/new.md", *RULES, "--format", "json", stdin=WARNED.encode())
    assert (result.code, result.document["summary"]["dismissed"]) == (0, 1)
