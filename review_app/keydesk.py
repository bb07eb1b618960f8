"""键位 of 设置: somebody gives the actions of 校对 the keys they want. Knows nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Final

from review_app.keys import ACTIONS, Keys, usual
from review_app.locale import Words
from review_app.service import Service
from review_app.view import Notice

_MEMORY: Final = "keys"


class KeyDesk:
    """The keys of one person; ``memory`` is what the session holds."""

    def __init__(self, service: Service, editor: str, memory: MutableMapping[str, Any]) -> None:
        self._preferences = service.preferences
        self._editor = editor
        self._memory = memory

    def act(self, event: Mapping[str, Any]) -> None:
        """A key pressed for an action, or its usual one asked for again, or all of those."""
        keys = self._preferences.keys(self._editor)
        name, key = str(event.get("name", "")), str(event.get("key", ""))
        if event.get("action") == "reset-all":
            self._keep(Keys(), Notice("keys.all-usual"))
        elif any(action.name == name for action in ACTIONS):
            self._give(keys, name, usual(name) if event.get("action") == "reset" else key)

    def _give(self, keys: Keys, name: str, key: str) -> None:
        problem = keys.problem(name, key)
        if problem is not None:
            holder = keys.holder(key) if problem == "taken" else None
            self._memory[_MEMORY] = Notice(f"keys.{problem}", "error", {"pressed": key.upper(), "holder": holder})
            return
        self._keep(keys.with_key(name, key), Notice("keys.given", "ok", {"pressed": key.upper(), "action": name}))

    def _keep(self, keys: Keys, notice: Notice) -> None:
        kept = self._preferences.choose_keys(self._editor, keys)
        self._memory[_MEMORY] = notice if kept else Notice("keys.not-kept", "error")

    def data(self, words: Words) -> dict[str, Any]:
        """What the widget shows; what was said of the last key is said once."""
        keys = self._preferences.keys(self._editor)
        notice: Notice | None = self._memory.pop(_MEMORY, None)
        return {
            "lang": words.tag,
            "rows": [
                {
                    "name": name,
                    "text": words(f"help.{name}"),
                    "key": keys.key(name).upper(),
                    "usual": key.upper(),
                    "own": keys.key(name) != key,
                }
                for name, key, _ in ACTIONS
            ],
            "notice": {"text": _said(notice, words), "tone": notice.tone} if notice is not None else None,
            "words": words.family("keys."),
        }


def _said(notice: Notice, words: Words) -> str:
    args = dict(notice.args or {})
    # The names of actions, in the language of whoever reads.
    named = {name: words(f"help.{args[name]}") for name in ("holder", "action") if args.get(name)}
    return words(notice.key, **{**args, **named})
