"""A run over many digests: read, look up, check, here or in other processes, and keep what is to be told.

Two passes. The first reads every digest and notes what the others need to know of it. The second gives each its
report: from the cache, where text and answers are those of then, or from the engine. Texts and findings wait on a
store that goes to disk where it grows, so that memory holds what the cross-file rules need and little else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from checks.bilingual import parse
from checks.crew import divided
from checks.engine import Checked
from checks.errors import InputError
from checks.files import read_texts
from checks.model import Digest
from checks.packing import Unpackable, pack
from checks.renderings import Rendering, renderings_in
from checks.scene import Context
from checks.shelf import Blob, Shelf, Store
from checks.survey import Places, Survey, places_of
from checks.watching import Answers, Asked, Watch
from glossary.records import NamedTuple
from glossary.remote import Place

if TYPE_CHECKING:
    from checks.crew import Hands
    from checks.gate import Bench, Gate, Progress
    from checks.tasks import Done, Task

_LIVE_CHARACTERS: Final = 1_000_000
"""So much parsed text is kept between the two passes; the rest is parsed again."""


class Work:
    """A digest on its way through a run; ``size`` in characters."""

    __slots__ = ("bench", "digest", "kept", "key", "size", "survey", "text")

    def __init__(self, survey: Survey, text: Blob, size: int, bench: Bench) -> None:
        self.survey = survey
        self.text = text
        self.size = size
        self.bench = bench
        self.digest: Digest | None = None
        self.key = b""
        """In the cache."""
        self.kept: _Kept | None = None

    @property
    def path(self) -> str:
        return self.survey.path


class _Kept(NamedTuple):
    """What the cache says of a digest; it holds if the answers are still the same."""

    asked: Asked
    answers: bytes
    checked: Blob


def run(gate: Gate, names: Sequence[Place], progress: Progress) -> tuple[Shelf, list[InputError]]:
    """The reports on the digests that can be read, in order, and why the others cannot. See :meth:`Gate.check`."""
    errors: list[InputError] = []
    current = Run(gate)
    try:
        for name, text in read_texts(names):
            try:
                current.read(name, text)
            except InputError as error:
                errors.append(error)
        for _ in progress(current.check(), len(current.works)):
            pass
    finally:
        if gate.cache is not None:
            gate.cache.close()
    return current.shelf, [*errors, *current.errors]


class Run:
    """The digests of a run, and what becomes of them."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.cache = gate.cache
        self.store = Store()
        self.works: list[Work] = []
        self.errors: list[InputError] = []
        """Why some digests that were read have no report."""
        self.shelf = Shelf(self.store, gate.decided, gate.has_decided)
        self._contexts: dict[int, Context] = {}
        self._answers: dict[int, Answers] = {}
        self._live = 0

    def read(self, name: Place, text: str | InputError) -> None:
        """Take a digest in, or why it has no text. Raises :class:`InputError`."""
        if isinstance(text, InputError):
            raise text
        path = name.as_posix()
        data = text.encode()
        blob, bench = self.store.put(data), self.gate.bench(path)
        work = Work(Survey(Places(path), partial(self._renderings, path, blob)), blob, len(text), bench)
        row = None
        if self.cache is not None:
            from checks.cache import key_of

            work.key = key_of(bench.shared, path, data)
            row = self.cache.get(work.key, path)
        if row is not None:
            work.survey = work.survey._replace(places=row.places)
            work.kept = _Kept(row.asked, row.answers, self.store.put(row.checked))
        else:
            digest = parse(text, path)
            work.survey = work.survey._replace(places=places_of(digest))
            self._live += len(text)
            work.digest = digest if self._live < _LIVE_CHARACTERS else None
        self.works.append(work)

    def check(self) -> Iterator[str]:
        """Put every report on the shelf; gives the path of each as it is done."""
        around = self.gate.corpus([work.survey for work in self.works])
        benches = {id(work.bench): work.bench for work in self.works}
        self._contexts = {number: bench.context._replace(corpus=around) for number, bench in benches.items()}
        self._answers = {number: Answers(context) for number, context in self._contexts.items()}
        left: list[int] = []
        for number, work in enumerate(self.works):
            if work.kept is not None and work.kept.answers == self._answers[id(work.bench)].to(work.kept.asked):
                self.shelf.put_packed(number, work.survey, work.text, self.store.get(work.kept.checked))
                yield work.path
            else:
                left.append(number)
        # Here, or where that pays in other processes, or where it was told to.
        jobs, cluster = self.gate.jobs, self.gate.cluster
        yield from divided(left, self._size, self._check_here, self._share, jobs=jobs, cluster=cluster)

    def _size(self, number: int) -> int:
        return self.works[number].size

    def _check_here(self, number: int) -> str:
        """Check a digest in this process; returns its path."""
        work = self.works[number]
        digest, work.digest = work.digest or parse(self.text(work), work.path), None
        watch = Watch(self._contexts[id(work.bench)])
        checked = work.bench.engine.check(digest, watch.context)
        self._remember(work, watch.asked, checked)
        file = self.gate.decided(work.path, digest.text, work.survey.keys, checked, digest)
        self.shelf.put(number, file, checked, work.survey, work.text)
        return work.path

    def _share(self, numbers: Sequence[int], hands: Hands[Task, Done | None]) -> Iterator[str]:
        """Have digests checked by others."""
        from checks.sharing import Sharing

        if self.cache is not None:
            # No other process may have it open by inheritance; it is opened again when there is something to write.
            self.cache.close()
        for number in numbers:
            # The workers parse for themselves.
            self.works[number].digest = None
        sharing = Sharing(self.works, self._contexts, self.text)
        # The largest first: whoever begins one of them last would keep all others waiting.
        order = sorted(numbers, key=lambda number: -self.works[number].size)
        for number, done in sharing.check(order, hands):
            work = self.works[number]
            if isinstance(done, InputError):
                self.errors.append(done)
            elif done is None:
                self._check_here(number)
            elif isinstance(done.checked, bytes):
                self._remember(work, done.asked, done.checked)
                self.shelf.put_packed(number, work.survey, work.text, done.checked)
            else:
                file = self.gate.decided(work.path, self.text(work), work.survey.keys, done.checked)
                self.shelf.put(number, file, done.checked, work.survey, work.text)
            yield work.path

    def text(self, work: Work) -> str:
        """The text as it was read."""
        return self.store.get(work.text).decode()

    def _renderings(self, path: str, text: Blob) -> Sequence[tuple[str, Rendering]]:
        return renderings_in(path, self.store.get(text).decode())

    def _remember(self, work: Work, asked: Asked | None, checked: Checked | bytes) -> None:
        """Keep what was found, unless it may be otherwise the next time."""
        if self.cache is None or asked is None or (isinstance(checked, Checked) and checked.crashes):
            return
        from checks.cache import Row

        with suppress(Unpackable):
            packed = checked if isinstance(checked, bytes) else pack(checked)
            answers = self._answers[id(work.bench)].to(asked)
            self.cache.put(work.key, Row(work.survey.places, asked, answers, packed))
