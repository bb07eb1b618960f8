"""How many injected punctuation faults the format rules find, on real entries.

    python -m tests.bench.inject_punctuation [--seed 7] [--count 300] [--kind turned-quote …] [--missed]

A fault is a change to a mark that stands there; nothing here asks the rules under test where that is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from checks.gate import Gate
from checks.model import Field, Finding, Span
from checks.scene import SegmentScene
from checks.text import HAN, has_han
from tests.bench.injection import Change, Injection, Judge, Kind, Paper, is_about, run

BAR: Final = 0.97
RIVALS: Final = {
    "FMT007": ("FMT002", "FMT006"),
    "FMT009": ("FMT008",),
    "FMT010": ("FMT006", "FMT011"),
    "FMT011": ("FMT006", "FMT010"),
    "FMT012": ("FMT002", "FMT013"),
    "FMT014": ("FMT006", "FMT010"),
    "FMT015": ("FMT006", "FMT010"),
    "DIG007": ("DIG008",),
    "DIG008": ("DIG007",),
}
"""The rules that could say the same of the same place."""

Edits = tuple[tuple[int, int, str], ...]
"""Changes in offsets of a field."""
Faults = Callable[[SegmentScene], Iterator[Edits]]

_QUOTED = re.compile(r"“([^“”‘’\n]{1,40})”")
_BEFORE_STOP = re.compile(rf"(?<=[{HAN}])。")
_COMMA = re.compile(rf"(?<=[{HAN}])，(?=[{HAN}])")
_DASH = re.compile(rf"(?<=[{HAN}A-Za-z0-9)])——(?=[{HAN}])")
_LIST_END = re.compile(r"等(?=[，。])")
_LATIN_BRACKET = re.compile(r"[(（][A-Z][A-Za-z -]{4,60}(, ?)[A-Z][A-Za-z-]{1,10}[)）]")
_GROUPED = re.compile(r"(?<![\d,.])\d{1,3}(,)\d{3}(?![\d,])")
_DECIMAL = re.compile(r"(?<![\d.A-Za-z-])\d{1,3}(\.)\d{1,2}(?![\d.])")
_PERCENT = re.compile(r"(?<=\d)%")


def _each(pattern: re.Pattern[str], *news: str, group: int = 0) -> Faults:
    """Each match, or a group of it, replaced by each of these."""

    def faults(scene: SegmentScene) -> Iterator[Edits]:
        for found in pattern.finditer(scene.masked):
            for new in news:
                yield ((*found.span(group), new),)

    return faults


def _quotes(*pairs: str) -> Faults:
    """The quotes of a quotation replaced by each of these pairs; `.` leaves out a half."""

    def faults(scene: SegmentScene) -> Iterator[Edits]:
        for found in _QUOTED.finditer(scene.masked):
            for pair in pairs:
                first, last = (mark.replace(".", "") for mark in pair)
                edits = ((found.start(), found.start() + 1, first), (found.end() - 1, found.end(), last))
                yield tuple(edit for edit in edits if scene.masked[edit[0] : edit[1]] != edit[2])

    return faults


def _nested(scene: SegmentScene) -> Iterator[Edits]:
    for found in _QUOTED.finditer(scene.masked):
        middle = found.start() + 1 + len(found[1]) // 2
        if len(found[1]) > 4:
            yield ((found.start() + 2, found.start() + 2, "“"), (middle + 1, middle + 1, "”"))


def _at_end(new: str) -> Faults:
    def faults(scene: SegmentScene) -> Iterator[Edits]:
        if re.search(rf"[{HAN}]$", scene.masked):
            yield ((len(scene.text), len(scene.text), new),)

    return faults


def _without_stop(scene: SegmentScene) -> Iterator[Edits]:
    if re.search(rf"[{HAN}]。$", scene.masked):
        yield ((len(scene.text) - 1, len(scene.text), ""),)


def _exchanged(other: Field) -> Faults:
    """A field that says what another one says."""

    def faults(scene: SegmentScene) -> Iterator[Edits]:
        segment = scene.entry.segments.get(other)
        if segment is not None and has_han(segment.text) == (other == "title") and len(segment.text) > 20:
            yield ((0, len(scene.text), segment.text),)

    return faults


def _says(code: str) -> Judge:
    """Whether a finding is about a fault: by its code, for what is lost leaves no place, or by its place."""

    def judge(injection: Injection, finding: Finding, text: str, spans: Sequence[Span]) -> bool:
        return finding.code == code or (finding.code in RIVALS[code] and is_about(injection, finding, text, spans))

    return judge


def _kind(name: str, code: str, field: Field, faults: Faults, bar: float = BAR) -> tuple[str, Kind]:
    def candidates(paper: Paper) -> Iterator[Injection]:
        scene = paper.scene.segments.get(field)
        for edits in faults(scene) if scene is not None else ():
            changes = tuple(Change(start + scene.offset, end + scene.offset, new) for start, end, new in edits)
            shown = scene.text[max(0, edits[0][0] - 8) : edits[-1][1] + 8]
            yield Injection(
                name, paper, changes, f"{shown!r} → {[edit[2] for edit in edits]}", tuple(edit[2] for edit in edits)
            )

    return name, Kind((code, *RIVALS[code]), candidates, bar, _says(code))


def kinds(_gate: Gate) -> Mapping[str, Kind]:
    """The kinds of fault, by name."""
    return dict(
        (
            _kind("comma-in-bracket", "FMT007", "body", _each(_LATIN_BRACKET, "，", group=1)),
            _kind("comma-in-number", "FMT007", "body", _each(_GROUPED, "，", group=1)),
            _kind("point-in-number", "FMT007", "body", _each(_DECIMAL, "．", group=1)),
            # Without the number in the English, it may end a sentence.
            _kind("stop-in-number", "FMT007", "body", _each(_DECIMAL, "。", group=1), 0.9),
            _kind("percent", "FMT007", "body", _each(_PERCENT, "％")),
            _kind("turned-quote", "FMT009", "body", _quotes("””", "““", "”“")),
            _kind("lost-quote", "FMT009", "body", _quotes(".”", "“.")),
            _kind("half-straight", "FMT009", "body", _quotes('“"', '"”')),
            _kind("single-quotes", "FMT009", "body", _quotes("‘’")),
            _kind("nested-quotes", "FMT009", "body", _nested),
            _kind("doubled-mark", "FMT010", "body", _each(_COMMA, "，，", "，,", ",,")),
            _kind("doubled-stop", "FMT010", "body", _each(_BEFORE_STOP, "。。", "!!", "！！")),
            _kind("clash", "FMT010", "body", _each(_BEFORE_STOP, "，。", "。，", "；。")),
            _kind("ellipsis", "FMT011", "body", _each(_LIST_END, "...", "…", "。。。", "......")),
            _kind("dash", "FMT012", "body", _each(_DASH, " -- ", "--", " — ", "---", "———")),
            _kind("title-stop", "FMT014", "title", _at_end("。")),
            _kind("title-point", "FMT014", "title", _at_end(".")),
            _kind("final-stop", "FMT015", "body", _without_stop),
            _kind("chinese-heading", "DIG007", "heading", _exchanged("title")),
            _kind("english-title", "DIG008", "title", _exchanged("heading")),
        )
    )


if __name__ == "__main__":
    sys.exit(run(__doc__, (*RIVALS, "FMT002", "FMT006", "FMT008", "FMT013"), kinds))
