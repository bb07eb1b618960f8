"""How many injected name faults TRM009 and TRM010 find, on real entries.

    python -m tests.bench.inject_names [--seed 7] [--count 300] [--kind letter …] [--missed]

A name is here a Latin word with capitals or digits inside that stands letter by letter in the English and in the
Chinese, by plain regexes that share nothing with the rule's idea of one. One place is changed, so that a misspelling
may stand beside right spellings. A change that gives what the English holds as well, or an abbreviation of the
glossary, is no fault.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from checks.gate import Gate
from checks.model import Finding, Span
from checks.scene import SegmentScene
from glossary import Glossary
from tests.bench.injection import Change, Injection, Kind, Paper, is_about, run, touches

BAR: Final = 0.98
FEW_BAR: Final = 0.85
"""For names with spaces, of which there are some twenty; and for names dropped: some names have a Chinese too."""
CODES: Final = ("TRM009", "TRM010")
NEUTRAL: Final = "该方法"
"""Stands in for a name that is dropped."""
SIZES: Final = ("0.5", "1.5", "3", "7", "13", "34", "70", "72", "405")
_TORN: Final = r"A-Za-z0-9_/@+&'^*`$\\~=#\u00b0-\u03ff\u2200-\u22ff\ufdd0-\ufdef"
_WORD: Final = r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*"
_NAME = re.compile(rf"(?<![-.{_TORN}]){_WORD}(?![{_TORN}]|[-.(][A-Za-z0-9+\u4e00-\u9fff])")
_SPACED = re.compile(
    rf"(?<![-.{_TORN}])(?<![A-Za-z0-9] )[A-Z][A-Za-z]+ [0-9]+(?:\.[0-9]+)?(?: [A-Z][a-z]+)?"
    rf"(?![{_TORN}]|[-.%(][A-Za-z0-9]| [A-Za-z0-9])"
)
_INSIDE = re.compile(r"[A-Za-z0-9][A-Z]|[A-Za-z]-?[0-9]|[0-9][A-Za-z]{4}")
_QUANTITY = re.compile(
    r"(?:[0-9][0-9.]*[A-Za-z]{0,3}-?)+(?:-[a-z]+)*|[0-9]+x.*|(?:[a-z]+|Top|System|Stage)-[0-9]+|[A-Z]?[A-Z0-9]"
    r"|[a-zL][0-9][0-9.]*(?:-L[0-9])?|(?:fp|FP|bf|BF|int|INT)[0-9]+|W[0-9]+A[0-9]+(?:-[A-Z]+)?"
)
"""Sizes, versions, ranges and number formats: not names, but numbers."""
_SHORT = re.compile(
    rf"(?<![-.{_TORN}])[A-Za-z]{{1,4}}[0-9]{{1,3}}(?:\.[0-9])?(?![{_TORN}]|[-.(][A-Za-z0-9+\u4e00-\u9fff])"
)
"""Names and formats of a few letters and a number: o3, T5, FP16."""
_TAIL = re.compile(r"(?<=[0-9])[a-zV]$")
_COMPOUND = re.compile(r"(?:-[a-z]+)+$")
_SHORTEST_DROPPED: Final = 4
_DIGITS: Final = "0123456789"
_SMALL: Final = "abcdefghijklmnopqrstuvwxyz"
Spoil = Callable[[str, random.Random], Iterator[str]]
"""The ways to write a name wrongly."""


class Injector:
    """Looks for names, and writes them wrongly."""

    def __init__(self, glossary: Glossary) -> None:
        self._abbreviations = {form for term in glossary.terms for abbr in term.abbr for form in (abbr, abbr + "s")}

    def misspelt(
        self, kind: str, spoil: Spoil, paper: Paper, *, pattern: re.Pattern[str] = _NAME
    ) -> Iterator[Injection]:
        """One place of a name takes a wrong spelling."""
        english = _english(paper)
        held = {word for text in english for word in _words(text)}
        for field, name, at in self._names(paper, english, pattern):
            dice = random.Random(f"{paper.scene.entry.key} {kind} {at} {name}")
            start = at + field.offset
            for wrong in dict.fromkeys(spoil(name, dice)):
                if wrong != name and self._is_fault(name, wrong, english, held):
                    change = Change(start, start + len(name), wrong)
                    yield Injection(kind, paper, (change,), f"{name} → {wrong}", name)

    def renumbered(self, kind: str, spoil: Spoil, paper: Paper, *, pattern: re.Pattern[str]) -> Iterator[Injection]:
        """One place of a name takes the number, or the letter behind it, of another version."""
        english = _english(paper)
        held = {word for text in english for word in _words(text)}
        for field in paper.scene.terms.fields:
            for found in pattern.finditer(field.masked):
                name, start = found[0], found.start() + field.offset
                if name in self._abbreviations or not any(name in pattern.findall(text) for text in english):
                    continue
                dice = random.Random(f"{paper.scene.entry.key} {kind} {start} {name}")
                for wrong in dict.fromkeys(spoil(name, dice)):
                    if wrong not in held and wrong not in self._abbreviations:
                        change = Change(start, start + len(name), wrong)
                        yield Injection(kind, paper, (change,), f"{name} → {wrong}", name)

    def dropped(self, paper: Paper) -> Iterator[Injection]:
        """Every place of a name, and of the words that begin with it, gives way to something neutral."""
        english = _english(paper)
        for name in sorted({name for _, name, _ in self._names(paper, english, _NAME)}):
            # An abbreviation that the English explains may give way to the Chinese of its long form.
            explained = any(re.search(rf"\(\W*{re.escape(name)}s?\W*\)|{re.escape(name)} \(", text) for text in english)
            if len(name) < _SHORTEST_DROPPED or explained:
                continue
            shown = re.compile(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])")
            places = [at.span() for at in shown.finditer(paper.text, paper.scene.entry.heading.span.end)]
            changes = tuple(Change(*place, NEUTRAL) for place in places)
            injection = Injection("dropped", paper, changes, name, name)
            rest = injection.apply()[0][paper.scene.entry.heading.span.end :]
            parts = [part for part in re.split(r"[-.]", name) if len(part) > 1]
            if not any(part.casefold() in rest.casefold() for part in parts):
                yield injection

    def _names(
        self, paper: Paper, english: tuple[str, ...], pattern: re.Pattern[str]
    ) -> Iterator[tuple[SegmentScene, str, int]]:
        """Each place of each name, in offsets of its field."""
        for field in paper.scene.terms.fields:
            for found in pattern.finditer(field.masked):
                name = found[0]
                if self._is_name(name) and any(name in pattern.findall(text) for text in english):
                    yield field, name, found.start()

    def _is_name(self, name: str) -> bool:
        if " " in name:
            return True
        bare = _COMPOUND.sub("", name)
        known = all(part in self._abbreviations or part.islower() for part in re.split(r"[-.]", name))
        return _INSIDE.search(bare) is not None and not _QUANTITY.fullmatch(name) and not known and len(bare) > 2

    def _is_fault(self, name: str, wrong: str, english: tuple[str, ...], held: set[str]) -> bool:
        if wrong in held or wrong in self._abbreviations or any(wrong in text for text in english if len(wrong) > 3):
            return False
        # An s more or less is a plural; a part that the English has may have been put together: Qwen2.5-7B and 14B.
        if wrong.rstrip("s") == name.rstrip("s"):
            return False
        parts = set(re.split(r"[- ]", wrong)) - set(re.split(r"[- ]", name))
        return not parts or any(part not in held for part in parts)


def _english(paper: Paper) -> tuple[str, ...]:
    source = paper.scene.source
    return (paper.scene.entry.heading.text, *((source.title, source.abstract) if source else ()))


def _words(text: str) -> Iterator[str]:
    """The words of a text and the parts of each."""
    for word in re.findall(_WORD, text):
        yield word
        yield from re.split(r"-|\.(?![0-9])", word)
        yield from word.split("-")


def letter(name: str, dice: random.Random) -> Iterator[str]:
    """Another letter."""
    for at, old in enumerate(name):
        if old.isalpha():
            new = dice.choice([char for char in _SMALL if char != old.lower()])
            yield name[:at] + (new.upper() if old.isupper() else new) + name[at + 1 :]


def deleted(name: str, dice: random.Random) -> Iterator[str]:
    """A letter less."""
    for at, old in enumerate(name):
        if old.isalpha():
            yield name[:at] + name[at + 1 :]


def added(name: str, dice: random.Random) -> Iterator[str]:
    """A letter more, often one doubled."""
    for at, old in enumerate(name):
        if old.isalpha():
            new = dice.choice((old, dice.choice(_SMALL)))
            yield name[:at] + new + name[at:]


def swapped(name: str, dice: random.Random) -> Iterator[str]:
    """Two neighbours in the wrong order."""
    for at in range(len(name) - 1):
        if name[at].isalpha() and name[at + 1].isalpha() and name[at].lower() != name[at + 1].lower():
            yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def digit(name: str, dice: random.Random) -> Iterator[str]:
    """Another digit."""
    for at, old in enumerate(name):
        if old.isdigit():
            first = at == 0 or not name[at - 1].isdigit()
            yield name[:at] + dice.choice([new for new in _DIGITS[first:] if new != old]) + name[at + 1 :]


def digits(name: str, dice: random.Random) -> Iterator[str]:
    """A digit of several lost, or one more; or one behind a name without any."""
    for found in re.finditer(r"[0-9]+", name):
        start, end = found.span()
        if end - start > 1:
            at = dice.randrange(start, end)
            yield name[:at] + name[at + 1 :]
        yield name[:end] + dice.choice(_DIGITS) + name[end:]
    if not re.search("[0-9]", name):
        yield name + dice.choice(_DIGITS[2:])


def point(name: str, dice: random.Random) -> Iterator[str]:
    """A version without its last part, or with one more."""
    for found in re.finditer(r"(?<![0-9.])[0-9](?:\.[0-9])?(?![0-9.]|[BM]\b)", name):
        start, end = found.span()
        yield (
            name[: start + 1] + name[end:]
            if end - start > 1
            else f"{name[:end]}.{dice.choice(_DIGITS[1:])}{name[end:]}"
        )


def size(name: str, dice: random.Random) -> Iterator[str]:
    """Another size: 7B → 70B."""
    for found in re.finditer(r"(?<![0-9.A-Za-z])[0-9]+(?:\.[0-9]+)?(?=[BbMK]\b)", name):
        yield name[: found.start()] + dice.choice([new for new in SIZES if new != found[0]]) + name[found.end() :]


def hyphen(name: str, dice: random.Random) -> Iterator[str]:
    """A hyphen dropped, or added between letters and digits or where a word begins."""
    for at in re.finditer("-", name):
        yield name[: at.start()] + name[at.end() :]
    for at in _seams(name):
        yield f"{name[:at]}-{name[at:]}"


def space(name: str, dice: random.Random) -> Iterator[str]:
    """A space for a hyphen, a hyphen for a space, or a space in between."""
    for old, new in (("-", " "), (" ", "-")):
        for found in re.finditer(old, name):
            yield name[: found.start()] + new + name[found.end() :]
    for at in _seams(name):
        yield f"{name[:at]} {name[at:]}"


def _seams(name: str) -> Iterator[int]:
    for found in re.finditer(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[A-Za-z]{2})(?=[0-9])", name):
        yield found.start()


def case(name: str, dice: random.Random) -> Iterator[str]:
    """One letter, or all behind the first, in the other case."""
    for at, old in enumerate(name):
        if old.isalpha():
            yield name[:at] + old.swapcase() + name[at + 1 :]
    yield name[:1] + name[1:].lower()
    yield name.upper()


def tail(name: str, dice: random.Random) -> Iterator[str]:
    """The letter behind a version lost, or one more: GPT-4o."""
    if not name[0].isupper():
        return
    if _TAIL.search(name):
        yield name[:-1]
    elif name[-1].isdigit() and "-" in name:
        yield name + dice.choice("oV")


SPOILS: Final[Mapping[str, Spoil]] = {
    spoil.__name__: spoil
    for spoil in (letter, deleted, added, swapped, digit, digits, point, size, hyphen, space, case)
}


def kinds(gate: Gate) -> Mapping[str, Kind]:
    """Each kind of fault, and where it can be put."""
    injector = Injector(gate.glossary)
    found = {
        kind: Kind(CODES, partial(injector.misspelt, kind, spoil), BAR, about=_is_new) for kind, spoil in SPOILS.items()
    }
    for kind in ("letter", "digit", "space"):
        spaced = partial(injector.misspelt, f"spaced {kind}", SPOILS[kind], pattern=_SPACED)
        found[f"spaced {kind}"] = Kind(CODES, spaced, FEW_BAR, about=_is_new)
    for kind, spoil, pattern in (("tail", tail, _NAME), ("short", digit, _SHORT)):
        renumbered = partial(injector.renumbered, kind, spoil, pattern=pattern)
        found[kind] = Kind(CODES, renumbered, FEW_BAR, about=_is_new)
    found["dropped"] = Kind(CODES, injector.dropped, FEW_BAR, about=_is_named)
    return found


def _is_new(injection: Injection, finding: Finding, text: str, spans: Sequence[Span]) -> bool:
    """Whether it is about the fault, and not what another rule already said of the name in other words (LLMs → LMs)."""
    places = [Span(change.start, change.end) for change in injection.changes]
    old = (known for known in injection.paper.findings if known.code == finding.code and finding.code not in CODES)
    return is_about(injection, finding, text, spans) and not any(touches(known, places) for known in old)


def _is_named(injection: Injection, finding: Finding, text: str, spans: Sequence[Span]) -> bool:
    """Whether it says that this name is lost."""
    return finding.quote == injection.short


if __name__ == "__main__":
    sys.exit(run(__doc__, ("TRM",), kinds))
