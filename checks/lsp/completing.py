"""Completion: the Chinese of the terms that the entry's English holds, then of the whole glossary's.

What has been typed before the cursor chooses: the beginning of a term's English (``reinf``), or of its Chinese
(``强化``). Unless it is English, the terms of the entry are all offered, those first that the text does not render
yet: Chinese words have no borders, and what stands before the cursor may be another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lsprotocol import types

from checks.lsp.client import Client
from checks.lsp.judging import Judged
from checks.lsp.places import Place, place_at
from checks.lsp.showing import markup, plain, term_lines
from checks.model import Edit
from checks.view import one_line
from glossary import Term
from glossary.records import NamedTuple

MOST: Final = 100
"""Offers at a time; the editor asks again with more of the word."""
_LONGEST: Final = 60
"""Code points before the cursor that may belong to the word."""
_SHORTEST_ENGLISH: Final = 2
"""Letters of English that must stand there before the whole glossary is offered."""
_SHORTEST_CHINESE: Final = 2
_REST: Final = 2
"""The rank of terms that the entry's English does not hold."""


class _Offer(NamedTuple):
    rank: int
    """What the entry lacks, what it holds, the rest."""
    order: int
    typed: str
    """What stands before the cursor already and will be replaced."""
    told: str
    """What the editor shall hold against what is typed."""
    rendering: str
    term: Term


def completions(judged: Judged, position: types.Position, client: Client) -> types.CompletionList | None:
    """What can be inserted at a position of the Chinese title or abstract."""
    document, file = judged.document, judged.file
    if judged.gate is None or file is None:
        return None
    offset = document.positions.offset(position)
    place = place_at(judged.gate, file.digest, offset)
    if place is None or place.segment.field not in ("title", "body"):
        return None
    line = document.text[max(place.segment.span.start, offset - _LONGEST) : offset].rpartition("\n")[2]
    terms = judged.gate.bench(file.path).context.glossary.terms
    offers = list(_offers(place, line, terms))
    if any(offer.typed.isascii() for offer in offers if offer.typed):
        # Nobody types English to insert what it does not name.
        offers = [offer for offer in offers if offer.typed.isascii() and offer.typed]
    offers.sort(key=lambda offer: (offer.rank == _REST, -len(offer.typed), offer.rank, offer.order))
    items = []
    for number, offer in enumerate(offers[:MOST]):
        edit = document.positions.edit(Edit(offset - len(offer.typed), offset, one_line(offer.rendering)))
        items.append(_item(offer, number, edit, client))
    return types.CompletionList(is_incomplete=True, items=items)


def _offers(place: Place, line: str, terms: tuple[Term, ...]) -> Iterator[_Offer]:
    """Each rendering of the entry's terms, and those of other terms of which something has been typed."""
    typing, held, rendered = _Typing(line), _held(place), _rendered(place)
    for order, term in enumerate([*held.values(), *(term for term in terms if term.source not in held)]):
        rank = _REST if term.source not in held else int(term.source in rendered)
        forms = (term.source, *term.abbr, *term.variants)
        english, form = max(((typing.begun(form), form) for form in forms), key=lambda pair: len(pair[0]))
        for rendering in term.renderings:
            if len(english) >= _SHORTEST_ENGLISH:
                yield _Offer(rank, order, english, form, rendering, term)
                continue
            chinese = typing.begun(rendering)
            if rank < _REST or len(chinese) >= _SHORTEST_CHINESE:
                yield _Offer(rank, order, chinese, rendering, rendering, term)


def _held(place: Place) -> dict[str, Term]:
    """The terms of the entry's English, in the order in which it names them."""
    terms = place.scene.terms
    uses = [held.use for held in (*terms.heading_uses, *terms.abstract_uses)]
    return {use.term.source: use.term for use in uses}


def _rendered(place: Place) -> frozenset[str]:
    terms = place.scene.terms
    return frozenset().union(*(terms.rendered(scene, terms.held) for scene in terms.fields))


class _Typing:
    """The end of a line, of which something may be the beginning of a form; case does not count."""

    def __init__(self, line: str) -> None:
        self._line = line
        folded = line.lower()
        # A letter may be longer in lower case: no offset would fit.
        self._folded = folded if len(folded) == len(line) else line
        self._starts: dict[str, list[int]] = {}
        for at, char in enumerate(self._folded):
            if _begins_word(line, at):
                self._starts.setdefault(char, []).append(at)

    def begun(self, form: str) -> str:
        """The longest end of the line with which a form begins."""
        begun = form.lower()
        starts = self._starts.get(begun[:1], ())
        return next((self._line[at:] for at in starts if begun.startswith(self._folded[at:])), "")


def _begins_word(line: str, at: int) -> bool:
    """Whether no Latin word is cut in two here; Chinese words have no borders that one could see."""
    return not (_is_latin(line[at]) and at > 0 and _is_latin(line[at - 1]))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _item(offer: _Offer, number: int, edit: types.TextEdit, client: Client) -> types.CompletionItem:
    term = offer.term
    shown = [term_lines(term, client)]
    return types.CompletionItem(
        label=one_line(offer.rendering),
        kind=types.CompletionItemKind.Text,
        detail=one_line(", ".join((term.source, *term.abbr))),
        documentation=markup(shown, markdown=True) if client.markdown_beside else plain(shown),
        sort_text=f"{number:04}",
        filter_text=one_line(offer.told),
        insert_text_format=types.InsertTextFormat.PlainText,
        text_edit=edit,
    )
