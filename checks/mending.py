"""``--fix``: every digest mended, or none.

Nothing is written before everything is known to be right, so the new texts of a whole run have to wait. They do on a
store that goes to disk where it grows; in memory is one digest at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from checks.errors import FileChanged, InputError
from checks.files import read_only, read_text, rewrite
from checks.gate import Gate
from checks.model import Safety
from checks.renderings import Rendering, renderings_in
from checks.scene import Corpus
from checks.shelf import Blob, Store
from checks.survey import Survey, places_of
from checks.verdict import Report


class Mended:
    """What fixing makes of a digest; ``applied`` is how many findings it answers."""

    __slots__ = ("_after", "_before", "_store", "applied", "path")

    def __init__(self, store: Store, path: str, before: Blob, after: Blob, applied: int) -> None:
        self._store = store
        self._before = before
        self._after = after
        self.path = path
        self.applied = applied

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self._before != self._after

    @property
    def before(self) -> str:
        """The text that was judged."""
        return self._store.get(self._before).decode()

    @property
    def after(self) -> str:
        """The text that takes its place."""
        return self._store.get(self._after).decode()


def mend(gate: Gate, report: Report, safeties: tuple[Safety, ...]) -> tuple[list[Mended], list[InputError]]:
    """What fixing makes of each file that was judged, and why some cannot be fixed."""
    store = Store()
    texts, around = _taken_in(gate, report, store)
    mended: list[Mended] = []
    errors: list[InputError] = []
    for file in report.files:
        if file.errors:
            continue
        try:
            fixed = gate.fix(file.digest, safeties, around)
        except InputError as error:
            errors.append(error)
            continue
        if fixed.settled:
            before = texts[file.path]
            after = before if fixed.text == file.text else store.put(fixed.text.encode())
            mended.append(Mended(store, file.path, before, after, len(fixed.applied)))
        else:
            problem = "its fixes undo each other, so nothing was written; please report it"
            errors.append(InputError(file.path, None, problem))
    return mended, errors


def _taken_in(gate: Gate, report: Report, store: Store) -> tuple[dict[str, Blob], Corpus]:
    """The texts of the files that were judged, on the store, and what each is to know of the others."""

    def renderings(path: str) -> Sequence[tuple[str, Rendering]]:
        return renderings_in(path, store.get(texts[path]).decode())

    texts = {}
    surveys = []
    for file in report.files:
        if not file.errors:
            texts[file.path] = store.put(file.text.encode())
            surveys.append(Survey(places_of(file.digest), partial(renderings, file.path)))
    return texts, gate.corpus(surveys)


def fix(gate: Gate, report: Report, safeties: tuple[Safety, ...]) -> Report:
    """Mend every file, or none where one of them cannot be mended; report what is left."""
    mended, errors = mend(gate, report, safeties)
    changed = [each for each in mended if each.changed]
    for each in changed:
        try:
            _refuse_unwritable(each)
        except InputError as error:
            errors.append(error)
    if errors:
        return gate.report(report.files, errors)
    count = 0
    for each in changed:
        try:
            _write(each, gate.settings.review_dir)
            count += each.applied
        except InputError as error:
            errors.append(error)
    again = gate.check([Path(file.path) for file in report.files])
    return gate.report(again.files, [*again.errors, *errors], count)


def _refuse_unwritable(mended: Mended) -> None:
    """Raise :class:`InputError` where a file must not be replaced, before any other has been."""
    path = Path(mended.path)
    if read_only(path):
        raise InputError(mended.path, None, "is read-only, so nothing was written; make it writable (chmod u+w)")
    _refuse_change(mended, read_text(path, mended.path))


def _refuse_change(mended: Mended, now: str) -> None:
    if now != mended.before:
        problem = "changed while it was being checked, so nothing was written to it; run the command again"
        raise FileChanged(mended.path, None, problem)


def _write(mended: Mended, review_dir: Path | None) -> None:
    def change(now: str) -> str:
        _refuse_change(mended, now)
        return mended.after

    rewrite(Path(mended.path), change, review_dir)
