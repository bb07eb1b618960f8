"""``python -m review_app.summary``: the page of the weekly meeting."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from checks import settings
from checks.files import state_dir
from checks.gate import Gate
from review_app.service import Service
from review_app.store import Store
from review_app.summary import main

WEEK = """\
<!-- translator: model-one -->
## A Study of Grids
[网格研究](https://arxiv.org/abs/2504.00001)

我们用LLM处理网格数据。

## A Study of <b>Trees</b>
[树的研究](https://arxiv.org/abs/2504.00002)

树结构在RL中很常见。
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "yijiao.toml").write_text('select = ["FMT001"]\npassing-score = 80\n')
    (tmp_path / "data/digests").mkdir(parents=True)
    (tmp_path / "data/digests/2025-w17.md").write_text(WEEK, encoding="utf-8")
    (tmp_path / "data/digests/2025-w18.md").write_text(
        WEEK.replace("2504", "2505").replace("用LLM处", "用 LLM 处"), encoding="utf-8"
    )
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main([*arguments, "--lang", "en"]) == 0
    return capsys.readouterr().out


def test_the_page_counts_digests_findings_and_words(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys)
    assert "**The gate does not pass (exit code 1)** 2 digests, 4 entries" in out
    assert "| FMT001 | 6 | 100.0 % |" in out
    assert "| 2025-w17.md | 2 | 0 | 4 | 0 |" in out
    assert "Post-editing" not in out


def test_what_editors_decided_is_scored(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = settings.load(project)
    service = Service(Gate(found), [found.digests], Store.at(state_dir(found.review_dir) / "store.sqlite"))
    for row in service.queue()[:2]:
        shown = service.finding(row.id)
        assert shown is not None
        assert service.accept("lin", shown).changed
    service.store.close()
    out = told(capsys)
    assert "1 of 2 entries were changed and 2 errors confirmed" in out
    assert "| FMT001 | 2 |" in out
    assert "| model-one | 2 | 1 |" in out
    assert "(small sample)" in out


def test_a_digest_that_cannot_be_read_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data/digests/bad.md").write_bytes(b"\xff\xfe")
    out = told(capsys)
    assert "The gate cannot judge (exit code 2)" in out
    assert "bad.md" in out


def test_the_html_stands_alone_and_escapes_everything(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data/digests/<img src=x>.md").write_text(WEEK.replace("2504", "2506"), encoding="utf-8")
    page = html.document_fromstring(told(capsys, "--format", "html"))
    assert (
        page.xpath("//script | //img | //link | //iframe | //@href | //@src | //*[@*[starts-with(name(), 'on')]]") == []
    )
    assert len(page.xpath("//*[local-name()='rect']")) == 3
    assert any("<img src=x>.md" in text for text in page.xpath("//th/text()"))


def test_both_languages_say_the_same(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "zh"]) == 0
    zh = capsys.readouterr().out
    assert "门禁未通过" in zh
    assert len(zh.splitlines()) == len(told(capsys).splitlines())


def test_a_store_that_cannot_be_read_is_refused_in_one_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", "nonsense://x"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "nonsense" in err
