"""What made a finding: the program, its libraries, the rules, the glossary, the style. As a hash, for the cache."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from checks import registry
from checks.model import Severity
from checks.registry import Loaded
from checks.scene import Context
from glossary import program
from glossary.hashes import blake2b

_OURS: Final = ("checks", "glossary")
_LIBRARIES: Final = ("ahocorasick_rs", "daachorse", "jieba", "opencc", "rjieba")
"""Those that have a say in what is found."""


def shared(rules: Sequence[Loaded], severities: Mapping[str, Severity], context: Context) -> bytes:
    """A hash of what all digests that are checked with this share."""
    made = blake2b(_program(), digest_size=32)
    made.update(repr([loaded.rule.code for loaded in rules]).encode())
    # Those that do not run count too: a comment may name them.
    known = registry.rules()
    made.update(repr([(loaded.rule.code, loaded.rule.revision, loaded.module) for loaded in known]).encode())
    for package in sorted({loaded.module.partition(".")[0] for loaded in known}.difference(_OURS)):
        made.update(_package(package))
    made.update(repr(sorted(severities.items())).encode())
    # Messages name a term's line and its note.
    made.update(context.glossary.whole_digest.encode())
    made.update(repr([sorted(each) if isinstance(each, frozenset) else each for each in context.style]).encode())
    return made.digest()


@cache
def _program() -> bytes:
    """The text of our own modules, the interpreter, and the files of the libraries as the system knows them."""
    made = blake2b(sys.version.encode(), digest_size=32)
    # What cannot be looked at is like nothing that was before.
    made.update(program.content(*_OURS) or os.urandom(32))
    for library in _LIBRARIES:
        for file in _origins(library):
            found = file.stat()
            made.update(repr((library, str(file), found.st_size, found.st_mtime_ns)).encode())
    return made.digest()


@cache
def _package(name: str) -> bytes:
    """The content of the files of a plug-in's package, or of the one file of a module."""
    made = blake2b(name.encode(), digest_size=32)
    for origin in _origins(name):
        files = sorted(origin.parent.rglob("*")) if origin.name == "__init__.py" else [origin]
        for file in files:
            if file.suffix != ".pyc" and file.is_file():
                made.update(str(file).encode("utf-8", "surrogateescape") + b"\0" + file.read_bytes())
    return made.digest()


def _origins(name: str) -> Iterator[Path]:
    spec = find_spec(name)
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin)
