"""Compiled regular expressions, kept between runs.

The gate compiles some six hundred patterns before it looks at the first digest, most with classes of Han characters,
and that is half of its start-up. Python can neither pickle a compiled pattern nor keep one, but what its compiler
makes of a pattern is a list of numbers, from which the pattern is there again at once. This is an affair of the
interpreter's own, so the file is of one exact Python, and one that does things otherwise just compiles.
"""

from __future__ import annotations

import marshal
import re
import sys
from _thread import allocate_lock
from array import array
from typing import Any, Final

from glossary import cachedir

try:
    import _sre  # type: ignore[import-not-found]
    from re import _compiler, _parser  # type: ignore[attr-defined]
except ImportError:
    _sre = _compiler = _parser = None

_NAME: Final = f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}"
_MOST_BYTES: Final = 1 << 23
"""What is left of older versions of the program would make the file grow for ever."""

_DEBUG: Final = int(re.DEBUG)
"""Asks the compiler to print what it makes. As a number: flags are compared a hundred times more slowly."""

_COMPILE: Final = re.compile
"""Python's own."""

_Key = tuple[str | bytes, int]
_Made = tuple[Any, ...]
"""The arguments with which the interpreter makes a pattern; the code as bytes."""


class Patterns:
    """While this is entered, what is compiled to be used again is kept, and what was kept is not compiled.

    That is what :func:`re.compile` is asked for. A pattern that is made of a text and searched for in passing, by
    :func:`re.search` and the like, is nothing to keep: there would be others in every digest.
    """

    def __init__(self) -> None:
        self._lock = allocate_lock()
        self._inside = 0
        self._begun = False
        self._kept: dict[_Key, _Made] = {}
        self._new: dict[_Key, _Made] = {}
        self._here: dict[_Key, re.Pattern[Any]] = {}
        """Those of this run, as re has a cache of its own."""

    def begin(self) -> None:
        """Begin before it is entered, for what is imported on the way there."""
        if not self._begun and _sre is not None:
            self._begun = True
            self._kept = self._read()
            re.compile = self._compiled

    def __enter__(self) -> None:
        with self._lock:
            self._inside += 1
            self.begin()

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._begun:
                self._end()

    def _end(self) -> None:
        self._begun = False
        re.compile = _COMPILE
        new, self._new, self._here = self._new, {}, {}
        if new and cachedir.folder() is not None:
            data = marshal.dumps(self._kept | new)
            data = data if len(data) <= _MOST_BYTES else marshal.dumps(new)
            if len(data) <= _MOST_BYTES:
                cachedir.write(_NAME, data)

    @staticmethod
    def _read() -> dict[_Key, _Made]:
        try:
            kept = marshal.loads(cachedir.read(_NAME) or b"")  # noqa: S302 — the user's own, as any .pyc
        except (EOFError, ValueError, TypeError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _compiled(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        try:
            key = (pattern, int(flags))
            found = self._here.get(key)
            if found is None:
                # What is only like a string cannot be kept.
                if type(pattern) not in (str, bytes) or key[1] & _DEBUG:
                    return _COMPILE(pattern, flags)
                found = self._here[key] = self._made(key)
        except (AttributeError, RuntimeError, TypeError, ValueError):
            return _COMPILE(pattern, flags)
        return found

    def _made(self, key: _Key) -> re.Pattern[Any]:
        if key not in self._kept:
            self._kept[key] = self._new[key] = _parts(*key)
        effective, code, *rest = self._kept[key]
        return _sre.compile(key[0], effective, array("I", code).tolist(), *rest)  # type: ignore[no-any-return]


def _parts(pattern: str | bytes, flags: int) -> _Made:
    """What the interpreter's own compile() hands to the machine that runs patterns."""
    parsed = _parser.parse(pattern, flags)
    groups: dict[str, int] = parsed.state.groupdict
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in groups.items():
        names[number] = name
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    return (flags | parsed.state.flags, code, parsed.state.groups - 1, dict(groups), tuple(names))
