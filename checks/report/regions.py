"""Regions of a file as SARIF counts them."""

from __future__ import annotations

import base64
from typing import Final

from checks.model import Edit, Span
from checks.text import LineIndex

BOM: Final = "\ufeff"


class Regions:
    """From spans to regions: lines and columns 1-based, columns in code points, ends exclusive.

    SARIF counts as if a BOM were not there, and knows no line behind the last line feed: the end of
    the file is a column of its last line.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = LineIndex(text)
        self._bom = text.startswith(BOM)

    def region(self, span: Span) -> dict[str, object]:
        """The region of a span."""
        (line, column), (end_line, end_column) = self._place(span.start), self._place(span.end)
        return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}

    def replacement(self, edit: Edit) -> dict[str, object]:
        """An edit. One that touches the BOM, which is no part of the text, is given in bytes."""
        if self._bom and edit.start == 0 < edit.end:
            length = len(self._text[: edit.end].encode())
            content = base64.b64encode(edit.text.encode()).decode()
            return {
                "deletedRegion": {"byteOffset": 0, "byteLength": length},
                "insertedContent": {"binary": content},
            }
        return {
            "deletedRegion": self.region(Span(edit.start, edit.end)),
            "insertedContent": {"text": edit.text},
        }

    def _place(self, offset: int) -> tuple[int, int]:
        line, column = self._lines.place(offset)
        if line > 1 and offset == self._lines.starts[-1] == len(self._text):
            line -= 1
            column = offset - self._lines.starts[line - 1] + 1
        if self._bom and line == 1 and offset > 0:
            column -= 1
        return line, column
