"""A bilingual file as a digest: entries where its units stand, and behind them the text that the rules read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import PurePath
from typing import Final

from checks.bilingual import po, tables, tmx, xliff
from checks.bilingual.targets import Targets
from checks.bilingual.unit import Damaged, Unit
from checks.errors import InputError
from checks.model import Digest, Entry, Segment, Span
from glossary.remote import name_of

LARGEST: Final = 1 << 26
"""Characters of the largest file that is read; it takes ten to twenty times as many bytes of memory."""

_READERS: Final[dict[str, Callable[[str], Sequence[Unit]]]] = {
    ".xlf": xliff.units,
    ".xliff": xliff.units,
    ".tmx": tmx.units,
    ".po": po.units,
    ".csv": tables.units,
}


def read(text: str, path: str) -> Digest:
    """Read a bilingual file; raises :class:`InputError` for one that cannot be judged.

    Units without a target are no entries: nobody has translated them yet.
    """
    if len(text) > LARGEST:
        raise InputError(path, None, f"holds more than {LARGEST:,} characters; split it")
    try:
        units = _READERS[PurePath(name_of(path)).suffix.lower()](text)
    except Damaged as error:
        raise error.told(text, path) from None
    translated = [unit for unit in units if unit.target.text.strip()]
    starts = [unit.start for unit in translated]
    ends = pairwise((*starts, len(text)))
    entries = tuple(
        _entry(number, Span(*span), unit, text)
        for number, (span, unit) in enumerate(zip(ends, translated, strict=True))
    )
    prelude = Span(0, starts[0] if starts else len(text))
    return Digest(path, text, entries, (), prelude, Targets(path, text, translated))


def _entry(index: int, span: Span, unit: Unit, text: str) -> Entry:
    """A unit as the reports show it."""

    def segment(field: str, place: Span) -> Segment:
        raw = text[place.start : place.end]
        return Segment("heading" if field == "heading" else "body", place, raw, raw)

    return Entry(
        index=index,
        span=span,
        parts=(span,),
        key=unit.key,
        arxiv_id=None,
        level=0,
        heading=segment("heading", unit.heading),
        title=None,
        link=None,
        link_line=None,
        body=segment("body", unit.target.span),
    )
