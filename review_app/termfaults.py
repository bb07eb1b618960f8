"""What is wrong with a term as somebody filled it in: each fault at its field, in words of the catalogue."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from glossary import Term
from glossary.forms import form_key
from glossary.lint import is_ordinary
from glossary.model import Policy, Status

LISTS: Final = ("abbr", "variants", "admitted", "forbidden", "suspect", "not_in", "not_source")
"""The columns with several values."""
TEXTS: Final = ("source", "preferred", "domain", "note")
FLAGS: Final = ("require", "first_mention")
_POLICIES: Final[tuple[Policy, ...]] = ("translate", "keep")
_STATUSES: Final[tuple[Status, ...]] = ("approved", "proposed", "deprecated")


class Fault(NamedTuple):
    """A fault of one field; ``key`` is of the catalogue. A mild one is said, and does not stop a save."""

    field: str
    key: str
    args: Mapping[str, str] = {}
    mild: bool = False


def term_of(values: Mapping[str, object]) -> Term:
    """The term that a form holds; what is no text, or none of the values of a field, counts as left empty."""
    cells = {name: " ".join(_text(values, name).split()) for name in TEXTS}
    lists = {name: tuple(line for raw in _text(values, name).split("\n") if (line := raw.strip())) for name in LISTS}
    return Term(
        cells["source"],
        cells["preferred"],
        **lists,  # type: ignore[arg-type]
        domain=cells["domain"],
        note=cells["note"],
        require=values.get("require") is True,
        first_mention=values.get("first_mention") is True,
        policy=next((policy for policy in _POLICIES if policy == values.get("policy")), "translate"),
        status=next((status for status in _STATUSES if status == values.get("status")), "approved"),
    )


def values_of(term: Term) -> dict[str, object]:
    """A term as a form holds it: several values a line each."""
    return {
        **{name: getattr(term, name) for name in (*TEXTS, *FLAGS, "policy", "status")},
        **{name: "\n".join(getattr(term, name)) for name in LISTS},
    }


def faults(term: Term, others: Iterable[Term], layer: Container[str]) -> list[Fault]:
    """What is wrong with a term by itself, and beside the other terms in force.

    Two terms whose files are of one ``layer`` must not contradict each other; what another layer says is only told.
    """
    found = [*_unwritable(term), *_by_itself(term)]
    if term.status != "deprecated":
        found += _beside(term, others, layer)
    return found


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else ""


def _unwritable(term: Term) -> Iterator[Fault]:
    """What could not stand in the cells of a file."""
    for name in (*TEXTS, *LISTS):
        value = getattr(term, name)
        text = value if isinstance(value, str) else "\n".join(value)
        if not text and name in ("source", "preferred"):
            yield Fault(name, "fault.empty")
        if "|" in text and name not in ("domain", "note"):
            yield Fault(name, "fault.bar")
        if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
            yield Fault(name, "fault.characters")


def _by_itself(term: Term) -> Iterator[Fault]:
    """What its own forms say against each other."""
    right = {form_key(form) for form in term.renderings}
    seen: set[str] = set()
    for name in ("admitted", "forbidden", "suspect"):
        for form in getattr(term, name):
            if name != "admitted" and form_key(form) in right:
                yield Fault(name, "fault.both", {"form": form})
            elif form_key(form) in seen:
                yield Fault(name, "fault.twice", {"form": form}, mild=True)
            seen.add(form_key(form))
    for form in term.forbidden:
        if is_ordinary(form):
            yield Fault("forbidden", "fault.ordinary", {"form": form}, mild=True)


def _beside(term: Term, others: Iterable[Term], layer: Container[str]) -> Iterator[Fault]:
    right = {form_key(form): form for form in term.renderings}
    wrong = {form_key(form): form for form in term.forbidden}
    for other in others:
        if other.source.casefold() == term.source.casefold():
            continue
        for form in other.forbidden:
            if form_key(form) in right:
                field = "preferred" if form_key(form) == form_key(term.preferred) else "admitted"
                args = {"form": form, "term": other.source}
                yield Fault(field, "fault.forbidden-there", args, other.path not in layer)
        for form in other.renderings if wrong else ():
            if form_key(form) in wrong:
                args = {"form": form, "term": other.source}
                yield Fault("forbidden", "fault.right-there", args, other.path not in layer)
