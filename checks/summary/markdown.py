"""A summary as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checks.quality.markdown import cell, table
from checks.summary.page import Block, Heading, Paragraph, Table


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The page, without line feeds. Bars are left to the tables, which have the same figures."""
    for block in blocks:
        if isinstance(block, Heading):
            yield f"{'#' * block.level} {cell(block.text)}"
        elif isinstance(block, Paragraph):
            yield (f"**{cell(block.lead)}** " if block.lead else "") + cell(block.text)
        elif isinstance(block, Table) and block.rows:
            yield from table(block.head, block.rows)
        else:
            continue
        yield ""
