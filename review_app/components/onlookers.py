"""Who else is here, as HTML."""

from __future__ import annotations

from checks.markedtext import escaped
from review_app.locale import Words
from review_app.service import Service
from review_app.units import Place


def onlookers(service: Service, editor: str, place: Place, words: Words) -> str:
    """The others at an entry and, after them, those elsewhere in its file."""
    here = [each.editor for each in service.present(place.path, place.entry) if each.editor != editor]
    file = [each.editor for each in service.present_in(place.path) if each.editor not in (editor, *here)]
    said = [
        (where, words(f"presence.{where}", names=words("presence.and").join(names)))
        for where, names in (("entry", here), ("file", file))
        if names
    ]
    parts = "".join(f'<span class="yj-at-{where}">{escaped(text)}</span>' for where, text in said)
    return f'<div class="yj-onlookers" lang="{words.tag}" role="status" aria-live="polite">{parts}</div>'
