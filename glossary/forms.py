"""From a form as the glossary writes it to the strings the automaton looks for.

Hyphens and white space are one space in the haystack, so a pattern holds a space or nothing at each joint of the form.
Endings are no part of a pattern: it stops where they begin, and the `Shape` says which may follow.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from glossary.folding import HAN, compiled, is_latin, lower, narrow
from glossary.inflection import ending, inflected, plural
from glossary.records import NamedTuple

_MAX_JOINTS = 4
_MAX_SEGMENTED = 4
_PIECE = f"[ -]+|[{HAN}]+|[^ {HAN}-]+"
_HAN_RUN = f"[{HAN}]+"
_PLAIN_WORDS = r"[a-z]+(?:[ -][a-z]+)*"
_NOT_HAN_LINE = rf"(?m)^[{HAN}]*+[^{HAN}\n].*$"
# Authors join these to the next word, hyphenate them or set them apart, whatever the glossary does.
_PREFIXES = (
    "auto", "cross", "data", "hyper", "inter", "intra", "meta", "multi", "post", "pre", "self", "semi", "sub", "super",
)  # fmt: skip


class Shape(NamedTuple):
    """What must hold around an occurrence of a pattern.

    `left` and `right` ask for a Latin boundary; `endings` are the letters that may follow before the right one (the
    empty one stands for none), `cased_ending` whether their case counts.
    """

    left: bool
    right: bool
    endings: tuple[str, ...]
    bare: bool
    cased_ending: bool


Literals = tuple[tuple[int, str], ...]
"""Stretches of a pattern (offset in it, text) whose case or hyphen counts."""

Variant = tuple[str, Literals]
"""One spelling of a form: the pattern and its literals. A plain tuple, because 50,000 terms have 300,000 of them."""


_Piece = tuple[str, bool]
"""A word of a form, and whether its case counts; lower case where it does not."""

# Joints at which hyphen, space and nothing are equal: written with a hyphen or space, and written with nothing.
_LOOSE = "- "
_GLUED = "~"
_OPEN = (_LOOSE, _GLUED)

HAN_SHAPE = Shape(False, False, (), True, False)
"""The shape of a form that is all Han: its only spelling is the form itself."""
_ABBREVIATION_SHAPE = Shape(True, True, ("", "s"), True, True)


def compile_form(form: str, abbreviation: bool = False) -> tuple[Shape, list[Variant]]:
    """The shape of a form and its spellings; no spelling where nothing is left to look for.

    With `abbreviation` every Latin word is case-exact; otherwise only those with two capitals are.
    """
    if compiled(_HAN_RUN).fullmatch(form):
        return HAN_SHAPE, [(form, ())]
    short = _compile_abbreviation(form) if abbreviation else _compile_plain(form)
    if short is not None:
        return short
    return compile_slowly(form, abbreviation)


def compile_slowly(form: str, abbreviation: bool = False) -> tuple[Shape, list[Variant]]:
    """`compile_form` without its short cuts for the commonest shapes."""
    pieces, joints = _split(narrow(form), abbreviation)
    if not pieces:
        return HAN_SHAPE, []
    last, exact = pieces[-1]
    stem, endings = ending(last, exact, len(pieces) > 1)
    shape = _shape(is_latin(pieces[0][0][0]), is_latin(last[-1]), endings, exact)
    if stem != last:
        pieces[-1] = (stem, exact)
    variants = _spellings(pieces, joints)
    head = _head(pieces)
    if head is not None:
        word, exact = pieces[head]
        pieces[head] = (word + "s" if exact else plural(word), exact)
        variants += _spellings(pieces, joints)
    return shape, variants


@cache
def _shape(left: bool, right: bool, endings: tuple[str, ...], cased_ending: bool) -> Shape:
    return Shape(left, right, endings, "" in endings, cased_ending)


def is_han_word(form: str) -> bool:
    """Whether a form is two or more Han characters and nothing else."""
    return len(form) > 1 and compiled(_HAN_RUN).fullmatch(form) is not None


def is_contested(form: str) -> bool:
    """Whether a wrong form is Han and so short (four characters) that it may be torn out of two other words."""
    return len(form) <= _MAX_SEGMENTED and compiled(_HAN_RUN).fullmatch(form) is not None


def keys_of(forms: Iterable[str]) -> dict[str, str]:
    """`form_key` of many forms at once; a form that is its own key is left out."""
    return {form: key for form in not_han(forms) if (key := form_key(form)) != form}


def not_han(forms: Iterable[str]) -> set[str]:
    """Those that are not all Han; one search through all of them is many times faster than to ask each."""
    text = "\n".join(forms)
    return set(compiled(_NOT_HAN_LINE).findall(text))


def form_key(form: str) -> str:
    """A key that two forms share when they match the same text, but for inflection."""
    if compiled(_HAN_RUN).fullmatch(form):
        return form
    pieces, joints = _split(narrow(form), False)
    key = pieces[0][0] if pieces else ""
    for (text, _), joint in zip(pieces[1:], joints, strict=True):
        key += ("" if joint in _OPEN else joint) + text
    return key


def _split(form: str, abbreviation: bool) -> tuple[list[_Piece], list[str]]:
    """The words of a form, and what may stand between each and the next.

    A joint is one of `_OPEN` where hyphen, space and nothing are equal, otherwise the very character.
    """
    pieces: list[_Piece] = []
    joints: list[str] = []
    separator = ""
    for written in compiled(_PIECE).findall(form):
        first = written[0]
        if first in " -":
            separator = "-" if "-" in written else " "
            continue
        if pieces:
            loose = _is_loose(pieces[-1][0][-1], first, separator)
            joints.append((_LOOSE if separator else _GLUED) if loose else separator)
        text = lower(written)
        if not _is_han(first) and (abbreviation or (text != written and sum(map(str.isupper, written)) > 1)):
            pieces.append((written, True))
        else:
            prefix = _prefix(text) if text.startswith(_PREFIXES) else ""
            if prefix:
                pieces.append((prefix, False))
                joints.append(_GLUED)
            pieces.append((text[len(prefix) :], False))
        separator = ""
    return pieces, joints


def _compile_plain(form: str) -> tuple[Shape, list[Variant]] | None:
    """`compile_form` for up to four lower-case words, by far the commonest shape; None for any other."""
    if compiled(_PLAIN_WORDS).fullmatch(form) is None:
        return None
    texts: list[str] = []
    for word in form.replace("-", " ").split(" "):
        texts += _plain_word(word)
    if len(texts) > _MAX_JOINTS or "of" in texts:
        return None
    last, endings = inflected(texts[-1], len(texts) > 1)
    texts[-1] = last
    patterns = [texts[0]]
    for text in texts[1:]:
        patterns = [pattern + choice + text for choice in (" ", "") for pattern in patterns]
    return _shape(True, True, endings, False), [(pattern, ()) for pattern in patterns]


@lru_cache(maxsize=65536)
def _plain_word(word: str) -> tuple[str, ...]:
    prefix = _prefix(word) if word.startswith(_PREFIXES) else ""
    return (prefix, word[len(prefix) :]) if prefix else (word,)


def _compile_abbreviation(form: str) -> tuple[Shape, list[Variant]] | None:
    """`compile_form` for an abbreviation that is one ASCII word; None for any other."""
    if not (form.isascii() and form.isalnum()):
        return None
    return _ABBREVIATION_SHAPE, [(form.lower(), ((0, form),))]


def _prefix(word: str) -> str:
    """The prefix of a word that has enough left without it to be a word."""
    return next((prefix for prefix in _PREFIXES if word.startswith(prefix) and len(word) > len(prefix) + 2), "")


def _is_loose(before: str, after: str, separator: str) -> bool:
    """Whether hyphen, space and nothing are equal between two characters: where one is Latin, and no bracket."""
    if _is_han(before):
        return not _is_han(after) and (bool(separator) or after.isascii() or is_latin(after))
    return bool(separator) or before.isascii() or is_latin(before)


def _is_han(char: str) -> bool:
    # No letter of an alphabet lies above U+2E80; what else does there stands in no form beside Han.
    return char >= "\u2e80" and compiled(_HAN_RUN).match(char) is not None


def _spellings(pieces: list[_Piece], joints: list[str]) -> list[Variant]:
    """The form with a space or nothing at each open joint; with too many of them, at all of one kind alike."""
    count = sum(map(joints.count, _OPEN))
    if count > _MAX_JOINTS:
        return [
            _spelled(pieces, [{_LOOSE: written, _GLUED: glued}.get(joint, joint) for joint in joints])
            for written in (" ", "")
            for glued in ((" ", "") if _GLUED in joints else ("",))
        ]
    if count == len(joints) and not any(exact for _, exact in pieces):
        patterns = [pieces[0][0]]
        for text, _ in pieces[1:]:
            patterns = [pattern + choice + text for choice in (" ", "") for pattern in patterns]
        return [(pattern, ()) for pattern in patterns]
    spelled: list[list[str]] = [[]]
    for joint in joints:
        spelled = [[*head, choice] for choice in ((" ", "") if joint in _OPEN else (joint,)) for head in spelled]
    return [_spelled(pieces, chosen) for chosen in spelled]


def _spelled(pieces: list[_Piece], joints: list[str]) -> Variant:
    literals: list[tuple[int, str]] = []
    pattern = ""
    for index, (text, exact) in enumerate(pieces):
        if index:
            joint = joints[index - 1]
            if joint == "-":
                literals.append((len(pattern), "-"))
                joint = " "
            pattern += joint
        if exact:
            literals.append((len(pattern), text))
        pattern += lower(text) if exact else text
    return pattern, tuple(literals)


def _head(pieces: list[_Piece]) -> int | None:
    """The index of the word that takes the plural in "mixture of experts"."""
    for index in range(1, len(pieces) - 1):
        if pieces[index][0] == "of" and is_latin(pieces[index - 1][0][-1]):
            return index - 1
    return None
