"""Earlier translations for people, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import orjson

from checks.memory.difference import Difference
from checks.memory.search import Before, Place, Recalled, Recollection
from checks.view import View, visible

_SIGNS: Final = {"-": ("removed", "[-", "-]"), "+": ("added", "{+", "+}")}
"""As git marks words."""


def lines(found: Recollection, view: View) -> Iterator[str]:
    """Each sentence with its earlier translations: what was said only then in ``[-…-]``, only now in ``{+…+}``."""
    for recalled in found.found:
        yield f"{view.paint('bold', _where(recalled.place))}  {visible(recalled.place.entry)}"
        for before in recalled.before:
            yield f"  {before.likeness:.0f}%  {_where(before.place)}  {visible(before.place.entry)}"
            if any(sign != "=" for sign, _ in before.english):
                yield f"    en  {_shown(before.english, view)}"
            yield f"    zh  {_shown(before.chinese, view)}"
            for term in before.terms:
                yield f"    {view.paint('warning', 'term')}  {visible(f'{term.source}: {term.before} → {term.now}')}"
        yield ""
    yield summary(found)


def summary(found: Recollection) -> str:
    """The counts in a line."""
    pairs = [before for recalled in found.found for before in recalled.before]
    apart = sum(bool(before.terms) for before in pairs)
    return (
        f"{len(found.found):,} of {found.sentences:,} sentences have been translated before in much the same words; "
        f"{apart:,} of {len(pairs):,} pairs differ in a term."
    )


def document(found: Recollection) -> str:
    """One JSON object."""
    pairs = [before for recalled in found.found for before in recalled.before]
    record = {
        "sentences": found.sentences,
        "memory": found.known,
        "recalled": len(found.found),
        "pairs": len(pairs),
        "pairs_apart_in_a_term": sum(bool(before.terms) for before in pairs),
        "found": [_recalled(recalled) for recalled in found.found],
    }
    return orjson.dumps(record, option=orjson.OPT_INDENT_2).decode()


def _where(place: Place) -> str:
    return f"{visible(place.path)}:{place.line}"


def _shown(difference: Difference, view: View) -> str:
    def piece(sign: str, text: str) -> str:
        text = visible(" ".join(text.split("\n")))
        if sign == "=":
            return text
        style, opening, closing = _SIGNS[sign]
        return view.paint(style, f"{opening}{text}{closing}")

    return "".join(piece(*each) for each in difference)


def _recalled(recalled: Recalled) -> dict[str, object]:
    english = recalled.sentence.english
    return {
        **recalled.place._asdict(),
        "english": english.text if english is not None else None,
        "chinese": recalled.sentence.chinese.text,
        "before": [_before(before) for before in recalled.before],
    }


def _before(before: Before) -> dict[str, object]:
    return {
        **before.place._asdict(),
        "likeness": round(before.likeness, 1),
        "english": _then(before.english) or None,
        "chinese": _then(before.chinese),
        "english_difference": before.english,
        "chinese_difference": before.chinese,
        "terms": [term._asdict() for term in before.terms],
    }


def _then(difference: Iterable[tuple[str, str]]) -> str:
    """The earlier text."""
    return "".join(text for sign, text in difference if sign != "+")
