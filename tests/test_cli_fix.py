"""``--fix`` and ``--diff``: what is written, and that nothing else ever is."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from gatekit import CLEAN, MENDED, RULES, WARNED, WRONG, entry, run, write

from checks import dismissals, gate, mending, settings, shelf
from checks.dismissals import Dismissal
from checks.gate import Gate
from checks.model import Digest, Edit, Finding, Fix
from checks.registry import Loaded, chosen
from checks.report.patch import lines
from checks.scene import Hit


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    write(tmp_path, "yijiao.toml", "")
    return tmp_path


MESSY = entry(
    "本文使用RL训练大型语言模型 (LLMs)，多个VLMs。\n\n第二段：LLMs。", heading="Two Things", number="2504.00002"
)


def test_one_run_reaches_the_fixed_point(folder: Path) -> None:
    path = write(folder, "a.md", MESSY + "\n" + "#" + WARNED[2:])
    first = run("--fix", "a.md", *RULES, "--format", "json")
    mended = path.read_bytes()
    second = run("--fix", "a.md", *RULES, "--format", "json")
    assert (first.code, first.findings) == (0, [])
    assert b"LLMs" not in mended
    assert path.read_bytes() == mended
    assert second.out == first.out


def test_what_is_left_is_reported_and_judged(folder: Path) -> None:
    path = write(folder, "a.md", WARNED + "\n" + CLEAN.replace("00001", "00002").replace("[关于事物的研究]", "[]"))
    result = run("--fix", "a.md", "--select", "TRM006,DIG003", "--format", "json")
    assert (result.code, result.codes) == (1, ["DIG003"])
    assert path.read_text(encoding="utf-8").startswith(MENDED)
    assert "1 mended." in run("--fix", write(folder, "b.md", WARNED), *RULES).out


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (WARNED.replace("\n", "\r\n"), MENDED.replace("\n", "\r\n")),
        ("\ufeff" + WARNED, "\ufeff" + MENDED),
        (WARNED.rstrip("\n"), MENDED.rstrip("\n")),
        (WARNED.replace("事物", "事\u2028\x0b物", 1), MENDED.replace("事物", "事\u2028\x0b物", 1)),
    ],
    ids=["crlf", "bom", "no final line feed", "other line ends"],
)
@pytest.mark.parametrize("way", ["fix", "stdin", "patch"])
def test_nothing_but_the_fault_changes(folder: Path, before: str, after: str, way: str) -> None:
    path = write(folder, "a b.md", before)
    if way == "fix":
        assert run("--fix", path.name, *RULES).code == 0
    elif way == "stdin":
        path.write_bytes(run("-", "--fix", *RULES, stdin=before.encode()).raw)
    else:
        patch = run("--diff", path.name, *RULES)
        assert path.read_bytes() == before.encode()
        _apply(patch.raw, folder)
    assert path.read_bytes() == after.encode()


def _apply(patch: bytes, folder: Path) -> None:
    program = shutil.which("patch")
    if program is None:
        pytest.skip("the program patch is not installed")
    subprocess.run([program, "-p1", "--binary", "--quiet"], input=patch, cwd=folder, check=True)


def test_diff_of_several_files_gives_what_fix_writes(folder: Path) -> None:
    texts = {"a.md": WARNED, "sub/b.md": MESSY, "c.md": CLEAN}
    paths = [write(folder, name, text) for name, text in texts.items()]
    patch = run("--diff", *texts, *RULES)
    assert patch.code == 1
    assert [path.read_text(encoding="utf-8") for path in paths] == list(texts.values())
    assert "c.md" not in patch.out
    _apply(patch.raw, folder)
    patched = [path.read_bytes() for path in paths]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_bytes(text.encode())
    run("--fix", *texts, *RULES)
    assert [path.read_bytes() for path in paths] == patched


def test_patch_of_a_file_named_by_its_whole_path(folder: Path) -> None:
    path = write(folder, "a.md", WARNED)
    assert run("--diff", path, *RULES).out.startswith(f"--- a{path}\n+++ b{path}\n@@ ")


def test_patch_on_a_terminal_shows_no_control_character() -> None:
    change = ("a\x1b.md", "x\x1b[2J\u202e\n", "y\n")
    raw, shown = ("\n".join(lines([change], terminal=terminal)) for terminal in (False, True))
    assert "-x\x1b[2J\u202e" in raw
    assert "-x<U+001B>[2J<U+202E>" in shown


def test_what_waits_on_disk_is_mended_alike(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [write(folder, f"{number}.md", WARNED.replace("00001", f"0000{number}")) for number in range(1, 5)]
    patch = run("--diff", *paths, *RULES).out
    monkeypatch.setattr(shelf, "_MEMORY_BYTES", 0)
    monkeypatch.setattr(shelf, "LIVE_FINDINGS", 0)
    assert run("--diff", *paths, *RULES).out == patch
    assert run("--fix", *paths, *RULES).code == 0
    assert [path.read_text(encoding="utf-8") for path in paths] == [
        MENDED.replace("00001", f"0000{number}") for number in range(1, 5)
    ]


def test_unsafe_fixes_only_where_asked(folder: Path) -> None:
    text = entry("本文用 Foo (FOO) 训练代理。", heading="Training an Agent")
    path = write(folder, "a.md", text)
    assert run("--fix", "a.md", "--select", "TRM001").code == 1
    assert path.read_text(encoding="utf-8") == text
    assert "+本文用 Foo (FOO) 训练智能体。" in run("--diff", "--unsafe-fixes", "a.md", "--select", "TRM001").out
    assert run("--fix", "--unsafe-fixes", "a.md", "--select", "TRM001").code == 0
    assert "训练智能体" in path.read_text(encoding="utf-8")


def test_mode_is_kept_and_links_are_followed(folder: Path) -> None:
    path = write(folder, "real/a.md", WARNED)
    path.chmod(0o640)
    link = folder / "link.md"
    link.symlink_to("real/a.md")
    assert run("--fix", "link.md", *RULES).code == 0
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == MENDED
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("second", ["missing.md", "broken.md", "locked.md"])
def test_with_any_error_no_file_is_written(folder: Path, second: str) -> None:
    path = write(folder, "a.md", WARNED)
    write(folder, "broken.md", b"\xff")
    write(folder, "locked.md", WRONG).chmod(0o444)
    result = run("--fix", "a.md", second, *RULES, "--format", "json")
    assert result.code == 2
    assert [place for place, _ in result.errors] == [second]
    assert "TRM006" in result.codes
    assert "nothing was written" in result.err
    assert path.read_text(encoding="utf-8") == WARNED


@pytest.mark.parametrize("moment", ["before any is written", "under the lock"])
def test_file_that_changed_meanwhile_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    first, second = write(folder, "a.md", WARNED), write(folder, "b.md", WARNED)
    real_fix, real_write = Gate.fix, mending._write
    theirs = WARNED + "另一位编辑的话。\n"

    def fix(self: Gate, digest: Digest, *rest: object) -> object:
        if digest.path == "b.md":
            second.write_text(theirs, encoding="utf-8")
        return real_fix(self, digest, *rest)  # type: ignore[arg-type]

    def write_it(digest: Digest, *rest: object) -> None:
        if digest.path == "b.md":
            second.write_text(theirs, encoding="utf-8")
        real_write(digest, *rest)  # type: ignore[arg-type]

    if moment == "under the lock":
        monkeypatch.setattr(mending, "_write", write_it)
    else:
        monkeypatch.setattr(Gate, "fix", fix)
    result = run("--fix", "a.md", "b.md", *RULES, "--format", "json")
    assert result.code == 2
    assert result.errors == [("b.md", None)]
    assert "changed while it was being checked" in result.err
    assert second.read_text(encoding="utf-8") == theirs
    # Between the two moments the first file was written: it was safe to.
    assert first.read_text(encoding="utf-8") == (MENDED if moment == "under the lock" else WARNED)


def test_interrupted_replacement_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(folder, "only/a.md", WARNED)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", fail)
    monkeypatch.setattr(os, "replace", fail)
    result = run("--fix", "only/a.md", *RULES)
    assert result.code == 2
    assert "only/a.md: cannot be written (No space left on device)" in result.err
    assert path.read_text(encoding="utf-8") == WARNED
    assert list(path.parent.iterdir()) == [path]


def test_fixes_that_undo_each_other_are_not_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(folder, "a.md", WARNED)
    real = chosen(["TRM006"], [])[0]

    def swap(scene: object) -> Iterable[Hit]:
        for hit in real.check(scene):
            start, end = hit.span
            yield hit._replace(fixes=(hit.fixes[0]._replace(edits=(Edit(start, end, hit.quote or "LLMs"),)),))

    def rules(*_: object) -> tuple[Loaded, ...]:
        return (real._replace(check=swap),)

    monkeypatch.setattr(gate, "chosen", rules)
    result = run("--fix", "a.md", "--format", "json")
    assert result.code == 2
    assert "its fixes undo each other" in result.err
    assert result.codes == ["TRM006"]
    assert path.read_text(encoding="utf-8") == WARNED
    assert run("-", "--fix", stdin=WARNED.encode()).raw == WARNED.encode()


def test_dismissed_findings_are_not_mended(folder: Path) -> None:
    path = write(folder, "a.md", WARNED)
    opened = Gate(settings.load(Path("a.md")))
    finding: Finding = next(f for f in opened.check([Path("a.md")]).findings if f.code == "TRM006")
    assert isinstance(finding.fix("safe"), Fix)
    record = Dismissal.of(
        finding, revision=1, term_hash=opened.term_hash(finding), reason="quotation", note="", by="editor"
    )
    dismissals.add(folder / "data/review", [record])
    result = run("--fix", "a.md", *RULES, "--format", "json")
    assert (result.code, result.document["summary"]["dismissed"]) == (0, 1)
    assert path.read_text(encoding="utf-8") == WARNED
