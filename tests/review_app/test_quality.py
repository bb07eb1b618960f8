"""What the store tells of quality: terms and months of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reviewkit import EDITOR, Opener, quotes, shown
from storekit import event

from checks.quality.decided import Decided
from checks.quality.effort import costs
from review_app.quality import decisions
from review_app.service import Service
from review_app.store import Event, Wanted

WEEK = """\
## A Study of <b>Grids</b>
[网格研究](https://arxiv.org/abs/2504.00001)

我们用LLMs处理网格数据，大型语言模型会学习。

## A Study of Trees
[树的研究](https://arxiv.org/abs/2504.00002)

多个大型语言模型在遍历树结构。
"""


@pytest.fixture
def weekly(project: Path, week: Path) -> Path:
    """A digest of April in which terms are rendered wrongly."""
    (project / "yijiao.toml").write_text('select = ["TRM001", "TRM006", "FMT001"]\n', encoding="utf-8")
    path = week.with_name("2025-w17.md")
    week.rename(path)
    path.write_text(WEEK, encoding="utf-8")
    return path


def known(service: Service) -> Decided:
    """What standing decisions say of the files in hand."""
    digests = {service.stored_path(path): checked.report.digest for path, checked in service.files.items()}
    return decisions(service.store.each(Wanted(standing=True)), digests)


def terms(events: Sequence[Event]) -> list[tuple[str, str, str | None]]:
    return [(each.kind, each.code, each.term) for each in events]


def test_every_decision_keeps_the_term_that_it_was_about(weekly: Path, opener: Opener) -> None:
    service = opener()
    name = "large language model"
    wrong = [shown(service, quote) for quote in quotes(service) if quote == "大型语言模型"]
    assert wrong[0].finding.term == name
    service.accept(EDITOR, wrong[0])
    service.accept_all(EDITOR, [shown(service, "大型语言模型")])
    service.undo(EDITOR)
    service.dismiss(EDITOR, shown(service, "大型语言模型"), "quotation")
    service.undo(EDITOR)
    service.dismiss_all(EDITOR, [shown(service, "大型语言模型")], "quotation")
    service.accept(EDITOR, shown(service, "用L"))
    assert terms(list(service.store.each(Wanted()))) == [
        ("accept", "TRM001", name),
        ("accept", "TRM001", name),
        ("undo", "TRM001", name),
        ("dismiss", "TRM001", name),
        ("undo", "TRM001", name),
        ("dismiss", "TRM001", name),
        ("accept", "FMT001", None),
    ]


def test_the_cost_of_terms_is_that_of_the_decisions_that_stand(weekly: Path, opener: Opener) -> None:
    service = opener()
    service.accept(EDITOR, shown(service, "大型语言模型"))
    service.accept(EDITOR, shown(service, "LLMs"))
    service.accept(EDITOR, shown(service, "大型语言模型"))
    service.undo(EDITOR)
    found = known(service)
    # 大型语言模型 → 大语言模型 takes one character out; LLMs → LLM replaces a word.
    by_term = {cost.name: (cost.decisions, cost.edits) for cost in costs(found.steps, lambda step: step.term)}
    assert by_term == {"large language model": (1, 1)}
    by_rule = {cost.name: (cost.decisions, cost.edits) for cost in costs(found.steps, lambda step: step.code)}
    assert by_rule == {"TRM001": (1, 1), "TRM006": (1, 1)}


def test_the_month_is_that_of_the_digest_or_else_of_the_first_decision(weekly: Path, opener: Opener) -> None:
    weekly.with_name("untold.md").write_text(WEEK.replace("2504", "2506"), encoding="utf-8")
    service = opener()
    for path, at in (
        ("2025-w17.md", "2025-07-14T00:00:00"),
        ("untold.md", "2025-08-31T23:59:00"),
        ("untold.md", "2025-09-01"),
    ):
        stored = service.stored_path(f"data/digests/{path}")
        service.store.record([(event(path=stored, at=at, entry=None), None)])
    found = {(version.path.rsplit("/", 1)[-1], version.month) for version in known(service).versions}
    assert found == {("2025-w17.md", "2025-04"), ("untold.md", "2025-08")}
    assert known(service).versions[0].title == "A Study of <b>Grids</b>"
