"""Finding the terms of a glossary in English and in Chinese text.

One automaton gives every occurrence of every spelling; each is then verified (case, boundaries, word boundaries), and
what is left is resolved leftmost-longest. Verifying before resolving matters: where a longer form fails, the shorter
ones inside it count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from glossary.automaton import Finder, build
from glossary.collector import collector_paused
from glossary.folding import Folded, fold, is_latin
from glossary.forms import HAN_SHAPE, Literals, Shape, compile_form, is_contested, is_han_word, not_han
from glossary.model import Term
from glossary.records import NamedTuple
from glossary.segmenter import Segmenter
from glossary.senses import Context, Senses

_ROLES = ("preferred", "admitted", "abbr", "english", "innocent", "suspect", "forbidden")
_ABBR = _ROLES.index("abbr")
_STRENGTH = {role: rank for rank, role in enumerate(_ROLES)}
_WRONG_ROLES = frozenset({"forbidden", "suspect"})


# The fields of _Sides.
_TARGET, _SOURCE, _FULL = 0, 1, 2


class Use(NamedTuple):
    """One reading of a matched form.

    `role` is "preferred", "admitted", "abbr", "english" (the source form or a variant), "forbidden", "suspect" or
    "innocent" (a longer word in which a suspect form means nothing); `form` is as the glossary writes it.
    """

    term: Term
    role: str
    form: str


class _Sides(NamedTuple):
    """The uses of one form: those that count in Chinese text, in English text, and the full forms alone."""

    target: tuple[Use, ...]
    source: tuple[Use, ...]
    full: tuple[Use, ...]


class Match(NamedTuple):
    """A stretch of the text, in code points, half-open, and the uses of all terms that claim exactly it."""

    start: int
    end: int
    uses: tuple[Use, ...]


class TargetScan(NamedTuple):
    """What a Chinese text holds.

    `matches` are leftmost-longest, in order, without overlap. `nested` are the forms that lie inside a longer match:
    强化学习 inside 基于可验证奖励的强化学习.
    """

    matches: tuple[Match, ...]
    nested: tuple[Match, ...]


_Form = tuple[str, tuple[tuple[int, int], ...]]
"""A form as the glossary writes it: the number of each term that has it, and the rank of its role there."""

_Readings = tuple[tuple[int, Literals], ...]
"""The forms behind a pattern, by index, each with what else must hold for it to count."""

_Reading = tuple[Shape, Literals, tuple[Use, ...]]
_Ready = tuple[tuple[_Reading, ...], tuple[_Reading, ...]]
"""The readings of a pattern that count on one side, made ready when it is first met: all, and those that may also stand
behind a Latin letter."""

_Spans = dict[tuple[int, int], tuple[Use, ...]]
"""Uses by where they stand: the start, and the end with a minus, so that sorting them is leftmost-longest."""


class Tables(NamedTuple):
    """What is looked for, and what an occurrence says; all by number, so that it can be kept as it is."""

    forms: Sequence[_Form]
    shapes: Sequence[Shape]
    """By the number of a form."""
    readings: Sequence[_Readings]
    """By the number of a pattern."""
    finder: Finder


def tables(terms: Sequence[Term]) -> Tables:
    """The tables of these terms; their numbers are those of the terms in the order given."""
    with collector_paused():
        forms = _forms(terms)
        shapes: list[Shape] = []
        # Plain tuples of numbers and strings, which the garbage collector lets go of: there may be 300,000 of them.
        readings: dict[str, _Readings] = {}
        mixed = not_han(form for form, _ in forms)
        for index, (form, abbreviation) in enumerate(forms):
            shape, variants = compile_form(form, abbreviation) if form in mixed else (HAN_SHAPE, ((form, ()),))
            shapes.append(shape)
            for pattern, literals in variants:
                reading = (index, literals)
                readings[pattern] = (*readings[pattern], reading) if pattern in readings else (reading,)
        numbered = [(form, uses) for (form, _), uses in forms.items()]
        return Tables(numbered, shapes, list(readings.values()), build(list(readings)))


class Matcher:
    """The terms given, ready to be found. Safe to share between threads.

    `made` are the tables of these very terms, where they were made before.
    """

    def __init__(self, terms: Sequence[Term], made: Tables | None = None) -> None:
        self._terms = tuple(terms)
        self._forms, self._shapes, self._readings, self._find = made if made is not None else tables(self._terms)
        self._uses: dict[int, _Sides] = {}
        self._ready: tuple[dict[int, _Ready], ...] = ({}, {}, {})
        self._senses = Senses(self._terms)
        self._segmenter = Segmenter(
            form for term in self._terms for form in (*term.renderings, *term.not_in) if is_han_word(form)
        )
        # The last contexts: a heading and its abstract are asked about one after the other, and the heading by itself.
        self._contexts: tuple[Context, ...] = ()

    def source(self, text: str, context: str | None = None) -> tuple[Match, ...]:
        """The terms in English text, leftmost-longest, in order, without overlap.

        `context` is all the English there is, heading and abstract (default: the text itself): an abbreviation that
        two terms share, or that the context explains otherwise, counts only for a term that the context has in full.
        """
        spans = self._spans(text, _SOURCE)
        told = text if context is None else context
        for span, uses in list(spans.items()):
            if len(uses) == 1 and uses[0].role != "abbr":
                continue
            shown = self._shown(told)
            kept = tuple(use for use in uses if use.role != "abbr" or self._senses.stands(use.form, use.term, shown))
            if kept:
                spans[span] = kept
            else:
                del spans[span]
        return _resolve(spans, None).matches

    def target(self, text: str, held: Callable[[Term], bool] | None = None) -> TargetScan:
        """The forms in Chinese text. Noncharacters U+FDD0..U+FDEF, which mask what is protected, match nothing.

        `held` says of a term whether the source text holds it, where that is known: a suspect form counts for such a
        term only, and a short wrong form of it is a word as likely as those round it.
        """
        return _resolve(self._spans(text, _TARGET), partial(self._standing, text, held))

    def bounded(self, text: str, start: int, end: int) -> bool:
        """Whether text[start:end], all Han, is one or more whole words of the Han run around it.

        The renderings are words, so that 学习 is none inside 强化学习.
        """
        return self._segmenter.bounded(text, start, end)

    def words(self, run: str) -> list[str]:
        """The words of a run of Han, the right forms of the terms among them."""
        return self._segmenter.words(run)

    def _shown(self, text: str) -> Context:
        """What a text says of its abbreviations: the same object as long as the text is one of the last two."""
        known = self._contexts
        for shown in known:
            if shown.text == text:
                return shown
        shown = Context(text, self._full_forms)
        self._contexts = (shown, *known[:1])
        return shown

    def _full_forms(self, text: str) -> Iterable[tuple[int, Term]]:
        """The end of each full form or variant in a text, with its term."""
        return ((-end, use.term) for (_, end), uses in self._spans(text, _FULL).items() for use in uses)

    def _spans(self, text: str, side: int) -> _Spans:
        """The verified occurrences of the forms that count on this side."""
        if not text:
            return {}
        folded = fold(text)
        _, hay, offsets = folded
        known = self._ready[side]
        spans: _Spans = {}
        for start, end, pattern in self._find(hay):
            ready = known.get(pattern)
            if ready is None:
                ready = self._readied(pattern, side)
            # Most hits in English are within words.
            glued = start > 0 and is_latin(hay[start - 1])
            for shape, literals, uses in ready[glued]:
                stop = end if shape is HAN_SHAPE else _verified(folded, start, end, shape, literals)
                if stop < 0:
                    continue
                span = (start, -stop) if offsets is None else (offsets[start], -offsets[stop - 1] - 1)
                others = spans.get(span)
                spans[span] = uses if others is None else others + uses
        return spans

    def _readied(self, pattern: int, side: int) -> _Ready:
        """The readings of a pattern that count on this side."""
        sides = (
            (index, literals, self._uses.get(index) or self._sides(index))
            for index, literals in self._readings[pattern]
        )
        every = tuple((self._shapes[index], literals, uses[side]) for index, literals, uses in sides if uses[side])
        self._ready[side][pattern] = ready = every, tuple(reading for reading in every if not reading[0].left)
        return ready

    def _sides(self, index: int) -> _Sides:
        form, uses = self._forms[index]
        target = tuple(Use(self._terms[number], _ROLES[rank], form) for number, rank in uses)
        full = tuple(use for use in target if use.role == "english")
        sides = _Sides(target, tuple(use for use in target if use.role == "abbr") + full, full)
        self._uses[index] = sides
        return sides

    def _standing(
        self, text: str, held: Callable[[Term], bool] | None, start: int, end: int, uses: tuple[Use, ...]
    ) -> tuple[Use, ...]:
        """The uses without suspect ones that the source does not back, and without torn ones.

        Torn is a wrong use whose short form is made of the ends of two other words.
        """
        if held is not None and any(use.role == "suspect" for use in uses):
            uses = tuple(use for use in uses if use.role != "suspect" or held(use.term))
        contested = [use for use in uses if use.role in _WRONG_ROLES and is_contested(use.form)]
        if not contested:
            return uses
        backed = held is not None and any(held(use.term) for use in contested)
        bounded = self._segmenter.bounded
        if bounded(text, start, end) or (backed and bounded(text, start, end, a_word=True)):
            return uses
        return tuple(use for use in uses if use not in contested)


def _forms(terms: Iterable[Term]) -> dict[tuple[str, bool], tuple[tuple[int, int], ...]]:
    """Each form as written, and whether it is an abbreviation: the number of each term, and the rank of the role."""
    forms: dict[tuple[str, bool], tuple[tuple[int, int], ...]] = {}
    for number, term in enumerate(terms):
        written = (
            (term.preferred,), term.admitted, term.abbr, (term.source, *term.variants),
            term.not_in, term.suspect, term.forbidden,
        )  # fmt: skip
        for rank, same_role in enumerate(written):
            for form in same_role:
                key = (form, rank == _ABBR)
                use = (number, rank)
                forms[key] = (*forms[key], use) if key in forms else (use,)
    return forms


def _verified(folded: Folded, start: int, end: int, shape: Shape, literals: Literals) -> int:
    """The end of an occurrence that begins where it must, with its ending, in code points of the haystack; -1: none."""
    cased, hay, _ = folded
    for offset, literal in literals:
        if not cased.startswith(literal, start + offset):
            return -1
    if not shape.right:
        return end
    size = len(hay)
    if end == size or not is_latin(hay[end]):
        return end if shape.bare else -1
    tail = cased if shape.cased_ending else hay
    for ending in shape.endings:
        stop = end + len(ending)
        if ending and tail.startswith(ending, end) and (stop == size or not is_latin(hay[stop])):
            return stop
    return -1


def _resolve(spans: _Spans, standing: Callable[[int, int, tuple[Use, ...]], tuple[Use, ...]] | None) -> TargetScan:
    """Leftmost-longest. `standing` has the last word on the uses of a span, a wrong one among them, that nothing longer
    has consumed.

    It may cost a dictionary, so it is asked only then: the 代理 inside 代理模型 needs no segmenter.
    """
    matches: list[Match] = []
    nested: list[Match] = []
    covered = 0
    for span in sorted(spans):
        start, end, found = span[0], -span[1], spans[span]
        if start >= covered:
            uses = found
            if standing is not None:
                for use in found:
                    if use.role in _WRONG_ROLES:
                        uses = standing(start, end, found)
                        break
            if uses:
                matches.append(Match(start, end, uses if len(uses) == 1 else _strongest(uses)))
                covered = end
        elif end <= covered:
            nested.append(Match(start, end, found if len(found) == 1 else _strongest(found)))
    return TargetScan(tuple(matches), tuple(nested))


def _strongest(uses: tuple[Use, ...]) -> tuple[Use, ...]:
    """One use a term: the strongest of its roles."""
    best: dict[str, Use] = {}
    for use in uses:
        other = best.get(use.term.source)
        if other is None or _STRENGTH[use.role] < _STRENGTH[other.role]:
            best[use.term.source] = use
    return tuple(best.values())
