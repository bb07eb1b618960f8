"""Files are read as they are and never lost when they are written."""

from __future__ import annotations

import multiprocessing
import os
import stat
import tempfile
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import files
from checks.errors import FileChanged, InputError
from checks.files import below, decode, encode, locked, read_only, read_text, replace, rewrite, state_dir


@pytest.mark.parametrize("text", ["", "\ufeff# 标题\r\n", "a\rb\u2028c\x85d\n", "no end", "𠮷\U0010ffff\ufffd"])
def test_what_is_written_is_read_again(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.md"
    replace(path, text)
    assert read_text(path) == text
    assert path.read_bytes() == text.encode()


@given(st.text(st.characters(), max_size=30))
def test_a_text_is_written_only_if_it_could_be_read(text: str) -> None:
    try:
        data = encode(text, "a.md")
    except InputError:
        assert "\0" in text or any("\ud800" <= char <= "\udfff" for char in text)
    else:
        assert decode(data, "a.md") == text


@pytest.mark.parametrize(("text", "line"), [("a\nb\0", 2), ("\n\n\ud800", 3)])
def test_text_that_could_not_be_read_leaves_the_old(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "a.md"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        rewrite(path, lambda _: text, tmp_path / "review")
    assert caught.value.line == line
    assert path.read_text(encoding="utf-8") == "old"


def test_new_text_is_built_from_what_the_file_holds_now(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("a", encoding="utf-8")
    assert rewrite(path, lambda now: now + "b", tmp_path) == "ab"
    assert rewrite(path, lambda now: now + "c", tmp_path) == "abc"
    assert path.read_text(encoding="utf-8") == "abc"


def test_unchanged_text_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("a", encoding="utf-8")
    before = path.stat()
    assert rewrite(path, lambda now: now, tmp_path / "review") == "a"
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_refusal_to_change_leaves_the_file_and_frees_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("a", encoding="utf-8")

    def refuse(_: str) -> str:
        raise FileChanged("a.md", None, "changed")

    with pytest.raises(FileChanged):
        rewrite(path, refuse, tmp_path / "review")
    assert rewrite(path, lambda _: "b", tmp_path / "review") == "b"


def _hold(path: Path, review_dir: Path, held: Event, let_go: Event) -> None:
    with locked(path, review_dir):
        held.set()
        let_go.wait(60)


def test_lock_excludes_another_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.1)
    path, review = tmp_path / "a.md", tmp_path / "review"
    path.write_text("a", encoding="utf-8")
    link = tmp_path / "link.md"
    link.symlink_to(path)
    spawning = multiprocessing.get_context("spawn")
    held, let_go = spawning.Event(), spawning.Event()
    holder = spawning.Process(target=_hold, args=(path, review, held, let_go))
    holder.start()
    try:
        assert held.wait(60)
        with pytest.raises(FileChanged, match="another process"):
            rewrite(link, lambda _: "b", review)
        assert path.read_text(encoding="utf-8") == "a"
    finally:
        let_go.set()
        holder.join(60)
    assert rewrite(link, lambda _: "b", review) == "b"
    assert path.read_text(encoding="utf-8") == "b"


def test_lock_stands_in_a_folder_that_git_ignores(tmp_path: Path) -> None:
    review = tmp_path / "data/review"
    with locked(tmp_path / "a.md", review):
        assert {path.parent for path in review.rglob("*.lock")} == {review / ".state"}
    ignored = review / ".state/.gitignore"
    assert ignored.read_text(encoding="utf-8") == "*\n"
    # An interrupted start may have left the folder without it.
    ignored.unlink()
    assert state_dir(review) == ignored.parent
    assert ignored.read_text(encoding="utf-8") == "*\n"


def test_without_a_review_directory_the_lock_is_this_users_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = state_dir(None)
    assert folder.parent == tmp_path
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    (tmp_path / f"yijiao-{os.getuid()}").mkdir()
    with pytest.raises(PermissionError, match="belongs to another user"):
        state_dir(None)


def test_review_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "review").write_text("a file", encoding="utf-8")
    path = tmp_path / "a.md"
    path.write_text("a", encoding="utf-8")
    with pytest.raises(InputError, match="no lock can be made here"):
        rewrite(path, lambda _: "b", tmp_path / "review")
    assert path.read_text(encoding="utf-8") == "a"


def test_read_only_file_is_refused_even_to_the_superuser(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("a", encoding="utf-8")
    assert not read_only(path)
    assert not read_only(tmp_path / "missing.md")
    path.chmod(0o444)
    assert read_only(path)
    with pytest.raises(InputError, match="read-only"):
        replace(path, "b")
    assert path.read_text(encoding="utf-8") == "a"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["短", "译" * 84, "🙂" * 63])
def test_replacement_keeps_the_mode_whatever_the_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("a", encoding="utf-8")
    path.chmod(0o664)
    replace(path, "b")
    assert stat.S_IMODE(path.stat().st_mode) == 0o664
    assert list(tmp_path.iterdir()) == [path]


def test_new_file_has_the_mode_that_the_umask_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        replace(tmp_path / "a.md", "a")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


@pytest.mark.parametrize("failing", ["fsync", "rename", "replace"])
def test_failure_at_any_step_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = tmp_path / "a.md"
    path.write_text("a", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, failing, fail)
    if failing == "rename":
        # Only one of the two puts the file in its place, whichever the library uses.
        monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(InputError, match="Input/output error"):
        replace(path, "b")
    assert path.read_text(encoding="utf-8") == "a"
    assert list(tmp_path.iterdir()) == [path]


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        replace(tmp_path / "nowhere/a.md", "a")
    with pytest.raises(InputError, match="is a folder"):
        read_text(tmp_path)


def test_below_lists_visible_markdown(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.MD", "a/.hidden.md", ".git/c.md", "d.txt", "e.markdown"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = {path.relative_to(tmp_path).as_posix() for path in below(tmp_path)}
    assert found == {"b.md", "a/z.MD", "e.markdown"}
