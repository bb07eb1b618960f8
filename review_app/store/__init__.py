"""The store: conveniences that may be lost. Decisions live in the files under version control."""

from review_app.store.store import Store, StoreError
from review_app.store.tables import Draft, Event

__all__ = ["Draft", "Event", "Store", "StoreError"]
