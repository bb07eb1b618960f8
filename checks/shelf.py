"""The reports of a run, few of them in memory.

A finding takes some two kilobytes as objects, ten findings an entry are usual, and a run may have a hundred thousand
entries. What goes beyond a fixed number of findings is kept packed, on disk where it grows, and made again one
digest at a time when somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from typing import IO, Final, overload

from checks.engine import Checked
from checks.errors import InputError
from checks.packing import Unpackable, pack, summed, unpack
from checks.survey import Survey
from checks.verdict import FileReport, Tallied, Tally
from glossary.records import NamedTuple

LIVE_FINDINGS: Final = 10_000
"""So many are kept as objects, or as much text without any."""
_AS_A_FINDING: Final = 500
"""Characters that take, parsed, as much memory as a finding does."""
_MEMORY_BYTES: Final = 1 << 23
"""So much is kept in memory before it goes to disk."""


class Blob(NamedTuple):
    """Where bytes stand in the store."""

    start: int
    size: int


class Store:
    """Bytes that are written once and read again: in memory, and from a certain size on disk."""

    def __init__(self) -> None:
        self._file: IO[bytes] = BytesIO()
        self._end = 0

    def put(self, data: bytes) -> Blob:
        """Keep bytes. Raises :class:`InputError` where there is no room for them."""
        try:
            if self._end + len(data) > _MEMORY_BYTES and isinstance(self._file, BytesIO):
                self._file = _on_disk(self._file)
            self._file.seek(self._end)
            self._file.write(data)
        except OSError as error:
            from tempfile import gettempdir

            remedy = "make room, or name another folder with TMPDIR"
            raise InputError(gettempdir(), None, f"cannot be written ({error.strerror or error}); {remedy}") from None
        blob = Blob(self._end, len(data))
        self._end += len(data)
        return blob

    def get(self, blob: Blob) -> bytes:
        """The bytes again."""
        self._file.seek(blob.start)
        return self._file.read(blob.size)


def _on_disk(kept: BytesIO) -> IO[bytes]:
    """What was kept in memory, in a file without a name, of which nothing is left when it is closed."""
    # Late, as most runs are short; closed with its last reference.
    from tempfile import TemporaryFile

    file = TemporaryFile()  # noqa: SIM115
    file.write(kept.getbuffer())
    return file


class _Packed(NamedTuple):
    survey: Survey
    text: Blob
    checked: Blob


class Shelf(Tallied):
    """The reports of so many digests, in order, each put in its place when it is made; a place may stay empty.

    ``made`` makes a report again, from path, text, the keys of the entries and what the engine said; ``decided`` tells
    of such keys whether anything has been decided on them.
    """

    def __init__(
        self,
        store: Store,
        made: Callable[[str, str, Sequence[str], Checked], FileReport],
        decided: Callable[[Sequence[str]], bool],
    ) -> None:
        self._store = store
        self._made = made
        self._decided = decided
        self._places: dict[int, FileReport | _Packed] = {}
        self._tallies: dict[int, Tally] = {}
        self._live = 0

    @property
    def tallies(self) -> Sequence[Tally]:
        """The numbers of each report."""
        return [self._tallies[number] for number in sorted(self._tallies)]

    def put(self, number: int, file: FileReport, checked: Checked, looked: Survey, text: Blob) -> None:
        """Keep a report; ``checked`` is what it was made of."""
        self._tallies[number] = file.tally
        self._places[number] = file
        if not self._stays(file):
            with suppress(Unpackable):
                self._places[number] = _Packed(looked, text, self._store.put(pack(checked)))

    def put_packed(self, number: int, looked: Survey, text: Blob, checked: bytes) -> None:
        """Keep what was packed elsewhere; its findings are made when somebody looks."""
        self._places[number] = _Packed(looked, text, self._store.put(checked))
        said = summed(checked)
        if said.crashes or self._decided(looked.keys):
            self._tallies[number] = self._report(number).tally
        else:
            self._tallies[number] = Tally.undecided(len(looked.places), said.findings, said.suppressed)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> FileReport: ...
    @overload
    def __getitem__(self, index: slice) -> list[FileReport]: ...
    def __getitem__(self, index: int | slice) -> FileReport | list[FileReport]:
        order = sorted(self._places)
        if isinstance(index, slice):
            return [self._report(number) for number in order[index]]
        return self._report(order[index])

    def __iter__(self) -> Iterator[FileReport]:
        return map(self._report, sorted(self._places))

    def _report(self, number: int) -> FileReport:
        found = self._places[number]
        if isinstance(found, FileReport):
            return found
        text = self._store.get(found.text).decode()
        path = found.survey.path
        file = self._made(path, text, found.survey.keys, unpack(self._store.get(found.checked), path))
        if self._stays(file):
            self._places[number] = file
        return file

    def _stays(self, file: FileReport) -> bool:
        """Whether there is room for one more report as it is; then it takes it."""
        live = self._live + len(file.findings) + len(file.text) // _AS_A_FINDING
        if live > LIVE_FINDINGS:
            return False
        self._live = live
        return True
