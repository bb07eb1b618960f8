"""The words of the interface: one module a page, each key with its Chinese and, beside it, its English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from checks.model import Language
from review_app.locale import bulk, comments, common, overview, quality, queue, record, settings, terms

_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
TEXTS: Final[dict[str, tuple[str, str]]] = {
    **common.TEXTS,
    **overview.TEXTS,
    **quality.TEXTS,
    **queue.TEXTS,
    **comments.TEXTS,
    **bulk.TEXTS,
    **terms.TEXTS,
    **record.TEXTS,
    **settings.TEXTS,
}
"""Keys → texts in Chinese and in English; ``{name}`` stands for an argument."""


class Words:
    """The words of one language; ``given`` are arguments that any text may want, like the keys of a person."""

    def __init__(self, lang: Language, given: Mapping[str, str] | None = None) -> None:
        self.lang = lang
        self._given = given or {}
        self.tag = "zh-Hans" if lang == "zh" else "en"
        """What HTML calls the language; without it, Han glyphs take the Japanese form on some machines."""
        self._column = _LANGUAGES.index(lang)

    def __call__(self, key: str, **args: object) -> str:
        """The text of a key with its arguments filled in."""
        return TEXTS[key][self._column].format(**{**self._given, **args})

    def family(self, prefix: str) -> dict[str, str]:
        """All texts whose keys begin with a prefix, by the rest of the key: what a widget needs."""
        return {key.removeprefix(prefix): pair[self._column] for key, pair in TEXTS.items() if key.startswith(prefix)}
