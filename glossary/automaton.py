"""Finding many strings at once, whichever of two libraries is there.

daachorse is the faster; where it has no wheel (Linux on aarch64, musl), ahocorasick_rs finds the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from glossary import program
from glossary.errors import InputError

Hits = Sequence[tuple[int, int, int]]
Finder = Callable[[str], Hits]


def build(patterns: list[str]) -> Finder:
    """A function that gives every occurrence of every pattern, overlapping ones too, in no promised order.

    A hit is (start, end, index of the pattern); offsets are code points, half-open. The patterns must differ and none
    may be empty: ValueError. InputError where no library is there.
    """
    if not patterns:
        return _nothing
    if "" in patterns:
        raise ValueError("an empty pattern would match everywhere")
    return library()(patterns)


def library() -> Callable[[list[str]], Finder]:
    """`build_daachorse`, or `build_ahocorasick_rs` where only that can be; InputError where neither can.

    Whoever is to look for terms asks at once: else all work would be begun and every piece of it fail by itself.
    """
    try:
        import daachorse  # noqa: F401 — only whether it can be
    except ImportError as error:
        try:
            import ahocorasick_rs  # noqa: F401
        except ImportError:
            reason = f"cannot be imported ({error}), nor can ahocorasick_rs, and one of them must find the terms"
            raise InputError("daachorse", None, f"{reason}; pip install daachorse, or ahocorasick-rs") from None
        return build_ahocorasick_rs
    return build_daachorse


def build_daachorse(patterns: list[str]) -> Finder:
    """`build` with daachorse; ImportError where it is absent."""
    from daachorse import MATCH_KIND_STANDARD, CharwiseDoubleArrayAhoCorasick

    return CharwiseDoubleArrayAhoCorasick(patterns, MATCH_KIND_STANDARD).find_overlapping


def build_ahocorasick_rs(patterns: list[str]) -> Finder:
    """`build` with ahocorasick_rs; ImportError where it is absent."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    automaton = AhoCorasick(patterns, MatchKind.Standard)

    def find(text: str) -> Hits:
        return [(start, end, index) for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True)]

    return find


def packed(find: Finder) -> tuple[bytes, str] | None:
    """The automaton behind a function that `build` gave, as bytes, and what it was made by; None where it has none."""
    made = getattr(find, "__self__", None)
    return (made.serialize(), _maker()) if made is not None and hasattr(made, "serialize") else None


def unpacked(data: bytes, maker: str) -> Finder:
    """The function again. ValueError, or ImportError, where what is installed is not what made the bytes."""
    from daachorse import CharwiseDoubleArrayAhoCorasick

    if maker != _maker():
        raise ValueError("another version of the library made this automaton")
    return CharwiseDoubleArrayAhoCorasick.deserialize(data).find_overlapping


def _maker() -> str:
    """The library's file, as the system knows it: its version would cost more to ask for than is saved."""
    import daachorse

    return repr(sorted(program.stamps(os.path.dirname(daachorse.__file__))))  # noqa: PTH120 — pathlib comes later


def _nothing(text: str) -> Hits:
    return ()
