"""The names of an English text, and which of them a Chinese spelling may stand for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from checks.namecount import Names
from checks.namelist import (
    LONG,
    LONGEST_SEQUENCE,
    TOKEN,
    WELL_KNOWN,
    Piece,
    first_places,
    fold,
    longer,
    plain,
    recased,
    shaped_tokens,
    tokens_at,
)
from checks.namelist import parts as parts_of
from checks.nameshape import GREEK, is_camel, is_whole, lesser_in, name_in, skeleton
from checks.slips import Near, Slips
from checks.text import mask
from glossary.records import NamedTuple

_MOST_NAMES: Final = 2000
_MOST_PARTS: Final = 10
_TEARING: Final = frozenset(["^", "_", "$", "\\", *map(chr, range(0xFDD0, 0xFDF0))])
"""Signs of math, and what hides it."""
_FOOTNOTE = re.compile(r"(?<=[A-Za-z0-9])(?=https?://)")
"""Where the address of a footnote is glued to the word before it: *the Llama modelhttps://example.org*."""
_SCRIPT = re.compile(r"[\\$^{}]")
_BROKEN = re.compile(r"(?<=[A-Za-z0-9])- (?=[A-Za-z0-9])")
_BARE = re.compile(r"v?\d+(?:\.\d+)*")
_TITLED = re.compile(r"[A-Z][a-z]{4,}")
_INSIDE_A_SENTENCE = re.compile(r"[a-z0-9,;)] \(?$")
_SPELT = re.compile(r"[\u0000-\u007f\u0391-\u03c9]+")
_LETTER = re.compile("[A-Za-z]")
_APART: Final = ("\n", "(", ")", ",", ";", ":", "/", ". ")
"""What no token holds, and often stands beside one."""
_OPENING: Final = 3
_SHORT: Final = 4


class Respelt(NamedTuple):
    """A name in another spelling; `lesser` where its shape alone does not make it one."""

    name: str
    lesser: bool


class Known:
    """The tokens of a text, and the parts of its compounds."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def every(self) -> frozenset[str]:
        """All of them."""
        known = set(TOKEN.findall(self._text))
        for token in [token for token in known if not token.isalnum()]:
            known.update(_runs(token))
            known.update(parts_of(token)[:_MOST_PARTS])
        return frozenset(known)

    @cached_property
    def _spaced(self) -> str:
        """The text with spaces for the commonest marks that no token holds, and at its ends: it has no other tokens."""
        text = f" {self._text} "
        for mark in _APART:
            text = text.replace(mark, " ")
        return text

    def may_hold(self, letters: str) -> bool:
        """Whether any of them may hold these letters, for each of them is a stretch of the text."""
        return len(self._text) > LONG or letters in self._text

    def __contains__(self, word: str) -> bool:
        # Nearly always the text answers; else all are listed.
        return self.may_hold(word) and (self.shows(word) or word in self.every)

    def shows(self, word: str) -> bool:
        """Whether a word is soon seen to be one of them: a token between spaces, or what begins a compound there."""
        if len(self._text) > LONG:
            return word in self.every
        if f" {word} " in self._spaced:
            return TOKEN.fullmatch(word) is not None
        for at in first_places(self._text, word):
            if at == 0 or self._text[at - 1] in " \n(":
                token = TOKEN.match(self._text, at)
                if token is not None and (token[0] == word or self._begins(word, token[0])):
                    return True
        return False

    @staticmethod
    def _begins(word: str, token: str) -> bool:
        return token.startswith(f"{word}-") and token.count("-") < _MOST_PARTS


class NameIndex:
    """What an English text holds: every spelling, and the names by what they can be mistaken for."""

    def __init__(self, titles: Sequence[str], abstract: str, abbreviations: frozenset[str]) -> None:
        self.abbreviations = abbreviations
        texts = list(dict.fromkeys(_FOOTNOTE.sub(" ", text) for text in (*titles, abstract) if text))
        different = [plain(mask(text)) for text in texts]
        self.heading = len(different[0])
        """Where the heading ends in ``text``."""
        self.text = "\n".join(different)
        self.abstract = len(self.text) - len(different[-1]) if abstract.strip() else len(self.text)
        """Where the abstract begins in ``text``."""
        whole = "\n".join(plain(text) for text in texts)
        forms = (whole, _SCRIPT.sub("", whole), _BROKEN.sub("-", whole) if "- " in whole else whole)
        self._whole = "\n".join(dict.fromkeys(forms))
        self.known = Known(self._whole)
        """Every token that the English holds, in addresses, code and math too, and every part of one."""
        self.named: dict[str, Counter[str]] = defaultdict(Counter)
        """Names by what is left of them without hyphens, spaces and case; how often each spelling stands there."""
        self.names: dict[str, int] = {}
        """The names of one word, with the offset in ``text`` of the first."""
        self.lesser: dict[str, int] = {}
        """The same of what may be a name."""
        self.numbered: dict[str, Counter[str]] = defaultdict(Counter)
        """Letters with a number, by their :func:`checks.nameshape.skeleton`; how often each stands there."""
        self._compounds: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._listed: dict[str, bool] = {}
        self._near: dict[str, tuple[Near, ...]] = {}
        shaped = tuple(shaped_tokens(self.text))
        for number, token in enumerate(shaped):
            if len(self.named) < _MOST_NAMES:
                self._name(token)
                self._name_sequences(shaped[number : number + LONGEST_SEQUENCE])

    def _name(self, token: Piece) -> None:
        """Take up a token that is a name, or may be one."""
        text = token.text
        if text.isalpha() and text[1:].islower():
            if self._is_capitalised(token):
                self.lesser.setdefault(text, token.start)
            return
        frame = skeleton(text)
        if frame is not None and not self._is_torn(token):
            self.numbered[frame][text] += 1
        name = name_in(text)
        lesser = lesser_in(text, self.abbreviations) if name is None else text if is_whole(text) else None
        if (name is None and lesser is None) or self._is_torn(token):
            return
        if lesser is not None and lesser != name:
            self.lesser.setdefault(lesser, token.start)
            if name is not None:
                self._compounds.add(lesser)
        if name is not None:
            self.names.setdefault(name, token.start)
            self._counts[name] += 1
            for spelling in {name, *(run for run in _runs(name) if name.startswith(run) and name_in(run) == run)}:
                self.named[fold(spelling)][spelling] += 1

    def _name_sequences(self, tokens: Sequence[Piece]) -> None:
        """Take up the names of several words that begin with the first of some shaped tokens: Gemini 1.5 Pro.

        The others are those behind it. A plain word in lower case, which is not among them, goes on no name.
        """
        start, end, name = tokens[0]
        if name[0].islower():
            return
        for token in tokens[1:]:
            if token.start != end + 1 or self.text[end] != " ":
                break
            if token.text[0].islower() and name_in(token.text) is None:
                break
            end, name = token.end, f"{name} {token.text}"
            joined = name.replace(" ", "-")
            if name_in(joined) == joined and not self._is_torn(Piece(start, end, name)):
                self.named[fold(joined)][name] += 1

    def _is_capitalised(self, token: Piece) -> bool:
        """Whether the abstract writes a long word with a capital inside a sentence, and nowhere without: Claude."""
        if token.start < self.abstract or self.text.startswith(". ", token.start - 2):
            return False
        if not _TITLED.fullmatch(token.text):
            return False
        if _INSIDE_A_SENTENCE.search(self.text, max(0, token.start - _OPENING), token.start) is None:
            return False
        return token.text.lower() not in self.known and not self._is_torn(token)

    def _is_torn(self, piece: Piece) -> bool:
        """Whether hidden math touches the word: it is not all of the name."""
        before, after = self.text[max(0, piece.start - 1) : piece.start], self.text[piece.end : piece.end + 2]
        if before == "-" or not _TEARING.isdisjoint(before + after[:1]):
            return True
        return after[:1] in ("-", "(") and after[1:].strip() != ""

    @cached_property
    def _folded(self) -> dict[str, str]:
        """The lesser names by what is left of them, but for capitalised words, which have no other spelling."""
        return {fold(name): name for name in reversed(self.lesser) if not name[1:].islower()}

    @cached_property
    def _openings(self) -> frozenset[str]:
        """How names begin."""
        return frozenset(folded[:_OPENING] for folded in (*self.named, *self._folded))

    def opens(self, token: str) -> bool:
        """Whether a name may begin with this word."""
        folded = fold(token)
        return folded[:_OPENING] in self._openings or len(folded) < _OPENING

    def holds(self, spelling: str) -> bool:
        """Whether the English writes this, an s at the end more or less."""
        if " " in spelling:
            return self._holds_sequence(spelling)
        known, stem = self.known, spelling[:-1] if spelling[-1] == "s" else spelling
        if not known.may_hold(stem):
            return False
        forms = (spelling, spelling + "s", stem)
        return any(map(known.shows, forms)) or any(form in known for form in forms)

    def _holds_sequence(self, spelling: str) -> bool:
        """Whether the English holds these tokens, a space between each and the next."""
        starts = tokens_at(self.text, spelling)
        return any(piece.text == spelling for token in starts for piece in longer(self.text, token))

    def written(self, *, title: bool) -> Names:
        """How often the titles, or the abstract (where it is not known, the titles), write each name."""
        titles, abstract = self.text[: self.abstract].split("\n"), self.text[self.abstract :]
        return Names(titles if title or not abstract else (abstract,), self.abbreviations)

    def count(self, name: str) -> int:
        """How often the English writes a name so."""
        return self._counts[name]

    def respelt(self, spelling: str) -> Respelt | None:
        """The name that differs in hyphens, points, spaces and case only; the English does not hold the spelling.

        Letters that differ in case only may be those that an abbreviation is made of: *Demonstration ITerated Task*.
        """
        folded = fold(spelling)
        names = self.named.get(folded)
        if names:
            name = names.most_common(1)[0][0]
            if GREEK.search(spelling) and not GREEK.search(name):
                return None  # PixArt-α is what PixArt-alpha means.
            same = name.casefold() == spelling.casefold()
            odd = not is_camel(name) and spelling[1:].islower() and spelling.isalpha()
            if same and (" " in name or (odd and len(name) > _SHORT)):
                return None
            return Respelt(name, lesser=same and odd)
        name = self._folded.get(folded, "")
        greek = GREEK.search(spelling) is not None and GREEK.search(name) is None
        if not name or greek or spelling.islower() or _is_retitled(spelling, name):
            return None
        # A compound may part with a space: MaskForm variant for MaskForm-variant.
        return None if " " in spelling and name in self._compounds else Respelt(name, lesser=True)

    def near(self, token: str) -> tuple[Near, ...]:
        """The names that have one letter or one number otherwise than a token; see :meth:`checks.slips.Slips.near`."""
        if token not in self._near:
            spelt = _LETTER.search(token) and token.count(" ") in self._slips.spaces and _SPELT.fullmatch(token)
            found = self._slips.near(token) if spelt else ()
            self._near[token] = found if found and not self._is_vetoed(token) else ()
        return self._near[token]

    def _is_vetoed(self, token: str) -> bool:
        """Whether a token is no slip, whatever it is near: held, an abbreviation, well known, or no name."""
        if token.removesuffix("s") in self.abbreviations:
            return True
        if " " in token and name_in(token.replace(" ", "-")) is None:
            return True
        if recased(token).lower() in WELL_KNOWN or self._is_composed(token):
            return True
        return fold(token) in self._words

    def is_added(self, token: str) -> bool:
        """Whether a token of the Chinese is a name of its own: the English at hand is of another version, or a part."""
        if name_in(token) != token or not token[0].isupper() or self.holds(token):
            return False
        if self.respelt(token) is not None or self._is_composed(token) or self.near(token):
            return False
        return fold(token) not in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(map(fold, self.known.every))

    @cached_property
    def _slips(self) -> Slips:
        spaced = (spelling for names in self.named.values() for spelling in names if " " in spelling)
        lesser = list(self.lesser)[:_MOST_NAMES]
        return Slips((*self.names, *lesser, *spaced), lesser)

    def _is_composed(self, token: str) -> bool:
        """Whether the English gives the parts of a name separately: *Qwen2.5-7B and 14B*, *GPT-3.5/4*."""
        words = re.split("[- ]", token)
        if not all(word in self.known for word in words):
            return False
        return all(not _BARE.fullmatch(word) or self._lists(word) for word in words[1:])

    def _lists(self, number: str) -> bool:
        if number not in self._listed:
            listed = re.search(rf"(?:[/,{{|&]|\band|\bor) ?v?{re.escape(number)}\b", self._whole)
            self._listed[number] = listed is not None
        return self._listed[number]


def _is_retitled(spelling: str, name: str) -> bool:
    """Whether only the words begin otherwise: Text-to-video for Text-to-Video."""
    if spelling.casefold() != name.casefold():
        return False
    words = zip(spelling.split("-"), name.split("-"), strict=True)
    return all(one == other or (one[1:] == other[1:] and one[1:].islower()) for one, other in words)


def _runs(token: str) -> Iterator[str]:
    """The runs of hyphenated parts of a token."""
    words = token.split("-")
    if len(words) <= _MOST_PARTS:
        for start in range(len(words)):
            for end in range(start + 1, len(words) + (start > 0)):
                yield "-".join(words[start:end])
