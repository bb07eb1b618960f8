"""Where somebody stands who changes the settings: what is wished, what it would do, and writing it.

Knows nothing of Streamlit; ``memory`` is what the session holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import replace
from typing import Any, Final

from checks.errors import InputError
from checks.model import SEVERITIES
from checks.profile import PROFILES
from checks.settings import Settings
from checks.settings.keys import STYLE
from review_app.service import Service
from review_app.trial import Trial
from review_app.tuning import Grade, Wish, grades
from review_app.view import Notice

_WISH, _TRIAL, _NOTICE, _ROUND = "tuning-wish", "tuning-trial", "tuning-notice", "tuning-round"
_NOTHING: Final = Wish()


class Tuner:
    """One person at the settings."""

    def __init__(self, service: Service, editor: str, memory: MutableMapping[str, Any]) -> None:
        self._service = service
        self._editor = editor
        self._memory = memory

    @property
    def held(self) -> Settings:
        """The settings in force."""
        return self._service.gate.settings

    @property
    def may(self) -> bool:
        """Whether there is something here that this person may change."""
        return self.held.file is not None and self._service.may(self._editor, "manager")

    @property
    def wish(self) -> Wish:
        """What is to be different from what is in force now."""
        wish: Wish = self._memory.get(_WISH, _NOTHING)
        held, now = self.held, grades(self.held)
        return Wish(
            wish.profile if wish.profile != held.profile else None,
            {option: choice for option, choice in wish.style.items() if choice != own_style(held, option)},
            {code: grade for code, grade in wish.rules.items() if grade != now[code]},
        )

    @property
    def trial(self) -> Trial | None:
        """What the wish would do, where that was looked at."""
        trial: Trial | None = self._memory.get(_TRIAL)
        return trial if trial is not None and trial.wish == self.wish else None

    @property
    def round(self) -> int:
        """Goes up where what is wished is dropped: the fields begin anew."""
        number: int = self._memory.get(_ROUND, 0)
        return number

    def notice(self) -> Notice | None:
        """What is to be said, once."""
        said: Notice | None = self._memory.pop(_NOTICE, None)
        return said

    def profile(self) -> str:
        """The profile as it would be."""
        return self.wish.profile or self.held.profile

    def style(self, option: str) -> str | None:
        """An option's own choice as it would be; None for the profile's."""
        return self.wish.style.get(option, own_style(self.held, option))

    def by_profile(self, option: str) -> str:
        """What the profile, as it would be, chooses for an option."""
        choice: str = getattr(PROFILES[self.profile()], option.replace("-", "_"))
        return choice

    def grades(self) -> Mapping[str, Grade]:
        """How each rule would be graded."""
        return {**grades(self.held), **self.wish.rules}

    def choose_profile(self, profile: str) -> None:
        """Wish for a profile."""
        if profile in PROFILES:
            self._hope(replace(self.wish, profile=profile))

    def choose_style(self, option: str, choice: str | None) -> None:
        """Wish for a choice of style; None for the profile's."""
        if option in STYLE and choice in (None, *STYLE[option]):
            self._hope(replace(self.wish, style={**self.wish.style, option: choice}))

    def grade(self, event: Mapping[str, Any]) -> None:
        """Wish for another grade of a rule; what a browser sends that is none is passed over."""
        code, on, severity = event.get("code"), event.get("on"), event.get("severity")
        if code in grades(self.held) and isinstance(on, bool) and severity in SEVERITIES:
            self._hope(replace(self.wish, rules={**self.wish.rules, code: Grade(on, severity)}))

    def drop(self) -> None:
        """Wish for nothing."""
        self._memory[_ROUND] = self.round + 1
        self._memory.pop(_WISH, None)
        self._memory.pop(_TRIAL, None)

    def try_out(self, progress: Callable[[int, int], None]) -> None:
        """See what the wish would do."""
        if not self.wish or not self.may:
            return
        try:
            self._memory[_TRIAL] = self._service.trial(self.wish, progress)
        except InputError as error:
            self._say("notice.failed", detail=str(error))

    def save(self) -> None:
        """Write what was tried out."""
        trial = self.trial
        if trial is None:
            return
        outcome = self._service.tune(self._editor, trial)
        if outcome.changed:
            self.drop()
            key = "notice.unrecorded" if outcome.unrecorded else f"notice.{outcome.kind}"
            self._memory[_NOTICE] = Notice(key, "warn" if outcome.unrecorded else "ok")
        else:
            self._memory.pop(_TRIAL, None)
            self._say(f"notice.{outcome.kind}", detail=outcome.detail)

    def _hope(self, wish: Wish) -> None:
        self._memory[_WISH] = wish
        self._memory.pop(_TRIAL, None)

    def _say(self, key: str, **args: object) -> None:
        self._memory[_NOTICE] = Notice(key, "error", args)


def own_style(found: Settings, option: str) -> str | None:
    """What settings choose over the profile."""
    return found.style.get(option.replace("-", "_"))
