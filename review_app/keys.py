"""The keys of 校对: what can be done by key, with which one unless somebody wants another, and what they want.

A key is what the browser calls ``key``, in lower case; components/kit.js does the same with a press. What an
action does is told by ``help.<action>`` of the catalogue, in a word by ``act.<action>``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple


class Action(NamedTuple):
    """Something done by one key."""

    name: str
    key: str
    event: str = ""
    """What the bar, which hears the keys, tells the widget that does it; empty for what it does itself."""


ACTIONS: Final = (
    Action("accept", "a"),
    Action("edit", "e"),
    Action("dismiss", "d"),
    Action("skip", "s"),
    Action("undo", "z"),
    Action("next", "j"),
    Action("previous", "k"),
    Action("alike", "g"),
    Action("term", "t"),
    Action("comment", "p", "comment"),
    Action("commented", "o"),
    Action("terms", "l", "fold"),
    Action("neighbours", "n", "fold"),
    Action("history", "h", "fold"),
    Action("memory", "m", "fold"),
    Action("filter", "/", "filter"),
    Action("help", "?"),
)
FIXED: Final = (
    (("1–9",), "numbers"),
    (("Ctrl+Enter",), "save"),
    (("Ctrl+K", "Alt+T"), "insert"),
    (("Alt+Q", "Alt+B", "Alt+P"), "pairs"),
    (("Esc",), "discard"),
)
"""Keys that are the same for everybody, and the ``help.`` that tells of them."""
_DEFAULTS: Final[Mapping[str, str]] = {action.name: action.key for action in ACTIONS}
_STREAMLITS: Final = frozenset("cr")
"""It clears its cache and runs the page again on these."""
Problem = Literal["none", "digit", "browser", "taken"]
"""Why a key cannot be given to an action: it is no single character; numbers choose a fix or a reason; the frame of
the app has it; another action has it."""


class Keys:
    """The keys of one person; ``own`` is what they chose, by action, without what is no action or cannot be a key."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        self.own: dict[str, str] = {}
        for name, key in (own or {}).items():
            if name in _DEFAULTS and _unfit(key) is None and key not in self.own.values() and key != _DEFAULTS[name]:
                self.own[name] = key
        wanted = set(self.own.values())
        self._keys = dict(self.own)
        for name, key in _DEFAULTS.items():
            # A new action does not take away what somebody is used to: it waits until it is given a key.
            self._keys.setdefault(name, key if key not in wanted else "")

    def key(self, name: str) -> str:
        """The key of an action; empty where it has none."""
        return self._keys[name]

    def label(self, name: str) -> str:
        """The key of an action as it stands on a keyboard."""
        return self._keys[name].upper() or "–"

    def labels(self) -> dict[str, str]:
        """The labels of all actions, as texts of the catalogue name them: ``{edit_key}``."""
        return {f"{name}_key": self.label(name) for name in self._keys}

    def holder(self, key: str) -> str | None:
        """The action that has a key."""
        return next((name for name, held in self._keys.items() if held == key), None)

    def problem(self, name: str, key: str) -> Problem | None:
        """Why an action cannot have a key; None where it can."""
        holder = self.holder(key)
        return _unfit(key) or ("taken" if holder not in (None, name) else None)

    def with_key(self, name: str, key: str) -> Keys:
        """These keys with another for one action, or its usual one, of which :meth:`problem` has nothing to say."""
        return Keys({**self.own, name: key})


def usual(name: str) -> str:
    """The key of an action for whoever wants no other."""
    return _DEFAULTS[name]


def _unfit(key: str) -> Problem | None:
    # Composed: an input method, or a dead key, may hand over a letter and its accent.
    if len(key) != 1 or key != key.lower() or unicodedata.category(key)[0] not in "LPS":
        return "digit" if key.isdigit() else "none"
    return "browser" if key in _STREAMLITS else None
