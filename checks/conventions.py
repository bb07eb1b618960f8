"""How a file writes what two norms write differently, and which way it mostly follows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from checks.brackets import pair_brackets
from checks.model import Digest, Segment, Span, Text
from checks.profile import PROFILES, Style
from checks.text import CODE, HAN, LETTER, MATH, is_han
from glossary.records import NamedTuple

UNITS: Final = (
    "[kKMGTP]i?B(?:/s|ps)?|[kKMGT]b(?:ps|it)|[mμµn]s|[kMG]?Hz|[kM]W|kWh|[mk]g|[kcmnμµ]m|dB|fps|FPS|[TGP]?FLOPS|min"
)
"""Regex: units of several letters. One letter (5 m, 10 s) is as often a name or a size (7B, 3D)."""
RANGE: Final = re.compile(
    rf"(?<![{LETTER}0-9.\-–—~～/:@_+$])(?P<left>\d{{1,9}}(?:\.\d{{1,6}})?)%? ?"
    rf"(?P<sign>-|–|—|~|～|--) ?(?P<right>\d{{1,9}}(?:\.\d{{1,6}})?)(?![\d/:@_]|[.\-–—~～]\d)"
)
"""Two numbers and the sign between them; :func:`is_range` tells whether it means a range."""
QUANTITY: Final = re.compile(
    rf"(?<![{LETTER}0-9.,\-_])\d{{1,9}}(?:[.,]\d{{1,9}})*(?P<space> ?)(?P<unit>{UNITS})(?![{LETTER}0-9\-_])"
)
"""A number and a unit."""
HYPHEN: Final = re.compile(rf"(?<=[{HAN}])(?P<space> - |-)(?=[{HAN}])")
"""A hyphen between Han."""
SPACING: Final = re.compile(
    rf"(?<=[{HAN}]) ?(?=[{LETTER}0-9{MATH}{CODE}])|(?<=[{LETTER}0-9%{MATH}{CODE}]) ?(?=[{HAN}])"
)
"""The place between Han and Latin, a digit, math or code: empty, or a space."""
_YEAR_AND_MONTH = re.compile(r"(?:19|20)\d\d (?:0[1-9]|1[0-2])")


class Use(NamedTuple):
    """One place where a file makes a choice; the span is the file's."""

    value: str
    span: Span


def is_range(found: re.Match[str]) -> bool:
    """Whether a match of :data:`RANGE` means a range: the numbers grow, and are no year and month."""
    left, right = found["left"], found["right"]
    return float(left) < float(right) and not _YEAR_AND_MONTH.fullmatch(f"{left} {right}")


def _brackets(segment: Segment) -> Iterator[tuple[str, int, int]]:
    masked = segment.masked
    for pair in pair_brackets(masked).pairs:
        before = masked[: pair.open].rstrip(" ")[-1:] if pair.open else ""
        if pair.kind == "round" and before and is_han(before):
            wide = {masked[pair.open], masked[pair.close]} == {"（", "）"}
            half = {masked[pair.open], masked[pair.close]} == {"(", ")"}
            if wide or half:
                yield "full" if wide else "half", pair.open, pair.close + 1


def _spaces(segment: Segment) -> Iterator[tuple[str, int, int]]:
    for found in SPACING.finditer(segment.masked):
        yield "one" if found.end() > found.start() else "none", max(0, found.start() - 1), found.end() + 1


def _ranges(segment: Segment) -> Iterator[tuple[str, int, int]]:
    for found in RANGE.finditer(segment.masked):
        if is_range(found):
            yield found["sign"], found.start(), found.end()


def _hyphens(segment: Segment) -> Iterator[tuple[str, int, int]]:
    for found in HYPHEN.finditer(segment.masked):
        yield "none" if found["space"] == "-" else "one", found.start() - 1, found.end() + 1


def _units(segment: Segment) -> Iterator[tuple[str, int, int]]:
    for found in QUANTITY.finditer(segment.masked):
        yield "one" if found["space"] else "none", found.start(), found.end()


_OPTIONS: Final[Mapping[str, Callable[[Segment], Iterable[tuple[str, int, int]]]]] = {
    "brackets": _brackets,
    "spacing": _spaces,
    "range": _ranges,
    "hyphen_space": _hyphens,
    "unit_space": _units,
}
LABELS: Final[Mapping[str, Mapping[str, Text]]] = {
    "brackets": {"half": Text("half-width brackets", "半角括号"), "full": Text("full-width brackets", "全角括号")},
    "spacing": {
        "one": Text("Latin set off by a space", "中西文之间空格"),
        "none": Text("Latin without a space", "中西文之间不空格"),
    },
    "range": {sign: Text(f"ranges with “{sign}”", f"范围用“{sign}”") for sign in ("-", "–", "—", "~", "～", "--")},
    "hyphen_space": {
        "one": Text("hyphens with spaces", "连字符两侧空格"),
        "none": Text("hyphens without spaces", "连字符两侧不空格"),
    },
    "unit_space": {
        "one": Text("units after a space", "数字与单位之间空格"),
        "none": Text("units without a space", "数字与单位之间不空格"),
    },
}
"""What the values of an option are called."""


def open_options(style: Style) -> tuple[str, ...]:
    """The options that the style leaves to the file, or does not speak of."""
    return tuple(option for option in _OPTIONS if getattr(style, option) in ("consistent", "off"))


def uses(option: str, digest: Digest) -> list[Use]:
    """Where the Chinese of a file makes this choice, in order."""
    found: list[Use] = []
    for entry in digest.entries:
        for segment in (entry.title, entry.body):
            if segment is not None:
                start = segment.span.start
                found += (Use(value, Span(start + a, start + b)) for value, a, b in _OPTIONS[option](segment))
    return found


def majority(option: str, found: Iterable[Use], style: Style) -> str | None:
    """The value that most of the uses have; between equals the profile's; None where there are none."""
    counts = Counter(use.value for use in found)
    if not counts:
        return None
    preferred = getattr(PROFILES[style.profile], option)
    return max(counts, key=lambda value: (counts[value], value == preferred, value))


def settle(style: Style, digest: Digest) -> Style:
    """The style with the file's own convention in the place of every `consistent`."""
    for option in _OPTIONS:
        if getattr(style, option) == "consistent":
            value = majority(option, uses(option, digest), style) or getattr(PROFILES[style.profile], option)
            chosen: dict[str, Any] = {option: value}
            style = style._replace(**chosen)
    return style
