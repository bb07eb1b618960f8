"""How earlier digests translated much the same sentences as an entry's, worked out when somebody asks for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Final, NamedTuple

from checks.digest import parse
from checks.errors import InputError
from checks.files import below, read_text, stamp
from checks.gate import Gate
from checks.memory.index import Found, Memory
from checks.memory.search import Before, compared, earlier_than
from checks.memory.sentence import Sentence, of_entry, sentences_of
from checks.model import Digest, Entry, SourceText, Span
from checks.text import LineIndex
from review_app.reports import Checked


class Recalled(NamedTuple):
    """A sentence of the entry, by its place in the file, and its earlier translations, the likest first."""

    span: Span
    before: list[Before]


class Recalls(NamedTuple):
    """What is recalled of an entry, and of how many earlier digests that is known."""

    found: list[Recalled]
    looked: int
    digests: int


class _State(NamedTuple):
    """What the sentences of a file follow from: its digest where it is in hand, else its stamp, and the English."""

    digest: Digest | None
    stamp: tuple[int, int, int] | None
    sources: Mapping[str, SourceText]

    def is_as(self, other: _State) -> bool:
        """Whether nothing has changed."""
        return self.digest is other.digest and self.stamp == other.stamp and self.sources is other.sources


_NOTHING: Final = _State(None, None, {})


class Recollections:
    """The sentences of the project's digests, of each file as it is now. Safe to share between threads.

    Where the project has no folder of digests, those in hand are remembered.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._lock = Lock()
        self._memory = Memory()
        self._known: dict[str, _State] = {}
        """What each file was when its sentences were taken in."""
        self._lines: dict[str, LineIndex] = {}
        self._taking: Thread | None = None

    def of(self, digest: Digest, entry: Entry, files: Mapping[str, Checked], seconds: float) -> Recalls:
        """The earlier translations of an entry's sentences; ``files`` are those in hand.

        Files not known yet are taken in by another thread, the latest first. Whoever sets it going waits for it so many
        seconds at most; nobody else does.
        """
        in_hand = {os.path.realpath(path): checked.report.digest for path, checked in files.items()}
        stored = [path.as_posix() for path in sorted(below(self._gate.settings.digests))] or list(files)
        earlier = sorted(filter(earlier_than(stored)(digest.path), stored), key=os.path.realpath, reverse=True)
        states = {path: self._state(path, in_hand.get(os.path.realpath(path))) for path in earlier}
        self._take_in({path: state for path, state in states.items() if not self._knows(path, state)}, seconds)
        with self._lock:
            known = {path for path, state in states.items() if self._knows(path, state)}
            found = [*self._recalled(digest, entry, known.__contains__)]
        return Recalls(found, len(known), len(earlier))

    def _state(self, path: str, digest: Digest | None) -> _State:
        return _State(digest, stamp(Path(path)) if digest is None else None, self._gate.sources)

    def _knows(self, path: str, state: _State) -> bool:
        return self._known.get(path, _NOTHING).is_as(state)

    def _take_in(self, wanted: Mapping[str, _State], seconds: float) -> None:
        if not wanted or (self._taking is not None and self._taking.is_alive()):
            return
        self._taking = Thread(target=self._take_all, args=(wanted,), daemon=True)
        self._taking.start()
        self._taking.join(seconds)

    def _take_all(self, wanted: Mapping[str, _State]) -> None:
        for path, state in wanted.items():
            with suppress(InputError):
                digest = state.digest if state.digest is not None else parse(read_text(Path(path)), path)
                # Under the name that the folder gives it.
                sentences = [sentence.at(path) for sentence in sentences_of(digest, state.sources)]
                with self._lock:
                    self._memory.add(path, sentences)
                    self._lines[path] = LineIndex(digest.text)
                    self._known[path] = state

    def _recalled(self, digest: Digest, entry: Entry, allowed: Callable[[str], bool]) -> Iterator[Recalled]:
        cutoff = self._gate.settings.memory_cutoff
        for sentence in of_entry(digest.path, entry, self._gate.sources):
            likest = self._memory.like(sentence, cutoff, allowed)
            if likest:
                yield Recalled(sentence.span, [self._before(found, sentence) for found in likest])

    def _before(self, found: Found, now: Sentence) -> Before:
        line, _ = self._lines[found.sentence.path].place(found.sentence.span.start)
        return compared(self._gate, found, now, line)
