"""Reading and writing text files without ever losing anything.

A file is written only if it is still what was read, under a lock on a *separate* file (a lock on a
file that is replaced excludes nobody), through a temporary file in the same folder that replaces
it in one step. Mode is kept; symbolic links are followed.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Final, ParamSpec

from checks.errors import FileChanged, InputError
from glossary.hashes import blake2b
from glossary.remote import Place, Remote, contents, is_url

MARKDOWN: Final = frozenset({".md", ".markdown"})
P = ParamSpec("P")
LOCK_SECONDS: Final = 10.0
"""How long to wait for another process that is writing the same file."""


def below(
    folder: Path,
    failed: Callable[[OSError], None] | None = None,
    also: Callable[[Path], bool] = lambda path: False,
) -> Iterator[Path]:
    """The Markdown files below a folder, and ``also`` others, without hidden files and folders.

    ``failed`` gets the error of a folder that cannot be listed; without it, such a folder is passed over.
    """
    for parent, names, files in os.walk(folder, onerror=failed):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in files:
            if name.startswith("."):
                continue
            path = Path(parent) / name
            if is_markdown(name) or also(path):
                yield path


def is_markdown(name: str) -> bool:
    """Whether a file is a digest by its name."""
    return os.path.splitext(name)[1].lower() in MARKDOWN


def resolver() -> Callable[[str | os.PathLike[str]], str]:
    """``os.path.realpath`` for many files of few folders: each folder is resolved once, so do not keep it for long.

    A URL stays as it is.
    """
    folders: dict[str, str] = {}

    def real(path: str | os.PathLike[str]) -> str:
        if is_url(os.fspath(path)):
            return os.fspath(path)
        folder, name = os.path.split(os.fspath(path))
        if name in ("", os.curdir, os.pardir) or os.path.islink(path):  # noqa: PTH114 — never raises
            return os.path.realpath(path)
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        return os.path.join(folders[folder], name)

    return real


def read_text(path: Place, name: str | None = None) -> str:
    """A file's text: UTF-8, no newline translation, a BOM kept as U+FEFF.

    Raises :class:`InputError`, under ``name`` where given, for a file that is missing, unreadable,
    not UTF-8, or holds a NUL character.
    """
    name = name or str(path)
    return decode(read_bytes(path, name), name)


def read_bytes(path: Place, name: str) -> bytes:
    """A file's bytes; raises :class:`InputError`, under ``name``, for one that is missing or unreadable."""
    if isinstance(path, Remote):
        return path.read()
    with opened(path, name) as file:
        return file.read()


@contextmanager
def opened(path: Path, name: str) -> Iterator[BinaryIO]:
    """A file to read bytes from; raises :class:`InputError`, under ``name``, where that cannot be done."""
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError:
        raise InputError(name, None, "no such file or folder; check the path") from None
    except IsADirectoryError:
        raise InputError(name, None, "is a folder, not a file") from None
    except OSError as error:
        raise InputError(name, None, f"cannot be read ({error.strerror or error}); check its permissions") from None


def read_texts(paths: Iterable[Place]) -> Iterator[tuple[Place, str | InputError]]:
    """The text of each file in order, or why it has none; those at URLs are fetched some at a time."""
    for remote, group in groupby(paths, key=lambda path: isinstance(path, Remote)):
        if remote:
            for path, data in contents(each for each in group if isinstance(each, Remote)):
                yield path, data if isinstance(data, InputError) else _attempt(decode, data, path.shown)
        else:
            for here in group:
                yield here, _attempt(read_text, here)


def _attempt(read: Callable[P, str], *args: P.args, **kwargs: P.kwargs) -> str | InputError:
    try:
        return read(*args, **kwargs)
    except InputError as error:
        return error


def decode(data: bytes, name: str) -> str:
    """Bytes as text; raises :class:`InputError` with the line of what is not text."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            name,
            line,
            f"byte 0x{data[error.start]:02x} is not valid UTF-8; save the file as UTF-8 "
            "(iconv -f GB18030 -t UTF-8 converts a GBK file)",
        ) from None
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise InputError(name, line, "holds a NUL character, so it is not a text file; remove it or restore the file")
    return text


def sound(text: str, name: str) -> str:
    """The text, if a file could hold it; raises :class:`InputError` for a NUL or half a surrogate pair."""
    return decode(text.encode("utf-8", "surrogatepass"), name)


def encode(text: str, name: str) -> bytes:
    """The bytes of a text; raises :class:`InputError` for one that :func:`decode` would not take back."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        problem = f"the new text holds U+{ord(text[error.start]):04X}, which is no character; nothing was written"
        raise InputError(name, line, problem) from None
    decode(data, name)
    return data


def stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes with each write of a file: time, size and number; None where there is none to be seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def content_hash(text: str) -> str:
    """A short hash of a text, to tell whether it is still the same."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def state_dir(review_dir: Path | None) -> Path:
    """The folder for what need not outlive this machine: locks and the app's store.

    ``.state`` in the review directory, which tells git to ignore it; without a review directory, a
    folder of this user's below the temporary one. Raises :class:`OSError` where it cannot be made.
    """
    if review_dir is None:
        # Imported where something is written, which most runs never do.
        from tempfile import gettempdir

        user = os.getuid() if hasattr(os, "getuid") else None
        folder = Path(gettempdir()) / f"yijiao-{'state' if user is None else user}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if user is not None and folder.lstat().st_uid != user:
            raise PermissionError(errno.EACCES, f"{folder} belongs to another user")
        return folder
    folder = review_dir / ".state"
    folder.mkdir(parents=True, exist_ok=True)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        ignored.write_text("*\n", encoding="utf-8")
    return folder


@contextmanager
def locked(path: Path, review_dir: Path | None) -> Iterator[None]:
    """Hold the lock that stands for a file, kept in the review directory's :func:`state_dir`.

    Raises :class:`FileChanged` where another process holds it for too long.
    """
    from filelock import FileLock, Timeout

    name = blake2b(os.fsencode(os.path.realpath(path)), digest_size=12).hexdigest() + ".lock"
    try:
        lock = FileLock(state_dir(review_dir) / name, timeout=LOCK_SECONDS)
        lock.acquire()
    except Timeout:
        problem = f"another process has been writing it for {LOCK_SECONDS:.0f} s; try again when it is done"
        raise FileChanged(str(path), None, problem) from None
    except OSError as error:
        remedy = "make the folder writable or name another with --review-dir"
        problem = f"no lock can be made here ({error.strerror or error}); {remedy}"
        raise InputError(str(review_dir or path), None, problem) from None
    try:
        yield
    finally:
        lock.release()


def rewrite(path: Path, change: Callable[[str], str], review_dir: Path | None) -> str:
    """Change a file under its lock: read it, let ``change`` give the new text, replace it in one step.

    ``change`` gets the text as it is now, and raises :class:`FileChanged` if that is not what it
    needs; then, and where any error occurs, the file stays as it was. Returns the new text.
    """
    with locked(path, review_dir):
        before = read_text(path)
        after = change(before)
        if after != before:
            replace(path, after)
        return after


def read_only(path: Path) -> bool:
    """Whether a file that exists must not be written: no right to, or no write bit for anybody.

    The superuser could write such a file all the same; whoever took the bit away meant it.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not mode & 0o222 or not os.access(path, os.W_OK)


def replace(path: Path, text: str) -> None:
    """Put a text in a file's place in one step; raises :class:`InputError` where that cannot be done."""
    from tempfile import mkstemp

    data = encode(text, str(path))
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        _refuse_irreplaceable(target)
        # A long name must not become too long for the file system.
        handle, name = mkstemp(prefix=f".{target.name[:40]}.", suffix=".tmp", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
        temporary.chmod(mode)
        temporary.replace(target)
        temporary = None
        _sync_folder(target.parent)
    except OSError as error:
        raise InputError(
            str(path), None, f"cannot be written ({error.strerror or error}); nothing was changed"
        ) from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def _refuse_irreplaceable(target: Path) -> None:
    if target.exists() and not target.is_file():
        # The superuser could put a file in the place of /dev/null.
        raise OSError(errno.EINVAL, "it is a folder or a device, not a file")
    if read_only(target):
        raise PermissionError(errno.EACCES, "the file is read-only")


def _umask() -> int:
    # There is no other way to ask for it.
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; not every system lets a folder be synchronised."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
