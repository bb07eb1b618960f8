"""How findings are shown: one module a format.

Each format is a function from a report and a view to lines of text, without line feeds, which together
are one document. A module is imported only when its format is asked for. What goes to files besides
standard output is the business of :mod:`checks.report.delivery`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import Final, cast

from checks.verdict import Report
from checks.view import View

Writer = Callable[[Report, View], Iterable[str]]

_WRITERS: Final = {
    "full": "full.lines",
    "concise": "concise.lines",
    "json": "machine.document",
    "jsonl": "machine.records",
    "sarif": "sarif.lines",
    "junit": "junit.lines",
    "github": "github.lines",
    "gitlab": "gitlab.lines",
    "rdjson": "rdjson.lines",
    "html": "html.lines",
}
FORMATS: Final = tuple(_WRITERS)
TEXTS: Final = ("full", "concise")
"""The formats for people at a terminal."""


def writer(form: str) -> Writer:
    """What writes a format."""
    module, _, function = _WRITERS[form].partition(".")
    return cast("Writer", getattr(importlib.import_module(f"{__name__}.{module}"), function))
