"""How each editor likes the app: kept in the store, so that it holds in every browser."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

import orjson

from checks.model import Language
from review_app.keys import Keys
from review_app.store import Preference, Store, StoreError
from review_app.store.store import now

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
"""The languages of the interface."""
_LANGUAGE: Final = "language"
_KEYS: Final = "keys"


class Preferences:
    """What editors prefer; a store that fails leaves them with what the app was started with."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def language(self, editor: str) -> Language | None:
        """The language of the interface that an editor chose."""
        with suppress(StoreError):
            kept = self._store.preference(editor, _LANGUAGE) if editor else None
            return next((known for known in LANGUAGES if known == kept), None)
        return None

    def choose_language(self, editor: str, lang: Language) -> bool:
        """Keep an editor's choice of language; False where that cannot be done."""
        return self._keep(editor, _LANGUAGE, lang)

    def keys(self, editor: str) -> Keys:
        """The keys of an editor."""
        with suppress(StoreError, orjson.JSONDecodeError):
            kept = orjson.loads(self._store.preference(editor, _KEYS) or "{}") if editor else {}
            if isinstance(kept, dict):
                return Keys({name: key for name, key in kept.items() if isinstance(key, str)})
        return Keys()

    def choose_keys(self, editor: str, keys: Keys) -> bool:
        """Keep what keys an editor chose; False where that cannot be done."""
        return self._keep(editor, _KEYS, orjson.dumps(keys.own).decode())

    def _keep(self, editor: str, name: str, value: str) -> bool:
        try:
            self._store.prefer(Preference(editor, name, value, now()))
        except StoreError:
            return False
        return True
