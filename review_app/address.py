"""What the address of 校对 holds: the filters, and which finding is meant."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Final

from checks.model import SEVERITIES
from review_app.outcome import Filters

FILTERS: Final = ("code", "severity", "file", "entry", "text", "safe", "comments")
AT: Final = "at"
"""The finding."""
EDIT: Final = "edit"
"""There while the editor is open."""
_LAST: Final = "address"


def filters(params: Mapping[str, str]) -> Filters:
    """The filters in an address; values that are none are passed over."""
    codes = frozenset(code.strip() for code in params.get("code", "").split(",") if code.strip())
    severity, path = params.get("severity"), params.get("file")
    return Filters(
        codes,
        frozenset(known for known in SEVERITIES if known == severity),
        frozenset([path] if path else []),
        params.get("entry") or None,
        params.get("text", "").strip(),
        params.get("safe") == "1",
        params.get("comments") == "1",
    )


def put(params: MutableMapping[str, str], wanted: Mapping[str, Any]) -> None:
    """Put filters into an address in place of those there."""
    for name in FILTERS:
        value = wanted.get(name)
        if isinstance(value, str) and value.strip():
            params[name] = value.strip()
        else:
            params.pop(name, None)


def restore(params: MutableMapping[str, str], memory: Mapping[str, Any]) -> None:
    """Where the address says nothing, as after the navigation's link, go back to where the session stood."""
    if not params:
        params.update(memory.get(_LAST, {}))


def remember(params: Mapping[str, str], memory: MutableMapping[str, Any]) -> None:
    """Keep the address for :func:`restore`."""
    memory[_LAST] = dict(params)
