"""The store: conveniences that may be lost. Decisions live in the files under version control."""

from review_app.store.engine import StoreError, shown
from review_app.store.store import Store
from review_app.store.tables import Draft, Event, Noted, Preference, Presence
from review_app.store.wanted import Found, Tally, Wanted

__all__ = [
    "Draft",
    "Event",
    "Found",
    "Noted",
    "Preference",
    "Presence",
    "Store",
    "StoreError",
    "Tally",
    "Wanted",
    "shown",
]
