"""Quality on the overview: numbers counted by hand, what is taken away of them, what is not done twice."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from reviewkit import EDITOR, Opener, shown
from test_app import html
from test_overview import draw

from checks.quality.likeness import counted, signatures
from checks.summary.facts import Facts, Work
from review_app import figures
from review_app.components import qualitytables as tables
from review_app.components.qualitycharts import Mark, said
from review_app.locale import Words
from review_app.overview import overview
from review_app.service import Service
from review_app.tables import Cell, Table

MAY = """\
<!-- translator: model-one -->
## =A Study of <b>Grids</b>
[网格研究](https://arxiv.org/abs/2505.00001)

大型语言模型会学习

## A Study of Large Language Models
[树的研究](https://arxiv.org/abs/2505.00002)

大型语言模型会遍历
"""
JUNE = MAY.replace("2505", "2506").replace("model-one", "model-two")
ZH = Words("zh")


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give ``__main__`` back, as in :mod:`test_app`."""
    import sys

    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def service(project: Path, week: Path, opener: Opener) -> Service:
    """Two digests of two months, with one wrong term in each of four entries."""
    (project / "yijiao.toml").write_text('select = ["TRM001"]\n', encoding="utf-8")
    week.unlink()
    week.with_name("2025-05-09.md").write_text(MAY, encoding="utf-8")
    week.with_name("2025-06-06.md").write_text(JUNE, encoding="utf-8")
    return opener()


def known(service: Service) -> Facts:
    found = service.quality(60)
    assert found.whole
    assert found.facts is not None
    return found.facts


def work(service: Service) -> Work:
    found = known(service).work
    assert found is not None
    return found


def rows(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.csv().decode("utf-8-sig"), newline="")))


def test_effort_is_told_by_month_by_term_by_translator_and_by_entry(service: Service) -> None:
    service.accept(EDITOR, shown(service, "大型语言模型", path="2025-05"))
    service.accept(EDITOR, shown(service, "大型语言模型", path="2025-06"))
    service.accept(EDITOR, shown(service, "大型语言模型", path="2025-06"))
    found = work(service)
    # An entry has twelve characters when published, one more where nobody took it out.
    ter = {month: round(tables.ter(effort.measures), 3) for month, effort in found.by_month.items()}
    assert ter == {"2025-05": round(100 * 1 / 25, 3), "2025-06": round(100 * 2 / 24, 3)}
    assert {name: effort.changed for name, effort in found.by_translator.items()} == {"model-one": 1, "model-two": 2}
    assert [(cost.name, cost.decisions, cost.edits) for cost in found.by_term] == [("large language model", 3, 3)]
    assert [(spent.version.entry, spent.edits) for spent in found.dearest] == [
        ("2505.00001", 1),
        ("2506.00001", 1),
        ("2506.00002", 1),
    ]


def test_what_is_taken_away_has_all_numbers_their_signatures_and_no_formula(service: Service) -> None:
    service.accept(EDITOR, shown(service, "大型语言模型", path="2025-05"))
    facts, labels = known(service), overview(service).labels
    assert list(labels.values()) == ["2025-W19", "2025-W23"]
    assert facts.work is not None
    head, entry = rows(tables.entries_table(facts.work.dearest, labels, ZH))
    assert head[-1] == f"TER|{signatures()['TER']}"
    assert entry[:6] == [
        "2025-W19",
        "data/digests/2025-05-09.md",
        "2505.00001",
        "'=A Study of <b>Grids</b>",
        "model-one",
        "1",
    ]
    assert float(entry[-1]) == pytest.approx(100 / 12)
    months = rows(tables.efforts_table("months", "月份", facts.work.by_month, ZH))
    assert months[1][:3] == ["2025-05", "2", "1"]
    scores = rows(tables.scores_table(facts.digests, labels, ZH))
    # Of about seven words one major error: far from passing. In the other digest nobody decided anything.
    assert scores[1][4:6] == ["0.0", "不合格 (样本小)"]
    assert scores[1][6:] == ["0", "0", "1", "0"]
    assert scores[2][4:] == [""] * 6


def test_a_table_is_quoted_as_it_should_be_and_runs_nothing() -> None:
    table = Table(
        "t", ["a", "=b"], [[Cell('x"y'), Cell(-1.5)], [Cell("1\r\n2"), Cell("@x")], [Cell("a,b"), Cell("－1")]]
    )
    assert table.csv().decode("utf-8-sig") == 'a,\'=b\r\n"x""y",-1.5\r\n"1\r\n2",\'@x\r\n"a,b",\'－1\r\n'


def test_little_by_little_it_comes_to_the_same(service: Service, opener: Opener) -> None:
    service.accept(EDITOR, shown(service, "大型语言模型", path="2025-05"))
    counted.cache_clear()
    told = []
    for _ in range(5):
        found = service.quality(0)
        told.append((found.done, found.of, found.facts is not None))
    # Two digests, then two entries of the one in which somebody decided, and the decision.
    assert told == [(1, 5, False), (2, 5, True), (3, 5, True), (4, 5, True), (5, 5, True)]
    assert found.facts == known(opener())


def test_nothing_is_worked_out_twice(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    weighed = figures.weighed
    monkeypatch.setattr(figures, "weighed", lambda gate, file: done.append(file.path) or weighed(gate, file))
    first = known(service)
    assert len(done) == 2
    service.refresh()
    assert known(service) is first
    service.accept(EDITOR, shown(service, "大型语言模型", path="2025-05"))
    before = counted.cache_info().misses
    second = known(service)
    assert done[2:] == ["data/digests/2025-05-09.md"]
    assert second.work is not None
    service.refresh()
    assert known(service) is second
    # A dismissal changes what is open, and no text.
    misses = counted.cache_info().misses
    assert misses - before <= 2
    service.dismiss(EDITOR, shown(service, "大型语言模型", path="2025-06"), "quotation")
    assert known(service).by_severity["error"] == 2
    assert (counted.cache_info().misses, len(done)) == (misses, 3)
    # What is taken back is work no more.
    service.undo(EDITOR)
    service.undo(EDITOR)
    assert known(service).work is None


def test_the_page_shows_the_plots_with_their_text_and_their_numbers(service: Service) -> None:
    service.accept(EDITOR, shown(service, "大型语言模型", path="2025-05"))
    known(service)
    app = draw(service)
    text = html(app)
    for part in ("译文质量", "各月 TER", "各翻译模型", "各规则的编辑量", "各术语的编辑量", "改动最大的条目"):
        assert part in text
    assert "=A Study of &lt;b&gt;Grids&lt;/b&gt;" in text
    assert "<b>Grids" not in text
    # One family, score, density, terms, months, days.
    assert len(app.get("vega_lite_chart")) == 6
    assert len(app.get("download_button")) == 12
    assert signatures()["TER"] in text
    english = html(draw(service, "en"))
    assert "4 entries were changed" not in english
    assert "1 of 2 entries were changed" in english


def test_without_a_decision_the_page_says_so(service: Service) -> None:
    known(service)
    text = html(draw(service))
    assert "还没有人改动过译文" in text
    assert "各月 TER" not in text


def test_a_plot_is_told_in_words() -> None:
    marks = [Mark("2025-W17", 91.26), Mark("2025-W18", 99.0), Mark("2025-W19", 95.0)]
    text = said("MQM", marks, Words("en"))
    assert text == "MQM: 3 points, from 2025-W17 91.3 to 2025-W19 95.0; lowest 2025-W17 91.3, highest 2025-W18 99.0."
