"""URLs as texts: which paths are some, what they name, and how they are told."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_URL = re.compile(r"(?:\w+::)*[A-Za-z][A-Za-z0-9+.-]+://")
"""A scheme of two letters or more, for C:// is a drive; a chain may begin with words alone."""
_LINK = re.compile(r"::(?![0-9A-Fa-f:.]*\])")
"""What joins a chain, unless it stands in an IPv6 address."""
_AUTHORITY = re.compile(r"(?<=://)[^/?#]*")
_NO_PORT = re.compile(r":[^/@\d]")
_NO_CREDENTIALS: Final = ("github://", "git://", "hf://", "abfs://", "abfss://", "az://", "adl://", "gs://", "gcs://")
"""Before the @ stands a repository, a container or a revision."""
_SECRET = re.compile(
    r"([?&;][^=&;#]*(?:sig|tok|key|secret|pass|pwd|cred|auth|code|session|policy)[^=&;#]*=)[^&;#]*", re.IGNORECASE
)
"""Arguments that sign a request, or say who makes it."""


def is_url(path: str) -> bool:
    """Whether a path, as written or told, is a URL; a :class:`~pathlib.Path` never has two slashes behind a colon."""
    return _URL.match(path) is not None


def is_http(url: str) -> bool:
    """Whether a web server is asked for it."""
    return url.startswith(("http://", "https://"))


def links(url: str) -> list[str]:
    """The links of a chain, the innermost file first: ``zip://a.md`` and ``https://host/all.zip``."""
    return _LINK.split(url)


def name_of(path: str) -> str:
    """The last part of a path or a URL, without what stands behind it in a chain or begins a query."""
    first = links(path)[0] if is_url(path) else path
    if is_http(first):
        first = urlsplit(first).path
    return first.rstrip("/").rpartition("/")[2]


def told(url: str) -> str:
    """A URL as it may be told: without passwords, keys and signatures."""
    return "::".join(map(_without_credentials, links(url)))


def _without_credentials(link: str) -> str:
    link = _SECRET.sub(r"\1***", link)
    authority = _AUTHORITY.search(link)
    if authority is None or link.startswith(_NO_CREDENTIALS):
        return link
    start, end = authority.span()
    last = link.rfind("@", start, end)
    if last < 0 and _NO_PORT.search(authority[0].rpartition("]")[2]):
        # A slash in a password should have been written %2F.
        last = link.rfind("@", start)
    return link if last < 0 else link[:start] + link[last + 1 :]
