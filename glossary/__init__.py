"""Terms, and where they stand in English and Chinese text.

    >>> from glossary import load_layers, shipped
    >>> terms = load_layers([shipped()])
    >>> [use.term.source for match in terms.matcher.source("Fine-tuned LLMs") for use in match.uses]
    ['fine-tuning', 'large language model']

All offsets are code points, half-open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = [
    "Expansion",
    "Glossary",
    "GlossaryError",
    "Match",
    "Matcher",
    "TargetScan",
    "Term",
    "Use",
    "expansions",
    "load_layers",
    "shipped",
]

if TYPE_CHECKING:
    from glossary.abbreviations import Expansion, expansions
    from glossary.errors import GlossaryError
    from glossary.files import load_layers, shipped
    from glossary.matcher import Match, Matcher, TargetScan, Use
    from glossary.model import Glossary, Term
else:
    _HOMES = {
        "abbreviations": "Expansion expansions",
        "errors": "GlossaryError",
        "files": "load_layers shipped",
        "matcher": "Match Matcher TargetScan Use",
        "model": "Glossary Term",
    }
    _HOME = {name: module for module, names in _HOMES.items() for name in names.split()}

    def __getattr__(name: str) -> object:
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
