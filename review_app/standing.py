"""Where an editor stands in the queue: the filters, the finding, and the place to go on from when it has gone."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Final

from review_app import address
from review_app.address import AT
from review_app.listing import Listing, Place
from review_app.outcome import Filters, Shown
from review_app.reports import Row, place_in_file
from review_app.service import Service

PAGE: Final = 25
"""Findings on a page of the list."""


class Standing:
    """A place in the queue; ``params`` is the address, ``memory`` the session."""

    def __init__(self, service: Service, params: MutableMapping[str, str], memory: MutableMapping[str, Any]) -> None:
        self._service = service
        self._params = params
        self._memory = memory

    @property
    def at(self) -> str:
        """The finding that the address names; empty for none."""
        return self._params.get(AT, "")

    @property
    def begun(self) -> bool:
        """Whether the editor has stood anywhere yet."""
        return self._memory.get("standing") is not None

    def filters(self) -> Filters:
        """The filters in the address."""
        return address.filters(self._params)

    def listing(self) -> Listing:
        """What the filters let through."""
        return self._service.index.of(self.filters())

    def choose(self, filters: Mapping[str, Any]) -> None:
        """Set the filters; the current finding stays if they let it through."""
        address.put(self._params, filters)
        if self.listing().index(self.at) < 0:
            self._leave()
        address.remember(self._params, self._memory)

    def turn(self, page: int) -> None:
        """Go to the first finding of a page, counted from 0."""
        rows = self.listing().rows
        if rows:
            self.go(rows[min(max(page, 0) * PAGE, (len(rows) - 1) // PAGE * PAGE)].id)

    def step(self, by: int, *, wrap: bool) -> bool:
        """Go on or back; False at an end, unless it goes round."""
        listing = self.listing()
        rows, index = listing.rows, listing.index(self.at)
        nearest = self.nearest(listing)
        if nearest is None:
            return True
        if index < 0:
            self.go(nearest.id)
        elif 0 <= index + by < len(rows) or wrap:
            self.go(rows[(index + by) % len(rows)].id)
        else:
            return False
        return True

    def go_on(self) -> None:
        """Go to the nearest finding that is left."""
        nearest = self.nearest(self.listing())
        if nearest is not None:
            self.go(nearest.id)
        else:
            self._leave()
            address.remember(self._params, self._memory)

    def go(self, number: str) -> None:
        """Go to a finding, if it is open."""
        if self._memory.get("editing") is None and self._service.finding(number) is not None:
            self._params[AT] = number

    def uncover(self, number: str) -> bool:
        """Go to a finding whatever the filters; True where they had to give way, the one by entry aside."""
        if self.listing().index(number) < 0:
            kept = {name: self._params.get(name, "") for name in address.FILTERS if name != "entry"}
            address.put(self._params, kept)
        hidden = self.listing().index(number) < 0
        if hidden:
            address.put(self._params, {})
        self.go(number)
        address.remember(self._params, self._memory)
        return hidden

    def place(self, path: str, entry: str) -> tuple[int, int]:
        """Where an entry stands among all: the number of its file, and where it begins in it."""
        checked = self._service.files.get(path)
        found = checked.report.digest.entries if checked is not None else ()
        start = next((each.span.start for each in found if each.key == entry), -1)
        return self._service.index.numbers.get(path, -1), start

    def nearest(self, listing: Listing) -> Row | None:
        """The first finding at or after the place where the editor stood, else the first."""
        standing: Place | None = self._memory.get("standing")
        return listing.nearest(standing if standing is not None else (0, (0, 0, "")))

    def stand(self, shown: Shown | None) -> None:
        """Say which finding is on the screen."""
        self._memory["shown"] = shown
        if shown is None:
            self._params.pop(AT, None)
            return
        if self.at != shown.id:
            self._params[AT] = shown.id
        number = self._service.index.numbers.get(shown.place.path, 0)
        self._memory["standing"] = (number, place_in_file(shown.finding))

    def _leave(self) -> None:
        self._params.pop(AT, None)
        self._memory.pop("standing", None)
