"""What the tests of the app share."""

from __future__ import annotations

from collections.abc import Callable

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
