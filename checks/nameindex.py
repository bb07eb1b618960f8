"""The names of an English text, and which of them a Chinese spelling may stand for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from checks.namelist import LONGEST_TOKEN, TOKEN, WELL_KNOWN, fold, is_camel, is_capitals, name_in, plain, recased
from checks.namelist import parts as parts_of
from checks.names import gloss
from checks.slips import Slips
from checks.text import mask

LONGEST_SEQUENCE: Final = 4
"""Words of a name with spaces: Gemini 1.5 Pro."""
_MOST_NAMES: Final = 2000
_MOST_PARTS: Final = 10
_SCRIPT = re.compile(r"[\\$^{}]")
_ABBREVIATED = re.compile(
    r"(?: (?:[A-Z][A-Za-z-]{0,30}|and|as|for|in|of|the|via|with)){0,5} ?"
    r"\((?:[A-Za-z0-9-]{0,10}[A-Z]){2}[A-Za-z0-9-]{0,10}\)"
)
_BROKEN = re.compile(r"(?<=[A-Za-z0-9])- (?=[A-Za-z0-9])")
_BARE = re.compile(r"v?\d+(?:\.\d+)*")
_OPENING: Final = 3


class Piece(NamedTuple):
    """A token, or several with a space between, in offsets of the text; ``text`` has plain hyphens."""

    start: int
    end: int
    text: str


def tokens(text: str) -> list[Piece]:
    """The tokens of a text that are not too long for a name."""
    found = (Piece(token.start(), token.end(), plain(token[0])) for token in TOKEN.finditer(text))
    return [piece for piece in found if len(piece.text) <= LONGEST_TOKEN]


def longer(text: str, found: Sequence[Piece], number: int) -> list[Piece]:
    """The sequences of two tokens and more that begin with one of them, shortest first."""
    sequences = [found[number]]
    for after in found[number + 1 : number + LONGEST_SEQUENCE]:
        last = sequences[-1]
        if after.start != last.end + 1 or text[last.end] != " ":
            break
        sequences.append(Piece(last.start, after.end, f"{last.text} {after.text}"))
    return sequences[1:]


class NameIndex:
    """What an English text holds: every spelling, and the names by what they can be mistaken for."""

    def __init__(self, texts: Sequence[str], abbreviations: Collection[str]) -> None:
        self._abbreviations = abbreviations
        different = [plain(mask(text)) for text in dict.fromkeys(texts)]
        self.heading = len(different[0])
        """Where the heading ends in ``text``."""
        self.text = "\n".join(different)
        whole = "\n".join(plain(text) for text in dict.fromkeys(texts))
        self._whole = "\n".join(dict.fromkeys((whole, _SCRIPT.sub("", whole), _BROKEN.sub("-", whole))))
        self.known = set(TOKEN.findall(self._whole))
        """Every token that the English holds, in addresses, code and math too, and every part of one."""
        for token in [token for token in self.known if not token.isalpha()]:
            self.known.update(_runs(token))
            self.known.update(parts_of(token)[:_MOST_PARTS])
        self.named: dict[str, Counter[str]] = defaultdict(Counter)
        """Names by what is left of them without hyphens, spaces and case; how often each spelling stands there."""
        self.names: dict[str, int] = {}
        """The names of one word, with the offset in ``text`` of the first."""
        self._counts: Counter[str] = Counter()
        self._sequences: set[str] = set()
        self._listed: dict[str, bool] = {}
        found = tokens(self.text)
        for number, token in enumerate(found):
            sequences = longer(self.text, found, number)
            self._sequences.update(piece.text for piece in sequences)
            if len(self.named) < _MOST_NAMES and not (token.text.isalpha() and token.text.islower()):
                self._name(token, sequences)
        self._openings = {folded[:_OPENING] for folded in self.named}

    def _name(self, token: Piece, sequences: list[Piece]) -> None:
        name = None if token.text[1:].islower() and token.text.isalpha() else name_in(token.text)
        if name is not None and not self._is_torn(token):
            self.names.setdefault(name, token.start)
            self._counts[name] += 1
            for spelling in {name, *(run for run in _runs(name) if name.startswith(run) and name_in(run) == run)}:
                self.named[fold(spelling)][spelling] += 1
        for piece in sequences:
            words = piece.text.split(" ")
            joined = "-".join(words)
            if words[0][0].islower() or (words[-1][0].islower() and name_in(words[-1]) is None):
                break
            if name_in(joined) == joined and not self._is_torn(piece):
                self.named[fold(joined)][piece.text] += 1

    def _is_torn(self, piece: Piece) -> bool:
        """Whether hidden math touches the word: it is not all of the name."""
        before, after = self.text[max(0, piece.start - 1) : piece.start], self.text[piece.end : piece.end + 2]
        if before == "-" or any(char in "^_$\\" or "\ufdd0" <= char <= "\ufdef" for char in before + after[:1]):
            return True
        return after[:1] in ("-", "(") and after[1:].strip() != ""

    def opens(self, token: str) -> bool:
        """Whether a name may begin with this word."""
        folded = fold(token)
        return folded[:_OPENING] in self._openings or len(folded) < _OPENING

    def holds(self, spelling: str) -> bool:
        """Whether the English writes this, an s at the end more or less."""
        if " " in spelling:
            return spelling in self._sequences
        forms = (spelling, spelling + "s", spelling[:-1] if spelling[-1] == "s" else spelling)
        return any(form in self.known for form in forms)

    def count(self, name: str) -> int:
        """How often the English writes a name so."""
        return self._counts[name]

    def is_spelt_out(self, start: int, end: int) -> bool:
        """Whether a word of ``text`` belongs to the long form of an abbreviation: *MLLM as ReTriever (MART)*."""
        inside = gloss(self.text, start, end)
        return (inside is not None and " " in inside.strip()) or _ABBREVIATED.match(self.text, end) is not None

    def respelt(self, spelling: str) -> str | None:
        """The name that differs in hyphens, points, spaces and case only; the English does not hold the spelling.

        Letters that differ in case only may be those that an abbreviation is made of: *Demonstration ITerated Task*.
        """
        names = self.named.get(fold(spelling))
        if not names:
            return None
        name = names.most_common(1)[0][0]
        same = name.casefold() == spelling.casefold()
        if same and (" " in name or (not is_camel(name) and (spelling[1:].islower() and spelling.isalpha()))):
            return None
        return name

    def mistaken(self, token: str, written: Mapping[str, int], *, complete: bool) -> tuple[str, ...]:
        """The names that a token may stand for that has one letter or one number otherwise: one, as a rule.

        See :meth:`checks.slips.Slips.names`.
        """
        if not token.isascii() or fold(token) in self._words or token in self._abbreviations:
            return ()
        if recased(token).lower() in WELL_KNOWN or self._is_composed(token):
            return ()
        return self._slips.names(token, written, complete=complete)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(map(fold, self.known))

    @cached_property
    def _slips(self) -> Slips:
        capitals = Counter(found[0] for found in TOKEN.finditer(self.text) if is_capitals(found[0]))
        wanted = [item for item in capitals.most_common(_MOST_NAMES) if item[0] not in self._abbreviations]
        return Slips({**self._counts, **dict(wanted)})

    def _is_composed(self, token: str) -> bool:
        """Whether the English gives the parts of a name separately: *Qwen2.5-7B and 14B*, *GPT-3.5/4*."""
        words = token.split("-")
        if not all(word in self.known for word in words):
            return False
        return all(not _BARE.fullmatch(word) or self._lists(word) for word in words[1:])

    def _lists(self, number: str) -> bool:
        if number not in self._listed:
            listed = re.search(rf"(?:[/,{{|&]|\band|\bor) ?v?{re.escape(number)}\b", self._whole)
            self._listed[number] = listed is not None
        return self._listed[number]


def _runs(token: str) -> Iterator[str]:
    """The runs of hyphenated parts of a token."""
    words = token.split("-")
    if len(words) <= _MOST_PARTS:
        for start in range(len(words)):
            for end in range(start + 1, len(words) + (start > 0)):
                yield "-".join(words[start:end])
