"""Terms, and where they stand in English and Chinese text.

    >>> from glossary import load_layers, shipped
    >>> terms = load_layers([shipped()])
    >>> [use.term.source for match in terms.matcher.source("Fine-tuned LLMs") for use in match.uses]
    ['fine-tuning', 'large language model']

All offsets are code points, half-open.
"""

from __future__ import annotations

from glossary.abbreviations import Expansion, expansions
from glossary.errors import GlossaryError
from glossary.files import load_layers, shipped
from glossary.matcher import Match, Matcher, TargetScan, Use
from glossary.model import Glossary, Term

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
