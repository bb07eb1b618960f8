"""The file systems of fsspec: opened, and looked through within bounds, as a server may list folders without end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

from glossary.records import NamedTuple
from glossary.remote.urls import is_http, links, name_of

SECONDS: Final = 60.0
"""So long may an answer over HTTP take, all of it; other protocols have limits of their own."""
DEEPEST: Final = 32
"""Folders in one another."""
_MOST_FOLDERS: Final = 10_000
_MAGIC = re.compile(r"[*?\[]")
_MAGIC_HTTP = re.compile(r"[*\[]")
"""Over HTTP the question mark begins the query."""
_ARCHIVES: Final = ("zip://", "tar://")
_EXTRA: Final = "pip install 'yijiao[remote]' adds it"


class Opened(NamedTuple):
    """A path on a file system of fsspec."""

    fs: Any
    path: str
    http: bool

    def magic(self) -> int | None:
        """Where a pattern begins in the path."""
        if not self.http:
            found = _MAGIC.search(self.path)
        else:
            # Behind the host, which may be [::1].
            begin = self.path.find("/", self.path.find("//") + 2)
            found = None if begin < 0 or urlsplit(self.path).query else _MAGIC_HTTP.search(self.path, begin)
        return found.start() if found else None

    def is_folder(self) -> bool:
        """Whether it is a folder. Raises :class:`FileNotFoundError` where that can be told to be nothing."""
        if self.http:
            # Any page may hold links: what is called like a file is none that lists others.
            if self.path.endswith("/") or urlsplit(self.path).query or "." in name_of(self.path):
                return self.path.endswith("/")
            return bool(self.fs.isdir(self.path))
        return self.path in ("", "/") or self.fs.info(self.path)["type"] == "directory"

    def walk(self, folder: str, deepest: int = DEEPEST) -> Iterator[tuple[str, bool]]:
        """The files and folders below a folder, without hidden ones, and whether each is a folder."""
        self.fs.invalidate_cache()
        left, seen = [(folder, 1)], 0
        while left:
            parent, depth = left.pop()
            seen += 1
            if seen > _MOST_FOLDERS:
                raise ValueError(f"more than {_MOST_FOLDERS:,} folders; name the one that is meant")
            for each in self.fs.ls(parent, detail=True):
                name, is_folder = each["name"].rstrip("/"), each["type"] == "directory"
                if name.strip("/") == parent.strip("/") or "/../" in name or name.rpartition("/")[2].startswith("."):
                    continue
                yield name, is_folder
                if is_folder and depth < deepest:
                    left.append((name, depth + 1))

    def matching(self, magic: int) -> Iterator[tuple[str, bool]]:
        """The files and folders that the path matches; its pattern begins at an offset."""
        from fsspec.utils import glob_translate

        pattern = self.path.rstrip("/")
        root = pattern[: pattern.rfind("/", 0, magic) + 1]
        deepest = DEEPEST if "**" in pattern else pattern.count("/", len(root)) + 1
        matches = re.compile(glob_translate(pattern)).match
        try:
            yield from (each for each in self.walk(root, deepest) if matches(each[0]))
        except FileNotFoundError:
            return

    def url_of(self, name: str, url: str) -> str:
        """The URL of a file that was found from here; ``url`` is the one of this path."""
        if self.http:
            return name
        first, *rest = links(url)
        head, path = first.rstrip("/"), self.path.strip("/")
        if not path:
            head = first[: first.index("://") + len("://")]
        elif not head.endswith(path):
            return "::".join((self.fs.unstrip_protocol(name), *rest))
        else:
            head = head.removesuffix(path)
        return "::".join((head + name.lstrip("/"), *rest))


def opened(url: str) -> Opened:
    """Open the file system of a URL. Raises whatever fsspec and its file systems do."""
    try:
        import fsspec
    except ModuleNotFoundError as error:
        raise ImportError(f"{error.name} is not installed; {_EXTRA}") from None
    chain = links(url)
    if len(chain) == 1 and is_http(url):
        # Not url_to_fs(), which takes the colons of an IPv6 address for a chain.
        return Opened(fsspec.filesystem(url.partition(":")[0], **_http_options()), url, True)
    if len(chain) == 2 and chain[0].startswith(_ARCHIVES) and is_http(chain[1]):
        # Whole, as not every server gives parts of a file; and as fsspec would call whatever goes wrong a missing file.
        archive = fsspec.get_filesystem_class(chain[0].partition(":")[0])
        web = opened(chain[1])
        return Opened(archive(fo=BytesIO(web.fs.cat_file(web.path))), archive._strip_protocol(chain[0]), False)
    options = {link.partition(":")[0]: _http_options() for link in chain if is_http(link)}
    fs, path = fsspec.core.url_to_fs(url, **options)
    return Opened(fs, path, False)


def _http_options() -> dict[str, object]:
    try:
        from aiohttp import ClientTimeout
    except ModuleNotFoundError as error:
        raise ImportError(f"{error.name} is not installed; {_EXTRA}") from None
    # A proxy and a .netrc are the user's to set, as for any other program.
    return {"client_kwargs": {"timeout": ClientTimeout(total=SECONDS), "trust_env": True}}
