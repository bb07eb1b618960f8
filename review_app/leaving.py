"""The ways from a finding to other pages: all that are alike, a new term."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from review_app.outcome import Shown

LEADS: Final = {"alike": "bulk", "term": "terms"}
"""Actions, and the pages they lead to."""
_LONGEST: Final = 200
"""Characters of a selection that are taken over: a term is shorter."""


def leaving(action: str, shown: Shown, event: Mapping[str, Any]) -> dict[str, str]:
    """What the address of the other page holds."""
    if action == "alike":
        return {"like": shown.id}
    chosen = {name: " ".join(str(event.get(name, "")).split())[:_LONGEST] for name in ("source", "target")}
    if not chosen["source"] and shown.finding.term:
        chosen["source"] = shown.finding.term
    return {"new": "1", **{name: text for name, text in chosen.items() if text}}
