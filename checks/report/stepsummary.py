"""The summary of a step of GitHub Actions: all findings, worst first, in Markdown.

GitHub shows it on the page of the run. It takes 1 MiB a step and throws away what is larger, so that as
many findings are listed as fit beside what other commands of the step have written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from checks.errors import InputError
from checks.report.closing import closing
from checks.report.github import Annotation, noted
from checks.verdict import Report
from checks.view import View

VARIABLE: Final = "GITHUB_STEP_SUMMARY"
"""The environment variable that names the file."""
LIMIT: Final = 1024 * 1024
"""Bytes that GitHub takes."""
_RESERVE: Final = 1024
"""Bytes kept for the last line."""
_MARKS: Final = re.compile(r"[\\`*_{}\[\]<>#!|~$@:.&^=+]")
_WORDS: Final = {
    "zh": ("译校", "| 级别 | 规则 | 位置 | 问题 |", "另有 {count} 处未列出，见日志。"),
    "en": ("Yijiao", "| Severity | Rule | Place | Finding |", "{count} more do not fit here; the log lists them."),
}


def write(report: Report, view: View) -> InputError | None:
    """Add the summary to the file that GitHub names, if any; what is wrong if that cannot be done."""
    name = os.environ.get(VARIABLE)
    if not name:
        return None
    try:
        with Path(name).open("ab") as file:
            file.write(text(report, view, LIMIT - file.tell()).encode("utf-8", "replace"))
    except OSError as error:
        remedy = f"unset {VARIABLE} to go without the summary"
        return InputError(name, None, f"the step summary cannot be written ({error.strerror or error}); {remedy}")
    return None


def text(report: Report, view: View, room: int) -> str:
    """The summary, in at most ``room`` bytes."""
    heading, columns, more = _WORDS[view.lang]
    head = "\n".join([f"### {heading}", "", *(f"{_plain(line)}  " for line in closing(report, view)), "", ""])
    rows = [_row(each) for each in noted(report, view)]
    table = f"{columns}\n|---|---|---|---|\n" if rows else ""
    room -= _size(head) + _size(table) + _RESERVE
    if room < 0:
        return ""
    kept = list(_fitting(rows, room))
    left = len(rows) - len(kept)
    return head + table + "".join(kept) + (f"\n{more.format(count=f'{left:,}')}\n" if left else "\n")


def _fitting(rows: list[str], room: int) -> Iterator[str]:
    for row in rows:
        room -= _size(row)
        if room < 0:
            return
        yield row


def _row(each: Annotation) -> str:
    cells = (each.severity, each.title, each.place, each.message)
    return f"| {' | '.join(map(_plain, cells))} |\n"


def _plain(text: str) -> str:
    """A text in which Markdown finds nothing to do."""
    return _MARKS.sub(lambda found: f"&#{ord(found[0])};", text)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
