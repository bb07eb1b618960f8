"""Places that may be URLs, what they stand for, and their bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from glossary.errors import InputError
from glossary.remote.urls import is_url, name_of, told

if TYPE_CHECKING:
    from glossary.remote.opening import Opened

_AT_ONCE: Final = 32
"""Files that are fetched beside one another."""
_MOST_BYTES: Final = 1 << 28
"""A larger file is no digest; in an archive it may be a bomb."""
_LOCAL: Final = ("file://", "local://")


class Remote:
    """A file, a folder or a pattern of files at a URL; equal where the URLs are."""

    __slots__ = ("_opened", "shown", "url")

    def __init__(self, url: str, found: Opened | None = None) -> None:
        self.url = url
        self.shown = told(url)
        """The URL without credentials: as a path of a digest, a report and a message."""
        self._opened = found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Remote) and self.url == other.url

    def __hash__(self) -> int:
        return hash(self.url)

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"Remote({self.shown!r})"

    def as_posix(self) -> str:
        """As a path of this machine has it."""
        return self.shown

    def opened(self) -> Opened:
        """Where it is. Raises whatever its file system does."""
        if self._opened is None:
            # Late: most runs have no URL, and each pays for what is imported.
            from glossary.remote.opening import opened

            self._opened = opened(self.url)
        return self._opened

    def files(self, wanted: Callable[[str], bool], *, deep: bool = True) -> list[Remote] | None:
        """The files that it names, by their paths; None where it names one file, which may not be there.

        A folder stands for the files in it, with ``deep`` below it, whose names are ``wanted``, hidden ones left out;
        a pattern (``*``, ``?``, ``[…]``, ``**``) for the files and folders it matches. Raises :class:`InputError`
        where it cannot be looked into.
        """
        with _told(self):
            here = self.opened()
            magic = here.magic()
            matched = list(here.matching(magic)) if magic is not None else []
            if magic is not None and (matched or not here.fs.exists(here.path)):
                found = [name for name, is_folder in matched if not is_folder]
                folders = [name for name, is_folder in matched if is_folder]
            elif magic is None and here.is_folder():
                found, folders = [], [here.path]
            else:
                return None
            for folder in folders:
                below = here.walk(folder) if deep else here.walk(folder, 1)
                found += (name for name, is_folder in below if not is_folder and wanted(name_of(name)))
            ordered = sorted(set(found), key=lambda name: name.split("/"))
            return [Remote(here.url_of(name, self.url), here._replace(path=name)) for name in ordered]

    def read(self) -> bytes:
        """Its bytes. Raises :class:`InputError`."""
        ((_, data),) = contents([self])
        if isinstance(data, InputError):
            raise data
        return data


Place = Path | Remote
"""Where something to be read is."""


def place(text: str) -> Place:
    """What a path on the command line means: a URL has ``://`` behind its scheme, all else is a path as always."""
    if text.startswith(_LOCAL):
        return Path(unquote(urlsplit(text).path))
    return Remote(text) if is_url(text) else Path(text)


def local(places: Iterable[Place]) -> list[Path]:
    """Those of these that are on this machine."""
    return [each for each in places if isinstance(each, Path)]


def contents(places: Iterable[Remote]) -> Iterator[tuple[Remote, bytes | InputError]]:
    """The bytes of each, or why they cannot be had, in order; some are fetched beside one another."""
    left = iter(places)
    while block := list(islice(left, _AT_ONCE)):
        for _, group in groupby(block, key=_system):
            same = list(group)
            yield from zip(same, _fetched(same), strict=True)


def _system(remote: Remote) -> object:
    """What stands for its file system; for one that cannot be opened, itself."""
    try:
        with _told(remote):
            return id(remote.opened().fs)
    except InputError:
        return remote


def _fetched(places: Sequence[Remote]) -> list[bytes | InputError]:
    """The bytes of files of one file system."""
    try:
        with _told(places[0]):
            fs = places[0].opened().fs
            if not fs.async_impl:
                return [_alone(each) for each in places]
            found = fs.cat_ranges([each.opened().path for each in places], None, None, on_error="return")
    except InputError as error:
        return [error]
    return [
        _refusal(each, data) if isinstance(data, Exception) else data for each, data in zip(places, found, strict=True)
    ]


def _alone(remote: Remote) -> bytes | InputError:
    try:
        with _told(remote):
            fs, path, _ = remote.opened()
            size = fs.info(path).get("size") or 0
            if size <= _MOST_BYTES:
                return bytes(fs.cat_file(path))
    except InputError as error:
        return error
    return InputError(remote.shown, None, f"is larger than {_MOST_BYTES >> 20} MiB, so it is no digest")


@contextmanager
def _told(remote: Remote) -> Iterator[None]:
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        raise _refusal(remote, error) from None


def _refusal(remote: Remote, error: Exception) -> InputError:
    # Late: hardly any run has one.
    from glossary.remote.refusals import refusal

    return refusal(remote.url, error)
