"""arXiv identifiers, in the forms that occur in the wild.

2504.15120 since April 2007, with four digits behind the point until 2014; math/0309136 before, where the archive may
carry a subject class that arXiv itself leaves out (math.GT/0309136). https://info.arxiv.org/help/arxiv_identifier.html
"""

from __future__ import annotations

import re

_FORM = re.compile(
    r"(?:(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:[ ]?)?"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[a-z]{2})?/\d{7})(?:v\d{1,3})?(?:\.pdf)?",
    re.IGNORECASE | re.ASCII,
)
_CLASS = re.compile(r"\.[a-z]{2}(?=/)")


def bare(text: str) -> str | None:
    """The identifier in an address, in a citation (arXiv:2504.15120v2) or by itself, without its version."""
    found = _FORM.fullmatch(text.strip())
    return found["id"] if found else None


def canonical(number: str) -> str:
    """The identifier as arXiv answers with it: lower case, no subject class."""
    return _CLASS.sub("", number.lower())


def may_exist(number: str) -> bool:
    """Whether arXiv has ever given identifiers of this form: a month that exists, and the digits of its time."""
    archive, slash, digits = number.rpartition("/")
    year_and_month, point, serial = digits.partition(".")
    if not "01" <= digits[2:4] <= "12":
        return False
    if slash:
        return bool(archive) and (digits >= "91" or digits < "0704")
    return bool(point) and year_and_month >= "0704" and len(serial) == (4 if year_and_month < "1501" else 5)
