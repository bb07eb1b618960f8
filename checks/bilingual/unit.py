"""One pair of a bilingual file, and what files are refused."""

from __future__ import annotations

from dataclasses import dataclass

from checks.bilingual.content import Content
from checks.errors import InputError
from checks.model import Span


@dataclass(frozen=True, slots=True)
class Unit:
    """A source and its target. Spans are the file's."""

    key: str
    """Its id in the file; where there is none, ``#`` and twelve hex digits of the normalised source's hash."""
    start: int
    """Where it begins."""
    heading: Span
    """Where its source stands."""
    source: str
    """The source without its tags."""
    target: Content


class Damaged(ValueError):
    """What is wrong with a file, with the raw offset of the place."""

    def __init__(self, at: int, problem: str) -> None:
        super().__init__(problem)
        self.at = at

    def told(self, text: str, path: str) -> InputError:
        """The error, with the line."""
        return InputError(path, text.count("\n", 0, self.at) + 1, str(self))


_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def is_english(language: str) -> bool:
    """Whether a language tag (BCP 47, or the locale of a PO header) means English."""
    return _subtags(language)[0] == "en"


def is_chinese(language: str) -> bool:
    """Whether a language tag means Chinese in simplified characters, which is what the rules are for."""
    first, *others = _subtags(language)
    return first in ("zh", "cmn") and _TRADITIONAL.isdisjoint(others)


def refuse_languages(at: int, source: str, target: str) -> None:
    """Raise :class:`Damaged` where a file says that it is in other languages; an empty text says nothing."""
    if source and not is_english(source):
        raise Damaged(at, f"its source language is {source!r}; only files from English into Chinese are checked")
    if target and not is_chinese(target):
        raise Damaged(at, f"its target language is {target!r}; only simplified Chinese (zh, zh-CN, zh-Hans) is checked")


def _subtags(language: str) -> list[str]:
    return language.lower().partition(".")[0].replace("_", "-").split("-")
