"""The words of the interface, one catalogue a language; both have the same keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from checks.model import Language
from review_app.locale import en, zh

CATALOGUES: Final[Mapping[Language, Mapping[str, str]]] = {"zh": zh.TEXTS, "en": en.TEXTS}


class Words:
    """The words of one language."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self.tag = "zh-Hans" if lang == "zh" else "en"
        """What HTML calls the language; without it, Han glyphs take the Japanese form on some machines."""
        self._texts = CATALOGUES[lang]

    def __call__(self, key: str, **args: object) -> str:
        """The text of a key with its arguments filled in."""
        return self._texts[key].format(**args)

    def family(self, prefix: str) -> dict[str, str]:
        """All texts whose keys begin with a prefix, by the rest of the key: what a widget needs."""
        return {key.removeprefix(prefix): text for key, text in self._texts.items() if key.startswith(prefix)}
