"""What an address of a link line says: which paper, and how far it is from the canonical form."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

from glossary.records import NamedTuple

Fault = Literal["characters", "malformed", "no-address", "no-scheme", "pdf", "host", "version", "extra", "http"]

ABSTRACT: Final = "https://arxiv.org/abs/"

_ADDRESS = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24})(?::\d+)?(?P<path>[/?#].*)?",
    re.IGNORECASE,
)
_ID = re.compile(r"(?P<id>\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/\d{7})(?P<version>v\d+)?", re.IGNORECASE)
_ARXIV_PATH = re.compile(r"/(?P<kind>abs|pdf|html|format|src|e-print)/(?P<rest>[^?#]*)(?P<extra>.*)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?<![\w.])(?P<id>\d{4}\.\d{4,5})(?:v\d+)?(?![\w]|\.\d)")
_FIRST_NEW, _LAST_OLD, _FIRST_OLD = 704, 703, 9107
_FIVE_DIGITS_FROM: Final = 1501


class Reading(NamedTuple):
    """The worst fault of an address, if it has one, and the canonical address where it is known."""

    fault: Fault | None
    canonical: str | None


def read_address(address: str) -> Reading:
    """Judge an address without white space round it."""
    clean = unicodedata.normalize("NFKC", "".join(address.split()))
    if clean != address:
        return Reading("characters", clean if read_address(clean).fault is None else None)
    found = _ADDRESS.fullmatch(address)
    if found is None or (found["scheme"] is None and found["path"] is None):
        return Reading("no-address", None)
    host, path = found["host"].lower(), found["path"] or ""
    if host != "arxiv.org":
        number = _id_elsewhere(host, path)
        if found["scheme"] is None and number is None:
            return Reading("no-address", None)
        return Reading("host", number and ABSTRACT + number)
    return _read_arxiv(found["scheme"], path)


def _read_arxiv(scheme: str | None, path: str) -> Reading:
    parts = _ARXIV_PATH.fullmatch(path)
    if parts is None:
        return Reading("malformed", None)
    kind, rest, extra = parts["kind"].lower(), parts["rest"].removesuffix("/"), parts["extra"]
    tail = "/" if parts["rest"].endswith("/") else ""
    number = _ID.fullmatch(re.sub(r"\.pdf$", "", rest, flags=re.IGNORECASE) if kind == "pdf" else rest)
    if number is None or not is_possible(number["id"]):
        return Reading("malformed", None)
    faults: tuple[tuple[Fault, bool], ...] = (
        ("pdf", kind != "abs"),
        ("version", number["version"] is not None),
        ("extra", bool(tail or extra)),
        ("no-scheme", scheme is None),
        ("http", (scheme or "").lower() == "http"),
    )
    return Reading(next((fault for fault, there in faults if there), None), ABSTRACT + number["id"])


def _id_elsewhere(host: str, path: str) -> str | None:
    """The arXiv id in an address of a mirror, or of a site that shows arXiv papers."""
    if host.endswith("arxiv.org"):
        parts = _ARXIV_PATH.fullmatch(path)
        number = _ID.match(parts["rest"]) if parts else None
        return number["id"] if number and is_possible(number["id"]) else None
    found = _ELSEWHERE.search(path)
    return found["id"] if found and is_possible(found["id"]) else None


def is_possible(number: str) -> bool:
    """Whether arXiv can have given this id: its month exists and its serial has the digits of its time."""
    head, _, serial = number.rpartition("/") if "/" in number else number.rpartition(".")
    date = int(serial[:4]) if "/" in number else int(head)
    if not 1 <= date % 100 <= 12:
        return False
    if "/" in number:
        return date >= _FIRST_OLD or date <= _LAST_OLD
    return _FIRST_NEW <= date < _FIRST_OLD and len(serial) == (5 if date >= _FIVE_DIGITS_FROM else 4)
