"""How findings are shown: one module a format.

Each format is a function from a report and a view to lines of text, without line feeds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from checks.report import concise, full, machine
from checks.verdict import Report
from checks.view import View

Writer = Callable[[Report, View], Iterable[str]]

FORMATS: Final[dict[str, Writer]] = {
    "full": full.lines,
    "concise": concise.lines,
    "json": machine.document,
    "jsonl": machine.records,
}
