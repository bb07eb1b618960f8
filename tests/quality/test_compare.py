"""``python -m checks.compare``: pairing, figures, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checks.compare.__main__ import main

ENTRY = "## {heading}\n[{title}](https://arxiv.org/abs/2504.0000{number})\n\n{body}\n"
ABSTRACT = "Large language models help with grids. We compare them on three tasks."


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two translations and a reference; the second side is the better one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "yijiao.toml").write_text('sources = ["sources.jsonl"]\n')
    records = [
        {"arxiv_id": f"2504.0000{number}", "title_en": "A Study", "abstract_en": ABSTRACT} for number in range(1, 4)
    ]
    (tmp_path / "sources.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    good = "大语言模型有助于处理网格。我们在三个任务上做了比较。"
    bodies = {
        "a": [
            "大型语言模型帮助网格。我们比较在三个任务上。",
            "大型语言模型对网格有用。我们在三项任务上比较。",
            "只有甲方。",
        ],
        "b": [good, good + "结果很好。"],
        "r": [good, good],
    }
    for name, texts in bodies.items():
        (tmp_path / name).mkdir()
        text = "\n".join(
            ENTRY.format(heading=f"A Study {number}", title="一项研究", number=number, body=body)
            for number, body in enumerate(texts, 1)
        )
        (tmp_path / name / "week.md").write_text(text, encoding="utf-8")
    return tmp_path


def compared(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_entries_are_paired_and_the_rest_is_counted(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = compared(capsys, "a", "b")
    assert (found["papers"], found["alone"]) == (2, [1, 0])
    assert found["against_reference"] == []
    assert {paper["key"] for paper in found["differing"]} == {"2504.00001", "2504.00002"}  # type: ignore[attr-defined]


def test_terms_and_issues_tell_the_better_side(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = compared(capsys, "a", "b")
    first, second = found["terms"]  # type: ignore[misc]
    llm = [{term["source"]: term for term in side["by_term"]}["large language model"] for side in (first, second)]
    assert [(term["said"], term["kept"]) for term in llm] == [(2, 0), (2, 2)]
    one, other = found["issues"]  # type: ignore[misc]
    assert one["by_code"]["TRM001"] == 2
    assert "TRM001" not in other["by_code"]
    assert one["density"] > other["density"]


def test_the_reference_says_which_is_nearer(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tested = compared(capsys, "a", "b", "--reference", "r")["against_reference"]
    scores = {found["name"]: found["scores"] for found in tested}  # type: ignore[attr-defined]
    assert scores["chrF2"][0] < scores["chrF2"][1]
    assert scores["TER"][0] > scores["TER"][1]


def test_the_page_is_markdown_that_a_text_cannot_break(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    week = sides / "b/week.md"
    week.write_text(week.read_text(encoding="utf-8").replace("结果很好", "<b>|结果|</b>"), encoding="utf-8")
    assert main(["a", "b", "--most", "2"]) == 0
    out = capsys.readouterr().out
    assert "<b>" not in out
    assert r"\<b\>\|结果\|" in out
    assert "## Terms" in out


def test_equal_sides_have_nothing_that_differs(sides: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = compared(capsys, "b", "b", "--reference", "r")
    assert found["differing"] == []
    assert {tested["p"] for tested in found["against_reference"]} == {None}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a", "missing"], "missing"),
        (["a", "empty"], "no Markdown file"),
        (["a", "b", "--reference", "other"], "no paper of it is in b and in other"),
        (["a", "other"], "no paper of it is in other"),
        (["a"], "required"),
        (["a", "b", "--most", "-1"], "-1"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_line(
    arguments: list[str], message: str, sides: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sides / "empty").mkdir()
    (sides / "other").mkdir()
    (sides / "other/x.md").write_text(
        ENTRY.format(heading="X", title="别的", number=9, body="正文。"), encoding="utf-8"
    )
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert err.count("\n") == 1
