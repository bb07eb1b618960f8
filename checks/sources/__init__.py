"""The English titles and abstracts, by arXiv id.

A source file is JSON Lines, one ``{"arxiv_id", "title_en", "abstract_en"}`` a line. Reading them is all that the gate
does; ``python -m checks.sources`` brings them: from arXiv, or out of other files.
"""

from checks.sources.records import load

__all__ = ["load"]
