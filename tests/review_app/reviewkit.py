"""What the tests of the app share."""

from __future__ import annotations

from collections.abc import Callable

from review_app.outcome import Shown
from review_app.service import Service

EDITOR = "lin"
RULES = ("FMT001", "FMT003", "FMT006", "TRM006", "CHR001")
"""Held fast, so that a new rule changes none of these tests."""

WEEK = """\
## A Study of Grids
[网格研究](https://arxiv.org/abs/2504.00001)

我们用LLM处理网格数据，并在三个任务上做了比较。结果显示该方法优于基线（GPT-4）的表现。

## A Study of Trees
[树的研究](https://arxiv.org/abs/2504.00002)

树结构在RL中很常见。我们提出一种新的遍历方式,速度更快。
"""

Opener = Callable[..., Service]


def shown(service: Service, quote: str, code: str | None = None, path: str = "") -> Shown:
    """The first open finding about a quote, of a rule and in a file if so wanted."""
    row = next(row for row in service.queue() if row.quote == quote and code in (None, row.code) and path in row.path)
    found = service.finding(row.id)
    assert found is not None
    return found


def quotes(service: Service) -> list[str]:
    """What the open findings are about."""
    return [row.quote for row in service.queue()]
