"""Which week a digest is of, as its name tells."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Final

_NUMBER: Final = re.compile(r"(?<!\d)(20\d\d)[-_. ]?w(\d{1,2})(?!\d)", re.IGNORECASE)
_DAY: Final = re.compile(r"(?<!\d)(20\d\d)[-_./]?(\d\d)[-_.]?(\d\d)(?!\d)")
"""The year may be the folder's: ``2025/0421-0425.md``."""


def day(path: str) -> date | None:
    """The last day that the name of a file tells; the Monday of a week (``2025-w17.md``, as ISO 8601 counts)."""
    near = "/".join(path.split("/")[-2:])
    name = near.rfind("/") + 1
    for pattern in (_NUMBER, _DAY):
        for match in reversed([*pattern.finditer(near)]):
            numbers = [int(text) for text in match.groups()]
            with suppress(ValueError):
                if match.end() > name:
                    return _monday(*numbers) if pattern is _NUMBER else date(*numbers)
    return None


def label(moment: date) -> str:
    """A week as ISO 8601 writes it: ``2025-W17``."""
    year, number, _ = moment.isocalendar()
    return f"{year}-W{number:02}"


def _monday(year: int, week: int) -> date:
    return date.fromisocalendar(year, week, 1)
