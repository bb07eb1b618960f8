"""The door: what it prints, and its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary.__main__ import main


def write(folder: Path, content: str, name: str = "terms.csv") -> str:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_the_shipped_terms_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(": information: " in line for line in lines)
    assert any("TTS also stands for" in line for line in lines)


@pytest.mark.parametrize(("content", "line", "words"), [
    ("source,preferred\nb,乙\na,甲\n", 3, "sort"),
    ("source,preferred,admitted\na,甲,乙|乙\n", 2, "'乙' stands twice (admitted, admitted)"),
    ("source,preferred,admitted\na,甲,甲\n", 2, "(preferred, admitted)"),
    ("source,preferred,variants\nfine-tune,甲,finetune\n", 2, "(source, variants)"),
    ("source,preferred,forbidden,suspect\na,甲,乙,乙\n", 2, "(forbidden, suspect)"),
    ("source,preferred,suspect,not_in\na,甲,乙丙,乙丁\n", 2, "not_in '乙丁' holds no"),
    ("source,preferred,not_source\na,甲,x\n", 2, "suspect is empty"),
])  # fmt: skip
def test_hints(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, line: int, words: str) -> None:
    path = write(tmp_path, content)
    assert main(["lint", path]) == 1
    (hint,) = capsys.readouterr().out.splitlines()
    assert hint.startswith(f"{path}:{line}: hint: ")
    assert words in hint


def test_information_is_no_reason_to_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", write(tmp_path, "source,preferred,abbr,forbidden\na,甲蛟龘,AB,蛟龘\nb,丁,AB,\n")]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert "'甲蛟龘' contains '蛟龘'" in first
    assert "AB also stands for 'a'" in second


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a layer of its own over the shipped terms."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, 'glossary = ["own.csv"]\n', "yijiao.toml")
    write(tmp_path, "source,preferred,admitted\nkite,蛟龘鸢,蛟龘筝\n", "own.csv")
    return tmp_path


def test_what_a_layer_forbids_is_held_against_those_below(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    upper = write(project, "source,preferred,forbidden\nglider,蛟龘翼,蛟龘鸢|蛟龘筝\n", "upper.csv")
    assert main(["lint", "upper.csv"]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(
        "upper.csv:2: information: '蛟龘筝' is forbidden here, so that it is no longer admitted for 'kite'"
    )
    assert second.startswith("upper.csv:2: hint: '蛟龘鸢' is forbidden for 'glider', but not reported")
    assert all("own.csv:2" in line for line in (first, second))
    assert "give 'kite' a line in this layer" in second
    # Where the remedy has been taken there is nothing to say; nor of the lower layer by itself.
    write(project, Path(upper).read_text(encoding="utf-8") + "kite,蛟龘飞,\n", "upper.csv")
    assert main(["lint", "upper.csv"]) == 0
    assert main(["lint", "own.csv"]) == 0
    assert capsys.readouterr().out == ""


def test_shipped_terms_lie_below_the_projects(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, "source,preferred,forbidden\nkite,蛟龘鸢,大语言模型\n", "own.csv")
    assert main(["lint", "own.csv"]) == 1
    assert "preferred form of 'large language model'" in capsys.readouterr().out
    write(project, "source,preferred\nkite,蛟龘鸢\n", "own.csv")
    write(project, 'glossary = ["none.csv"]\n', "yijiao.toml")
    assert main(["lint", "own.csv"]) == 2
    assert "none.csv" in capsys.readouterr().err


def test_every_broken_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = write(tmp_path, "source,preferred\na,\n", "1.csv")
    two = write(tmp_path, "source\na\n", "2.csv")
    write(tmp_path, "source,preferred\nb,乙\na,甲\n", "3.csv")
    assert main(["lint", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert [line.split(": ")[0] for line in printed.err.splitlines()] == [f"{one}:2", f"{two}:1"]
    assert "sort" in printed.out


def test_contradictions_between_files_are_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "source,preferred\na,甲\n", "1.csv")
    write(tmp_path, "source,preferred\na,乙\n", "2.csv")
    assert main(["lint", str(tmp_path)]) == 2
    assert "merge" in capsys.readouterr().err


def test_stats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "source,preferred,forbidden,status,domain\na,甲,乙|丙,,training\nb,丁,,proposed,\n")
    assert main(["stats", path]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    for expected in (["terms", "2"], ["approved", "1"], ["proposed", "1"], ["forbidden", "2"], ["(none)", "1"]):
        assert expected in lines


def test_errors_and_bad_usage_exit_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", str(tmp_path / "no.csv")]) == 2
    assert "no.csv: cannot be read" in capsys.readouterr().err
    for arguments in ([], ["nonsense"], ["lint", "--nonsense"]):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 2
