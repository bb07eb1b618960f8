"""The digests around those in hand: the context of the rules that look across files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from checks.digest import parse
from checks.errors import InputError
from checks.files import below, read_text
from checks.model import Digest
from checks.renderings import Renderings
from checks.scene import Corpus, Occurrence
from checks.text import LineIndex


def around(digests: Sequence[Digest], folder: Path) -> Corpus:
    """Where the papers of these digests stand, by real path and position, and how terms are rendered there.

    The digests are held against each other and, where one of them lies inside the corpus folder,
    against the other files there; a digest in hand stands in for its stored copy. A stored file
    that cannot be read is passed over: it is not the one being judged. What the files say of terms is read
    only when a rule asks for it.
    """
    found: dict[str, list[Occurrence]] = {entry.key: [] for digest in digests for entry in digest.entries}
    for digest in digests:
        _add(found, digest)
    root = os.path.realpath(folder)
    in_hand = {os.path.realpath(digest.path): digest.path for digest in digests}
    stored: list[Path] = []
    inside = next((real for real in in_hand if real.startswith(root + os.sep)), None)
    if inside is not None:
        spelt = _spelling(in_hand[inside], inside[len(root) :]) or folder
        for path in sorted(below(spelt)):
            if os.path.realpath(path) not in in_hand:
                stored.append(path)
                with suppress(InputError):
                    _add_stored(found, read_text(path), path.as_posix())
    renderings = Renderings(lambda: _texts(digests, stored))
    real = cache(os.path.realpath)
    ordered = {key: sorted(places, key=lambda it: (real(it.path), it.start)) for key, places in found.items()}
    return Corpus(ordered, renderings)


def _texts(digests: Sequence[Digest], stored: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """The digests in hand and the stored ones, each with its path."""
    yield from ((digest.path, digest.text) for digest in digests)
    for path in stored:
        with suppress(InputError):
            yield path.as_posix(), read_text(path)


def _spelling(path: str, tail: str) -> Path | None:
    """The corpus folder as the path of a digest in it names it, so that all places are spelt alike."""
    if path == tail[1:]:
        return Path()
    return Path(path.removesuffix(tail)) if path.endswith(tail) and path != tail else None


def _add(found: dict[str, list[Occurrence]], digest: Digest) -> None:
    """The places of the papers that are looked for."""
    lines = LineIndex(digest.text)
    for entry in digest.entries:
        if entry.key in found:
            found[entry.key].append(Occurrence(digest.path, lines.place(entry.span.start)[0], entry.span.start))


def _add_stored(found: dict[str, list[Occurrence]], text: str, path: str) -> None:
    """The same for a stored file, which is parsed only if it may hold one of the papers."""
    if any(key.startswith("#") or key in text for key in found):
        _add(found, parse(text, path))
