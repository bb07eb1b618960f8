"""The open findings in order, indexed once after each change instead of at each look."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from checks.model import Severity
from review_app.outcome import Filters
from review_app.reports import Checked, Row, place_in_file

_KEPT: Final = 32
"""Filters whose lists are kept: some for each editor at work."""
Place = tuple[int, tuple[int, int, str]]
"""The number of a file and the order in it."""


class Listing:
    """What one filter lets through."""

    def __init__(self, rows: list[Row], index: Index) -> None:
        self.rows = rows
        self._index = index

    def index(self, number: str) -> int:
        """Where a finding stands in the list; -1 where it does not."""
        place = self._index.place(number)
        if place is None:
            return -1
        at = bisect_left(self.rows, place, key=self._index.place_of)
        while at < len(self.rows) and self.rows[at].id != number and self._index.place_of(self.rows[at]) == place:
            at += 1
        return at if at < len(self.rows) and self.rows[at].id == number else -1

    def nearest(self, place: Place) -> Row | None:
        """The first finding at or after a place, else the first; None of an empty list."""
        if not self.rows:
            return None
        at = bisect_left(self.rows, place, key=self._index.place_of)
        return self.rows[at if at < len(self.rows) else 0]


class Stop(NamedTuple):
    """An entry of a file that somebody has commented on."""

    path: str
    entry: str
    title: str
    finding: str | None
    """The id of its first open finding; None where nothing is open in it."""
    order: tuple[int, int]
    """The number of its file, and where it begins in it."""


class Index:
    """All open findings of some files as they are now; ``comments`` is how many are open of each entry."""

    def __init__(self, files: Mapping[str, Checked], comments: Mapping[str, int]) -> None:
        self._files = files
        self.comments = comments
        self.numbers = {path: number for number, path in enumerate(files)}
        self.all = Listing([row for checked in files.values() for row in checked.rows], self)
        self._listings: OrderedDict[Filters, Listing] = OrderedDict()

    def place_of(self, row: Row) -> Place:
        """Where a row stands among all."""
        return self.numbers[row.path], row.order

    def place(self, number: str) -> Place | None:
        """Where an open finding stands among all; None where there is none of this id."""
        for path, checked in self._files.items():
            finding = checked.by_id.get(number)
            if finding is not None:
                return self.numbers[path], place_in_file(finding)
        return None

    def is_of(self, files: Mapping[str, Checked], comments: Mapping[str, int]) -> bool:
        """Whether these are the reports, and the comments, that were indexed."""
        return (
            self.comments is comments
            and list(files) == list(self._files)
            and all(files[path] is self._files[path] for path in files)
        )

    def of(self, filters: Filters) -> Listing:
        """What a filter lets through."""
        if filters == Filters():
            return self.all
        found = self._listings.get(filters)
        if found is None:
            found = self._listings[filters] = Listing(self._chosen(filters), self)
            if len(self._listings) > _KEPT:
                self._listings.popitem(last=False)
        return found

    @cached_property
    def codes(self) -> Counter[str]:
        """How many findings each rule has."""
        return self._counted(lambda code, _: code)

    @cached_property
    def severities(self) -> Counter[str]:
        """How many findings of each severity there are."""
        return self._counted(lambda _, severity: severity)

    @cached_property
    def paths(self) -> dict[str, int]:
        """How many findings each file has, in the order of the gate; files without any left out."""
        return {path: len(checked.rows) for path, checked in self._files.items() if checked.rows}

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """The entries with open comments, in order; one of several files is told once if nothing is open in it."""
        found: list[Stop] = []
        settled: set[str] = set()
        for path, checked in self._files.items() if self.comments else ():
            first: dict[str | None, str] = {}
            for row in checked.rows:
                if row.entry in self.comments:
                    first.setdefault(row.entry, row.id)
            seen: set[str] = set()
            for entry in checked.report.digest.entries:
                finding = first.get(entry.key)
                if entry.key not in self.comments or entry.key in (seen if finding is not None else settled):
                    continue
                (seen if finding is not None else settled).add(entry.key)
                title = (entry.title or entry.heading).text
                found.append(Stop(path, entry.key, title, finding, (self.numbers[path], entry.span.start)))
        return tuple(found)

    def _counted(self, name: Callable[[str, Severity], str]) -> Counter[str]:
        counts = Counter[str]()
        for checked in self._files.values():
            for (code, severity), count in checked.counts.items():
                counts[name(code, severity)] += count
        return counts

    def _chosen(self, filters: Filters) -> list[Row]:
        files = [self._files[path] for path in self._files if not filters.paths or path in filters.paths]
        rows = [row for checked in files for row in checked.rows if filters.lets(row)]
        if filters.commented:
            rows = [row for row in rows if row.entry in self.comments]
        if not filters.text:
            return rows
        wanted = filters.text.casefold()
        entries = self._holding(files, wanted)
        return [row for row in rows if (row.path, row.entry) in entries or wanted in row.quote.casefold()]

    @staticmethod
    def _holding(files: Sequence[Checked], wanted: str) -> set[tuple[str, str]]:
        """The entries in which a case-folded text stands."""
        return {
            (checked.report.digest.path, entry.key)
            for checked in files
            for entry in checked.report.digest.entries
            if wanted in checked.report.digest.text[entry.span.start : entry.span.end].casefold()
        }
