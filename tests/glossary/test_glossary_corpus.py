"""The commands that hold a glossary against digests: lint, stats, mine, preview."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from worlds import Paper, glossary, world

from glossary.__main__ import main

MODEL = "We train a large language model with reinforcement learning and report accuracy."
MINED = [
    Paper(
        "We train a robot arm with reinforcement learning. Neural rendering helps.",
        "我们以强化学习训练机械臂。神经渲染有用。",
    ),
    Paper("Reinforcement learning of a robot arm is slow.", "机械臂的强化学习很慢。"),
    Paper("The robot arm fails without reinforcement learning.", "没有强化学习的机械臂会失败。"),
    Paper("Reinforcement learning moves the robot arm.", "强化学习移动机械臂。"),
    Paper("Neural rendering of the sea.", "海的神经渲染。"),
    Paper("Neural rendering of a tree.", "树木的神经渲染。"),
    Paper("Neural rendering of a house.", "房屋的神经渲染。"),
    Paper("Neural rendering of a road.", "道路的神经渲染。"),
    Paper("A poem of the moon.", "月亮的诗。"),
    Paper("A poem of the wind.", "清风的诗。"),
    Paper("A poem of the rain.", "春雨的诗。"),
    Paper("A poem of the snow.", "冬雪的诗。"),
]


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_lint_names_ordinary_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = glossary(tmp_path, "source,preferred,forbidden\ntoken,Token,令牌|蛟龘词\n")
    assert main(["lint", str(path)]) == 1
    (hint,) = lines(capsys)
    assert hint.startswith(f"{path}:2: hint: '令牌' is forbidden, but an ordinary word")
    assert "suspect" in hint


def test_lint_names_a_contradiction_in_the_making(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = glossary(tmp_path, "source,preferred,forbidden,status\na,甲蛟,乙蛟,proposed\nb,乙蛟,,\n")
    assert main(["lint", str(path)]) == 1
    (hint,) = lines(capsys)
    assert hint.startswith(f"{path}:2: hint: '乙蛟' is forbidden for 'a' but right for 'b'")


@pytest.mark.parametrize(("not_in", "said"), [("", True), ("代理商", False)])
def test_lint_names_a_wrong_form_inside_another_terms_right_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], not_in: str, said: bool
) -> None:
    path = glossary(tmp_path, f"source,preferred,suspect,not_in\nagent,智能体,代理,{not_in}\nreseller,代理商,,\n")
    assert main(["lint", str(path)]) == 0
    assert [line.startswith(f"{path}:2: information: '代理' is wrong") for line in lines(capsys)] == [True] * said


def test_lint_in_digests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = glossary(tmp_path, "source,preferred,forbidden\nlog file,日志,蛟龘\nsea chart,海图,鲛人\nthimble,顶针,\n")
    papers = [
        Paper("A log file grows.", "蛟龘变大。"),
        Paper("A snake swims.", "蛟龘在游。"),
        Paper("A snake sleeps.", "蛟龘在睡。"),
        Paper("A mermaid sings on the sea chart.", "海图上的歌。"),
        Paper("A mermaid sings.", "鲛人在唱。"),
    ]
    it = world(tmp_path, papers)
    assert main(["lint", str(path), *it.options]) == 1
    first, second, third = lines(capsys)
    assert first.startswith(f"{path}:2: hint: '蛟龘' is forbidden, but stands where the English has no 'log file'")
    assert f"({it.digests}/week.md:9, {it.digests}/week.md:14)" in first
    assert second.startswith(f"{path}:3: information: '鲛人' is forbidden, but stands")
    assert third == f"{path}:4: information: no digest uses 'thimble'"


def test_lint_without_english_says_nothing_of_digests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = glossary(tmp_path, "source,preferred,forbidden\nlog file,日志,蛟龘\n")
    it = world(tmp_path, [Paper("x", "蛟龘在游。")] * 3, known=False)
    assert main(["lint", str(path), *it.options]) == 0
    assert lines(capsys) == []


def test_stats_of_renderings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = glossary(tmp_path, "source,preferred,admitted,forbidden\nlog file,日志,日志文件,蛟龘\nold,旧,,\n")
    papers = [
        Paper("A log file.", "一份日志。"),
        Paper("The log file.", "日志文件与日志。"),
        Paper("Log files.", "蛟龘。"),
        Paper("Log-file.", "无。"),
        Paper("No such thing.", "日志。"),
    ]
    it = world(tmp_path, papers)
    assert main(["stats", str(path), *it.options, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["terms"] == 2
    first, second = document["renderings"]
    assert (first["source"], first["papers"]) == ("log file", 4)
    assert [(form["role"], form["form"], form["papers"]) for form in first["forms"]] == [
        ("preferred", "日志", 2), ("admitted", "日志文件", 1), ("forbidden", "蛟龘", 1), ("none", None, 1),
    ]  # fmt: skip
    assert second == {"source": "old", "papers": 0, "forms": []}
    assert main(["stats", str(path), *it.options]) == 0
    assert ["log", "file", "4", "preferred", "日志", "2", "50%"] in [line.split() for line in lines(capsys)]


def test_mining_parallel_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = glossary(tmp_path, "source,preferred\nthimble,顶针\n")
    it = world(tmp_path, MINED)
    assert main(["mine", str(path), *it.options, "--format", "json"]) == 0
    found = {one["source"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["reinforcement learning"]["renderings"] == [{"form": "强化学习", "count": 4}]
    assert found["reinforcement learning"]["place"] == f"{it.digests}/week.md:4"
    assert found["neural rendering"]["renderings"] == [{"form": "神经渲染", "count": 5}]
    assert found["robot arm"]["renderings"] == [{"form": "机械臂", "count": 4}]
    assert "reinforcement" not in found


def test_mining_leaves_out_what_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = glossary(tmp_path, "source,preferred,variants\nthimble,顶针,robot arm\n")
    it = world(tmp_path, MINED)
    assert main(["mine", str(path), *it.options]) == 0
    left = capsys.readouterr().out
    assert "reinforcement learning" in left
    assert "robot arm" not in left
    assert main(["mine", str(path), *it.options, "--all"]) == 0
    assert "robot arm" in capsys.readouterr().out


def test_mining_glosses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = [
        Paper("", "我们提出神经渲染 (Neural Rendering, NR)。"),
        Paper("", "快速的神经渲染（neural rendering）。"),
        Paper("", "一种神经绘制 (neural rendering)，即神经绘制 (neural rendering)。"),
        Paper("", "神经绘制 (neural rendering) 与神经渲染 (neural rendering)。"),
        Paper("", "模型通义 (Qwen)，其值 (如 a) 与日期 (2024)。"),
    ]
    it = world(tmp_path, papers, known=False)
    path = glossary(tmp_path, "source,preferred\nthimble,顶针\n")
    assert main(["mine", str(path), *it.options, "--format", "json"]) == 0
    first, *rest = json.loads(capsys.readouterr().out)
    assert (first["source"], first["abbr"], first["glossed"]) == ("neural rendering", "NR", 4)
    assert {one["form"]: one["count"] for one in first["renderings"]} == {"神经渲染": 2, "神经绘制": 2}
    assert first["conflict"]
    assert [one["source"] for one in rest] in ([], ["Qwen"])
    assert main(["mine", str(path), *it.options, "--format", "csv", "--conflicts"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["source"], row["abbr"], row["status"]) == ("neural rendering", "NR", "proposed")
    assert {row["preferred"], row["admitted"]} == {"神经渲染", "神经绘制"}


def test_what_is_mined_can_be_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    it = world(tmp_path, MINED)
    output = tmp_path / "new.csv"
    assert main(["mine", *it.options, "--all", "--format", "csv", "-o", str(output)]) == 0
    assert main(["lint", str(output)]) == 0
    assert capsys.readouterr().err == ""


def test_preview(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    it = world(tmp_path, [Paper("A log file grows.", "这份蛟龘记录文件变大。"), Paper("A sea.", "海。")])
    path = glossary(tmp_path, "source,preferred,forbidden\nlog file,日志,蛟龘记录文件\n")
    assert main(["preview", "--with", str(path), *it.options, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["by_code"] == {"added": {"TRM001": 1}, "removed": {}}
    (added,) = document["added"]
    assert (added["place"], added["quote"], added["term"]) == (f"{it.digests}/week.md:4:3", "蛟龘记录文件", "log file")
    assert main(["preview", "--with", str(path), *it.options]) == 0
    printed = capsys.readouterr().out
    assert ["TRM001", "+1", "-0"] in [line.split() for line in printed.splitlines()]
    assert f"  {it.digests}/week.md:4:3: TRM001 蛟龘记录文件 (log file)\n" in printed


def test_preview_of_a_removal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    it = world(tmp_path, [Paper("A log file grows.", "这份蛟龘记录文件变大。")])
    (tmp_path / "yijiao.toml").write_text('glossary = "own"\n', encoding="utf-8")
    (tmp_path / "own").mkdir()
    old = glossary(tmp_path, "source,preferred,forbidden\nlog file,日志,蛟龘记录文件\n", "own/terms.csv")
    new = glossary(tmp_path, "source,preferred\nlog file,日志\n")
    assert main(["preview", "--with", str(new), "--replacing", str(old), *it.options, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["by_code"]["removed"] == {"TRM001": 1}
    assert main(["preview", "--with", str(new), "--replacing", str(new), *it.options]) == 2
    assert "nothing can stand in for it" in capsys.readouterr().err


def test_preview_of_proposals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    it = world(tmp_path, [Paper("A log file grows.", "这份蛟龘记录文件变大。")])
    path = glossary(tmp_path, "source,preferred,forbidden,status\nlog file,日志,蛟龘记录文件,proposed\n")
    assert main(["preview", "--with", str(path), *it.options]) == 0
    assert capsys.readouterr().out == "The change adds no finding and removes none.\n"
    assert main(["preview", "--with", str(path), "--proposed", *it.options]) == 0
    assert "TRM001" in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "words"), [
    (["mine"], "--digests"),
    (["preview"], "nothing to preview"),
    (["mine", "--digests", "{}/no"], "no such file"),
    (["stats", "--digests", "{}/empty"], "no Markdown file"),
    (["lint", "--digests", "{}/a.md", "--sources", "{}/no.jsonl"], "no.jsonl"),
    (["preview", "--with", "{}/no.csv", "--digests", "{}/a.md"], "cannot be read"),
    (["preview", "--proposed", "--digests", "{}/bad.md"], "not valid UTF-8"),
])  # fmt: skip
def test_what_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.md").write_text("", encoding="utf-8")
    (tmp_path / "bad.md").write_bytes(b"\xff")
    assert main([argument.replace("{}", str(tmp_path)) for argument in arguments]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert "Traceback" not in error


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("lint", "stats", "import", "export", "mine", "preview"):
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0
        printed = capsys.readouterr().out
        assert f"  python -m glossary {command}" in printed
        assert "Exit codes" in printed
