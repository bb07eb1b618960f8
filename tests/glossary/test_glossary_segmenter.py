"""Word boundaries, and where jieba may write."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from glossary.segmenter import Segmenter


def test_boundaries_of_the_run_around_a_form() -> None:
    segmenter = Segmenter(["智能体"])
    text = "A 数据组成，训练过程 B"
    assert not segmenter.bounded(text, 3, 5)
    assert segmenter.bounded(text, 2, 4)
    assert segmenter.bounded("代理", 0, 2)
    assert not segmenter.bounded("代理商", 0, 2)


def test_a_word_of_the_glossary_is_one_word() -> None:
    assert Segmenter([]).bounded("嵌套元语", 0, 2)
    assert not Segmenter(["套元语"]).bounded("嵌套元语", 0, 2)


def test_a_stretch_may_be_taken_for_a_word() -> None:
    segmenter = Segmenter(["多模态"])
    text = "我们扩展至多模式设置"
    assert not segmenter.bounded(text, 5, 8)
    assert segmenter.bounded(text, 5, 8, a_word=True)
    # It stays no word of the dictionary, and does not tear what is one without doubt.
    assert not segmenter.bounded(text, 5, 8)
    assert not segmenter.bounded("现代理论", 1, 3, a_word=True)


def test_a_very_long_run_is_cut_in_a_window() -> None:
    text = "数据" * 5000 + "代理" + "模型" * 5000
    assert Segmenter([]).bounded(text, 10_000, 10_002)


def test_jieba_is_silent_and_writes_only_in_the_cache_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert Segmenter([]).bounded("代理", 0, 2)
    assert [path.name for path in (tmp_path / "cache" / "yijiao").iterdir()] == ["jieba.cache"]
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert Segmenter([]).bounded("代理", 0, 2)
    assert list(shared.iterdir()) == []
    assert capfd.readouterr() == ("", "")
