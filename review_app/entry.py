"""Who may reach the app, and how they are known: decided, and refused where it would not be safe, before it starts."""

from __future__ import annotations

import argparse
import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

from checks.errors import SettingsError
from review_app.signin import USUAL, SignIn, read_auth

_HEADER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,99}")
_NAMES: Final = ("localhost", "127.0.0.1", "::1")


def is_loopback(host: str) -> bool:
    """Whether an address, given as numbers, is reached from this machine alone."""
    return ipaddress.ip_address(host.partition("%")[0]).is_loopback


def sign_in(given: argparse.Namespace, host: str) -> SignIn | None:
    """How people are known; None where all decide under one name.

    ``host`` is the address listened on, as numbers. Raises :class:`SettingsError` for what would let
    in strangers: it takes ``--insecure`` to want that.
    """
    found = _asked(given)
    if found is not None and given.editor is not None:
        raise SettingsError("--editor", None, "goes without sign-in: who signs in decides under a name of their own")
    if found is not None and found.header is not None and not is_loopback(host):
        raise SettingsError(
            "--proxy-header",
            None,
            f"goes only with a --host of this machine: at {host} anybody could send that header past the proxy",
        )
    if given.insecure:
        return found
    if found is None and not is_loopback(host):
        raise SettingsError(
            "--host",
            None,
            f"{host} is reached from other machines, and nobody signs in; "
            "sign in with --auth or --proxy-header, or say --insecure to let in whoever comes",
        )
    if found is not None and found.origin is not None and not _guarded(found.origin):
        raise SettingsError(
            "redirect_uri",
            None,
            f"{found.origin} is not https, so whoever listens on the way can take over a session; "
            "put a proxy with TLS in front, or say --insecure",
        )
    return found


def hosts(given: argparse.Namespace, host: str, found: SignIn | None) -> list[str]:
    """The names under which a browser may ask; empty for any.

    Where nobody signs in, a page of another site must not come in by making its own name point here.
    """
    return [] if found is not None or given.insecure or not is_loopback(host) else [*_NAMES, host]


def _asked(given: argparse.Namespace) -> SignIn | None:
    if given.proxy_header is not None:
        if not _HEADER.fullmatch(given.proxy_header):
            raise SettingsError("--proxy-header", None, "is no name of a header, like X-Forwarded-User")
        return SignIn(header=given.proxy_header)
    file = given.auth if given.auth is not None else USUAL
    auth = read_auth(file) if given.auth is not None or USUAL.is_file() else None
    if auth is None and given.auth is not None:
        raise SettingsError(
            str(file), None, "has no [auth] table; it names redirect_uri, cookie_secret and the provider"
        )
    return SignIn(auth=auth) if auth is not None else None


def _guarded(origin: str) -> bool:
    parts = urlsplit(origin)
    name = parts.hostname or ""
    try:
        return parts.scheme == "https" or name == "localhost" or is_loopback(name)
    except ValueError:
        return False
