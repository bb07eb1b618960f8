"""How English words change their ends."""

from __future__ import annotations

from functools import lru_cache

from glossary.folding import is_latin

_VOWELS = frozenset("aeiouy")
# Words whose final s is no plural.
_NO_PLURAL = ("ss", "us", "is", "as", "ics")


def plural(word: str) -> str:
    """The plural of a lower-case word."""
    stem, endings = inflected(word, False)
    if stem != word and endings[0] == "y":
        return stem + "ies"
    return word + ("es" if "es" in endings and stem == word else "s")


def ending(last: str, exact: bool, compound: bool) -> tuple[str, tuple[str, ...]]:
    """The last word of a form as a stem and the endings that may follow it."""
    if not is_latin(last[-1]):
        return last, ("",)
    if exact:
        return last, ("", "s")
    return inflected(last, compound)


@lru_cache(maxsize=65536)
def inflected(word: str, compound: bool) -> tuple[str, tuple[str, ...]]:
    """A lower-case word as a stem and the endings that may follow it."""
    cut = 0
    endings: tuple[str, ...] = ("", "s")
    if word.endswith("ing") and len(word) > 5 and not _VOWELS.isdisjoint(word[:-3]):
        cut, endings = 3, ("ing", "ings", "e", "ed", "es")
    elif word.endswith("y") and len(word) > 2 and word[-2] not in "aeiou":
        cut, endings = 1, ("y", "ies")
    elif word.endswith("is") and len(word) > 4:
        cut, endings = 2, ("is", "es")
    elif word.endswith(("ix", "ex")) and len(word) > 4:
        cut, endings = 2, (word[-2:], "ices", word[-2:] + "es")
    elif compound and word.endswith("s") and len(word) > 4 and not word.endswith(_NO_PLURAL):
        cut, endings = 1, ("s", "")
    elif word.endswith(("s", "x", "z", "ch", "sh")):
        endings = ("", "es")
    elif not word[-1].isalpha():
        endings = ("",)
    return word[: len(word) - cut], endings
