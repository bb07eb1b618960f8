"""Which tokens are names, told by their shape.

A *name* is a token with capitals inside (RefVNLI) or with digits beside letters (GPT-4o); a plain word, an abbreviation
in capitals, a quantity (7B) and a compound (LLM-based) are none. A *lesser* name is one that the shape alone does not
make sure of: an acronym (MMLU) or a compound with one (Kimi-VL), a short mix of letters and digits (S2V).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from checks.namelist import LONGEST_TOKEN, WELL_KNOWN, fold

GREEK: Final = re.compile("[\u0391-\u03c9]")
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}|[A-Z]{2}[a-rt-z]|[A-Z]{2}s[A-Za-z]")
_RUN = re.compile(r"[A-Z]+|[^A-Z]+")
_MIXED = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])")
_QUANTITY = re.compile(r"[0-9]+(?:D[A-Z]{0,3}|[x×][A-Za-z0-9]*|[A-Za-z]{1,3}|times|[0-9]*)", re.ASCII)
_FORMAT = re.compile(
    r"(?:bf|fp|u?int|nf|mxfp|nvfp|tf|[wkvpaiu]|top|utf)[0-9]+|(?:BF|FP|INT|NF|MXFP|NVFP|TF|UTF)[0-9]+|W[0-9]+A[0-9]+|[LFU][0-9]|V?[0-9]s"
)
_INNER = re.compile(r"(?<=[A-Za-z0-9])[A-Z]")
_TITLED = re.compile(r"[A-Z][a-z]*")
_CROSSING = re.compile(r"[A-Z]{1,2}[0-9][A-Z]{1,2}")
_VERSION = re.compile(r"[vV]?[0-9]+[a-ce-wyzA-CE-WYZ]?")
_GENERIC = """
acc appendix at best chapter class covid day figure grade hit layer level mid multi non order over part pass phase post
pre precision rank recall round section stage step sub system table task tier top track type under version year
"""
_COMPOUND = """
agnostic as assisted augmented aware based bit by centric class compatible conditioned derived distilled driven enabled
enhanced equipped family free generated gpu gpus guided hop induced inspired level like machine native node only
oriented parameter powered related scale series shot specific stage step style time to token trained tuned turn type way
"""
_NAMING = "arena bench coder eval flash gym lite max mini nano plus preview pro turbo verified"
"""What makes a name of an abbreviation: SWE-bench, MMLU-Pro."""
_TAILS = f"{_NAMING} base chat dev huge instruct large math medium next oss small super tiny ultra xl"
"""What may end a name in lower case: FLUX.1-dev."""
_SHAPED = re.compile(r"[0-9]|[a-z][A-Z]|[A-Z]{2}[a-z]")
"""What the shape of every name has somewhere, but for those of _NAMING."""
_MARKED = re.compile("[A-Za-z0-9][A-Z]|[0-9\u0391-\u03c9]")
"""What every lesser name has somewhere."""
_NUMBERED = re.compile(r"(?:[A-Za-z]{1,4}[0-9]{1,3}(?:\.[0-9]{1,2})?){1,2}")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_WORDS: Final = frozenset({"PhD", "PhDs"})
_GENERIC_WORDS: Final = frozenset(_GENERIC.split())
_COMPOUND_WORDS: Final = frozenset(_COMPOUND.split())
_NAMING_WORDS: Final = frozenset(_NAMING.split())
_TAIL_WORDS: Final = frozenset(_TAILS.split())


@lru_cache(maxsize=8192)
def name_in(token: str) -> str | None:
    """The name that a token is, or that a compound begins with (GPT-4 of GPT-4-based); None where there is none."""
    if len(token) > LONGEST_TOKEN or "@" in token or "_" in token:
        return None
    if _SHAPED.search(token) is None and not token.partition("-")[0].isupper():
        return None  # Most words.
    words = _head(token)
    head = "-".join(words)
    return head if _is_shaped(words) and len(fold(head)) > 2 else None


@lru_cache(maxsize=8192)
def lesser_in(token: str, abbreviations: frozenset[str]) -> str | None:
    """What a token is, or a compound begins with, that may be a name: MMLU, Kimi-VL, S2V; None where there is none.

    The abbreviations of the glossary are terms; beside a capitalised word one may make a name (LLM-Microscope).
    """
    if len(token) > LONGEST_TOKEN or "@" in token or "_" in token:
        return None
    if _MARKED.search(token) is None:
        return None
    words = _head(token)
    titled = any(_TITLED.fullmatch(word) for word in words)
    marked = [word for word in words if _is_marked(word) or (titled and GREEK.fullmatch(word))]
    terms = [word for word in marked if word in abbreviations or word.removesuffix("s") in abbreviations]
    named = len(terms) < len(marked) or (len(marked) > 0 and titled)
    head = "-".join(words)
    return head if named and len(fold(head)) > 2 else None


def is_whole(token: str) -> bool:
    """Whether a compound may be a name as a whole: MaskGWM-long; but no GPT-4-based."""
    tails = token.split("-")[1:]
    return not any(word in _COMPOUND_WORDS or (word.isupper() and word.lower() in _COMPOUND_WORDS) for word in tails)


def _is_marked(word: str) -> bool:
    """Whether a word has a capital inside, or a digit beside a letter, and is no quantity or format."""
    if word in _WORDS or _QUANTITY.fullmatch(word.replace(".", "")) or _FORMAT.fullmatch(word.replace(".", "")):
        return False
    return _INNER.search(word) is not None or _MIXED.match(word) is not None


def _head(token: str) -> list[str]:
    """The words of a compound without those that make it one: GPT-4-based → GPT, 4."""
    words = token.split("-")
    while len(words) > 1 and _is_tail(words[-1]):
        words.pop()
    return words


def _is_tail(word: str) -> bool:
    plain = word.isascii() and word.isalpha() and word.islower()
    return word.casefold() in _COMPOUND_WORDS or (plain and word not in _TAIL_WORDS)


def _is_shaped(words: list[str]) -> bool:
    first, rest = words[0].casefold(), words[1:]
    if first in _GENERIC_WORDS and (len(rest) == 0 or rest[0].isdigit()):
        return False
    if any(_is_strong(word) for word in words):
        return True
    capital = first in WELL_KNOWN or any(word[:1].isalpha() and not word.islower() for word in words)
    if len(words) > 2 and capital and _CROSSING.fullmatch(words[-1]):
        return True
    versioned = any(_VERSION.fullmatch(word.replace(".", "")) for word in rest)
    return (capital and versioned) or (any(word.lower() in _NAMING_WORDS for word in rest) and words[0].isupper())


def _is_strong(word: str) -> bool:
    """Whether a part alone makes a name: RefVNLI, Qwen2.5, o1; no LLMs, 7B, FP16, T2I."""
    if _SHAPED.search(word) is None:
        return False
    if (
        word in _WORDS
        or _QUANTITY.fullmatch(word.replace(".", ""))
        or _FORMAT.fullmatch(word)
        or _CROSSING.fullmatch(word)
    ):
        return False
    singular = word[:-1] if word.endswith("s") and not word[:-1].islower() else word
    return bool(_CAMEL.search(singular) or _MIXED.match(singular))


@lru_cache(maxsize=8192)
def skeleton(token: str) -> str | None:
    """A few letters and a number, or twice that, without the numbers: ``o#`` of o3, ``W#A#`` of W4A16; else None."""
    return _NUMBER.sub("#", token) if _NUMBERED.fullmatch(token) else None


def is_camel(name: str) -> bool:
    """Whether the capitals of a name stand where its words begin: RefVNLI, no cOntext, ExtensivE, CLustering."""
    if any(char.isdigit() for char in name) or name.lower() in WELL_KNOWN:
        return True
    first, *rest = _RUN.findall(name)
    if first.islower():
        return len(first) < 3 and bool(rest) and len(rest[0]) > 1
    if name[-1].isupper() and len(rest) > 1 and len(rest[-1]) == 1 and len(rest[-2]) > 3:
        return False
    words = any(run.islower() and len(run) > 1 for run in rest)
    return (words and len(rest) > 1) or len(first) > 2


def is_capitals(token: str) -> bool:
    """Whether a token is four capitals or more: TTRL."""
    return len(token) > 3 and token.isalpha() and token.isupper()
