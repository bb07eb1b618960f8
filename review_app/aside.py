"""What stands beside an entry, folded until it is asked for: glossary lines, neighbours, history, earlier translations.

Everything is text for ``textContent``: nothing of it is HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from checks.markedtext import one_line, pieces
from checks.memory.difference import Difference
from checks.model import Entry
from checks.view import visible
from review_app import units
from review_app.keys import Keys
from review_app.locale import Words
from review_app.outcome import Shown
from review_app.service import Service
from review_app.store import Event, StoreError, Wanted
from review_app.termlines import TermLine, term_lines

SECTIONS: Final = ("terms", "neighbours", "history", "memory")
_PATIENCE: Final = 0.25
"""Seconds that a rerun may look through files for neighbours, or waits for earlier sentences; the next one goes on."""
_EVENTS: Final = 20
_KINDS: Final = frozenset({"accept", "edit", "dismiss", "undo"})
_AROUND: Final = 16
"""Characters of what was kept on either side of a change."""


def sections(service: Service, shown: Shown, opened: Sequence[str], keys: Keys, words: Words) -> dict[str, Any]:
    """What the widget shows of an entry; what is not open is only named."""
    entry = units.entry_at(shown.digest, shown.place) if shown.place.entry is not None else None
    makers = {"terms": _terms, "neighbours": _neighbours, "history": _history, "memory": _memory}
    return {
        "lang": words.tag,
        "open": list(opened),
        "sections": [
            {
                "name": name,
                "key": keys.key(name).upper(),
                "title": words(f"aside.{name}"),
                "lines": makers[name](service, shown, entry, words) if name in opened else None,
            }
            for name in SECTIONS
            if entry is not None or name == "history"
        ],
        "words": words.family("aside."),
    }


def insertable(service: Service, shown: Shown) -> list[dict[str, Any]]:
    """The renderings that the editor offers, those of the finding's term first."""
    entry = units.entry_at(shown.digest, shown.place) if shown.place.entry is not None else None
    if entry is None:
        return []
    offered = [
        (line.term.source, text, number > 0, line.state == "right")
        for line in term_lines(service.gate, shown.digest, entry)
        for number, text in enumerate(line.term.renderings)
    ]
    # The nine that a number chooses should be those most likely to be wanted.
    offered.sort(key=lambda offer: (offer[0] != shown.finding.term, offer[2], offer[3]))
    return [{"source": source, "text": text, "admitted": admitted} for source, text, admitted, _ in offered]


def _terms(service: Service, shown: Shown, entry: Entry | None, words: Words) -> list[dict[str, Any]]:
    if entry is None:
        return []
    lines = term_lines(service.gate, shown.digest, entry)
    return [_term(line, shown.finding.term, words) for line in lines]


def _term(line: TermLine, current: str | None, words: Words) -> dict[str, Any]:
    term = line.term
    stands = {form.form for form in line.forms}
    roles = {
        **dict.fromkeys((*term.forbidden, *term.suspect), "forbidden"),
        **dict.fromkeys(term.admitted, "admitted"),
        **dict.fromkeys((term.preferred, *term.abbr), "preferred"),
    }
    order = (term.preferred, *term.abbr, *term.admitted, *term.forbidden, *term.suspect)
    return {
        "source": term.source,
        "current": term.source == current,
        "state": line.state,
        "stateName": words(f"aside.{line.state}"),
        "forms": [
            {"text": form, "role": roles[form], "roleName": words(f"aside.{roles[form]}"), "stands": form in stands}
            for form in dict.fromkeys(order)
        ],
    }


def _neighbours(service: Service, shown: Shown, entry: Entry | None, words: Words) -> list[dict[str, Any]]:
    if entry is None:
        return []
    terms = [line.term for line in term_lines(service.gate, shown.digest, entry)]
    named = [term for term in terms if term.source == shown.finding.term]
    found = []
    for term in named or terms[:5]:
        customs = service.neighbours(term, (shown.place.path, entry.key), _PATIENCE / len(named or terms[:5]))
        found.append(
            {
                "source": term.source,
                "known": words("aside.known", looked=customs.looked, entries=customs.entries),
                "customs": [
                    {
                        "text": visible(custom.form) or words("aside.no-form"),
                        "right": custom.right,
                        "count": custom.entries,
                        "examples": [
                            {"entry": each.entry, "file": each.path.rsplit("/", 1)[-1], "text": one_line(each.heading)}
                            for each in custom.examples
                        ],
                    }
                    for custom in customs.found
                ],
            }
        )
    return found


def _history(service: Service, shown: Shown, entry: Entry | None, words: Words) -> list[dict[str, Any]]:
    path = service.stored_path(shown.place.path)
    wanted = Wanted(kinds=_KINDS, path=path, entry=shown.place.entry)
    try:
        events = service.store.events(wanted, size=_EVENTS).events
    except StoreError:
        return []
    return [_event(event, words) for event in events if event.entry == shown.place.entry]


def _memory(service: Service, shown: Shown, entry: Entry | None, words: Words) -> list[dict[str, Any]]:
    """First how much was looked through, then an earlier translation a line, by the order of the sentences."""
    if entry is None:
        return []
    recalls = service.recalled(shown.digest, entry, _PATIENCE)
    known = words("aside.recalled", looked=recalls.looked, digests=recalls.digests)
    in_hand = service.files
    return [
        {"known": known},
        *(
            {
                "current": recalled.span.meets(shown.finding.span),
                "likeness": f"{before.likeness:.0f}%",
                "entry": before.place.entry,
                "linked": before.place.path in in_hand,
                "where": f"{before.place.path.rsplit('/', 1)[-1]}:{before.place.line}",
                "english": _shown(before.english) if any(sign != "=" for sign, _ in before.english) else [],
                "chinese": _shown(before.chinese),
                "terms": [visible(f"{term.source}: {term.before} → {term.now}") for term in before.terms],
            }
            for recalled in recalls.found
            for before in recalled.before
        ),
    ]


def _shown(difference: Difference) -> list[tuple[str, str]]:
    return [(sign, visible(text.replace("\n", " "))) for sign, text in difference]


def _event(event: Event, words: Words) -> dict[str, Any]:
    return {
        "by": visible(event.by),
        "at": event.at[:16].replace("T", " "),
        "what": words(f"aside.did-{event.kind}"),
        "code": event.code,
        "quote": one_line(event.quote),
        "undone": words("aside.undone") if event.undone_by is not None else "",
        "diff": _trimmed([*pieces(event.before, event.after)]) if event.before != event.after else [],
    }


def _trimmed(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A difference with only a little of what was kept between."""
    short = []
    for number, (sign, text) in enumerate(found):
        if sign == "=":
            head = text[:_AROUND] if number else ""
            tail = text[-_AROUND:] if number < len(found) - 1 else ""
            kept = text if len(text) <= len(head) + len(tail) + 1 else f"{head}…{tail}"
        else:
            kept = text
        short.append((sign, visible(kept.replace("\n", "⏎"))))
    return short
