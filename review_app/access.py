"""Who may do what: the roles, from ``roles.toml`` in the review directory.

    default = "reader"                      # who is not named below; "none" keeps them out
    readers = ["guest@example.org"]
    editors = ["lin@example.org"]
    term-managers = ["wang@example.org"]    # editors who also decide on terms
    managers = ["chief@example.org"]        # who also decide on the settings

The file is under version control as the decisions are, is read again whenever it changes, and is
never written by the app. A name is what sign-in gives, mostly an address; case does not count.
"""

from __future__ import annotations

import difflib
import threading
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from checks.errors import InputError, SettingsError
from checks.files import read_text, stamp

Role = Literal["reader", "editor", "term-manager", "manager"]
ROLES: Final[tuple[Role, ...]] = ("reader", "editor", "term-manager", "manager")
"""From the least to the most; each may do what those before it may."""
FILE_NAME: Final = "roles.toml"
_LISTS: Final[Mapping[str, Role]] = {f"{role}s": role for role in ROLES}
_DEFAULT: Final = "default"
_NOBODY: Final = "none"


class Access:
    """The roles. Safe to share between threads."""

    def __init__(self, review_dir: Path | None = None, otherwise: Role = "editor", without: Role | None = None) -> None:
        """``otherwise`` is the role of whoever the file neither names nor gives a default; ``without``, where given,
        that of everybody where there is no file.

        Raises :class:`SettingsError` for a file that cannot be used.
        """
        self._file = review_dir / FILE_NAME if review_dir is not None else None
        self._otherwise = otherwise
        self._without = without or otherwise
        self._lock = threading.Lock()
        self._stamp = self._stamp_now()
        self._roles, self._default = self._read()
        self.error: InputError | None = None
        """What is wrong with the file since the app was started; until it is mended, the roles before hold."""

    def role(self, editor: str) -> Role | None:
        """The role of somebody; None where nothing is open to them, as to who has no name."""
        if not editor:
            return None
        with self._lock:
            self._refresh()
            return self._roles.get(editor.casefold(), self._default)

    def may(self, editor: str, role: Role = "editor") -> bool:
        """Whether somebody may do what a role may."""
        own = self.role(editor)
        return own is not None and ROLES.index(own) >= ROLES.index(role)

    def roles(self) -> tuple[Mapping[str, Role], Role | None]:
        """Everybody's role by name, in lower case, and the role of everybody else; None for no role."""
        with self._lock:
            self._refresh()
            return dict(self._roles), self._default

    def _refresh(self) -> None:
        seen = self._stamp_now()
        if seen == self._stamp:
            return
        self._stamp = seen
        try:
            if seen is None:
                # A checkout may be putting another one in its place.
                raise self._wrong("is gone; until it is there again, the roles hold that were read before")
            self._roles, self._default = self._read()
        except InputError as error:
            self.error = error
        else:
            self.error = None

    def _stamp_now(self) -> tuple[int, int, int] | None:
        return stamp(self._file) if self._file is not None else None

    def _read(self) -> tuple[dict[str, Role], Role | None]:
        if self._file is None or self._stamp is None:
            return {}, self._without
        text = read_text(self._file)
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(str(self._file), None, f"is not TOML ({error}); mend it") from None
        return self._roles_of(data), self._default_of(data)

    def _roles_of(self, data: Mapping[str, Any]) -> dict[str, Role]:
        roles: dict[str, Role] = {}
        for key, names in data.items():
            if key == _DEFAULT:
                continue
            if key not in _LISTS:
                near = difflib.get_close_matches(key, (*_LISTS, _DEFAULT), 1)
                hint = f"did you mean {near[0]!r}?" if near else "known are: " + ", ".join((_DEFAULT, *_LISTS))
                raise self._wrong(f"{key!r} is no key of it; {hint}")
            if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
                raise self._wrong(f"{key} must be a list of names")
            for name in names:
                if roles.setdefault(name.strip().casefold(), _LISTS[key]) != _LISTS[key]:
                    raise self._wrong(f"{name} stands in two lists; keep one")
        return roles

    def _default_of(self, data: Mapping[str, Any]) -> Role | None:
        given = data.get(_DEFAULT)
        if given is None:
            return self._otherwise
        role = next((role for role in ROLES if role == given), None)
        if role is None and given != _NOBODY:
            raise self._wrong(f"{_DEFAULT} must be one of {', '.join((_NOBODY, *ROLES))}")
        return role

    def _wrong(self, problem: str) -> SettingsError:
        return SettingsError(str(self._file), None, problem)
