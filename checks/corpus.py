"""Where else a paper stands: the context of the rules that look across files."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from checks.digest import parse
from checks.errors import InputError
from checks.files import below, read_text
from checks.model import Digest
from checks.scene import Occurrence
from checks.text import LineIndex


def occurrences(digests: Sequence[Digest], folder: Path) -> Mapping[str, Sequence[Occurrence]]:
    """By entry key, every place where a paper of these digests stands, by path and position.

    The digests are held against each other and, where one of them lies inside the corpus folder,
    against the other files there; a digest in hand stands in for its stored copy. A stored file
    that cannot be read is passed over: it is not the one being judged.
    """
    found: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for digest in digests:
        _add(found, digest)
    root = os.path.realpath(folder)
    in_hand = {os.path.realpath(digest.path) for digest in digests}
    if any(path.startswith(root + os.sep) for path in in_hand):
        for path in sorted(below(folder)):
            if os.path.realpath(path) not in in_hand:
                with suppress(InputError):
                    _add_known(found, read_text(path), path.as_posix())
    return {key: sorted(places) for key, places in found.items()}


def _add(found: defaultdict[str, list[Occurrence]], digest: Digest) -> None:
    lines: LineIndex | None = None
    for entry in digest.entries:
        lines = lines or LineIndex(digest.text)
        found[entry.key].append(Occurrence(digest.path, lines.place(entry.span.start)[0], entry.span.start))


def _add_known(found: defaultdict[str, list[Occurrence]], text: str, path: str) -> None:
    """The papers of a stored file that are in hand too; it is read properly only if it names one."""
    if not any(key.startswith("#") or key in text for key in found):
        return
    wanted = set(found)
    digest = parse(text, path)
    lines = LineIndex(text)
    for entry in digest.entries:
        if entry.key in wanted:
            found[entry.key].append(Occurrence(path, lines.place(entry.span.start)[0], entry.span.start))
