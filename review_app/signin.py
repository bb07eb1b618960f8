"""Who is at the other end: a user of an OpenID provider, or whom a trusted proxy names.

Both are off unless asked for; then everybody decides under the one name of ``--editor``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from checks.errors import SettingsError
from checks.files import read_text

USUAL: Final = Path(".streamlit/secrets.toml")
"""Where Streamlit looks for its settings; an ``[auth]`` table there turns sign-in on."""
_SHARED: Final = ("redirect_uri", "cookie_secret")
_OF_PROVIDER: Final = ("client_id", "client_secret", "server_metadata_url")
_CALLBACK: Final = "/oauth2callback"
_SECRET: Final = 32
"""The least number of characters of what signs the cookies."""
_LONGEST: Final = 200
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """How people are known: by the ``[auth]`` settings of an OpenID provider, or by a header of a proxy."""

    auth: Mapping[str, Any] | None = None
    header: str | None = None

    @property
    def providers(self) -> tuple[str | None, ...]:
        """The names of the providers, as :func:`streamlit.login` takes them."""
        named = [name for name, value in (self.auth or {}).items() if _is_provider(value)]
        return tuple(named) or ((None,) if self.auth is not None else ())

    @property
    def origin(self) -> str | None:
        """The address that a browser sees, where the settings say it."""
        if self.auth is None:
            return None
        parts = urlsplit(str(self.auth["redirect_uri"]))
        return f"{parts.scheme}://{parts.netloc}"

    def who(self) -> str | None:
        """Who is at the other end of the session that runs now; None where nobody has said."""
        import streamlit as st

        if self.header is not None:
            return from_header(st.context.headers.get_all(self.header))
        return from_claims(st.user.to_dict())


def from_header(values: list[str]) -> str | None:
    """The name in a proxy's header. Two of them are none: the proxy has let one through that is not its own."""
    if len(values) != 1:
        return None
    try:
        # Headers come as Latin-1, whatever the proxy has sent.
        return _name(values[0].encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return _name(values[0])


def from_claims(user: Mapping[str, Any]) -> str | None:
    """The name of a user: the address, unless the provider says that it was not verified, else the subject."""
    if user.get("is_logged_in") is not True:
        return None
    address = user.get("email")
    if isinstance(address, str) and user.get("email_verified", True) in (True, "true"):
        return _name(address)
    subject = user.get("sub")
    return _name(f"{user.get('provider', 'default')}:{subject}") if subject else None


def read_auth(path: Path) -> dict[str, Any] | None:
    """The ``[auth]`` table of a file, None where there is none. Raises :class:`SettingsError` for a wrong one."""
    text = read_text(path)
    try:
        auth = tomllib.loads(text).get("auth")
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(str(path), None, f"is not TOML ({error}); mend it") from None
    if auth is None:
        return None
    problem = _problem(auth)
    if problem is not None:
        raise SettingsError(str(path), None, f"[auth] {problem}")
    return dict(auth)


def _problem(auth: object) -> str | None:
    if not isinstance(auth, dict):
        return "must be a table"
    lacking = [name for name in _SHARED if not _is_text(auth.get(name))]
    providers = {name: value for name, value in auth.items() if _is_provider(value)}
    for name, table in (providers or {"": auth}).items():
        lacking += [f"{name}.{key}".lstrip(".") for key in _OF_PROVIDER if not _is_text(table.get(key))]
    if lacking:
        return f"lacks {', '.join(lacking)}"
    if any("_" in name for name in providers):
        return "has a provider with _ in its name, which Streamlit does not take; rename it"
    if len(auth["cookie_secret"]) < _SECRET:
        return (
            f"cookie_secret is shorter than {_SECRET} characters; "
            "make one with python -c 'import secrets; print(secrets.token_hex(32))'"
        )
    parts = urlsplit(auth["redirect_uri"])
    if parts.scheme not in ("http", "https") or not parts.netloc or not parts.path.endswith(_CALLBACK):
        return f"redirect_uri must be the app's whole address with {_CALLBACK} at the end"
    return None


def _is_provider(value: object) -> bool:
    # client_kwargs is a table too.
    return isinstance(value, dict) and bool(value.keys() & set(_OF_PROVIDER))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _name(text: str) -> str | None:
    """A name that decisions can be signed with."""
    name = text.strip()
    return name if name and len(name) <= _LONGEST and name.isprintable() else None
