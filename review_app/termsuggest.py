"""The likely other side of a term: what the digests in hand put in brackets behind a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from checks.model import SourceText
from checks.verdict import FileReport
from glossary.mining.english import key_of, singular
from glossary.mining.glosses import Glossed, by_phrase, glosses
from glossary.segmenter import words_of

MOST: Final = 4


def chinese_for(source: str, files: Iterable[FileReport], sources: Mapping[str, SourceText]) -> list[str]:
    """The renderings of an English phrase, or of an abbreviation, the best first."""
    *rest, last = source.split() or [""]
    phrase = " ".join([*rest, singular(last)])
    found = _glossed(files, sources, phrase)
    same = found.get(key_of(phrase)) or next((glossed for glossed in found.values() if source in glossed.abbrs), None)
    return same.best()[:MOST] if same is not None else []


def english_for(form: str, files: Iterable[FileReport], sources: Mapping[str, SourceText]) -> list[str]:
    """The English that a Chinese form stands before, the most frequent first."""
    found = _glossed(files, sources, form)
    counted = [(glossed.counts[form], glossed.english) for glossed in found.values() if glossed.counts[form]]
    return [english for _, english in sorted(counted, key=lambda pair: (-pair[0], pair[1]))][:MOST]


def _glossed(files: Iterable[FileReport], sources: Mapping[str, SourceText], words: str) -> dict[str, Glossed]:
    """The glosses of the entries whose Chinese, or whose English, holds the words."""
    pattern = re.compile(r"[\s-]+".join(map(re.escape, words.split())) or r"(?!)", re.IGNORECASE)
    chinese: list[list[str]] = []
    english: list[str] = []
    for report in files:
        for entry in report.digest.entries:
            known = sources.get(entry.arxiv_id) if entry.arxiv_id is not None else None
            told = f"{known.title}\n{known.abstract}" if known is not None else ""
            parts = [segment.masked for segment in (entry.title, entry.body) if segment is not None]
            if any(pattern.search(text) for text in (told, *parts)):
                chinese.append(parts)
                english.append(told)
    return by_phrase(glosses(chinese, english, words_of))
